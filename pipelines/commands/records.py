"""`darkfigure returns records`: keep the records that count in a store of their own, and say the snapshot."""

from pathlib import Path

from assets.returns.records import kept, opened
from assets.returns.store import Store
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
