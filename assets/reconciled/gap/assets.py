"""The gap assets: estimates and counts side by side, one answer per year, what its width comes from, scopes side by side."""

from assets.reconciled.gap import shown, shown_sensitivity
from assets.reconciled.gap.answer import answers
from assets.reconciled.gap.gap import GAP, SENSITIVITY, gap_and_sensitivity
from assets.reconciled.gap.scopes import scope_pairs
from assets.reconciled.gap.unblock import unblock
from assets.tables.contracted import contracted, contracted_together
from assets.tables.metadata import Shown

ASSETS = [
    contracted_together(
        "gap",
        [GAP, SENSITIVITY],
        gap_and_sensitivity,
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
            "statements": "reference.official_significance",
            "areas": "reference.area",
            "forces": "recorded.force_count",
            "codes": "reference.offence",
            "availability": "reference.availability",
            "collected": "collection.threat_count",
        },
        shown={
            GAP: Shown(shown.words, shown.drawing),
            SENSITIVITY: Shown(shown_sensitivity.words, shown_sensitivity.drawing),
        },
    ),
    contracted("reconciled.answer", answers, inputs={"gap": GAP}),
    contracted("reconciled.scope_pair", scope_pairs, inputs={"answer": "reconciled.answer"}),
    contracted(
        "reconciled.unblock",
        unblock,
        inputs={"gap": "reconciled.gap", "availability": "reference.availability"},
    ),
]
