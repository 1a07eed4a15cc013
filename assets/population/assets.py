"""Population assets: the denominators."""

from assets.archive.tracked.figures import NOTES, POPULATIONS
from assets.population.tidy import estimates
from assets.tables.called import called
from assets.tables.contracted import contracted

ASSETS = [
    contracted(
        "population.estimate",
        estimates,
        inputs=called("figures", "series", "doubts", "areas", "releases"),
        reads=[POPULATIONS, NOTES],
    ),
]
