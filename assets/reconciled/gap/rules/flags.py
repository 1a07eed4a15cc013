"""Rules about flags and about the sign of a gap."""

from assets.reconciled.ground.comparison import Case, Result, Ruling


def flag(case: Case) -> Ruling:
    """A flag's completeness is not known exactly: a count that rests on one is a count of flagged offences."""
    if case.count is None or not case.pairing.flagged:
        return Ruling("FLAG", Result.PASS, "The count does not rest on a flag.")
    return Ruling(
        "FLAG",
        Result.QUALIFY,
        "The count rests on a flag set by officers or by text search; how many offences lack it is not known.",
    )


def sign(case: Case) -> Ruling:
    """Recorded above the estimate is legal: a gap can have either sign and is never clipped."""
    estimate, count = case.estimate, case.count
    if estimate and count and estimate.value is not None and count.value is not None and count.value > estimate.value:
        return Ruling(
            "SIGN", Result.PASS, "More is recorded than estimated, which may be: repeated offences, wider cover."
        )
    return Ruling("SIGN", Result.PASS, "A gap of either sign would stand.")
