"""Recorded offences per 100 estimated victims, and the difference where units allow one, each with its interval."""

from dataclasses import dataclass

from assets.methods.interval import Interval
from assets.methods.ratio import count_interval, difference_mover
from assets.reconciled.gap.ratio_model import RatioModel
from assets.reconciled.ground.comparison import Case, Count, Estimate
from assets.reconciled.ground.phi import Phi


@dataclass(frozen=True)
class Bounded:
    """A number with its interval and the rows it was made from; `model` where its sampling error is known."""

    value: float
    lower: float
    upper: float
    inputs: tuple[str, ...] = ()
    model: RatioModel | None = None


def per_100(estimate: Estimate, count: Count, phi: Phi) -> Bounded | None:
    """Recorded offences per 100 estimated victims (or incidents); None where a side is zero or unknown.

    With sampling error known: the outer envelope, over the box of assumptions (effective sample, overdispersion of the
    count, the ends of both sides' own intervals), of the log interval of the ratio. With the rounding of print only: the
    quotient of the intervals. `phi` is the overdispersion of the count.
    """
    if not estimate.value or count.value is None or estimate.core is None or estimate.core.lower <= 0:
        return None
    value = 100 * count.value / estimate.value
    model = RatioModel.of(estimate, count, phi)
    if model is None:
        lower, upper = (100 * (Interval.closed(count.lower or 0, count.upper or 0) / estimate.core)).as_floats()
        return Bounded(value, lower, upper)
    lower, upper = model.envelope().as_floats()
    return Bounded(value, lower, upper, (phi.row_id,), model)


def difference(case: Case, phi: Phi) -> Bounded | None:
    """Estimated incidents minus recorded offences; only for a comparable subset in one unit. It may have either sign."""
    estimate, count = case.estimate, case.count
    allowed = case.pairing.comparable_subset and case.pairing.unit == "incidents"
    if not allowed or estimate is None or count is None or estimate.value is None or count.value is None:
        return None
    counted = Interval.hull_of(count_interval(end or 0, phi.largest) for end in (count.lower, count.upper))
    estimated = Interval.closed(estimate.lower or 0, estimate.upper or 0)
    lower, upper = difference_mover(estimate.value, estimated, count.value, counted).as_floats()
    return Bounded(estimate.value - count.value, lower, upper, (phi.row_id,))
