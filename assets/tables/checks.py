"""The factory of asset checks: a declared check, as one that the UI shows in words."""

import dagster as dg

from assets.tables.checking import Check, CheckOutcome
from assets.tables.contracted import asset_key
from assets.tables.failing import failing_in_words
from assets.tables.metadata import cases_table
from assets.tables.staging import read_staged
from schemas.registry import contract


def checked(declared: Check) -> dg.AssetChecksDefinition:
    """A declared check as Dagster knows it; a failure stops everything downstream of its asset, but for a warning."""
    look, about, inputs = declared.look, declared.about, declared.inputs

    def check(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        folder = context.resources.workspace.staging_path
        with failing_in_words():
            frames = {name: read_staged(folder, contract(key)).frame for name, key in inputs.items()}
        return result_of(look(**frames))

    decorate = dg.asset_check(
        asset=asset_key(about),
        name=declared.name,
        description=declared.description,
        blocking=not declared.warns,
        additional_deps=[asset_key(key) for key in inputs.values() if key != about],
        required_resource_keys={"workspace"},
    )
    return decorate(check)


def result_of(outcome: CheckOutcome) -> dg.AssetCheckResult:
    """What a check found, as Dagster takes it."""
    return dg.AssetCheckResult(
        passed=outcome.passed,
        severity=dg.AssetCheckSeverity.WARN if outcome.warning else dg.AssetCheckSeverity.ERROR,
        description=outcome.sentence(),
        metadata={"checked": outcome.checked, "failed": outcome.failed}
        | ({"cases": cases_table(outcome.cases)} if outcome.failed else {}),
    )
