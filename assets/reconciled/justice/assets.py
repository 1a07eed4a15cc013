"""Justice assets: from an estimate to the police record, and from the record to a conviction."""

from assets.reconciled.justice.attrition import justice_funnel
from assets.reconciled.justice.reporting_bridge import reporting_bridges
from assets.reconciled.overlaps import checks
from assets.tables.checks import checked
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
        | {"survey": "survey.estimate", "population": "population.estimate", "fieldwork": "reference.fieldwork"},
    ),
    contracted("reconciled.justice_funnel", justice_funnel, inputs=COMMON | {"outcomes": "recorded.outcome"}),
]

CHECKS = [
    checked(
        checks.bridges_are_closed_or_blocked,
        "reconciled.reporting_bridge",
        {"bridge": "reconciled.reporting_bridge"},
        "A blocked bridge gives nothing; another closes inside its limits.",
    ),
    checked(
        checks.the_funnel_is_no_cohort,
        "reconciled.justice_funnel",
        {"funnel": "reconciled.justice_funnel"},
        "No step is called a cohort, a share of a subset is at most 100 in 100.",
    ),
]
