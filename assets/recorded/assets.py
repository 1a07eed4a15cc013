"""Recorded assets: what the police record, in each scope that counts it."""

from assets.archive.tracked.figures import COUNTS, NOTES
from assets.recorded import tidy
from assets.tables.called import called
from assets.tables.contracted import contracted

FIGURES = called("figures", "series", "doubts")

ASSETS = [
    contracted("recorded.offence_count", tidy.offence_counts, inputs=FIGURES | {"offences": "reference.offence"}),
    contracted(
        "recorded.force_count",
        tidy.force_counts,
        inputs=FIGURES
        | {
            "offences": "reference.offence",
            "areas": "reference.area",
            "releases": "meta.release",
            "landed": "archive.landed_count",
        },
        reads=[COUNTS, NOTES],
    ),
    contracted(
        "recorded.outcome_count", tidy.outcome_counts, inputs=called("doubts") | {"landed": "archive.landed_outcome"}
    ),
    contracted("recorded.flagged_count", tidy.flagged_counts, inputs=FIGURES),
    contracted("recorded.vawg_count", tidy.vawg_counts, inputs=FIGURES),
    contracted("recorded.share", tidy.shares, inputs=FIGURES),
    contracted("recorded.outcome", tidy.outcomes, inputs=FIGURES),
]
