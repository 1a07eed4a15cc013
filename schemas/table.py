"""What every table of the house is: a strict pandera model and what the model cannot say of itself."""

import sys
from dataclasses import dataclass, field
from types import SimpleNamespace

import pandera.pandas as pa

from schemas.fields import shared
from schemas.types import Text

# Pandera asks whether a frame may be dask's by importing it: half a second of every process, and none here is.
sys.modules.setdefault("pandera.typing.dask", SimpleNamespace(DASK_INSTALLED=False))  # type: ignore[arg-type]


OR = " or "


class Table(pa.DataFrameModel):
    """A table: exactly these columns, in this order, of these types; nothing is coerced."""

    class Config:
        strict = True
        ordered = True
        coerce = False


class Keyed(Table):
    """A table whose rows have an id, which stands first."""

    row_id: Text = shared("row_id", unique=True)


@dataclass(frozen=True)
class Contract:
    """A table's name, its model and its ties to other tables.

    key:       `schema.table`, also the Dagster asset key `schema/table`
    model:     the pandera model; its docstring says what one row is
    row_key:   columns that together identify a row
    prefix:    first part of every row id of the table; empty where the table has no row ids
    foreign:   column -> `schema.table.column` that must hold every value of it, or several divided by OR of which one must
    lists:     column that holds several values -> the mark between them
    published: is it a table of the published file, or only staged on the way to one
    may_be_empty: may its tracked file have a header alone
    """

    key: str
    model: type[Table]
    row_key: tuple[str, ...]
    prefix: str = ""
    foreign: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    published: bool = True
    may_be_empty: bool = False

    @property
    def ties(self) -> dict[str, list[tuple[str, str]]]:
        """`foreign` taken apart: column -> key of each table that may hold its values, and the column there."""
        ends = {column: [end.rpartition(".") for end in targets.split(OR)] for column, targets in self.foreign.items()}
        return {column: [(key, name) for key, _, name in end] for column, end in ends.items()}

    @property
    def schema(self) -> str:
        """DuckDB schema, also the asset group."""
        return self.key.split(".")[0]

    @property
    def name(self) -> str:
        """Table name without its schema."""
        return self.key.split(".")[1]

    @property
    def meaning(self) -> str:
        """What one row is: the model's docstring on one line."""
        return " ".join((self.model.__doc__ or "").split())
