"""Stray contents: a text of one or two signs where nothing should stand."""

from collections.abc import Iterator

from assets.archive.reading.result import Finding, finding
from assets.archive.titled.read import TitledReading


def stray_findings(reading: TitledReading) -> Iterator[Finding]:
    """Cells above a table's header that hold a sign without meaning, such as a backtick."""
    seen = set()
    for one in reading.contents.tables:
        for row in range(one.header.row):
            for column, cell in enumerate(one.grid.rows[row]):
                if not isinstance(cell, str) or not cell.strip() or len(cell.strip()) > 2 or cell.strip().isalnum():
                    continue
                place = one.grid.place(row, column)
                if place not in seen:
                    seen.add(place)
                    yield finding("stray_sign", "info", place, f"{cell!r} stands above the table.", "Passed over.")
