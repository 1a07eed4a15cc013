"""Write the statistical tables: the workbook (xlsx and ods), the CSV files with their description, the Parquet files."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assets.archive.tracked.described import DESCRIPTION
from assets.published.replacing import replace
from assets.published.tables.content import sheets
from assets.published.tables.leaves import leaves
from assets.published.tables.opendocument import write_opendocument
from assets.published.tables.package import json_text, tables_package
from assets.published.tables.plain_files import write_csv, write_parquet
from assets.published.tables.sheets import TableSheet
from assets.published.tables.workbook import write_workbook
from assets.tables.asking import asking

FOLDER = "tables"
WORKBOOK = "darkfigure-tables.xlsx"
OPENDOCUMENT = "darkfigure-tables.ods"
BUILD = "SELECT * FROM meta.build"


@dataclass(frozen=True)
class WrittenTables:
    """What was written, and where."""

    folder: Path
    workbook: Path
    files: list[Path]
    sheets: list[TableSheet]


def write_tables(file: Path, output: Path) -> WrittenTables:
    """Make all tables over a published file below `output/tables/`; every file appears whole, its description last."""
    with asking(file) as asked:
        made, build = sheets(asked), asked.rows(BUILD)[0]
    folder = output / FOLDER
    pages = leaves(made, build)
    written = [replace(folder / WORKBOOK, lambda path: write_workbook(path, pages, build))]
    written.append(replace(folder / OPENDOCUMENT, lambda path: write_opendocument(path, pages, build)))
    for sheet in made:
        written.append(replace(folder / "csv" / f"{sheet.key}.csv", partial(write_csv, sheet=sheet)))
        written.append(replace(folder / "parquet" / f"{sheet.key}.parquet", partial(write_parquet, sheet=sheet)))
    text = json_text(tables_package(made, build))
    written.append(replace(folder / DESCRIPTION, lambda path: path.write_text(text, encoding="utf-8")))
    for stale in _others(folder, written):
        with suppress(OSError):
            stale.unlink()
    return WrittenTables(folder, written[0], written, made)


def _others(folder: Path, written: list[Path]) -> Iterator[Path]:
    """Tables of an earlier build that this one does not have."""
    for kind in ("csv", "parquet"):
        yield from (path for path in (folder / kind).glob(f"*.{kind}") if path not in written)
