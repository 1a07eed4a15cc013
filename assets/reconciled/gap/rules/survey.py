"""Rules about the survey: instruments, samples, precision, reporting rates."""

from assets.reconciled.ground.comparison import Case, Result, Ruling

SMALLEST_BASE = 50
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
    if case.estimate.designation == "in_development":
        reasons.append("the estimate is a statistic in development")
    if case.estimate.designation == COPY:
        reasons.append("the estimate was read in a copy of the publication")
    if not reasons:
        return Ruling("SAMPLE", Result.PASS, "A full year of interviews.")
    sentence = "; ".join(reasons)
    return Ruling("SAMPLE", Result.QUALIFY, f"{sentence[0].upper()}{sentence[1:]}.")


def suppress(case: Case) -> Ruling:
    """The publisher's own rule: its marker, or an unweighted base under 50. A wide interval is shown, not withheld."""
    estimate = case.estimate
    if estimate is None:
        return Ruling("SUPPRESS", Result.PASS, "No estimate.")
    if estimate.obs_status == "suppressed":
        return Ruling("SUPPRESS", Result.BLOCK, "The publisher suppressed the estimate.")
    if estimate.base is not None and estimate.base < SMALLEST_BASE:
        return Ruling("SUPPRESS", Result.BLOCK, f"The unweighted base is {estimate.base:.0f}, under {SMALLEST_BASE}.")
    return Ruling("SUPPRESS", Result.PASS, "Nothing calls for suppression.")


def confidence(case: Case) -> Ruling:
    """No ratio without an interval, and the interval says what it is. Non-response is in none of them."""
    estimate = case.estimate
    if estimate is None or estimate.value is None:
        return Ruling("CI", Result.PASS, "No estimate.")
    if estimate.interval_source is None or estimate.core is None:
        return Ruling(
            "CI",
            Result.BLOCK,
            "No sampling error of the estimate is held, nor can be worked out, so it has no interval.",
        )
    said = {
        "published": "The interval is the publisher's",
        "computed": "The interval is computed from a sourced base and design effect",
        "assumed": "The interval is the widest range that the listed assumptions allow, not a 95% interval",
    }[estimate.interval_source]
    result = Result.PASS if estimate.interval_source in ("published", "computed") else Result.QUALIFY
    return Ruling("CI", result, f"{said}; bias from non-response is not in it.")


def report(case: Case) -> Ruling:
    """A reporting rate bridges only its own instrument, unit, offence and period; none is used here."""
    return Ruling("REPORT", Result.PASS, "No reporting rate is used.")
