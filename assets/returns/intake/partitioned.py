"""A store of records by partition: what it can do, and partitioned Parquet.

A partition (supplier and quarter) is replaced whole and gives a snapshot; an older snapshot stays readable as it was.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.dataset as ds
from filelock import FileLock

from assets.returns.intake.store import private
from assets.tables.files import PRIVATE_FILE, fingerprint, write_private

Partition = tuple[str, str]
SNAPSHOTS, NEWEST, LOCK = "snapshots", "newest", ".lock"
KEYS = pa.schema([("supplier", pa.string()), ("quarter", pa.string())])


class Records(Protocol):
    """What a store of records can do."""

    def replace(self, partition: Partition, path: Path) -> str:
        """Put a Parquet file in the place of all rows of a partition; gives the snapshot after it."""

    def scan(self, snapshot: str, partition: Partition | None = None) -> pa.RecordBatchReader:
        """The rows as of a snapshot, batch by batch, with `supplier` and `quarter`; KeyError for one that never was.

        partition: only its rows, as they came; the snapshot is that of its own replacement
        """


class ParquetRecords:
    """Files below a folder, named by their content, and per snapshot a list of those that count; its owner's alone."""

    def __init__(self, root: Path) -> None:
        self._root = private(root)
        private(root / SNAPSHOTS)

    def replace(self, partition: Partition, path: Path) -> str:
        """As the protocol says; writers wait for each other only while the list is written."""
        folder = private(private(self._root / f"supplier={partition[0]}") / f"quarter={partition[1]}")
        target = folder / f"{fingerprint(path)}.parquet"
        if not target.exists():
            beside = target.with_name(f".{target.name}.{os.getpid()}")
            shutil.copyfile(path, beside)
            beside.chmod(PRIVATE_FILE)
            beside.replace(target)
        with FileLock(self._root / LOCK, mode=PRIVATE_FILE):
            newest = self._root / NEWEST
            files = self._files(newest.read_text(encoding="ascii")) if newest.exists() else {}
            files["|".join(partition)] = target.relative_to(self._root).as_posix()
            said = json.dumps(files, indent=1, sort_keys=True).encode()
            snapshot = hashlib.sha256(said).hexdigest()[:16]
            write_private(self._root / SNAPSHOTS / f"{snapshot}.json", said)
            beside = self._root / f".{NEWEST}.{os.getpid()}"
            write_private(beside, snapshot.encode())
            beside.replace(newest)
        return snapshot

    def scan(self, snapshot: str, partition: Partition | None = None) -> pa.RecordBatchReader:
        """As the protocol says."""
        named = self._files(snapshot)
        if partition is not None:
            return ds.dataset(self._root / named["|".join(partition)], format="parquet").scanner().to_reader()
        files = [str(self._root / name) for name in named.values()]
        hive = ds.partitioning(KEYS, flavor="hive")
        dataset = ds.dataset(files, format="parquet", partitioning=hive, partition_base_dir=str(self._root))
        return dataset.scanner().to_reader()

    def _files(self, snapshot: str) -> dict[str, str]:
        try:
            said = (self._root / SNAPSHOTS / f"{Path(snapshot).name}.json").read_text(encoding="utf-8")
        except FileNotFoundError:
            raise KeyError(snapshot) from None
        return dict(json.loads(said))
