"""`darkfigure returns records`: keep the records that count in a store of their own, and say the snapshot."""

from pathlib import Path

from assets.returns.records import ParquetRecords, Records, kept
from assets.returns.store import Store
from pipelines.commands.stop import WRONG_CALL, Stop
from pipelines.commands.tables import console


def keep_records(store: Store, kind: str, folder: Path) -> None:
    """Replace every partition in the store by what counts of it now."""
    done = list(kept(store, opened(kind, folder)))
    said = (
        f"{len(done)} partitions in {folder}, snapshot {done[-1][1]}"
        if done
        else "No return counts yet: nothing was kept."
    )
    console().print(said, soft_wrap=True)


def opened(kind: str, folder: Path) -> Records:
    """A store of records in a folder; Stop (exit code 2) where its extra is not installed."""
    if kind == "parquet":
        return ParquetRecords(folder)
    try:
        from assets.returns.iceberg import IcebergRecords
    except ModuleNotFoundError as missing:
        raise Stop(f"This store needs the extra `iceberg`: {missing.name} is not installed.", WRONG_CALL) from None
    return IcebergRecords(folder)
