"""What the statistical tables are: a title, columns with headings, units and meanings, rows, and notes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assets.answers.recorded import NO_LEAGUE
from assets.words import wording
from schemas.rows import AnyRow

MARKERS = {"missing": "[x]", "suppressed": "[u]", "not_applicable": "[z]"}
NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
SHORTHAND = {
    "[x]": "not available: not published, or not held",
    "[z]": "not applicable: the comparison is blocked, or the figure cannot exist",
    "[u]": "withheld by the publisher, because too few people were asked",
}
NOTES = {
    "not_a_rate": f"{wording.NOT_A_RATE} {wording.ADVICE}",
    "interval": "Every interval says what it is: limits printed by the publisher; computed from a sourced base and design effect;"
    " assumed, the widest range that the listed assumptions allow and never a 95% interval; or the rounding of the printed"
    " figure only. Bias from people who could not be asked or did not answer is in none of them.",
    "change": "The change is arithmetic. Where a break lies inside the window it says nothing about crime.",
    "scope": "Figures of different scopes are never added, subtracted or divided.",
    "overlap": "Threats overlap and are never added.",
    "standing": "The standing of the statistic: accredited, official, not accredited, in development, the policing collection, or"
    " read in a copy.",
    "forces": NO_LEAGUE,
    "cohort": "Not the same cases: those convicted in a year need not be of what was recorded in it; a ratio may exceed 100.",
    "verdict": "The strictest of the written rules decides: pass, qualify (with care), or block.",
}


@dataclass(frozen=True)
class Field:
    """One column.

    name:    as in the file, also the heading of the CSV
    heading: as in the spreadsheet
    kind:    string, number, integer, boolean or date
    digits:  decimal places shown in the spreadsheet; the CSV and the Parquet file keep full precision
    status:  column that says why a number is missing; else `marker` stands for it
    note:    key of NOTES
    width:   in characters; 0 for the usual one
    internal: a key of the database, which the CSV and the Parquet file hold and the spreadsheet leaves out
    """

    name: str
    heading: str
    kind: str = "string"
    unit: str = ""
    meaning: str = ""
    digits: int = 0
    status: str = ""
    marker: str = NOT_AVAILABLE
    note: str = ""
    width: int = 0
    internal: bool = False


@dataclass(frozen=True)
class TableSheet:
    """One table of the workbook, also one CSV file and one Parquet file."""

    key: str
    label: str
    title: str
    scope: str
    source: str
    fields: Sequence[Field]
    rows: Sequence[AnyRow] = field(default_factory=tuple)
    page_per_topic: bool = False


def marker(column: Field, row: AnyRow) -> str:
    """What stands where a value is missing: by its status, else the column's own marker."""
    return MARKERS.get(str(row.get(column.status) or ""), column.marker)


def cell_text(value: Any) -> Any:
    """A value as one cell: lists as one text."""
    return " | ".join(map(str, value)) if isinstance(value, list) else value
