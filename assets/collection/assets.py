"""The tables of the policing collection. Without returns, as on a fresh clone, they are there and empty."""

from assets.collection import about_returns, national
from assets.returns.assets_returns import ACCEPTED
from assets.returns.rules.rules import READS
from assets.tables.contracted import contracted_together

ASSETS = [
    contracted_together(
        "collection", [*about_returns.KEYS, *national.KEYS], national.national,
        inputs={"open_data": "recorded.force_count", "population": "population.estimate", "releases": "meta.release"},
        reads=["returns", "output", *READS, "reference/collection_printed.csv", "reference/acknowledged_return.csv"],
        deps=[ACCEPTED], kinds={"duckdb", "parquet"},
    )
]  # fmt: skip
