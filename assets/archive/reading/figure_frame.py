"""Figures read from a release, in the columns of `archive.figure`."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from assets.archive.reading.result import ReleaseKey

COLUMNS = (
    "series", "sex", "age", "characteristic", "characteristic_value", "area_code", "period_start", "period_end",
    "period_type", "value", "unit", "obs_status", "printed", "lower", "upper", "standard_error", "base", "source",
    "release", "sheet", "cell", "url", "designation", "note", "file", "line",
)  # fmt: skip


def figure_frame(rows: Iterable[dict[str, Any]], release: ReleaseKey) -> pd.DataFrame:
    """Rows as a frame of `archive.figure` without row ids; what a row does not say is empty or said by the release."""
    columns = {
        "source": release.source,
        "release": release.release,
        "url": release.url,
        "designation": release.designation,
    }
    made = [dict.fromkeys(COLUMNS) | columns | row for row in rows]
    return pd.DataFrame(made, columns=list(COLUMNS), dtype="object")
