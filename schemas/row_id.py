"""Readable row ids, made from key columns only: never from values or the order of rows."""

import pandas as pd
import pyarrow as pa

from schemas.table import Contract

EMPTY = "-"


def row_ids(contract: Contract, frame: pd.DataFrame) -> pd.Series:
    """`prefix:part:part...` for every row of a frame that has the contract's key columns.

    Adjacent period_start and period_end become one part `2022-04-01..2023-03-31`, source and release become
    `source@release`, an empty part is `-`. A part's own colons are written `/` so that ids split cleanly.
    """
    parts: list[pd.Series] = []
    names = list(contract.row_key)
    while names:
        name = names.pop(0)
        text = _text(frame[name])
        if name == "period_start" and names[:1] == ["period_end"]:
            text = text + ".." + _text(frame[names.pop(0)])
        elif name == "source" and names[:1] == ["release"]:
            text = text + "@" + _text(frame[names.pop(0)])
        parts.append(text)
    ids = pd.Series(contract.prefix, index=frame.index, dtype="object")
    for part in parts:
        ids = ids + ":" + part
    return ids.astype(pd.ArrowDtype(pa.string()))


def _text(values: pd.Series) -> pd.Series:
    return values.astype("object").map(lambda value: EMPTY if _empty(value) else str(value).replace(":", "/"))


def _empty(value: object) -> bool:
    return value is None or value is pd.NA or value != value or value == ""
