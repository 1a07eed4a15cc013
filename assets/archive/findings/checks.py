"""All that is noticed in a set of readings and not repaired: rows of `meta.finding`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from assets.archive.findings.by_key import ByKey
from assets.archive.findings.vintages import vintage_findings
from assets.archive.reading.result import Finding, finding
from assets.archive.reading.text import Label, label
from assets.archive.titled.located import LENGTHS, Located, title_periods
from assets.archive.titled.read import TitledReading
from assets.words.wording import number_of


def stray_findings(reading: TitledReading) -> Iterator[Finding]:
    """Cells above a table's header that hold a sign without meaning, such as a backtick."""
    seen = set()
    for located in reading.contents.tables:
        for row in range(located.header.row):
            for column, cell in enumerate(located.grid.rows[row]):
                if not isinstance(cell, str) or not cell.strip() or len(cell.strip()) > 2 or cell.strip().isalnum():
                    continue
                place = located.grid.place(row, column)
                if place not in seen:
                    seen.add(place)
                    yield finding("stray_sign", "info", place, f"{cell!r} stands above the table.", "Passed over.")


AS_PRINTED = "The figures stand under the period that their own header prints."


def header_findings(reading: TitledReading) -> Iterator[Finding]:
    """Every header of a file that disagrees with its twin, its title or its table."""
    tables = [table for table in reading.contents.tables if table.layout.columns in LENGTHS]
    for place, located in enumerate(tables):
        yield from _lengths(located)
        yield from _title(located)
        for other in tables[:place]:
            if other.grid is located.grid and (other.layout.rows, other.layout.columns) == (
                located.layout.rows,
                located.layout.columns,
            ):
                yield from _twin(other, located)


def _cell(located: Located, column: int) -> str:
    return located.grid.place(located.header.row, column)


def _lengths(located: Located) -> Iterator[Finding]:
    """A period that is not as long as those of the table."""
    for column, period in located.periods.items():
        if period.months != LENGTHS[located.layout.columns]:
            yield finding(
                "header_of_another_length", "warning", _cell(located, column),
                f"{located.header.labels[column].printed!r} spans {period.months} months in a table by {located.layout.columns}.",
                AS_PRINTED,
            )  # fmt: skip


def _twin(first: Located, second: Located) -> Iterator[Finding]:
    """Two tables of one sheet with the same rows: their columns should be the same periods in the same order."""
    ours, theirs = sorted(first.periods), sorted(second.periods)
    for left, right in zip(ours, theirs, strict=False):
        period, other = first.periods[left], second.periods[right]
        if period != other:
            yield finding(
                "header_differs_from_twin", "warning", _cell(second, right),
                f"Table {second.title.table} prints {second.header.labels[right].text!r} where Table {first.title.table} "
                f"prints {first.header.labels[left].text!r} ({_cell(first, left).rsplit(' ', 1)[1]}).",
                AS_PRINTED,
            )  # fmt: skip
    if len(ours) != len(theirs):
        yield finding(
            "header_differs_from_twin", "warning", second.place,
            f"Table {second.title.table} has {number_of(len(theirs), 'period')}, Table {first.title.table} {len(ours)}.",
            AS_PRINTED,
        )  # fmt: skip


def _title(located: Located) -> Iterator[Finding]:
    """The first and last year of the title against those of the header."""
    named = [period for period in title_periods(located) if period.period_type != "mid_year"]
    if not named or not located.periods:
        return
    last_named, has = max(period.end for period in named), max(period.end for period in located.periods.values())
    if last_named != has:
        yield finding(
            "header_differs_from_title", "warning", located.place,
            f"The title goes to {last_named} ({located.title.label.text!r}), the header to {has}.", AS_PRINTED,
        )  # fmt: skip
    if len(named) > 1 or located.layout.columns == "month":
        last_named, has = min(p.start for p in named), min(period.start for period in located.periods.values())
        if last_named != has and located.layout.columns != "quarter":
            yield finding(
                "header_differs_from_title", "info", located.place,
                f"The title starts with {last_named} ({located.title.label.text!r}), the header with {has}.", AS_PRINTED,
            )  # fmt: skip


def note_findings(reading: TitledReading) -> Iterator[Finding]:
    """Every fault of the notes of a file."""
    for located in reading.contents.tables:
        notes = reading.contents.notes.notes_for(located.title.table)
        if not notes:
            if any(text.notes for _, text in _labels(located)):
                yield finding(
                    "notes_not_in_file", "info", located.place, "The table refers to notes; the file has none for it.",
                    "The numbers are kept with the figures.",
                )  # fmt: skip
            continue
        for place, text in _labels(located):
            missing = [number for number in text.notes if number not in notes]
            if missing and not text.malformed:
                yield finding(
                    "note_points_nowhere", "warning", place,
                    f"{text.printed.strip()!r} refers to note {', '.join(map(str, missing))}; "
                    f"Table {located.title.table} has none of the number.",
                    "The number is kept with the figures, and that there is no such note.",
                )  # fmt: skip
            for mark in text.malformed:
                yield finding(
                    "malformed_note", "info", place, f"{text.printed.strip()!r} has {mark} instead of '[note ...]'.",
                    "Read as a reference to the note of the number.",
                )  # fmt: skip
    for block in reading.contents.notes.blocks:
        if block.repeated:
            yield finding(
                "note_number_twice", "info", block.place,
                f"{block.heading!r} has note {', '.join(map(str, block.repeated))} twice.", "The first of them is taken.",
            )  # fmt: skip


def _labels(located: Located) -> Iterator[tuple[str, Label]]:
    """Title, headers and row labels of a table that carry notes."""
    title = located.title
    yield located.grid.place(title.row, title.column), title.label
    for column, text in located.header.labels.items():
        if text.notes:
            yield located.grid.place(located.header.row, column), text
    for row in range(located.header.row + 1, located.region.last_row + 1):
        cell = located.grid.cell(row, located.label_column)
        if isinstance(cell, str) and ("[" in cell or located.superscripts):
            text = label(cell, located.superscripts)
            if text.notes:
                yield located.grid.place(row, located.label_column), text


def notice_in(reading: TitledReading) -> list[Finding]:
    """Findings of one reading, each place once per kind. What figures say of each other is held by `assets.relations`."""
    return _once([*reading.findings, *header_findings(reading), *note_findings(reading), *stray_findings(reading)])


def notice_between(read: Sequence[tuple[pd.DataFrame, Mapping[str, Any]]]) -> list[Finding]:
    """Findings between the releases of each publication: figures and row of `meta.release` of each."""
    return _once(list(vintage_findings([ByKey(frame, release) for frame, release in read])))


def _once(findings: Sequence[Finding]) -> list[Finding]:
    return list({(row["kind"], row["place"]): row for row in reversed(findings)}.values())[::-1]
