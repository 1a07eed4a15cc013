"""The tracked figures as sheets of one book: what was copied wrong when a figure was taken down."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
from damages import Copy, number
from judging import Release, Said
from kit import DATA, frame, reference_table
from long_releases import LongBook

from assets.archive.reading.grid import letters
from assets.archive.tracked.figures import COUNTS, POPULATIONS, figure_files, force_lines, read_figures
from assets.reference.releases import read_releases
from assets.relations.agreement.engine import LOOKED_AT
from assets.relations.tables import COUNT, PEOPLE, local_figures, tracked_facts
from schemas.registry import contract
from schemas.row_id import row_ids

FORCES = {COUNT: COUNTS, PEOPLE: POPULATIONS}
PRINTED, VALUE = "printed", "value"


class TrackedBook(LongBook):
    """The tracked files; a figure is what is printed, which its value follows."""

    def __init__(self) -> None:
        super().__init__([*figure_files(DATA), *(DATA / file for file in FORCES.values())])
        self.values = {
            name: [row[column(self, name, VALUE)] for row in self.grid(name).rows] for name in self.sheet_names
        }
        for name in self.sheet_names:
            at = column(self, name, VALUE)
            for row in self.grid(name).rows:
                del row[at]


def column(book: Any, sheet: str, header: str) -> int:
    at: int = book.grid(sheet).rows[0].index(header)
    return at


def load_tracked() -> Release:
    """All that is tracked, as a build reads it; a copy is written anew beside the other tracked data."""
    book = TrackedBook()
    paths = {
        path.name: path.relative_to(DATA) for path in [*figure_files(DATA), *(DATA / one for one in FORCES.values())]
    }

    def reader(one: Any) -> Said:
        if not isinstance(one, Copy):
            return _said(DATA, book)
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder)
            for path in DATA.iterdir():
                if path.name not in ("figures", "interim", "output", "landing"):
                    (data / path.name).symlink_to(path)
            for path in (DATA / "figures").rglob("*.csv"):
                copy = data / path.relative_to(DATA)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.symlink_to(path)
            for name in one.changed:
                (data / paths[name]).unlink()
                with (data / paths[name]).open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file, lineterminator="\n").writerows(_with_values(book, one, name))
            return _said(data, one)

    return Release(book, reader, pd.DataFrame(columns=list(LOOKED_AT)), long=True)


def _with_values(book: TrackedBook, copy: Copy, name: str) -> list[list[Any]]:
    """The rows of a sheet with their values, which follow what is printed."""
    at, rows, as_they_were = column(book, name, PRINTED), copy.grid(name).rows, book.grid(name).rows
    made = [[*rows[0], VALUE]]
    for line, row in enumerate(rows[1:], start=1):
        before, value = (as_they_were[line][at], book.values[name][line]) if line < len(as_they_were) else ("", "")
        if row[at] != before:
            new, old = number(row[at]), number(before)
            value = "" if new is None else f"{float(value) * new / old:.15g}" if old else row[at]
        made.append([*row, value])
    return made


def _said(data: Path, book: Any) -> Said:
    """BadInput as of a build."""
    given = (reference_table("series"), reference_table("offence"), reference_table("area"), read_releases(DATA))
    figures = read_figures(data, *given, frame("archive.landed_figure", []))
    tracked = tracked_facts(data, *given)
    named = [figures.assign(sheet=figures["file"])]
    for key, file in FORCES.items():
        rows = tracked[key]
        named.append(
            rows.assign(
                row_id=row_ids(contract(key), rows), sheet=Path(file).name, line=force_lines(data, file)["line"]
            )
        )
    whole = pd.concat([one[["row_id", "value", "sheet", "line"]] for one in named], ignore_index=True)
    printed_in = {name: letters(column(book, name, PRINTED)) for name in book.sheet_names}
    whole["cell"] = [f"{printed_in[sheet]}{line}" for sheet, line in zip(whole["sheet"], whole["line"], strict=True)]
    local = local_figures(tracked, figures, frame("archive.landed_count", []))
    looked = pd.concat([figures[list(LOOKED_AT)], local], ignore_index=True)
    return Said(whole.assign(judged_as=whole["row_id"]), looked, False, ())
