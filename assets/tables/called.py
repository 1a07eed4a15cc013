"""What functions call the tables that they are handed: one name for one table in all rooms."""

TABLES = {
    "areas": "reference.area",
    "assumptions": "reference.assumption",
    "breaks": "reference.comparability_break",
    "codes": "reference.offence",
    "doubts": "archive.doubt",
    "estimates": "survey.estimate",
    "fieldwork": "reference.fieldwork",
    "figures": "archive.figure",
    "flagged": "recorded.flagged_count",
    "forces": "recorded.force_count",
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


def called(*names: str) -> dict[str, str]:
    """Parameter name -> table key, for each of these names."""
    return {name: TABLES[name] for name in names}
