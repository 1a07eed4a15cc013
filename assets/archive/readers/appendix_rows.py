"""The rows of the Appendix tables: which series each is, by its code or its label."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from assets.archive.readers.known import Known
from assets.archive.readers.locate import Located
from assets.archive.readers.reading import Finding, finding, unknown_series
from assets.archive.sheets.codes import SUB_CODE, code_problem, offence_code
from assets.archive.sheets.grid import printed
from assets.archive.sheets.layout import Layout, Names
from assets.archive.sheets.nearest import nearest
from assets.archive.sheets.text import Label, label
from assets.words.problems import Problem

BASE_SERIES = "csew.sample.16+.unweighted_base"
OF_WHICH = re.compile(r"\s*of which\b", re.IGNORECASE)
REMEDY = "Add the label to rows.csv of the layout, and its series to data/reference/series.csv."


@dataclass
class Row:
    """A row with figures: its place in the grid, its label, its series and what the layout says of its ages."""

    index: int
    label: Label
    series: str
    age: str = ""
    base: bool = False
    code: str | None = None


@dataclass
class Rows:
    """The rows of a table, what was found wrong with them, and what was noticed and passed over."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def base_rows(self) -> list[int | None]:
        """For each row the grid row with its unweighted base: itself, or the first base row below it."""
        bases = [row.index for row in self.rows if row.base]
        return [next((base for base in bases if base >= row.index), None) for row in self.rows]


def rows_of(located: Located, layout: Layout, known: Known, columns: Sequence[int]) -> Rows:
    """The rows of a table that have a figure in one of the columns, each with its series."""
    naming = NAMINGS.get(located.layout.rows, _by_label)
    found = naming(located, layout.named(located.layout.rows), columns)
    group = _groups_below(found.rows, known)
    for row in found.rows:
        if row.series not in known.series:
            place = located.grid.place(row.index, located.label_column)
            if row.code is not None and group(row.index) not in (None, *layout.groups_to_know):
                found.findings.append(_new_code(place, row, group(row.index), known))
            else:
                found.problems.append(unknown_series(place, row.label.text, row.series, known))
    found.rows = [row for row in found.rows if row.series in known.series]
    return found


def _lines(located: Located, columns: Sequence[int]) -> Iterator[tuple[int, Label, bool]]:
    """Row number, label, and whether a figure stands in the row; rows without a label are passed over."""
    at = located.label_column
    first, last = columns[0], columns[-1] + 1
    together = last - first == len(columns)
    for index in range(located.header.row + 1, located.region.last_row + 1):
        cells = located.grid.rows[index]
        if cells[at] == "":
            continue
        text = cells[at] if isinstance(cells[at], str) else printed(cells[at])
        values = cells[first:last] if together else [cells[column] for column in columns]
        filled = values.count("") < len(values)
        yield index, label(str(text), located.superscripts), filled


def _unnamed(located: Located, index: int, text: Label, names: Names) -> Problem:
    return Problem(
        located.grid.place(index, located.label_column), "row label", repr(text.printed),
        f"a row label that the layout knows for {located.layout.table} "
        f"({nearest(text.folded, names.patterns)})",
        REMEDY,
    )  # fmt: skip


def _by_label(located: Located, names: Names, columns: Sequence[int]) -> Rows:
    """Rows named by their labels alone; in a table whose rows are listed, the first row of each name."""
    found = Rows()
    listed, seen = located.layout.take == "listed", set[str]()
    for index, text, filled in _lines(located, columns):
        name = names.find(text.folded)
        if name is None:
            if filled and not listed:
                found.problems.append(_unnamed(located, index, text, names))
            continue
        if name.more["kind"] == "base":
            if filled and not (listed and seen == {"base"}):
                found.rows.append(Row(index, text, BASE_SERIES, base=True))
            if listed:
                break
            continue
        if filled and not (listed and name.name in seen):
            seen.add(name.name)
            found.rows.append(Row(index, text, located.layout.series.format(name=name.name), name.more["age"]))
    if listed:
        found.problems += _absent(located, names, seen)
    found.problems += _twice(located, [row for row in found.rows if not row.base])
    return found


def _absent(located: Located, names: Names, seen: set[str]) -> list[Problem]:
    """Listed rows of the first name's family that a table must have."""
    must = names.names[0]
    if must.name in seen:
        return []
    return [Problem(located.place, "row label", f"no row {must.label.pattern!r}", "the row", REMEDY)]


def _offences(located: Located, names: Names, columns: Sequence[int]) -> Rows:
    """Rows of the tables by offence: named by their code, and by their label where they have none."""
    found = Rows()
    by_code = {(name.more["code"]): name for name in names.names if name.more["code"]}
    at, under = located.code_column, ""
    assert at is not None
    for index, text, filled in _lines(located, columns):
        try:
            code = offence_code(located.grid.rows[index][at])
        except ValueError as error:
            found.problems.append(code_problem(located.grid, index, at, str(error)))
            continue
        if code is not None:
            special = by_code.get(code)
            name = special.name if special and special.label.fullmatch(text.folded) else code
        else:
            of_which = bool(OF_WHICH.match(text.text))
            known_name = names.find(text.folded, under if of_which else "")
            if known_name is None:
                if filled:
                    found.problems.append(_unnamed(located, index, text, names))
                continue
            name = known_name.name
            under = under if of_which else name
        if filled:
            found.rows.append(Row(index, text, located.layout.series.format(name=name), code=code))
    found.problems += _twice(located, found.rows)
    return found


def _groups_below(rows: Sequence[Row], known: Known) -> Callable[[int], str | None]:
    """The main offence group that a row is counted in: the first total of a group at or below it."""
    totals = [(row.index, name) for row in rows if (name := row.series.rsplit(".", 1)[-1]) in known.groups]
    return lambda index: next((name for at, name in totals if at >= index), None)


def _new_code(place: str, row: Row, group: str | None, known: Known) -> Finding:
    return finding(
        "offence_code_not_known", "warning", place,
        f"The code {row.code} ({row.label.text}) of the group {group} is not in the reference tables "
        f"({nearest(row.series, known.series)}).",
        "Left out; the rest is read. No code of that group is of a threat. Add the code to data/reference/offence.csv and "
        "series.csv to have it.",
    )  # fmt: skip


def _twice(located: Located, rows: list[Row]) -> list[Problem]:
    first: dict[str, Row] = {}
    problems = []
    for row in rows:
        other = first.setdefault(row.series, row)
        if other is not row:
            problems.append(
                Problem(
                    located.grid.place(row.index, located.label_column), "row label", repr(row.label.text),
                    f"another series than {row.series} of row {other.index + 1} ({other.label.text!r})",
                    "Two rows have one name or code: tell them apart in rows.csv of the layout.",
                )
            )  # fmt: skip
    return problems


def _vawg(located: Located, names: Names, columns: Sequence[int]) -> Rows:
    """Classes by their labels, below each its detailed codes ("008/67 - ...") and what is assigned to none."""
    found = Rows()
    current = ""
    for index, text, filled in _lines(located, columns):
        detailed = SUB_CODE.match(text.text)
        name = None if detailed else names.find(text.folded)
        if name is not None and name.more["kind"] == "class":
            current, part = name.name, "total"
        elif detailed:
            part = f"{detailed[1]}_{detailed[2]}"
        elif name is not None:
            part = name.name
        else:
            if filled:
                found.problems.append(_unnamed(located, index, text, names))
            continue
        if filled and not current:
            place = located.grid.place(index, located.label_column)
            found.problems.append(
                Problem(place, "row label", repr(text.printed), "a class above its detailed codes", REMEDY)
            )
        elif filled:
            found.rows.append(Row(index, text, located.layout.series.format(name=f"{current}.{part}")))
    found.problems += _twice(located, found.rows)
    return found


NAMINGS: dict[str, Callable[[Located, Names, Sequence[int]], Rows]] = {"offences": _offences, "b2": _vawg}
