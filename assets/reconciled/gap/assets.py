"""Reconciled assets: estimates and counts side by side, and every threat broken down."""

from assets.reconciled.gap import checks
from assets.reconciled.gap import shown as comparisons
from assets.reconciled.gap.gap import gap
from assets.reconciled.ground.overdispersion import overdispersion
from assets.reconciled.threats import shown as threats
from assets.reconciled.threats.threat_breakdown import threat_breakdown
from assets.tables.checks import checked
from assets.tables.contracted import contracted
from assets.tables.metadata import Shown

COUNTS = {"offences": "recorded.offence_count", "flagged": "recorded.flagged_count", "vawg": "recorded.vawg_count"}
COMMON = {
    "population": "population.estimate",
    "releases": "meta.release",
    "series": "reference.series",
    "breaks": "reference.comparability_break",
}

ASSETS = [
    contracted(
        "reconciled.overdispersion",
        overdispersion,
        inputs={
            "offences": "recorded.offence_count",
            "flagged": "recorded.flagged_count",
            "forces": "recorded.force_count",
            "releases": "meta.release",
            "pairing": "reference.pairing",
            "memberships": "reference.offence_threat",
            "breaks": "reference.comparability_break",
            "areas": "reference.area",
        },
    ),
    contracted(
        "reconciled.gap",
        gap,
        inputs=COUNTS
        | COMMON
        | {
            "overdispersion": "reconciled.overdispersion",
            "estimates": "survey.estimate",
            "shares": "recorded.share",
            "pairing": "reference.pairing",
            "assumption": "reference.assumption",
            "fieldwork": "reference.fieldwork",
            "areas": "reference.area",
            "forces": "recorded.force_count",
            "codes": "reference.offence",
        },
        shown=Shown(comparisons.words, comparisons.drawing),
    ),
    contracted(
        "reconciled.threat_breakdown",
        threat_breakdown,
        inputs=COUNTS
        | COMMON
        | {
            "memberships": "reference.offence_threat",
            "codes": "reference.offence",
            "forces": "recorded.force_count",
            "areas": "reference.area",
        },
        shown=Shown(threats.words, threats.drawing),
    ),
]

CHECKS = [
    checked(
        checks.overdispersion_is_what_its_quarters_allow,
        "reconciled.overdispersion",
        {"overdispersion": "reconciled.overdispersion"},
        "Phi is one at least, lies within its limits, and is used only with degrees of freedom enough.",
    ),
    checked(
        checks.blocked_rows_give_no_ratio,
        "reconciled.gap",
        {"gap": "reconciled.gap"},
        "A blocked comparison keeps its estimate and count and gives no ratio; the verdict is that of the worst rule.",
    ),
    checked(
        checks.every_ratio_has_its_interval,
        "reconciled.gap",
        {"gap": "reconciled.gap"},
        "Every estimate, count, ratio and difference lies between its limits, and every row says what it is not.",
    ),
    checked(
        checks.parts_stay_within_their_threat,
        "reconciled.threat_breakdown",
        {"breakdown": "reconciled.threat_breakdown"},
        "No share is over 100%.",
    ),
]
