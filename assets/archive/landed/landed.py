"""Read every released file of the landing folder: what it is, its figures, its release, and what was noticed.

A file is recognised by its content, wherever it lies and whatever it is called. One that is none of the known publications is a
finding. One that cannot be read, or a table of it, is set aside and named; the last good reading of it stays, and everything else
is read.
"""

import contextlib
import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from assets.archive.findings.checks import notice_between
from assets.archive.findings.lost import without_cut_tables
from assets.archive.gate.landing import landed_files, never_read
from assets.archive.gate.refusal import set_aside_at_a_fault
from assets.archive.gate.sidecar import Sidecar, read_sidecar
from assets.archive.identity.long_readers import COUNTS, FIGURES, OUTCOMES
from assets.archive.landed.dated import dated
from assets.archive.landed.kept import KeptReading, KeptReadings
from assets.archive.landed.names_lost import names_lost
from assets.archive.landed.read_file import read_file
from assets.archive.landed.two_files import first_first, once_per_release
from assets.archive.reading.layout import Layout
from assets.archive.reading.layout_tables import layout as layout_table
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Finding, Reading, SetAside, finding
from assets.archive.titled.recognise import layouts, titled_publications
from assets.reference.known_on import tracked_orders
from assets.tables.conform import framed
from assets.tables.files import fingerprint
from assets.words.problems import BadInput, cannot
from schemas.registry import contract
from schemas.row_types import LandedFileRow
from schemas.rows import AnyRow

RELEASES, FINDINGS = "archive.landed_release", "archive.landed_finding"
FILES, READ_TABLES = "archive.landed_file", "archive.table"
FRAMES = (FIGURES, COUNTS, OUTCOMES)
TABLES = (*FRAMES, RELEASES, FINDINGS, FILES, READ_TABLES)
SHOWN = 20
Reader = Callable[[Path, str, Reference], Reading]


def read_landing(
    landing: Path,
    reference: Reference,
    readings: Path | None = None,
    reader: Reader = read_file,
    today: datetime.date | None = None,
) -> dict[str, pd.DataFrame]:
    """Every released file, read: a frame per staged table of `TABLES`, empty where nothing was landed.

    readings: folder in which readings are kept; none are where there is no such folder
    reader:   reads one file
    today:    on which a period must be over; that of the clock, if not given
    """
    data, kept = reference.data, KeptReadings(readings, reference)
    read: list[tuple[str, Reading]] = []
    files: list[LandedFileRow] = []
    findings = [row for layout in layouts(data) if layout.problems for row in _of_layout(layout)]
    findings += [row for place, error in never_read(landing) for row in _whole(place, error, None)]
    seen: dict[str, LandedFileRow] = {}
    arrived: dict[str, float] = {}
    tracked = tracked_orders(data)
    known = {row["sha256"]: row for row in layout_table(data, "known_files") if row["vintage_order"] or row["released"]}
    for path in landed_files(landing):
        place, sha256 = path.relative_to(landing).as_posix(), fingerprint(path)
        if (first := seen.get(sha256)) is not None:
            findings.append(_copy(place, first["path"].removeprefix("landing/")))
            again = _file(path, place, sha256, None, first["kind"])
            files.append({**again, "source": first["source"], "release": first["release"]})
            continue
        reading, new_findings, last = _read(path, place, sha256, reference, kept, reader)
        stays = reading or (last.read() if last else Reading())
        refused = reading is None
        reading, new_findings = _over(stays, new_findings, place, today or datetime.date.today())
        refused = refused or reading is not stays
        if reading.of is not None:
            content = last.sha256 if refused and last else sha256
            when = dated(reading.release, _sidecar(path), place, reading.of in tracked, known.get(content))
            reading = replace(reading, release=when.row)
            new_findings = [*new_findings, *when.findings]
        findings += new_findings
        seen[sha256] = _file(
            path, place, sha256, None if refused else reading.of, "set_aside" if refused else "landing"
        )
        arrived[place] = _arrived(path)
        files += [seen[sha256], *([_earlier(path, last)] if last else [])]
        read.append((place, reading))
    titled = titled_publications(data)
    read, lost = without_cut_tables(read, data, titled)
    frames, twice = once_per_release(read, arrived)
    findings += [row for _, reading in read for row in reading.findings]
    findings += [*lost, *names_lost(read, reference.areas), *twice]
    findings += notice_between(
        [(reading.frame, reading.release) for _, reading in read if reading.release.get("source") in titled]
    )
    rows: dict[str, Sequence[AnyRow]] = {
        RELEASES: [reading.release for _, reading in reversed(first_first(read, arrived)) if reading.release],
        FINDINGS: findings,
        FILES: files,
        READ_TABLES: [row for _, reading in read for row in reading.tables],
    }
    return {
        **{key: _together(frames.pop(key, []), key) for key in FRAMES},
        **{key: framed(_once(some, key), key) for key, some in rows.items()},
    }


def _read(
    path: Path, place: str, sha256: str, reference: Reference, kept: KeptReadings, reader: Reader
) -> tuple[Reading | None, list[Finding], KeptReading | None]:
    """A file as read, kept or read anew, None where it cannot be; and the last good reading where it stays for all or a part."""
    reading = kept.get(sha256, place)
    if reading is None:
        try:
            with set_aside_at_a_fault(place):
                reading = reader(path, place, reference)
        except BadInput as error:
            last = kept.last_good(sha256, place, _said(path))
            return None, _whole(place, error, last), last
        kept.put(sha256, place, datetime.date.today(), reading, path.stat().st_size)
    if not reading.set_aside:
        return reading, [], None
    last = kept.last_good(sha256, place, reading.of)
    stays = last.read() if last is not None and last.of == reading.of else None
    findings, used = [], False
    for refused in reading.set_aside:
        rows = 0
        if stays is not None and (refused.series or refused.sheet) and reading.staged == stays.staged:
            lacking = _lacking(stays.frame, refused, reading.frame)
            rows = len(lacking)
            reading = replace(reading, frame=pd.concat([reading.frame, lacking], ignore_index=True))
        used = used or rows > 0
        findings += _asides("table_set_aside", refused, place, _stays(last if rows else None))
    return reading, findings, last if used else None


def _over(reading: Reading, findings: list[Finding], place: str, today: datetime.date) -> tuple[Reading, list[Finding]]:
    """A reading as it is; none, and why, of a file of a period that is not over: it would be the newest of all."""
    end = reading.release.get("period_end")
    if end is None or end <= today:
        return reading, findings
    error = cannot(
        f"{place} is of a period that is not over", place, f"tables to {end}", f"a period that was over by {today}",
        "Look at the years of its titles and headers, or at the clock of this computer.",
    )  # fmt: skip
    return Reading(), _whole(place, error, None)


def _lacking(stays: pd.DataFrame, aside: SetAside, read: pd.DataFrame) -> pd.DataFrame:
    """The figures of a table in the last good reading: by its series, or by its sheet where series stand on several."""
    if aside.sheet:
        lacking = stays[stays["sheet"].str.strip() == aside.sheet]
        periods = set(zip(read["period_start"], read["period_end"], strict=True))
        again = [pair in periods for pair in zip(lacking["period_start"], lacking["period_end"], strict=True)]
        return lacking[[not repeated for repeated in again]]
    lacking = stays[stays["series"].str.fullmatch(aside.series)]
    return lacking[~lacking["series"].isin(set(read["series"]))]


def _sidecar(path: Path) -> Sidecar | None:
    """The record of a file's fetch; None where there is none that can be read."""
    try:
        return read_sidecar(path)
    except BadInput:
        return None


def _said(path: Path) -> tuple[str, str] | None:
    """What a sidecar says that a file is."""
    sidecar = _sidecar(path)
    return (sidecar.source, sidecar.release) if sidecar else None


def _of_layout(layout: Layout) -> list[Finding]:
    """All that is wrong with a folder of layouts: its publication alone is not read."""
    folder = f"data/layouts/{layout.publication}"
    handled = f"No file of {layout.title} is read anew; those of other publications are."
    return _asides("publication_set_aside", SetAside(folder, layout.problems), folder, handled, len(layout.problems))


def _arrived(path: Path) -> float:
    """When a file was fetched, or dropped in: seconds since 1970."""
    sidecar = _sidecar(path)
    with contextlib.suppress(ValueError):
        return datetime.datetime.fromisoformat(sidecar.fetched_at if sidecar else "").timestamp()
    return path.stat().st_mtime


def _whole(place: str, error: BadInput, last: KeptReading | None) -> list[Finding]:
    return _asides("file_set_aside", SetAside(error.what, tuple(error.problems)), place, _stays(last))


def _stays(last: KeptReading | None) -> str:
    return f"Set aside. {f'The reading of {last.made} stays in its place.' if last else 'None of its figures is published.'}"


def _asides(kind: str, refused: SetAside, place: str, handled: str, most: int = SHOWN) -> list[Finding]:
    """A finding for everything that is wrong with a file or table, up to a number that can be read."""
    made: dict[str, Finding] = {}
    for problem in refused.problems[:most]:
        where = f"{problem.place}, column {problem.column}" if problem.column else problem.place
        where = where if place in where else f"{place}: {where}"
        evidence = f"Found {problem.value}; expected {problem.expected}."
        if where in made:
            made[where]["evidence"] += f" {evidence}"
        else:
            made[where] = finding(kind, "error", where, evidence, f"{handled} {problem.remedy}")
    if len(refused.problems) > most:
        next(iter(made.values()))["evidence"] += (
            f" And {len(refused.problems) - most:,} more of the kind in {refused.what}."
        )
    return list(made.values()) or [finding(kind, "error", place, f"{refused.what}.", handled)]


def _copy(place: str, first: str) -> Finding:
    return finding("file_twice", "info", place, f"The same content as {first}.", "Read once.")


def _file(path: Path, place: str, sha256: str, of: tuple[str, str] | None, kind: str = "landing") -> LandedFileRow:
    sidecar = _sidecar(path)
    return {
        "path": f"landing/{place}",
        "kind": kind,
        "bytes": path.stat().st_size,
        "sha256": sha256,
        "rows": 0,
        "source": of[0] if of else None,
        "release": of[1] if of else None,
        "url": sidecar.url if sidecar else None,
        "fetched_at": sidecar.fetched_at if sidecar else None,
    }


def _earlier(path: Path, last: KeptReading) -> LandedFileRow:
    """The content that a reading which stays was made of: it lay where another lies now, or elsewhere."""
    of_it = (sidecar := _sidecar(path)) is not None and sidecar.sha256 == last.sha256
    row = _file(path, last.place, last.sha256, last.of, "kept")
    return {**row, "bytes": last.bytes} if of_it else {**row, "bytes": last.bytes, "url": None, "fetched_at": None}


def _together(frames: Sequence[pd.DataFrame], key: str) -> pd.DataFrame:
    """The frames of one table; empty with its columns where there are none."""
    return pd.concat(frames, ignore_index=True) if frames else framed([], key)


def _once(rows: Sequence[AnyRow], key: str) -> list[AnyRow]:
    """Rows by their key, the last of equal keys: two files may be of one release."""
    return list({tuple(row[name] for name in contract(key).row_key): row for row in rows}.values())
