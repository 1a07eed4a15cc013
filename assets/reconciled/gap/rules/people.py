"""Rules about whom the two sides are about: age, sex, area, coverage."""

from assets.reconciled.ground.comparison import AGE_BASES, ALL_AREAS, Case, Result, Said


def age(case: Case) -> Said:
    """The estimate's age base must contain the recorded one, or the difference is named; age bases are never joined."""
    if case.estimate is None or case.count is None:
        return Result.PASS, "Only one side has an age base."
    estimated, counted = case.estimate.age, case.count.age
    if estimated not in AGE_BASES:
        return Result.BLOCK, f"{estimated} is no age base of the survey but a part of one."
    if estimated == counted == "16+":
        return Result.PASS, "Both sides are about people aged 16 and over."
    extra = "children too" if counted in ("all", "children") else f"victims of other ages too ({counted})"
    if counted == "16+":
        extra = f"victims older than {estimated.split('-')[-1]} too"
    return Result.QUALIFY, f"The estimate is about ages {estimated}; the count holds {extra}."


def sex(case: Case) -> Said:
    """A women's estimate needs codes that carry the victim's sex, or a sourced female share with its interval."""
    if case.estimate is None or case.count is None or case.estimate.sex == "all":
        return Result.PASS, "No side is restricted to one sex without the other."
    if case.count.female_share_applied:
        return Result.QUALIFY, "The count is all victims times a sourced female share, taken with its interval."
    if case.count.sex == case.estimate.sex:
        if case.count.scope == "policing_vawg":
            return (
                Result.QUALIFY,
                "The collection is of offences against women and girls; how sex was established is not printed.",
            )
        if case.count.scope == "collection":
            return Result.PASS, "The returns say the victim's sex."
        return Result.PASS, "The codes carry the victim's sex."
    return (
        Result.BLOCK,
        "The estimate is about women, the count about all victims, and no female share of the year is held.",
    )


def geo(case: Case) -> Said:
    """The same set of forces on both sides; a missing force is named."""
    if case.count is not None and case.count.missing_forces:
        names = ", ".join(case.count.missing_forces)
        return Result.QUALIFY, f"The count leaves out {names}; the estimate does not."
    if case.count is not None and case.area != ALL_AREAS:
        return (
            Result.QUALIFY,
            f"The count is what the forces of {case.area} recorded, wherever the victims live; the estimate is of residents.",
        )
    return Result.PASS, f"Both sides are about {case.area}."


def cover(case: Case) -> Said:
    """Missing is not zero: a window of fewer months than the estimate's blocks."""
    if case.count is None:
        return Result.PASS, "No count, so nothing to cover."
    if case.count.value is None and case.count.missing_forces:
        names = ", ".join(case.count.missing_forces)
        return Result.BLOCK, f"The year of {names} is not held in full: missing is not nought."
    if case.count.period.months < 12:
        return Result.BLOCK, f"The count covers {case.count.period.months} months only and is never annualised."
    return Result.PASS, "The count covers twelve months."
