"""Tables of which a newer release has lost so much that they look cut off: set aside, so that the older release stays."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pandas as pd

from assets.archive.findings.lost import ends_early, families, loss_of
from assets.archive.findings.series_lost import Held, family_of
from assets.archive.read_file import FileReading
from assets.archive.reading.result import Finding
from assets.archive.reading.tolerated import tolerated
from schemas.row_types import ReleaseRow

Read = list[tuple[str, FileReading]]


def without_cut_tables(read: Read, data: Path, sources: Collection[str]) -> tuple[Read, list[Finding]]:
    """The readings without the tables that a newer release lost, and a finding for every loss.

    read: file -> its reading; sources: publications whose tables are compared, each release with the one before it that has
    the table; a loss from `figures_lost` of data/layouts/tolerated.csv upwards sets its table aside
    """
    share = tolerated(data, "figures_lost")
    findings: list[Finding] = []
    cut: dict[tuple[str, str], set[str]] = defaultdict(set)
    before: dict[tuple[str, str], Held] = {}
    for held in _releases(read, sources):
        source, release = held.about["source"], held.about["release"]
        for family in sorted(families(held)):
            older = before.get((source, family))
            loss = loss_of(family, older, held) if older else None
            early = ends_early(family, older, held) if older else None
            findings += [early] if early else []
            if loss is not None:
                findings.append(loss.told(blocks=loss.share >= share))
            if loss is not None and loss.share >= share:
                cut[source, release].add(family)
            else:
                before[source, family] = held
    return [(place, _without(reading, cut)) for place, reading in read], findings


def _releases(read: Read, sources: Collection[str]) -> list[Held]:
    """Every release of some publications with the figures of all its files, in the order of release."""
    frames: dict[tuple[str, str], list[pd.DataFrame]] = defaultdict(list)
    about: dict[tuple[str, str], ReleaseRow] = {}
    for _, reading in read:
        if reading.of is not None and reading.release.get("source") in sources:
            frames[reading.of].append(reading.frame)
            about[reading.of] = reading.release
    held = [Held(pd.concat(some, ignore_index=True), about[of]) for of, some in frames.items()]
    return sorted(held, key=lambda one: (one.about["vintage_order"], one.release))


def _without(reading: FileReading, cut: dict[tuple[str, str], set[str]]) -> FileReading:
    gone = cut.get(reading.of) if reading.of else None
    if not gone:
        return reading
    frame = reading.frame[[family_of(series) not in gone for series in reading.frame["series"]]].reset_index(drop=True)
    return replace(reading, frame=frame, release=reading.release if len(frame) else {})
