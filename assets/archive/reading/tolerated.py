"""How much may be lost before a table is taken for another, or for one that was cut off: shares with their reasons, as data."""

from functools import lru_cache
from pathlib import Path

from assets.archive.reading.layout_tables import layout


@lru_cache(maxsize=64)
def tolerated(data: Path, what: str) -> float:
    """The share of data/layouts/tolerated.csv for a kind of loss; below it a loss is a finding, from it on it blocks."""
    return next(float(row["share"]) for row in layout(data, "tolerated") if row["what"] == what)
