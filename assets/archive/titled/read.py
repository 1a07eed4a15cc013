"""Read a release of titled tables: any publication whose tables, rows and columns a folder of data/layouts describes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from assets.archive.reading.block import Block, BlockAxis, block
from assets.archive.reading.book import Book
from assets.archive.reading.known import Known
from assets.archive.reading.layout import Layout
from assets.archive.reading.layout_form import TableLayout
from assets.archive.reading.notes import footnotes
from assets.archive.reading.periods import Period
from assets.archive.reading.result import (
    Finding,
    Reading,
    SetAside,
    each_marker_once,
    each_once,
    few,
    finding,
    unreadable_cell,
)
from assets.archive.reading.text import Label, label
from assets.archive.reading.windows import SINCE
from assets.archive.titled.areas import areas_of_rows, columns_of_places
from assets.archive.titled.beside import columns_beside
from assets.archive.titled.columns import FigureColumn, FigureColumns, columns_of, leave_out_later, misfits
from assets.archive.titled.locate import Contents, locate
from assets.archive.titled.located import AGE, Located, title_periods
from assets.archive.titled.not_read import no_column, no_table, of_later
from assets.archive.titled.of_others import columns_of_others, lines_of_others, nothing_else, told
from assets.archive.titled.release import identified_release, latest
from assets.archive.titled.remarks import ends_before, not_there, remarked_cells
from assets.archive.titled.rows import SheetRows, sheet_rows
from assets.archive.titled.targets import must_have
from assets.archive.titled.together import together
from assets.archive.titled.units import only_sureness, other_area, other_units, other_units_of, said_more
from assets.tables.staging import to_frame
from assets.words.problems import BadInput, Problem
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import ReleasedTableRow, ReleaseRow

AREAS, COMPARED = "areas", "compared_with"
SIGNIFICANT = {
    "[s]": "Marked [s]: statistically significant at the 5% level.",
    "[ns]": "Marked [ns]: not statistically significant.",
    "": "Not marked as statistically significant.",
}


class TitledReading(Reading):
    """A reading with the tables as they were found, for what is noticed in them."""

    contents: Contents


def read_titled(book: Book, layout: Layout, known: Known) -> TitledReading:
    """Every figure of the tables that the layout knows, with the notes it refers to, as `archive.figure` has them.

    Values, units and markers are as printed; the period is the one in the column's header, or the title's. A table without a
    target that it must have, with one twice, or with headers that cannot be of this release, is set aside; the others are read.
    Raises BadInput where no table can be read.
    """
    contents = locate(book, layout)
    release = identified_release(contents, layout, book.file) if contents.tables else None
    reading = TitledReading(pd.DataFrame(), set_aside=list(contents.set_aside))
    reading.contents = contents
    if release is not None and layout.describes_to is not None and release.row["period_end"] > layout.describes_to:
        raise BadInput(
            f"{book.file} is of a later period than its layout",
            [of_later(book.file, layout, release.row["period_end"])],
        )
    blocks: list[Block] = []
    read: list[Located] = []
    # Of two tables with the same figures the one whose title says no more is kept.
    tables = sorted(
        (_Table(located, layout, known, contents, release.row) for located in contents.tables if release),
        key=lambda table: table.more is not None,
    )
    blocks_of = [table.read() for table in tables]
    for table in tables:
        table.hold_against_targets([twin for twin in tables if twin.located.whole == table.located.whole])
    for table, made in zip(tables, blocks_of, strict=True):
        located = table.located
        assert release is not None
        if table.problems:
            reading.set_aside.append(SetAside(located.place, tuple(table.problems), located.layout.series_pattern))
        else:
            blocks += made
            read.append(located)
        reading.findings += table.findings
        reading.findings += said_more(located, table.more, table.lines)
        reading.tables.append(_description(table, contents, release.row))
    if not read:
        problems = [problem for refused in reading.set_aside for problem in refused.problems]
        raise BadInput(
            f"{book.file} does not have the layout of {layout.title}", problems or [no_table(book.file, layout)]
        )
    assert release is not None
    figures, differing = together(blocks)
    contents.tables = read
    reading.frame = to_frame(figures)
    reading.release = release.row
    reading.findings = each_once([*release.findings, *reading.findings, *not_there(contents, book), *differing])
    return reading


def _description(table: "_Table", contents: Contents, release: ReleaseRow) -> ReleasedTableRow:
    """The row of `archive.table`: what the table says of itself."""
    located = table.located
    notes = contents.notes.notes_for(located.title.table)
    why = "; ".join(problem.sentence() for problem in table.problems)
    return {
        "source": release["source"], "release": release["release"], "file": located.grid.file,
        "sheet": located.grid.name.strip(), "printed_id": located.title.table, "layout": located.layout.table,
        "series": located.layout.series_pattern, "title": located.title.label.text, "says_more": table.more,
        "not_whole": ";".join(sorted(table.not_whole)) or None, "subtitle": located.subtitle,
        "notes": "\n".join(f"[{number}] {text}" for number, text in sorted(notes.items())) or None,
        "status": "set_aside" if why else "read", "reason": why or None,
    }  # fmt: skip


@dataclass
class _Table:
    """Reads one table."""

    located: Located
    layout: Layout
    known: Known
    contents: Contents
    about: ReleaseRow

    def __post_init__(self) -> None:
        self.usual = re.compile(rf"{self.layout.title_phrases.pattern}|\b(?:{self.known.places})\b(?: police)?")
        self.lines = [*lines_of_others(self.located, self.known, self.located.layout.rows == AREAS)]
        self.more = "; ".join(filter(None, [self.located.says_more(self.usual), *self.lines])) or None
        self.problems: list[Problem] = []
        self.findings: list[Finding] = []
        self.columns, self.have, self.without_series = FigureColumns(), set[str](), dict[str, str]()
        self.below: dict[str, list[str]] = {}
        self.not_whole: set[str] = set()

    def read(self) -> list[Block]:
        """The figures, one block per group of columns whose series have one template."""
        located = self.located
        self.notes = self.contents.notes.notes_for(located.title.table)
        areas = located.layout.rows == AREAS
        at = columns_of_places(located, self.layout) if areas else {}
        last_day = self.about["released"] or self.about["period_end"]
        self.beside = columns_beside(located, self.layout, self.known, last_day)
        skip = {*at.values(), *self.beside.columns.values(), located.label_column, located.code_column}
        others = columns_of_others(located, self.known, areas, self.usual)
        self.columns = columns = columns_of(located, self.layout, skip | others.keys())
        of_all = located.header.labels.keys() - others.keys()
        for left_out in columns_of(located, self.layout, skip | of_all).columns if others else ():
            if left_out.name:
                self.below.setdefault(others[left_out.index], []).append(left_out.name.name)
        leave_out_later(located, columns, last_day)
        self.problems += columns.problems
        located.periods = {column.index: column.period for column in columns.columns if column.period is not None}
        if not columns.columns:
            self.problems.append(
                nothing_else(located, others) if others else no_column(located, self.layout, self.known)
            )
            return []
        self.findings += [*columns.findings, *told(located, others)]
        made = self._of_areas(at, columns) if areas else self._of_rows(columns)
        self.problems += [] if areas else other_area(located, self.known)
        self.problems += only_sureness(located)
        self.problems += other_units(located, {unit for piece in made for unit in piece.pools["unit"][0]})
        for part in made:
            problems = each_marker_once(part.problems)
            alone = few(part.problems, len(part.values))
            self.problems += [] if alone else problems
            self.findings += map(unreadable_cell, problems) if alone else []
            self.findings += remarked_cells(located, part)
        return made

    def hold_against_targets(self, parts: list["_Table"]) -> None:
        """What the table must have, which may stand on several sheets; parts: this table and those of the same title."""
        if not self.columns.columns:
            return
        periods = [column.period for part in parts for column in part.columns.columns if column.period is not None]
        have = set[str]().union(*(part.have for part in parts))
        self.problems += misfits(self.located, periods, self.about["period_end"])
        self.findings += ends_before(self.located, periods, self.about["period_end"])
        without_series = {name: series for part in parts for name, series in part.without_series.items()}
        lacking = [*must_have(self.located, have, without_series, self.below)]
        self.problems += [told_of for told_of in lacking if isinstance(told_of, Problem)]
        self.findings += [told_of for told_of in lacking if not isinstance(told_of, Problem)]

    def _of_rows(self, columns: FigureColumns) -> list[Block]:
        """Rows named by codes and labels; the template of the series stands with the table or with the column.

        A column that says no sex or age has those of its rows.
        """
        by_template: dict[tuple[str, bool, bool], list[FigureColumn]] = {}
        for column in columns.columns:
            name = column.name
            template = ((name.series if name else "") or self.located.layout.series).replace(AGE, column.age or AGE)
            template = template.replace(SINCE, SINCE if column.since is None else column.since)
            says = (bool(name and name.sex), bool(name and name.age))
            by_template.setdefault((template, *says), []).append(column)
        made, self.have = [], {known.name.name for known in columns.columns if known.name}
        for (template, *_), some in by_template.items():
            located = replace(self.located, layout=self.located.layout.model_copy(update={"series": template}))
            rows = sheet_rows(located, self.layout, self.known, [chosen.index for chosen in some], self.beside)
            self.have |= rows.twice | {name for row in rows.rows for name in (row.name, row.code) if name}
            self.without_series |= rows.without_series
            self.below |= rows.below
            self.not_whole |= rows.not_whole
            self.problems += rows.problems
            self.findings += [record for record in rows.findings if record not in self.findings]
            made.append(self._block(_row_axis(rows, self.known, located), some, columns, rows))
        return made

    def _of_areas(self, at: dict[str, int], columns: FigureColumns) -> list[Block]:
        """Rows that are areas; the columns name the series, or are periods of one."""
        located = self.located
        placed = areas_of_rows(located, at, self.known)
        if placed.rows and (
            below := footnotes(located.grid, placed.rows[-1][0] + 1, located.region.last_row, located.title.table)
        ):
            self.notes = below.text
            self.contents.notes.blocks.append(below)
        self.problems += placed.problems
        self.findings += placed.findings
        self.not_whole |= placed.not_whole
        kept = [column for column in columns.columns if self._series(column) in self.known.series]
        self.findings += [
            finding("series_not_known", "warning", located.grid.place(located.header.row, column.index),
                    f"{column.label.printed.strip()!r} would be the series {self._series(column)}, which "
                    "data/reference/series.csv does not know.", "Left out; every other column is read.")
            for column in columns.columns if column not in kept
        ]  # fmt: skip
        self.without_series = {
            column.name.name: self._series(column) for column in columns.columns if column.name and column not in kept
        }
        self.have = {column.name.name for column in kept if column.name} | {code for _, code, _ in placed.rows}
        rows = BlockAxis(
            [row for row, _, _ in placed.rows],
            {"area_code": [code for _, code, _ in placed.rows]},
            [notes for _, _, notes in placed.rows],
        )
        return [self._block(rows, kept, columns, None)]

    def _noted(self, rows: BlockAxis) -> BlockAxis:
        """The rows with the notes whose numbers stand in a column of their own."""
        at = self.columns.notes
        if at is None:
            return rows
        texts = [re.sub(r"[\[\]]", " ", self.located.grid.text(row, at)) for row in rows.index]
        cited = [(*notes, *label(f"[note {text}]").notes) for notes, text in zip(rows.notes, texts, strict=True)]
        return replace(rows, notes=cited)

    def _series(self, column: FigureColumn) -> str:
        """What a column names, or, of one that is a period alone, the series of the table."""
        return (column.name and column.name.series) or self.located.series(column.name.name if column.name else "")

    def _block(
        self, rows: BlockAxis, some: list[FigureColumn], columns: FigureColumns, rows_read: SheetRows | None
    ) -> Block:
        located = self.located
        constants = {
            "sex": located.sex or "all", "area_code": ENGLAND_AND_WALES, "source": self.layout.publication,
            "release": self.about["release"], "sheet": located.grid.name.strip(), "file": located.grid.file,
            "designation": located.layout.designation,
        }  # fmt: skip
        by_column = self._column_axis(some, rows_read is None, "period_end" in rows.fields)
        units = rows.fields.get("unit", [])
        for at, column in enumerate(some):
            of_column = {by_column.fields["unit"][at]} if "unit" in by_column.fields else {*units}
            self.problems += other_units_of(located, column.index, column.label, of_column)
        significance = _significance(located, rows_read, some, columns) if rows_read and located.layout.change else None
        return block(
            located.grid, located.title.table, self._noted(rows), by_column, constants,
            replace(self.layout.markers, of_changes=located.layout.change), self.notes,
            (*located.title.label.cited, *located.sheet_notes),
            rows_read.base_rows() if rows_read and rows_read.bases else None, significance,
            {kind: pairs for kind, pairs in columns.said.items() if pairs},
        )  # fmt: skip

    def _column_axis(self, columns: list[FigureColumn], of_areas: bool, dated: bool) -> BlockAxis:
        """What the columns say: period, standing, and of named ones series or sex and age. dated: its rows say their periods."""
        layout = self.located.layout
        periods, compared = (None, None) if dated else self._periods(columns)
        fields: dict[str, list[Any]] = (_period_fields(periods, layout) if periods else {}) | {
            "designation": [
                _designation(column.label, self.layout, self.notes) or layout.designation for column in columns
            ],
        }
        if compared is not None:
            fields["characteristic"] = [COMPARED] * len(columns)
            fields["characteristic_value"] = [f"{period.start}/{period.end}" for period in compared]
        if of_areas:
            keys = [self._series(column) for column in columns]
            fields |= {
                "series": keys,
                "sex": [(column.name and column.name.sex) or self.located.sex or "all" for column in columns],
                "age": [(column.name and column.name.age) or self.known.series[key].age
                        for column, key in zip(columns, keys, strict=True)],
                "unit": [self.known.series[key].unit for key in keys],
            }  # fmt: skip
            return BlockAxis([column.index for column in columns], fields, [column.label.cited for column in columns])
        for name in ("sex", "age"):
            said = [getattr(column.name, name) if column.name else "" for column in columns]
            if all(said):
                fields[name] = said
        return BlockAxis([column.index for column in columns], fields, [column.label.cited for column in columns])

    def _is_of_the_year_compared(self, period: Period) -> bool:
        """Force tables print their counts twice: of the year, and of the year that their changes compare it with."""
        others = [located for located in self.contents.tables if located is not self.located]
        twins = [located for located in others if located.layout.table == self.located.layout.table]
        return any(period in title_periods(located) for located in others if located.layout.change) and any(
            span.end == self.about["period_end"] for twin in twins for span in title_periods(twin)
        )

    def _periods(self, columns: list[FigureColumn]) -> tuple[list[Period], list[Period] | None]:
        """The period of each column and, of a table of changes, the one compared with."""
        title = [period for period in title_periods(self.located) if period.period_type == "year"]
        change, by_header = self.located.layout.change, self.located.layout.columns == "change"
        own = [column.period for column in columns]
        if not change and None not in own:
            return [period for period in own if period], None
        if len(title) < (2 if change and not by_header else 1):
            place = self.located.grid.place(self.located.title.row, self.located.title.column)
            expected = "two years ending" if change and not by_header else "a year ending"
            self.problems.append(
                Problem(place, "title", repr(self.located.title.label.text), expected, "Check the title of the table.")
            )
            return [Period(self.about["period_end"], self.about["period_end"], "year")] * len(columns), None
        newest, oldest = latest(title), min(title, key=lambda span: span.end)
        if newest.end != self.about["period_end"] and not self._is_of_the_year_compared(newest):
            place = self.located.grid.place(self.located.title.row, self.located.title.column)
            expected = f"the period that most tables of the file end with, {self.about['period_end']}"
            remedy = "Every figure of the table would be of another period: look which of the titles is false."
            self.problems.append(Problem(place, "title", f"{newest}", expected, remedy))
        if not change:
            return [period or newest for period in own], None
        if by_header:
            return [newest] * len(columns), [period or newest for period in own]
        return [newest] * len(columns), [oldest] * len(columns)


def _row_axis(printed_rows: SheetRows, known: Known, located: Located) -> BlockAxis:
    """What the rows say: series and unit; sex, ages, area and period by the columns beside their labels, or else the title."""
    layout = located.layout
    rows = [(row, known.series[row.series]) for row in printed_rows.rows]
    fields: dict[str, list[Any]] = {
        "series": [row.series for row, _ in rows],
        "sex": [row.said.sex or row.sex or located.sex or fact.sex for row, fact in rows],
        "age": [row.said.age or row.age or fact.age for row, fact in rows],
        "unit": [layout.unit or fact.unit for _, fact in rows],
    }
    if any(row.said.area for row, _ in rows):
        fields["area_code"] = [row.said.area or ENGLAND_AND_WALES for row, _ in rows]
    if any(row.part for row, _ in rows):
        parts = [row.part or (None, None) for row, _ in rows]
        fields |= {"characteristic": [name for name, _ in parts], "characteristic_value": [value for _, value in parts]}
    if periods := [row.said.period for row, _ in rows if row.said.period]:
        fields |= _period_fields(periods, layout)
    return BlockAxis([row.index for row, _ in rows], fields, [row.label.cited for row, _ in rows])


def _period_fields(periods: Sequence[Period], layout: TableLayout) -> dict[str, list[Any]]:
    return {
        "period_start": [period.start for period in periods],
        "period_end": [period.end for period in periods],
        "period_type": [
            layout.period_type if period.period_type == "year" else period.period_type for period in periods
        ],
    }


def _designation(text: Label, layout: Layout, notes: dict[int, str]) -> str | None:
    """The standing that a note of a column takes away or gives."""
    for number in text.notes:
        for pattern, designation in layout.designation_notes:
            if pattern.search(notes.get(number, "").casefold()):
                return designation
    return None


def _significance(
    located: Located, rows: SheetRows, some: list[FigureColumn], columns: FigureColumns
) -> list[str | None]:
    """What stands in the significance column of each change, in words."""
    statements: list[str | None] = []
    for row in rows.rows:
        for column in some:
            at = columns.significance.get(column.index)
            mark = None if at is None else located.grid.text(row.index, at).casefold()
            statements.append(None if mark is None else SIGNIFICANT.get(mark, f"Significance column: {mark}."))
    return statements
