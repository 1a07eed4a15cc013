"""The factory of asset checks: a declared check, as one that the UI shows in words."""

import inspect

import dagster as dg

from assets.tables.checking import Check
from assets.tables.contracted import asset_key
from assets.tables.metadata import cases_table
from assets.tables.staging import Staged


def checked(declared: Check) -> dg.AssetChecksDefinition:
    """A declared check as Dagster knows it; a failure stops everything downstream of its asset, but for a warning."""
    look, about, inputs = declared.look, declared.about, declared.inputs
    further = {name: dg.AssetIn(key=asset_key(key)) for name, key in inputs.items() if key != about}

    def check(**given: Staged) -> dg.AssetCheckResult:
        found = look(**{name: staged.frame for name, staged in given.items()})
        return dg.AssetCheckResult(
            passed=found.passed,
            severity=dg.AssetCheckSeverity.WARN if found.warning else dg.AssetCheckSeverity.ERROR,
            description=found.sentence(),
            metadata={"checked": found.checked, "failed": found.failed}
            | ({"cases": cases_table(found.cases)} if found.failed else {}),
        )

    # Dagster reads the inputs off the signature, and takes the one that is not further for the asset itself.
    parameters = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in inputs]
    check.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    decorate = dg.asset_check(
        asset=asset_key(about),
        name=declared.name,
        description=declared.description,
        blocking=not declared.warns,
        additional_ins=further,
    )
    return decorate(check)
