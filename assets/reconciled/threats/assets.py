"""The breakdown asset: every threat by what it is made of, and by area."""

from assets.reconciled.threats import shown
from assets.reconciled.threats.threat_breakdown import threat_breakdown
from assets.tables.called import called
from assets.tables.contracted import contracted
from assets.tables.metadata import Shown

ASSETS = [
    contracted(
        "reconciled.threat_breakdown",
        threat_breakdown,
        inputs=called("offences", "flagged", "vawg", "shares", "forces", "population", "releases")
        | called("series", "breaks", "memberships", "codes", "areas"),
        shown=Shown(shown.words, shown.drawing),
    ),
]
