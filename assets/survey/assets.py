"""Survey assets: what the Crime Survey for England and Wales estimates."""

from assets.survey.tidy import estimates
from assets.tables.contracted import contracted

INPUTS = {"figures": "archive.figure", "series": "reference.series", "doubts": "archive.doubt"}

ASSETS = [
    contracted(
        "survey.estimate",
        estimates,
        inputs=INPUTS,
    ),
]
