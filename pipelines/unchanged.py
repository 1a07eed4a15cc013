"""Has anything changed since the last good build? Decided before Dagster is imported, from contents alone.

The state of everything that a refresh reads (tracked data, released files, what was taken in of returns, code, installed
packages, the day) and of everything that it has written is compared with the state noted after the last refresh that went well.
It is taken under the lock and before the run, so that what changes during a run is seen by the next one.
"""

import datetime
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.archive.gate.landing import never_read
from assets.published.builds import FILE
from assets.published.replacing import replace
from assets.tables.files import fingerprint, write_private
from assets.tables.surroundings import environment, tracked_files
from assets.tables.surroundings import files as files_of
from assets.tables.workspace import Workspace
from pipelines.settings import CHECKOUT

MANIFEST = "last-good-refresh.json"
ROOMS = ("assets", "pipelines", "schemas")
STORED = "storage"
REPORT = ("report", "tables", "site")
Marks = dict[str, list[Any]]


@dataclass(frozen=True)
class State:
    """What a refresh reads, as one hash per kind, and the marks by which a file is known not to have changed."""

    read: dict[str, str]
    marks: Marks


def state(workspace: Workspace) -> State:
    """The state of everything that a refresh reads, now."""
    known = _manifest(workspace)
    marks: Marks = dict(known.get("marks", {}))
    noted = float(known.get("noted", 0.0))
    files = {
        "data": tracked_files(workspace.data),
        "landing": list(files_of(workspace.landing)),
        # The index of each partition names its returns with the fingerprints of their files; the inbox itself is not read.
        "returns": sorted(workspace.returns_store.glob("supplier=*/quarter=*/*.json")),
        "code": [path for room in ROOMS for path in files_of(CHECKOUT / room) if "__pycache__" not in path.parts],
    }
    read = {kind: _hash_of(paths, marks, noted) for kind, paths in files.items()}
    kept = {str(path) for paths in files.values() for path in paths}
    read |= {
        "never read": "; ".join(name for name, _ in never_read(workspace.landing)),
        "environment": hashlib.sha256("\n".join(environment()).encode()).hexdigest(),
        # Some checks look at the calendar: another day is another question.
        "day": datetime.date.today().isoformat(),
    }
    return State(read, {path: mark for path, mark in marks.items() if path in kept})


def unchanged(workspace: Workspace, now: State, *, report: bool, history: bool) -> bool:
    """Would a refresh read what the last good one read, and does all that it wrote still stand as it was written?

    history: is it to stand in Dagster's history, so that one that was not recorded there does not count
    """
    known = _manifest(workspace)
    wanted = [FILE, *(REPORT if report else ())]
    made: dict[str, Any] = known.get("made", {}).get(str(workspace.output), {})
    recorded = not history or (
        known.get("history") == str(workspace.dagster_home) and (workspace.dagster_home / STORED).is_dir()
    )
    stands = all(made.get(name) and made[name] == _standing(workspace, name) for name in wanted)
    return bool(known) and known["read"] == now.read and stands and recorded


def remember(workspace: Workspace, before: State, *, report: bool, history: bool) -> None:
    """Remember, after a refresh that went well, what it had read and what it wrote."""
    known = _manifest(workspace)
    same = known.get("read") == before.read
    others = {
        folder: made for folder, made in known.get("made", {}).items() if same and folder != str(workspace.output)
    }
    made = {name: _standing(workspace, name) for name in (FILE, *(REPORT if report else ()))}
    content = {
        "noted": datetime.datetime.now(datetime.UTC).timestamp(),
        "read": before.read,
        "marks": before.marks,
        "made": {**others, str(workspace.output): made},
        "history": str(workspace.dagster_home) if history else "",
    }
    # Paths in the inbox are among them, and what a force calls a folder may name somebody.
    replace(workspace.interim / MANIFEST, lambda path: write_private(path, json.dumps(content).encode()))


def forget(workspace: Workspace) -> None:
    """Before a run: whatever becomes of it, the state noted earlier says nothing any more."""
    (workspace.interim / MANIFEST).unlink(missing_ok=True)


def _manifest(workspace: Workspace) -> dict[str, Any]:
    """What was noted; nothing where it cannot be read, so that everything is made anew."""
    try:
        content = json.loads((workspace.interim / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) and "read" in content else {}


def _hash_of(paths: list[Path], marks: Marks, noted: float) -> str:
    """One hash over names and contents. A file is read anew unless its marks agree and are older than the note of them."""
    digest = hashlib.sha256()
    for path in paths:
        about = path.stat()
        mark = [about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino]
        known = marks.get(str(path))
        if not known or known[:4] != mark or about.st_mtime >= noted or about.st_ctime >= noted:
            marks[str(path)] = known = [*mark, fingerprint(path)]
        digest.update(os.fsencode(path) + f"\0{known[4]}\n".encode())
    return digest.hexdigest()


def _standing(workspace: Workspace, name: str) -> str:
    """How a published file or folder stands: names, sizes and times of all its files; empty where it is not there."""
    place = workspace.output / name
    files = [place.resolve()] if place.is_file() else list(files_of(place))
    marks = [(str(path), about.st_size, about.st_mtime_ns) for path in files if (about := path.stat())]
    return hashlib.sha256(repr(marks).encode()).hexdigest() if files else ""
