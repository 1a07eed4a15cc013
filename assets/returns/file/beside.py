"""What lies beside the file of a return and may have rows, too: nobody means to send half, or has recorded nothing by mistake."""

from collections.abc import Callable, Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

WORKBOOKS = (".xls", ".ods")  # .xlsx, .xlsm and .xlsb, too
ARCHIVES = (".zip", ".7z", ".rar", ".tar")
WITH_ROWS = (*WORKBOOKS, *ARCHIVES, ".csv", ".tsv", ".gz", ".parquet")
# The sheets of the template's workbook that are not filled in.
EXPLAINING = ("columns", "codes")


def others(file: Path) -> Iterator[Path]:
    """The other files of the folder of a return that may have rows."""
    for other in sorted(file.parent.iterdir()):
        hidden = other.name.startswith(".") or other.is_dir()
        if other != file and not hidden and other.suffix.lower().startswith(WITH_ROWS):
            yield other


def filled_in(file: Path, shown: Callable[[Path], str] = lambda path: path.name) -> str:
    """What beside an empty file may be the return, in words; empty where nothing is. shown: a name as it may be told"""
    for other in others(file):
        if not other.suffix.lower().startswith(WORKBOOKS):
            return f"{shown(other)} lies beside it"
        try:
            with CalamineWorkbook.from_path(other) as book:
                sheets = [
                    book.get_sheet_by_name(name).to_python() for name in book.sheet_names if name not in EXPLAINING
                ]
        except (CalamineError, OSError):
            return f"{shown(other)} beside it, which cannot be opened, may have rows: it may be protected, or open"
        if any(str(cell).strip() for rows in sheets for row in rows[1:] for cell in row):
            return f"{shown(other)} beside it has rows"
    return ""
