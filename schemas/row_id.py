"""Readable row ids, made from key columns only: never from values or the order of rows."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.table import Contract

EMPTY = "-"


def row_ids(contract: Contract, frame: pd.DataFrame) -> pd.Series:
    """`prefix:part:part...` for every row of a frame that has the contract's key columns.

    Adjacent period_start and period_end become one part `2022-04-01..2023-03-31`, source and release become
    `source@release`, an empty part is `-`. A part's own colons are written `/` so that ids split cleanly.
    """
    parts: list[pa.Array] = []
    names = list(contract.row_key)
    while names:
        name = names.pop(0)
        text = _text(frame[name])
        if name == "period_start" and names[:1] == ["period_end"]:
            text = pc.binary_join_element_wise(text, _text(frame[names.pop(0)]), "..")
        elif name == "source" and names[:1] == ["release"]:
            text = pc.binary_join_element_wise(text, _text(frame[names.pop(0)]), "@")
        parts.append(text)
    prefix = pa.array([contract.prefix] * len(frame), pa.string())
    joined = pc.binary_join_element_wise(prefix, *parts, ":")
    return pd.Series(joined, index=frame.index, dtype=pd.ArrowDtype(pa.string()))


def _text(values: pd.Series) -> pa.Array:
    """The values as text, `-` for empty; a key column holds text, whole numbers or dates."""
    array = pa.array(values, from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    text = pc.replace_substring(array.cast(pa.string()), ":", "/")
    return pc.fill_null(pc.if_else(pc.equal(text, ""), EMPTY, text), EMPTY)
