"""The statistical workbook: cover, contents, notes, one table per sheet, as the analysis function asks for."""

import datetime
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assets.published.tables.sheets import HEADING_ROW, NOTES, SHORTHAND, Field, Sheet, marker, plain
from assets.tables.records import Record
from schemas import codes

# Codes that the spreadsheet says in words; the CSV and the Parquet file keep the codes.
IN_WORDS = {
    "threat": codes.THREAT_OR_ALL, "sex": codes.SEX, "instrument": codes.INSTRUMENT, "scope": codes.SCOPE,
    "recorded_scope": codes.SCOPE, "interval_source": codes.INTERVAL_SOURCE, "period_match": codes.PERIOD_MATCH,
    "verdict": codes.VERDICT | codes.CLAIM_VERDICT, "designation": codes.DESIGNATION, "estimate_designation": codes.DESIGNATION,
    "recorded_designation": codes.DESIGNATION, "obs_status": codes.RESULT_STATUS,
}  # fmt: skip
TITLE = "Violence against women and girls: what the survey estimates and what the police record, England and Wales"
WIDTHS = {"string": 22, "number": 14, "integer": 10, "boolean": 10, "date": 12}
WIDE, WIDE_FROM, COVER_WIDTH = 60, 60, 100
INTRO = (
    "Dark figure is the profession's word for crime that no police record shows. The Crime Survey for England and Wales estimates"
    " how many people were victims; the police count the offences that they record. One side is in people, the other in offences,"
    " and neither can be taken from the other.",
    "These tables set the two side by side, with the uncertainty of each, and say by written rules where they may be compared,"
    " with what care, and where not. Blocked comparisons keep their figures and their reason.",
    NOTES["not_a_rate"],
)
LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Cite the publication and release that a"
    " figure comes from, which stand in each row, and for a comparison Darkfigure and the build named here."
)
NO_FORMULAS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(path: Path, sheets: Sequence[Sheet], build: Record) -> None:
    """Write the workbook (xlsx) of some sheets. No text of them becomes a formula or a link."""
    import gptables as gpt

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # empty cells are told by markers; the library warns of its own notes sheet
        workbook = gpt.produce_workbook(
            filename=str(path),
            sheets={sheet.label: _gptable(sheet) for sheet in sheets},
            cover=gpt.Cover(
                title=TITLE,
                intro=[*INTRO],
                about=[
                    f"Build {build['build_id']}, made on {build['built_at']:%d %B %Y} with Darkfigure {build['version']}.",
                    "Shorthand: " + "; ".join(f"{mark} {said}" for mark, said in SHORTHAND.items()) + ".",
                    "The same tables, in full precision, are beside this workbook as CSV files described by datapackage.json,"
                    " and as Parquet files.",
                    LICENCE,
                ],
                contact=["Questions and corrections: the issues of the Darkfigure project."],
                cover_label="Cover",
                width=COVER_WIDTH,
            ),
            notes_table=_notes(sheets),
            auto_width=False,
            workbook_options=NO_FORMULAS,
        )
        _finish(workbook, sheets, build)
        workbook.close()


def safe(text: str) -> str:
    """A text without what the library reads as a link or a note reference, and with a letter or digit in it."""
    text = text.replace("](", "] (").replace("$$", "$ $")
    return text if re.search(r"[a-zA-Z0-9]", text) else f"[z] {text}".strip()


def cell(column: Field, row: Record) -> Any:
    """A value as it stands in the spreadsheet: numbers as numbers, a marker where there is none, dates as text."""
    value = plain(row[column.name])
    if value is None or value == "":
        return marker(column, row)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return safe(IN_WORDS.get(column.name, {}).get(value, value)) if isinstance(value, str) else value


def widths(sheet: Sheet) -> list[int]:
    """The width of every column, in characters."""
    longest = [max((len(str(plain(row[one.name]) or "")) for row in sheet.rows), default=0) for one in sheet.fields]
    return [WIDE if long > WIDE_FROM else WIDTHS[one.kind] for one, long in zip(sheet.fields, longest, strict=True)]


def _gptable(sheet: Sheet) -> Any:
    import gptables as gpt
    import pandas as pd

    headings = [one.heading for one in sheet.fields]
    rows = [[cell(column, row) for column in sheet.fields] for row in sheet.rows]
    table = pd.DataFrame(rows, columns=headings, dtype=object)
    formats: dict[int, list[int]] = {}
    for position, one in enumerate(sheet.fields):
        if one.kind in ("number", "integer"):
            formats.setdefault(one.digits, []).append(position)
    return gpt.GPTable(
        table=table,
        table_name=f"table_{sheet.key}",
        title=sheet.title,
        instructions="This worksheet contains one table. Notes are on the notes worksheet; shorthand is explained on the cover.",
        legend=[f"{mark} {said}" for mark, said in SHORTHAND.items()],
        source=sheet.source,
        scope=sheet.scope,
        units={position: one.unit for position, one in enumerate(sheet.fields) if one.unit} or None,
        table_notes={position: f"$${one.note}$$" for position, one in enumerate(sheet.fields) if one.note},
        index_columns={2: 0},
        additional_formatting=[
            {"column": {"columns": places, "format": {"num_format": "#,##0" + ("." + "0" * digits if digits else "")}}}
            for digits, places in formats.items()
        ],
    )


def _notes(sheets: Sequence[Sheet]) -> Any:
    import pandas as pd

    used = list(dict.fromkeys(one.note for sheet in sheets for one in sheet.fields if one.note))
    return pd.DataFrame([(key, NOTES[key]) for key in used], columns=["Note reference", "Note text"])


def _finish(workbook: Any, sheets: Sequence[Sheet], build: Record) -> None:
    """Column widths, frozen headings and document properties."""
    for sheet in sheets:
        page = workbook.get_worksheet_by_name(sheet.label)
        for position, width in enumerate(widths(sheet)):
            page.set_column(position, position, width)
        page.freeze_panes(HEADING_ROW + 1, 1)
    workbook.get_worksheet_by_name("Contents").set_column(0, 1, 30)
    workbook.get_worksheet_by_name("Contents").set_column(1, 1, COVER_WIDTH)
    workbook.get_worksheet_by_name("Notes").set_column(0, 0, 12)
    workbook.get_worksheet_by_name("Notes").set_column(1, 1, COVER_WIDTH)
    workbook.set_properties({
        "title": TITLE, "subject": "Crime Survey for England and Wales and police recorded crime", "author": "Darkfigure",
        "comments": f"Build {build['build_id']}. {LICENCE}", "created": build["built_at"],
    })  # fmt: skip
