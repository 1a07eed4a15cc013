"""Composition only: which assets, checks, jobs and resources make up the code location. Nothing is computed here."""

from collections.abc import Set

import dagster as dg
import pyarrow as pa

from assets.archive.assets import ASSETS as ARCHIVE
from assets.archive.assets_landing import ASSETS as LANDING
from assets.archive.assets_landing import CHECKS as LANDING_CHECKS
from assets.population.assets import ASSETS as POPULATION
from assets.published.assets import ASSETS as PUBLISHED
from assets.published.assets_report import ASSETS as REPORT
from assets.reconciled.change.assets import ASSETS as CHANGE
from assets.reconciled.change.assets import CHECKS as CHANGE_CHECKS
from assets.reconciled.forces.assets import ASSETS as FORCES
from assets.reconciled.forces.assets import CHECKS as FORCES_CHECKS
from assets.reconciled.gap.assets import ASSETS as RECONCILED
from assets.reconciled.gap.assets import CHECKS as RECONCILED_CHECKS
from assets.reconciled.justice.assets import ASSETS as JUSTICE
from assets.reconciled.justice.assets import CHECKS as JUSTICE_CHECKS
from assets.reconciled.overlaps.assets import ASSETS as OVERLAP
from assets.reconciled.overlaps.assets import CHECKS as OVERLAP_CHECKS
from assets.recorded.assets import ASSETS as RECORDED
from assets.recorded.assets import CHECKS as RECORDED_CHECKS
from assets.recorded.assets import OF_NOW
from assets.reference.assets import ASSETS as REFERENCE
from assets.statement.assets import ASSETS as STATEMENT
from assets.statement.assets import CHECKS as STATEMENT_CHECKS
from assets.survey.assets import ASSETS as SURVEY
from assets.survey.assets import CHECKS as SURVEY_CHECKS
from pipelines.automation import SCHEDULES, SENSORS, automated
from pipelines.code_links import with_code_on_git
from pipelines.history import write_quickly
from pipelines.io_manager import StagedParquet
from pipelines.jobs import jobs
from pipelines.settings import Settings, settings
from pipelines.tagging import tagged

ASSETS = [
    *REFERENCE,
    *ARCHIVE,
    *SURVEY,
    *RECORDED,
    *POPULATION,
    *RECONCILED,
    *FORCES,
    *OVERLAP,
    *CHANGE,
    *JUSTICE,
    *STATEMENT,
    *PUBLISHED,
    *REPORT,
]
CHECKS = [
    *LANDING_CHECKS,
    *SURVEY_CHECKS,
    *RECORDED_CHECKS,
    *RECONCILED_CHECKS,
    *FORCES_CHECKS,
    *OVERLAP_CHECKS,
    *CHANGE_CHECKS,
    *JUSTICE_CHECKS,
    *STATEMENT_CHECKS,
]


def definitions(chosen: Settings, hooks: Set[dg.HookDefinition] = frozenset()) -> dg.Definitions:
    """The code location over the folders of some settings; hooks are told of every step."""
    # What a table no longer needs goes back to the system; Arrow's own pool keeps it, and tables add up.
    pa.set_memory_pool(pa.system_memory_pool())
    workspace = chosen.workspace()
    made = dg.map_asset_specs(automated, ASSETS)
    specs = [spec for one in [*LANDING, *made] for spec in one.specs]
    return dg.Definitions(
        assets=with_code_on_git(dg.map_asset_specs(tagged(chosen.data, specs), [*LANDING, *made])),
        asset_checks=[one for one in CHECKS if chosen.as_of is None or not _is_of_now(one)],
        jobs=jobs(hooks, chosen.data),
        sensors=SENSORS,
        schedules=SCHEDULES,
        resources={"workspace": workspace, "io_manager": StagedParquet(folder=str(workspace.staging_path))},
        executor=dg.in_process_executor,
    )


def _is_of_now(check: dg.AssetChecksDefinition) -> bool:
    return all(key.name in OF_NOW for key in check.check_keys)


write_quickly()
defs = definitions(settings())
