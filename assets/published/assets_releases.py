"""The releases in Dagster, one partition each: which vintages there are, and what the published file holds of each.

No run per release makes the tables: what is compared needs every vintage at once (revisions, relations between releases), and a
release that was read before is not read again. So a release is no step of its own; its partition is told by the run that
publishes, and only where something of it changed.
"""

from pathlib import Path

import dagster as dg

from assets.published.assets import WAREHOUSE
from assets.published.releases_held import changed_releases, releases_held
from assets.tables.contracted import OWNER
from assets.tables.metadata import code_of
from assets.words.markdown import bullets

KEY = dg.AssetKey(["published", "release"])
PARTITIONS = dg.DynamicPartitionsDefinition(name="release")
VERSION = "dagster/data_version"


def tell_releases(context: dg.AssetExecutionContext, file: Path) -> None:
    """Tell the history which releases there are now and what changed in them."""
    releases, instance = releases_held(file), context.instance
    instance.add_dynamic_partitions(str(PARTITIONS.name), [*releases])
    tags_by_partition = instance.event_log_storage.get_latest_tags_by_partition(
        KEY, dg.DagsterEventType.ASSET_MATERIALIZATION, [VERSION]
    )
    for name, version in changed_releases(releases, {name: tags[VERSION] for name, tags in tags_by_partition.items()}):
        row = releases[name]
        # One entry for all: each is kept four times, of every release.
        listed = bullets(
            f"{column.replace('_', ' ')}: {value}" for column, value in row.items() if value not in (None, "")
        )
        metadata = {"dagster/row_count": row["figures"], "what is held": dg.MetadataValue.md(listed)}
        context.log_event(dg.AssetMaterialization(KEY, partition=name, metadata=metadata, tags={VERSION: version}))


ASSETS = [
    dg.AssetsDefinition(
        specs=[
            dg.AssetSpec(
                KEY,
                deps=[WAREHOUSE],
                partitions_def=PARTITIONS,
                group_name="published",
                kinds={"duckdb"},
                owners=[OWNER],
                metadata={"dagster/code_references": code_of(releases_held)},
                description=(
                    "Every release, one partition each, `<publication> <release>`: when it came out, its figures in the"
                    " published file, how many of them are doubted, its files, and whether it is the newest of its"
                    " publication. Told by the run that publishes, where something changed. What was known on a day:"
                    " `darkfigure refresh --as-of DATE`."
                ),
            )
        ]
    )
]
