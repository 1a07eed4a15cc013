"""Header rows: found by their labels, read through merged cells and several levels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assets.archive.reading.grid import Grid
from assets.archive.reading.periods import period
from assets.archive.reading.tables import TitledRegion
from assets.archive.reading.text import Label, label
from assets.archive.reading.values import text_number

UPPER = 2  # rows of a header above the one that names its columns in which a period may begin


@dataclass(frozen=True)
class Header:
    """A header: its row, and the label of every column that has one, by column."""

    row: int
    labels: dict[int, Label]

    def find(self, pattern: re.Pattern[str]) -> int | None:
        """The first column whose label matches as a whole."""
        return next((column for column, text in self.labels.items() if pattern.fullmatch(text.folded)), None)


def find_header(
    grid: Grid, region: TitledRegion, wanted: Sequence[re.Pattern[str]], superscripts: bool = False
) -> Header | None:
    """The first row of a region in which every wanted label stands; None where there is none.

    A column without a label in that row takes that of the merged range that covers it, or of the cell above it where
    numbers stand below. The header of a region ends before the first column without a label and without numbers that
    is followed by a second row of labels of the same kind (another table beside it).
    """
    for row in range(region.first_row, region.last_row + 1):
        texts = {
            column: cell
            for column, cell in enumerate(grid.rows[row][: region.last_column + 1])
            if column >= region.first_column and type(cell) is str and cell.strip()
        }
        if len(texts) < len(wanted):
            continue
        folded = [label(text, superscripts).folded for text in texts.values()]
        if all(any(pattern.fullmatch(text) for text in folded) for pattern in wanted):
            return Header(row, labels_of(grid, region, row, superscripts))
    return None


def best_row(grid: Grid, region: TitledRegion) -> tuple[int, list[str]]:
    """The row of a region with the most texts, for a message on a header that was not found."""
    counted = [
        (sum(isinstance(cell, str) and bool(cell.strip()) for cell in grid.rows[row]), -row)
        for row in range(region.first_row, min(region.last_row, region.first_row + 30) + 1)
    ]
    if not counted:
        return region.first_row, []
    row = -max(counted)[1]
    return row, [label(cell).text for cell in grid.rows[row] if isinstance(cell, str) and cell.strip()]


def labels_of(grid: Grid, region: TitledRegion, row: int, superscripts: bool) -> dict[int, Label]:
    """The label of every column of a header row, merged cells and the cell above an empty one included."""
    labels: dict[int, Label] = {}
    for column in range(region.first_column, region.last_column + 1):
        cell = grid.cell(row, column)
        if cell == "" and row > 0:
            covered = grid.spread(row, column)
            cell = covered if covered != "" else _above(grid, region, row, column)
        if cell == "":
            continue
        text = cell if isinstance(cell, str) else grid.text(row, column)
        if text.strip():
            labels[column] = label(_with_upper(grid, region, row, column, text), superscripts)
    return labels


def _with_upper(grid: Grid, region: TitledRegion, row: int, column: int, text: str) -> str:
    """A label whose period begins above: "Apr 2022 to", or a merged "Year ending March"; or in two rows, "Apr 2022" and "to"."""
    whole, said = text.strip(), text
    for above in range(row - 1, max(region.first_row, row - UPPER) - 1, -1):
        upper = grid.spread(above, column)
        if not isinstance(upper, str) or not upper.strip() or (above == row - 1 and period(upper) is not None):
            break
        whole = f"{upper.strip()} {whole}"
        said = whole if period(whole) is not None else said
    return said


def _above(grid: Grid, region: TitledRegion, row: int, column: int) -> str:
    """The text right above an empty header cell, where numbers stand below it."""
    text = grid.cell(row - 1, column)
    if row - 1 < region.first_row or not isinstance(text, str):
        return ""
    below = (grid.cell(below, column) for below in range(row + 1, min(row + 6, region.last_row + 1)))
    numbers = (
        text_number(cell) is not None if isinstance(cell, str) else isinstance(cell, (int, float)) for cell in below
    )
    return text if any(numbers) else ""
