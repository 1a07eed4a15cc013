"""Notes: the sheets and footnotes that explain note numbers, and the text of the notes a figure refers to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assets.archive.reading.grid import Grid, a1, printed
from assets.archive.reading.text import single_spaced
from assets.words.wording import NO_NOTE

HEADING = re.compile(r"^\s*notes?\b.*?\b(?:for|accompany)\b", re.IGNORECASE)
# The header of a column of notes, folded.
NOTE_COLUMN = re.compile(r"(?:foot)?notes?(?: numbers?)?")
TABLE_ID = re.compile(r"(?<![A-Za-z])([A-Z]) ?(\d{1,2})([a-z]?)(?![A-Za-z0-9])")
ID_RANGE = re.compile(r"(?<![A-Za-z])([A-Z]) ?(\d{1,2})[a-z]? ?(?:to|-|–) ?\1 ?(\d{1,2})")
SUMMARY = re.compile(r"summary table \d+", re.IGNORECASE)
NO_MEANING: Mapping[str, str] = {}
FOOTNOTE = re.compile(r"^\s*(\d{1,2})\s*[.)]\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True)
class NoteBlock:
    """Notes under one heading.

    tables:   ids of the tables they are for, such as B1 or A5a; empty where the heading names none
    heading:  as printed
    place:    where the heading stands
    text:     note number -> text on one line
    repeated: numbers that stand twice under the heading
    """

    tables: frozenset[str]
    heading: str
    place: str
    text: dict[int, str]
    repeated: tuple[int, ...] = ()


@dataclass
class NoteBook:
    """All notes of a file."""

    blocks: list[NoteBlock] = field(default_factory=list)

    def notes_for(self, table: str) -> dict[int, str]:
        """Notes of a table by number: those whose heading names it (B1 for B1a too), else those that name no table."""
        base = table.rstrip("abcdefghijklmnopqrstuvwxyz")
        named = [block for block in self.blocks if table in block.tables or base in block.tables]
        notes: dict[int, str] = {}
        for block in named or [block for block in self.blocks if not block.tables]:
            for number, text in block.text.items():
                notes.setdefault(number, text)
        return notes


def note_blocks(grid: Grid) -> list[NoteBlock]:
    """The blocks of a notes sheet: a heading, then rows of a number and its text."""
    blocks: list[NoteBlock] = []
    heading, tables, place, current = grid.name, table_ids(grid.name), grid.place(0, 0), dict[int, str]()
    repeated: list[int] = []

    def close() -> None:
        if current:
            blocks.append(NoteBlock(tables, heading, place, dict(current), tuple(repeated)))
        current.clear()
        repeated.clear()

    for index, row in enumerate(grid.rows):
        first = row[0] if row else ""
        if isinstance(first, str) and HEADING.match(first):
            close()
            heading, place = single_spaced(first), grid.place(index, 0)
            tables = table_ids(heading) or table_ids(grid.name)
            continue
        number = _number(first)
        text = single_spaced(printed(row[1])) if len(row) > 1 else ""
        if number is not None and text:
            if number in current:
                repeated.append(number)
            else:
                current[number] = text
    close()
    return blocks


def footnotes(grid: Grid, first_row: int, last_row: int, table: str) -> NoteBlock | None:
    """Numbered lines in the first column below a table, as the layouts to 2019 print them."""
    notes: dict[int, str] = {}
    repeated: list[int] = []
    for row in range(first_row, last_row + 1):
        first = next((cell for cell in grid.rows[row] if cell != ""), "")
        match = FOOTNOTE.match(printed(first))
        if match:
            number = int(match[1])
            if number in notes:
                repeated.append(number)
            else:
                notes[number] = single_spaced(match[2])
    if not notes:
        return None
    place = f"{grid.file}, sheet {grid.name!r}, below cell {a1(first_row, 0)}"
    return NoteBlock(frozenset({table}), "footnotes", place, notes, tuple(repeated))


def table_ids(text: str) -> frozenset[str]:
    """Table ids named in a heading or a sheet's name, ranges filled in: "Notes for tables A5- A7" gives A5, A6, A7."""
    plain = SUMMARY.sub(" ", text.replace("_", " "))
    table_ids = {letter + number + part for letter, number, part in TABLE_ID.findall(plain)}
    for letter, first, last in ID_RANGE.findall(plain):
        table_ids |= {f"{letter}{number}" for number in range(int(first), int(last) + 1)}
    return frozenset(table_ids)


def note_text(cited: Iterable[int | str], notes: Mapping[int, str], marks: Mapping[str, str] = NO_MEANING) -> str:
    """Notes and marks in full: "[note 3] ... [note 5] ... [p] provisional"; a number without a note says so."""
    return " ".join(
        f"{mark} {marks.get(mark, '')}".strip()
        if isinstance(mark, str)
        else f"[note {mark}] {notes.get(mark, NO_NOTE)}"
        for mark in cited
    )


def _number(cell: object) -> int | None:
    if isinstance(cell, float) and cell.is_integer() and 0 < cell < 1000:
        return int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, str) and cell.strip().rstrip(".").isdigit():
        return int(cell.strip().rstrip("."))
    return None
