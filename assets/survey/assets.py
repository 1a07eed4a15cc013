"""Survey assets: what the Crime Survey for England and Wales estimates."""

from assets.survey.checks import intervals_hold_their_values
from assets.survey.tidy import estimates
from assets.tables.checks import checked
from assets.tables.contracted import contracted

ASSETS = [
    contracted("survey.estimate", estimates, inputs={"figures": "archive.figure", "series": "reference.series"}),
]

CHECKS = [
    checked(
        intervals_hold_their_values,
        "survey.estimate",
        {"estimates": "survey.estimate"},
        "Every estimate lies between its limits, and every percentage between 0 and 100.",
    ),
]
