"""Layout knowledge as data: the small tables below data/layouts/."""

import csv
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from assets.tables.csv_table import raise_one

FOLDER = "layouts"
Record = dict[str, str]


def layout(data: Path, name: str) -> Sequence[Record]:
    """The rows of one layout table, every cell as text, to be read only; BadInput where it is missing or ragged."""
    path = data / FOLDER / f"{name}.csv"
    if not path.is_file():
        raise_one(f"data/{FOLDER}/{name}.csv", "no such file", "a layout table", "Restore it from the repository.")
    return _rows(path, name, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)  # asked for by every sheet; a file that changed is another
def _rows(path: Path, name: str, _: int) -> Sequence[Record]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file, strict=True))
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            place = f"data/{FOLDER}/{name}.csv, line {line}"
            raise_one(place, "another number of cells", "as in the header", "Quote commas.")
    return rows


def pairs(data: Path, name: str, key: str, value: str) -> dict[str, str]:
    """Two columns of a layout table as a mapping."""
    return {row[key]: row[value] for row in layout(data, name)}


@lru_cache(maxsize=64)
def tolerated(data: Path, what: str) -> float:
    """The share of tolerated.csv for a kind of loss: below it a loss is a finding, from it on it blocks.

    A table that has lost more is taken for another, or for one that was cut off.
    """
    return next(float(row["share"]) for row in layout(data, "tolerated") if row["what"] == what)


@lru_cache(maxsize=8)
def groups_to_know(data: Path) -> frozenset[str]:
    """The offence groups of groups_to_know.csv, in which every code must be known, since they hold codes of a threat."""
    return frozenset(row["group"] for row in layout(data, "groups_to_know"))


@lru_cache(maxsize=8)
def title_phrases(data: Path) -> re.Pattern[str]:
    """What titles say that changes nothing of what the figures are, of title_phrases.csv, over the folded form of a title."""
    return re.compile(rf"\b(?:{'|'.join(row['phrase'] for row in layout(data, 'title_phrases'))})\b")
