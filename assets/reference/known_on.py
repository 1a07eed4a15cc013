"""What was known on a day, of the releases that are tracked.

A release is dated by its `vintage_order`: the day of release as yyyymmdd, printed or inferred. No day at all means everything.
"""

import datetime
from pathlib import Path

import pandas as pd

from assets.reference.releases import read_releases

Pair = tuple[str, str]


def order_of(day: datetime.date) -> int:
    """A day in the form of `vintage_order`."""
    return int(f"{day:%Y%m%d}")


def tracked_orders(data: Path) -> dict[Pair, int]:
    """(source, release) -> vintage_order of every tracked release."""
    rows = read_releases(data)
    return dict(zip(zip(rows["source"], rows["release"], strict=True), rows["vintage_order"].astype(int), strict=True))


def figures_known_on(rows: pd.DataFrame, data: Path, as_of: datetime.date | None) -> pd.DataFrame:
    """Rows with `source` and `release`, without those of tracked releases that came out after the day."""
    if as_of is None:
        return rows
    later = {pair for pair, order in tracked_orders(data).items() if order > order_of(as_of)}
    kept = [pair not in later for pair in zip(rows["source"], rows["release"], strict=True)]
    return rows[pd.Series(kept, index=rows.index, dtype=bool)]
