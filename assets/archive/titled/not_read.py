"""Tables of a file that are found and cannot be read: without a title, without a header, on another's sheet."""

from assets.archive.reading.grid import Grid
from assets.archive.reading.headers import best_row
from assets.archive.reading.layout_form import TableLayout
from assets.archive.reading.periods import period
from assets.archive.reading.result import SetAside
from assets.archive.reading.tables import TitledRegion
from assets.archive.titled.located import LENGTHS, Located, title_in_words
from assets.words.problems import Problem

REWORDED = "If the publisher changed the wording, add it to the layout."
UNDATED = "None of these names a period, as 'Apr 2024 to Mar 2025' or 'year ending March 2025' does: write them so."


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
