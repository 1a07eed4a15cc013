"""Releases that nobody has seen: variants of the released workbooks, SYNTHETIC, made at test time and never kept.

A variant changes how a release is laid out or which period it is of, as a publisher's next release may; never a figure, unless a
test says so. They are named synthetic so that none can be taken for a release.
"""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from kit import DATA, known_names, read_released, released
from python_calamine import CalamineWorkbook
from test_released_workbooks import APPENDIX, PFA

from assets.archive.reading.book import Book
from assets.archive.reading.grid import a1, column_number, letters
from assets.archive.titled.read import TitledReading
from assets.archive.titled.recognise import layouts

sys.path.insert(0, str(DATA.parent / "tests" / "unit" / "sheets"))
from sheet_writer import ods, xlsx

__all__ = ["MONTHS", "ods"]  # handed on to the tests

Rows = list[list[Any]]
Sheets = dict[str, Rows]
Merged = dict[str, list[str]]
NAME = "synthetic variant of a release.xlsx"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
IN_FULL = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
DATED = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)([a-z]*)(\s+)(20\d\d)\b")
RANGE = re.compile(r"^\s*(\w{3})\s+(\d{4})\s+to\s+(\w{3})\s+(\d{4})")
HEADER = re.compile(r"(?i)\s*(offences?\b|area\s+code|offender relationship|grouping)")
TARGETED = re.compile(r"cover|note|a[1-5][ab]?\b|b(?:1|2|9|10)\b|c5\b|e2\b", re.IGNORECASE)
AROUND = re.compile(r"cover|contents|note|correction", re.IGNORECASE)
SAME = (
    "series",
    "area_code",
    "period_start",
    "period_end",
    "characteristic_value",
    "value",
    "obs_status",
    "base",
    "note",
)


@cache
def _whole(path: str) -> tuple[Sheets, Merged]:
    book = CalamineWorkbook.from_path(released(path))
    sheets, merged = {}, {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        sheets[name] = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        merged[name] = [f"{a1(*start)}:{a1(*end)}" for start, end in sheet.merged_cell_ranges or ()]
    return sheets, merged


def _plain(cell: Any) -> Any:
    return cell if isinstance(cell, (str, float, int)) else cell.isoformat()[:10]


def appendix(*tables: str) -> Sheets:
    """Cover, notes and tables, all that are read or some, of the Appendix release of YE September 2025."""
    sheets, _ = _whole(APPENDIX["ye-2025-09"])
    return {
        name: copy.deepcopy(rows)
        for name, rows in sheets.items()
        if (name in tables or not is_table(name) if tables else TARGETED.search(name.replace("_", " ")))
    }


@cache
def as_released(*tables: str) -> TitledReading:
    """What is read of the same sheets as they are."""
    return read(appendix(*tables))


def forces(release: str) -> tuple[Sheets, Merged]:
    """The sheets of a release of the force tables, and their merged cells."""
    sheets, merged = _whole(PFA[release])
    return copy.deepcopy(sheets), dict(merged)


def read(sheets: Mapping[str, Rows], merged: Merged | None = None) -> TitledReading:
    """A variant, written as a workbook and read."""
    there = {name: ranges for name, ranges in (merged or {}).items() if name in sheets}
    return read_released(Book(NAME, xlsx(sheets, there)), layouts(DATA), known_names())


def figures(reading: TitledReading) -> list[str]:
    """What is to be the same whatever the layout."""
    return sorted(map(repr, zip(*(reading.frame[name].tolist() for name in SAME), strict=True)))


def header_of(rows: Rows) -> int:
    """The first header: a row of several labels below the title."""
    return next(
        at for at, row in enumerate(rows)
        if at > 3 and sum(cell != "" for cell in row) > 2 and any(isinstance(cell, str) and HEADER.match(cell) for cell in row)
    )  # fmt: skip


def is_table(name: str) -> bool:
    """Is it a sheet of tables, and no cover, contents or notes?"""
    return not AROUND.search(name)


def on_tables(sheets: Sheets, change: Callable[[Rows], Rows]) -> Sheets:
    """Every sheet of tables changed."""
    return {name: change(rows) if is_table(name) else rows for name, rows in sheets.items()}


def on_texts(rows: Rows, change: Callable[[str], str]) -> Rows:
    """Every text cell changed."""
    return [[change(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def on_numbers(rows: Rows, change: Callable[[float], Any]) -> Rows:
    """Every number changed."""
    return [[change(cell) if isinstance(cell, float) else cell for cell in row] for row in rows]


def later(text: str, months: int) -> str:
    """A text with every dated month so many months later."""

    def moved(match: re.Match[str]) -> str:
        place = int(match[4]) * 12 + MONTHS.index(match[1]) + months
        return (IN_FULL if match[2] else MONTHS)[place % 12] + match[3] + str(place // 12)

    return DATED.sub(moved, text)


def moved(merged: Merged, rows: int = 0, columns: int = 0) -> Merged:
    """Merged ranges of the sheets of tables, further down or to the right."""

    def one(match: re.Match[str]) -> str:
        return f"{letters(column_number(match[1]) + columns)}{int(match[2]) + rows}"

    return {
        name: [re.sub(r"([A-Z]+)(\d+)", one, text) if is_table(name) else text for text in ranges]
        for name, ranges in merged.items()
    }
