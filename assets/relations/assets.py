"""Assets of relations: what must agree, does it, and which figures are doubted."""

from assets.relations.tables import TABLES, relation_tables
from assets.tables.contracted import contracted_together

ASSETS = [
    contracted_together(
        "relations",
        TABLES,
        relation_tables,
        inputs={
            "figures": "archive.figure",
            "series": "reference.series",
            "offences": "reference.offence",
            "areas": "reference.area",
            "releases": "meta.release",
            "relations": "reference.relation",
            "terms": "reference.relation_term",
            "acknowledged": "reference.acknowledged",
        },
        kinds={"duckdb", "parquet"},
    )
]
