"""Composition only: which assets, checks, jobs and resources make up the code location. Nothing is computed here."""

import os
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from importlib import import_module
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa

from assets.archive import assets_landing
from assets.archive.assets_landing import SOURCE_KEYS
from assets.archive.tracked.tracked import Newest, licence_tag, newer, newest_tracked, tracked_publications
from assets.published.answers_page import written_answers
from assets.published.assets import WAREHOUSE
from assets.published.audit import CHECKS
from assets.tables.checking import Check
from assets.tables.checks import checked
from assets.tables.workspace import Workspace
from pipelines.automation import SCHEDULES, SENSORS, automated
from pipelines.jobs import jobs
from pipelines.settings import CHECKOUT
from pipelines.watch import event_lines

GIT_URL, GIT_BRANCH = "DARKFIGURE_GIT_URL", "DARKFIGURE_GIT_BRANCH"


def with_code_on_git(assets: Sequence[Any]) -> Sequence[Any]:
    """Assets whose code links lead to DARKFIGURE_GIT_URL, a GitHub or GitLab address; to the checkout where it is not set."""
    url = os.environ.get(GIT_URL)
    if not url:
        return assets
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.BetaWarning)
        mapping = dg.AnchorBasedFilePathMapping(local_file_anchor=CHECKOUT, file_anchor_path_in_repository="")
        branch = os.environ.get(GIT_BRANCH) or "main"
        return dg.link_code_references_to_git(assets, git_url=url, git_branch=branch, file_path_mapping=mapping)


Deps = Mapping[dg.AssetKey, Iterable[dg.AssetKey]]
# What only says of rows what they mean; its publications are not those of the figures.
NO_FIGURES = ("reference", "meta")


def tagged(data: Path, specs: Iterable[dg.AssetSpec]) -> Callable[[dg.AssetSpec], dg.AssetSpec]:
    """A function that gives a spec the tags `source/<publication>: <newest tracked release>` and `licence`.

    What lands belongs to its publisher: whom to ask about it.
    What was landed since stands in the metadata of each materialisation: tags are those of the tracked input.
    """
    tracked, known = newest_tracked(data), tracked_publications(data)
    deps = {spec.key: [dep.asset_key for dep in spec.deps] for spec in specs}
    newest: dict[dg.AssetKey, Newest] = {key: tracked[name] for key in deps if (name := ".".join(key.path)) in tracked}
    licences: dict[tuple[str, ...], str] = {}

    def tag(spec: dg.AssetSpec) -> dg.AssetSpec:
        sources = _sources(spec.key, deps, newest)
        which = tuple(sorted(sources))
        if which not in licences:
            licences[which] = licence_tag(known, sources)
        licence = {"licence": licences[which]} if licences[which] else {}
        tags = {f"source/{source}": sources[source][1] for source in which} | licence
        publication = known.get(spec.key.path[-1]) if spec.key in SOURCE_KEYS else None
        owned = [f"team:{publication['publisher']}"] if publication else spec.owners
        return spec.replace_attributes(tags={**spec.tags, **tags}, owners=owned)

    return tag


def _sources(key: dg.AssetKey, deps: Deps, newest: dict[dg.AssetKey, Newest]) -> Newest:
    """The publications of an asset: its own where it holds figures, else those of all that it comes from."""
    if key in newest:
        return newest[key]
    newest[key] = {key.path[-1]: (0, "")} if key in SOURCE_KEYS else {}
    if key.path[0] not in NO_FIGURES:
        for upstream in deps.get(key, ()):
            if upstream not in SOURCE_KEYS and upstream.path[0] not in NO_FIGURES:
                newest[key] = newer(newest[key], _sources(upstream, deps, newest))
    return newest[key]


ANSWERS = dg.AssetKey(["published", "answers"])
# Every module of declarations says what it makes; a new one is found without being named here. Released files are observed
# and downloaded, not made: no condition remakes them.
DECLARING = [
    import_module(".".join(path.relative_to(CHECKOUT).with_suffix("").parts))
    for path in sorted((CHECKOUT / "assets").rglob("assets*.py"))
]
MADE = [made for module in DECLARING if module is not assets_landing for made in module.ASSETS]
TAKEN = {
    dep.asset_key for definition in MADE for spec in definition.specs if spec.key != WAREHOUSE for dep in spec.deps
}


def definitions(chosen: Workspace, hooks: Set[dg.HookDefinition] = frozenset()) -> dg.Definitions:
    """The code location over the folders of some settings; hooks are told of every step."""
    # What a table no longer needs goes back to the system; Arrow's own pool keeps it, and tables add up.
    pa.set_memory_pool(pa.system_memory_pool())
    made = dg.map_asset_specs(lambda spec: automated(readable(begun_with_answers(spec, chosen))), MADE)
    specs = [spec for definition in [*assets_landing.ASSETS, *made] for spec in definition.specs]
    composed = dg.map_asset_specs(tagged(chosen.data, specs), [*assets_landing.ASSETS, *made])
    event_lines.knows(spec for definition in composed for spec in definition.specs)
    return dg.Definitions(
        assets=with_code_on_git(composed),
        asset_checks=[*assets_landing.CHECKS, *map(checked, _asked(CHECKS, chosen))],
        jobs=jobs(hooks, chosen.data),
        sensors=SENSORS,
        schedules=SCHEDULES,
        # Without a config: that of a run, which an address can fill in, names no other folders.
        resources={
            "workspace": dg.ResourceDefinition(lambda _: chosen, config_schema={}),
            # Assets stage their tables themselves; Dagster's own manager would write to a folder that a run can name.
            "io_manager": dg.IOManagerDefinition(lambda _: dg.InMemoryIOManager(), config_schema={}),  # type: ignore[no-untyped-call]
        },
        executor=dg.in_process_executor,
    )


def begun_with_answers(spec: dg.AssetSpec, chosen: Workspace) -> dg.AssetSpec:
    """The asset of the answers begins its page with those that stand published; any other asset as it is."""
    answers = written_answers(chosen.output) if spec.key == ANSWERS else None
    return spec if answers is None else spec.replace_attributes(description=f"{answers}\n\n{spec.description}")


def readable(spec: dg.AssetSpec) -> dg.AssetSpec:
    """The published file waits for the tables that no other table is made of, and with them for all: fewer edges to look at."""
    return (
        spec.replace_attributes(deps=[dep for dep in spec.deps if dep.asset_key not in TAKEN])
        if spec.key == WAREHOUSE
        else spec
    )


def _asked(checks: Iterable[Check], chosen: Workspace) -> list[Check]:
    """The checks that can be asked: of a day of the past not those that are true only of all that is known now."""
    return [check for check in checks if chosen.as_of is None or not check.of_now]
