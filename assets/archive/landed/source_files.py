"""The files that a refresh reads, with their fingerprints."""

from pathlib import Path

import pandas as pd

from assets.tables.conform import conform
from assets.tables.files import fingerprint
from assets.tables.records import Record, records
from schemas.registry import contract

KINDS = {
    "figures": "figures",
    "reference": "reference",
    "layouts": "reference",
    "statement": "statement",
    "sources.yaml": "reference",
}
READ = (".csv", ".yaml")


def source_files(data: Path, landed: pd.DataFrame) -> pd.DataFrame:
    """One row per input file, tracked or landed (`meta.source_file`)."""
    rows = [
        _entry(path, data, kind)
        for part, kind in KINDS.items()
        for path in (
            [data / part]
            if (data / part).is_file()
            else sorted(p for p in (data / part).rglob("*") if p.suffix in READ)
        )
    ]
    rows += records(landed.drop(columns="row_id"))
    return conform(pd.DataFrame(rows).astype("object"), contract("meta.source_file"))


def _entry(path: Path, data: Path, kind: str) -> Record:
    content = path.read_bytes()
    return {
        "path": path.relative_to(data).as_posix(),
        "kind": kind,
        "bytes": len(content),
        "sha256": fingerprint(path),
        "rows": max(content.count(b"\n") - 1, 0) if path.suffix == ".csv" else 0,
        "source": None,
        "release": None,
        "url": None,
        "fetched_at": None,
    }
