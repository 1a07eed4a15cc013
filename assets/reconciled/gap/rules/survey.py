"""Rules about the survey: instruments, samples, precision, reporting rates."""

from assets.reconciled.ground.comparison import Case, Result, Said

SMALLEST_BASE = 50
COPY = "press_copy"


def instrument(case: Case) -> Said:
    """Old and new questions are two series; they are never joined or averaged."""
    if case.estimate is None:
        return Result.PASS, "No estimate."
    if case.estimate.instrument == "csew_self_completion_new":
        return Result.QUALIFY, "New questions, which find more victims than the old ones: a series of its own."
    return Result.PASS, "One instrument."


def sample(case: Case) -> Said:
    """Short fieldwork, half samples, statistics in development and copies are said."""
    if case.estimate is None:
        return Result.PASS, "No estimate."
    reasons = []
    if case.fieldwork is not None and case.fieldwork.shortfall:
        reasons.append(f"the estimate rests on {case.fieldwork.shortfall}")
    if case.estimate.designation == "in_development":
        reasons.append("the estimate is a statistic in development")
    if case.estimate.designation == COPY:
        reasons.append("the estimate was read in a copy of the publication")
    if not reasons:
        return Result.PASS, "A full year of interviews."
    sentence = "; ".join(reasons)
    return Result.QUALIFY, f"{sentence[0].upper()}{sentence[1:]}."


def suppress(case: Case) -> Said:
    """The publisher's own rule: its marker, or an unweighted base under 50. A wide interval is shown, not withheld."""
    estimate = case.estimate
    if estimate is None:
        return Result.PASS, "No estimate."
    if estimate.obs_status == "suppressed":
        return Result.BLOCK, "The publisher suppressed the estimate."
    if estimate.base is not None and estimate.base < SMALLEST_BASE:
        return Result.BLOCK, f"The unweighted base is {estimate.base:.0f}, under {SMALLEST_BASE}."
    return Result.PASS, "Nothing calls for suppression."


def confidence(case: Case) -> Said:
    """No ratio without an interval, and the interval says what it is. Non-response is in none of them."""
    estimate = case.estimate
    if estimate is None or estimate.value is None:
        return Result.PASS, "No estimate."
    if estimate.interval_source is None or estimate.core is None:
        return Result.BLOCK, "No sampling error of the estimate is held, nor can be worked out, so it has no interval."
    reasons = {
        "published": "The interval is the publisher's",
        "computed": "The interval is computed from a sourced base and design effect",
        "assumed": "The interval is the widest range that the listed assumptions allow, not a 95% interval",
    }[estimate.interval_source]
    result = Result.PASS if estimate.interval_source in ("published", "computed") else Result.QUALIFY
    return result, f"{reasons}; bias from non-response is not in it."


def report(case: Case) -> Said:
    """A reporting rate bridges only its own instrument, unit, offence and period; none is used here."""
    return Result.PASS, "No reporting rate is used."
