"""The gap asset: estimates and counts side by side."""

from assets.reconciled.gap import shown
from assets.reconciled.gap.gap import gap
from assets.reconciled.gap.unblock import unblock
from assets.tables.contracted import contracted
from assets.tables.metadata import Shown

ASSETS = [
    contracted(
        "reconciled.gap",
        gap,
        inputs={
            "offences": "recorded.offence_count",
            "flagged": "recorded.flagged_count",
            "vawg": "recorded.vawg_count",
            "population": "population.estimate",
            "releases": "meta.release",
            "series": "reference.series",
            "breaks": "reference.comparability_break",
            "overdispersion": "reconciled.overdispersion",
            "estimates": "survey.estimate",
            "shares": "recorded.share",
            "pairing": "reference.pairing",
            "assumption": "reference.assumption",
            "fieldwork": "reference.fieldwork",
            "areas": "reference.area",
            "forces": "recorded.force_count",
            "codes": "reference.offence",
            "availability": "reference.availability",
        },
        shown=Shown(shown.words, shown.drawing),
    ),
    contracted(
        "reconciled.unblock",
        unblock,
        inputs={"gap": "reconciled.gap", "availability": "reference.availability"},
    ),
]
