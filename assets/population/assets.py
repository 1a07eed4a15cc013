"""Population assets: the denominators."""

from assets.contracted import contracted
from assets.population.tidy import estimates

ASSETS = [
    contracted("population.estimate", estimates, inputs={"figures": "archive.figure", "series": "reference.series"}),
]
