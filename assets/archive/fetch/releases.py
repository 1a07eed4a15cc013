"""What `darkfigure releases` and `darkfigure fetch` do, without printing."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from assets.archive.fetch.client import Client
from assets.archive.fetch.discover import Offered, discover
from assets.archive.fetch.download import Fetched, Progress, download
from assets.archive.fetch.settings import Settings
from assets.archive.gate.landing import landed_files
from assets.archive.gate.sidecar import read_sidecar
from assets.archive.identity.cadence import next_due
from assets.archive.identity.long_identity import Identity
from assets.archive.reading.periods import day as printed_day
from assets.tables.files import fingerprint
from assets.words.problems import BadInput, cannot

Sources = Mapping[str, Mapping[str, Any]]
# Where a held release comes from.
LANDING, TRANSCRIBED = "landing", "transcribed"
UNRECOGNISED = "(not recognised)"


@dataclass(frozen=True)
class LandedRelease:
    """One release that is held: of which publication, what it is about, its file and fingerprint, and what is due next.

    where: `landing` for a released file, `transcribed` for figures of data/figures only
    next_expected: as the publisher said it, else a day worked out from the cadence; overdue: has that day passed
    """

    source: str
    release: str
    where: str = ""
    period_end: datetime.date | None = None
    released: datetime.date | None = None
    sha256: str | None = None
    file: str | None = None
    bytes: int | None = None
    next_expected: str | None = None
    overdue: bool = False


def held_releases(
    sources: Sources,
    releases: pd.DataFrame,
    landing: Path,
    today: datetime.date,
    identify: Callable[[Path], Identity | None],
) -> list[LandedRelease]:
    """Every release at hand, by publication and age; a publication without any has one row that says so.

    sources: data/sources.yaml; releases: `meta.release` of the transcribed figures; identify: recognises a file that was
    dropped in, by its content.
    """
    rows = [_landed(path, identify) for path in landed_files(landing)]
    in_landing = {(row.source, row.release) for row in rows}
    for release in releases.astype("object").where(releases.notna(), None).to_dict("records"):
        if (release["source"], release["release"]) not in in_landing:
            of, key = release["source"], release["release"]
            rows.append(LandedRelease(of, key, TRANSCRIBED, release["period_end"], release["released"]))
    present = {row.source for row in rows}
    rows += [LandedRelease(key, "") for key in sources if key not in present]
    order = {key: at for at, key in enumerate(sources)}
    oldest = datetime.date.min
    rows.sort(
        key=lambda row: (order.get(row.source, len(order)), row.period_end or oldest, row.release, row.file or "")
    )
    return _with_expectation(rows, sources, today)


def _landed(path: Path, identify: Callable[[Path], Identity | None]) -> LandedRelease:
    sidecar = read_sidecar(path)
    if sidecar is not None:
        end = _date(sidecar.period_end)
        if end is None and (about := identify(path)) is not None:
            end = about.period_end
        return LandedRelease(sidecar.source, sidecar.release, LANDING, end, _date(sidecar.released), sidecar.sha256, path.name,
                             sidecar.bytes, sidecar.next_release)  # fmt: skip
    identity, size = identify(path), path.stat().st_size
    if identity is None:
        return LandedRelease(UNRECOGNISED, path.name, LANDING, None, None, fingerprint(path), path.name, size)
    return LandedRelease(
        identity.source, identity.release, LANDING, identity.period_end, identity.released, identity.sha256, path.name, size
    )  # fmt: skip


def _with_expectation(rows: list[LandedRelease], sources: Sources, today: datetime.date) -> list[LandedRelease]:
    """The newest row of each publication says when the next release is due."""
    newest: dict[str, int] = {}
    for at, row in enumerate(rows):
        if row.source in sources and row.release:
            newest[row.source] = at
    made = list(rows)
    for source, at in newest.items():
        row = rows[at]
        due = next_due(row.released, row.period_end, str(sources[source].get("cadence", "")))
        expected = row.next_expected or (due.isoformat() if due else None)
        day = printed_day(row.next_expected or "") or due
        made[at] = replace(row, next_expected=expected, overdue=day is not None and day < today)
    return made


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def fetch(
    sources: Sources,
    landing: Path,
    settings: Settings,
    wanted: Iterable[str] = (),
    progress: Callable[[Offered], Progress] | None = None,
) -> list[Fetched]:
    """Find and download the newest release of the wanted publications, or of all that can be found.

    progress: called per file, gives the callback that is told bytes so far and in all. A publication that fails does not
    stop the others: its row says why.
    """
    keys = list(wanted) or [key for key, entry in sources.items() if entry.get("discovery")]
    unknown = [key for key in keys if key not in sources]
    if unknown:
        raise cannot("There is no such publication", "data/sources.yaml", ", ".join(unknown), f"one of {', '.join(sources)}",
                     "See `darkfigure releases` for the keys.")  # fmt: skip
    rows: list[Fetched] = []
    with Client(settings) as client:
        for key in keys:
            rows += _fetch_one(key, sources[key], landing, client, progress)
    return rows


def _fetch_one(
    key: str, entry: Mapping[str, Any], landing: Path, client: Client, progress: Callable[[Offered], Progress] | None
) -> list[Fetched]:
    try:
        offered = discover(key, entry, client)
    except BadInput as error:
        return [Fetched(key, "", "failed", error=error)]
    rows = []
    for discovered in offered:
        try:
            rows.append(download(discovered, landing, client, progress(discovered) if progress else None))
        except BadInput as error:
            rows.append(Fetched(key, discovered.release, "failed", error=error))
    return rows
