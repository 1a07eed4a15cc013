"""Which releases, read from which files, a table comes from: passed on from table to table beside the rows."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# `source@release` -> the files that its figures were read from.
Origins = Mapping[str, tuple[str, ...]]
NO_ORIGINS: Origins = MappingProxyType({})
PAIR = ("source", "release")
FILES = ("file", "path")


def origins_of(
    frame: pd.DataFrame, inputs: Iterable[tuple[pd.DataFrame, Origins]], together: Iterable[pd.DataFrame] = ()
) -> Origins:
    """The releases of a table: those its rows name, else those of the rows that it was made from.

    inputs:   frames it was made from, each with its own origins
    together: frames made in the same reading, which may name the files
    """
    taken = list(inputs)
    files = _merged([*(origins for _, origins in taken), *map(_named_files, together), _named_files(frame)])
    if set(PAIR) <= set(frame.columns):
        used = _pairs(frame)
    elif "inputs" in frame.columns:
        used = _behind(frame, taken)
    else:
        used = set()
    return {release: files.get(release, ()) for release in sorted(used)}


def _behind(frame: pd.DataFrame, inputs: Iterable[tuple[pd.DataFrame, Origins]]) -> set[str]:
    """Releases of the rows that stand in `inputs`; of rows that name none those of their own table."""
    rows = pc.unique(pc.list_flatten(_array(frame["inputs"])))
    used: set[str] = set()
    for source, origins in inputs:
        if "row_id" not in source.columns:
            continue
        mine = pc.is_in(_array(source["row_id"]), value_set=rows)
        if set(PAIR) <= set(source.columns):
            used |= _pairs(source, mine)
        elif pc.any(mine).as_py():
            used |= set(origins)
    return used


def _pairs(frame: pd.DataFrame, only: pa.Array | None = None) -> set[str]:
    rows = pa.table({name: _array(frame[name]) for name in PAIR})
    rows = rows if only is None else rows.filter(only)
    pairs = rows.group_by(list(PAIR)).aggregate([]).to_pylist()
    return {f"{row['source']}@{row['release']}" for row in pairs if row["source"] and row["release"]}


def _named_files(frame: pd.DataFrame) -> Origins:
    name = next((column for column in FILES if column in frame.columns), None)
    if name is None or not set(PAIR) <= set(frame.columns):
        return {}
    rows = pa.table({column: _array(frame[column]) for column in (*PAIR, name)}).group_by([*PAIR, name]).aggregate([])
    files: dict[str, tuple[str, ...]] = {}
    for row in rows.to_pylist():
        if row["source"] and row["release"]:
            key = f"{row['source']}@{row['release']}"
            files[key] = (*files.get(key, ()), row[name])
    return files


def _merged(several: Iterable[Origins]) -> dict[str, tuple[str, ...]]:
    merged: dict[str, tuple[str, ...]] = {}
    for origins in several:
        for release, files in origins.items():
            merged[release] = tuple(sorted({*merged.get(release, ()), *files}))
    return merged


def _array(values: pd.Series) -> pa.Array:
    array = pa.array(values)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
