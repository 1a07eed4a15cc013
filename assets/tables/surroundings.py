"""What stands around a refresh: the tracked files of a data folder, and the interpreter with its packages."""

import hashlib
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# Folders below the data folder that may lie there and are no tracked data: what looks into one of them is always made.
UNTRACKED = ("landing", "interim", "output", "returns")


def files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in one order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def tracked_files(data: Path) -> list[Path]:
    """The files of a data folder that are tracked data."""
    return [path for path in files(data) if path.relative_to(data).parts[0] not in UNTRACKED]


def environment() -> list[str]:
    """The version of Python, and every installed package with its own."""
    return [sys.version, *sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))]


# The version of the code behind every table: a hash of all of it, so that the UI never calls a table synced that is not.
ROOMS = ("assets", "schemas")
CHECKOUT = Path(__file__).resolve().parents[2]


@cache
def code_version() -> str:
    """A short hash over the names and contents of every file of assets/ and schemas/: any change may change any table."""
    digest = hashlib.sha256()
    for path in sorted(path for room in ROOMS for path in (CHECKOUT / room).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(CHECKOUT).as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
