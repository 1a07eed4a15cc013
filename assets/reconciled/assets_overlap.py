"""Overlap assets: what is known of each pair of threats, bounds on unions, and whether the figures agree."""

from assets.checks import checked
from assets.contracted import contracted
from assets.reconciled import checks_of_statistics as checks
from assets.reconciled.flag_check import flag_checks
from assets.reconciled.threat_overlap import threat_overlaps
from assets.reconciled.union_bound import union_bounds

COUNTS = {
    "offences": "recorded.offence_count",
    "flagged": "recorded.flagged_count",
    "vawg": "recorded.vawg_count",
    "shares": "recorded.share",
    "releases": "meta.release",
}
SYSTEMS = COUNTS | {
    "survey": "survey.estimate",
    "population": "population.estimate",
    "constraints": "reference.constraint",
    "assumptions": "reference.assumption",
}

ASSETS = [
    contracted("reconciled.threat_overlap", threat_overlaps, inputs=SYSTEMS),
    contracted("reconciled.union_bound", union_bounds, inputs=SYSTEMS),
    contracted("reconciled.flag_check", flag_checks, inputs=COUNTS),
]

CHECKS = [
    checked(
        checks.bounds_are_no_wider_than_the_sizes_allow,
        "reconciled.union_bound",
        {"union_bound": "reconciled.union_bound"},
        "Every bound is ordered and within what the sizes alone allow; a conflict names its figures and gives no bound.",
    ),
]
