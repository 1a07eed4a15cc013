"""Composition only: which assets, checks, jobs and resources make up the code location. Nothing is computed here."""

from collections.abc import Iterable, Set
from importlib import import_module

import dagster as dg
import pyarrow as pa

from assets.archive import assets_landing
from assets.published.answers_page import written_answers
from assets.published.assets import WAREHOUSE
from assets.published.every_check import CHECKS
from assets.tables.checking import Check
from assets.tables.checks import checked
from assets.tables.workspace import Workspace
from pipelines.automation import SCHEDULES, SENSORS, automated
from pipelines.code_links import with_code_on_git
from pipelines.jobs import jobs
from pipelines.settings import CHECKOUT
from pipelines.tagging import tagged
from pipelines.watch import event_lines

ANSWERS = dg.AssetKey(["published", "answers"])
# Every module of declarations says what it makes; a new one is found without being named here. Released files are observed
# and downloaded, not made: no condition remakes them.
DECLARING = [
    import_module(".".join(path.relative_to(CHECKOUT).with_suffix("").parts))
    for path in sorted((CHECKOUT / "assets").rglob("assets*.py"))
]
MADE = [made for module in DECLARING if module is not assets_landing for made in module.ASSETS]
TAKEN = {dep.asset_key for one in MADE for spec in one.specs if spec.key != WAREHOUSE for dep in spec.deps}


def definitions(chosen: Workspace, hooks: Set[dg.HookDefinition] = frozenset()) -> dg.Definitions:
    """The code location over the folders of some settings; hooks are told of every step."""
    # What a table no longer needs goes back to the system; Arrow's own pool keeps it, and tables add up.
    pa.set_memory_pool(pa.system_memory_pool())
    made = dg.map_asset_specs(lambda spec: automated(readable(answered(spec, chosen))), MADE)
    specs = [spec for one in [*assets_landing.ASSETS, *made] for spec in one.specs]
    composed = dg.map_asset_specs(tagged(chosen.data, specs), [*assets_landing.ASSETS, *made])
    event_lines.knows(spec for one in composed for spec in one.specs)
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


def answered(spec: dg.AssetSpec, chosen: Workspace) -> dg.AssetSpec:
    """The asset of the answers begins its page with those that stand published; any other asset as it is."""
    said = written_answers(chosen.output) if spec.key == ANSWERS else None
    return spec if said is None else spec.replace_attributes(description=f"{said}\n\n{spec.description}")


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
