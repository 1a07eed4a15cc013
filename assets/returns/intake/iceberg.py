"""The records in Apache Iceberg with an SQL catalog, for several writers and other programs: the extra `iceberg`."""

import base64
import warnings
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import stamina
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.exceptions import CommitFailedException, TableAlreadyExistsError
from pyiceberg.expressions import And, BooleanExpression, EqualTo
from pyiceberg.table import Table

from assets.returns.intake.partitioned import KEYS, Partition
from assets.returns.intake.store import private

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
