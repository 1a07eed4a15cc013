"""Reference assets: one per file of data/reference/."""

import datetime
from pathlib import Path

import dagster as dg
import pandas as pd

from assets.reference.known_on import figures_known_on
from assets.reference.read import read_reference, tied_files
from assets.reference.releases import SOURCES, publications
from assets.tables.contracted import contracted

TABLES = (
    "threat", "spelling", "offence", "offence_threat", "area", "series", "pairing", "comparability_break", "rule",
    "assumption", "fieldwork", "canonical_table", "constraint", "official_significance",
    "availability", "force_availability", "relation", "relation_term", "acknowledged", "supplier", "return_rule",
    "collection_definition", "collection_limit", "personal_data_pattern", "role_word", "disclosure_rule",
    "collection_printed", "acknowledged_return",
    "support_service", "set_system", "reading", "flag_test", "attrition_stage", "attrition_share", "reporting_bridge",
    "plain_word", "figure_word", "prior",
)  # fmt: skip


def _asset(key: str) -> dg.AssetsDefinition:
    def reference_table(data: Path, as_of: datetime.date | None = None) -> pd.DataFrame:
        frame = read_reference(data, key)
        # Published values of later releases cannot be asked for: they were not known on that day.
        return figures_known_on(frame, data, as_of) if {"source", "release"} <= set(frame.columns) else frame

    reference_table.__module__ = read_reference.__module__
    reference_table.__qualname__ = read_reference.__qualname__
    return contracted(key, reference_table, reads=tied_files(key), kinds={"csv", "parquet"})


ASSETS = [
    *(_asset(f"reference.{table}") for table in TABLES),
    contracted("reference.publication", publications, reads=[SOURCES], kinds={"yaml", "parquet"}),
]
