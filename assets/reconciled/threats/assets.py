"""The breakdown asset: every threat by what it is made of, and by area."""

from assets.reconciled.threats import shown
from assets.reconciled.threats.threat_breakdown import threat_breakdown
from assets.tables.contracted import contracted
from assets.tables.metadata import Shown

ASSETS = [
    contracted(
        "reconciled.threat_breakdown",
        threat_breakdown,
        inputs={
            "offences": "recorded.offence_count",
            "flagged": "recorded.flagged_count",
            "vawg": "recorded.vawg_count",
            "population": "population.estimate",
            "releases": "meta.release",
            "series": "reference.series",
            "breaks": "reference.comparability_break",
            "memberships": "reference.offence_threat",
            "codes": "reference.offence",
            "forces": "recorded.force_count",
            "areas": "reference.area",
        },
        shown=Shown(shown.words, shown.drawing),
    ),
]
