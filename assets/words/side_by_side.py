"""One comparison of the gap in words: the estimate and the count side by side, and the ratio where it may be given."""

from dataclasses import dataclass

from assets.words import wording
from assets.words.wording import between, number, people
from schemas.rows import Record


@dataclass(frozen=True)
class Side:
    """The newest figures of a pairing that may be set side by side, in words."""

    row_id: str
    when: str
    whom: str
    estimate: str
    interval: str
    interval_meaning: str
    estimate_unit: str
    estimate_designation: str
    recorded: str
    recorded_interval: str
    recorded_unit: str
    recorded_scope: str
    recorded_designation: str
    ratio: str
    ratio_interval: str
    verdict: str


NO_POINT = "no single number"


def _is_set(row: Record) -> bool:
    """Do the counts leave a set of ratios, so that no point of it is said?"""
    return row["recorded_per_100"] is None and row["recorded_per_100_lower"] is not None


def side(row: Record) -> Side:
    """One row of the gap table in words."""
    asked = wording.questions(row["instrument"])
    # Without an estimate no sex or age is said: those of the pairing are the survey's, not the count's.
    whom = [f"{wording.WHOM[row['sex']]} aged {row['age']}"] if row["age"] else []
    wide = row["recorded_upper"] is not None and row["recorded_upper"] > (row["recorded_lower"] or 0)
    return Side(
        row_id=row["row_id"],
        when=wording.period(row),
        whom=", ".join([*whom, *([asked] if asked else [])]),
        estimate=people(row["estimate"]),
        interval=wording.limits_of_estimate(row),
        interval_meaning=wording.INTERVALS.get(row["interval_source"] or "", ""),
        estimate_unit=wording.unit_words(row["estimate_unit"] or "victims"),
        estimate_designation=row["estimate_designation"] or "",
        recorded=number(row["recorded"]),
        recorded_interval=between(row["recorded_lower"], row["recorded_upper"]) if wide else "",
        recorded_unit=row["recorded_unit"] or "offences",
        recorded_scope=wording.SCOPES.get(row["recorded_scope"] or "", ""),
        recorded_designation=row["recorded_designation"] or "",
        ratio=NO_POINT if _is_set(row) else number(row["recorded_per_100"], 1),
        ratio_interval=between(row["recorded_per_100_lower"], row["recorded_per_100_upper"], 1),
        verdict=row["verdict"],
    )
