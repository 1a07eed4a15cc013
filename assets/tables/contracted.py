"""The factory of contracted assets: a pure function in, a Dagster asset out that cannot stage what breaks its contract.

The function gets frames and gives a frame. The asset conforms and validates it, then yields it with the passed check; or
yields the failed check and fails, so that nothing is staged and the last good table stays.
"""

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import pandas as pd

from assets.tables.conform import conform, framed, validate
from assets.tables.failing import failing_in_words
from assets.tables.made_of import ANEW, made_of, staged_alike
from assets.tables.metadata import NO_PICTURES, Shown, cases_table, declared, metadata_of
from assets.tables.origins import Origins, origins_of
from assets.tables.records import Frames
from assets.tables.staging import Staged, read_staged, stage, to_frame
from assets.tables.surroundings import code_version
from assets.tables.workspace import Workspace
from assets.words.problems import BadInput
from schemas.registry import contract
from schemas.table import Contract

CHECK = "contract"
# What its function is handed, in the asset's metadata: parameter -> table.
TAKES = "made from"
# Named among what an asset reads, it gets the folder of released files too.
LANDING = "landing"
# Or the store of force returns.
RETURNS = "returns"
# Or the file that was published last.
OUTPUT, PUBLISHED = "output", "published"
OWNER = "team:darkfigure"
# Tables that are made in a room of another name.
ROOMS = {"meta": "archive"}
# The claims ledger holds a document against the newest statistics: what reads it is left empty for a day of the past.
LEDGER = "statement/"
AS_OF = "as_of"
# The folder of kept readings, for what reads released files.
READINGS = "readings"
NOTHING_SHOWN: Mapping[str, Shown] = {}
ALL_COLUMNS: Mapping[str, Sequence[str]] = {}
NOT_AGAIN = "not again: all that it is made of is as it was"
NOT_STAGED = "nothing is staged, and the last good table stays."


def asset_key(key: str) -> dg.AssetKey:
    """The asset key `schema/table` of a table key `schema.table`."""
    return dg.AssetKey(key.split("."))


def contracted(
    key: str,
    make: Callable[..., pd.DataFrame],
    *,
    inputs: Mapping[str, str] | None = None,
    reads: Sequence[str] = (),
    kinds: set[str] | None = None,
    shown: Shown | None = None,
) -> dg.AssetsDefinition:
    """The asset of one table.

    key:    `schema.table`, the table's contract gives type, docs and checks
    make:   pure function; gets one frame per entry of `inputs`, `data` (a Path) where it reads tracked files, and `as_of` (a
            day, None for now) and `readings` (a folder) where it has such parameters
    inputs: parameter name -> table key
    reads:  what it reads below the data folder, for the docs
    shown:  what the UI says and draws of it
    """

    def make_one(**given: Any) -> dict[str, pd.DataFrame]:
        return {key: make(**given)}

    shows = {key: shown} if shown else {}
    return _assets(key.replace(".", "__"), [key], make, make_one, inputs, reads, kinds, shows=shows)


def contracted_together(
    name: str,
    keys: Sequence[str],
    make: Callable[..., Frames],
    *,
    inputs: Mapping[str, str] | None = None,
    reads: Sequence[str] = (),
    deps: Sequence[dg.AssetKey] = (),
    kinds: set[str] | None = None,
    shown: Mapping[str, Shown] | None = None,
    columns: Mapping[str, Sequence[str]] = ALL_COLUMNS,
) -> dg.AssetsDefinition:
    """The assets of several tables that come out of one reading; `make` gives a frame per table key.

    deps:    what else they come from, without being handed it
    shown:   what the UI says and draws, by table key
    columns: parameter name -> the columns that are handed, of a large table of which few are looked at
    """
    return _assets(name, keys, make, make, inputs, reads, kinds, deps, shown or {}, columns)


def _assets(
    name: str,
    keys: Sequence[str],
    documented: Callable[..., Any],
    make: Callable[..., Frames],
    inputs: Mapping[str, str] | None,
    reads: Sequence[str],
    kinds: set[str] | None,
    deps: Sequence[dg.AssetKey] = (),
    shows: Mapping[str, Shown] = NOTHING_SHOWN,
    columns: Mapping[str, Sequence[str]] = ALL_COLUMNS,
) -> dg.AssetsDefinition:
    tables = {key: contract(key) for key in keys}
    takes = dict(inputs or {})

    @dg.multi_asset(
        name=name,
        specs=[
            dg.AssetSpec(
                asset_key(key),
                deps=[*map(asset_key, takes.values()), *deps],
                skippable=True,
                group_name=ROOMS.get(table.schema, table.schema),
                description=_description(table, documented, reads),
                metadata={**declared(table, documented), TAKES: takes},
                kinds=kinds or {"pandas", "parquet"},
                code_version=code_version(),
                owners=[OWNER],
            )
            for key, table in tables.items()
        ],
        required_resource_keys={"workspace"},
        check_specs=[
            dg.AssetCheckSpec(
                CHECK,
                asset=asset_key(key),
                description=f"Columns, types, codes and keys of {key} are as declared; where they are not, {NOT_STAGED}",
                blocking=True,
            )
            for key in tables
        ],
    )
    def compute(context: dg.AssetExecutionContext) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]:
        place = context.resources.workspace
        with failing_in_words():
            taken = {
                parameter: read_staged(place.staging_path, contract(upstream)) for parameter, upstream in takes.items()
            }
            hashes = {takes[parameter]: staged.content_hash for parameter, staged in taken.items()}
            recipe = made_of(place, reads, hashes, context.run_id)
            good = {} if context.has_tag(ANEW) else staged_alike(place.staging_path, tables, recipe)
            again = not good
            # Without a history nobody looks at what is said and drawn.
            looked_at = not context.instance.is_ephemeral
            needed = taken if again or (looked_at and shows) else {}
            frames = {
                parameter: to_frame(staged.columns(*columns[parameter])) if parameter in columns else staged.frame
                for parameter, staged in needed.items()
            }
            try:
                if again:
                    asked = _given(place, reads, inspect.signature(documented).parameters)
                    behind = [(frames[parameter], staged.origins) for parameter, staged in taken.items()]
                    empty = {key: framed([], key) for key in tables}
                    made = _conformed(tables, empty if _left_empty(reads, place) else make(**frames, **asked))
                    good = _staged(place.staging_path, tables, made, hashes, behind, recipe)
            except BadInput as error:
                yield _failed(tables, error)
                raise
        for key, staged in good.items():
            metadata = (
                metadata_of(staged, frames, shows.get(key), draw=not context.has_tag(NO_PICTURES)) if looked_at else {}
            )
            yield _materialised(key, staged, {"made": "now" if again else NOT_AGAIN, **metadata})

    return compute


def _conformed(tables: Mapping[str, Contract], made: Frames) -> dict[str, pd.DataFrame]:
    """Every table as its contract has it; BadInput of the first that breaks it."""
    conformed = {}
    for key, table in tables.items():
        # A function that found nothing to make a row of gives no columns either.
        conformed[key] = conform(made[key] if len(made[key].columns) else framed([], key), table)
        validate(conformed[key], table)
    return conformed


def _staged(
    folder: Path,
    tables: Mapping[str, Contract],
    made: dict[str, pd.DataFrame],
    hashes: Mapping[str, str],
    behind: Sequence[tuple[pd.DataFrame, Origins]],
    recipe: str,
) -> dict[str, Staged]:
    """All tables of one making, staged, each let go of then.

    hashes: of the tables they were made from; behind: those tables with their origins; recipe: see `made_of`
    """
    origins = {key: origins_of(frame, behind, made.values()) for key, frame in made.items()}
    return {key: stage(folder, table, made.pop(key), hashes, origins[key], recipe) for key, table in tables.items()}


def _materialised(key: str, staged: Staged, metadata: Mapping[str, Any]) -> dg.MaterializeResult[None]:
    passed = dg.AssetCheckResult(
        check_name=CHECK,
        asset_key=asset_key(key),
        passed=True,
        description=f"{staged.rows:,} rows are as declared.",
        metadata={"rows": staged.rows},
    )
    return dg.MaterializeResult(
        asset_key=asset_key(key),
        metadata={
            "dagster/row_count": staged.rows,
            "dagster/uri": dg.MetadataValue.path(str(staged.path)),
            "content_hash": staged.content_hash,
            **metadata,
        },
        data_version=dg.DataVersion(staged.content_hash),
        check_results=[passed],
    )


def _given(place: Workspace, reads: Sequence[str], asked: Collection[str]) -> dict[str, Any]:
    """What of the workspace a pure function gets, by what it reads and the parameters it has."""
    if not reads:
        return {}
    return {
        "data": place.data,
        **({LANDING: place.landing} if LANDING in reads else {}),
        **({AS_OF: place.as_of} if AS_OF in asked else {}),
        **({READINGS: place.readings_path} if READINGS in asked else {}),
        **({RETURNS: place.returns_store} if RETURNS in reads else {}),
        **({PUBLISHED: place.published_path} if OUTPUT in reads else {}),
    }


def _left_empty(reads: Sequence[str], place: Workspace) -> bool:
    return any(path.startswith(LEDGER) for path in reads) and place.as_of is not None


def _failed(tables: Mapping[str, Contract], error: BadInput) -> dg.AssetCheckResult:
    """The contract that was broken: of the table that the error names, else of the first."""
    key = next((key for key in tables if error.what.startswith(f"{key} ")), next(iter(tables)))
    return dg.AssetCheckResult(
        check_name=CHECK,
        asset_key=asset_key(key),
        passed=False,
        description=f"{error.what}: {len(error.problems)} found; {NOT_STAGED}",
        metadata={"found": len(error.problems), "cases": cases_table(pd.DataFrame(map(vars, error.problems)))},
    )


def _description(table: Contract, make: Callable[..., Any], reads: Sequence[str]) -> str:
    source = f"\n\nReads {', '.join(f'`data/{path}`' for path in reads)}." if reads else ""
    return f"{table.meaning}\n\nMade by `{make.__module__}.{make.__qualname__}`.{source}"
