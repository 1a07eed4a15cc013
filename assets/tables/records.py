"""Frames as plain Python records, for code that looks at one row at a time."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
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
    return _rows(names, map(_plain, map(frame.__getitem__, names)))


def _rows(names: Sequence[str], columns: Iterable[Sequence[Any]]) -> list[Record]:
    return cast(list[Record], [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)])


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> defaultdict[Key, list[Item]]:
    """Items by what a key says of them, in their order; what is said of none has none."""
    groups = defaultdict[Key, list[Item]](list)
    for item in items:
        groups[key(item)].append(item)
    return groups


class BySeries:
    """The rows of a frame of facts by series, each made when it is first asked for: few of all that are held are."""

    def __init__(self, facts: pd.DataFrame) -> None:
        # Of a frame each column would be asked for each series by itself.
        self._facts = pa.Table.from_pandas(facts, preserve_index=False).combine_chunks()
        self._places = facts.groupby("series", sort=False).indices
        self.series = frozenset(map(str, self._places))
        self._made: dict[str, list[Record]] = {}

    def __getitem__(self, series: str) -> list[Record]:
        """The rows of a series, none where none is held."""
        if series not in self.series:
            return []
        if series not in self._made:
            rows = self._facts.take(self._places[series])
            self._made[series] = _rows(rows.column_names, map(_objects, rows.columns))
        return self._made[series]


def _plain(values: pd.Series) -> list[Any]:
    """The values as Python objects; Arrow gives them at once, other columns one by one."""
    if isinstance(values.dtype, pd.ArrowDtype):
        return _objects(pa.array(values))
    return values.astype("object").where(values.notna(), None).tolist()


def _objects(values: pa.Array | pa.ChunkedArray) -> list[Any]:
    # Arrow itself takes thirty times as long for a date as NumPy does.
    plain: list[Any] = (
        values.to_numpy(zero_copy_only=False).tolist() if values.type == pa.date32() else values.to_pylist()
    )
    return plain
