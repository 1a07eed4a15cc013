"""The landing folder: the released files below it, fetched or dropped in, and what nothing can be read of."""

import os
from collections.abc import Iterator
from pathlib import Path

from assets.archive.gate.refusal import not_read
from assets.archive.gate.sidecar import SIDECAR
from assets.words.problems import BadInput

# What a person, or a file manager, leaves in a folder beside what was released.
_NO_RELEASE = frozenset(["readme.md", "readme.txt", "thumbs.db", "desktop.ini"])


def landed_files(landing: Path) -> Iterator[Path]:
    """Every released file below the landing folder, fetched or dropped in, in the order of its path."""
    return (path for path in _shown(landing) if path.is_file() and _is_text(_place(path, landing)))


def never_read(landing: Path) -> Iterator[tuple[str, BadInput]]:
    """What below the landing folder nothing can be read of, by its name as it can be written, and why."""
    for path in _shown(landing):
        place = _place(path, landing)
        if not _is_text(place):
            name = place.encode("unicode_escape").decode()
            yield name, not_read(name, "a name that is no text", "a name in UTF-8", "Rename it.")
        elif found := _no_file(path):
            remedy = "Put the file here that it should lead to, or delete it."
            yield place, not_read(place, found, "a file, or a link to one", remedy)


def _no_file(path: Path) -> str:
    """What is neither a file nor a folder, in words."""
    if path.is_symlink() and not path.is_file():
        return f"a link to {'a folder' if path.is_dir() else 'nothing'}"
    return "" if path.is_file() or path.is_dir() else "a pipe or a device"


def _shown(landing: Path) -> Iterator[Path]:
    """What lies below the landing folder, but hidden files and what does not say that it was released."""
    for path in sorted(landing.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(landing).parts)
        if not hidden and not path.name.endswith(SIDECAR) and path.name.lower() not in _NO_RELEASE:
            yield path


def _place(path: Path, landing: Path) -> str:
    return path.relative_to(landing).as_posix()


def _is_text(name: str) -> bool:
    """Is a name text? One that was unpacked from an archive in another code than UTF-8 is not."""
    return os.fsencode(name).decode(errors="ignore") == name
