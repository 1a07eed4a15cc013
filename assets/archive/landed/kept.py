"""Readings kept by the fingerprint of their file: what was read once need not be read again, and the last good one stays.

A reading is good for one content, one set of layouts and reference tables, and one state of the code; its folder is named after
the content and a fingerprint of the rest. An older reading of the same content, or of the release that a file was, is what stays
where the file can no longer be read.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Reading, SetAside
from assets.words.problems import Problem

ABOUT, ROWS = "about.json", "rows.parquet"
CODE = Path(__file__).resolve().parents[1]  # of everything that reads
DATES = ("released", "period_end")


@dataclass(frozen=True)
class KeptReading:
    """A kept reading: where it lies, of which content and size, when it was made (yyyy-mm-dd), from which file, of which release.

    bytes: None where an older version did not write it down
    """

    folder: Path
    sha256: str
    made: str
    place: str
    of: tuple[str, str] | None
    whole: bool
    bytes: int | None = None

    def read(self) -> Reading:
        """The reading itself."""
        return load(self.folder)


def load(folder: Path) -> Reading:
    """A reading from the folder in which it was stored."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    release = about["release"]
    for name in DATES:
        if release.get(name):
            release[name] = date.fromisoformat(release[name])
    frame = pd.DataFrame()
    if about["staged"]:
        frame = pq.read_table(folder / ROWS).to_pandas(types_mapper=pd.ArrowDtype)
    aside = [
        SetAside(**saved | {"problems": tuple(Problem(**p) for p in saved["problems"])}) for saved in about["set_aside"]
    ]
    return Reading(
        frame, about["findings"], release=release, set_aside=aside, tables=about["tables"], staged=about["staged"]
    )


def store(folder: Path, reading: Reading, **about: str | int) -> None:
    """Store a reading in a new folder, with what is said about it; what lay there goes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    described = about | {
        "staged": reading.staged, "release": reading.release, "findings": reading.findings,
        "set_aside": [asdict(refused) for refused in reading.set_aside], "tables": reading.tables,
    }  # fmt: skip
    (folder / ABOUT).write_text(json.dumps(described, default=str, ensure_ascii=False), encoding="utf-8")
    if reading.staged:
        pq.write_table(pa.Table.from_pandas(reading.frame, preserve_index=False), folder / ROWS)


class KeptReadings:
    """The kept readings of a folder; None keeps none."""

    def __init__(self, folder: Path | None, reference: Reference) -> None:
        self.folder = folder
        self.state = _state(reference) if folder is not None else ""

    def get(self, sha256: str, place: str) -> Reading | None:
        """The reading of a content under the layouts, reference tables and code of now; None where there is none."""
        kept = self._kept(self.folder / f"{sha256[:16]}-{self.state}") if self.folder else None
        return kept.read() if kept is not None and kept.sha256 == sha256 and kept.place == place else None

    def put(self, sha256: str, place: str, today: date, reading: Reading, size: int) -> None:
        """Keep a reading; one of the same content that it replaces goes, unless it was whole and this one is not."""
        if self.folder is None:
            return
        target = self.folder / f"{sha256[:16]}-{self.state}"
        temporary = target.with_name(f".{target.name}.tmp")
        store(temporary, reading, sha256=sha256, place=place, made=str(today), bytes=size)
        for other in self.all():
            if other.sha256 == sha256 and (not reading.set_aside or not other.whole):
                shutil.rmtree(other.folder, ignore_errors=True)
        shutil.rmtree(target, ignore_errors=True)
        temporary.rename(target)

    def last_good(self, sha256: str, place: str, of: tuple[str, str] | None) -> KeptReading | None:
        """The newest whole reading of the content, else of the release, else of the file of that name; None without one."""
        whole = sorted(
            (kept for kept in self.all() if kept.whole and kept.of), key=lambda copy: copy.made, reverse=True
        )
        same = [kept for kept in whole if kept.sha256 == sha256]
        of_release = [kept for kept in whole if kept.of == of if of is not None or kept.place == place]
        of_name = [kept for kept in whole if of is None and kept.place == place]
        return next(iter([*same, *of_release, *of_name]), None)

    def all(self) -> Iterator[KeptReading]:
        """Every kept reading."""
        if self.folder is not None and self.folder.is_dir():
            for folder in sorted(self.folder.glob("[!.]*-*")):
                if (kept := self._kept(folder)) is not None:
                    yield kept

    @staticmethod
    def _kept(folder: Path) -> KeptReading | None:
        try:
            about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            release = about["release"]
            of = (release["source"], release["release"]) if release else None
            whole, size = not about["set_aside"], about.get("bytes")
            return KeptReading(folder, about["sha256"], about["made"], about["place"], of, whole, size)
        except (OSError, ValueError, KeyError):
            return None


def _state(reference: Reference) -> str:
    """Fingerprint of everything but the file that a reading depends on."""
    digest = hashlib.sha256(_of_files(CODE, "*.py").encode())
    digest.update(_of_files(reference.data / "layouts", "*").encode())
    for frame in (reference.series, reference.offences, reference.areas):
        digest.update(pd.util.hash_pandas_object(frame.astype("object").astype(str), index=False).to_numpy().tobytes())
    return digest.hexdigest()[:16]


def _of_files(folder: Path, pattern: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob(pattern)):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
