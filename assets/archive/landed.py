"""Read every released file of the landing folder: what it is, its figures, its release, and what was noticed.

A file is recognised by its content, wherever it lies and whatever it is called. A file that is none of the known
publications is a finding; a file that is one but cannot be read stops what depends on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from assets.archive.fetch.landing import landed_files, read_sidecar
from assets.archive.findings.checks import notice
from assets.archive.open_data.counts import Reference
from assets.archive.open_data.identity import Identity, fingerprint
from assets.archive.open_data.identity import identify as identify_open_data
from assets.archive.open_data.readers import READERS
from assets.archive.open_data.readers import read as read_open_data
from assets.archive.readers.known import area_aliases, known
from assets.archive.readers.locate import locate
from assets.archive.readers.reading import Reading
from assets.archive.readers.release import release_of
from assets.archive.readers.released import layouts, read_released, recognise
from assets.archive.sheets.book import open_book
from assets.reference.releases import read_sources
from assets.tables.conform import ROW_ID, conform
from schemas.derive import arrow_schema
from schemas.registry import contract

FIGURES, COUNTS, OUTCOMES = "archive.landed_figure", "archive.landed_count", "recorded.outcome_count"
RELEASES, FINDINGS, FILES = "archive.landed_release", "archive.landed_finding", "archive.landed_file"
TABLES = (FIGURES, COUNTS, OUTCOMES, RELEASES, FINDINGS, FILES)
# The table that a reader of open data fills -> the staged table its rows go to.
STAGED = {"archive.figure": FIGURES, "recorded.offence_count": COUNTS, "recorded.outcome_count": OUTCOMES}


@dataclass
class Landed:
    """What was read so far: frames and rows by staged table."""

    frames: dict[str, list[pd.DataFrame]] = field(
        default_factory=lambda: {key: [] for key in (FIGURES, COUNTS, OUTCOMES)}
    )
    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {key: [] for key in (RELEASES, FINDINGS, FILES)}
    )
    readings: list[Reading] = field(default_factory=list)


def read_landing(
    landing: Path, data: Path, series: pd.DataFrame, offences: pd.DataFrame, areas: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Every released file, read: a frame per staged table of `TABLES`, empty where nothing was landed.

    Raises BadInput that names file, sheet and cell where a recognised file is not laid out as its layout says.
    """
    landed = Landed()
    licences = {key: str(entry["licence"]) for key, entry in read_sources(data).items()}
    for path in landed_files(landing):
        _read(path, landing, data, series, offences, areas, licences, landed)
    if landed.readings:
        landed.rows[FINDINGS] += notice(landed.readings)
    return {
        **{key: _together(landed.frames.pop(key), key) for key in tuple(landed.frames)},
        **{key: _frame(_once(rows, key), key) for key, rows in landed.rows.items()},
    }


def identify(path: Path, data: Path) -> Identity | None:
    """Which publication and release a file is, by its content; None where it is none of the known ones."""
    found = identify_open_data(path, data)
    if found is not None:
        return found
    book = open_book(path)
    layout = recognise(book, layouts(data))
    if layout is None:
        return None
    row = release_of(locate(book, layout), layout, book.file).row
    return Identity(
        row["source"], row["release"], layout.publication, row["designation"], row["title"], row["publisher"], fingerprint(path),
        row["released"], row["period_end"], row["vintage_order"],
    )  # fmt: skip


def _read(
    path: Path,
    landing: Path,
    data: Path,
    series: pd.DataFrame,
    offences: pd.DataFrame,
    areas: pd.DataFrame,
    licences: dict[str, str],
    landed: Landed,
) -> None:
    place = path.relative_to(landing).as_posix()
    identity = identify_open_data(path, data)
    if identity is not None:
        reading = read_open_data(path, identity, Reference(areas, offences, series, data))
        staged = STAGED[READERS[identity.reader].table]
        landed.frames[staged].append(_typed(_placed(reading.frame, place), staged))
        landed.rows[FINDINGS] += reading.findings + [_left_out(one, place) for one in reading.left_out]
        landed.rows[RELEASES].append(_release_row(identity, licences))
        _file(landed, path, place, identity.source, identity.release)
        return
    book = open_book(path, place)
    known_layouts = layouts(data)
    layout = recognise(book, known_layouts)
    if layout is None:
        landed.rows[FINDINGS].append(_unrecognised(place))
        _file(landed, path, place, None, None)
        return
    released = read_released(book, [layout], known(series, offences, areas, area_aliases(data)))
    landed.frames[FIGURES].append(_typed(_placed(released.figures, place), FIGURES))
    landed.rows[RELEASES].append(released.release)
    landed.readings.append(released)
    _file(landed, path, place, released.release["source"], released.release["release"])


def _placed(frame: pd.DataFrame, place: str) -> pd.DataFrame:
    """Figures with the file they were read from; counts have no such column."""
    return frame.assign(file=place) if "file" in frame.columns else frame


def _typed(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """The columns that a reader gives, of their declared types: far smaller than the objects they were read into."""
    names = [name for name in arrow_schema(contract(key).model).names if name != ROW_ID]
    return conform(frame.reindex(columns=names), contract(key))[names]


def _file(landed: Landed, path: Path, place: str, source: str | None, release: str | None) -> None:
    sidecar = read_sidecar(path)
    landed.rows[FILES].append(
        {
            "path": f"landing/{place}",
            "kind": "landing",
            "bytes": path.stat().st_size,
            "sha256": fingerprint(path),
            "rows": 0,
            "source": source,
            "release": release,
            "url": sidecar.url if sidecar else None,
            "fetched_at": sidecar.fetched_at if sidecar else None,
        }
    )


def _release_row(identity: Identity, licences: dict[str, str]) -> dict[str, Any]:
    """The row of `meta.release` of a file of open data."""
    return {
        "source": identity.source,
        "release": identity.release,
        "title": identity.title,
        "publisher": identity.publisher,
        "released": identity.released,
        "period_end": identity.period_end,
        "designation": identity.designation,
        "held": True,
        "vintage_order": identity.vintage_order or 0,
        "licence": licences[identity.source],
        "url": identity.url,
        "note": identity.note,
        "citation": f"{identity.publisher}, {identity.title}",
    }


def _left_out(one: dict[str, Any], place: str) -> dict[str, Any]:
    """What a reader leaves out by name, as a finding."""
    where = f", {one['where']}" if one.get("where") else ""
    return {
        "kind": "left_out",
        "severity": "info",
        "place": f"{place}{where}: {one['what']}",
        "evidence": f"{one['rows']:,} rows." if isinstance(one.get("rows"), int) else str(one.get("rows", "")),
        "handling": f"Left out: {one['why']}",
        "inputs": [],
    }


def _unrecognised(place: str) -> dict[str, Any]:
    return {
        "kind": "file_not_recognised",
        "severity": "warning",
        "place": place,
        "evidence": "The content is that of no publication in data/layouts.",
        "handling": "Not read.",
        "inputs": [],
    }


def _together(frames: Sequence[pd.DataFrame], key: str) -> pd.DataFrame:
    """The frames of one table; empty with its columns where there are none."""
    return pd.concat(frames, ignore_index=True) if frames else _frame([], key)


def _frame(rows: Sequence[dict[str, Any]], key: str) -> pd.DataFrame:
    names = [name for name in arrow_schema(contract(key).model).names if name != ROW_ID]
    return pd.DataFrame(list(rows), columns=names, dtype="object")


def _once(rows: Sequence[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Rows by their key, the last of equal keys: two files may be of one release."""
    return list({tuple(row[name] for name in contract(key).row_key): row for row in rows}.values())
