"""Justice assets: from an estimate to the police record, and from the record to a conviction."""

from assets.reconciled.justice.attrition import attrition
from assets.reconciled.justice.reporting_bridge import reporting_bridges
from assets.tables.contracted import contracted

COMMON = {
    "offences": "recorded.offence_count",
    "flagged": "recorded.flagged_count",
    "releases": "meta.release",
    "assumptions": "reference.assumption",
    "overdispersion": "reconciled.overdispersion",
}

ASSETS = [
    contracted(
        "reconciled.reporting_bridge",
        reporting_bridges,
        inputs=COMMON
        | {
            "survey": "survey.estimate",
            "population": "population.estimate",
            "fieldwork": "reference.fieldwork",
            "statements": "reference.official_significance",
            "terms": "reference.reporting_bridge",
        },
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
