"""Ground assets: what results of several rooms stand on."""

from assets.reconciled.ground.official_verdict import official_verdicts
from assets.reconciled.ground.overdispersion import overdispersion
from assets.tables.contracted import contracted

ASSETS = [
    contracted("reconciled.overdispersion", overdispersion),
    contracted("reconciled.official_verdict", official_verdicts),
]
