"""What was known on a day: releases that came out later, their figures and their files are left out before anything reads them.

A release is dated by its `vintage_order`: the day of release as yyyymmdd, printed or inferred. No day at all means everything.
"""

import datetime
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pandas as pd

from assets.archive.gate.landing import landed_files
from assets.archive.gate.sidecar import has_sidecar, sidecar_of
from assets.archive.identity.identify import identify_or_none
from assets.archive.landed.apart import Apart
from assets.archive.landed.landed import read_landing
from assets.archive.reading.reference import Reference
from assets.reference.known_on import Pair, order_of, tracked_orders
from assets.reference.releases import all_releases
from assets.words.problems import BadInput, cannot


def released_by(rows: pd.DataFrame, as_of: datetime.date | None) -> pd.DataFrame:
    """The rows of `meta.release` that were out on a day; BadInput where none was, with the first that came."""
    if as_of is None:
        return rows
    known = rows[rows["vintage_order"] <= order_of(as_of)]
    if not len(known):
        raise nothing_known(as_of, int(rows["vintage_order"].min()))
    return known


def releases_as_of(data: Path, landed: pd.DataFrame, as_of: datetime.date | None = None) -> pd.DataFrame:
    """`assets.reference.releases.all_releases` that were out on the day, or all."""
    return released_by(all_releases(data, landed), as_of)


def nothing_known(as_of: datetime.date, first: int) -> BadInput:
    """The refusal of a day before the first release."""
    day = datetime.datetime.strptime(str(first), "%Y%m%d").date()
    what, wanted = (
        f"Nothing that is held had been released by {as_of}",
        f"{day} or later, the day of the first release held",
    )
    return cannot(what, "as of", str(as_of), wanted, "Name a later day.")


def earliest(data: Path, landing: Path) -> int:
    """vintage_order of the first release that is tracked or landed."""
    tracked = tracked_orders(data)
    landed = (_order(path, data, tracked) for path in landed_files(landing))
    return min([*tracked.values(), *(order for order in landed if order)])


def read_landing_as_of(
    landing: Path,
    data: Path,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    as_of: datetime.date | None = None,
    readings: Path | None = None,
) -> dict[str, pd.DataFrame]:
    """`read_landing` over the files of releases that were out on the day, or over all; each read in a process apart."""
    with landing_known_on(landing, data, as_of) if as_of else nullcontext(landing) as known, Apart() as reader:
        return read_landing(known, Reference(data, series, offences, areas), readings, reader)


@contextmanager
def landing_known_on(landing: Path, data: Path, as_of: datetime.date) -> Iterator[Path]:
    """A landing folder for the time of the block, with the files of releases that were out on the day, under their own paths.

    A file of no known publication is left out: nothing says when it came out.
    """
    tracked = tracked_orders(data)
    with tempfile.TemporaryDirectory(prefix="darkfigure-as-of-") as folder:
        for path in landed_files(landing):
            order = _order(path, data, tracked)
            if order and order <= order_of(as_of):
                _put(path, Path(folder) / path.relative_to(landing))
                if has_sidecar(path):
                    _put(sidecar_of(path), sidecar_of(Path(folder) / path.relative_to(landing)))
        yield Path(folder)


def _order(path: Path, data: Path, tracked: dict[Pair, int]) -> int | None:
    """vintage_order of a landed file's release, the tracked one where there is one; None where it has none."""
    identity = identify_or_none(path, data)
    if identity is None:
        return None
    return tracked.get((identity.source, identity.release)) or identity.vintage_order


def _put(path: Path, target: Path) -> None:
    """A file under another path: a link, or a copy where the system allows no links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.symlink_to(path.resolve())
    except (OSError, NotImplementedError):
        shutil.copyfile(path, target)
