"""Recorded offences per 100 estimated victims, and the difference where units allow one, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assets.methods.envelope import outer_envelope
from assets.methods.interval import Interval
from assets.methods.likely import uniform_variance
from assets.methods.ratio import count_interval, difference_mover, log_ratio_interval
from assets.methods.survey import relative_error
from assets.reconciled.ground.assumed import Assumed, Sample, centred, product, without
from assets.reconciled.ground.comparison import Case, Count, Estimate
from assets.reconciled.ground.phi import Phi

ROUNDING, READING, SAMPLING = "rounding_of_print", "recall_reading", "sampling_error"


@dataclass(frozen=True)
class RatioModel:
    """Recorded offences per 100 of an estimate, as a function of what is uncertain.

    printed, households:     the estimate as printed, and the factors that make victims of it
    sample, share:           the effective sample and the proportion it estimates, where its error is assumed
    variation:               the coefficient of variation by sampling, where the publisher's error is held
    readings, beyond, parts: the count under both readings of twelve months, what may come on top of it, and the factors
                             that make the comparable count of it
    noise:                   what is left of the variance of a plain year in a weighted mean of years or quarters
    """

    printed: Assumed
    households: tuple[Assumed, ...]
    sample: Sample | None
    share: float
    variation: Interval
    readings: Assumed
    beyond: float
    parts: tuple[Assumed, ...]
    phi: Assumed
    noise: float

    @classmethod
    def of(cls, estimate: Estimate, count: Count, phi: Phi) -> RatioModel | None:
        """The model of an estimate and a count; None where a side is zero or without sampling error."""
        if not estimate.value or not count.value or estimate.core is None or estimate.core.lower <= 0:
            return None
        if estimate.variation is None or not count.lower or count.lower <= 0:
            return None
        households, central = product(estimate.factors)
        printed = estimate.printed or without(estimate.core, households)
        parts, of_parts = product(count.factors)
        raw = count.raw or without(Interval.closed(count.lower, count.upper or count.lower), parts)
        return cls(
            printed=Assumed(ROUNDING, printed, estimate.value / central, ""),
            households=estimate.factors,
            sample=estimate.sample if estimate.share else None,
            share=estimate.share or 0.0,
            variation=estimate.variation,
            readings=Assumed(READING, raw, count.value / of_parts, ""),
            beyond=count.beyond,
            parts=count.factors,
            phi=phi.assumed,
            noise=count.noise,
        )

    @property
    def cv(self) -> tuple[Interval, float]:
        """The coefficient of variation of the estimate by sampling: over the box, and at the central values."""
        if self.sample is None:
            return self.variation, float(self.variation.midpoint)
        least, most = self.sample.interval.as_floats()
        ends = Interval.closed(relative_error(self.share, most), relative_error(self.share, least))
        return ends, relative_error(self.share, self.sample.central)

    @property
    def victims(self) -> tuple[Interval, float]:
        """The estimate without sampling error: over the box, and at the central values."""
        households, central = product(self.households)
        return self.printed.interval * households, self.printed.central * central

    @property
    def recorded(self) -> tuple[Interval, float]:
        """The count: over the box, and at the central values without what may come on top."""
        parts, central = product(self.parts)
        raw = Interval(self.readings.interval.lower, self.readings.interval.upper + self.beyond)
        return raw * parts, self.readings.central * central

    def envelope(self) -> Interval:
        """The outer envelope, per 100: the hull of the log interval of the ratio over the box."""

        def ratio(recorded: float, victims: float, cv: float, phi: float) -> Interval:
            return log_ratio_interval(float(recorded), float(victims), float(cv), float(phi)) * 100

        box = {"recorded": self.recorded[0], "victims": self.victims[0], "cv": self.cv[0], "phi": self.phi.interval}
        return outer_envelope(ratio, box)

    def likely(self) -> Interval:
        """The likely interval, per 100; where something may come on top of the count, from the least to the most of it."""
        recorded, victims = self.recorded[1], self.victims[1]
        spread = uniform_variance(self.printed.interval, self.printed.central)
        spread += uniform_variance(self.readings.interval, self.readings.central)
        ends = [recorded, recorded * (1 + self.beyond / self.readings.central)]
        phi = max(1.0, self.phi.central * self.noise)
        return Interval.hull_of(log_ratio_interval(count, victims, self.cv[1], phi, spread) * 100 for count in ends)

    def uncertain(self) -> tuple[Assumed, ...]:
        """Every part that is not known, and the sampling error."""
        parts = (self.printed, *self.households, *(self.sample.parts if self.sample else ()), self.readings)
        parts += (*self.parts, self.phi)
        cv, central = self.cv
        sampling = Assumed(SAMPLING, Interval.point(0) | cv, central, "")
        return (*(part for part in parts if not part.interval.is_point), *((sampling,) if central > 0 else ()))

    def knowing(self, key: str) -> RatioModel:
        """The model as if one part were known: at its central value; without sampling error where that is named."""
        if key == SAMPLING:
            return replace(self, sample=None, variation=Interval.point(0))
        single = {assumed.key: name for name in ("printed", "readings", "phi") for assumed in (getattr(self, name),)}
        if key in single:
            return replace(self, **{single[key]: getattr(self, single[key]).at_centre()})
        return replace(
            self,
            households=centred(self.households, key),
            parts=centred(self.parts, key),
            sample=self.sample.knowing(key) if self.sample else None,
        )


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
