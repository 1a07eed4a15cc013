"""What stands around a refresh: the tracked files of a data folder, and the interpreter with its packages."""

import sys
import sysconfig
from collections.abc import Iterator
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
