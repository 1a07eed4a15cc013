"""Rules about flags and about the sign of a gap."""

from assets.reconciled.ground.comparison import Case, Result, Said


def flag(case: Case) -> Said:
    """A flag's completeness is not known exactly: a count that rests on one is a count of flagged offences."""
    if case.count is None or not case.pairing.flagged:
        return Result.PASS, "The count does not rest on a flag."
    return (
        Result.QUALIFY,
        "The count rests on a flag set by officers or by text search; how many offences lack it is not known.",
    )


def sign(case: Case) -> Said:
    """Recorded above the estimate is legal: a gap can have either sign and is never clipped."""
    estimate, count = case.estimate, case.count
    if estimate and count and estimate.value is not None and count.value is not None and count.value > estimate.value:
        return Result.PASS, "More is recorded than estimated, which may be: repeated offences, wider cover."
    return Result.PASS, "A gap of either sign would stand."
