"""Write the statistical tables: the workbook (xlsx and ods), the CSV files with their description, the Parquet files."""

import csv
import datetime
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from assets.archive.tracked.described import DESCRIPTION
from assets.published.replacing import replace
from assets.published.tables.content import sheets
from assets.published.tables.leaves import HEADING_ROW, LICENCE, TITLE, SheetLeaf, leaves
from assets.published.tables.opendocument import write_opendocument
from assets.published.tables.package import json_text, tables_package
from assets.published.tables.sheets import SHORTHAND, Field, TableSheet, cell_text, marker
from assets.tables.asking import asking
from assets.words.plain import no_formula
from schemas.rows import AnyRow, Record

FOLDER = "tables"
WORKBOOK = "darkfigure-tables.xlsx"
OPENDOCUMENT = "darkfigure-tables.ods"
BUILD = "SELECT * FROM meta.build"


@dataclass(frozen=True)
class WrittenTables:
    """What was written, and where."""

    folder: Path
    workbook: Path
    files: list[Path]
    sheets: list[TableSheet]


def write_tables(file: Path, output: Path) -> WrittenTables:
    """Make all tables over a published file below `output/tables/`; every file appears whole, its description last."""
    with asking(file) as asked:
        made, build = sheets(asked), asked.rows(BUILD)[0]
    folder = output / FOLDER
    pages = leaves(made, build)
    written = [replace(folder / WORKBOOK, lambda path: write_workbook(path, pages, build))]
    written.append(replace(folder / OPENDOCUMENT, lambda path: write_opendocument(path, pages, build)))
    for sheet in made:
        written.append(replace(folder / "csv" / f"{sheet.key}.csv", partial(write_csv, sheet=sheet)))
        written.append(replace(folder / "parquet" / f"{sheet.key}.parquet", partial(write_parquet, sheet=sheet)))
    text = json_text(tables_package(made, build))
    written.append(replace(folder / DESCRIPTION, lambda path: path.write_text(text, encoding="utf-8")))
    for stale in _others(folder, written):
        with suppress(OSError):
            stale.unlink()
    return WrittenTables(folder, written[0], written, made)


def _others(folder: Path, written: list[Path]) -> Iterator[Path]:
    """Tables of an earlier build that this one does not have."""
    for kind in ("csv", "parquet"):
        yield from (path for path in (folder / kind).glob(f"*.{kind}") if path not in written)


# The same tables for machines: CSV with markers for what is missing, and Parquet with types.
ARROW = {
    "string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32(),
}  # fmt: skip


def write_csv(path: Path, sheet: TableSheet) -> None:
    """Write a sheet as CSV (UTF-8, comma, header row). A missing value is a marker; no text begins a formula."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow([column.name for column in sheet.fields])
        writer.writerows([[_text(column, row) for column in sheet.fields] for row in sheet.rows])


def write_parquet(path: Path, sheet: TableSheet) -> None:
    """Write a sheet as Parquet: declared types, nulls for what is missing, meaning and unit with each column."""
    schema = pa.schema([
        pa.field(field.name, ARROW[field.kind], metadata={"meaning": field.meaning, "unit": field.unit}) for field in sheet.fields
    ])  # fmt: skip
    rows = [{field.name: cell_text(row[field.name]) for field in sheet.fields} for row in sheet.rows]
    table = pa.Table.from_pylist(rows, schema=schema)
    # Small tables: statistics of their one row group would be a sixth of each file, and help nobody.
    pq.write_table(table, path, compression="zstd", compression_level=12, write_statistics=False)


def _text(column: Field, row: AnyRow) -> Any:
    value = cell_text(row[column.name])
    if value is None or value == "":
        return marker(column, row) if column.kind in ("number", "integer") else ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return no_formula(value)
    return repr(value)


# The workbook (xlsx): the answers first, a sheet per table, filters, real dates, and pages that print.
NO_FORMULAS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4 = 9
MARGIN = 0.4


def write_workbook(path: Path, leaves: Sequence[SheetLeaf], build: Record) -> None:
    """Write the workbook of some sheets. No text of them becomes a formula or a link."""
    book = xlsxwriter.Workbook(str(path), NO_FORMULAS)
    book.set_properties({
        "title": TITLE, "subject": "Crime Survey for England and Wales and police recorded crime", "author": "Darkfigure",
        "comments": f"Build {build['build_id']}. {LICENCE}", "created": build["built_at"],
    })  # fmt: skip
    formats = _Formats(book)
    for leaf in leaves:
        _sheet(book.add_worksheet(leaf.label), leaf, formats)
    book.close()


class _Formats:
    """The few formats of all sheets, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF1F4"}
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top", "indent": 1})
        self.marker = book.add_format({"align": "right", "valign": "top"})
        self.date = book.add_format({"num_format": "d mmm yyyy", "align": "right", "valign": "top"})
        self._numbers: dict[int, object] = {}

    def number(self, digits: int) -> object:
        """A number with so many places."""
        if digits not in self._numbers:
            form = "#,##0" + ("." + "0" * digits if digits else "")
            self._numbers[digits] = self._book.add_format({"num_format": form, "align": "right", "valign": "top"})
        return self._numbers[digits]


def _sheet(page: xlsxwriter.worksheet.Worksheet, leaf: SheetLeaf, formats: _Formats) -> None:
    for at, line in enumerate(leaf.above):
        page.write_string(at, 0, line, formats.title if at == 0 else None)
    for at, width in enumerate(leaf.widths):
        page.set_column(at, at, width)
    for at, name in enumerate(leaf.heading):
        page.write_string(HEADING_ROW, at, name, formats.heading)
    first = HEADING_ROW + 1
    for down, row in enumerate(leaf.rows, start=first):
        for at, value in enumerate(row):
            if isinstance(value, datetime.date):
                page.write_datetime(down, at, datetime.datetime.combine(value, datetime.time()), formats.date)
            elif isinstance(value, (int, float)):
                page.write_number(down, at, value, formats.number(leaf.digits[at]))
            elif value:
                page.write_string(down, at, value, formats.marker if value in SHORTHAND else formats.text)
    if leaf.heading:
        page.autofilter(HEADING_ROW, 0, HEADING_ROW + max(len(leaf.rows), 1), len(leaf.heading) - 1)
        page.freeze_panes(first, 1)
        page.repeat_rows(HEADING_ROW)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(MARGIN, MARGIN, MARGIN + 0.2, MARGIN + 0.2)
    page.set_footer("&L&A&RPage &P of &N")
    page.set_h_pagebreaks([first + at for at in sorted(leaf.new_page)])
