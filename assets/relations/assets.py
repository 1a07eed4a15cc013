"""Assets of relations: what must agree, does it, and which figures are doubted."""

from assets.archive.force_figures import COUNTS, NOTES, POPULATIONS
from assets.relations.local_figures import relation_tables_of_all
from assets.relations.tables import TABLES
from assets.tables.contracted import contracted_together

ASSETS = [
    contracted_together(
        "relations",
        TABLES,
        relation_tables_of_all,
        inputs={
            "figures": "archive.figure",
            "landed": "archive.landed_count",
            "outcomes": "recorded.outcome_count",
            "series": "reference.series",
            "offences": "reference.offence",
            "areas": "reference.area",
            "releases": "meta.release",
            "relations": "reference.relation",
            "terms": "reference.relation_term",
            "acknowledged": "reference.acknowledged",
        },
        reads=[COUNTS, POPULATIONS, NOTES],
        kinds={"duckdb", "parquet"},
    )
]
