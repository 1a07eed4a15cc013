"""Find a publication's tables in a file by their printed titles and headers."""

import datetime
import re
from collections import Counter
from dataclasses import dataclass, field

from assets.archive.periods import Period, named, period
from assets.archive.sheets.book import Book
from assets.archive.sheets.grid import Grid
from assets.archive.sheets.headers import Header, best_row, find_header
from assets.archive.sheets.layout import Layout, TableLayout
from assets.archive.sheets.nearest import nearest
from assets.archive.sheets.notes import NoteBook, note_blocks, table_ids
from assets.archive.sheets.tables import Region, Title, regions, titles
from assets.archive.sheets.text import Label, fold
from assets.words.problems import BadInput, Problem

NO_TABLES = re.compile(r"cover|contents|notes?\b|note_|correction", re.IGNORECASE)
LENGTHS = {"month": 1, "quarter": 3, "year": 12}
TABLES_OF_PERIODS = ("month", "quarter", "year", "change")
NEAR = 0.6
REWORDED = "If the publisher changed the wording, add it to the layout."


@dataclass
class Located:
    """A table in a file.

    periods:      column -> period in its header
    change:       columns that print a change between two periods, or the significance of one
    other:        further labelled columns
    sheet_notes:  numbers of the notes printed with the sheet's title, where the table has a title of its own
    """

    layout: TableLayout
    grid: Grid
    region: Region
    header: Header
    superscripts: bool
    periods: dict[int, Period] = field(default_factory=dict)
    change: dict[int, Label] = field(default_factory=dict)
    other: dict[int, Label] = field(default_factory=dict)
    sheet_notes: tuple[int | str, ...] = ()

    @property
    def title(self) -> Title:
        """The table's title."""
        return self.region.title

    @property
    def label_column(self) -> int:
        """The column of the row labels."""
        found = self.header.find(self.layout.label_header)
        assert found is not None
        return found

    @property
    def code_column(self) -> int | None:
        """The column of the codes, where the table has one."""
        return self.header.find(self.layout.code_header) if self.layout.code_header else None

    @property
    def place(self) -> str:
        """`file, sheet 'name', Table B9a`."""
        return f"{self.grid.file}, sheet {self.grid.name!r}, Table {self.title.table}"


@dataclass
class Contents:
    """The tables of a file, its notes, and the texts of its cover.

    missing: tables that the generation prints and the file does not hold under any title that is near
    """

    tables: list[Located]
    generation: str
    missing: list[TableLayout]
    notes: NoteBook
    cover: list[tuple[str, str]]


def locate(book: Book, layout: Layout) -> Contents:
    """The tables of a file, in the order of the layout.

    Sheets that usually hold a wanted table are looked at first, the others only where a table was not found. Raises
    BadInput where a table's header is not found below its title, where a header has a label that the layout does not
    know, or where a table is missing while a title near to its own stands in the file.
    """
    usual = {sheet for table in layout.tables for sheet in table.usual}
    sheets = [name for name in book.sheet_names if not NO_TABLES.search(name)]
    first = [name for name in sheets if table_ids(name) & usual] if book.kind != "csv" else sheets
    found: list[Located] = []
    seen: list[tuple[Grid, Title]] = []
    problems: list[Problem] = []
    for name in first:
        _look(book.grid(name), layout, found, seen, problems)
    generation, missing = _missing(layout, found)
    if missing and book.kind != "csv":
        for name in sheets:
            if name not in first:
                _look(book.grid(name), layout, found, seen, problems)
        generation, missing = _missing(layout, found)
    problems += _reworded(missing, found, seen, book.file)
    if not found and not problems:
        problems.append(
            Problem(
                book.file, "", "no table of this publication", f"tables of {layout.title}", "Check which file this is."
            )
        )
    if problems:
        raise BadInput(f"{book.file} does not have the layout of {layout.title}", problems)
    order = {table.table: place for place, table in reversed(list(enumerate(layout.tables)))}
    found.sort(key=lambda one: order[one.layout.table])
    ids = frozenset(one.title.table for one in found)
    return Contents(found, generation, missing if book.kind != "csv" else [], _notes(book, ids), _cover(book))


def _look(
    grid: Grid, layout: Layout, found: list[Located], seen: list[tuple[Grid, Title]], problems: list[Problem]
) -> None:
    """Add the tables of one sheet to `found`, its titles to `seen`."""
    superscripts = layout.superscripts and not any("[note" in text for _, _, text in _first_texts(grid))
    on_sheet = titles(grid, superscripts)
    of_sheet = _sheet_title(on_sheet)
    seen += [(grid, title) for title in on_sheet if title is not of_sheet]
    placed = regions(grid, on_sheet)
    for region in placed:
        folded = region.title.label.folded
        candidates = [table for table in layout.tables if table.title.fullmatch(folded)]
        if not candidates:
            continue
        located = next((one for table in candidates if (one := _fits(grid, table, region, superscripts))), None)
        if located is not None:
            located.sheet_notes = of_sheet.label.cited if of_sheet and of_sheet is not region.title else ()
            problems += _read_header(located)
            found.append(located)
        elif region.title is not of_sheet:
            problems.append(_no_header(grid, region, candidates))


def _first_texts(grid: Grid) -> list[tuple[int, int, str]]:
    return [(row, 0, cells[0]) for row, cells in enumerate(grid.rows[:12]) if cells and isinstance(cells[0], str)]


def _sheet_title(on_sheet: list[Title]) -> Title | None:
    """The title of the whole sheet, where its tables have titles of their own below it."""
    alone = len(on_sheet) > 1 and on_sheet[0].row < on_sheet[1].row
    return on_sheet[0] if alone else None


def _fits(grid: Grid, table: TableLayout, region: Region, superscripts: bool) -> Located | None:
    wanted = [table.label_header, *([table.code_header] if table.code_header else [])]
    header = find_header(grid, region, wanted, superscripts)
    if header is None:
        return None
    located = Located(table, grid, region, header, superscripts)
    if table.columns in LENGTHS:
        lengths = Counter(one.months for text in header.labels.values() if (one := _header_period(located, text)))
        if not lengths or lengths[LENGTHS[table.columns]] < max(lengths.values()):
            return None
    return located


def _header_period(located: Located, text: Label) -> Period | None:
    return period(text.printed, located.superscripts) or _date_period(text)


def _date_period(text: Label) -> Period | None:
    """A month that a spreadsheet holds as a date: the header's text is then its ISO form."""
    try:
        return period(datetime.date.fromisoformat(text.text[:10]))
    except ValueError:
        return None


def _read_header(located: Located) -> list[Problem]:
    """Sort the labelled columns into periods, changes and others; problems for labels that are none of them."""
    skip = {located.label_column, located.code_column}
    problems = []
    for column, text in located.header.labels.items():
        if column in skip:
            continue
        if located.layout.columns not in TABLES_OF_PERIODS:
            located.other[column] = text
        elif located.layout.columns == "change" and text.folded.endswith("significance"):
            located.change[column] = text
        elif one := _header_period(located, text):
            located.periods[column] = one
        elif "change" in text.folded:
            located.change[column] = text
        else:
            expected = "a period such as 'Apr 2024 to Mar 2025', or a change"
            problems.append(
                Problem(
                    located.grid.place(located.header.row, column), "header", repr(text.printed), expected, REWORDED
                )
            )
    return problems


def _no_header(grid: Grid, region: Region, candidates: list[TableLayout]) -> Problem:
    row, texts = best_row(grid, region)
    table = candidates[0]
    wanted = [table.label_header.pattern, *([table.code_header.pattern] if table.code_header else [])]
    found = ", ".join(repr(text) for text in texts[:8]) or "nothing"
    return Problem(
        grid.place(row, region.first_column), "header", found,
        f"a row with {' and '.join(repr(one) for one in wanted)} below the title {region.title.label.text!r}"
        + (f" and columns by {table.columns}" if table.columns in LENGTHS else ""),
        REWORDED,
    )  # fmt: skip


def _missing(layout: Layout, found: list[Located]) -> tuple[str, list[TableLayout]]:
    """The generation that fits best, and its tables that were not found.

    It is the one that most of the tables found belong to: a release that lost a table is not one of an older layout.
    """
    have = {one.layout.table for one in found}
    generations = list(dict.fromkeys(name for table in layout.tables for name in table.generations))

    def tables(generation: str) -> dict[str, TableLayout]:
        return {table.table: table for table in reversed(layout.tables) if generation in table.generations}

    def fit(name: str) -> tuple[int, float, str]:
        found_here = len(have & set(tables(name)))
        return found_here, found_here / len(tables(name)), name

    best = max(generations, key=fit)
    absent = [table for key, table in tables(best).items() if key not in have]
    order = [table.table for table in layout.tables]
    return best, sorted(absent, key=lambda table: order.index(table.table))


def _reworded(
    missing: list[TableLayout], found: list[Located], seen: list[tuple[Grid, Title]], file: str
) -> list[Problem]:
    """Missing tables for which a title stands in the file that has the id the table usually has."""
    used = {(id(one.grid), one.title.row, one.title.column) for one in found}
    problems = []
    for table in missing:
        for grid, title in seen:
            base = title.table.rstrip("abcdefghijklmnopqrstuvwxyz")
            if (id(grid), title.row, title.column) in used or not {title.table, base} & set(table.usual):
                continue
            words = set(re.findall(r"[a-z]{4,}", table.title.pattern))
            if words and len(words & set(re.findall(r"[a-z]{4,}", fold(title.label.text)))) / len(words) >= NEAR:
                problems.append(
                    Problem(
                        grid.place(title.row, title.column), "title", repr(title.label.text), f"{table.title.pattern!r}",
                        f"{REWORDED} ({nearest(title.label.folded, [table.title.pattern])})",
                    )
                )  # fmt: skip
    return problems


def _notes(book: Book, tables: frozenset[str]) -> NoteBook:
    """The notes of the tables found: sheets that name other tables only are passed over."""
    notes = NoteBook()
    wanted = tables | {one.rstrip("abcdefghijklmnopqrstuvwxyz") for one in tables}
    for name in book.sheet_names:
        if re.search(r"note", name, re.IGNORECASE):
            named = table_ids(name)
            if not named or named & wanted:
                notes.blocks += note_blocks(book.grid(name))
    return notes


def _cover(book: Book) -> list[tuple[str, str]]:
    """Place and text of every text on the cover, and on a sheet that tells of a correction."""
    texts = []
    for position, name in enumerate(book.sheet_names):
        wanted = re.search(r"cover|correction", name, re.IGNORECASE) or (position == 0 and NO_TABLES.search(name))
        if wanted or re.fullmatch(r"\s*notes\s*", name, re.IGNORECASE):
            grid = book.grid(name)
            texts += [(grid.place(row, column), text) for row, column, text in grid.texts()]
    return texts


def title_periods(located: Located) -> list[Period]:
    """Periods named in the table's title, else in the lines between the sheet's first cell and the header."""
    found = named(located.title.label.printed, located.superscripts)
    if found:
        return found
    first = located.region.first_column
    for row in range(located.header.row):
        cells = located.grid.rows[row]
        for cell in (located.grid.cell(row, first), next((cell for cell in cells if cell != ""), "")):
            if isinstance(cell, str) and (found := named(cell, located.superscripts)):
                return found
    return []
