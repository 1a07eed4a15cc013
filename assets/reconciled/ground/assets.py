"""Ground assets: what results of several rooms stand on."""

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
]
