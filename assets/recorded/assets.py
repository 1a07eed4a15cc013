"""Recorded assets: what the police record, in each scope that counts it."""

from assets.archive.force_figures import COUNTS, NOTES
from assets.recorded import tidy
from assets.tables.contracted import contracted

OFFENCES = {"offences": "reference.offence"}

ASSETS = [
    contracted("recorded.offence_count", tidy.offence_counts, inputs=OFFENCES),
    contracted(
        "recorded.force_count",
        tidy.force_counts,
        inputs=OFFENCES | {"landed": "archive.landed_count"},
        reads=[COUNTS, NOTES],
    ),
    contracted("recorded.flagged_count", tidy.flagged_counts),
    contracted("recorded.vawg_count", tidy.vawg_counts),
    contracted("recorded.share", tidy.shares),
    contracted("recorded.outcome", tidy.outcomes),
]
