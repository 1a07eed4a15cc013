"""Change assets: every pair of years with its test, the national target, and how figures changed between releases."""

from assets.reconciled.change import shown as changes
from assets.reconciled.change import shown_linked
from assets.reconciled.change.adjusted_count import adjusted_counts
from assets.reconciled.change.linked_series import linked_series
from assets.reconciled.change.revision import revisions, summary
from assets.reconciled.change.target import targets
from assets.reconciled.change.trend import trends
from assets.tables.contracted import contracted
from assets.tables.metadata import Shown

ASSETS = [
    contracted("reconciled.trend", trends, shown=Shown(changes.words, changes.drawing)),
    contracted("reconciled.adjusted_count", adjusted_counts),
    contracted("reconciled.linked_series", linked_series, shown=Shown(shown_linked.words, shown_linked.drawing)),
    contracted("reconciled.target", targets),
    contracted("reconciled.revision", revisions),
    contracted("reconciled.revision_summary", summary, inputs={"revision": "reconciled.revision"}),
]
