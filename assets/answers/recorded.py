"""The recorded side in words: what a threat is made of, and what each police force, nation and region recorded."""

import datetime
from typing import TypedDict

from assets.answers.answer import threat
from assets.words import wording
from schemas.row_types import BreakdownRow, ForceRow, RegionRow
from schemas.rows import Record

TOTAL = "total"
KINDS = {
    "total": "all of it", "grouping": "group that a source prints or a candidate set", "offence_code": "offence", "sub_code":
    "detailed offence", "part": "part", "offence_group": "offence group", "subgroup": "subgroup", "group": "offence group",
    "victim_sex": "sex of the victim",
}  # fmt: skip
NO_LEAGUE = "No league table: forces differ in recording, reporting, residents and visitors. The survey has no estimate by force."
NOT_BY_FORCE = "Not given by police force, or not held since."
# The order of forces with fewer is that of chance.
FEW, TOO_FEW = 10, "fewer than 10 offences: too few for a place among forces"


def breakdown(row: Record) -> BreakdownRow:
    """A row of `main.breakdown` of a row of the threat breakdown with the name of its offence."""
    return {
        "threat": threat(row["threat"]),
        "scope": wording.SCOPES[row["scope"]],
        "kind": KINDS.get(row["dimension"], wording.coded(row["dimension"])),
        "part": part(row),
        "year_ending": row["period_end"],
        "recorded": whole(row["offences"]),
        "share": rounded(row["share_of_threat"], 1),
        "change": change_in_words(row),
        "remark": " ".join(row["caveats"]) or None,
        "row_id": row["row_id"],
    }


def part(row: Record) -> str:
    """`Stalking (8Q)`, `all of it`, `Table C5`."""
    value = row["dimension_value"]
    if row["dimension"] == TOTAL:
        return "all of it"
    if row["dimension"] == "grouping":
        source, _, table = value.partition("_")
        return f"Table {table.upper()} of ONS" if source == "ons" else f"candidate set {table}"
    if row["offence"]:
        return (
            f"{row['offence']} ({value})" if row["dimension"] in ("offence_code", "sub_code") else str(row["offence"])
        )
    offence, _, sex = value.partition(": ")
    return wording.capital(f"{offence}, {sex} victims" if sex else wording.coded(value))


def force(row: Record) -> ForceRow:
    """A row of `main.force` of one police force, threat and count; without a count it says that none is held."""
    if row["row_id"] is None:
        return {
            "force": row["area_name"],
            "threat": threat(row["threat"]),
            "part": wording.capital(row["offence"]),
            "coverage": f"{NOT_BY_FORCE} {row['coverage']}",
        }
    return {
        **_recorded(row),
        "force": row["area_name"],
        "among_forces": _place(row),
        "coverage": row["coverage"],
    }


def region(row: Record) -> RegionRow:
    """A row of `main.region` of a row of the threat breakdown with the names of its area and of what was counted."""
    return {
        **_recorded(row),
        "region": row["area_name"],
        "remark": " ".join(row["caveats"]) or None,
    }


class _Recorded(TypedDict):
    threat: str
    part: str
    year_ending: datetime.date
    recorded: int | None
    rate: float | None
    change: str | None
    row_id: str


def _recorded(row: Record) -> _Recorded:
    """What is said of a count, whether it is of a force or of a nation or region."""
    return {
        "threat": threat(row["threat"]),
        "part": wording.capital(row["offence"].lower()) if row["offence"].isupper() else row["offence"],
        "year_ending": row["period_end"],
        "recorded": whole(row["offences"]),
        "rate": rounded(row["rate_per_1000"], wording.rate_digits(row["rate_per_1000"])),
        "change": change_in_words(row),
        "row_id": row["row_id"],
    }


def change_in_words(row: Record) -> str | None:
    """`+5.3% on March 2024`; with a break inside, that it is no statement about crime."""
    if row["change_percent"] is None or row["change_from"] is None:
        return None
    released = " as another release has it" if row["change_source"] == "other_release" else ""
    broken = (
        "; counting changed in between, so no statement about crime" if row["obs_status"] == "series_broken" else ""
    )
    return f"{wording.signed(row['change_percent'])}% on the year to {row['change_from']:%B %Y}{released}{broken}"


def _place(row: Record) -> str | None:
    if row["rate_per_1000"] is None:
        why = next((caveat for caveat in row["caveats"] if caveat.startswith(wording.WITHOUT_RATE)), None)
        return f"n{why[1:-1]}" if why and row["offences"] is not None else None
    few = row["offences"] is not None and row["offences"] < FEW
    ordered = TOO_FEW if few else f"{_ordinal(row['place'])}highest of {row['forces_compared']} forces"
    if row["position"] is None:
        return f"{ordered}; no limits can be given"
    digits = max(wording.rate_digits(row["limit_95_upper"]), wording.rate_digits(row["national_rate_per_1000"]))
    usual = wording.between(row["limit_95_lower"], row["limit_95_upper"], digits)
    return f"{ordered}; {row['position']} ({usual} per 1,000); all forces {wording.number(row['national_rate_per_1000'], digits)}"


def _ordinal(number: int) -> str:
    """Before "highest" or the like, which needs none where it is the first."""
    if number == 1:
        return ""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending} "


def whole(value: float | None) -> int | None:
    """A count as a whole number: what is between two is no count."""
    return None if value is None else round(value)


def rounded(value: float | None, digits: int) -> float | None:
    """A number as precise as it is printed."""
    return None if value is None else round(value, digits)
