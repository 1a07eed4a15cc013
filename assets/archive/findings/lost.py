"""What a table of an older release has and the same table of a newer one lacks.

A table that has lost so much that it looks cut off is set aside, so that the older release stays.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from assets.archive.findings.by_key import ByKey, family_of
from assets.archive.reading.layout_tables import tolerated
from assets.archive.reading.result import Finding, Reading, SetAside, finding
from assets.words.wording import first_of
from schemas.row_types import ReleaseRow

Read = list[tuple[str, Reading]]


def without_cut_tables(read: Read, data: Path, sources: Collection[str]) -> tuple[Read, list[Finding]]:
    """The readings without the tables that a newer release lost, and a finding for every loss.

    read: file -> its reading; sources: publications whose tables are compared, each release with the one before it that has
    the table; a loss from `figures_lost` of data/layouts/tolerated.csv upwards sets its table aside, but for what may stand in
    a table that is set aside already
    """
    share = tolerated(data, "figures_lost")
    refused: dict[object, list[SetAside]] = defaultdict(list)
    for _, reading in read:
        refused[reading.of] += reading.set_aside
    findings: list[Finding] = []
    cut: dict[tuple[str, str], set[str]] = defaultdict(set)
    before: dict[tuple[str, str], ByKey] = {}
    for by_key in _releases(read, sources):
        source, release = by_key.about["source"], by_key.about["release"]
        for family in sorted(families(by_key)):
            older = before.get((source, family))
            loss = loss_of(family, older, by_key) if older else None
            early = ends_early(family, older, by_key) if older else None
            findings += [early] if early else []
            blocks = (
                older is not None
                and loss is not None
                and loss.share >= share
                and family not in _families_beside(older, refused[source, release])
            )
            if loss is not None:
                findings.append(loss.told(blocks))
            if blocks:
                cut[source, release].add(family)
            else:
                before[source, family] = by_key
    return [(place, _without(reading, cut)) for place, reading in read], findings


def _releases(read: Read, sources: Collection[str]) -> list[ByKey]:
    """Every release of some publications with the figures of all its files, in the order of release."""
    frames: dict[tuple[str, str], list[pd.DataFrame]] = defaultdict(list)
    about: dict[tuple[str, str], ReleaseRow] = {}
    for _, reading in read:
        if reading.of is not None and reading.release.get("source") in sources:
            frames[reading.of].append(reading.frame)
            about[reading.of] = reading.release
    releases = [ByKey(pd.concat(some, ignore_index=True), about[of]) for of, some in frames.items()]
    return sorted(releases, key=lambda by_key: (by_key.about["vintage_order"], by_key.release))


def _without(reading: Reading, cut: dict[tuple[str, str], set[str]]) -> Reading:
    gone = cut.get(reading.of) if reading.of else None
    if not gone:
        return reading
    frame = reading.frame[[family_of(series) not in gone for series in reading.frame["series"]]].reset_index(drop=True)
    return replace(reading, frame=frame, release=reading.release if len(frame) else {})


def _families_beside(older: ByKey, refused: Collection[SetAside]) -> set[str]:
    """The tables of which an older release prints figures on the sheets of those that a newer one has set aside."""
    patterns = [re.compile(table.series) for table in refused if table.series]
    sheets = {table.sheet for table in refused} | {
        row["sheet"]
        for (series, *_), row in older.rows.items()
        if any(pattern.fullmatch(series) for pattern in patterns)
    }
    return {family_of(series) for (series, *_), row in older.rows.items() if row["sheet"] in sheets}


SHOWN = 6


@dataclass(frozen=True)
class Loss:
    """Numbers of one table that an older release prints, for periods that both have, and a newer one does not.

    family: the table of series; lost, of: how many of how many; series, areas: those of which no number is left
    """

    family: str
    older: str
    newer: str
    lost: tuple[str, ...]
    of: int
    series: tuple[str, ...]
    areas: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part that is lost."""
        return len(self.lost) / self.of

    def told(self, blocks: bool) -> Finding:
        """A warning, or where it blocks, that the table is set aside."""
        gone = [
            f"no {what} {first_of(names, SHOWN)}"
            for what, names in (("series", self.series), ("area", self.areas))
            if names
        ] or [first_of(self.lost, SHOWN)]
        evidence = f"{len(self.lost):,} of {self.of:,} figures of {self.family} are not in the newer release: {'; '.join(gone)}."
        return finding(
            "table_set_aside" if blocks else "figures_lost", "error" if blocks else "warning",
            f"{self.newer} against {self.older}, {self.family}", evidence,
            "Set aside: it looks like a table that was cut off. The older release stays in its place. Fetch the file again;"
            " where the publisher really left so much out, raise figures_lost in data/layouts/tolerated.csv."
            if blocks
            else "The older release keeps its figures; nothing is put in the place of what is missing.",
        )  # fmt: skip


def loss_of(family: str, older: ByKey, newer: ByKey) -> Loss | None:
    """What of a table the newer release lacks; None where it lacks nothing.

    Periods that roll off or that only one release has are no loss; where the two have no period in common, rows are compared.
    A number that became a marker is lost. A sheet of which nothing is there was not cut off: a table may land alone.
    """
    had, have = _numbers(family, older), _numbers(family, newer)
    rows = {(series, area) for series, _, area in have}
    there = {sheet for (series, _, area), sheet in had.items() if (series, area) in rows}
    had = {cell: sheet for cell, sheet in had.items() if sheet in there} or had
    prints = {_period(start, end) for series, start, end, _ in newer.rows if family_of(series) == family}
    common = {period for _, period, _ in had} & prints
    every = [cell for cell in had if cell[1] in common] or sorted({(series, "", area) for series, _, area in had})
    lost = [cell for cell in every if (cell not in have if common else (cell[0], cell[2]) not in rows)]
    if not lost:
        return None
    series_kept, areas_kept = {series for series, _, _ in have}, {area for _, _, area in have}
    return Loss(
        family, older.release, newer.release, tuple(" ".join(filter(None, cell)) for cell in lost), len(every),
        tuple(dict.fromkeys(series for series, _, _ in lost if series not in series_kept)),
        tuple(dict.fromkeys(area for _, _, area in lost if area not in areas_kept)),
    )  # fmt: skip


def ends_early(family: str, older: ByKey, newer: ByKey) -> Finding | None:
    """A table that went to the end of the older release's period, and does not go to that of the newer one.

    Every table of the seven titled releases that were tried does, but for populations, which never do.
    """
    last, before = (
        max((end for _, _, end, _ in by_key.numbers.get(family, ())), default=None) for by_key in (newer, older)
    )
    if last is None or before != older.about["period_end"] or last >= newer.about["period_end"]:
        return None
    of_older = " It ends as the older release does: it may be a table of that one." if last == before else ""
    return finding(
        "table_ends_early", "warning", f"{newer.release} against {older.release}, {family}",
        f"The figures of {family} end with {last}; the release is of the period to {newer.about['period_end']}.{of_older}",
        "Read under the periods that it prints. Look whether the publisher brought this table up to date.",
    )  # fmt: skip


def _numbers(family: str, by_key: ByKey) -> dict[tuple[str, str, str], str]:
    """Series, period and area of every number of a table, in the order of the table, and the sheet that it stands on."""
    return {
        (key[0], _period(key[1], key[2]), key[3]): by_key.rows[key]["sheet"] for key in by_key.numbers.get(family, ())
    }


def _period(start: datetime.date, end: datetime.date) -> str:
    return f"{start}..{end}"


def families(by_key: ByKey) -> set[str]:
    """The tables that a release has figures of."""
    return {family_of(series) for series in by_key.by_series}
