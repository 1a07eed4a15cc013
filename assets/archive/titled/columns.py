"""The columns of a titled table: which period each is of, what its label names, and what beside them is a change or unknown."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assets.archive.reading.ages import age_in, without_ages
from assets.archive.reading.grid import Cell, letters, printed
from assets.archive.reading.layout import LabelNames, Layout
from assets.archive.reading.layout_form import LabelName
from assets.archive.reading.names import nearest
from assets.archive.reading.notes import NOTE_COLUMN
from assets.archive.reading.periods import Period, months_between, named, period, without_periods
from assets.archive.reading.result import Finding, finding
from assets.archive.reading.text import Label, label
from assets.archive.reading.windows import SINCE, since_in, without_windows
from assets.archive.reading.words import Ambiguous
from assets.archive.titled.beside_figures import (
    FIGURES,
    LOWER,
    UPPER,
    above,
    paired,
    said_of_figures,
    without_what_is_said,
)
from assets.archive.titled.located import AGE, LENGTHS, Located, header_period, title_periods
from assets.words.problems import Problem

YEARS_AWAY = 24  # months between a header and what title and release say that no release at hand comes near
CHANGES, SIGNIFICANCE = re.compile(r"\bchanges?\b"), re.compile(r"\bsignificance\b")
ADD_COLUMN = "If it was renamed, add the new wording to columns.csv of the layout."

# Name, ages, period, and the time asked about.
ColumnKey = tuple[str, str, Period | None, str | None]


@dataclass(frozen=True)
class FigureColumn:
    """A column with figures.

    index:   its place in the grid
    label:   its header
    period:  the period its figures are of, or are compared with; None where the title says it
    name:    what its header names, where columns are named
    age:     the ages that its header names beside it, which go before those of the title
    since:   the time asked about that its header names, as `since_in` has it; None where the title says it
    """

    index: int
    label: Label
    period: Period | None = None
    name: LabelName | None = None
    age: str = ""
    since: str | None = None

    @property
    def key(self) -> ColumnKey:
        """What no other column of its table is."""
        return self.name.name if self.name else "", self.age, self.period, self.since


@dataclass
class FigureColumns:
    """The columns of a table, those with marks of significance by the column they stand beside, and what was found wrong.

    notes: the column with the numbers of the notes that each row refers to
    said:  lower, upper, standard_error, base -> column of figures -> the column that says it of these
    """

    columns: list[FigureColumn] = field(default_factory=list)
    significance: dict[int, int] = field(default_factory=dict)
    said: dict[str, dict[int, int]] = field(default_factory=dict)
    notes: int | None = None
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def columns_of(located: Located, layout: Layout, skip: set[int | None]) -> FigureColumns:
    """Every labelled column below which something stands; a column that is none of the known is a finding and left out."""
    columns, said = FigureColumns(), dict[str, list[tuple[int, Label]]]()
    by_period = located.layout.columns in (*LENGTHS, "change")
    for column, text in located.header.labels.items():
        if column in skip or _under_changes(located, column):
            continue
        if _says_significance(located, column, text):
            before = [known.index for known in columns.columns]
            if before:
                columns.significance[max(before)] = column
            continue
        if NOTE_COLUMN.fullmatch(text.folded):
            columns.notes = column
            continue
        if kind := said_of_figures(located, column, text):
            said.setdefault(kind, []).append((column, text))
            continue
        made = _figures(located, layout, column, text, columns)
        if made is not None:
            if not by_period and made.name and not made.name.name:
                continue  # known, and not wanted
            columns.columns.append(made)
        elif not CHANGES.search(text.folded) and _filled(located, column):
            columns.findings.append(_not_known(located, layout, column, text, by_period))
    _twice(located, columns)
    _say_how_sure(located, layout, columns, said)
    return columns


def _say_how_sure(
    located: Located, layout: Layout, columns: FigureColumns, said: Mapping[str, Sequence[tuple[int, Label]]]
) -> None:
    """Of which figures the columns of limits, errors and bases are; limits go in pairs, and what is of none is a finding."""
    for kind, some in said.items():
        columns.said[kind] = _of_which(located, layout, columns, some)
    limits = columns.said.get(LOWER, {}).keys() & columns.said.get(UPPER, {}).keys()
    columns.said |= {kind: {at: columns.said[kind][at] for at in limits} for kind in (LOWER, UPPER) if kind in said}
    columns.findings += [
        finding(
            "column_not_known", "warning", located.grid.place(located.header.row, column),
            f"{text.printed.strip()!r} says how sure figures are, and not of which.", "Left out; every other column is read.",
        )
        for kind, some in said.items() for column, text in some
        if column not in columns.said[kind].values() and _filled(located, column)
    ]  # fmt: skip


def _says_significance(located: Located, column: int, text: Label) -> bool:
    below = label(located.grid.text(located.header.row + 1, column))
    return any(SIGNIFICANCE.search(header.folded) for header in (text, below))


def _not_known(located: Located, layout: Layout, column: int, text: Label, by_period: bool) -> Finding:
    wanted = "no period"
    if not by_period:
        near = nearest(text.folded, layout.named(located.layout.columns, "columns").wordings)
        wanted = f"no column that the layout names ({near})"
    return finding(
        "column_not_known", "warning", located.grid.place(located.header.row, column),
        f"{text.printed.strip()!r} is {wanted}.", f"Left out; every other column is read. {ADD_COLUMN}",
    )  # fmt: skip


def _figures(located: Located, layout: Layout, column: int, text: Label, columns: FigureColumns) -> FigureColumn | None:
    by_period = located.layout.columns in (*LENGTHS, "change")
    made = of_period(located, column, text) if by_period else _named(located, layout, column, text, columns)
    if made is None or SINCE not in located.layout.series:
        return made
    own = since_in(text.text)
    return replace(made, since=since_in(above(located, column)) if own is None else own)


def _of_which(
    located: Located, layout: Layout, columns: FigureColumns, some: Sequence[tuple[int, Label]]
) -> dict[int, int]:
    """Column of figures -> the one of some columns that says something of it."""
    said = {}
    for column, text in some:
        of = _figures(located, layout, column, without_what_is_said(text, located.superscripts), FigureColumns())
        said[column] = of and of.key
    return paired({figures.key: figures.index for figures in columns.columns}, said)


def _under_changes(located: Located, column: int) -> bool:
    """Stands a column of a table of figures under a header of several that says changes?"""
    row = located.header.row - 1
    upper = located.grid.spread(row, column) if row >= located.region.first_row and not located.layout.change else ""
    of_all = upper == located.grid.spread(row, located.label_column)
    return isinstance(upper, str) and not of_all and bool(CHANGES.search(upper.casefold()))


def _filled(located: Located, column: int) -> bool:
    rows = located.grid.rows[located.header.row + 1 : located.region.last_row + 1]
    return any(column < len(row) and row[column] != "" for row in rows)


def of_period(located: Located, column: int, text: Label) -> FigureColumn | None:
    """A column of a period: that of its label, with the year above it where it is a part of one ("Q1", "Apr to Jun"), or of the
    cell above where the label says only what stands in it."""
    span = header_period(located, text)
    if span is None and (left := next(_upper(located, column), [])):
        year = printed(left[-1])
        if span := period(f"{text.text} {year}", located.superscripts):
            text = label(f"{year} {text.printed}", located.superscripts)
    if span is None and (located.layout.columns == "change" or not CHANGES.search(text.folded)):
        upper = _over(located, column, text)
        span, text = period(upper, located.superscripts), label(f"{upper} {text.printed}", located.superscripts)
    return None if span is None else FigureColumn(column, text, span)


def _over(located: Located, column: int, text: Label) -> Cell:
    return (
        above(located, column)
        if FIGURES.fullmatch(text.folded)
        else located.grid.spread(located.header.row - 1, column)
    )


def _named(located: Located, layout: Layout, column: int, text: Label, columns: FigureColumns) -> FigureColumn | None:
    """A named column; its period stands in its header, or above it where years stand side by side."""
    try:
        name, text = name_of(layout.named(located.layout.columns, "columns"), located, column, text)
    except Ambiguous as either:
        columns.findings.append(_either(located, column, text, str(either)))
        return None
    if name is None:
        return None
    own = named(text.printed, located.superscripts)
    if name.period == "mid_year":
        mid = next((period for period in own if period.period_type == "mid_year"), None)
        if mid is None:
            place = located.grid.place(located.header.row, column)
            columns.findings.append(
                finding("header_without_mid_year", "warning", place, f"{text.printed!r} names no mid-year, such as '(mid-2023)'.",
                        "Left out: which year it is of is not guessed.")
            )  # fmt: skip
        return FigureColumn(column, text, mid, name) if mid else None
    age = age_in(_bare(located, text)) if AGE in located.layout.series else None
    return FigureColumn(column, text, own[-1] if own else _period_above(located, column), name, age or name.age)


def name_of(names: LabelNames, located: Located, column: int, text: Label) -> tuple[LabelName | None, Label]:
    """The name of a header, and the header with those of the rows above it that belong to the name.

    A header may stand over several rows: "All other" above "theft offences" is that where these are just the words of a name,
    and "Total" below a merged "Sexual offences" all of these. Raises Ambiguous where it is as near to two names.
    """
    name, whole = names.find(_bare(located, text)), text.printed
    for cell in _over_it(located, column):
        whole = f"{cell.strip()} {whole}"
        longer = label(whole, located.superscripts)
        other = names.find(said := _bare(located, longer))
        if other and (name is None or (other is not name and names.worded(other.name, said))):
            name, text = other, longer
    return name or _name_within(names, located, column, text), text


def _bare(located: Located, text: Label) -> str:
    """A header without its periods and, where its series may be of several, the time asked about."""
    return without_periods(without_windows(text.text) if SINCE in located.layout.series else text.text)


def _over_it(located: Located, column: int) -> Iterator[str]:
    """The texts right above a header, of its own cells or merged ones, the lowest first."""
    for row in range(located.header.row - 1, max(located.region.first_row, located.header.row - 3) - 1, -1):
        cell = located.grid.spread(row, column)
        if not isinstance(cell, str) or not cell.strip():
            return
        yield cell


def _name_within(names: LabelNames, located: Located, column: int, text: Label) -> LabelName | None:
    """The name of a header that says more or less than a name: with ages ("Women aged 16 to 59"), or a period or "%" below it.

    A name above is that of the header's own cell in a row above, of a merged one, or of the last one left of it.
    """
    bare = _bare(located, text)
    if FIGURES.fullmatch(text.folded):
        return names.find(label(above(located, column)).text)
    if AGE in located.layout.series and age_in(bare):
        return names.find(without_ages(bare))
    if bare.strip() or not named(text.printed):
        return None
    nearest_left = (cells[-1] for cells in _upper(located, column) if cells)
    labels = (label(cell).text for cell in nearest_left if isinstance(cell, str))
    return next(filter(None, map(names.find, labels)), None)


def _upper(located: Located, column: int) -> Iterator[list[Cell]]:
    """What stands in each of the header's upper rows, the lowest first: the cells up to a column that are not blank."""
    for row in range(located.header.row - 1, max(located.region.first_row, located.header.row - 3) - 1, -1):
        cells = (located.grid.spread(row, at) for at in range(located.region.first_column, column + 1))
        yield [cell for cell in cells if cell != ""]


def _period_above(located: Located, column: int) -> Period | None:
    """The period in the header's upper rows that a column stands under: in its own cell, a merged one, or the last left of it."""
    for cells in _upper(located, column):
        periods = [span for cell in cells if (span := period(cell, located.superscripts))]
        if periods and sum(period(cell) is None for cell in cells) <= 2:
            return periods[-1]
    return None


def _either(located: Located, column: int, text: Label, either: str) -> Finding:
    return finding(
        "column_ambiguous", "warning", located.grid.place(located.header.row, column),
        f"{text.printed.strip()!r} is as near to {either}.", f"Left out: nothing is guessed. {ADD_COLUMN}",
    )  # fmt: skip


def _twice(located: Located, columns: FigureColumns) -> None:
    """Two columns of one name and period: one whose header says more than the other's ("Burglary, % of all") is left out; else
    which of them is meant is not guessed."""
    first: dict[ColumnKey, FigureColumn] = {}
    for column in sorted(columns.columns, key=lambda column: len(column.label.folded)):
        other = first.setdefault(column.key, column)
        if other is column:
            continue
        place = located.grid.place(located.header.row, column.index)
        what = column.name.name if column.name else str(column.period)
        if column.label.folded.startswith(other.label.folded + " "):
            columns.columns.remove(column)
            columns.findings.append(
                finding(
                    "column_not_known", "warning", place, f"{column.label.printed.strip()!r} says more than"
                    f" {other.label.printed.strip()!r} in column {letters(other.index)}, which is {what}.",
                    f"Left out; every other column is read. {ADD_COLUMN}",
                )
            )  # fmt: skip
            continue
        columns.problems.append(
            Problem(
                place, "header", repr(column.label.printed), f"one column for {what}; column {letters(other.index)} is it too",
                "Look which of the two headers is wrong: nothing is guessed.",
            )
        )  # fmt: skip


def leave_out_later(located: Located, columns: FigureColumns, latest: datetime.date) -> None:
    """Leave out columns of days to come: no release prints figures of them, so their header is wrong.

    latest: day of release, or where that is not known the last day of the release's period
    """
    for column in [late for late in columns.columns if late.period is not None and late.period.end > latest]:
        columns.columns.remove(column)
        columns.findings.append(
            finding(
                "column_set_aside", "error", located.grid.place(located.header.row, column.index),
                f"Found {column.label.printed.strip()!r}; expected a period up to {latest}.",
                "The column is left out: no release prints figures of days to come. Check the header.",
            )
        )  # fmt: skip


def misfits(located: Located, periods: Sequence[Period], end: datetime.date) -> Iterator[Problem]:
    """Headers that cannot be of this release: years away from what title and release say, or all turned round.

    periods: of the headers, in order; end: last day of the release's period
    """
    periods = [period for period in periods if period.period_type != "mid_year"]
    place = located.grid.place(located.header.row, located.label_column)
    if not periods or located.layout.columns not in LENGTHS:
        return
    last, first = max(period.end for period in periods), min(period.start for period in periods)
    periods_named = [period for period in title_periods(located) if period.period_type != "mid_year"]
    behind = months_between(last, max([end, *(period.end for period in periods_named)]))
    if behind >= YEARS_AWAY:
        yield Problem(
            place, "header", f"columns that end {last}", f"columns up to {end}, as title and release say",
            "Check the headers: they are years away from what the table is about.",
        )  # fmt: skip
    if len(periods_named) > 1 and months_between(first, min(period.start for period in periods_named)) >= YEARS_AWAY:
        yield Problem(
            place, "header", f"columns that start {first}",
            f"columns from {min(period.start for period in periods_named)}, as the title says",
            "Check the headers: one is years too early.",
        )  # fmt: skip
    ends = [period.end for period in periods]
    if len(ends) > 2 and ends == sorted(ends, reverse=True):
        yield Problem(
            place, "header", f"columns from {ends[0]} back to {ends[-1]}", "columns from the oldest to the newest",
            "Check whether the headers were turned round without their figures; no release at hand runs backwards.",
        )  # fmt: skip
