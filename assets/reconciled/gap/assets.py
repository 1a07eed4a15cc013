"""The gap assets: estimates and counts side by side, one answer per year, what its width comes from, scopes side by side."""

from assets.reconciled.gap import shown, shown_sensitivity
from assets.reconciled.gap.answer import answers
from assets.reconciled.gap.gap import GAP, SENSITIVITY, gap_and_sensitivity
from assets.reconciled.gap.scopes import scope_pairs
from assets.reconciled.gap.unblock import unblock
from assets.tables.called import called
from assets.tables.contracted import contracted, contracted_together
from assets.tables.metadata import Shown

ASSETS = [
    contracted_together(
        "gap",
        [GAP, SENSITIVITY],
        gap_and_sensitivity,
        inputs=called("offences", "flagged", "vawg", "population", "releases", "series", "breaks", "overdispersion")
        | called("estimates", "shares", "pairing", "fieldwork", "statements", "areas", "forces", "codes")
        | {
            "assumption": "reference.assumption",
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
