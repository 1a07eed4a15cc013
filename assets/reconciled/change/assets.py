"""Change assets: every pair of years with its test, the national target, and how figures changed between releases."""

from assets.reconciled.change import shown as changes
from assets.reconciled.change import shown_linked
from assets.reconciled.change.adjusted_count import adjusted_counts
from assets.reconciled.change.linked_series import linked_series
from assets.reconciled.change.revision import revisions, summary
from assets.reconciled.change.target import targets
from assets.reconciled.change.trend import trends
from assets.tables.called import called
from assets.tables.contracted import contracted
from assets.tables.metadata import Shown

COMMON = called("survey", "releases", "breaks", "assumptions", "fieldwork", "statements")

ASSETS = [
    contracted(
        "reconciled.trend",
        trends,
        inputs=COMMON | called("offences", "flagged", "vawg", "overdispersion", "areas", "codes", "series"),
        shown=Shown(changes.words, changes.drawing),
    ),
    contracted(
        "reconciled.adjusted_count",
        adjusted_counts,
        inputs=called("offences", "flagged", "vawg", "releases", "breaks"),
    ),
    contracted(
        "reconciled.linked_series",
        linked_series,
        inputs=called("survey", "series", "releases", "assumptions", "fieldwork", "statements"),
        shown=Shown(shown_linked.words, shown_linked.drawing),
    ),
    contracted("reconciled.target", targets, inputs=COMMON),
    contracted(
        "reconciled.revision",
        revisions,
        inputs=called("estimates", "offences", "flagged", "vawg", "shares", "outcomes", "population", "releases"),
    ),
    contracted("reconciled.revision_summary", summary, inputs={"revision": "reconciled.revision"}),
]
