"""Rules about the survey: instruments, samples, precision, reporting rates."""

from assets.methods.interval import Interval
from assets.methods.survey import coefficient_of_variation
from assets.reconciled.ground.comparison import Case, Result, Ruling

SMALLEST_BASE = 50
LARGEST_CV = 0.25
COPY = "press_copy"


def instrument(case: Case) -> Ruling:
    """Old and new questions are two series; they are never joined or averaged."""
    if case.estimate is None:
        return Ruling("INSTRUMENT", Result.PASS, "No estimate.")
    if case.estimate.instrument == "csew_self_completion_new":
        return Ruling(
            "INSTRUMENT",
            Result.QUALIFY,
            "New questions, which find more victims than the old ones: a series of its own.",
        )
    return Ruling("INSTRUMENT", Result.PASS, "One instrument.")


def sample(case: Case) -> Ruling:
    """Short fieldwork, half samples, statistics in development and copies are said."""
    if case.estimate is None:
        return Ruling("SAMPLE", Result.PASS, "No estimate.")
    reasons = []
    if case.fieldwork is not None and case.fieldwork.shortfall:
        reasons.append(f"the estimate rests on {case.fieldwork.shortfall}")
    if case.estimate.badge == "in_development":
        reasons.append("the estimate is a statistic in development")
    if case.estimate.badge == COPY:
        reasons.append("the estimate was read in a copy of the publication")
    if not reasons:
        return Ruling("SAMPLE", Result.PASS, "A full year of interviews.")
    sentence = "; ".join(reasons)
    return Ruling("SAMPLE", Result.QUALIFY, f"{sentence[0].upper()}{sentence[1:]}.")


def suppress(case: Case) -> Ruling:
    """A base under 50 or a coefficient of variation over 25% suppresses; published suppression stays."""
    estimate = case.estimate
    if estimate is None:
        return Ruling("SUPPRESS", Result.PASS, "No estimate.")
    if estimate.obs_status == "suppressed":
        return Ruling("SUPPRESS", Result.BLOCK, "The publisher suppressed the estimate.")
    if estimate.base is not None and estimate.base < SMALLEST_BASE:
        return Ruling("SUPPRESS", Result.BLOCK, f"The unweighted base is {estimate.base:.0f}, under {SMALLEST_BASE}.")
    if estimate.n_eff is not None and estimate.n_eff.upper < SMALLEST_BASE:
        return Ruling("SUPPRESS", Result.BLOCK, f"The effective base is under {SMALLEST_BASE}.")
    with_sampling = estimate.interval_source in ("published", "computed", "assumed")
    if with_sampling and estimate.value and estimate.lower is not None and estimate.lower <= 0:
        return Ruling("SUPPRESS", Result.BLOCK, "The interval of the estimate reaches down to zero.")
    if with_sampling and estimate.lower and estimate.upper:
        variation = coefficient_of_variation(Interval.closed(estimate.lower, estimate.upper))
        if variation > LARGEST_CV:
            return Ruling(
                "SUPPRESS", Result.BLOCK, f"The coefficient of variation is {variation:.0%}, over {LARGEST_CV:.0%}."
            )
    return Ruling("SUPPRESS", Result.PASS, "Nothing calls for suppression.")


def confidence(case: Case) -> Ruling:
    """No ratio without an interval, and the interval says what it is. Non-response is in none of them."""
    estimate = case.estimate
    if estimate is None or estimate.value is None:
        return Ruling("CI", Result.PASS, "No estimate.")
    if estimate.interval_source is None or estimate.core is None:
        return Ruling("CI", Result.BLOCK, "The estimate has no interval.")
    said = {
        "published": "The interval is the publisher's",
        "computed": "The interval is computed from a sourced base and design effect",
        "assumed": "The interval is an outer envelope over tracked assumptions, not a 95% interval",
        "rounding": "The interval is the rounding of the printed figure only and holds no sampling error",
    }[estimate.interval_source]
    result = Result.PASS if estimate.interval_source in ("published", "computed") else Result.QUALIFY
    return Ruling("CI", result, f"{said}; bias from non-response is not in it.")


def report(case: Case) -> Ruling:
    """A reporting rate bridges only its own instrument, unit, offence and period; none is used here."""
    return Ruling("REPORT", Result.PASS, "No reporting rate is used.")
