"""Change assets: every pair of years with its test, and the national target."""

from assets.checks import checked
from assets.contracted import contracted
from assets.metadata import Shown
from assets.reconciled import checks_of_statistics as checks
from assets.reconciled.shown import changes
from assets.reconciled.target import targets
from assets.reconciled.trend import trends

COMMON = {
    "survey": "survey.estimate",
    "releases": "meta.release",
    "breaks": "reference.comparability_break",
    "assumptions": "reference.assumption",
    "fieldwork": "reference.fieldwork",
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
        },
        shown=Shown(changes.words, changes.drawing),
    ),
    contracted("reconciled.target", targets, inputs=COMMON),
]

CHECKS = [
    checked(
        checks.no_change_is_tested_across_a_break,
        "reconciled.trend",
        {"trend": "reconciled.trend"},
        "Across a break stands no test, only a named model or nothing.",
    ),
    checked(
        checks.the_target_claims_no_progress,
        "reconciled.target",
        {"target": "reconciled.target"},
        "No observed year is called progress, and every interval holds its estimate.",
    ),
]
