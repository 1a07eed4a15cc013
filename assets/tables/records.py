"""Frames as plain Python records, for code that looks at one row at a time."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar, cast

import pandas as pd
import pyarrow as pa

from schemas.rows import Record as Record

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)
# Tables by the name that who asks for them gives them, or by key.
Frames = Mapping[str, pd.DataFrame]


def records(frame: pd.DataFrame) -> list[Record]:
    """One dict per row; every empty value is None."""
    names = [str(name) for name in frame.columns]
    rows = zip(*map(_plain, map(frame.__getitem__, names)), strict=True)
    return cast(list[Record], [dict(zip(names, row, strict=True)) for row in rows])


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> defaultdict[Key, list[Item]]:
    """Items by what a key says of them, in their order; what is said of none has none."""
    found = defaultdict[Key, list[Item]](list)
    for item in items:
        found[key(item)].append(item)
    return found


class BySeries:
    """The rows of a frame of facts by series, each made when it is first asked for: few of all that are held are."""

    def __init__(self, facts: pd.DataFrame) -> None:
        self._facts = facts
        self.series = frozenset(facts["series"].unique())
        self._made: dict[str, list[Record]] = {}

    def __getitem__(self, series: str) -> list[Record]:
        """The rows of a series, none where none is held."""
        if series not in self._made:
            self._made[series] = records(self._facts[self._facts["series"] == series]) if series in self.series else []
        return self._made[series]


def _plain(values: pd.Series) -> list[Any]:
    """The values as Python objects; Arrow gives them at once, other columns one by one."""
    if isinstance(values.dtype, pd.ArrowDtype):
        arrow = pa.array(values)
        # Arrow itself takes thirty times as long for a date as NumPy does.
        plain: list[Any] = (
            arrow.to_numpy(zero_copy_only=False).tolist() if arrow.type == pa.date32() else arrow.to_pylist()
        )
        return plain
    return values.astype("object").where(values.notna(), None).tolist()
