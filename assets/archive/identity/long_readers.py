"""The readers of open data by publication, and the staged table that each fills."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assets.archive.identity.long_identity import Identity
from assets.archive.publications.csew_open import read as csew_open
from assets.archive.publications.csew_sdg import read as csew_sdg
from assets.archive.publications.ho_outcomes import read as ho_outcomes
from assets.archive.publications.ho_prc_pfa import read as ho_prc_pfa
from assets.archive.publications.ons_population import read as ons_population
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Reading, ReleaseKey

FIGURES, COUNTS, OUTCOMES = "archive.landed_figure", "archive.landed_count", "archive.landed_outcome"


@dataclass(frozen=True)
class Reader:
    """A reader: the staged table that its rows go to, and the function that reads a file."""

    staged: str
    read: Callable[[Path, ReleaseKey, Reference], Reading]


READERS = {
    "ho_prc_pfa": Reader(COUNTS, ho_prc_pfa.read),
    "ho_outcomes": Reader(OUTCOMES, ho_outcomes.read),
    "csew_sdg": Reader(FIGURES, csew_sdg.read),
    "csew_open": Reader(FIGURES, csew_open.read),
    "ons_population": Reader(FIGURES, ons_population.read),
}


def read(path: Path, identity: Identity, reference: Reference) -> Reading:
    """The rows of a file that `identify` recognised."""
    return READERS[identity.reader].read(path, identity.as_release(), reference)
