"""The jobs: everything anew, one publication fetched first, only publishing what is staged, or only a look for releases."""

from collections.abc import Mapping, Set
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg

from assets.archive.assets_landing import DOWNLOAD, fetched, what_became
from assets.archive.landed.holdings import PUBLICATIONS
from assets.reference.releases import read_sources
from assets.returns.assets_returns import ACCEPTED, fail_where_refused, told_in_run
from assets.returns.intake.intake import judged_otherwise, source_of
from assets.returns.rules.rules import read_rules
from assets.words.problems import BadInput
from pipelines.retention import retention, tidy
from pipelines.settings import settings

if TYPE_CHECKING:
    from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

REFRESH = "refresh"
REFRESH_SOURCE = "refresh_source"
PUBLISH = "publish"
DISCOVER = "discover"
TIDY = "tidy"
TAKE_IN = "take_in_returns"


# A sensor that runs unless somebody stops it.
looking = partial(dg.sensor, default_status=dg.DefaultSensorStatus.RUNNING, required_resource_keys={"workspace"})


def jobs(hooks: Set[dg.HookDefinition], data: Path) -> "list[UnresolvedAssetJobDefinition | dg.JobDefinition]":
    """All jobs; `data` is the data root, whose publications `refresh_source` can be asked for."""
    return [
        dg.define_asset_job(
            REFRESH,
            selection=dg.AssetSelection.all() - dg.AssetSelection.assets(DOWNLOAD, ACCEPTED),
            hooks=set(hooks),
            description="Make every table anew from what is tracked and what has landed, and publish. Needs no network.",
        ),
        dg.define_asset_job(
            REFRESH_SOURCE,
            selection=dg.AssetSelection.all() - dg.AssetSelection.assets(ACCEPTED),
            config=_source_config(data),
            hooks=set(hooks),
            description=(
                "Download the newest release of one publication, then make every table anew and publish. Where the download"
                " fails nothing is made and the last good file stays."
            ),
        ),
        dg.define_asset_job(
            PUBLISH,
            selection=dg.AssetSelection.groups("published"),
            hooks=set(hooks),
            description="Audit and publish what is staged, without making it anew.",
        ),
        dg.define_asset_job(
            TAKE_IN,
            selection=dg.AssetSelection.assets(ACCEPTED),
            description="Take in what suppliers sent for a quarter: check it, set rows aside, keep the version.",
        ),
        judge_returns_again,
        discover,
        tidy_up,
    ]


@dg.op(
    name="look_for_releases",
    required_resource_keys={"workspace"},
    description="Ask every publisher for its newest release and download what is new; one that fails stops no other.",
)
def look_for_releases(context: dg.OpExecutionContext) -> None:
    """Fetch every publication that can be found."""
    context.add_output_metadata(what_became(fetched(context.resources.workspace, [])))


@dg.job(
    name=DISCOVER,
    description=(
        "Look for new releases and download them into the landing folder. It fails with the publisher's answer in words where"
        " one could not be asked; the others are landed all the same, and nothing that is published changes."
    ),
)
def discover() -> None:
    """Only look and download: the sensor on the landing folder does the rest."""
    look_for_releases()


@dg.op(
    name="clear_what_is_old",
    description="Clear runs of the history that are old or too many, with their logs, and old rebuilt days of the past.",
)
def clear_what_is_old(context: dg.OpExecutionContext) -> None:
    """Clear by the settings; the log says what was cleared."""
    for line in tidy(settings(), context.instance, retention()):
        context.log.info(line)


@dg.job(
    name=TIDY,
    description="Clear what grows: DARKFIGURE_KEEP_DAYS and DARKFIGURE_KEEP_RUNS say how much is kept. Published builds stay.",
)
def tidy_up() -> None:
    """As `darkfigure tidy`."""
    clear_what_is_old()


def fetchable(data: Path) -> dict[str, str]:
    """Publication -> title, of those that can be fetched; those with a reader where data/sources.yaml cannot be read."""
    try:
        titles = {
            key: str(read_source["title"])
            for key, read_source in read_sources(data).items()
            if read_source.get("discovery")
        }
    except BadInput:
        # A refresh names what is wrong with the file; the code location loads all the same.
        titles = {}
    return titles or dict.fromkeys(PUBLICATIONS, "")


def _source_config(data: Path) -> dg.ConfigMapping:
    keys = dg.Enum("Publication", [dg.EnumValue(key, description=title) for key, title in fetchable(data).items()])

    def to_ops(config: Mapping[str, Any]) -> dict[str, Any]:
        return {"ops": {DOWNLOAD.to_python_identifier(): {"config": {"source": config["source"]}}}}

    return dg.ConfigMapping(
        config_fn=to_ops,
        config_schema={"source": dg.Field(keys, description="Which publication: a key of data/sources.yaml.")},
        receive_processed_config_values=False,
    )


# Judge returns again by one run: after a change of rules, codes or limits, whatever the number of suppliers and quarters.
# Dagster splits a backfill over two dimensions into a run per quarter; this one is not of partitions, and reports each.
JUDGE_AGAIN = "judge_returns_again"


@dg.op(
    name="judge_returns",
    required_resource_keys={"workspace"},
    description="Judge every return of the inbox anew that was judged by other rules, codes or limits than today's.",
)
def judge_returns(context: dg.OpExecutionContext) -> None:
    """Take every such partition in, and report those that count; fails, naming them, where a newest return is refused."""
    place = context.resources.workspace
    source = source_of(place, read_rules(place.data))
    fail_where_refused(told_in_run(context, source, judged_otherwise(source)), source)


@dg.job(
    name=JUDGE_AGAIN,
    description="After a change of the rules: judge all returns again by one run. The sensor `rules_of_returns` starts it.",
)
def judge_returns_again() -> None:
    """One operation over all partitions."""
    judge_returns()
