"""The figures of one reading, as the checks look them up."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import pandas as pd
import pyarrow as pa

from assets.tables.records import grouped
from schemas.registry import contract
from schemas.row_id import row_ids

FIGURE = contract("archive.figure")
Key = tuple[str, datetime.date, datetime.date, str]
COLUMNS = ("series", "period_start", "period_end", "area_code", "characteristic", "value", "obs_status", "printed", "sheet",
           "cell")  # fmt: skip


class ByKey:
    """Figures without a further breakdown, by series, period and area; `place` is the figure's row in the reading."""

    def __init__(self, frame: pd.DataFrame, release: Mapping[str, Any]) -> None:
        self.frame, self.about = frame, release
        self.release = f"{release['source']}@{release['release']}"
        columns = [pa.array(frame[name]).to_pylist() for name in COLUMNS]
        self.rows: dict[Key, dict[str, Any]] = {}
        for place, cells in enumerate(zip(*columns, strict=True)):
            row = dict(zip(COLUMNS, cells, strict=True))
            if row["characteristic"] is not None:
                continue
            row["place"] = place
            self.rows[row["series"], row["period_start"], row["period_end"], row["area_code"]] = row

    @cached_property
    def by_series(self) -> dict[str, list[tuple[Key, dict[str, Any]]]]:
        """The same figures, those of each series together."""
        by_series: dict[str, list[tuple[Key, dict[str, Any]]]] = defaultdict(list)
        for key, row in self.rows.items():
            by_series[key[0]].append((key, row))
        return dict(by_series)

    @cached_property
    def numbers(self) -> Mapping[str, list[Key]]:
        """The keys of the figures that are numbers by family, in the order of the table."""
        return grouped(
            (key for key, row in self.rows.items() if row["value"] is not None), lambda key: family_of(key[0])
        )

    def value(self, series: str, key: Key) -> float | None:
        """The number of another series in the period and area of a key; None for a marker and for nothing."""
        row = self.rows.get((series, *key[1:]))
        return None if row is None else row["value"]

    def ids(self, rows: Iterable[dict[str, Any]]) -> list[str]:
        """Row ids of the figures."""
        places = [row["place"] for row in rows]
        return [str(row_id) for row_id in row_ids(FIGURE, self.frame.iloc[places])] if places else []

    def where(self, row: dict[str, Any]) -> str:
        """`publication@release, sheet!cell`."""
        return f"{self.release}, {row['sheet']}!{row['cell']}"


def family_of(series: str) -> str:
    """The table of series that one is of: prc.a5a of prc.a5a.8Q, csew incidents of csew.violence.face_to_face.16+.incidents."""
    parts = series.split(".")
    return f"csew {parts[-1]}" if parts[0] == "csew" else ".".join(parts[:2])
