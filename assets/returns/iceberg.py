"""The records in Apache Iceberg with an SQL catalog, for several writers and other programs: the extra `iceberg`."""

import warnings
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import stamina
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.exceptions import CommitFailedException, TableAlreadyExistsError
from pyiceberg.expressions import And, EqualTo
from pyiceberg.table import Table

from assets.returns.records import KEYS, Partition
from assets.returns.store import private

NAME = "returns.record"
# Iceberg knows no unsigned numbers; this holds every one of them.
UNSIGNED = pa.decimal128(20, 0)


class IcebergRecords:
    """One table, partitioned by supplier and quarter, below a folder; the catalog is a database (SQLite in it by default)."""

    def __init__(self, root: Path, catalog: str | None = None) -> None:
        private(root)
        address = catalog or f"sqlite:///{root / 'catalog.db'}"
        self._catalog = SqlCatalog("records", uri=address, warehouse=root.resolve().as_uri())
        self._catalog.create_namespace_if_not_exists("returns")

    def replace(self, partition: Partition, path: Path) -> str:
        """As the protocol says; whoever comes second looks again at what the first has written, and tries anew."""
        rows = _with_keys(pq.ParquetFile(path).read(), partition)
        for attempt in stamina.retry_context(
            on=(CommitFailedException, TableAlreadyExistsError), attempts=10, timeout=60
        ):
            with attempt, warnings.catch_warnings():
                table = self._table(rows.schema)
                only = And(EqualTo("supplier", partition[0]), EqualTo("quarter", partition[1]))
                warnings.simplefilter("ignore", UserWarning)  # that a new partition replaces nothing
                table.overwrite(rows, overwrite_filter=only)
        snapshot = table.current_snapshot()
        return str(snapshot.snapshot_id)

    def scan(self, snapshot: str) -> pa.RecordBatchReader:
        """As the protocol says."""
        table: Table = self._catalog.load_table(NAME)
        if not snapshot.isdecimal() or table.snapshot_by_id(int(snapshot)) is None:
            raise KeyError(snapshot)
        return table.scan(snapshot_id=int(snapshot)).to_arrow_batch_reader()

    def _table(self, schema: pa.Schema) -> Table:
        if self._catalog.table_exists(NAME):
            return self._catalog.load_table(NAME)
        table = self._catalog.create_table(NAME, schema)
        with table.update_spec() as spec:
            for key in KEYS.names:
                spec.add_identity(key)
        return self._catalog.load_table(NAME)


def _with_keys(rows: pa.Table, partition: Partition) -> pa.Table:
    """The rows with their keys, in types that Iceberg has; any value may be missing there."""
    for key, value in zip(KEYS.names, partition, strict=True):
        rows = rows.append_column(key, pa.repeat(pa.scalar(value), rows.num_rows))
    types = {pa.uint64(): UNSIGNED, pa.int16(): pa.int32()}
    return rows.cast(pa.schema([(one.name, types.get(one.type, one.type)) for one in rows.schema]))
