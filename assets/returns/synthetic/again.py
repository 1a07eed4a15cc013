"""Synthetic returns that do not count, or that are sent again: with too many rows in error, and with changes of one before."""

import csv
import datetime
import json
from collections.abc import Iterable
from pathlib import Path

from assets.returns.file.manifest import MANIFEST
from assets.returns.supply.seal import seal

# One row in so many is spoilt, changed, taken out, or comes in with the changes.
SPOILT, CHANGED, TAKEN_OUT, LATER = 10, 50, 150, 100
DAYS_LATER = 14


def spoil(folder: Path) -> None:
    """Make so many rows of a return wrong that it is refused (R06)."""
    filled, names, rows = _read(folder)
    for row in rows[::SPOILT]:
        row["relationship"] = "cousin"
    _write(folder, filled, names, rows)


def correct(folder: Path) -> Path:
    """Send changes of a return of records two weeks later, beside it: rows replaced, taken out and new; gives their folder."""
    filled, names, rows = _read(folder)
    changes = [
        *({**row, "action": "M", "relationship": "unknown"} for row in rows[::CHANGED]),
        *({**row, "action": "D"} for row in rows[1::TAKEN_OUT] if row not in rows[::CHANGED]),
        *({**row, "crime_ref": f"l{row['crime_ref'][1:]}"} for row in rows[2::LATER]),
    ]
    later = datetime.timedelta(DAYS_LATER)
    days = {name: str(datetime.date.fromisoformat(filled[name]) + later) for name in ("extract_date", "sent_date")}
    replaces = f"{filled['supplier']}.{filled['quarter']}.{filled['extract_date']}.{filled['sha256'][:8]}"
    beside = folder.with_name(f"{folder.name}-changes")
    beside.mkdir()
    _write(beside, filled | days | {"content": "changes", "replaces": replaces}, names, changes)
    return beside


def _read(folder: Path) -> tuple[dict[str, str], list[str], list[dict[str, str]]]:
    filled = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    with (folder / filled["file"]).open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        return filled, list(reader.fieldnames or ()), list(reader)


def _write(folder: Path, filled: dict[str, str], names: list[str], rows: Iterable[dict[str, str]]) -> None:
    with (folder / filled["file"]).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    seal(folder, filled)
