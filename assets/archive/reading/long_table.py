"""A table in long form, one record per line, found in a CSV file or on any sheet of a workbook by its header labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.reading.ages import sex_in
from assets.archive.reading.content import PREAMBLE, csv_bytes, csv_columns, csv_head, is_workbook, sheets
from assets.archive.reading.grid import letters
from assets.archive.reading.layout_tables import Record
from assets.archive.reading.names import as_compared
from assets.archive.reading.result import SetAside
from assets.archive.reading.words import words
from assets.words.problems import BadInput, Problem
from assets.words.wording import first_of

TEXT = pa.string()
# So many columns of a table say that a file is meant to be it.
SEVERAL = 3
OR = "or "  # of what a layout requires: the column, or another that says it too
BY_CELLS = "by cells"  # of what a layout requires: a column that its cells tell, whatever else its label says
# A message names so many labels of a header.
NAMED = 24
YEAR, ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b", re.ASCII), "yyyy"
OTHER_UNIT = re.compile(r"%|per ?cent|thousands?|millions?|\b(?:1,)?000s?\b")
# "All ages" is no age, a year not that of another column, and thousands are not single ones.
SAYS_MORE = re.compile(rf"yy|\ball\b|{OTHER_UNIT.pattern}")
# Of the year of a boundary, in "ladcode23" and "LAD23CD".
DASHES = str.maketrans("\u2010\u2011\u2013\u2014", "----")
SHORT_YEAR = re.compile(r"(?<=[a-z]{3})\d\d(?=[a-z]{2}|$)", re.ASCII)
# Between the words of "MeasurementVar", "measurement_var" and, as R writes them, "Measurement.Var".
JOINT = re.compile(r"_|(?<=[A-Za-z])\.(?=[A-Za-z])|(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class LongTable:
    """One long table.

    place:   file, or file and sheet, for messages
    sheet:   name of the sheet; of the file where it is a CSV
    columns: our column name -> its cells as text, a blank one as ''
    letters: our column name -> letter of the column in the sheet
    rows:    the row of every record
    renamed: our column name -> its label, where it has more words than any known one, or fewer
    odd:     rows that are no records: of another width than the header
    others:  columns that nothing knows, which say of which sex records are, and not of all
    """

    place: str
    sheet: str
    columns: dict[str, pa.Array]
    letters: dict[str, str]
    rows: pa.Array
    renamed: dict[str, str]
    odd: Sequence[Problem] = ()
    others: Sequence[Problem] = ()


def long_tables(
    path: Path, headers: Sequence[Record], table: str, set_aside: list[SetAside] | None = None
) -> Iterator[LongTable]:
    """The long tables of a file, one per sheet that has all wanted header labels; sheets without them are passed over.

    headers:   rows of a layout table with `table`, `column`, `header` (a printed label of it) and `required` (yes, by cells, no).
    set_aside: where a sheet is named that should have a table and has none
    BadInput where no sheet has them all, with what the best one lacks.
    """
    wanted = _wanted(headers, table)
    if not is_workbook(path):
        yield _from_csv(path, wanted)
        return
    seen: list[tuple[str, Sequence[str]]] = []
    is_found = False
    for name, rows in sheets(path):
        first_rows = header_labels(rows[:PREAMBLE])
        at, index = _header(first_rows, wanted)
        if index is None:
            seen.append((name, at))
            if re.fullmatch(r"(19|20)\d\d\D?(\d\d)?(\d\d)?", name.strip()) and any(any(row) for row in rows):
                error = _no_header(f"{path.name}, sheet {name.strip()}", at, wanted)
                if set_aside is not None:
                    set_aside.append(SetAside(error.what, tuple(error.problems), sheet=name.strip()))
            continue
        is_found = True
        yield _from_rows(path, name, rows, wanted, at, first_rows[index], index)
    if not is_found:
        best = max(seen, key=lambda item: len(_missing(item[1], wanted)) * -1, default=("", []))
        raise _no_header(f"{path.name}, sheet {best[0]}", best[1], wanted)


def has_table(labels: Sequence[Sequence[str]], headers: Sequence[Record], table: str) -> bool:
    """Do the first rows, as their labels are compared, hold the header of a table?"""
    return find_table(labels, headers, table) is not None


def find_table(
    first_rows: Sequence[Sequence[str]], headers: Sequence[Record], table: str
) -> tuple[int, dict[str, list[int]]] | None:
    """The index of a table's header in these rows, as labels are compared, and the places of each of its columns."""
    wanted = _wanted(headers, table)
    labels, index = _header(first_rows, wanted)
    if index is None:
        return None
    places = {name: [at for at, label in enumerate(labels) if label in known] for name, (known, _) in wanted.items()}
    return index, {name: at for name, at in places.items() if at}


@dataclass(frozen=True)
class Resemblance:
    """A header that is not that of a table: how many of its columns are there, the share of those it must have, and the rest."""

    there: int
    share: float
    lacking: Sequence[Problem]
    nearly: bool


def resemblance(
    first_rows: Sequence[Sequence[str]], headers: Sequence[Record], table: str, may_lack: float
) -> Resemblance | None:
    """How much of a table's columns the likeliest header of these rows has; None where it has all that it must have.

    may_lack: so much of the columns a header may lack, one at least, that has several and is meant to be that of the table
    """
    wanted = _wanted(headers, table)
    labels, index = _header(first_rows, wanted)
    if index is not None:
        return None
    required = sum(needed for _, needed in wanted.values())
    lacking = _no_header("", labels, wanted).problems
    there = sum(bool(known & set(labels)) for known, _ in wanted.values())
    nearly = len(lacking) <= max(1, int(may_lack * required)) and there >= SEVERAL
    return Resemblance(there, 1 - len(lacking) / required, lacking, nearly)


def as_text(cell: Any) -> str:
    """A cell as it is printed: a whole number without its `.0`."""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell)


class Wanted(dict[str, tuple[set[str], bool]]):
    """The columns of a table: the labels by which each is known, as they are compared, and must it be there?

    instead: a column -> the one that may say it too, where there is none of its own and a year stands in it
    by_cells: columns of which what is read is looked up, so that a label with more words, or fewer, may be theirs
    """

    def __init__(self) -> None:
        self.instead: dict[str, str] = {}
        self.by_cells: set[str] = set()

    @cached_property
    def claimed(self) -> set[str]:
        """The labels of all columns."""
        return {label for known, _ in self.values() for label in known}

    def of_words(self, label: str) -> set[str]:
        """The column of which a label has the words that carry its meaning, and no other."""
        own = _own_words(label)
        return {self._by_words[own]} if own in self._by_words else set()

    def of_some_words(self, label: str) -> set[str]:
        """The columns, told by their cells, of which a label has all words and more, or nothing but some of them."""
        given = set(label.split())
        return {
            column
            for column in self.by_cells
            for known in self[column][0]
            if given and (given <= set(known.split()) or given >= set(known.split()))
        }

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], str]:
        """The column of which a label has these words, where there is one alone."""
        columns: dict[tuple[str, ...], set[str]] = {}
        for column, (known, _) in self.items():
            for label in known:
                columns.setdefault(_own_words(label), set()).add(column)
        columns.pop((), None)
        shared = {column for several in columns.values() if len(several) > 1 for column in several}
        return {label: min(those) for label, those in columns.items() if those.isdisjoint(shared)}


def _wanted(headers: Sequence[Record], table: str) -> Wanted:
    wanted = Wanted()
    for row in headers:
        if row["table"] == table:
            labels, _ = wanted.setdefault(row["column"], (set(), row["required"] in ("yes", BY_CELLS)))
            if row["required"] == BY_CELLS:
                wanted.by_cells.add(row["column"])
            if row["required"].startswith(OR):
                wanted.instead[row["column"]] = row["required"].removeprefix(OR)
            labels.add(header_label(row["header"]))
    return wanted


@lru_cache(maxsize=20_000, typed=True)
def header_label(cell: Any) -> str:
    """A header as headers are compared: a year that it names is any year, and words joined by a line or a capital are words."""
    if cell.__class__ is float:  # no year, and most of what is looked through
        return str(cell)
    label = as_compared(JOINT.sub(" ", str(cell))).translate(DASHES)
    return SHORT_YEAR.sub("yy", YEAR.sub(ANY_YEAR, label))


def header_labels(rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    """The first rows of a sheet, each cell as headers are compared."""
    return [[header_label(cell) for cell in row] for row in rows]


def _missing(labels: Sequence[str], wanted: Wanted, also: str = "") -> list[str]:
    there = set(labels)
    return [
        column
        for column, (known, required) in wanted.items()
        if (required or column == also) and known.isdisjoint(there)
    ]


def _header(first_rows: Sequence[Sequence[str]], wanted: Wanted) -> tuple[Sequence[str], int | None]:
    """The labels of the header row and its index; without one, the labels of the row that comes closest and None."""
    best: Sequence[str] = []
    fewest = 0
    for index, labels in enumerate(first_rows):
        lacking = len(_missing(labels, wanted))
        if 0 < lacking <= SEVERAL < len(labels):
            labels = _by_words(labels, wanted)
            lacking = len(_missing(labels, wanted))
        if not lacking:
            return labels, index
        if not best or lacking < fewest:
            best, fewest = labels, lacking
    return best, None


def _by_words(labels: Sequence[str], wanted: Wanted) -> list[str]:
    """Labels of a header, those of columns that it lacks as they are known: each the only one with its words, or with some of
    them and others."""
    made = list(labels)
    for meant, may_be in ((wanted.of_words, set(wanted)), (wanted.of_some_words, wanted.by_cells)):
        lacking, places = may_be.intersection(_missing(made, wanted)), dict[str, list[int]]()
        if not lacking:
            continue
        for at, label in enumerate(made):
            columns = meant(label) & lacking if label not in wanted.claimed else set[str]()
            for column in columns if len(columns) == 1 else ():
                places.setdefault(column, []).append(at)
        for column, alike in places.items():
            if len(alike) == 1:
                made[alike[0]] = min(wanted[column][0])
    return made


@lru_cache(maxsize=20_000)
def _own_words(label: str) -> tuple[str, ...]:
    """The words by which a column is known; none of a label that says more, and of a number, which is no label."""
    return words(label) if label.islower() and not SAYS_MORE.search(label) else ()


def _no_header(place: str, labels: Sequence[str], wanted: Wanted, also: str = "") -> BadInput:
    problems, without_unit = [], {label: OTHER_UNIT.sub(" ", label) for label in labels}
    there = first_of(filter(None, labels), NAMED) or "nothing"
    for column in _missing(labels, wanted, also):
        known = wanted[column][0]
        of_unit = [
            repr(label) for label, rest in without_unit.items() if rest != label and words(rest) in map(words, known)
        ]
        found, remedy = "no column with a known label", "add the new label to data/layouts if the column was renamed."
        if of_unit:
            found, remedy = ", ".join(of_unit), "its figures are in another unit."
        problems.append(Problem(place, column, found, " or ".join(sorted(known)), f"The header has {there}: {remedy}"))
    return BadInput(f"{place} has no table of the known form", problems)


def _positions(labels: Sequence[str], wanted: Wanted, place: str) -> dict[str, int]:
    positions = {}
    for column, (known, _) in wanted.items():
        hits = [index for index, label in enumerate(labels) if label in known]
        if len(hits) > 1:
            raise BadInput(
                f"{place} has a column twice",
                [Problem(place, column, f"columns {', '.join(letters(hit) for hit in hits)}", "one column",
                         "Is it two tables side by side?")],
            )  # fmt: skip
        if hits:
            positions[column] = hits[0]
    return positions


def _from_csv(path: Path, wanted: Wanted) -> LongTable:
    raw, encoding = csv_bytes(path.read_bytes(), path.name)
    first_rows = header_labels(csv_head(raw, encoding))
    labels, index = _header(first_rows, wanted)
    if index is None:
        raise _no_header(path.name, labels, wanted)
    positions = _positions(labels, wanted, path.name)
    columns, rows, odd = csv_columns(path, raw, encoding, len(labels), index + 1)
    cells = {name: _spaced(columns[at]) for name, at in positions.items()}
    renamed = _renamed(positions, first_rows[index], wanted)
    others = _of_others(path.name, {at: columns[at] for at in range(len(labels)) if at not in positions.values()})
    return _with_all(
        LongTable(path.name, path.name, cells, _letters(positions), rows, renamed, odd, others), labels, wanted
    )


def _from_rows(
    path: Path,
    sheet: str,
    rows: list[list[Any]],
    wanted: Wanted,
    labels: Sequence[str],
    printed: Sequence[str],
    index: int,
) -> LongTable:
    place = f"{path.name}, sheet {sheet.strip()}"
    positions = _positions(labels, wanted, place)
    body = rows[index + 1 :]
    columns = {name: _spaced(_text_column([row[at] for row in body])) for name, at in positions.items()}
    rows_of = pa.array(range(index + 2, index + 2 + len(body)), pa.int64())
    renamed = _renamed(positions, printed, wanted)
    unknown = (at for at in range(len(labels)) if at not in positions.values())
    others = _of_others(place, {at: _text_column([row[at] for row in body]) for at in unknown})
    return _with_all(
        LongTable(place, sheet, columns, _letters(positions), rows_of, renamed, others=others), labels, wanted
    )


def _of_others(place: str, unknown: dict[int, pa.Array]) -> list[Problem]:
    """A problem for each unknown column whose every label is a sex, and not always all: its records are parts of the figures."""
    made = []
    for at, column in unknown.items():
        printed = [text for text in pc.unique(_spaced(column)).to_pylist() if text]
        sexes = set(map(sex_in, printed[: SEVERAL + 1]))
        if len(printed) <= SEVERAL and None not in sexes and sexes - {"all"}:
            made.append(
                Problem(
                    f"{place}, column {letters(at)}", "", " and ".join(map(repr, printed)), "records of all",
                    "Its records are of women or men: keep those of all, once each, and take the column out.",
                )
            )  # fmt: skip
    return made


def _renamed(positions: dict[str, int], printed: Sequence[str], wanted: Wanted) -> dict[str, str]:
    """The columns that are known by some words of their label only, with that label."""
    given = {column: printed[at] for column, at in positions.items()}
    return {
        column: label
        for column, label in given.items()
        if label not in wanted[column][0] and not wanted.of_words(label)
    }


def _letters(positions: dict[str, int]) -> dict[str, str]:
    return {name: letters(at) for name, at in positions.items()}


def _with_all(table: LongTable, labels: Sequence[str], wanted: Wanted) -> LongTable:
    """The table with the columns that others say; BadInput where none has a year in it."""
    for column, other in wanted.instead.items():
        if column not in table.columns:
            if not all(map(YEAR.search, table.columns[other][:SEVERAL].to_pylist())):
                raise _no_header(table.place, labels, wanted, column)
            table.columns[column], table.letters[column] = table.columns[other], table.letters[other]
    return table


def _spaced(column: pa.Array) -> pa.Array:
    """Cells without edge spaces; one where no line may end is a space like any other."""
    return pc.utf8_trim_whitespace(pc.replace_substring(column, "\u00a0", " "))


def _text_column(cells: Sequence[Any]) -> pa.Array:
    """A column of cells as text: at once where all are text or all are whole numbers, else one by one."""
    try:
        return pa.array(cells, TEXT)
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        pass
    try:
        whole: pa.Array = pc.cast(pc.cast(pa.array(cells, pa.float64()), pa.int64()), TEXT)
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return pa.array([cell if cell.__class__ is str else as_text(cell) for cell in cells], TEXT)
    return whole
