"""Versioned builds behind one link: readers are never blocked, never see half a build, and a failure changes nothing.

`output/builds/<build id>/darkfigure.duckdb` is made in a hidden folder, made read-only, renamed, and only then the link
`output/darkfigure.duckdb` is swapped to it. A folder per build keeps the catalog name `darkfigure` whichever way it is opened.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assets.published.replacing import replace

FILE = "darkfigure.duckdb"
BUILDS = "builds"
UNFINISHED = ".unfinished-"
KEPT = 3
READ_ONLY = 0o444


@dataclass(frozen=True)
class Placed:
    """Where a build stands, and whether the published name is a link or a copy (where links are not allowed)."""

    file: Path
    published: Path
    linked: bool


def place(output: Path, build_id: str, write: Callable[[Path], None]) -> Placed:
    """Make a build with `write(file)`, then publish it; whatever fails, the published file stays what it was.

    Call it under the lock: leftovers of killed builds are swept here.
    """
    builds = output / BUILDS
    builds.mkdir(parents=True, exist_ok=True)
    for leftover in builds.glob(f"{UNFINISHED}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for link in output.glob(f".{FILE}.*"):
        link.unlink(missing_ok=True)
    unfinished = builds / f"{UNFINISHED}{build_id}"
    unfinished.mkdir()
    try:
        write(unfinished / FILE)
        _to_disk(unfinished / FILE)
        (unfinished / FILE).chmod(READ_ONLY)
        unfinished.rename(builds / build_id)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    _to_disk(builds)
    linked = _swap(output, builds / build_id / FILE)
    _sweep(builds, keep=build_id)
    return Placed(builds / build_id / FILE, output / FILE, linked)


def keep_copy(build: Path, target: Path) -> Path:
    """A build of a day of the past as a file of its own, read-only: its builds are not those that readers follow."""

    def write(beside: Path) -> None:
        shutil.copyfile(build, beside)
        beside.chmod(READ_ONLY)

    return replace(target, write)


def published_file(output: Path) -> Path | None:
    """The published file, or None where nothing was published."""
    published = output / FILE
    return published if published.exists() else None


def point_to(output: Path, build_id: str) -> Path:
    """Publish a build that stands in `output/builds` already, as after a backup was restored."""
    _swap(output, output / BUILDS / build_id / FILE)
    return output / FILE


def _swap(output: Path, file: Path) -> bool:
    """Point the published name at a build in one step; by a copy where the system allows no links."""
    published, beside = output / FILE, output / f".{FILE}.{os.getpid()}"
    beside.unlink(missing_ok=True)
    try:
        beside.symlink_to(file.relative_to(output))
        linked = True
    except (OSError, NotImplementedError):
        shutil.copyfile(file, beside)
        beside.chmod(READ_ONLY)
        linked = False
    beside.replace(published)
    _to_disk(output)
    return linked


def _sweep(builds: Path, keep: str) -> None:
    """Keep the newest builds; build ids begin with their time, so names order them."""
    finished = sorted(path for path in builds.iterdir() if path.is_dir() and not path.name.startswith("."))
    for old in finished[:-KEPT]:
        if old.name != keep:
            shutil.rmtree(old, ignore_errors=True)


def _to_disk(path: Path) -> None:
    """Flush a file or folder to disk; folders cannot be flushed on every system."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        if path.is_file():
            raise
    finally:
        os.close(handle)
