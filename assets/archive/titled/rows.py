"""The rows of a titled table: which series each is, by its code first and else by the words of its label."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assets.archive.reading.grid import Cell, printed
from assets.archive.reading.known import Known
from assets.archive.reading.layout import LabelNames, Layout
from assets.archive.reading.names import nearest
from assets.archive.reading.result import Finding, finding
from assets.archive.reading.text import Label, label
from assets.archive.reading.values import text_number
from assets.archive.reading.windows import since_in
from assets.archive.reading.words import Ambiguous, words
from assets.archive.titled.beside import NOTHING, BesideColumns, SaidBeside, said_by_heading
from assets.archive.titled.located import AGE, Located
from assets.archive.titled.row_names import RowNames, SheetRow
from assets.tables.records import grouped
from assets.words.problems import Problem
from assets.words.wording import number_of

SHOWN = 4
ADD_ROW = "Add the label to rows.csv of the layout, and its series to data/reference/series.csv, to have it."


@dataclass
class SheetRows:
    """The rows of a table, what was found wrong with them, and what was noticed and passed over.

    without_series: names of rows that were found -> the series that no reference table knows
    not_whole:      totals of offences of which a class has a code that no reference table knows, and the periods of its numbers;
                    series broken down by a characteristic, where a row is not known
    twice:          names that the table must have, and that several rows have
    below:          headings that say of whom the rows below them are -> names of those rows, which are left out
    """

    rows: list[SheetRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    passed: list[tuple[int, Label, str]] = field(default_factory=list)
    without_series: dict[str, str] = field(default_factory=dict)
    not_whole: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    below: dict[str, list[str]] = field(default_factory=dict)
    bases: list[SheetRow] = field(default_factory=list)

    def base_rows(self) -> list[int | None]:
        """For each row the grid row with its unweighted base: itself, the first base row below it, or else the last above.

        Where columns stand beside the labels it is one of the same sex, ages, area and period, or else one of all of them.
        """
        made = []
        for row in self.rows:
            bases = [base.index for base in self.bases if base.said == row.said]
            bases = bases or [base.index for base in self.bases if base.said == NOTHING]
            made.append(next((base for base in bases if base >= row.index), bases[-1] if bases else None))
        return made


def sheet_rows(located: Located, layout: Layout, known: Known, columns: Sequence[int], of: BesideColumns) -> SheetRows:
    """The rows of a table that have a figure in one of the columns, each with its series.

    A row that is none of the known, or as near to two of them, is a finding and left out; so are two rows that are the same,
    which refuse the table where it must have them.
    """
    rows = SheetRows()
    names = layout.named(located.layout.rows)
    headings = _headings(located, known, columns)
    for row in _named(located, names, known, columns, rows, of):
        heading, of_whom = next(
            ((text, said) for at, text, said in reversed(headings) if at < row.index), ("", NOTHING)
        )
        own = known.series[row.series].age if row.series in known.series else None
        of_whom = replace(of_whom, age="") if of_whom.age == own else of_whom
        elsewhen = of_whom.since not in (None, since_in(located.title.label.text))
        if elsewhen or (replace(of_whom, since=None) != NOTHING and AGE not in located.layout.series):
            rows.below.setdefault(heading, []).append(row.name)
            continue
        if row.part and located.layout.change:  # the year it is compared with stands in that place
            rows.passed.append((row.index, row.label, f"a change by {row.part[0]}"))
            continue
        try:
            rows.rows.append(replace(row, said=_both(of.said(row.index, row.base), of_whom)))
        except ValueError as error:
            rows.passed.append((row.index, row.label, str(error)))
    _once(located, names, rows)
    _only_known(located, layout, known, rows)
    if rows.passed:
        rows.not_whole |= {row.series for row in rows.rows if row.part}
    if located.layout.others == "reported":
        rows.findings += _passed(located, rows, names)
    rows.findings += [
        finding("rows_of_others", "warning", located.place, f"{number_of(len(some), 'row')} below the heading {heading!r}.",
                "Left out: the layout has no series of these. What stands below no such heading, or one of all, is read.")
        for heading, some in rows.below.items()
    ]  # fmt: skip
    return rows


def _headings(located: Located, known: Known, columns: Sequence[int]) -> list[tuple[int, str, SaidBeside]]:
    """The rows of one text, left of the figures, that say of whom those below them are."""
    made, first = [], located.region.first_column
    for index in located.rows:
        texts = [cell for cell in located.grid.rows[index][first : max(columns) + 1] if cell != ""]
        text = label(texts[0], located.superscripts) if len(texts) == 1 and isinstance(texts[0], str) else None
        if text and (said := said_by_heading(text, known)) is not None:
            made.append((index, text.text, said))
    return made


def _both(beside: SaidBeside, above: SaidBeside) -> SaidBeside:
    """What stands beside a row and, where that says nothing, above it."""
    return SaidBeside(beside.sex or above.sex, beside.age or above.age, beside.area or above.area, beside.period)


def _lines(located: Located, columns: Sequence[int], of: BesideColumns) -> Iterator[tuple[int, Label, bool]]:
    """Row number, label, and whether a figure stands in the row; rows without a label are passed over."""
    cell: Cell = ""
    for index in located.rows:
        cells = located.grid.rows[index]
        cell = of.label(index, cell) if of.columns else located.row_label(index)
        text = cell if isinstance(cell, str) else printed(cell)
        if not text or text.strip().isdecimal():  # a number is no label: one of a row that numbers the columns
            continue
        filled = any(column < len(cells) and cells[column] != "" for column in columns)
        yield index, label(str(text), located.superscripts), filled


def _named(
    located: Located, names: LabelNames, known: Known, columns: Sequence[int], rows: SheetRows, of: BesideColumns
) -> Iterator[SheetRow]:
    """Every row with a figure that has a name; the others are passed over."""
    lines = list(_lines(located, columns, of))
    row_names = RowNames(located, names, known, [text for _, text, _ in lines], rows.findings)
    for index, text, filled in lines:
        why = ""
        try:
            row = row_names.row(index, text)
        except Ambiguous as either:
            row, why = None, str(either)
        if filled and row is not None:
            yield row
        elif filled:
            rows.passed.append((index, text, why))
            if not why:
                row_names.pass_over(text)


def _only_like(printed_rows: SheetRows, names: LabelNames) -> None:
    """Leave out rows that have more or fewer words than one of the same name which has the very words of it: they are others.

    A row that is misspelt has as many, and is as good as the right one.
    """
    labelled = [row for row in printed_rows.rows if row.code is None and not row.base]
    for rows in grouped(labelled, lambda row: row.key).values():
        if not (right := next((row for row in rows if names.worded(row.name, row.label.text)), None)):
            continue
        why = f"like row {right.index + 1}, {right.label.text!r}, and not it"
        for row in rows:
            if len(words(row.label.text)) != len(words(right.label.text)):
                printed_rows.passed.append((row.index, row.label, why))
                printed_rows.rows.remove(row)


def _once(located: Located, names: LabelNames, printed_rows: SheetRows) -> None:
    """Two rows of one series are both left out: which is meant is not guessed. Bases are printed again and again.

    A row that is only like a wording is another one than a row that has just its words.
    """
    _only_like(printed_rows, names)
    by_series = grouped(printed_rows.rows, lambda row: row.key)
    twice = {key: rows for key, rows in by_series.items() if len(rows) > 1 and not rows[0].base}
    for (series, *_), rows in twice.items():
        where = [located.grid.place(row.index, located.label_column) for row in rows]
        labels = " and ".join(repr(row.label.printed.strip()) for row in rows)
        if rows[0].name in located.layout.must:
            printed_rows.twice.add(rows[0].name)
            printed_rows.problems.append(
                Problem(where[-1], "row label", labels, f"one row for {rows[0].name}", "Look which it is: nothing is guessed.")
            )  # fmt: skip
        else:
            printed_rows.findings.append(
                finding("row_twice", "warning", where[-1], f"Rows {' and '.join(str(row.index + 1) for row in rows)} ({labels}) "
                        f"are both {series}.", "Both are left out: which of them is meant is not guessed.")
            )  # fmt: skip
    printed_rows.bases = [row for row in printed_rows.rows if row.base]
    own = {beside: _own_base(printed_rows, beside) for beside in {row.said for row in printed_rows.bases}}
    printed_rows.rows = [
        row
        for row in printed_rows.rows
        if row.key not in twice and (not row.base or (row is own[row.said] and row.series))
    ]


def _own_base(rows: SheetRows, beside: SaidBeside) -> SheetRow:
    """The base row that is a figure of its own: the first below the rows it belongs to, since tables print it again and again."""
    last = max((row.index for row in rows.rows if not row.base), default=-1)
    bases = [row for row in rows.bases if row.said == beside]
    return next((row for row in bases if row.index > last), bases[0])


def _only_known(located: Located, layout: Layout, known: Known, rows: SheetRows) -> None:
    """Rows whose series no reference table knows: left out, with the nearest; those that could be of a threat weigh more."""
    group, total = (_total_below(rows.rows, of) for of in (known.groups, known.groups | known.subgroups))
    kept = []
    for row in rows.rows:
        if row.series in known.series:
            kept.append(row)
        elif row.code is not None:
            rows.findings.append(_new_code(located, row, group(row.index), known, layout.groups_to_know))
            rows.not_whole |= set(_with_periods(located, row.index, total(row.index)))
        else:
            rows.without_series[row.name] = row.series
            rows.passed.append(
                (row.index, row.label, f"the series {row.series}, which data/reference/series.csv does not know")
            )
    rows.rows = kept


def _with_periods(located: Located, row: int, total: str | None) -> Iterator[str]:
    """A total with the periods, from the first to the last, in which a row that is counted in it has numbers."""
    if total and not located.periods:
        yield total
    spans = [span for column, span in located.periods.items() if _counts(located.grid.cell(row, column))]
    if total and spans:
        yield f"{total} {min(span.start for span in spans)}..{max(span.end for span in spans)}"


def _counts(cell: Cell) -> bool:
    return bool(text_number(cell) if isinstance(cell, str) else isinstance(cell, (int, float)) and cell)


def _total_below(rows: Sequence[SheetRow], totals_of: Collection[str]) -> Callable[[int], str | None]:
    """The offences that a row is counted in: the first total of some at or below it."""
    totals = [(row.index, row.name) for row in rows if row.name in totals_of]
    return lambda index: next((name for at, name in totals if at >= index), None)


def _new_code(located: Located, row: SheetRow, group: str | None, known: Known, weighty: frozenset[str]) -> Finding:
    threat = group is None or group in weighty
    return finding(
        "offence_code_not_known", "error" if threat else "warning", located.grid.place(row.index, located.label_column),
        f"The code {row.code} ({row.label.text})" + (f" of the group {group}" if group else "")
        + " is not in the reference tables "
        f"({nearest(row.series, known.series)}).",
        "Left out; the rest is read. " + ("It could be of a threat: no sum over its offences has it. " if threat else
        "No code of that group is of a threat. ")
        + "Add the code to data/reference/offence.csv and series.csv to have it.",
    )  # fmt: skip


def _passed(located: Located, rows: SheetRows, names: LabelNames) -> Iterator[Finding]:
    """Rows with figures that are left out because they are none of the known: one finding for a table."""
    if not rows.passed:
        return
    problems = [
        f"row {index + 1} {text.text!r}" + (f" ({why})" if why else f" ({nearest(text.folded, names.wordings, 1)})")
        for index, text, why in rows.passed[:SHOWN]
    ]
    more = f" and {len(rows.passed) - SHOWN} more" if len(rows.passed) > SHOWN else ""
    yield finding(
        "row_not_known", "warning", located.place,
        f"{number_of(len(rows.passed), 'row')} with figures and no name: {'; '.join(problems)}{more}.",
        f"Left out; the rest of the table is read. {ADD_ROW}",
    )  # fmt: skip
