"""Do the bridge and the attrition table keep their promises?"""

from collections.abc import Iterator

from assets.tables.checking import each_row
from schemas.rows import AnyRow

BRIDGED = ("known", "closing", "closing_least")


@each_row("reconciled.reporting_bridge", "every bridge closes or says why not")
def bridges_are_closed_or_blocked(row: AnyRow) -> Iterator[str]:
    """A blocked bridge gives nothing; another gives a closing value inside its limits, with the identified set below."""
    if row["verdict"] == "block":
        if any(row[name] is not None for name in BRIDGED):
            yield "a value in a blocked row"
        return
    if None in (row["known"], row["closing"], row["closing_least"]):
        yield "no closing value"
    elif not row["closing_least"] <= row["closing_lower"] <= row["closing"] <= row["closing_upper"]:
        yield "a closing value outside its limits"


@each_row("reconciled.attrition", "every step is a ratio of its year")
def attrition_is_no_cohort(row: AnyRow) -> Iterator[str]:
    """No step is called a cohort, a share of a subset is at most 100, and every ratio lies inside its limits."""
    if row["cohort"]:
        yield "called a cohort"
    if row["subset"] and row["per_100"] > 100:
        yield f"a subset of {row['per_100']:.1f} in 100"
    if not row["per_100_lower"] <= row["per_100"] <= row["per_100_upper"]:
        yield "a ratio outside its limits"


CHECKS = [bridges_are_closed_or_blocked, attrition_is_no_cohort]
