"""The smallest workbooks that a reader opens, as files."""

import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "sheets"))
from sheet_writer import Rows, ods, xlsx


def write_xlsx(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """An xlsx with these sheets; numbers as numbers, everything else as text, None as no cell."""
    path.write_bytes(xlsx(sheets))
    return path


def write_ods(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """An ods with these sheets."""
    path.write_bytes(ods(sheets))
    return path
