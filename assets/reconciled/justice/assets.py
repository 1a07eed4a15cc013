"""Justice assets: from an estimate to the police record, and from the record to a conviction."""

from assets.reconciled.justice.attrition import attrition
from assets.reconciled.justice.reporting_bridge import reporting_bridges
from assets.tables.contracted import contracted

ASSETS = [
    contracted("reconciled.reporting_bridge", reporting_bridges, inputs={"terms": "reference.reporting_bridge"}),
    contracted(
        "reconciled.attrition",
        attrition,
        inputs={"stages": "reference.attrition_stage", "shares": "reference.attrition_share"},
    ),
]
