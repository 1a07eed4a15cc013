"""Recorded assets: what the police record, in each scope that counts it."""

from assets.recorded import checks, tidy
from assets.tables.checks import checked
from assets.tables.contracted import contracted

FIGURES = {"figures": "archive.figure", "series": "reference.series"}

ASSETS = [
    contracted("recorded.offence_count", tidy.offence_counts, inputs=FIGURES | {"offences": "reference.offence"}),
    contracted(
        "recorded.force_count",
        tidy.force_counts,
        inputs=FIGURES | {"offences": "reference.offence", "landed": "archive.landed_count"},
    ),
    contracted("recorded.flagged_count", tidy.flagged_counts, inputs=FIGURES),
    contracted("recorded.vawg_count", tidy.vawg_counts, inputs=FIGURES),
    contracted("recorded.share", tidy.shares, inputs=FIGURES),
    contracted("recorded.outcome", tidy.outcomes, inputs=FIGURES),
]

# What is only true of all that is known now: on a day of the past some years had been released in part.
OF_NOW = (checks.years_are_covered.__name__,)

CHECKS = [
    checked(
        checks.classes_add_up,
        "recorded.offence_count",
        {"counts": "recorded.offence_count", "codes": "reference.offence"},
        "The classes of a subgroup add up to it, exactly, in each release and period that holds them all.",
    ),
    checked(
        checks.years_are_covered,
        "recorded.offence_count",
        {"counts": "recorded.offence_count", "codes": "reference.offence"},
        "No year ending March is left out of a class's series while it is in use.",
    ),
    checked(
        checks.flagged_groups_add_up,
        "recorded.flagged_count",
        {"flagged": "recorded.flagged_count"},
        "The offence groups of flagged offences add up to all of them.",
    ),
    checked(
        checks.parts_of_a_year_add_up,
        "recorded.offence_count",
        {"counts": "recorded.offence_count", "flagged": "recorded.flagged_count"},
        "Months and quarters add up to the year that the same release prints, exactly.",
    ),
    checked(
        checks.published_totals,
        "recorded.vawg_count",
        {
            "counts": "recorded.offence_count",
            "flagged": "recorded.flagged_count",
            "vawg": "recorded.vawg_count",
            "published": "reference.published_total",
        },
        "Well-known published values stand in the tables as printed.",
    ),
]
