"""The readers of open data by publication, and the table that each fills."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assets.archive.open_data import csew_open, csew_sdg, ho_outcomes, ho_prc_pfa, ons_population
from assets.archive.open_data.counts import Reference
from assets.archive.open_data.identity import Identity
from assets.archive.open_data.reading import Reading, Release


@dataclass(frozen=True)
class Reader:
    """A reader: the table its rows belong to, and the function that reads a file."""

    table: str
    read: Callable[[Path, Release, Reference], Reading]


READERS = {
    "ho_prc_pfa": Reader("recorded.offence_count", ho_prc_pfa.read),
    "ho_outcomes": Reader("recorded.outcome_count", ho_outcomes.read),
    "csew_sdg": Reader(
        "archive.figure", lambda path, release, r: csew_sdg.read(path, release, r.areas, r.series, r.data)
    ),
    "csew_open": Reader("archive.figure", lambda path, release, r: csew_open.read(path, release, r.areas, r.data)),
    "ons_population": Reader(
        "archive.figure", lambda path, release, r: ons_population.read(path, release, r.areas, r.data)
    ),
}


def read(path: Path, identity: Identity, reference: Reference) -> Reading:
    """The rows of a file that `identify` recognised."""
    return READERS[identity.reader].read(path, identity.as_release(), reference)
