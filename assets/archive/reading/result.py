"""What every reader gives back: rows, the release they are of, what was noticed, and what was set aside."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from assets.archive.reading.shown import NO_RESULT
from assets.archive.reading.values import SHORTHAND
from assets.tables.records import grouped
from assets.words.problems import BadInput, Problem
from schemas.row_types import FindingRow, ReleasedTableRow, ReleaseRow

Finding = FindingRow
# As many cells that are no numbers, or such a part of all, are left out alone; more refuse their table.
FEW, FEW_OF = 3, 0.02
SAID_EACH = (
    4  # of so many places a finding of each is read: one table for the year, its change, its rate and the year before
)
SHORT = 3  # letters or signs of a marker without brackets


@dataclass(frozen=True)
class ReleaseKey:
    """The release that a file belongs to, as the rows of its figures name it.

    source:  key of the publication
    release: key of the release
    designation:   standing of the statistic (a code of `DESIGNATION`)
    url:     where the file was read; None where it was dropped in by hand
    """

    source: str
    release: str
    designation: str
    url: str | None = None


@dataclass(frozen=True)
class SetAside:
    """A file, or one table of it, that was not read: what it is in words, why, and which series its figures have.

    series: pattern over keys of `reference.series`; empty for a whole file
    sheet:  the sheet, where a series may stand on several; empty where the series say enough
    """

    what: str
    problems: tuple[Problem, ...]
    series: str = ""
    sheet: str = ""


@dataclass
class Reading:
    """One file as read.

    frame:     the rows, in the columns of the table they are for, without row ids
    staged:    the staged table its rows go to; empty where it is no publication that is known, or nobody has said
    release:   the row of `meta.release` that the contents give; empty where nobody has said
    findings:  rows of `meta.finding` without row ids
    left_out:  what stands in the file and is no row here: `what`, `why`, `rows`
    set_aside: tables that could not be read
    tables:    rows of `archive.table`: titles, subtitles and notes of the tables that were found
    """

    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)
    release: ReleaseRow = field(default_factory=ReleaseRow)
    set_aside: list[SetAside] = field(default_factory=list)
    tables: list[ReleasedTableRow] = field(default_factory=list)
    staged: str = ""

    @property
    def of(self) -> tuple[str, str] | None:
        """(source, release); None where the file is no publication that is known."""
        return (self.release["source"], self.release["release"]) if self.release else None

    def refuse_if_set_aside(self) -> None:
        """BadInput with every problem of every table that was set aside."""
        if self.set_aside:
            problems = [problem for refused in self.set_aside for problem in refused.problems]
            what = ", ".join(refused.what.removesuffix(" cannot be read") for refused in self.set_aside)
            raise BadInput(f"{what} cannot be read", problems)


def finding(kind: str, severity: str, place: str, evidence: str, handling: str, inputs: Sequence[str] = ()) -> Finding:
    """A row of `meta.finding` without its row id; severity is info, warning or error."""
    return {
        "kind": kind, "severity": severity, "place": place, "evidence": evidence, "handling": handling,
        "inputs": list(inputs),
    }  # fmt: skip


def record_set_aside(place: str, problem: Problem, handling: str) -> Finding:
    """The finding of what is left out alone; handling: what becomes of the rest."""
    evidence = f"Found {problem.value}; expected {problem.expected}."
    return finding("record_set_aside", "error", place, evidence, f"{handling} {problem.remedy}")


DECIMAL_COMMA = re.compile(r"-?\d*,\d+(?:e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
WITH_POINTS = "Save the file with a point before decimals, and no comma."
AS_NUMBERS = (
    "Save the file with numbers as numbers: a point before decimals, and no sign but a comma between thousands."
)
TOGETHER = {WITH_POINTS: "a comma before decimals", AS_NUMBERS: "other numbers so written"}
NEW_MARKER = "A new marker is added to data/layouts/markers.csv, with its source."
ANOTHER_COPY = "A spreadsheet did not work it out: look for the figure in another copy of the release."


def few(problems: Sequence[Problem], of: int) -> bool:
    """May cells that are no numbers be left out alone? A marker that is not known says itself that there is no figure, but for
    one without brackets in most cells: what stands there may be no column of figures."""
    shorthand = sum(map(_is_marker, problems))
    bare = shorthand - sum(map(_in_brackets, problems))
    return len(problems) - shorthand <= max(FEW, FEW_OF * of) and bare <= max(FEW, of / 2)


def _is_marker(problem: Problem) -> bool:
    """Is it shorthand: in brackets, or as short as "x", "-" or "n/a" and without any digit?"""
    printed = problem.value.strip("'").strip()
    short = 0 < len(printed) <= SHORT and not any(sign.isdigit() for sign in printed)
    return short or _in_brackets(problem)


def _in_brackets(problem: Problem) -> bool:
    """Or says itself, in another way, that there is no figure."""
    return any(known.fullmatch(problem.value.strip("'")) for known in (SHORTHAND, NO_RESULT))


def each_marker_once(problems: Sequence[Problem]) -> list[Problem]:
    """Problems of cells, those of one marker that is not known as one, which says how many there are; so are numbers of
    another writing."""
    alike: dict[str, list[Problem]] = {}
    for at, problem in enumerate(problems):
        key = problem.value if _is_marker(problem) else problem.remedy if problem.remedy in TOGETHER else str(at)
        alike.setdefault(key, []).append(problem)
    return [
        replace(first, value=f"{first.value} in {len(more) + 1:,} cells, the first of them this one")
        if more and key == first.value
        else replace(first, value=f"{first.value}, and {TOGETHER[key]} in {len(more):,} more cells")
        if more
        else first
        for key, (first, *more) in alike.items()
    ]


def what_to_do(printed: str) -> str:
    """About a cell that is no number and no marker that is known."""
    if NO_RESULT.fullmatch(printed.strip()):
        return ANOTHER_COPY
    if DECIMAL_COMMA.fullmatch(printed.strip()):
        return WITH_POINTS
    number = sum(map(str.isdigit, printed)) > sum(map(str.isalpha, printed)) and not printed.strip().startswith("[")
    return AS_NUMBERS if number else NEW_MARKER


def each_once(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of one file, those that say one thing of many places as one, at the first of them."""
    once: list[Finding] = []
    for rows in grouped(findings, lambda row: (row["kind"], row["evidence"], row["handling"])).values():
        if len(rows) > SAID_EACH:
            rows[0]["evidence"] += f" So in {len(rows):,} places, the last at {rows[-1]['place']}."
            del rows[1:]
        once += rows
    return once


def unreadable_cell(problem: Problem) -> Finding:
    """A cell that is neither a number nor a known marker, left out alone."""
    return finding(
        "figure_set_aside", "error", problem.place, f"Found {problem.value}; expected {problem.expected}.",
        f"The figure is left out; everything beside it is read. {problem.remedy}",
    )  # fmt: skip


# Figures read from a release, in the columns of `archive.figure`.
COLUMNS = (
    "series", "sex", "age", "characteristic", "characteristic_value", "area_code", "period_start", "period_end",
    "period_type", "value", "unit", "obs_status", "printed", "lower", "upper", "standard_error", "base", "source",
    "release", "sheet", "cell", "url", "designation", "note", "file", "line",
)  # fmt: skip


def figure_frame(rows: Iterable[dict[str, Any]], release: ReleaseKey) -> pd.DataFrame:
    """Rows as a frame of `archive.figure` without row ids; what a row does not say is empty or said by the release."""
    columns = {
        "source": release.source,
        "release": release.release,
        "url": release.url,
        "designation": release.designation,
    }
    made = [dict.fromkeys(COLUMNS) | columns | row for row in rows]
    return pd.DataFrame(made, columns=list(COLUMNS), dtype="object")
