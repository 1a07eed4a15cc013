"""Rows as the frame of their table."""

from collections.abc import Iterable

import pandas as pd

from assets.tables.conform import given_names
from schemas.registry import contract
from schemas.rows import AnyRow


def given_columns(key: str) -> list[str]:
    """The columns of a table that whoever makes it gives."""
    return given_names(contract(key))


def framed(rows: Iterable[AnyRow], key: str) -> pd.DataFrame:
    """Rows with the columns that their table declares, also where there are none; as objects, so that whole numbers beside
    empty cells stay whole."""
    return pd.DataFrame(list(rows), columns=given_columns(key), dtype="object")
