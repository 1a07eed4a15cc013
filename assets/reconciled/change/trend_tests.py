"""The tests and models behind a change: two counts, two survey estimates, a series with breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.methods.interval import Interval
from assets.methods.trend import conditional_binomial, log_count_ratio, proportion_error, survey_change
from assets.reconciled.change.yearly_model import yearly_model
from assets.reconciled.ground.comparison import Break
from assets.reconciled.ground.effective_sample import has_sampling
from assets.reconciled.ground.figure_lookup import figure_interval
from assets.reconciled.ground.phi import Phi
from assets.tables.records import Record


@dataclass(frozen=True)
class Tested:
    """The outcome of a test: the interval in the unit of what is tested, the largest p value, and the method's name."""

    lower: float
    upper: float
    p_value: float
    method: str
    value: float | None = None
    source: str = "assumed"


def two_counts(before: float, after: float, phi: Phi | None) -> Tested | None:
    """Fold change of two recorded counts; None where both are zero, or one is under overdispersion.

    phi: overdispersion: where estimated, tested by Student's t on its degrees of freedom; where assumed, taken at the upper
    end, where interval and p value are largest; None for independent events, which are tested exactly.
    """
    if before + after == 0 or (phi is not None and min(before, after) <= 0):
        return None
    if phi is None:
        test = conditional_binomial(int(before), int(after))
        lower, upper = test.interval.as_floats()
        return Tested(lower, upper, test.p_value, f"{test.method} of two counts, events taken as independent")
    test = log_count_ratio(before, after, phi.value, freedom=phi.freedom)
    lower, upper = test.interval.as_floats()
    if phi.freedom is None:
        said = f"overdispersion {phi.value:g} (upper end of its assumption)"
    else:
        said = (
            f"overdispersion {phi.value:.1f} (estimated from quarters), Student's t on {phi.freedom} degrees of freedom"
        )
    source = "assumed" if phi.freedom is None else "computed"
    return Tested(lower, upper, test.p_value, f"log ratio of two counts, {said}", source=source)


def two_estimates(before: Record, after: Record, sizes: tuple[Interval, Interval]) -> Tested | None:
    """Change in percentage points between two survey prevalences (percent, with the ends of their rounding).

    sizes: effective samples as intervals; points where the figures have published sampling errors. The interval is that of
    the smallest samples, widened by the rounding of both figures; p is the largest over the samples and the rounding. None
    at 0 or 100%.
    """
    shares = [row["value"] / 100 for row in (before, after)]
    if any(not 0 < share < 1 for share in shares):
        return None
    errors = [100 * proportion_error(p, float(n.lower)) for p, n in zip(shares, sizes, strict=True)]
    rounding = sum(float(figure_interval(row).width) for row in (before, after)) / 2
    change = after["value"] - before["value"]
    plain = survey_change(before["value"], errors[0], after["value"], errors[1])
    least = max(0.0, abs(change) - rounding)
    p_value = survey_change(0.0, errors[0], least, errors[1]).p_value
    lower, upper = plain.interval.as_floats()
    own = all(has_sampling(row) for row in (before, after))
    sampling = "with their published sampling errors" if own else "at the smallest effective samples assumed"
    return Tested(
        lower - rounding, upper + rounding, p_value,
        f"z test of two independent survey estimates {sampling}, rounding added", source="computed" if own else "assumed",
    )  # fmt: skip


def net_of_steps(points: Sequence[Record], breaks: Sequence[Break]) -> Tested | None:
    """Yearly rate (percent) of a count series net of a step at each break; None without steps, or a model that carries them."""
    model = yearly_model(points, breaks)
    if model is None or not model.carried:
        return None
    effect = model.trend.yearly
    lower, upper = (100 * (end - 1) for end in effect.interval.as_floats())
    return Tested(lower, upper, effect.p_value, model.said, 100 * (effect.ratio - 1))
