"""What lands: the publications as observable sources, the download of one of them, and whether their newest release is held."""

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

import dagster as dg

from assets.archive.checks import release_is_not_overdue as not_overdue
from assets.archive.fetch.settings import from_environment
from assets.archive.landed.holdings import PUBLICATIONS, holdings
from assets.reference.releases import read_sources
from assets.tables.checks import result_of
from assets.tables.contracted import OWNER, asset_key
from assets.tables.failing import failing_in_words
from assets.tables.metadata import code_of
from assets.tables.staging import read_staged
from assets.tables.workspace import Workspace
from schemas.registry import contract

if TYPE_CHECKING:
    from assets.archive.fetch.download import Fetched

GROUP = "archive"
DOWNLOAD = dg.AssetKey(["archive", "download"])
SOURCE_KEYS = [dg.AssetKey(["landing", source]) for source in PUBLICATIONS]
# Where Dagster's automation is switched on, it looks at the landing folder this often.
EVERY_TEN_MINUTES = "*/10 * * * *"


@dg.multi_observable_source_asset(  # type: ignore[untyped-decorator]
    name="landing",
    specs=[
        dg.AssetSpec(
            key,
            group_name=GROUP,
            description=(
                f"Released files of `{key.path[-1]}` (data/sources.yaml) in the landing folder, fetched or dropped in;"
                " recognised by content. The data version is a sha256 over them: the same files start nothing."
            ),
            owners=[OWNER],
            kinds={"excel", "csv"},
            metadata={"dagster/code_references": code_of(holdings)},
            automation_condition=dg.AutomationCondition.cron_tick_passed(EVERY_TEN_MINUTES),
        )
        for key in SOURCE_KEYS
    ],
    can_subset=True,
    required_resource_keys={"workspace"},
)
def landing_sources(context: dg.AssetExecutionContext) -> Iterator[dg.ObserveResult]:
    """Observe what has landed of each publication."""
    place: Workspace = context.resources.workspace
    holdings_of = holdings(place.landing, place.data)
    for key in SOURCE_KEYS:
        if key in context.selected_asset_keys:
            holding = holdings_of[key.path[-1]]
            files = "\n".join(f"- {name} ({sha256[:12]})" for name, sha256 in holding.files.items())
            yield dg.ObserveResult(
                asset_key=key,
                data_version=dg.DataVersion(holding.version),
                metadata={
                    "files": dg.MetadataValue.md(files or "none"),
                    "releases": ", ".join(sorted(holding.releases)) or "none",
                },
            )


def fetched(place: Workspace, wanted: list[str]) -> "list[Fetched]":
    """Fetch publications, all that can be found where none is named; dg.Failure in words where one could not be.

    Those that could be are landed all the same.
    """
    from assets.archive.fetch.releases import fetch  # what speaks HTTP, which few processes do

    with failing_in_words():
        rows = fetch(read_sources(place.data), place.landing, from_environment(), wanted)
    failed = [row.error.paragraph() for row in rows if row.error is not None]
    if failed:
        raise dg.Failure(description="\n".join(failed), metadata=what_became(rows), allow_retries=False)
    return rows


@dg.asset(
    key=DOWNLOAD,
    group_name=GROUP,
    owners=[OWNER],
    kinds={"http"},
    metadata={"dagster/code_references": code_of(fetched)},
    config_schema={
        "source": dg.Field(
            str,
            default_value="",
            description="Publication (key of data/sources.yaml); nothing is downloaded without one.",
        )
    },
    required_resource_keys={"workspace"},
    description=(
        "The newest release of one publication, downloaded into the landing folder: the job `refresh_source` names which."
        " A run that names none downloads nothing and needs no network."
    ),
)
def download(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Fetch one publication, or nothing."""
    source = context.op_execution_context.op_config["source"]
    if not source:
        return dg.MaterializeResult(metadata={"downloaded": "nothing: no publication was named"})
    return dg.MaterializeResult(metadata=what_became(fetched(context.resources.workspace, [source])))


def what_became(rows: "list[Fetched]") -> dict[str, dg.MetadataValue]:
    """What became of each publication, for the UI."""
    lines = [f"- {row.source} {row.release}: {row.status}{f' ({row.path.name})' if row.path else ''}" for row in rows]
    return {"downloaded": dg.MetadataValue.md("\n".join(lines) or "nothing")}


@dg.asset_check(
    asset=asset_key("meta.release"),
    required_resource_keys={"workspace"},
    description="The next release of every publication is not due yet. A warning: it stops nothing.",
)
def release_is_not_overdue(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    """Look at the calendar of the publications."""
    place: Workspace = context.resources.workspace
    today = place.as_of or datetime.date.today()
    with failing_in_words():
        releases = read_staged(place.staging_path, contract("meta.release")).frame
    return result_of(not_overdue(releases, read_sources(place.data), today))


ASSETS = [landing_sources, download]
CHECKS = [release_is_not_overdue]
