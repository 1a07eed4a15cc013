"""One step back from every row (`meta.lineage`): derived from the `inputs` of every table that has them."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from assets.tables.staging import Staged
from schemas.derive import arrow_schema
from schemas.registry import CONTRACTS

EMPTY = pa.table({"row_id": pa.array([], pa.string()), "input_row_id": pa.array([], pa.string())})


def steps(staged: Mapping[str, Staged]) -> pa.Table:
    """The lineage of staged tables, read from the two columns that say it."""
    with_inputs = [key for key in staged if {"row_id", "inputs"} <= set(arrow_schema(CONTRACTS[key].model).names)]
    return lineage({key: staged[key].columns("row_id", "inputs") for key in with_inputs})


def lineage(tables: Mapping[str, pa.Table]) -> pa.Table:
    """`row_id -> input_row_id` over all tables that have `row_id` and `inputs` (`meta.lineage`)."""
    steps = [_steps(table) for table in tables.values() if "inputs" in table.column_names]
    return pa.concat_tables([EMPTY, *steps])


def _steps(table: pa.Table) -> pa.Table:
    """Every step of one table once; no row id stands in two tables."""
    inputs = table["inputs"].combine_chunks()
    parents = pc.list_parent_indices(inputs)
    steps = pa.table({"row_id": table["row_id"].take(parents), "input_row_id": pc.list_flatten(inputs)})
    return steps.group_by(list(steps.column_names)).aggregate([])
