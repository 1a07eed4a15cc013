"""Ground assets: what results of several rooms stand on."""

from assets.reconciled.ground.official_verdict import official_verdicts
from assets.reconciled.ground.overdispersion import overdispersion
from assets.tables.contracted import contracted

ASSETS = [
    contracted(
        "reconciled.overdispersion",
        overdispersion,
        inputs={
            "offences": "recorded.offence_count",
            "flagged": "recorded.flagged_count",
            "forces": "recorded.force_count",
            "releases": "meta.release",
            "pairing": "reference.pairing",
            "memberships": "reference.offence_threat",
            "breaks": "reference.comparability_break",
            "areas": "reference.area",
        },
    ),
    contracted(
        "reconciled.official_verdict",
        official_verdicts,
        inputs={
            "statements": "reference.official_significance",
            "estimates": "survey.estimate",
            "releases": "meta.release",
            "assumptions": "reference.assumption",
            "fieldwork": "reference.fieldwork",
        },
    ),
]
