"""Population assets: the denominators."""

from assets.population.tidy import estimates
from assets.tables.contracted import contracted

ASSETS = [
    contracted("population.estimate", estimates, inputs={"figures": "archive.figure", "series": "reference.series"}),
]
