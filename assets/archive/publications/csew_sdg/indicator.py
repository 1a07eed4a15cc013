"""Which indicator a table of the UK Sustainable Development Goals data is, and what its columns and labels are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from assets.archive.reading.content import PREAMBLE
from assets.archive.reading.layout_tables import Record, layout
from assets.archive.reading.long_table import NAMED
from assets.archive.reading.names import plain
from assets.archive.reading.words import Ambiguous, Targets, words
from assets.tables.records import grouped
from assets.words.problems import BadInput, Problem
from assets.words.wording import first_of

# Columns without which nothing can be read; a characteristic may go or come.
MUST = ("year", "value")
# As many of the columns, and of the kinds, must be those of the indicator.
KNOWN_COLUMNS, KNOWN_KINDS = 0.6, 0.6
SEVERAL = 4


@dataclass(frozen=True)
class Indicator:
    """One indicator: its columns by role, and its tables of labels."""

    key: str
    columns: list[Record]
    data: Path

    def table(self, name: str) -> list[Record]:
        """The rows of a layout table that speak of this indicator."""
        return [row for row in layout(self.data, f"csew_sdg/{name}") if row["indicator"] == self.key]

    @cached_property
    def kinds(self) -> list[Record]:
        """What its labels of kinds name."""
        return self.table("series")

    def places(self, header: Sequence[Any]) -> dict[int, Record]:
        """Position of every known column -> its row of columns.csv; of several wordings the first that stands there."""
        labels = [plain(str(cell)) for cell in header]
        found: dict[int, Record] = {}
        for column in self.columns:
            at = next((labels.index(plain(one)) for one in column["header"].split("|") if plain(one) in labels), None)
            if at is not None:
                found.setdefault(at, column)
        return found

    def lacks(self, header: Sequence[Any]) -> list[str]:
        """Wordings of the columns that it must have and a header has not."""
        there = {column["role"] for column in self.places(header).values()}
        must = [*MUST, *({"kind"} if any(column["role"] == "kind" for column in self.columns) else {"age_base"})]
        return [column["header"] for column in self.columns if column["role"] in must and column["role"] not in there]

    def kind(self, part: str, kind: str, subkind: str) -> Record | None:
        """What two labels name, by their words; Ambiguous where they are as near to two."""
        of_part = [row for row in self.kinds if row["part"] == part]
        return _nearest(_nearest_all(of_part, "kind", kind), "subkind", subkind)

    def likeness(self, rows: Sequence[Sequence[Any]]) -> float:
        """From 0 to 1, how much of the columns is known; 0 where a target is lacking or most kinds are of something else."""
        header = rows[0]
        if self.lacks(header) or self._has_kinds_of_another(header):
            return 0.0
        places = self.places(header)
        known = len(places) / max(1, sum(bool(str(cell).strip()) for cell in header))
        at = next((at for at, column in places.items() if column["role"] == "kind"), None)
        printed = {str(row[at]).strip() for row in rows[1:] if at is not None and at < len(row)} - {""}
        if printed and sum(self._knows(one) for one in printed) < KNOWN_KINDS * len(printed):
            return 0.0
        return known if known >= KNOWN_COLUMNS else 0.0

    def _has_kinds_of_another(self, header: Sequence[Any]) -> bool:
        """Has a header a column of kinds, where this indicator has none? What it is of is then something else."""
        if any(column["role"] == "kind" for column in self.columns):
            return False
        of_kinds = [row for row in layout(self.data, "csew_sdg/columns") if row["role"] in ("kind", "subkind")]
        labels = {plain(str(cell)) for cell in header}
        return any(plain(text) in labels for row in of_kinds for text in row["header"].split("|"))

    def _knows(self, printed: str) -> bool:
        try:
            return bool(_nearest_all(self.kinds, "kind", printed))
        except Ambiguous:
            return True


def _nearest_all(rows: list[Record], column: str, printed: str) -> list[Record]:
    """The rows whose label in a column is the printed one; a blank is a blank."""
    if not printed:
        return [row for row in rows if not row[column]]
    wordings = [(text, row[column]) for row in rows if row[column] for text in row[column].split("|")]
    match = Targets([text for text, _ in wordings], [name for _, name in wordings]).find(printed)
    return [row for row in rows if match is not None and row[column] == wordings[match.target][1]]


def _nearest(rows: list[Record], column: str, printed: str) -> Record | None:
    return next(iter(_nearest_all(rows, column, printed)), None)


def indicators(data: Path) -> list[Indicator]:
    """All indicators of the layout."""
    by_key = grouped(layout(data, "csew_sdg/columns"), lambda row: row["indicator"])
    return [Indicator(key, columns, data) for key, columns in by_key.items()]


def header_row(rows: Sequence[Sequence[Any]], data: Path) -> int:
    """Where the header stands: the first row that has all columns that an indicator must have, below lines that say what
    the file is; the first of all where there is none."""
    every = indicators(data)
    return next((at for at, row in enumerate(rows[:PREAMBLE]) if not all(one.lacks(row) for one in every)), 0)


def indicator_of(rows: Sequence[Sequence[Any]], data: Path) -> Indicator | None:
    """The indicator that a table is: the one whose columns and kinds it shares most of; None where it is none."""
    rows = rows[header_row(rows, data) :]
    if not rows:
        return None
    best = max(indicators(data), key=lambda one: (one.likeness(rows), len(one.places(rows[0]))))
    return best if best.likeness(rows) > 0 else None


def refuse_if_nearly(header: Sequence[Any], data: Path, place: str) -> None:
    """BadInput where a header has columns that only one indicator has, and lacks some that it must have: they were renamed."""
    every = indicators(data)
    owners = Counter(column["header"] for one in every for column in one.columns)
    for one in sorted(every, key=lambda one: -len(one.places(header)) / len(one.columns)):
        lacking, there = one.lacks(header), one.places(header).values()
        if lacking and len(there) >= SEVERAL and any(owners[column["header"]] == 1 for column in there):
            raise BadInput(
                f"{place} is nearly indicator {one.key}",
                [Problem(f"{place}, row 1", column.replace("|", " or "), "no such column", f"the column of indicator {one.key}",
                         f"The header has {first_of(map(str, header), NAMED)}. Where it is that indicator, take a release that "
                         "has the column, or say in data/layouts/csew_sdg/columns.csv what it is called now; where it is of "
                         "something else, leave it out.")
                 for column in lacking],
            )  # fmt: skip


def is_unit(printed: str) -> bool:
    """Does a label say the unit of an indicator, and nothing else?"""
    return same_unit(printed, "percent") and set(words(printed)) <= {"percent", "percentage", "cent"}


def same_unit(printed: str, expected: str) -> bool:
    """Is a printed unit the expected one, whatever stands beside it?"""
    percent = ("%" in printed or "percent" in printed.casefold()) and "percent" in expected.casefold()
    return percent or words(printed) == words(expected)
