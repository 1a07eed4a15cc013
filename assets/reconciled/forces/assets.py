"""The asset of police forces side by side."""

from assets.reconciled.forces.force_comparison import force_comparison
from assets.tables.called import called
from assets.tables.contracted import contracted

ASSETS = [
    contracted(
        "reconciled.force_comparison",
        force_comparison,
        inputs=called("forces", "population", "releases", "memberships", "areas", "codes", "series"),
    ),
]
