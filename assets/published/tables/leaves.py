"""Sheets of the workbook as plain cells, for both formats: what stands above the headings, the headings, the rows, the widths."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assets.published.tables.sheets import NOTES, SHORTHAND, Field, TableSheet, cell_text, marker
from schemas import codes
from schemas.rows import Record

# Codes that the spreadsheet says in words; the CSV and the Parquet file keep the codes.
IN_WORDS = {
    "threat": codes.THREAT_OR_ALL, "sex": codes.SEX, "instrument": codes.INSTRUMENT, "scope": codes.SCOPE,
    "recorded_scope": codes.SCOPE, "interval_source": codes.INTERVAL_SOURCE, "period_match": codes.PERIOD_MATCH,
    "verdict": codes.VERDICT | codes.CLAIM_VERDICT, "designation": codes.DESIGNATION,
    "estimate_designation": codes.DESIGNATION, "recorded_designation": codes.DESIGNATION, "obs_status": codes.RESULT_STATUS,
}  # fmt: skip
WIDTHS = {"string": 22, "number": 13, "integer": 12, "boolean": 10, "date": 13}
WIDE, WIDE_FROM, ABOUT_WIDTH = 64, 60, 110
# Title, where it is from, what must be known: then the headings.
HEADING_ROW = 3
TITLE = "Violence against women and girls: what the survey estimates and what the police record, England and Wales"
INTRO = (
    "Dark figure is the profession's word for crime that no police record shows. The Crime Survey for England and Wales estimates"
    " how many people were victims; the police count the offences that they record. One side is in people, the other in offences,"
    " and neither can be taken from the other.",
    "The first sheet sets the two side by side, with the uncertainty of each, and says by written rules where they may be"
    " compared, with what care, and where not. The sheets after it say what the recorded side is made of, what each police"
    " force recorded, and what can be said of change. Blocked comparisons keep their figures and their reason.",
    NOTES["not_a_rate"],
)
LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Cite the publication and release that a"
    " figure comes from, which the CSV files name in each row, and for a comparison Darkfigure and the build named here."
)
Cell = str | float | int | datetime.date
ABOUT = "About"


@dataclass(frozen=True)
class SheetLeaf:
    """One sheet.

    above:  title, and lines under it; heading: names of the columns, None on a sheet of text only
    digits: decimal places of each column; new_page: rows that begin a page of print; links: label -> sheet
    """

    label: str
    above: Sequence[str]
    heading: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    digits: Sequence[int]
    new_page: frozenset[int] = field(default_factory=frozenset)


def leaves(sheets: Sequence[TableSheet], build: Record) -> list[SheetLeaf]:
    """Every sheet in order, and last what all of it is."""
    return [*map(_leaf, sheets), _about(sheets, build)]


def cell(column: Field, row: Mapping[str, Any]) -> Cell:
    """A value as it stands in the spreadsheet: numbers and dates as such, codes in words, a marker where there is none."""
    value = cell_text(row[column.name])
    if value is None or value == "":
        return marker(column, row) if column.kind in ("number", "integer") else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return IN_WORDS.get(column.name, {}).get(value, value)
    made: Cell = value
    return made


def _leaf(sheet: TableSheet) -> SheetLeaf:
    shown = [field for field in sheet.fields if not field.internal]
    rows = [[cell(field, row) for field in shown] for row in sheet.rows]
    notes = " ".join(dict.fromkeys(NOTES[field.note] for field in shown if field.note))
    topics = [row[0] for row in rows]
    return SheetLeaf(
        sheet.label,
        (sheet.title, f"{sheet.scope}. Source: {sheet.source}.", f"{notes} {_markers(rows)}".strip()),
        [_heading(field) for field in shown],
        rows,
        [
            field.width or (WIDE if _longest(rows, at) > WIDE_FROM else WIDTHS[field.kind])
            for at, field in enumerate(shown)
        ],
        [field.digits for field in shown],
        frozenset(at for at in range(1, len(rows)) if sheet.page_per_topic and topics[at] != topics[at - 1]),
    )


def _heading(field: Field) -> str:
    """The heading with its unit, unless it says it already."""
    heading, unit = field.heading.lower(), field.unit.lower()
    return field.heading if unit in heading or heading in unit else f"{field.heading} ({field.unit})"


def _longest(rows: Sequence[Sequence[Cell]], at: int) -> int:
    return max((len(str(row[at])) for row in rows), default=0)


def _markers(rows: Sequence[Sequence[Cell]]) -> str:
    used = {value for row in rows for value in row if isinstance(value, str)} & set(SHORTHAND)
    return "; ".join(f"{mark} {SHORTHAND[mark]}" for mark in SHORTHAND if mark in used)


def _about(sheets: Sequence[TableSheet], build: Record) -> SheetLeaf:
    lines = [
        *INTRO,
        f"Build {build['build_id']}, made on {build['built_at']:%d %B %Y} with Darkfigure {build['version']}.",
        *(f"{mark} {meaning}" for mark, meaning in SHORTHAND.items()),
        *NOTES.values(),
        "The same tables, in full precision and with the keys that lead into the database, are beside this workbook as CSV files"
        " described by datapackage.json, and as Parquet files.",
        LICENCE,
        "Questions and corrections: the issues of the Darkfigure project.",
        *(f"Sheet {sheet.label}: {sheet.title}" for sheet in sheets),
    ]
    return SheetLeaf(ABOUT, (TITLE, "", ""), (), [[line] for line in dict.fromkeys(lines)], [ABOUT_WIDTH], [0])
