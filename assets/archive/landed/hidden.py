"""What a workbook does not show: sheets, which are not read, and columns and rows, whose figures are."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from assets.archive.plausible.coverage import CELL, column_number
from assets.archive.reading.content import hidden_sheets
from assets.archive.reading.result import Finding, finding
from assets.archive.reading.shown import hidden_lines
from assets.words.wording import first_of, number_of

SHOWN = 6


def what_is_hidden(path: Path, place: str, frame: pd.DataFrame) -> Iterator[Finding]:
    """A finding for each sheet that a file hides, and for each of whose figures some stand in columns or rows that it hides.

    A filter hides rows that are published; a column of another year may be hidden by mistake. Which it is cannot be told.
    """
    for name in hidden_sheets(path):
        yield finding(
            "sheet_hidden", "warning", f"{place}, sheet {name!r}", "The workbook hides it.",
            "Not read: what is hidden is not published. Show it and save the workbook where it holds what is missing.",
        )  # fmt: skip
    for sheet, columns, rows in hidden_lines(path.read_bytes()):
        cells = frame["cell"][frame["sheet"] == sheet].dropna() if "cell" in frame.columns else ()
        places = [(match[1], int(match[2])) for match in map(CELL.match, map(str, cells)) if match]
        last = max((row for _, row in places), default=0)
        of_rows = {row for some in rows for row in range(some.start, min(some.stop, last + 1))}
        hidden = Counter[str]()
        for column, row in places:
            if any(column_number(column) + 1 in some for some in columns):
                hidden[f"column {column}"] += 1
            elif row in of_rows:
                hidden[f"row {row}"] += 1
        if hidden:
            yield finding(
                "cells_hidden", "warning", f"{place}, sheet {sheet!r}",
                f"{number_of(hidden.total(), 'figure')} in columns or rows that the workbook hides: {first_of(hidden, SHOWN)}.",
                "Read as the others are. Show them in the workbook, and look whether they are meant to be published.",
            )  # fmt: skip
