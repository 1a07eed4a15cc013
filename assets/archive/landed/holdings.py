"""The publications that land as files, and a fingerprint of what of each has landed."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assets.archive.gate.landing import landed_files
from assets.archive.gate.sidecar import read_sidecar
from assets.archive.identity.identify import identify
from assets.archive.identity.long_readers import READERS as OPEN_DATA
from assets.archive.titled.recognise import titled_publications
from assets.tables.files import fingerprint
from assets.words.problems import BadInput

# Where the layouts lie when the code is loaded, for what must be known then.
DATA = Path(os.environ.get("DARKFIGURE_DATA") or Path(__file__).resolve().parents[3] / "data")
# Those with layouts or a reader: a file of any other publication would not be recognised.
PUBLICATIONS = (*titled_publications(DATA), *OPEN_DATA)
NOTHING = "nothing landed"


@dataclass(frozen=True)
class Holding:
    """What has landed of one publication: path below the landing folder -> sha256, and the releases it is of."""

    files: Mapping[str, str] = field(default_factory=dict)
    releases: frozenset[str] = frozenset()

    @property
    def version(self) -> str:
        """One sha256 over the fingerprints of the files, whatever they are called; words where there is none."""
        if not self.files:
            return NOTHING
        return hashlib.sha256("\n".join(sorted(self.files.values())).encode()).hexdigest()


def holdings(landing: Path, data: Path) -> dict[str, Holding]:
    """Publication -> what has landed of it, read anew from the files each time.

    A sidecar says whose a fetched file is; one dropped in by hand is recognised by its content. A file that cannot be
    recognised belongs to no publication: reading the landing folder says what is wrong with it.
    """
    files: dict[str, dict[str, str]] = {source: {} for source in PUBLICATIONS}
    releases: dict[str, set[str]] = {source: set() for source in PUBLICATIONS}
    for path in landed_files(landing):
        owner = _owner(path, data)
        if owner is not None and owner[0] in files:
            files[owner[0]][path.relative_to(landing).as_posix()] = fingerprint(path)
            releases[owner[0]].add(owner[1])
    return {source: Holding(files[source], frozenset(releases[source])) for source in PUBLICATIONS}


def _owner(path: Path, data: Path) -> tuple[str, str] | None:
    """(source, release) of a landed file."""
    try:
        sidecar = read_sidecar(path)
        if sidecar is not None:
            return sidecar.source, sidecar.release
        identity = identify(path, data)
    except BadInput:
        return None
    return None if identity is None else (identity.source, identity.release)
