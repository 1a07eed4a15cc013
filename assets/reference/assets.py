"""Reference assets: one per file of data/reference/."""

from pathlib import Path

import dagster as dg
import pandas as pd

from assets.contracted import contracted
from assets.reference.read import read_reference, reference_file

TABLES = (
    "threat", "offence", "offence_threat", "area", "series", "pairing", "comparability_break", "rule", "assumption",
    "fieldwork", "published_total", "constraint",
)  # fmt: skip


def _asset(key: str) -> dg.AssetsDefinition:
    def reference_table(data: Path) -> pd.DataFrame:
        return read_reference(data, key)

    reference_table.__module__ = read_reference.__module__
    reference_table.__qualname__ = read_reference.__qualname__
    return contracted(key, reference_table, reads=[reference_file(key)], kinds={"csv", "parquet"})


ASSETS = [_asset(f"reference.{table}") for table in TABLES]
