"""Note marks that point nowhere, that are not in the publisher's form, and notes that stand twice."""

from collections.abc import Iterator

from assets.archive.reading.result import Finding, finding
from assets.archive.reading.text import Label, label
from assets.archive.titled.located import Located
from assets.archive.titled.read import TitledReading


def note_findings(reading: TitledReading) -> Iterator[Finding]:
    """Every fault of the notes of a file."""
    for one in reading.contents.tables:
        notes = reading.contents.notes.notes_for(one.title.table)
        if not notes:
            if any(text.notes for _, text in _labels(one)):
                yield finding(
                    "notes_not_in_file", "info", one.place, "The table refers to notes; the file has none for it.",
                    "The numbers are kept with the figures.",
                )  # fmt: skip
            continue
        for place, text in _labels(one):
            missing = [number for number in text.notes if number not in notes]
            if missing and not text.malformed:
                yield finding(
                    "note_points_nowhere", "warning", place,
                    f"{text.printed.strip()!r} refers to note {', '.join(map(str, missing))}; "
                    f"Table {one.title.table} has none of the number.",
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


def _labels(one: Located) -> Iterator[tuple[str, Label]]:
    """Title, headers and row labels of a table that carry notes."""
    title = one.title
    yield one.grid.place(title.row, title.column), title.label
    for column, text in one.header.labels.items():
        if text.notes:
            yield one.grid.place(one.header.row, column), text
    for row in range(one.header.row + 1, one.region.last_row + 1):
        cell = one.grid.cell(row, one.label_column)
        if isinstance(cell, str) and ("[" in cell or one.superscripts):
            text = label(cell, one.superscripts)
            if text.notes:
                yield one.grid.place(row, one.label_column), text
