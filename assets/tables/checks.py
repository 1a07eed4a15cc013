"""The factory of asset checks: a pure function that gives an Outcome, as a check that the UI shows in words."""

import inspect
from collections.abc import Callable, Mapping

import dagster as dg
import pandas as pd

from assets.tables.checking import Outcome
from assets.tables.contracted import asset_key
from assets.tables.metadata import cases_table


def checked(
    look: Callable[..., Outcome], about: str, inputs: Mapping[str, str], description: str
) -> dg.AssetChecksDefinition:
    """A check of the asset `about`.

    look:   pure function; gets one frame per entry of `inputs` (parameter name -> table key)
    about:  table key the check is shown under; a failure stops everything downstream of it
    """
    further = {name: dg.AssetIn(key=asset_key(key)) for name, key in inputs.items() if key != about}

    def check(**frames: pd.DataFrame) -> dg.AssetCheckResult:
        found = look(**frames)
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
        asset=asset_key(about), name=look.__name__, description=description, blocking=True, additional_ins=further
    )
    return decorate(check)
