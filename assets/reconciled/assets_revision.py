"""Revision assets: how figures changed between releases, and how much per series."""

from assets.contracted import contracted
from assets.reconciled.revision import revisions, summary

ASSETS = [
    contracted(
        "reconciled.revision",
        revisions,
        inputs={
            "estimates": "survey.estimate",
            "offences": "recorded.offence_count",
            "flagged": "recorded.flagged_count",
            "vawg": "recorded.vawg_count",
            "shares": "recorded.share",
            "outcomes": "recorded.outcome",
            "population": "population.estimate",
            "releases": "meta.release",
        },
    ),
    contracted("reconciled.revision_summary", summary, inputs={"revision": "reconciled.revision"}),
]
