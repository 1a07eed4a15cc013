"""One sheet as cells with A1 addresses."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

Cell = str | float | int | bool | datetime.date | datetime.time | datetime.timedelta


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet.

    file:   the file as messages call it
    name:   the sheet's name as it stands, with edge spaces
    rows:   cells by row and column, from A1; an empty cell is ""
    merged: merged ranges as (first row, first column, last row, last column), from 0
    typed:  False where every cell is text (CSV), so that a number in print is not a finding
    """

    file: str
    name: str
    rows: list[list[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    typed: bool = True
    _covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> Cell:
        """The cell, or "" beyond the used area."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def text(self, row: int, column: int) -> str:
        """The cell as text; numbers as they would be printed in full."""
        return printed(self.cell(row, column))

    def spread(self, row: int, column: int) -> Cell:
        """The cell, or the first cell of the merged range that covers it."""
        value = self.cell(row, column)
        if value != "" or not self.merged:
            return value
        if not self._covered:
            self._covered.update(
                ((r, c), (top, left))
                for top, left, bottom, right in self.merged
                for r in range(top, bottom + 1)
                for c in range(left, right + 1)
            )
        return self.cell(*self._covered.get((row, column), (row, column)))

    def place(self, row: int, column: int) -> str:
        """`file, sheet 'name', cell B12`."""
        return f"{self.file}, sheet {self.name!r}, cell {a1(row, column)}"

    def texts(self) -> Iterator[tuple[int, int, str]]:
        """Every text cell with its position."""
        for row, cells in enumerate(self.rows):
            for column, cell in enumerate(cells):
                if type(cell) is str and cell:
                    yield row, column, cell


@lru_cache(maxsize=4096)
def letters(column: int) -> str:
    """Column letters of a column counted from 0: 0 is A, 27 is AB."""
    text, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        text = chr(65 + last) + text
    return text


def column_number(column: str) -> int:
    """Number of a column from 0: A is 0, AB is 27."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number - 1


def a1(row: int, column: int) -> str:
    """A1 address of a cell counted from 0."""
    return f"{letters(column)}{row + 1}"


def printed(cell: Cell) -> str:
    """A cell as text: whole numbers without decimals, others in full, dates in ISO form, edge spaces off."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return cell.isoformat() if isinstance(cell, (datetime.date, datetime.time)) else str(cell)
