"""The records that count in a store of their own, behind one small protocol: partitioned Parquet, or Apache Iceberg.

A partition (supplier and quarter) is replaced whole and gives a snapshot; an older snapshot stays readable as it was. Intake
puts the rows of each return into the store that DARKFIGURE_RECORDS names, else into a file of the return's own folder.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from filelock import FileLock

from assets.returns.store import ACCEPTED, PRIVATE_FILE, SPILLED, Judged, Store, current, private, write_private
from assets.tables.fingerprint import fingerprint
from assets.words.problems import BadInput, Problem

Partition = tuple[str, str]
SETTING = "DARKFIGURE_RECORDS"
PARQUET, ICEBERG = "parquet", "iceberg"
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
        from assets.returns.iceberg import IcebergRecords
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
