"""Offence groups in which every code must be known, since they hold codes of a threat."""

import csv
from functools import lru_cache
from pathlib import Path

GROUPS = "layouts/groups_to_know.csv"


@lru_cache(maxsize=8)
def groups_to_know(data: Path) -> frozenset[str]:
    """The groups of data/layouts/groups_to_know.csv, by their codes in data/reference/offence.csv."""
    with (data / GROUPS).open(encoding="utf-8", newline="") as file:
        return frozenset(row["group"] for row in csv.DictReader(file))
