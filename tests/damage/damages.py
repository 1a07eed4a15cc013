"""Ways in which a released workbook or CSV may be damaged: each changes cells of a copy of its sheets, in memory.

All damaged files are SYNTHETIC: they are made at run time, read once and never kept.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from assets.archive.reading.book import Book
from assets.archive.reading.grid import Grid, column_number

Place = tuple[str, int, int]
Rows = list[list[Any]]
CELL = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")
NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+(?:e-?[0-9]+)?")
YEAR = re.compile(r"\b20(\d\d)\b")


class Copy(Book):
    """A workbook whose sheets may be changed; the original stays as it is. `dialect` is how a CSV is written."""

    def __init__(self, book: Book) -> None:
        self.file, self.typed, self.sheet_names = book.file, book.typed, list(book.sheet_names)
        self._original, self._grids = book, {}
        self.dialect: dict[str, str] = {}

    def grid(self, name: str) -> Grid:
        return self._grids[name] if name in self._grids else self._original.grid(name)

    def rows(self, name: str) -> Rows:
        """The cells of a sheet, to be changed in place."""
        if name not in self._grids:
            whole = self._original.grid(name)
            self._grids[name] = Grid(
                whole.file, whole.name, [list(row) for row in whole.rows], whole.merged, whole.typed
            )
        return self._grids[name].rows

    @property
    def changed(self) -> Collection[str]:
        """The sheets whose cells may be other than those of the original."""
        return self._grids.keys()

    def only(self, places: Collection[Place]) -> Copy:
        """A copy with the cells at some places as they are here, and all else as in the original."""
        made = Copy(self._original)
        for sheet, row, column in places:
            made.rows(sheet)[row][column] = self._grids[sheet].rows[row][column]
        return made

    def moved_down(self, name: str) -> None:
        """Move the merged ranges of a sheet with its rows."""
        grid = self._grids[name]
        merged = tuple((top + 1, left, bottom + 1, right) for top, left, bottom, right in grid.merged)
        self._grids[name] = Grid(grid.file, grid.name, grid.rows, merged, grid.typed)


@dataclass
class Cells:
    """Where the figures of a release stand: cell -> row ids, and the cells of each sheet by row."""

    figures: dict[Place, list[str]]
    of_sheet: dict[str, list[Place]] = field(default_factory=dict)

    @classmethod
    def of(cls, figures: Sequence[dict[str, Any]], book: Book) -> Cells:
        sheets = {name.strip(): name for name in book.sheet_names}
        found: dict[Place, list[str]] = defaultdict(list)
        for row in figures:
            at = CELL.fullmatch(row["cell"] or "")
            if at and row["sheet"] in sheets:
                left, top = column_number(at[1]), int(at[2]) - 1
                right, bottom = (column_number(at[3]), int(at[4]) - 1) if at[3] else (left, top)
                for place in product((sheets[row["sheet"]],), range(top, bottom + 1), range(left, right + 1)):
                    found[place].append(row["row_id"])
        made = cls(dict(found))
        for place in sorted(found):
            made.of_sheet.setdefault(place[0], []).append(place)
        return made


@dataclass(frozen=True)
class Damage:
    """One damage done: its class, where, and the cells that it changed."""

    kind: str
    where: str
    places: frozenset[Place]


def number(cell: Any) -> float | None:
    """The number of a cell, in a CSV too, where all cells are text; none for nought."""
    if isinstance(cell, str):
        plain = cell.strip().replace(",", "")
        return (float(plain) or None) if NUMBER.fullmatch(plain) else None
    return (float(cell) or None) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None


def as_printed(value: float, cell: Any) -> Any:
    """A value in the form of a cell: whole beside whole, text beside text."""
    if number(cell) == int(number(cell) or 0):
        value = float(round(value))
    return f"{value:.15f}".rstrip("0").rstrip(".") if isinstance(cell, str) else value


Maker = Callable[[Copy, Cells, random.Random, list[Place]], Damage | None]


def _times(factor: float) -> Maker:
    def make(book: Copy, _: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
        sheet, row, column = chance.choice(places)
        cells = book.rows(sheet)[row]
        if (value := number(cells[column])) is None:
            return None
        cells[column] = as_printed(value * factor, cells[column])
        return Damage(f"x{factor:g}", f"{sheet}!{row + 1},{column}", frozenset({(sheet, row, column)}))

    return make


def one_digit(book: Copy, _: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
    sheet, row, column = chance.choice(places)
    cells = book.rows(sheet)[row]
    if (value := number(cells[column])) is None:
        return None
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    at = chance.choice([at for at, sign in enumerate(text[:6]) if sign.isdigit()])
    other = chance.choice([digit for digit in "123456789" if digit != text[at]])
    changed = text[:at] + other + text[at + 1 :]
    cells[column] = changed if isinstance(cells[column], str) else float(changed)
    return Damage("one digit", f"{sheet}!{row + 1},{column}", frozenset({(sheet, row, column)}))


def _swap_cells(name: str, down: int, right: int) -> Maker:
    def make(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
        sheet, row, column = chance.choice(places)
        other = (sheet, row + down, column + right)
        if other not in cells.figures:
            return None
        rows = book.rows(sheet)
        one, two = rows[row][column], rows[other[1]][other[2]]
        if number(one) is None or number(two) is None or one == two:
            return None
        rows[row][column], rows[other[1]][other[2]] = two, one
        return Damage(name, f"{sheet}!{row + 1},{column}", frozenset({(sheet, row, column), other}))

    return make


def _swap_lines(name: str, by_row: bool) -> Maker:
    def make(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
        sheet, row, column = chance.choice(places)
        at = 1 if by_row else 2
        line = [p for p in cells.of_sheet[sheet] if p[at] == (row, column)[at - 1]]
        pairs = [(p, (p[0], p[1] + by_row, p[2] + (not by_row))) for p in line]
        pairs = [(p, q) for p, q in pairs if q in cells.figures]
        if len(pairs) < 2:
            return None
        rows, changed = book.rows(sheet), set[Place]()
        for p, q in pairs:
            one, two = rows[p[1]][p[2]], rows[q[1]][q[2]]
            if one != two:
                rows[p[1]][p[2]], rows[q[1]][q[2]] = two, one
                changed |= {p, q}
        return Damage(name, f"{sheet}!{row + 1},{column}", frozenset(changed)) if changed else None

    return make


swapped_columns = _swap_lines("swapped columns", by_row=False)


def shifted_block(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
    """Some rows of a table stand one column further; the first column of them is lost."""
    sheet, row, _ = chance.choice(places)
    height = chance.randint(3, 8)
    rows, changed = book.rows(sheet), set[Place]()
    for at in range(row, row + height):
        line = sorted(p[2] for p in cells.of_sheet[sheet] if p[1] == at)
        for left, right in zip(reversed(line[:-1]), reversed(line[1:]), strict=True):
            if rows[at][right] != rows[at][left]:
                rows[at][right] = rows[at][left]
                changed.add((sheet, at, right))
    return Damage("shifted block", f"{sheet}!{row + 1}", frozenset(changed)) if changed else None


def marker_for_number(book: Copy, _: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
    sheet, row, column = chance.choice(places)
    cells = book.rows(sheet)[row]
    if number(cells[column]) is None:
        return None
    cells[column] = "[x]"
    return Damage("marker for number", f"{sheet}!{row + 1},{column}", frozenset({(sheet, row, column)}))


def number_for_marker(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
    sheet, row, column = chance.choice(places)
    line = [p for p in cells.of_sheet[sheet] if isinstance(book.rows(sheet)[p[1]][p[2]], str)]
    line = [p for p in line if not NUMBER.fullmatch(book.rows(sheet)[p[1]][p[2]].strip().replace(",", ""))]
    if not line:
        return None
    sheet, row, column = chance.choice(line)
    _, from_row, from_column = chance.choice(cells.of_sheet[sheet])
    if number(value := book.rows(sheet)[from_row][from_column]) is None:
        return None
    book.rows(sheet)[row][column] = value
    return Damage("number for marker", f"{sheet}!{row + 1},{column}", frozenset({(sheet, row, column)}))


def lost_row(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
    sheet, row, _ = chance.choice(places)
    rows = book.rows(sheet)
    rows[row] = [""] * len(rows[row])
    return Damage("lost row", f"{sheet}!{row + 1}", frozenset(p for p in cells.of_sheet[sheet] if p[1] == row))


def changed_column(kind: str, change: Callable[[Any], Any]) -> Maker:
    """One column printed otherwise than the others; change: a cell -> what stands there instead, None for no change."""

    def make(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
        sheet, _, column = chance.choice(places)
        rows, changed = book.rows(sheet), set[Place]()
        for p in cells.of_sheet[sheet]:
            if p[2] == column and (other := change(rows[p[1]][column])) is not None:
                rows[p[1]][column] = other
                changed.add(p)
        return Damage(kind, f"{sheet}!{column}", frozenset(changed)) if changed else None

    return make


def _in_thousands(cell: Any) -> Any:
    if (value := number(cell)) is None:
        return None
    return str(value / 1000) if isinstance(cell, str) else value / 1000


column_in_thousands = changed_column("unit of a column", _in_thousands)


def _headers(book: Copy, cells: Cells, sheet: str, column: int) -> Iterator[int]:
    first = min(p[1] for p in cells.of_sheet[sheet])
    rows = book.rows(sheet)
    for at in range(first - 1, -1, -1):
        if column < len(rows[at]) and isinstance(rows[at][column], str) and YEAR.search(rows[at][column]):
            yield at


def swapped_headers(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
    sheet, _, column = chance.choice(places)
    at = next(_headers(book, cells, sheet, column), None)
    rows = book.rows(sheet)
    if (
        at is None
        or column + 1 >= len(rows[at])
        or not isinstance(rows[at][column + 1], str)
        or not YEAR.search(rows[at][column + 1])
    ):
        return None
    rows[at][column], rows[at][column + 1] = rows[at][column + 1], rows[at][column]
    touched = frozenset(p for p in cells.of_sheet[sheet] if p[2] in (column, column + 1))
    return Damage("swapped headers", f"{sheet}!{at + 1},{column}", touched)


def _other_year(name: str, by: int, title: bool) -> Maker:
    def make(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
        sheet, _, column = chance.choice(places)
        rows = book.rows(sheet)
        at = 0 if title else next(_headers(book, cells, sheet, column), None)
        column = 0 if title else column
        if at is None or not isinstance(rows[at][column], str) or not YEAR.search(rows[at][column]):
            return None
        rows[at][column] = YEAR.sub(lambda found: f"20{(int(found[1]) + by) % 100:02}", rows[at][column])
        touched = frozenset(p for p in cells.of_sheet[sheet] if title or p[2] == column)
        return Damage(name, f"{sheet}!{at + 1},{column}", touched)

    return make


# Damages of single cells, of which many are done to one copy, and damages that are read each on its own.
SMALL: tuple[Maker, ...] = (
    *map(_times, (0.1, 0.5, 1.2, 2, 10, 100, 1000)), one_digit, _swap_cells("swapped beside", 0, 1),
    _swap_cells("swapped below", 1, 0), marker_for_number, number_for_marker,
)  # fmt: skip
LARGE: tuple[Maker, ...] = (
    _swap_lines("swapped rows", by_row=True), swapped_columns, shifted_block, lost_row,
    column_in_thousands, swapped_headers, _other_year("header a year off", 1, title=False),
    _other_year("header ten years off", 10, title=False), _other_year("title a year off", 1, title=True),
)  # fmt: skip


def _every_text(rows: Rows, change: Callable[[str], str]) -> None:
    for row in rows:
        row[:] = [change(cell) if isinstance(cell, str) and cell else cell for cell in row]


def _labels(change: Callable[[str], str]) -> Callable[[Copy, Cells, random.Random], None]:
    """Change the first text of every row with figures."""

    def make(book: Copy, cells: Cells, _: random.Random) -> None:
        for name in cells.of_sheet:
            rows = book.rows(name)
            for at in sorted({place[1] for place in cells.of_sheet[name]}):
                column = next((c for c, cell in enumerate(rows[at]) if isinstance(cell, str) and len(cell) > 6), None)
                if column is not None:
                    rows[at][column] = change(rows[at][column])

    return make


def _rows_everywhere(
    change: Callable[[Rows], None], down: bool = False
) -> Callable[[Copy, Cells, random.Random], None]:
    def make(book: Copy, *_: object) -> None:
        for name in book.sheet_names:
            change(book.rows(name))
            if down:
                book.moved_down(name)

    return make


def _blank(rows: Rows) -> list[Any]:
    return [""] * (len(rows[0]) if rows else 1)


def _other_order(book: Copy, _: Cells, chance: random.Random) -> None:
    chance.shuffle(book.sheet_names)


def _other_names(book: Copy, *_: object) -> None:
    for at, name in enumerate(list(book.sheet_names)):
        book.rows(name)
        renamed = f"Sheet {at + 1}"
        book._grids[renamed] = book._grids.pop(name)
        book.sheet_names[at] = renamed


def _columns_moved(book: Copy, cells: Cells, chance: random.Random) -> None:
    """Two neighbouring columns of figures change places on each sheet, headers and all; not where headers are merged."""
    for name, places in cells.of_sheet.items():
        rows, whole = book.rows(name), book.grid(name)
        columns = sorted({place[2] for place in places})
        pairs = [
            c
            for c in columns
            if c + 1 in columns and not any(left <= c + 1 and c <= right for _, left, _, right in whole.merged)
        ]
        if pairs:
            at = chance.choice(pairs)
            for row in rows:
                if at + 1 < len(row):
                    row[at], row[at + 1] = row[at + 1], row[at]


def _misspelt(text: str) -> str:
    """A long word with one letter doubled."""
    return re.sub(r"\b([a-z]{4})([a-z])([a-z]{4,})", r"\1\2\2\3", text, count=1)


# A copy that is laid out otherwise and says the same: it must be read as the original.
LAYOUTS: dict[str, Callable[[Copy, Cells, random.Random], None]] = {
    "sheets in another order": _other_order,
    "sheets renamed": _other_names,
    "a blank row on top": _rows_everywhere(lambda rows: rows.insert(0, _blank(rows)), down=True),
    "blank rows at the end": _rows_everywhere(lambda rows: rows.extend(_blank(rows) for _ in range(5))),
    "a blank column on the right": _rows_everywhere(lambda rows: [row.append("") for row in rows] and None),
    "spaces around texts": _rows_everywhere(lambda rows: _every_text(rows, lambda text: f" {text} ")),
    "two spaces for one": _rows_everywhere(lambda rows: _every_text(rows, lambda text: text.replace(" ", "  "))),
    "no-break spaces": _rows_everywhere(lambda rows: _every_text(rows, lambda text: text.replace(" ", "\u00a0"))),
    "columns in another order": _columns_moved,
    "labels in capitals": _labels(str.upper),
    "ampersands for and": _labels(lambda text: text.replace(" and ", " & ")),
    "a unit behind the label": _labels(lambda text: f"{text} (%)"),
    "another note behind the label": _labels(lambda text: f"{text} [note 3]"),
    "labels misspelt by a letter": _labels(_misspelt),
}
