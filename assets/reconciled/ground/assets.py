"""Ground assets: what results of several rooms stand on."""

from assets.reconciled.ground.overdispersion import overdispersion
from assets.reconciled.ground.verdicts import official_verdicts
from assets.tables.called import called
from assets.tables.contracted import contracted

ASSETS = [
    contracted(
        "reconciled.overdispersion",
        overdispersion,
        inputs=called("offences", "flagged", "forces", "releases", "pairing", "memberships", "breaks", "areas"),
    ),
    contracted(
        "reconciled.official_verdict",
        official_verdicts,
        inputs=called("statements", "estimates", "releases", "assumptions", "fieldwork"),
    ),
]
