"""Which indicator a table of the UK Sustainable Development Goals data is, and what its columns and labels are."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from assets.archive.reading.content import PREAMBLE
from assets.archive.reading.layout_tables import Record, layout
from assets.archive.reading.long_table import NAMED, header_label
from assets.archive.reading.periods import Period, april_to_march
from assets.archive.reading.reference import Reference
from assets.archive.reading.words import Ambiguous, Targets, likeness, words
from assets.reference.releases import read_sources
from assets.tables.records import grouped
from assets.words.problems import BadInput, Problem
from assets.words.wording import first_of

# Columns without which nothing can be read; a characteristic may go or come.
MUST = ("year", "value")
# As many of the columns, and of the labels that tell one indicator from another, must be those of the indicator.
KNOWN_COLUMNS, KNOWN_LABELS = 0.6, 0.6
SEVERAL = 4
YEAR = re.compile(r"[12]\d{3}", re.ASCII)
# Columns that every indicator may have; sets of characteristics have names, which parts.csv gives an indicator.
EVERY = ""


@dataclass(frozen=True)
class Indicator:
    """One indicator as some of its issues print it: its columns by role, its own first, and its tables of labels."""

    key: str
    columns: list[Record]
    data: Path

    @property
    def number(self) -> str:
        """The indicator, whichever of its issues: 5-2-2 of "5-2-2 of family abuse"."""
        return _number(self.key)

    def table(self, name: str) -> list[Record]:
        """The rows of a layout table that speak of these issues; where none does, those of the indicator."""
        rows = grouped(layout(self.data, f"csew_sdg/{name}"), lambda row: row["indicator"])
        return rows.get(self.key) or rows.get(self.number, [])

    @cached_property
    def kinds(self) -> list[Record]:
        """What its labels of kinds name."""
        return self.table("series")

    def places(self, header: Sequence[Any]) -> dict[int, Record]:
        """Position of every known column -> its row of columns.csv; of several wordings the first that stands there."""
        labels = [header_label(cell) for cell in header]
        there = set(labels)
        rows: dict[int, Record] = {}
        for column in self.columns:
            at = next((labels.index(label) for label in _wordings(column["header"]) if label in there), None)
            if at is not None:
                rows.setdefault(at, column)
        return rows

    def lacks(self, header: Sequence[Any]) -> list[str]:
        """Wordings of the columns that it must have and a header has not: the year, the value, and what tells it from others."""
        there = [column["header"] for column in self.places(header).values()]
        return [column["header"] for column in self.columns
                if (column["role"] in MUST or _tells(column)) and column["header"] not in there]  # fmt: skip

    def survey_year(self, printed: str) -> Period | None:
        """The survey year that a text names; a bare year is its first or last where the layout says so, with its citation."""
        period = april_to_march(printed)
        bare = {part["bare_years"] for part in self.table("parts")}
        if period is None and YEAR.fullmatch(printed) and bare in ({"first"}, {"last"}):
            first = int(printed) - (bare == {"last"})
            period = april_to_march(f"{first}/{(first + 1) % 100:02}")
        return period

    def kind(self, part: str, kind: str, subkind: str) -> Record | None:
        """What two labels name, by their words; Ambiguous where they are as near to two."""
        of_part = [row for row in self.kinds if row["part"] == part]
        return _nearest(_nearest_all(of_part, "kind", kind), "subkind", subkind)

    def likeness(self, rows: Sequence[Sequence[Any]]) -> float:
        """From 0 to 1, how much of the columns is known; 0 where a target is lacking or most labels are of something else."""
        header = rows[0]
        if not (share := self.share(header)):
            return 0.0
        for at, column in self.places(header).items():
            printed = {str(row[at]).strip() for row in rows[1:] if at < len(row)} - {""}
            known = sum(self._knows(column, cell) for cell in printed)
            if known < KNOWN_LABELS * len(printed) or (
                _tells(column) and not printed and not self._alone_has(header[at])
            ):
                return 0.0
        return share

    def share(self, header: Sequence[Any]) -> float:
        """From 0 to 1, how many columns of a header are known; 0 where one is lacking or of another indicator, or few are."""
        places = self.places(header)
        if self.lacks(header) or self._has_kinds_of_another(header, places):
            return 0.0
        share = len(places) / max(1, sum(bool(str(cell).strip()) for cell in header))
        return share if share >= KNOWN_COLUMNS else 0.0

    def _has_kinds_of_another(self, header: Sequence[Any], known: Collection[int]) -> bool:
        """Has a header a column of kinds that only another indicator knows? What it is of is then something else."""
        of_kinds = [row for row in layout(self.data, "csew_sdg/columns") if row["role"] in ("kind", "subkind")]
        labels = {label for row in of_kinds for label in _wordings(row["header"])}
        return any(header_label(cell) in labels for at, cell in enumerate(header) if at not in known)

    def _alone_has(self, printed: Any) -> bool:
        """Has no other a column of this header? Only then does it tell the indicator without any label below it."""
        return _owners(self.data).get(header_label(printed)) == {self.key}

    def _knows(self, column: Record, printed: str) -> bool:
        """Is a label one of the indicator's, of a column whose labels are known?"""
        role = column["role"]
        try:
            if column["labels"]:
                return listed_label(column, printed) is not None
            return role not in ("kind", "subkind") or bool(_nearest_all(self.kinds, role, printed))
        except Ambiguous:
            return True


def listed_label(column: Record, printed: str) -> str | None:
    """The label of a column's list that a printed one is; None where it is none of them, or none are listed."""
    targets = _targets(column["labels"])
    match = targets.find(printed)
    return targets.wordings[match.target] if match else None


@cache
def _wordings(header: str) -> tuple[str, ...]:
    """The wordings of a column, as headers are compared."""
    return tuple(map(header_label, header.split("|")))


@cache
def _targets(labels: str) -> Targets:
    return Targets(labels.split("|"), labels.split("|"))


def _number(key: str) -> str:
    return key.split(" ")[0]


def _tells(column: Record) -> bool:
    """Does a column tell an indicator from others: its kinds, or labels that are listed?"""
    return column["role"] == "kind" or bool(column["labels"])


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
    """All indicators of the layout; their own columns stand before those that several have."""
    rows = grouped(layout(data, "csew_sdg/columns"), lambda row: row["indicator"])
    shared = {
        row["indicator"]: filter(None, row["characteristics"].split("|")) for row in layout(data, "csew_sdg/parts")
    }
    return [Indicator(key, [column for of in (key, EVERY, *groups) for column in rows[of]], data)
            for key, groups in shared.items()]  # fmt: skip


def _owners(data: Path) -> dict[str, set[str]]:
    """Every known header -> the indicators that have it, or the name of several."""
    owners: dict[str, set[str]] = {}
    for row in layout(data, "csew_sdg/columns"):
        for label in _wordings(row["header"]):
            owners.setdefault(label, set()).add(row["indicator"])
    return owners


def header_row(rows: Sequence[Sequence[Any]], data: Path) -> int:
    """Where the header stands: the first row that has all columns that an indicator must have, below lines that say what
    the file is; the first of all where there is none."""
    every = indicators(data)
    wanted = {label for column in every[0].columns if column["role"] in MUST for label in _wordings(column["header"])}
    likely = (at for at, row in enumerate(rows[:PREAMBLE]) if not wanted.isdisjoint(map(header_label, row)))
    return next((at for at in likely if not all(indicator.lacks(rows[at]) for indicator in every)), 0)


def indicator_of(rows: Sequence[Sequence[Any]], data: Path) -> Indicator | None:
    """The indicator that a table is: the one whose columns and kinds it shares most of; None where it is none."""
    rows = rows[header_row(rows, data) :]
    if not rows:
        return None
    best = max(indicators(data), key=lambda indicator: (indicator.likeness(rows), len(indicator.places(rows[0]))))
    return best if best.likeness(rows) > 0 else None


def refuse_if_nearly(header: Sequence[Any], data: Path, place: str) -> None:
    """BadInput where a header has columns that not every indicator may have, and lacks some that it must have: they were renamed.

    Nothing where it has all columns of one: what stands below them is of something else.
    """
    known = indicators(data)
    if any(candidate.share(header) for candidate in known):
        return
    owners = _owners(data)
    numbers = [{_number(key) for key in owners.get(header_label(cell), ())} for cell in header]
    all_numbers = {candidate.number for candidate in known}
    for indicator in sorted(
        known,
        key=lambda candidate: (candidate.number in place, len(candidate.places(header)), _resembles(candidate, header)),
        reverse=True,
    ):
        there = list(indicator.places(header).values())
        alike = (
            any(indicator.number in of for of in numbers if of <= all_numbers)
            or sum(column["role"] == "characteristic" for column in there) >= SEVERAL
        )
        if (lacking := indicator.lacks(header)) and len(there) >= SEVERAL and alike:
            raise BadInput(
                f"{place} is nearly indicator {indicator.number}",
                [Problem(f"{place}, row 1", column.replace("|", " or "), "no such column",
                         f"the column of indicator {indicator.number}",
                         f"The header has {first_of(map(str, header), NAMED)}. Where it is that indicator, take a release that "
                         "has the column, or say in data/layouts/csew_sdg/columns.csv what it is called now; where it is of "
                         "something else, leave it out.")
                 for column in lacking],
            )  # fmt: skip


def of_another(header: Sequence[Any], data: Path) -> str:
    """Of a table with all columns that every indicator has, and that is none of those known: that it is one; else empty."""
    every = [row for row in layout(data, "csew_sdg/columns") if row["indicator"] == EVERY]
    labels = {header_label(cell) for cell in header}
    there = {row["role"] for row in every if not labels.isdisjoint(_wordings(row["header"]))}
    if not {*MUST, "status", "expected"} <= there:
        return ""
    numbers = ", ".join(sorted({indicator.number.replace("-", ".") for indicator in indicators(data)}))
    return f" It has the form of the UK SDG data, and of no indicator that is read here ({numbers})."


def _resembles(indicator: Indicator, header: Sequence[Any]) -> tuple[float, float]:
    """How much of an indicator's own columns a header has, and how like its wordings the column is that is lacking."""
    own = [column for column in indicator.columns if column["indicator"] == indicator.key]
    lacking = [words(text) for column in indicator.lacks(header) for text in column.split("|")]
    alike = (likeness(text, words(str(cell))) for text in lacking for cell in header)
    return sum(column in own for column in indicator.places(header).values()) / len(own), max(alike, default=0.0)


def own_words(reference: Reference, source: str) -> set[str]:
    """The words that name the publication, or all that it covers: of a line they say nothing."""
    about = read_sources(reference.data)[source]
    wholes = reference.areas["name"][reference.areas["area_type"] == "country_group"]
    return {
        *words(" ".join([source.replace("_", " "), "ONS crime survey", about["publisher"], about["title"], *wholes]))
    }


def is_label(printed: str, expected: str) -> bool:
    """Does a label say what is expected, and nothing else?"""
    return same_unit(printed, expected) and {*words(printed)} <= {*words(expected), "percent", "cent"}


def same_unit(printed: str, expected: str) -> bool:
    """Is a printed unit the expected one, whatever stands beside it?"""
    percent = ("%" in printed or "percent" in printed.casefold()) and "percent" in expected.casefold()
    return percent or words(printed) == words(expected)
