"""What functions call the tables that they are handed: one name for one table in all rooms."""

import inspect
from collections.abc import Callable
from typing import Any

TABLES = {
    "answer": "reconciled.answer",
    "areas": "reference.area",
    "assumptions": "reference.assumption",
    "availability": "reference.availability",
    "breaks": "reference.comparability_break",
    "codes": "reference.offence",
    "doubts": "archive.doubt",
    "estimates": "survey.estimate",
    "fieldwork": "reference.fieldwork",
    "figures": "archive.figure",
    "flagged": "recorded.flagged_count",
    "forces": "recorded.force_count",
    "gap": "reconciled.gap",
    "memberships": "reference.offence_threat",
    "offences": "recorded.offence_count",
    "outcomes": "recorded.outcome",
    "overdispersion": "reconciled.overdispersion",
    "pairing": "reference.pairing",
    "population": "population.estimate",
    "releases": "meta.release",
    "series": "reference.series",
    "shares": "recorded.share",
    "statements": "reference.official_significance",
    "survey": "survey.estimate",
    "vawg": "recorded.vawg_count",
}


def taken_by(make: Callable[..., Any]) -> dict[str, str]:
    """Parameter name -> table key, of the parameters of a function that are called as a table."""
    return called(*(name for name in inspect.signature(make).parameters if name in TABLES))


def called(*names: str) -> dict[str, str]:
    """Parameter name -> table key, for each of these names."""
    return {name: TABLES[name] for name in names}
