"""Publish what is staged: audit, build, swap. Nothing of it knows Dagster."""

import datetime
import hashlib
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from assets.answers.making import make
from assets.published import warehouse
from assets.published.audit import audit, fit_together, refuse_failed_checks
from assets.published.builds import Placed, place, published_file
from assets.published.lock import only_one
from assets.tables.checking import CheckOutcome
from assets.tables.staging import Staged, give_back, read_staged
from schemas.derive import arrow_schema
from schemas.registry import CONTRACTS, PUBLISHED, contract
from schemas.row_types import BuildRow, CheckResultRow
from schemas.rows import AnyRow


@dataclass(frozen=True)
class PublishedBuild:
    """A published build: where it stands, its id, what the audit said, and how much it holds."""

    placed: Placed
    build_id: str
    outcomes: list[CheckOutcome]
    tables: int
    rows: int


def publish(
    staging: Path, output: Path, lock: Path, wait: float = 0, as_of: datetime.date | None = None
) -> PublishedBuild:
    """Audit the staged tables and publish them as `output/darkfigure.duckdb`.

    as_of: the tables are those of this day of the past, and need not be complete; None for now.

    Raises BadInput where a table is not staged, the set does not fit together or the audit fails, Busy where another
    refresh holds the lock; the last good file then stays.
    """
    with only_one(lock, wait):
        staged = {key: read_staged(staging, table) for key, table in CONTRACTS.items()}
        fit_together(staged)
        published = {key: table for key, table in staged.items() if CONTRACTS[key].published}
        taken = steps(published)
        give_back(taken.num_rows)
        outcomes = audit(published, taken, past=as_of is not None)
        refuse_failed_checks(outcomes)
        give_back(taken.num_rows)
        content = _content(published)
        now = datetime.datetime.now(datetime.UTC)
        build_id = f"{now:%Y%m%dT%H%M%S.%fZ}-{content[:8]}"
        rows = sum(table.rows for table in published.values())
        made = {
            "meta.build": _table("meta.build", [_build(build_id, now, as_of, content, len(published), rows)]),
            "meta.check_result": _table("meta.check_result", [_result(outcome) for outcome in outcomes]),
            "meta.lineage": taken.cast(arrow_schema(contract("meta.lineage").model)),
        }
        dictionary = warehouse.data_dictionary([*published, *PUBLISHED])
        made |= {"meta.column": _table("meta.column", dictionary)}
        before = published_file(output)
        placed = place(
            output,
            build_id,
            lambda file: warehouse.write_tables(file, published, made, lambda to: make(to, before, now.date())),
        )
    return PublishedBuild(placed, build_id, outcomes, len(published), rows)


def _content(staged: Mapping[str, Staged]) -> str:
    """One hash over all tables: equal hashes mean equal content."""
    digest = hashlib.sha256()
    for key in sorted(staged):
        digest.update(f"{key} {staged[key].content_hash}\n".encode())
    return digest.hexdigest()


def _table(key: str, rows: Sequence[AnyRow]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=arrow_schema(contract(key).model))


def _build(
    build_id: str, now: datetime.datetime, as_of: datetime.date | None, content: str, tables: int, rows: int
) -> BuildRow:
    return {
        "build_id": build_id,
        "built_at": now.replace(tzinfo=None),
        "as_of": as_of,
        "version": metadata.version("darkfigure"),
        "content_hash": content,
        "tables": tables,
        "rows": rows,
        "python": platform.python_version(),
        "duckdb": duckdb.__version__,
    }


def _result(outcome: CheckOutcome) -> CheckResultRow:
    return {
        "check_name": outcome.name,
        "tables": ", ".join(outcome.tables),
        "passed": outcome.passed,
        "checked": outcome.checked,
        "failed": outcome.failed,
        "found": outcome.sentence(),
    }


# One step back from every row (`meta.lineage`): derived from the `inputs` of every table that has them.
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
