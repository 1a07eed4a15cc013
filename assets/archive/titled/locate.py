"""Find a publication's tables in a file by their printed titles and headers, and where the wording changed by their contents."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from assets.archive.reading.book import Book
from assets.archive.reading.codes import is_code
from assets.archive.reading.grid import Cell, Grid, printed
from assets.archive.reading.headers import Header, find_header, labels_of
from assets.archive.reading.layout import LabelNames, Layout
from assets.archive.reading.layout_form import AREAS, TableLayout
from assets.archive.reading.notes import NoteBook, note_blocks, table_ids
from assets.archive.reading.result import SetAside
from assets.archive.reading.tables import Title, TitledRegion, in_full, regions, titles
from assets.archive.reading.text import Label, label
from assets.archive.reading.words import Ambiguous
from assets.archive.titled.areas import AREA_CODE
from assets.archive.titled.beside_figures import said_of_figures
from assets.archive.titled.columns import name_of, of_period
from assets.archive.titled.cover import NO_TABLES, cover_texts
from assets.archive.titled.located import CONTINUED, LENGTHS, WORD, Located, base_id, may_be, title_likeness
from assets.archive.titled.not_read import no_header, no_title, of_another_sheet
from assets.words.problems import cannot
from assets.words.wording import number_of

LOOKED_AT, LEVELS = 40, 2
SHORTEST = 20  # signs of a title
NUMBERED = re.compile(r"\btable[ _]?(\d{1,2}[a-z]?)\b", re.IGNORECASE)


@dataclass
class Contents:
    """The tables of a file, its notes, and the texts of its cover.

    missing:   tables that the generation prints and the file does not hold
    set_aside: tables whose title stands in the file and whose header could not be found
    passed:    those of which the file has another of the layout that could be
    """

    tables: list[Located]
    generation: str
    missing: list[TableLayout]
    notes: NoteBook
    cover: list[tuple[str, str]]
    set_aside: list[SetAside] = field(default_factory=list)
    passed: list[SetAside] = field(default_factory=list)


def locate(book: Book, layout: Layout) -> Contents:
    """The tables of a file, in the order of the layout.

    Sheets that usually hold a wanted table are looked at first, the others where one has a title that is known or a table was
    not found. A table that is still missing is looked for under a title that has its usual id, or whose words are near to its
    own, and taken where header and rows are those of the table. Raises BadInput where something is wrong with the layout.
    """
    if layout.problems:
        folder = f"data/layouts/{layout.publication}"
        raise cannot(
            f"{book.file} is of a publication whose layout cannot be read", book.file, f"a file of {layout.title}",
            f"a layout of it in {folder}", f"{number_of(len(layout.problems), 'thing')} to mend there: see {folder} below.",
        )  # fmt: skip
    sheets = [name for name in book.sheet_names if not NO_TABLES.search(name)] or book.sheet_names
    usual = {sheet for table in layout.tables for sheet in table.usual}
    look = _Look(layout, {known_id: name for name in sheets for known_id in _ids(name)}, usual)
    first = [name for name in sheets if book.alone or look.called(name) & usual]
    for name in first:
        look.at(book.grid(name))
    generation, missing = _missing(layout, look.found)
    for grid in (book.grid(name) for name in sheets if name not in first):
        if missing or any(look.knows(title.label) for title in titles(grid)):
            look.at(grid)
    generation, missing = _missing(layout, look.found)
    refused = {table for table, _ in look.set_aside}
    wanted = _missing(layout, [], generation)[1] if look.found else missing
    look.under_other_titles([table for table in wanted if table.table not in refused])
    _, missing = _missing(layout, look.found, generation)
    order = {table.table: place for place, table in reversed(list(enumerate(layout.tables)))}
    look.found.sort(key=lambda located: order[located.layout.table])
    ids = frozenset(located.title.table for located in look.found)
    have, with_tables = {located.layout.table for located in look.found}, {located.grid.name for located in look.found}
    aside, passed = look.without_titles(with_tables), list[SetAside]()
    for (table, _), why in look.set_aside.items():
        (passed if table in have else aside).append(why)
    gone = [] if book.alone else [table for table in missing if table.table not in refused]
    cover = cover_texts(book, with_tables)
    return Contents(look.found, generation, gone, _notes(book, ids), cover, aside, passed)


class _Look:
    """Looks through sheets for the tables of a layout.

    of_table:  id of a table -> the sheet that has it in its name
    usual:     the ids that the layout knows
    set_aside: key of a table and id in print -> why it could not be read
    labels:    id of a table -> its title
    """

    def __init__(self, layout: Layout, of_table: Mapping[str, str], usual: set[str]) -> None:
        self.layout = layout
        self.of_table = of_table
        self.usual = usual
        self.found: list[Located] = []
        self.seen: list[tuple[Grid, TitledRegion, bool]] = []
        self.set_aside: dict[tuple[str, str], SetAside] = {}
        self.labels: dict[str, Label] = {}

    def knows(self, title: Label) -> bool:
        """Is it the title of a wanted table?"""
        return any(table.title.fullmatch(title.folded) for table in self.layout.tables)

    def called(self, sheet: str) -> set[str]:
        """The ids that a sheet is called after; where the layout has no Table P3b, "P3b" is the second part of Table P3."""
        own = _ids(sheet)
        return {*own, *(base_id(table) for table in own if table not in self.usual)}

    def at(self, grid: Grid) -> None:
        """Add the tables of one sheet."""
        # A publisher who prints "[note 1]" does so in titles; a stray one beside a label changes nothing.
        noted = any("[note" in title.label.printed.casefold() for title in titles(grid))
        superscripts = self.layout.superscripts and not noted
        on_sheet = titles(grid, superscripts) or self._without_ids(grid, superscripts) or self._continued(grid)
        on_sheet = [self._of_whole(in_full(grid, title, self.knows, superscripts)) for title in on_sheet]
        of_sheet = _sheet_title(on_sheet)
        for region in regions(grid, on_sheet):
            folded = region.title.label.folded
            candidates = [table for table in self.layout.tables if table.title.fullmatch(folded)]
            candidates = [table for table in candidates if region.title.table in table.usual] or candidates
            fits = [fitting for table in candidates if (fitting := self._fits(grid, table, region, superscripts))]
            located = max(fits, key=lambda fit: len(self._hits(fit)), default=None)
            other = self._other_sheet(grid, region.title)
            if other is not None and candidates:
                self.set_aside[candidates[0].table, region.title.table] = of_another_sheet(
                    grid, region, candidates[0], other
                )
            elif located is not None:
                located.sheet_notes = of_sheet.label.cited if of_sheet and of_sheet is not region.title else ()
                self.found.append(located)
            elif region.title is not of_sheet or not candidates:
                self.seen.append((grid, region, superscripts))
                if candidates:
                    self.set_aside[candidates[0].table, region.title.table] = no_header(grid, region, candidates[0])

    def _without_ids(self, grid: Grid, superscripts: bool) -> list[Title]:
        """The titles of a sheet on which no table has an id: texts that the layout knows. The sheet's name is their id.

        Where there are none, the name of a sheet that is called after a wanted table is all that is said of it.
        """
        own = min(table_ids(grid.name), default=grid.name.strip())
        known = [
            Title(own, text, row, column)
            for row, column, cell in grid.texts()
            if len(cell) >= SHORTEST and self.knows(text := label(cell, superscripts))
        ]
        named = grid.rows and not self.usual.isdisjoint((own, base_id(own)))
        return known or ([Title(own, label(grid.name), 0, 0)] if named else [])

    def _of_whole(self, title: Title) -> Title:
        """A title that says only that its table goes on, as that of the table."""
        if WORD.search(CONTINUED.sub(" ", title.label.folded)):
            self.labels[title.table] = title.label
            return title
        return replace(title, label=self.labels.get(title.table, title.label))

    def _continued(self, grid: Grid) -> list[Title]:
        """The title of a sheet without one that is called "Table 3 (continued)": that of Table 3, as if it stood above it."""
        goes_on = _ids(grid.name) & self.labels.keys() if CONTINUED.search(grid.name.casefold()) else ()
        return [Title(own, self.labels[own], -1, 0) for own in goes_on]

    def _other_sheet(self, grid: Grid, title: Title) -> str | None:
        """The sheet that is called as the table of a title, where the title stands on one that is called as another table."""
        ids = (title.table, base_id(title.table))
        own = self.called(grid.name)
        return None if not own or own.intersection(ids) else next(filter(None, map(self.of_table.get, ids)), None)

    def under_other_titles(self, wanted: list[TableLayout]) -> None:
        """Take tables whose title is worded otherwise, where nothing else comes into question; beside one of the kind that was
        found only those with its columns under another of its usual ids."""
        for table in wanted:
            have = {located.title.table for located in self.found if located.layout.table == table.table}
            candidates = [
                located
                for grid, region, superscripts in self.seen
                if may_be(table, region.title)
                and (not have or region.title.table in set(table.usual) - have)
                and (located := self._fits(grid, table, region, superscripts))
                and _has_targets(located, self.layout)
                and (not have or (self._hits(located) and not located.untitled))
            ]
            alike = Counter(
                {at: title_likeness(table, candidate.title) for at, candidate in enumerate(candidates)}
            ).most_common(2)
            if len(alike) == 1 or (len(alike) == 2 and alike[0][1] - alike[1][1] > 0.05):
                candidates[alike[0][0]].reworded = True
                self.found.append(candidates[alike[0][0]])

    def without_titles(self, with_tables: Collection[str]) -> list[SetAside]:
        """Sheets that are called after a wanted table, and hold its header and rows, and no title that says of when they are."""
        untitled = {
            grid.name: located
            for grid, region, superscripts in self.seen
            for table in self.layout.tables
            if grid.name not in with_tables and {region.title.table, base_id(region.title.table)} & set(table.usual)
            if (located := self._fits(grid, table, region, superscripts)) and located.untitled
            if _has_targets(located, self.layout)
        }
        return [no_title(located) for located in untitled.values()]

    def _fits(self, grid: Grid, table: TableLayout, region: TitledRegion, superscripts: bool) -> Located | None:
        """The table in a region, where it has its header, or a row that by its contents must be it."""
        header, labels, codes = None, table.label_header, table.code_header
        if labels:  # a table by code may lack them: its rows then go by their labels
            header = find_header(grid, region, [labels, *([codes] if codes else [])], superscripts)
            header = header or find_header(grid, region, [labels], superscripts)
        if header is not None and labels:
            at, code = header.find(labels), header.find(codes) if codes else None
            assert at is not None
            header = self._lowest(grid, table, region, header, superscripts)
            located = Located(table, grid, region, header, superscripts, at, code)
            if code is None and self._has_codes(table):
                first = min((hit for hit in self._hits(located) if hit > at), default=at)
                located.code_column = _code_column(grid, region, header.row, first, table, at)
            if _lengths_fit(located):
                return located
        return self._by_contents(grid, table, region, superscripts)

    def _lowest(
        self, grid: Grid, table: TableLayout, region: TitledRegion, header: Header, superscripts: bool
    ) -> Header:
        """The row of a header of several levels that names the columns: years may stand above the names they are for."""
        rows = [header.row, *range(header.row + 1, min(header.row + LEVELS, region.last_row) + 1)]
        levels = [header, *(Header(row, labels_of(grid, region, row, superscripts)) for row in rows[1:])]
        known = {level.row: len(self._hits(Located(table, grid, region, level, superscripts, 0))) for level in levels}
        return max(levels, key=lambda level: (known[level.row], -level.row))

    def _by_contents(self, grid: Grid, table: TableLayout, region: TitledRegion, superscripts: bool) -> Located | None:
        """A header whose labels are worded otherwise: the row with the most columns of the table; the labels are left of them."""
        best: tuple[int, Located] | None = None
        least = min(2, len({name.name for name in self.layout.named(table.columns, "columns").names}) or 2)
        for row in range(region.first_row, min(region.last_row, region.first_row + LOOKED_AT) + 1):
            header = Header(row, labels_of(grid, region, row, superscripts))
            hits = self._hits(Located(table, grid, region, header, superscripts, 0))
            if len(hits) < least or (best and len(hits) <= best[0]):
                continue
            code = _code_column(grid, region, row, min(hits), table) if self._has_codes(table) else None
            labels = _label_column(grid, region, row, min(hits), code)
            if labels is None:
                continue
            located = Located(table, grid, region, header, superscripts, labels, code)
            if _lengths_fit(located) and (table.rows == AREAS or _has_targets(located, self.layout)):
                best = (len(hits), located)
        return best[1] if best else None

    def _has_codes(self, table: TableLayout) -> bool:
        """Has a table a code per row, in a column of their own or in the labels?"""
        classes = any(name.kind == "class" for name in self.layout.named(table.rows).names)
        return table.code_header is not None or table.rows == AREAS or classes

    def _hits(self, located: Located) -> list[int]:
        """The columns of a header that are those of its table: by their periods, or by their names."""
        of = located.layout.columns
        labels = [(at, text) for at, text in located.header.labels.items() if not said_of_figures(located, at, text)]
        if of in (*LENGTHS, "change"):
            return [at for at, text in labels if of_period(located, at, text)]
        names = self.layout.named(of, "columns")
        return [at for at, text in labels if _is_named(names, located, at, text)]


def _is_named(names: LabelNames, located: Located, column: int, text: Label) -> bool:
    with suppress(Ambiguous):
        return name_of(names, located, column, text)[0] is not None
    return False


def _label_column(grid: Grid, region: TitledRegion, header: int, before: int, code: int | None) -> int | None:
    """The column left of the figures with the most different texts below the header, the codes apart; the last of equals."""
    counted = []
    for at in range(region.first_column, before):
        if at == code:
            continue
        texts = {cell for cell in _below(grid, region, header, at) if isinstance(cell, str) and len(cell) > 4}
        counted.append((len(texts), at))
    best = max(counted, default=(0, 0))
    return best[1] if best[0] else None


def _code_column(
    grid: Grid, region: TitledRegion, header: int, before: int, table: TableLayout, labels: int | None = None
) -> int | None:
    """A column left of the figures, other than that of the labels, that holds codes of offences or areas, and nothing else."""
    for at in range(region.first_column, before):
        cells = [label(printed(cell)).text for cell in _below(grid, region, header, at)] if at != labels else []
        of_areas = table.rows == AREAS
        codes = [bool(AREA_CODE.fullmatch(cell.replace(" ", ""))) if of_areas else is_code(cell) for cell in cells]
        if codes and sum(codes) > 0.8 * len(codes):
            return at
    return None


def _below(grid: Grid, region: TitledRegion, header: int, at: int) -> list[Cell]:
    return [cell for row in range(header + 1, region.last_row + 1) if (cell := grid.cell(row, at)) != ""]


def _lengths_fit(located: Located) -> bool:
    """Are most periods of the header as long as those of the table?"""
    if located.layout.columns not in LENGTHS:
        return True
    columns = (of_period(located, at, text) for at, text in located.header.labels.items())
    lengths = Counter(column.period.months for column in columns if column and column.period)
    return bool(lengths) and lengths[LENGTHS[located.layout.columns]] >= max(lengths.values())


def _has_targets(located: Located, layout: Layout) -> bool:
    """Do the rows hold what the table must have?"""
    names = layout.named(located.layout.rows)
    wanted = {name.name for name in names.names if name.name in located.layout.must and name is not names.of_any}
    if located.layout.rows == AREAS or not wanted:
        return True
    have = set()
    for row in located.rows:
        cell = located.row_label(row)
        if isinstance(cell, str) and cell.strip():
            with suppress(Ambiguous):
                name = names.find(label(cell, located.superscripts).text)
                have.add(name.name if name else "")
    return wanted <= have


def _ids(sheet: str) -> frozenset[str]:
    """The ids of tables that a sheet is called after, in letters or numbers alone."""
    return table_ids(sheet) | {number.lower() for number in NUMBERED.findall(sheet)}


def _sheet_title(on_sheet: list[Title]) -> Title | None:
    """The title of the whole sheet, where its tables have titles of their own below it."""
    alone = len(on_sheet) > 1 and on_sheet[0].row < on_sheet[1].row
    return on_sheet[0] if alone else None


def _missing(layout: Layout, located_tables: list[Located], generation: str = "") -> tuple[str, list[TableLayout]]:
    """The generation that fits best, and its tables that were not found.

    It is the one that most of the tables found belong to: a release that lost a table is not one of an older layout.
    """
    have = {located.layout.table for located in located_tables}
    generations = list(dict.fromkeys(name for table in layout.tables for name in table.generations)) or [""]

    def tables(generation: str) -> dict[str, TableLayout]:
        return {table.table: table for table in reversed(layout.tables)
                if generation in table.generations or not table.generations}  # fmt: skip

    def fit(name: str) -> tuple[int, float, str]:
        found_here = len(have & set(tables(name)))
        return found_here, found_here / len(tables(name)), name

    best = generation or max(generations, key=fit)
    absent = [table for key, table in tables(best).items() if key not in have]
    order = [table.table for table in layout.tables]
    return best, sorted(absent, key=lambda table: order.index(table.table))


def _notes(book: Book, tables: frozenset[str]) -> NoteBook:
    """The notes of the tables found: sheets that name other tables only are passed over."""
    notes = NoteBook()
    wanted = tables | {base_id(table) for table in tables}
    for name in book.sheet_names:
        if re.search(r"note", name, re.IGNORECASE):
            named = table_ids(name)
            if not named or named & wanted:
                notes.blocks += note_blocks(book.grid(name))
    return notes
