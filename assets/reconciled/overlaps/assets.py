"""Overlap assets: what is known of each pair of threats, bounds on unions, and whether the figures agree."""

import pandas as pd

from assets.reconciled.overlaps import shown as unions
from assets.reconciled.overlaps.flag_check import flag_checks
from assets.reconciled.overlaps.of_collection import collected_unions
from assets.reconciled.overlaps.threat_overlap import threat_overlaps
from assets.reconciled.overlaps.union_bound import systems_of, union_bounds
from assets.tables.contracted import contracted, contracted_together
from assets.tables.metadata import Shown

COUNTS = {
    "offences": "recorded.offence_count",
    "flagged": "recorded.flagged_count",
    "vawg": "recorded.vawg_count",
    "shares": "recorded.share",
    "releases": "meta.release",
}
SYSTEMS = COUNTS | {
    "survey": "survey.estimate",
    "population": "population.estimate",
    "constraints": "reference.constraint",
    "systems": "reference.set_system",
    "readings": "reference.reading",
    "assumptions": "reference.assumption",
}

COLLECTED = {"collected": "collection.union_bound", "threats": "collection.threat_count"}
OVERLAP, UNION = "reconciled.threat_overlap", "reconciled.union_bound"


def overlaps(collected: pd.DataFrame, threats: pd.DataFrame, **tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Pairs and unions out of the same constraint systems, and the unions of the collection. Others are the tables of SYSTEMS."""
    systems = systems_of(**tables)
    return {OVERLAP: threat_overlaps(systems), UNION: union_bounds(systems, collected_unions(collected, threats))}


ASSETS = [
    contracted_together(
        "overlaps",
        [OVERLAP, UNION],
        overlaps,
        inputs=SYSTEMS | COLLECTED,
        shown={UNION: Shown(unions.words, unions.drawing)},
    ),
    contracted("reconciled.flag_check", flag_checks, inputs=COUNTS | {"tests": "reference.flag_test"}),
]
