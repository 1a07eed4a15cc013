"""Composition only: which assets, checks, jobs and resources make up the code location. Nothing is computed here."""

from collections.abc import Set

import dagster as dg

from assets.archive.assets import ASSETS as ARCHIVE
from assets.population.assets import ASSETS as POPULATION
from assets.published.assets import ASSETS as PUBLISHED
from assets.reconciled.assets import ASSETS as RECONCILED
from assets.reconciled.assets import CHECKS as RECONCILED_CHECKS
from assets.recorded.assets import ASSETS as RECORDED
from assets.recorded.assets import CHECKS as RECORDED_CHECKS
from assets.reference.assets import ASSETS as REFERENCE
from assets.survey.assets import ASSETS as SURVEY
from assets.survey.assets import CHECKS as SURVEY_CHECKS
from pipelines.io_manager import StagedParquet
from pipelines.jobs import jobs
from pipelines.settings import Settings, settings

ASSETS = [*REFERENCE, *ARCHIVE, *SURVEY, *RECORDED, *POPULATION, *RECONCILED, *PUBLISHED]
CHECKS = [*SURVEY_CHECKS, *RECORDED_CHECKS, *RECONCILED_CHECKS]


def definitions(chosen: Settings, hooks: Set[dg.HookDefinition] = frozenset()) -> dg.Definitions:
    """The code location over the folders of some settings; hooks are told of every step."""
    workspace = chosen.workspace()
    return dg.Definitions(
        assets=ASSETS,
        asset_checks=CHECKS,
        jobs=jobs(hooks),
        resources={"workspace": workspace, "io_manager": StagedParquet(folder=str(workspace.staging_path))},
        executor=dg.in_process_executor,
    )


defs = definitions(settings())
