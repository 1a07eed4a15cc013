"""The one publishing step: every table into one DuckDB file, audited, versioned and swapped in."""

from collections.abc import Callable
from typing import Any

import dagster as dg

from assets.published.builds import keep_copy
from assets.published.measured import write_measured
from assets.published.publish import publish
from assets.tables.contracted import OWNER, asset_key
from assets.tables.failing import failing_in_words
from assets.tables.metadata import code_of
from assets.words.problems import Busy
from schemas.registry import CONTRACTS

WAREHOUSE = dg.AssetKey(["published", "warehouse"])


def published(
    name: str, of: Callable[..., Any], **specified: Any
) -> Callable[[Callable[..., Any]], dg.AssetsDefinition]:
    """An asset of what people open; of: the function that makes it; specified: what else Dagster is told of it."""
    declared: Callable[[Callable[..., Any]], dg.AssetsDefinition] = dg.asset(
        key=["published", name], group_name="published", owners=[OWNER], required_resource_keys={"workspace"},
        metadata={"dagster/code_references": code_of(of)}, **specified,
    )  # fmt: skip
    return declared


@published(
    "warehouse",
    publish,
    deps=[asset_key(key) for key in CONTRACTS],
    kinds={"duckdb"},
    description=(
        "One DuckDB file with every table, audited before it is published. A failed audit leaves the last good file.\n\n"
        "Open `data/output/darkfigure.duckdb` read-only and `select * from gap`."
    ),
)
def warehouse(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Publish the staged tables."""
    place = context.resources.workspace
    try:
        with failing_in_words():
            done = publish(place.staging_path, place.output_of_day, place.lock_path, as_of=place.as_of)
    except Busy as error:
        raise dg.Failure(description=str(error), allow_retries=False) from None
    file = done.placed.published
    if place.as_of is not None:
        file = keep_copy(done.placed.file, place.published_path)
    note_taken(context)
    checks = "\n".join(f"- **{outcome.name}**: {outcome.sentence()}" for outcome in done.outcomes)
    return dg.MaterializeResult(
        metadata={
            "file": dg.MetadataValue.path(str(file)),
            "build": done.build_id,
            "tables": done.tables,
            "dagster/row_count": done.rows,
            "audit": dg.MetadataValue.md(checks),
            "published as": "a link to the build" if done.placed.linked else "a copy, since links are not allowed here",
        }
    )


def note_taken(context: dg.AssetExecutionContext) -> None:
    """Note what the run has taken until now."""
    record = context.instance.get_run_record_by_id(context.run_id)
    if record is not None and record.start_time is not None:
        write_measured(context.resources.workspace.interim_of_day, context.run_id, record.start_time)


ASSETS = [warehouse]
