"""Which forces or areas a figure leaves out, from what its source says of it: titles, subtitles, notes.

A total without a force is another series than one with it; the field `leaves_out` says which, so that no change, rate or
ratio is taken across unlike coverage.
"""

import datetime
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from assets.archive.plausible.left_out import Areas, Span, left_out_in
from assets.archive.reading.grid import column_number
from assets.archive.reading.text import single_spaced
from assets.archive.titled.locate import Contents
from assets.tables.records import records

NUMBERED = re.compile(r"\s*(?:\d{1,2}[.)]|\[?note \d)", re.IGNORECASE)
CELL = re.compile(r"([A-Z]+)(\d+)")
HEADERS = 3


def with_coverage(figures: pd.DataFrame, areas: pd.DataFrame, notes: str = "note") -> pd.DataFrame:
    """The figures with `leaves_out`: codes of the forces inside their area that their notes (a column) say are left out."""
    known = Areas(areas)
    texts: Sequence[str | None] = figures[notes].tolist()
    forces_left_out: Mapping[str, list[tuple[str, tuple[Span, ...]]]] = {
        text: spans for text in set(filter(None, map(_text, texts))) if (spans := left_out_in(text, known))
    }
    column: list[str | None] = [None] * len(figures)
    if forces_left_out:
        wanted = [at for at, text in enumerate(texts) if _text(text) in forces_left_out]
        rows = figures.iloc[wanted][["area_code", "period_start", "period_end"]]
        for at, row in zip(wanted, records(rows), strict=True):
            column[at] = _codes(
                forces_left_out[str(texts[at])], row["area_code"], row["period_start"], row["period_end"], known
            )
    return figures.assign(leaves_out=pd.Series(column, index=figures.index, dtype=figures[notes].dtype))


def with_what_stands_beside(figures: pd.DataFrame, contents: Contents, areas: pd.DataFrame) -> pd.DataFrame:
    """The figures of one file, noted with titles, subtitles, labels and headers that say that a force is left out.

    A text in a row of numbers is of that row, in a row of headers of its column, anywhere else of the sheet; notes with a
    number are cited where they hold, and are with the figures already.
    """
    known = Areas(areas)
    says = functools.cache(lambda text: bool(left_out_in(text, known)))
    notes_of_place: dict[tuple[str, int | None, int | None], list[str]] = defaultdict(list)
    for grid in {id(located.grid): located.grid for located in contents.tables}.values():
        for at, cells in enumerate(grid.rows):
            for column, text in enumerate(cells):
                if isinstance(text, str) and not NUMBERED.match(text) and says(text):
                    numbers = any(isinstance(cell, (int, float)) for cell in cells)
                    labels = sum(isinstance(cell, str) and cell != "" for cell in cells) >= HEADERS
                    place = (at + 1 if numbers else None, column if labels and not numbers else None)
                    notes_of_place[grid.name.strip(), *place].append(single_spaced(text))
    if not notes_of_place:
        return figures
    notes = [
        _also(row["note"], notes_of_place, row["sheet"], row["cell"] or "")
        for row in records(figures[["note", "sheet", "cell"]])
    ]
    return figures.assign(note=pd.Series(notes, index=figures.index, dtype=figures["note"].dtype))


def _also(
    note: str | None, notes_of_place: Mapping[tuple[str, int | None, int | None], list[str]], sheet: str, cell: str
) -> str | None:
    """The note of a figure with what stands beside it."""
    place = CELL.fullmatch(cell)
    row, column = (int(place[2]), column_number(place[1])) if place else (None, None)
    texts = [
        text for key in {(row, None), (None, column), (None, None)} for text in notes_of_place.get((sheet, *key), ())
    ]
    return " ".join(filter(None, [note, *dict.fromkeys(texts)])) or None


def _codes(
    left_out: Iterable[tuple[str, tuple[Span, ...]]], area: str, start: datetime.date, end: datetime.date, known: Areas
) -> str | None:
    codes = {
        force
        for force, when in left_out
        if known.holds(area, force) and (not when or any(start <= last and first <= end for first, last in when))
    }
    return ";".join(sorted(codes)) or None


def _text(note: object) -> str | None:
    return note if isinstance(note, str) else None
