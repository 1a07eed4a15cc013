"""Which publications each table of facts holds figures of, and their newest release: from the tracked input alone."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assets.archive.tracked.figures import COUNTS, POPULATIONS, figure_files
from assets.reference.releases import RELEASES, read_sources
from assets.words.problems import BadInput

FIGURES, SERIES = "archive.figure", "reference/series.csv"
FORCE_FILES = {"recorded.force_count": COUNTS, "population.estimate": POPULATIONS}
OPEN = "Open Government Licence v3.0"
OPEN_TAG, QUOTED_TAG = "OGL-v3.0", "OGL-v3.0-and-quoted-figures"

# Publication -> (vintage order, key) of its newest release.
Newest = dict[str, tuple[int, str]]


def newest_tracked(data: Path) -> dict[str, Newest]:
    """Table key -> publication -> newest tracked release of the figures it holds; empty where the input cannot be read.

    A refresh names what is wrong with the input; what only describes tables stays silent.
    """
    try:
        tables = {row["series"]: row["table"] for row in _rows(data / SERIES)}
        order = {(row["source"], row["release"]): int(row["vintage_order"]) for row in _rows(data / RELEASES)}
        newest_of: dict[str, Newest] = {FIGURES: {}}
        for table, name in FORCE_FILES.items():
            newest_of[table] = {}
            for source, release in {(row["source"], row["release"]) for row in _rows(data / name)}:
                newest_of[table] = newer(newest_of[table], {source: (order.get((source, release), 0), release)})
        for path in figure_files(data):
            for series, *pair in {(row["series"], row["source"], row["release"]) for row in _rows(path)}:
                source, release = pair
                newest = {source: (order.get((source, release), 0), release)}
                for table in {FIGURES, tables.get(series, FIGURES)}:
                    newest_of[table] = newer(newest_of.get(table, {}), newest)
    except (BadInput, OSError, ValueError, KeyError):
        return {}
    return newest_of


def newer(this: Newest, other: Newest) -> Newest:
    """The publications of two sets, each with the newer of its releases."""
    return this | {source: max(release, this.get(source, release)) for source, release in other.items()}


def tracked_publications(data: Path) -> Mapping[str, Mapping[str, Any]]:
    """What `data/sources.yaml` says of each publication; nothing where it cannot be read."""
    try:
        return read_sources(data)
    except BadInput:
        return {}


def licence_tag(known: Mapping[str, Mapping[str, Any]], sources: Newest) -> str:
    """One word for the licence of figures of some of the `known` publications; nothing where none of them is known."""
    licences = {str(known[source]["licence"]) for source in sources if source in known}
    return (OPEN_TAG if licences == {OPEN} else QUOTED_TAG) if licences else ""


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)
