"""Released CSV files as sheets of one book, written anew and read as they are when they land."""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from damages import Copy
from judging import Release, Said, load
from kit import DATA, frame, reference, reference_table

from assets.archive.identity.long_identity import identify as identify_long
from assets.archive.identity.long_readers import COUNTS, FIGURES, OUTCOMES
from assets.archive.landed.read_file import read_file
from assets.archive.plausible.coverage import with_coverage
from assets.archive.reading.book import Book, open_book
from assets.archive.reading.content import csv_rows
from assets.archive.reading.grid import Grid
from assets.archive.reading.result import Reading
from assets.archive.titled.recognise import layouts, recognise
from assets.archive.tracked.figures import transcribed_figures
from assets.reference.releases import read_releases
from assets.relations.agreement.engine import LOOKED_AT
from assets.relations.tables import local_figures, looked_at, outcome_sums, sum_ids, tracked_facts
from assets.tables.conform import conform
from assets.words.problems import BadInput
from schemas.derive import columns
from schemas.registry import contract
from schemas.row_id import row_ids

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "sheets"))
from sheet_writer import xlsx

FACTS = {FIGURES: "archive.figure", COUNTS: "recorded.force_count", OUTCOMES: "recorded.outcome_count"}


class LongBook(Book):
    """CSV files as the sheets of a book, called as their figures call them."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.file, self.typed = "long tables", False
        self.sheet_names = [path.name for path in paths]
        self._grids = {
            path.name: Grid(path.name, path.name, csv_rows(path.read_bytes(), path.name), typed=False) for path in paths
        }


def load_found(path: Path) -> Release | None:
    """A released file, whatever its kind; None where it is of no publication."""
    if identify_long(path, DATA) is None:
        return load([path], 0) if recognise(open_book(path), layouts(DATA)) is not None else None
    book = open_book(path)
    return _load_workbook(path, book) if book.typed else load_long([path])


def _load_workbook(path: Path, book: Book) -> Release:
    """A workbook of populations, which is read as a file: a copy is written anew."""
    before = read_file(path, path.name, reference())
    whole = _said(before, before)

    def reader(one: Book) -> Said:
        if not isinstance(one, Copy):
            return whole
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / path.with_suffix(".xlsx").name
            made.write_bytes(
                xlsx(
                    {
                        name: [[cell if cell != "" else None for cell in row] for row in one.grid(name).rows]
                        for name in one.sheet_names
                    }
                )
            )
            return _said(read_file(made, path.name, reference()), before)

    return Release(book, reader, _tracked(whole))


def load_long(paths: Sequence[Path]) -> Release:
    """Some CSV files that land together, beside all that is tracked."""
    read = {path.name: read_file(path, path.name, reference()) for path in paths}
    whole = {name: _said(reading, reading) for name, reading in read.items()}

    def reader(book: Book) -> Said:
        return _together([
            _again(book, name, read[name]) if isinstance(book, Copy) and name in book.changed else whole[name]
            for name in whole
        ])  # fmt: skip

    return Release(LongBook(paths), reader, _tracked(_together(list(whole.values()))), long=True)


def _tracked(said: Said) -> pd.DataFrame:
    """All that is tracked, but for what some files say."""
    figures = with_coverage(transcribed_figures(DATA), reference_table("area"))
    given = (reference_table("series"), reference_table("offence"), reference_table("area"), read_releases(DATA))
    held = pd.concat([figures[list(LOOKED_AT)], said.looked_at], ignore_index=True)
    local = local_figures(tracked_facts(DATA, *given), held, frame("archive.landed_count", []))
    tracked = pd.concat([figures[list(LOOKED_AT)], local], ignore_index=True)
    return tracked[~tracked["row_id"].isin(said.looked_at["row_id"])]


def _together(said: Sequence[Said]) -> Said:
    return Said(
        pd.concat([one.figures for one in said], ignore_index=True),
        pd.concat([one.looked_at for one in said], ignore_index=True),
        any(one.set_aside for one in said),
        tuple(release for one in said for release in one.releases),
    )


def _again(book: Copy, name: str, before: Reading) -> Said:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name.removesuffix(".gz")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, **book.dialect).writerows(book.grid(name).rows)
        return _said(read_file(path, name, reference()), before)


def _said(read: Reading, before: Reading) -> Said:
    """What a file says, under the name of its release as it was: that of many is a fingerprint of the file.

    Raises BadInput where it is no publication that is known any more: it is set aside whole.
    """
    if not read.staged:
        raise BadInput("what is no known publication any more", [])
    key = FACTS[read.staged]
    frame = read.frame.assign(source=before.release["source"], release=before.release["release"])
    if before.frame["sheet"].nunique() == 1:
        frame["sheet"] = before.frame["sheet"].iloc[0]
    if read.staged == FIGURES:
        frame = with_coverage(
            conform(frame.reindex(columns=columns(contract(key).model)), contract(key)), reference_table("area")
        )
        return Said(
            frame.assign(judged_as=frame["row_id"]), frame[list(LOOKED_AT)], bool(read.set_aside), (before.release,)
        )
    frame = conform(frame, contract(read.staged))
    if read.staged == COUNTS:
        seen = looked_at(frame, key)
        frame = frame.assign(row_id=row_ids(contract(key), frame))
        return Said(frame.assign(judged_as=frame["row_id"]), seen, bool(read.set_aside), (before.release,))
    seen = outcome_sums(frame, reference_table("offence"), reference_table("area"))
    return Said(frame.assign(judged_as=sum_ids(frame)), seen, bool(read.set_aside), (before.release,))
