"""What the readers of open data are tested with: small files, and what they must come out as."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assets.archive.reading.result import Reading, ReleaseKey
from assets.tables.conform import conform, validate
from assets.tables.records import Record, records
from schemas.derive import columns
from schemas.registry import contract
from schemas.table import Contract

RELEASE = ReleaseKey("ho_prc_pfa", "test", "not_accredited", "https://example.org/file")
HEADER = (
    "Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group", "Offence Subgroup",
    "Offence Code", "Number of Offences",
)  # fmt: skip


def count(
    year: str = "2017/18", quarter: Any = 1, force: str = "Kent", code: Any = "19C", offences: Any = 5
) -> list[Any]:
    return [year, quarter, force, "label", "group", "subgroup", code, offences]


def write_csv(path: Path, rows: Sequence[Sequence[Any]], encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows(rows)
    return path


def fits(reading: Reading, table: str | Contract) -> list[Record]:
    """The rows, after they have shown that they keep the contract of their table."""
    declared = contract(table) if isinstance(table, str) else table
    # What coverage and relations say of a figure is added after reading: empty where a reader hands it over.
    later = {name: None for name in ("leaves_out", "doubt") if name in columns(declared.model)}
    frame = conform(reading.frame.assign(**later), declared)
    validate(frame, declared)
    return records(frame)


def kinds(reading: Reading) -> list[str]:
    return sorted(row["kind"] for row in reading.findings)
