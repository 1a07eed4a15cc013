"""The records that count, in the store that DARKFIGURE_RECORDS names (partitioned Parquet, or Apache Iceberg), else in a file of
the folder of each return.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq

from assets.returns.intake.partitioned import ParquetRecords, Partition, Records
from assets.returns.intake.store import ACCEPTED, SPILLED, Judged, Store, current, private
from assets.words.problems import BadInput, Problem

SETTING = "DARKFIGURE_RECORDS"
PARQUET, ICEBERG = "parquet", "iceberg"


def by_setting() -> str:
    """The store of records for intake, by the setting; empty for a file of each return. BadInput for what is not known."""
    kind = os.environ.get(SETTING, "").strip().lower()
    if kind not in ("", PARQUET, ICEBERG):
        remedy = "Without it each return keeps its rows in a file."
        raise BadInput("Unknown store of records", [Problem(SETTING, "", kind, f"{PARQUET} or {ICEBERG}", remedy)])
    return kind


def opened(kind: str, folder: Path) -> Records:
    """A store of records in a folder; BadInput where its extra is not installed."""
    if kind == PARQUET:
        return ParquetRecords(folder)
    try:
        from assets.returns.intake.iceberg import IcebergRecords
    except ModuleNotFoundError as missing:
        problem = Problem(kind, "", f"{missing.name} is not installed", "the extra `iceberg`", "pip install pyiceberg")
        raise BadInput("This store of records is not installed", [problem]) from None
    return IcebergRecords(folder)


def put(store: Store, kind: str, partition: Partition, rows: Path) -> str:
    """Put the rows of an accepted return into a store of records beside it; gives where they are, as an index keeps it."""
    return f"{kind}:{opened(kind, store.root / kind).replace(partition, rows)}"


@contextmanager
def rows_of(store: Store, judged: Judged) -> Iterator[Path]:
    """The rows of an accepted return as a Parquet file, wherever they are kept."""
    kind, _, snapshot = judged.kept.partition(":")
    if not kind:
        yield store.folder(judged) / ACCEPTED
        return
    with tempfile.TemporaryDirectory(dir=private(store.root / SPILLED)) as folder:
        rows = opened(kind, store.root / kind).scan(snapshot, (judged.supplier, judged.quarter))
        with pq.ParquetWriter(file := Path(folder) / ACCEPTED, rows.schema) as written:
            for batch in rows:
                written.write_batch(batch)
        yield file


def kept(store: Store, records: Records) -> Iterator[tuple[Partition, str]]:
    """Put the records of every return that counts into a store; gives each partition with the snapshot after it."""
    for partition in store.partitions():
        counting = current(store.held(*partition))
        if counting is not None:
            with rows_of(store, counting) as file:
                yield partition, records.replace(partition, file)
