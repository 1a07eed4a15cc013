"""Ways in which a long table may be damaged beside those of every table: its labels say what a figure is of."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from damages import (
    LAYOUTS,
    NUMBER,
    SMALL,
    Cells,
    Copy,
    Damage,
    Maker,
    Place,
    Rows,
    column_in_thousands,
    lost_row,
    number,
)

# A column of more kinds of texts than this names things one by one, as sentences do.
KINDS = 400


def labels(rows: Rows, head: int, column: int) -> list[Any]:
    """The texts that stand in a column below its header."""
    return sorted({row[column] for row in rows[head + 1 :] if column < len(row)} - {""})


def _head(cells: Cells, sheet: str, rows: Rows) -> int:
    """The row of headers: the nearest without a number above the first figure; what is left out may stand between."""
    _, first, column = cells.of_sheet[sheet][0]
    return next(at for at in range(first - 1, -1, -1) if not NUMBER.fullmatch(str(rows[at][column]).strip()))


def _exchanged(name: str, period: bool, every: bool) -> Maker:
    """Another label of its column, on one row or wherever it stands; of a period or of something else."""

    def make(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
        sheet, row, _ = chance.choice(places)
        rows, valued = book.grid(sheet).rows, {p[2] for p in cells.of_sheet[sheet]}
        head = _head(cells, sheet, rows)
        columns = [at for at, cell in enumerate(rows[head]) if at not in valued and _of_period(cell) is period]
        column = chance.choice(columns) if columns else -1
        if column < 0 or not rows[row][column] or not 1 < len(known := labels(rows, head, column)) <= KINDS:
            return None
        old, new = rows[row][column], chance.choice(known)
        if old == new:
            return None
        changed = [at for at, line in enumerate(rows) if every and at > head and line[column] == old] or [row]
        written = book.rows(sheet)
        for at in changed:
            written[at][column] = new
        touched = {p for p in cells.of_sheet[sheet] if p[1] in set(changed)} | {(sheet, at, column) for at in changed}
        return Damage(name, f"{sheet}!{row + 1} {old} as {new}", frozenset(touched))

    return make


def _of_period(header: Any) -> bool:
    return any(word in str(header).casefold() for word in ("year", "quarter", "12 months", "period"))


def _doubled(name: str, otherwise: bool) -> Maker:
    """A row once more at the end of the file, with the same figure or another."""

    def make(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
        sheet, row, column = chance.choice(places)
        rows = book.rows(sheet)
        again = list(rows[row])
        if otherwise:
            if number(again[column]) is None:
                return None
            again[column] = str(2 * (number(again[column]) or 0))
        rows.append(again)
        return Damage(name, f"{sheet}!{row + 1}", frozenset(p for p in cells.of_sheet[sheet] if p[1] == row))

    return make


def shifted_down(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
    """The figures of some rows stand one row further; the last of them is lost."""
    sheet, row, column = chance.choice(places)
    rows, height = book.rows(sheet), chance.randint(5, 40)
    block = [p for p in cells.of_sheet[sheet] if p[2] == column and row <= p[1] < row + height]
    values = [rows[p[1]][column] for p in block]
    changed = set[Place]()
    for p, value in zip(block[1:], values, strict=False):
        if rows[p[1]][column] != value:
            rows[p[1]][column] = value
            changed.add(p)
    return Damage("shifted down", f"{sheet}!{row + 1}", frozenset(changed)) if changed else None


def two_headers(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
    """Two columns under each other's headers."""
    sheet = chance.choice(places)[0]
    rows = book.rows(sheet)
    header = rows[_head(cells, sheet, rows)]
    one, two = chance.sample([at for at, cell in enumerate(header) if cell], 2)
    where = f"{sheet} {header[one]} and {header[two]}"
    header[one], header[two] = header[two], header[one]
    return Damage("two headers", where, frozenset(cells.of_sheet[sheet]))


LONG_SMALL: tuple[Maker, ...] = (
    *SMALL, _exchanged("label of a row", period=False, every=False), _exchanged("period of a row", period=True, every=False),
)  # fmt: skip
LONG_LARGE: tuple[Maker, ...] = (
    _exchanged("label everywhere", period=False, every=True), _exchanged("period everywhere", period=True, every=True),
    _doubled("doubled row", otherwise=False), _doubled("doubled with another figure", otherwise=True), shifted_down, two_headers,
    lost_row, column_in_thousands,
)  # fmt: skip


def _cut_by(sign: str) -> Callable[[Copy, Cells, random.Random], None]:
    def make(book: Copy, *_: object) -> None:
        book.dialect = {"delimiter": sign}
        for name in book.sheet_names:
            book.rows(name)

    return make


def _shuffled(rows_too: bool) -> Callable[[Copy, Cells, random.Random], None]:
    """Records, or columns with their headers, in another order."""

    def make(book: Copy, cells: Cells, chance: random.Random) -> None:
        for name in cells.of_sheet:
            rows = book.rows(name)
            head = _head(cells, name, rows)
            if rows_too:
                body = rows[head + 1 :]
                chance.shuffle(body)
                rows[head + 1 :] = body
            else:
                order = chance.sample(range(len(rows[head])), len(rows[head]))
                rows[head:] = [[row[at] for at in order if at < len(row)] for row in rows[head:]]

    return make


LONG_LAYOUTS: dict[str, Callable[[Copy, Cells, random.Random], None]] = {
    "records in another order": _shuffled(rows_too=True),
    "columns in another order": _shuffled(rows_too=False),
    "semicolons between cells": _cut_by(";"),
    "tabs between cells": _cut_by("\t"),
    **{name: LAYOUTS[name] for name in ("blank rows at the end", "spaces around texts")},
}
