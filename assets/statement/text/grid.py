"""The tables of a document: rows of cells in their places, and the numbers in them.

In HTML and Word a table says where its cells are; in plain text and in what a PDF gives, `lines` finds them.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assets.archive.reading.periods import ENDED, MONTH, named
from assets.words.numerals import plain_letters
from assets.words.printed_number import plain_number

LEAST_ROWS, LEAST_YEARS = 3, 2
# What stands left of years of which each is the last of it: "Year ending March".
_ENDING = re.compile(rf"\b(?:{ENDED}) (?:the end of )?{MONTH}\W*$", re.IGNORECASE)
_YEARS, _OF_YEARS = range(1900, 2101), re.compile(r"\byears?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Laid:
    """A block of a document that stands in a row of a table: its parts by their columns, from 0.

    table, row: what tells them from others of the document; also: the rows below that a cell stands beside as well; width: how
    many columns it stands over
    """

    table: object
    row: object
    parts: tuple[tuple[int, str], ...]
    also: tuple[object, ...] = ()
    width: int = 1


class TextCell(NamedTuple):
    """Some text of a block (from 1), and where in it it begins; column: from 0; width: how many columns it stands over."""

    block: int
    start: int
    text: str
    column: int
    width: int = 1

    @property
    def place(self) -> tuple[int, int]:
        """Its block, and where it begins, as of a mention."""
        return self.block, self.start


Table = tuple[tuple[TextCell, ...], ...]


@dataclass(frozen=True)
class GridNumber:
    """A printed number: its cell and values that round to it. step: what one unit of its last digit is worth."""

    cell: TextCell
    value: float
    step: float
    percent: bool

    @property
    def low(self) -> float:
        """The least value that rounds to it."""
        return self.value - self.step / 2

    @property
    def high(self) -> float:
        """The largest value that rounds to it."""
        return self.value + self.step / 2


@dataclass(frozen=True)
class NumberGrid:
    """The rows of a table that hold numbers: each by its column, and the words beside it; heads: the words above each column."""

    rows: tuple[dict[int, GridNumber], ...]
    labels: tuple[str, ...]
    heads: dict[int, str]


def grid(table: Table) -> NumberGrid:
    """A table's numbers. Whole ones of a column or row are taken to be rounded to the roundest digits that all print."""
    above = defaultdict[int, list[TextCell]](list)
    rows, beside = list[dict[int, GridNumber]](), list[list[TextCell]]()
    names = _years_of_rows(table)
    for row in table:
        numbers = {cell.column: number for cell in row if cell.column not in names and (number := _number(cell))}
        if not numbers or all(_is_year(number) for number in numbers.values()):
            if not rows:
                ending = _ENDING.search(" ".join(cell.text for cell in row if numbers and cell.column < min(numbers)))
                for cell in row:
                    said = cell._replace(text=f"{ending[0]} {cell.text}") if ending and cell.column in numbers else cell
                    for column in range(cell.column, cell.column + cell.width):
                        above[column].append(said)
            continue
        rows.append(numbers)
        first = min(numbers)
        beside.append([cell for cell in row if cell.column < first])
    # One that stands in two rows of heads is said once.
    heads = {
        column: " ".join(cell.text for cell in dict.fromkeys(cells) if cell.text) for column, cells in above.items()
    }
    columns = {column for row in rows for column in row}
    of_columns = {column: _step([row[column] for row in rows if column in row]) for column in columns}
    of_rows = [_step([*row.values()]) for row in rows]
    return NumberGrid(
        tuple(
            {at: _rounded(printed, max(of_columns[at], of_row)) for at, printed in row.items()}
            for row, of_row in zip(rows, of_rows, strict=True)
        ),
        tuple(" ".join(_label(cell, heads) for cell in cells) for cells in beside),
        heads,
    )


def _years_of_rows(table: Table) -> set[int]:
    """The first column where it holds years, each once: "Year ending March" above 2023, 2024, 2025. They name their rows."""
    first = [cell for row in table for cell in row if cell.column == 0]
    years = [number.value for cell in first if (number := _number(cell))]
    named_so = any(_OF_YEARS.search(cell.text) for cell in first)
    of_years = all(_is_year(number) for cell in first if (number := _number(cell)))
    return {0} if named_so and of_years and len({*years}) == len(years) >= LEAST_YEARS else set()


def _label(cell: TextCell, heads: Mapping[int, str]) -> str:
    """What stands beside numbers; with its head where that tells its period: "Year ending" above "Mar 2018"."""
    whole = f"{heads.get(cell.column, '')} {cell.text}"
    return whole if named(whole) != named(cell.text) else cell.text


def _number(cell: TextCell) -> GridNumber | None:
    printed = plain_number(plain_letters(cell.text))
    if printed is None:
        return None
    digits = printed.removesuffix("%").replace(",", "")
    return GridNumber(cell, float(digits), 10.0 ** -len(digits.partition(".")[2]), printed.endswith("%"))


def _is_year(number: GridNumber) -> bool:
    return number.value in _YEARS and number.cell.text.strip().isdigit()


def _step(numbers: Sequence[GridNumber]) -> float:
    """To what the whole numbers of a column or row are rounded: 100 or more where all are."""
    whole = [int(abs(number.value)) for number in numbers if number.step == 1 and number.value and not number.percent]
    if len(whole) < LEAST_ROWS:
        return 1
    zeros = min(len(str(figure)) - len(str(figure).rstrip("0")) for figure in whole)
    return 10.0**zeros if zeros >= 2 else 1


def _rounded(number: GridNumber, step: float) -> GridNumber:
    return (
        GridNumber(number.cell, number.value, step, number.percent)
        if number.step == 1 and not number.percent
        else number
    )
