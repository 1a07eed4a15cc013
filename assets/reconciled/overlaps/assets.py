"""Overlap assets: what is known of each pair of threats, bounds on unions, and whether the figures agree."""

import pandas as pd

from assets.reconciled.overlaps import shown
from assets.reconciled.overlaps.constraint_system import Systems
from assets.reconciled.overlaps.flag_check import flag_checks
from assets.reconciled.overlaps.of_collection import collected
from assets.reconciled.overlaps.threat_overlap import threat_overlaps
from assets.reconciled.overlaps.union_bound import systems_of, union_bounds
from assets.tables.called import called
from assets.tables.contracted import contracted, contracted_together
from assets.tables.metadata import Shown

COUNTS = called("offences", "flagged", "vawg", "shares", "releases")
SYSTEMS = (
    COUNTS
    | called("survey", "population", "assumptions")
    | {"constraints": "reference.constraint", "systems": "reference.set_system", "readings": "reference.reading"}
)

COLLECTED = {
    "unions": "collection.union_bound",
    "threats": "collection.threat_count",
    "overlaps": "collection.overlap",
    "limits": "reference.collection_limit",
}
OVERLAP, UNION = "reconciled.threat_overlap", "reconciled.union_bound"


def systems_held(**tables: pd.DataFrame) -> Systems:
    """The constraint systems, and that of the collection beside them; the tables of SYSTEMS and COLLECTED."""
    systems = systems_of(**{name: tables[name] for name in SYSTEMS})
    if instances := collected(**{name: tables[name] for name in COLLECTED}):
        systems.beside(*instances)
    return systems


def overlaps(**tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Pairs and unions out of the same systems; the tables of SYSTEMS and COLLECTED."""
    systems = systems_held(**tables)
    return {OVERLAP: threat_overlaps(systems), UNION: union_bounds(systems)}


ASSETS = [
    contracted_together(
        "overlaps",
        [OVERLAP, UNION],
        overlaps,
        inputs=SYSTEMS | COLLECTED,
        shown={UNION: Shown(shown.words, shown.drawing)},
    ),
    contracted("reconciled.flag_check", flag_checks, inputs=COUNTS | {"tests": "reference.flag_test"}),
]
