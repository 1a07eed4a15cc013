"""The asset of police forces side by side."""

from assets.reconciled.forces import checks
from assets.reconciled.forces.force_comparison import force_comparison
from assets.tables.checks import checked
from assets.tables.contracted import contracted

ASSETS = [
    contracted(
        "reconciled.force_comparison",
        force_comparison,
        inputs={
            "forces": "recorded.force_count",
            "population": "population.estimate",
            "releases": "meta.release",
            "memberships": "reference.offence_threat",
            "areas": "reference.area",
        },
    ),
]

CHECKS = [
    checked(
        checks.missing_is_not_nought_in_a_force,
        "reconciled.force_comparison",
        {"comparison": "reconciled.force_comparison"},
        "No rate stands without a count of the whole year and a population, and suppressed rates stay empty.",
    ),
    checked(
        checks.funnel_limits_are_in_order,
        "reconciled.force_comparison",
        {"comparison": "reconciled.force_comparison"},
        "Funnel limits lie around the rate of all forces and agree with the position; the row says that it ranks nobody.",
    ),
]
