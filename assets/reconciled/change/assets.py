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

COMMON = {
    "survey": "survey.estimate",
    "releases": "meta.release",
    "breaks": "reference.comparability_break",
    "assumptions": "reference.assumption",
    "fieldwork": "reference.fieldwork",
    "statements": "reference.official_significance",
}

ASSETS = [
    contracted(
        "reconciled.trend",
        trends,
        inputs=COMMON
        | {
            "offences": "recorded.offence_count",
            "flagged": "recorded.flagged_count",
            "vawg": "recorded.vawg_count",
            "overdispersion": "reconciled.overdispersion",
            "areas": "reference.area",
        },
        shown=Shown(changes.words, changes.drawing),
    ),
    contracted(
        "reconciled.adjusted_count",
        adjusted_counts,
        inputs={
            "offences": "recorded.offence_count",
            "flagged": "recorded.flagged_count",
            "vawg": "recorded.vawg_count",
            "releases": "meta.release",
            "breaks": "reference.comparability_break",
        },
    ),
    contracted(
        "reconciled.linked_series",
        linked_series,
        inputs={
            "survey": "survey.estimate",
            "series": "reference.series",
            "releases": "meta.release",
            "assumptions": "reference.assumption",
            "fieldwork": "reference.fieldwork",
            "statements": "reference.official_significance",
        },
        shown=Shown(shown_linked.words, shown_linked.drawing),
    ),
    contracted("reconciled.target", targets, inputs=COMMON),
    contracted(
        "reconciled.revision",
        revisions,
        inputs={
            "estimates": "survey.estimate",
            "offences": "recorded.offence_count",
            "flagged": "recorded.flagged_count",
            "vawg": "recorded.vawg_count",
            "shares": "recorded.share",
            "outcomes": "recorded.outcome",
            "population": "population.estimate",
            "releases": "meta.release",
        },
    ),
    contracted("reconciled.revision_summary", summary, inputs={"revision": "reconciled.revision"}),
]
