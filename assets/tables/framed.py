"""Rows as the frame of their table."""

from collections.abc import Iterable

import pandas as pd

from schemas.derive import columns
from schemas.registry import contract
from schemas.rows import AnyRow


def given_columns(key: str) -> list[str]:
    """The columns that whoever makes a table gives: all but a row id that follows from them."""
    table = contract(key)
    return [name for name in columns(table.model) if name != "row_id" or not table.prefix]


def framed(rows: Iterable[AnyRow], key: str) -> pd.DataFrame:
    """Rows with the columns that their table declares, also where there are none; as objects, so that whole numbers beside
    empty cells stay whole."""
    return pd.DataFrame(list(rows), columns=given_columns(key), dtype="object")
