"""The workbook (xlsx): the answers first, a sheet per table, filters, real dates, and pages that print."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from assets.published.tables.leaves import HEADING_ROW, LICENCE, TITLE, SheetLeaf
from assets.published.tables.sheets import SHORTHAND
from schemas.rows import Record

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
