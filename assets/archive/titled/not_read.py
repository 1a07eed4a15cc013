"""Why a file or a table of it that is found cannot be read: without a title, a header or a column, or on another's sheet."""

import datetime
from collections.abc import Callable

from assets.archive.reading.grid import Cell, Grid
from assets.archive.reading.headers import best_row
from assets.archive.reading.known import Known
from assets.archive.reading.layout import Layout
from assets.archive.reading.layout_form import AREAS, TableLayout
from assets.archive.reading.periods import period
from assets.archive.reading.result import SetAside
from assets.archive.reading.tables import TitledRegion
from assets.archive.reading.text import label
from assets.archive.reading.words import Ambiguous
from assets.archive.titled.located import LENGTHS, Located, title_in_words
from assets.words.problems import Problem

REWORDED = "If the publisher changed the wording, add it to the layout."
UNDATED = "None of these names a period, as 'Apr 2024 to Mar 2025' or 'year ending March 2025' does: write them so."
LOOKED_AT = 20  # rows of a table, for what it may be where it cannot be read
TURNED = (
    "It may have been turned on its side: turn it back, by Paste special and Transpose, or take the file as published."
)


def no_table(file: str, layout: Layout) -> Problem:
    """A file in which no table of its layout stands."""
    found, expected = "no table of this publication", f"tables of {layout.title}"
    return Problem(file, "", found, expected, "Check which file this is.")


def of_later(file: str, layout: Layout, end: datetime.date) -> Problem:
    """A release after the last that its layout speaks of."""
    expected = f"one up to {layout.describes_to}, the last that data/layouts/{layout.publication} speaks of"
    remedy = "Look what has changed in its questions, write down its series, and say so in publication.yaml."
    return Problem(file, "", f"a release up to {end}", expected, remedy)


def no_column(located: Located, layout: Layout, known: Known) -> Problem:
    """A header of which no label is that of a column; said of a table on its side, too."""
    rows, first, last = located.grid.rows, located.region.first_row, located.region.last_row
    lines: list[tuple[list[Cell], Callable[[str], bool]]] = [
        (
            [row[located.label_column] for row in rows[located.header.row + 1 : last + 1]],
            lambda text: period(text) is not None,
        ),
        *(
            (row, lambda text: _is_row(text, located, layout, known))
            for row in rows[first : min(last, first + LOOKED_AT) + 1]
        ),
    ]
    turned = next(filter(None, (_most(cells, is_so) for cells, is_so in lines)), None)
    found = f"rows and columns the other way round, such as {turned!r}" if turned else "no column that the layout knows"
    return Problem(located.place, "header", found, "columns with figures", TURNED if turned else REWORDED)


def _most(cells: list[Cell], is_so: Callable[[str], bool]) -> str | None:
    """The first of the texts among some cells for which something is so, where it is of most of them, and of two at least."""
    texts = [label(cell).text for cell in cells if isinstance(cell, str) and cell.strip()]
    such = [text for text in texts if is_so(text)]
    return such[0] if len(such) > max(1, len(texts) / 2) else None


def _is_row(text: str, located: Located, layout: Layout, known: Known) -> bool:
    if located.layout.rows == AREAS:
        return known.area(text) is not None
    try:
        return layout.named(located.layout.rows).find(text) is not None
    except Ambiguous:
        return False


def no_title(located: Located) -> SetAside:
    """A table that nothing but its rows and the name of its sheet tell."""
    table = located.layout
    problem = Problem(
        located.grid.place(0, 0), "title", "no title of a table above the rows of one",
        f"a title like {title_in_words(table.title.pattern)!r}, which says what they are of and when",
        "The title may have been lost: land the file as it was published.",
    )  # fmt: skip
    return SetAside(located.place, (problem,), table.series_pattern)


def no_header(grid: Grid, region: TitledRegion, table: TableLayout) -> SetAside:
    """A title with no header of its table below it."""
    row, texts = best_row(grid, region)
    wanted = [header.pattern for header in (table.label_header, table.code_header) if header]
    dated = table.columns not in LENGTHS or any(period(text) for text in texts)
    problem = Problem(
        grid.place(row, region.first_column), "header", ", ".join(repr(text) for text in texts[:8]) or "nothing",
        f"a row with {' and '.join(map(repr, wanted)) or 'known labels'} below the title {region.title.label.text!r}"
        + (f" and columns by {table.columns}" if table.columns in LENGTHS else ""),
        REWORDED if dated else UNDATED,
    )  # fmt: skip
    return SetAside(f"{grid.file}, sheet {grid.name!r}, Table {region.title.table}", (problem,), table.series_pattern)


def of_another_sheet(grid: Grid, region: TitledRegion, table: TableLayout, other: str) -> SetAside:
    """The title of a table on a sheet that is called after another one."""
    title = region.title
    problem = Problem(
        grid.place(title.row, title.column), "title", f"the title of Table {title.table}: {title.label.text!r}",
        f"the title of the table that the sheet is called after, since the sheet {other!r} is called after Table {title.table}",
        "Two sheets may have exchanged titles: land the file as it was published.",
    )  # fmt: skip
    return SetAside(f"{grid.file}, sheet {grid.name!r}, Table {title.table}", (problem,), table.series_pattern)
