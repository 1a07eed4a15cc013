"""Assets of relations: what must agree, does it, and which figures are doubted."""

from assets.archive.tracked.figures import COUNTS, NOTES, POPULATIONS
from assets.relations.agreement.engine import LOOKED_AT
from assets.relations.tables import SUMMED, TABLES, relation_tables_of_all
from assets.tables.conform import given_names
from assets.tables.contracted import contracted_together
from schemas.registry import contract

ASSETS = [
    contracted_together(
        "relations",
        TABLES,
        relation_tables_of_all,
        inputs={
            "figures": "archive.figure",
            "landed": "archive.landed_count",
            "outcomes": "archive.landed_outcome",
            "series": "reference.series",
            "offences": "reference.offence",
            "areas": "reference.area",
            "releases": "meta.release",
            "relations": "reference.relation",
            "terms": "reference.relation_term",
            "acknowledged": "reference.acknowledged",
            "tables": "archive.table",
        },
        columns={
            "figures": (*LOOKED_AT, "file"),
            "landed": [name for name in LOOKED_AT if name in given_names(contract("archive.landed_count"))],
            "outcomes": SUMMED,
        },
        reads=[COUNTS, POPULATIONS, NOTES],
        kinds={"duckdb", "parquet"},
    )
]
