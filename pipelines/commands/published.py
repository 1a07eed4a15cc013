"""Tables of the published file as the frames that the pure functions take."""

import argparse
from collections.abc import Iterable

import duckdb
import pandas as pd

from assets.tables.staging import to_frame
from pipelines.commands.folders import published_file


def frames(chosen: argparse.Namespace, keys: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Table key -> frame with Arrow types."""
    with duckdb.connect(published_file(chosen), read_only=True) as connection:
        return {key: to_frame(connection.sql(f"SELECT * FROM {key}").to_arrow_table()) for key in keys}
