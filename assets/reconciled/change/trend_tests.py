"""The tests and models behind a change: two counts, two survey estimates, a series with breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.methods.interval import Interval
from assets.methods.overdispersion import widened
from assets.methods.trend import conditional_binomial, log_count_ratio
from assets.methods.verdict import answer_over, error_of, given, over_box
from assets.reconciled.change.yearly_model import longest_model, yearly_model
from assets.reconciled.ground.breaks import Breaks
from assets.reconciled.ground.comparison import Break
from assets.reconciled.ground.effective_sample import has_sampling
from assets.reconciled.ground.phi import Phi
from assets.reconciled.ground.verdicts import rounding_of, variances_of
from schemas.rows import Record


@dataclass(frozen=True)
class TestedChange:
    """The outcome of a test: the interval in the unit of what is tested, p over the assumptions, and the method's name.

    p_least, p_value: the smallest and the largest p value over the box of assumptions
    """

    lower: float
    upper: float
    p_least: float
    p_value: float
    method: str
    value: float | None = None
    source: str = "assumed"

    @property
    def significance(self) -> str:
        """Is the change significant at the 5% level `throughout` the assumptions, `nowhere`, or does it depend on them?"""
        return answer_over(self.p_least, self.p_value)


def two_counts(before: float, after: float, phi: Phi | None, *, found_in: str = "quarters") -> TestedChange | None:
    """Fold change of two recorded counts; None where both are zero, or one is under overdispersion.

    phi: overdispersion: where estimated, tested by Student's t on its degrees of freedom; where assumed, the interval is that
    of its upper end and p runs over all of it; None for independent events, which are tested exactly.
    """
    if before + after == 0 or (phi is not None and min(before, after) <= 0):
        return None
    if phi is None:
        test = conditional_binomial(int(before), int(after))
        lower, upper = test.interval.as_floats()
        method = f"{test.method} of two counts, events taken as independent"
        return TestedChange(lower, upper, test.p_value, test.p_value, method)
    test = log_count_ratio(before, after, phi.value, freedom=phi.freedom)
    lower, upper = test.interval.as_floats()
    if phi.freedom is not None:
        method = (
            f"log ratio of two counts, overdispersion {phi.value:,.1f} (estimated from {found_in}), Student's t on"
            f" {phi.freedom} degrees of freedom"
        )
        return TestedChange(lower, upper, test.p_value, test.p_value, method, source="computed")
    least = log_count_ratio(before, after, float(phi.interval.lower)).p_value
    method = f"log ratio of two counts, overdispersion {phi.value:g} (upper end of its assumption)"
    return TestedChange(lower, upper, least, test.p_value, method)


def two_estimates(
    before: Record, after: Record, sizes: tuple[Interval, Interval], significant: bool | None = None
) -> TestedChange | None:
    """Change in percentage points between two survey prevalences (percent, with the ends of their rounding).

    sizes: effective samples as intervals; points where the figures have published sampling errors. The interval is that of
    the smallest samples, widened by the rounding of both figures; p runs from the largest samples and the largest difference
    that the rounding allows to the smallest of both. significant: the publisher's own verdict, which leaves the part of the
    assumptions that can have given it; where none can, all of them. None at 0 or 100%.
    """
    figures = (before, after)
    if any(not 0 < row["value"] < 100 for row in figures):
        return None
    change, rounding = after["value"] - before["value"], rounding_of(figures)
    whole = over_box(change, rounding, error_of(variances_of(figures), sizes))
    left = None if significant is None else given(whole, change, rounding, significant=significant)
    outer = left or whole
    own = all(has_sampling(row) for row in figures)
    sampling = "with their published sampling errors" if own else "over the effective samples assumed"
    if left not in (None, whole):
        sampling += ", as far as the publisher's verdict leaves them"
    return TestedChange(
        outer.lower, outer.upper, outer.p_least, outer.p_value,
        f"z test of two independent survey estimates {sampling}, rounding added", source="computed" if own else "assumed",
    )  # fmt: skip


def net_of_steps(points: Sequence[Record], breaks: Sequence[Break]) -> TestedChange | None:
    """Yearly rate (percent) of a count series net of a step at each break; None without steps, or a model that carries them."""
    model = yearly_model(points, breaks)
    if model is None or not model.shares:
        return None
    effect = model.trend.yearly
    lower, upper = (100 * (end - 1) for end in effect.interval.as_floats())
    return TestedChange(lower, upper, effect.p_value, effect.p_value, model.said, 100 * (effect.ratio - 1))


@dataclass(frozen=True)
class Years:
    """How much a recorded count varies from year to year: its overdispersion, where it was found, and the rows behind it."""

    phi: Phi
    said: str
    inputs: tuple[str, ...]


def between_years(points: Sequence[Record], breaks: Breaks) -> Years | None:
    """The overdispersion of yearly counts around a trend with steps; None where the years do not carry one.

    Quarters see only what varies inside the years: the counting of single offences, not how forces record over time.
    """
    longest = longest_model(points, breaks)
    if longest is None:
        return None
    model, inside = longest
    fit = model.trend.fit
    from_what = f"the residuals of {len(model.points)} years around a trend"
    from_what += f" with steps at {', '.join(map(str, model.shares))}" if model.shares else ""
    widest = Interval.point(widened(fit.phi, fit.degrees_of_freedom))
    phi = Phi(widest, fit.phi, fit.degrees_of_freedom, "", model.said)
    return Years(
        phi, from_what, (*(row["row_id"] for row in model.points), *(series_break.row_id for series_break in inside))
    )
