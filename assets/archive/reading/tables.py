"""Tables on a sheet: found by their printed titles, several to a sheet, side by side and below each other."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assets.archive.reading.grid import Grid
from assets.archive.reading.periods import named, period
from assets.archive.reading.text import Label, label

ID = r"(?i:(?:summary table|table|worksheet)\s+(?P<id>[A-Z]{0,2}\d{1,2}(?:\.\d{1,2})?[a-z]?))"
# What may be said of a table between its id and its title: "Table P1 (continued): ...", "Table A5a [note 1]: ..."
REMARK = r"(?:\s*(?:\([^()]{1,30}\)|\[[^\[\]]{1,30}\]|,?\s(?i:continued)))?"
TITLE = re.compile(
    rf"^\s*(?:{ID}{REMARK}(?:\s*[:.–—-]|\s+(?=[A-Z]))"
    rf"|(?P<bare>[A-Z]{{1,2}}\d{{1,2}}[A-Za-z]?)(?:{REMARK}\s*[:.]\s|\s+[–—-]\s|:))"
    r"\s*(?P<text>\S.*)",
    re.DOTALL,
)
LINES = 2  # below the first of a title
CELLS = 4  # that a title goes on in: a row of many is a header
ID_ALONE = re.compile(rf"\s*{ID}\s*[:.–—-]?\s*")


@dataclass(frozen=True)
class Title:
    """A printed title: the table's id in print ("B1a"), the rest of it, and where it stands."""

    table: str
    label: Label
    row: int
    column: int


@dataclass(frozen=True)
class TitledRegion:
    """The cells that belong to a title: rows and columns from the first to the last, from 0."""

    title: Title
    first_row: int
    last_row: int
    first_column: int
    last_column: int


def as_title(text: str, superscripts: bool = False) -> tuple[str, Label] | None:
    """Id and label of a title such as "Table B2: Breakdown ... [note 1]"; None for another text. "TABLE B1C" is B1c."""
    match = TITLE.match(text)
    if not match:
        return None
    return _id(match["id"] or match["bare"]), label(match["text"], superscripts)


def _id(printed: str) -> str:
    return printed[:-1].upper() + printed[-1].lower()


def titles(grid: Grid, superscripts: bool = False) -> list[Title]:
    """Every title on a sheet, by row and column. A row is looked through where its first text is a title.

    An id may stand in a cell of its own, left of its title or above it.
    """
    titles = []
    for row, cells in enumerate(grid.rows):
        first = next((cell for cell in cells if cell != ""), "")
        if type(first) is not str:
            continue
        if (alone := ID_ALONE.fullmatch(first)) and (beside := _beside(grid, row, first)):
            text, at, column = beside
            titles.append(Title(_id(alone["id"]), label(text, superscripts), at, column))
            continue
        if not TITLE.match(first):
            continue
        for column, cell in enumerate(cells):
            if type(cell) is str and cell and (title := as_title(cell, superscripts)):
                titles.append(Title(*title, row, column))
    return titles


def _beside(grid: Grid, row: int, first: str) -> tuple[str, int, int] | None:
    """The text that follows an id: in its row, or else in the first row below it that has any."""
    for at in range(row, min(row + 3, len(grid.rows))):
        for column, cell in enumerate(grid.rows[at]):
            if type(cell) is str and cell.strip() and not (at == row and cell == first):
                return cell, at, column
    return None


def in_full(grid: Grid, title: Title, knows: Callable[[Label], bool], superscripts: bool = False) -> Title:
    """A title with the cells beside it and the lines below, each alone in its row, where it is known with them and not without:
    it goes on there. A period beside one that names none is its own."""
    beside = [cell for cell in grid.rows[title.row][title.column + 1 :] if cell != ""]
    below = [[cell for cell in cells if cell != ""] for cells in grid.rows[title.row + 1 : title.row + 1 + LINES]]
    wordings = [title.label.printed]
    for texts in [*([cell] for cell in beside), *below][:CELLS]:
        text, known = texts[0] if len(texts) == 1 else "", knows(title.label)
        if not isinstance(text, str) or not text or as_title(text):
            return title
        if known and (text not in beside or not period(text, superscripts) or named(title.label.printed, superscripts)):
            return title
        wordings = [f"{before}{join}{text.strip()}" for before in wordings for join in (" ", ", ")]
        whole = next(filter(knows, (label(text, superscripts) for text in wordings)), None)
        title = replace(title, label=whole or title.label)
    return title


def regions(grid: Grid, titles: list[Title]) -> list[TitledRegion]:
    """The region of each title: below it to the next row of titles, and right of it to the next title of its row.

    The first title of a row also has the columns left of it.
    """
    rows = sorted({title.row for title in titles})
    made = []
    for title in titles:
        below = [row for row in rows if row > title.row]
        beside = [other.column for other in titles if other.row == title.row]
        right = [column for column in beside if column > title.column]
        made.append(
            TitledRegion(
                title,
                title.row + 1,
                (below[0] if below else len(grid.rows)) - 1,
                0 if title.column == min(beside) else title.column,
                (min(right) if right else grid.width) - 1,
            )
        )
    return made
