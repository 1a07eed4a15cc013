"""The records that count, in the store that DARKFIGURE_RECORDS names (partitioned Parquet, or Apache Iceberg), else in a file of
the folder of each return.
"""

import base64
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import stamina
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.exceptions import CommitFailedException, TableAlreadyExistsError
from pyiceberg.expressions import And, BooleanExpression, EqualTo
from pyiceberg.table import Table

from assets.returns.intake.partitioned import KEYS, ParquetRecords, Partition, Records
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
        from assets.returns.intake.records import IcebergRecords
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


# The records in Apache Iceberg with an SQL catalog, for several writers and other programs: the extra `iceberg`.
NAME = "returns.record"
# Iceberg knows no unsigned numbers; this holds every one of them.
UNSIGNED = pa.decimal128(20, 0)
# What a partition's columns were before, kept with its snapshot.
CAME = "columns-as-they-came"


class IcebergRecords:
    """One table, partitioned by supplier and quarter, below a folder; the catalog is a SQLite database in it."""

    def __init__(self, root: Path) -> None:
        private(root)
        address = f"sqlite:///{root / 'catalog.db'}"
        self._catalog = SqlCatalog("records", uri=address, warehouse=root.resolve().as_uri())
        self._catalog.create_namespace_if_not_exists("returns")

    def replace(self, partition: Partition, path: Path) -> str:
        """As the protocol says; whoever comes second looks again at what the first has written, and tries anew."""
        came = pq.ParquetFile(path).read().replace_schema_metadata()
        rows = _with_keys(came, partition)
        columns = {CAME: base64.b64encode(came.schema.serialize()).decode()}
        for attempt in stamina.retry_context(
            on=(CommitFailedException, TableAlreadyExistsError), attempts=10, timeout=60
        ):
            with attempt, warnings.catch_warnings():
                table = self._table(rows.schema)
                with table.update_schema() as columns_of:
                    columns_of.union_by_name(rows.schema)
                warnings.simplefilter("ignore", UserWarning)  # that a new partition replaces nothing
                table.overwrite(rows, overwrite_filter=_of(partition), snapshot_properties=columns)
        snapshot = table.current_snapshot()
        return str(snapshot.snapshot_id)

    def scan(self, snapshot: str, partition: Partition | None = None) -> pa.RecordBatchReader:
        """As the protocol says."""
        table: Table = self._catalog.load_table(NAME)
        snapshot_now = table.snapshot_by_id(int(snapshot)) if snapshot.isdecimal() else None
        if snapshot_now is None:
            raise KeyError(snapshot)
        if partition is None:
            return table.scan(snapshot_id=snapshot_now.snapshot_id).to_arrow_batch_reader()
        rows = table.scan(snapshot_id=snapshot_now.snapshot_id, row_filter=_of(partition)).to_arrow_batch_reader()
        came = pa.ipc.read_schema(pa.py_buffer(base64.b64decode(snapshot_now.summary[CAME])))
        return pa.RecordBatchReader.from_batches(came, (batch.select(came.names).cast(came) for batch in rows))

    def _table(self, schema: pa.Schema) -> Table:
        if self._catalog.table_exists(NAME):
            return self._catalog.load_table(NAME)
        table = self._catalog.create_table(NAME, schema)
        with table.update_spec() as spec:
            for key in KEYS.names:
                spec.add_identity(key)
        return self._catalog.load_table(NAME)


def _of(partition: Partition) -> BooleanExpression:
    return And(EqualTo("supplier", partition[0]), EqualTo("quarter", partition[1]))


def _with_keys(rows: pa.Table, partition: Partition) -> pa.Table:
    """The rows with their keys, in types that Iceberg has; any value may be missing there."""
    for key, value in zip(KEYS.names, partition, strict=True):
        rows = rows.append_column(key, pa.repeat(pa.scalar(value), rows.num_rows))
    types = {pa.uint64(): UNSIGNED, pa.int16(): pa.int32()}
    return rows.cast(pa.schema([(field.name, types.get(field.type, field.type)) for field in rows.schema]))
