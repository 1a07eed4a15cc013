"""Where a row comes from, in the same columns for every table: the view `meta.origin`."""

from schemas.registry import CONTRACTS
from schemas.table import Contract

# The column that says in words what a row is; `series` where a table has one.
WORDS = {
    "reference.assumption": "reason",
    "reference.comparability_break": "what_changed",
    "reference.pairing": "title",
    "reference.fieldwork": "shortfall",
    "reference.rule": "says",
    "reconciled.gap": "reason",
    "reconciled.overdispersion": "reason",
    "reconciled.official_verdict": "reason",
    "reconciled.threat_breakdown": "dimension_value",
    "meta.release": "title",
    "meta.finding": "evidence",
    "meta.source_file": "path",
}
NAME_COLUMNS = ("series", "name", "offence_code")
PLACE = ("value", "unit", "printed", "source", "release", "sheet", "cell", "url", "citation")
NUMBERS = ("value",)

VIEW_MEANING = "Every row of every table in the same columns: what it is, its value, and where it is published"
MEANINGS = {
    "row_id": "Row id",
    "table_name": "Table the row stands in",
    "what": "What the row is, in words or by its series",
    "value": "Its value, in unit",
    "unit": "Unit of the value",
    "printed": "The figure as printed",
    "source": "Publication",
    "release": "Release",
    "sheet": "Sheet, table or page",
    "cell": "Cell, where the file is held",
    "url": "Where it was read",
    "citation": "Citation of a reference row",
}


def origin_view(tables: list[str]) -> str:
    """The statement that creates `meta.origin` over the given tables: what a table lacks is empty."""
    every = ", ".join(f'NULL::{"DOUBLE" if name in NUMBERS else "VARCHAR"} AS "{name}"' for name in MEANINGS)
    parts = [_select(CONTRACTS[key]) for key in tables if CONTRACTS[key].prefix]
    return "CREATE VIEW meta.origin AS " + " UNION ALL BY NAME ".join([f"SELECT {every} WHERE false", *parts])


def _select(contract: Contract) -> str:
    names = contract.model.to_schema().columns
    words = WORDS.get(contract.key) or next((name for name in NAME_COLUMNS if name in names), "row_id")
    # A table may call a code its value (Y, N): only numbers are values here.
    kinds = {name: "DOUBLE" if name in NUMBERS else "VARCHAR" for name in PLACE if name in names}
    place = [f', TRY_CAST("{name}" AS {kind}) AS "{name}"' for name, kind in kinds.items()]
    return f"SELECT row_id, '{contract.key}' AS table_name, \"{words}\" AS what{''.join(place)} FROM {contract.key}"
