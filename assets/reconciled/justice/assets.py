"""Justice assets: from an estimate to the police record, and from the record to a conviction."""

from assets.reconciled.justice.attrition import attrition
from assets.reconciled.justice.reporting_bridge import reporting_bridges
from assets.tables.called import called
from assets.tables.contracted import contracted

COMMON = called("offences", "flagged", "releases", "assumptions", "overdispersion")

ASSETS = [
    contracted(
        "reconciled.reporting_bridge",
        reporting_bridges,
        inputs=COMMON
        | called("survey", "population", "fieldwork", "statements")
        | {"terms": "reference.reporting_bridge"},
    ),
    contracted(
        "reconciled.attrition",
        attrition,
        inputs=COMMON
        | {
            "outcomes": "recorded.outcome",
            "stages": "reference.attrition_stage",
            "shares": "reference.attrition_share",
        },
    ),
]
