"""Put the site in place: made aside, only what changed written, then swapped in whole."""

import filecmp
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assets.published.site.rendering import site

PLACE, TABLES = "site", "tables"
UNFINISHED, FORMER = ".site-unfinished", ".site-former"
FIRST_PAGE = "index.html"


@dataclass(frozen=True)
class WrittenSite:
    """The site: its folder, how many files it has, how many of them were written anew, and their size in bytes."""

    folder: Path
    files: int
    changed: int
    size: int


def write_site(file: Path, output: Path) -> WrittenSite:
    """Make the site over a published file and put it at `output/site/`. Readers see the site before, or this one, never half."""
    return put(site(file, output / TABLES), output)


def put(content: Mapping[str, str | Path], output: Path) -> WrittenSite:
    """Put files at `output/site/`: a file that is what it was is kept, not written, and one that stands elsewhere not copied."""
    place, unfinished, former = output / PLACE, output / UNFINISHED, output / FORMER
    if not place.exists() and former.exists():
        former.rename(place)  # a writer was killed between the two renames
    for leftover in (unfinished, former):
        shutil.rmtree(leftover, ignore_errors=True)
    changed = size = 0
    for name, given in content.items():
        target, before = unfinished / name, place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(given, Path):
            same = before.is_file() and filecmp.cmp(before, given, shallow=False)
            if not _linked(given, target):
                shutil.copyfile(given, target)
        else:
            data = given.encode("utf-8")
            same = before.is_file() and before.stat().st_size == len(data) and before.read_bytes() == data
            if not (same and _linked(before, target)):
                target.write_bytes(data)
        changed += not same
        size += target.stat().st_size
    if place.exists():
        place.rename(former)
    unfinished.rename(place)
    shutil.rmtree(former, ignore_errors=True)
    return WrittenSite(place, len(content), changed, size)


def _linked(file: Path, target: Path) -> bool:
    """Give a file a second name; not where the system knows none."""
    try:
        os.link(file, target)
    except OSError:
        return False
    return True
