"""The readers against the same sheets read bare: by calamine, and by pandas with openpyxl. Peak memory in processes of their own.

`python tests/benchmarks/readers.py KIND FILE` is such a process; KIND is a key of `KINDS`.
"""

import csv
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from measuring import ROOT, in_turns, process, published, said

sys.path.insert(0, str(ROOT))

APPENDIX = "ons_appendix/appendix-tables-ye-september-2025.xlsx"
FORCES = "home_office/prc-pfa-mar2013-onwards-tables201718.csv"
DATA = ROOT / "data"
RUNS, SLOW_RUNS = 9, 1
AIM_CALAMINE, AIM_OPENPYXL = 1.5, 8.0


@cache
def _reference() -> Any:
    from assets.archive.reading.reference import Reference
    from assets.reference.read import read_reference

    return Reference(DATA, *(read_reference(DATA, f"reference.{name}") for name in ("series", "offence", "area")))


@cache
def _known() -> tuple[Any, Any]:
    from assets.archive.reading.known import known
    from assets.archive.reading.layout import load_layout

    return load_layout(DATA, "ons_appendix"), known(_reference())


def appendix(path: Path) -> Any:
    """The targeted tables of an Appendix workbook as figures with their notes."""
    from assets.archive.reading.book import open_book
    from assets.archive.titled.read import read_titled

    return read_titled(open_book(path), *_known())


def forces(path: Path) -> Any:
    """A year of force data as counts."""
    from assets.archive.publications.ho_prc_pfa.read import read
    from assets.archive.reading.result import ReleaseKey

    return read(path, ReleaseKey("ho_prc_pfa", "benchmark", "not_accredited"), _reference())


def bare(path: Path, sheets: tuple[str, ...]) -> dict[str, list[list[Any]]]:
    """The same sheets as lists of cells, by calamine."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in sheets}


def by_openpyxl(path: Path, sheets: tuple[str, ...]) -> Any:
    """The same sheets as frames, by pandas with openpyxl."""
    import pandas as pd

    return pd.read_excel(path, sheet_name=list(sheets), header=None, engine="openpyxl")


def year_as_workbook(source: Path, target: Path) -> Path:
    """The year of force data as the workbook that the publisher gives: one sheet, numbers as numbers."""
    import xlsxwriter

    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    book = xlsxwriter.Workbook(str(target))
    sheet = book.add_worksheet("2017-18")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            plain = cell.strip()
            number = line and column in (1, len(row) - 1) and plain.lstrip("-").isdigit()
            sheet.write_number(line, column, int(plain)) if number else sheet.write_string(line, column, cell)
    book.close()
    return target


KINDS: dict[str, Callable[[Path], Any]] = {"appendix": appendix, "forces": forces, "nothing": lambda path: _known()}


def _compare(what: str, path: Path, ours: Callable[[Path], Any], sheets: tuple[str, ...]) -> None:
    mine, raw = in_turns(lambda: ours(path), lambda: bare(path, sheets), runs=RUNS)
    [slow] = in_turns(lambda: by_openpyxl(path, sheets), runs=SLOW_RUNS)
    print(f"{what}: {1000 * mine:.0f} ms, bare calamine {1000 * raw:.0f} ms, pandas with openpyxl {1000 * slow:.0f} ms")
    said("reader against bare calamine over the same sheets", mine / raw, AIM_CALAMINE)
    said("reader against pandas with openpyxl", slow / mine, AIM_OPENPYXL, least=True)


def _memory(what: str, kind: str, path: Path) -> None:
    peaks = [process([str(Path(__file__)), one, str(path)])[1] for one in ("nothing", kind)]
    print(
        f"  peak memory of a process that reads {what}: {peaks[1]:.0f} MB, {peaks[1] - peaks[0]:.0f} more than the reference"
    )


def readers() -> None:
    """Both benchmarks of the readers; each is skipped with a line where its released file is not here."""
    print("Readers")
    if found := published(APPENDIX):
        tables = {table.grid.name for table in appendix(found[0]).contents.tables}
        _compare(f"Appendix tables, {len(tables)} sheets", found[0], appendix, tuple(sorted(tables)))
        _memory("an Appendix workbook", "appendix", found[0])
    if found := published(FORCES):
        with tempfile.TemporaryDirectory() as folder:
            path = year_as_workbook(found[0], Path(folder) / "synthetic copy of a year.xlsx")
            _compare("Force data of a year, one sheet", path, forces, ("2017-18",))
            _memory("a year of force data", "forces", path)


if __name__ == "__main__":
    KINDS[sys.argv[1]](Path(sys.argv[2]))
