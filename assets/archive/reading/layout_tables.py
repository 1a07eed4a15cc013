"""Layout knowledge as data: the small tables below data/layouts/."""

import csv
from pathlib import Path

from assets.tables.csv_table import raise_one

FOLDER = "layouts"
Record = dict[str, str]


def layout(data: Path, name: str) -> list[Record]:
    """The rows of one layout table, every cell as text; BadInput where it is missing or ragged."""
    path = data / FOLDER / f"{name}.csv"
    if not path.is_file():
        raise_one(f"data/{FOLDER}/{name}.csv", "no such file", "a layout table", "Restore it from the repository.")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise_one(
                f"data/{FOLDER}/{name}.csv, line {line}", "another number of cells", "as in the header", "Quote commas."
            )
    return rows


def pairs(data: Path, name: str, key: str, value: str) -> dict[str, str]:
    """Two columns of a layout table as a mapping."""
    return {row[key]: row[value] for row in layout(data, name)}
