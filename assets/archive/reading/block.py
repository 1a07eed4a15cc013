"""Blocks of cells as figures: one row of `archive.figure` per cell.

A block keeps what its rows and columns say once, and which of it each cell takes; `assemble` spreads all blocks of a file
in one go, column by column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.reading.grid import Cell, Grid, a1, letters
from assets.archive.reading.marks import Marks
from assets.archive.reading.notes import note_text
from assets.archive.reading.result import what_to_do
from assets.archive.reading.values import CellValue, text_value
from assets.words.problems import Problem
from schemas.archive import Figure
from schemas.derive import arrow_schema

_FIGURE = arrow_schema(Figure)
SCHEMA = pa.schema([part for part in _FIGURE if part.name != "row_id"])
Places = np.ndarray[Any, np.dtype[np.int64]]
NORMAL = "normal"
NOTHING: tuple[list[Any], Any] = ([None], None)


@dataclass
class BlockAxis:
    """What the rows (or the columns) of a block say of their figures.

    index:  row or column numbers in the grid, from 0
    fields: column of archive.figure -> one value per index
    notes:  numbers of the notes printed with the label, and marks that stand with it, per index
    """

    index: list[int]
    fields: dict[str, list[Any]] = field(default_factory=dict)
    notes: list[tuple[int | str, ...]] = field(default_factory=list)


@dataclass
class Block:
    """The figures of a block.

    table:    id of the table in print
    pools:    column of archive.figure -> its values, and for each figure which of them
    rows:     grid row of each figure; columns: grid column
    values:   number of each figure, nan for a marker
    texts:    position of a figure -> what is printed, where it is not a plain number
    problems: cells that could not be read
    as_text:  addresses of numbers that are printed as text
    empty:    addresses of cells with nothing in them
    """

    table: str
    pools: dict[str, tuple[list[Any], Places]]
    rows: Places
    columns: Places
    values: np.ndarray[Any, np.dtype[np.float64]]
    texts: dict[int, str]
    problems: list[Problem]
    as_text: list[str]
    empty: list[str]

    def where(self, keep: np.ndarray[Any, np.dtype[np.bool_]]) -> "Block":
        """The block with the figures that are kept."""
        if keep.all():
            return self
        moved = {int(place): new for new, place in enumerate(np.flatnonzero(keep))}
        return replace(
            self,
            pools={name: (values, places[keep]) for name, (values, places) in self.pools.items()},
            rows=self.rows[keep],
            columns=self.columns[keep],
            values=self.values[keep],
            texts={moved[place]: text for place, text in self.texts.items() if place in moved},
        )


def block(
    grid: Grid,
    table: str,
    rows: BlockAxis,
    columns: BlockAxis,
    constants: Mapping[str, Any],
    markers: Marks,
    notes: Mapping[int, str],
    table_notes: Sequence[int | str] = (),
    base_rows: Sequence[int | None] | None = None,
    cell_notes: Sequence[str | None] | None = None,
    said: Mapping[str, Mapping[int, int]] | None = None,
) -> Block:
    """One figure per cell that is not empty, row by row.

    constants:   columns of archive.figure that are the same for all
    markers:     shorthand in a figure's place, and beside a figure or a label
    notes:       note number -> text; table_notes: numbers and marks printed with the table's title
    base_rows:   for each row the grid row with its unweighted base, or None
    cell_notes:  what is to be said with each cell, row by row
    said:        column of archive.figure -> column of figures -> the column of the grid with its number for each of these

    A value is a number, a number printed as text, or a marker; a marker has no value. Anything else is left out, and a problem.
    """
    width = len(columns.index)
    cells = [line[column] for line in (grid.rows[row] for row in rows.index) for column in columns.index]
    read = _read(grid, cells, rows.index, columns.index, markers)
    keep = np.array(read.keep, dtype=np.int64)
    of_row, of_column = np.divmod(keep, width) if width else (keep, keep)
    here = np.zeros(len(keep), dtype=np.int64)
    pools: dict[str, tuple[list[Any], Places]] = {name: ([value], here) for name, value in constants.items()}
    pools |= {name: (values, of_row) for name, values in rows.fields.items()}
    pools |= {name: (values, of_column) for name, values in columns.fields.items()}
    pools["note"] = _notes(rows, columns, of_row, of_column, notes, markers, table_notes, cell_notes, keep)
    pools["obs_status"] = (read.states, np.array(read.status, dtype=np.int64))
    if base_rows is not None:
        pools["base"] = _bases(grid, columns.index, base_rows, of_row, of_column)
    for name, beside in (said or {}).items():
        numbers = [_number(grid, row, beside.get(column)) for row in rows.index for column in columns.index]
        pools[name] = (numbers, keep)
    return Block(
        table,
        pools,
        np.array(rows.index, dtype=np.int64)[of_row],
        np.array(columns.index, dtype=np.int64)[of_column],
        np.array(read.values, dtype=np.float64),
        read.texts,
        read.problems,
        read.as_text,
        read.empty,
    )


@dataclass
class _Read:
    """Cells as read: positions kept, and per kept cell its value and status; texts by position among the kept."""

    keep: list[int]
    values: list[float]
    status: list[int]
    states: list[str]
    texts: dict[int, str]
    problems: list[Problem]
    as_text: list[str]
    empty: list[str]


def _read(grid: Grid, cells: list[Cell], rows: list[int], columns: list[int], markers: Marks) -> _Read:
    nan = float("nan")
    values: list[float] = [cell if type(cell) is float else nan for cell in cells]
    odd = [place for place, cell in enumerate(cells) if type(cell) is not float]
    made = _Read(list(range(len(cells))), values, [0] * len(cells), [NORMAL], {}, [], [], [])
    if not odd:
        return made
    status, texts, left_out = made.status, dict[int, str](), set[int]()
    known: dict[Cell, tuple[CellValue | None, str]] = {}
    width = len(columns)
    for place in odd:
        cell = cells[place]
        if type(cell) is int:
            values[place] = float(cell)
            continue
        if cell not in known:
            plain = cell.strip() if isinstance(cell, str) else ""
            known[cell] = (text_value(plain, markers) if plain else None, plain)
        value, plain = known[cell]
        if value is None:
            left_out.add(place)
            row, column = rows[place // width], columns[place % width]
            if plain or not isinstance(cell, str):
                made.problems.append(_no_value(grid, row, column, cell, markers))
            else:
                made.empty.append(a1(row, column))
            continue
        texts[place] = plain
        if value.number is not None:
            values[place] = value.number
            if grid.typed:
                made.as_text.append(a1(rows[place // width], columns[place % width]))
            continue
        if value.status not in made.states:
            made.states.append(value.status)
        status[place] = made.states.index(value.status)
    made.texts = texts
    return _without(made, left_out) if left_out else made


def _without(read: _Read, left_out: set[int]) -> _Read:
    keep = [place for place in read.keep if place not in left_out]
    moved = {place: new for new, place in enumerate(keep)}
    return replace(
        read, keep=keep, values=[read.values[place] for place in keep], status=[read.status[place] for place in keep],
        texts={moved[place]: text for place, text in read.texts.items()},
    )  # fmt: skip


def _no_value(grid: Grid, row: int, column: int, cell: Cell, markers: Marks) -> Problem:
    expected = f"a number or one of {', '.join(sorted(filter(None, markers.instead)))}"
    return Problem(grid.place(row, column), "value", repr(cell), expected, what_to_do(str(cell)))


def _notes(
    rows: BlockAxis, columns: BlockAxis, of_row: Places, of_column: Places, notes: Mapping[int, str], markers: Marks,
    table_notes: Sequence[int | str], cell_notes: Sequence[str | None] | None, keep: Places,
) -> tuple[list[Any], Places]:  # fmt: skip
    """What is said with each cell, then the notes of the row's label, of the column's and of the table, each once."""
    row_notes = rows.notes or [()] * len(rows.index)
    column_notes = columns.notes or [()] * len(columns.index)
    row_kinds = {kind: place for place, kind in enumerate(dict.fromkeys(row_notes))}
    column_kinds = {kind: place for place, kind in enumerate(dict.fromkeys(column_notes))}
    place_of_note = {kind: place for place, kind in enumerate(dict.fromkeys(cell_notes or [None]))}

    def in_full(ours: tuple[int | str, ...], theirs: tuple[int | str, ...]) -> str:
        return note_text(dict.fromkeys((*ours, *theirs, *table_notes)), notes, markers.beside)

    table = [
        " ".join(part for part in (first, in_full(ours, theirs)) if part) or None
        for first in place_of_note
        for ours in row_kinds
        for theirs in column_kinds
    ]
    row_kind = np.array([row_kinds[kind] for kind in row_notes], dtype=np.int64)
    column_kind = np.array([column_kinds[kind] for kind in column_notes], dtype=np.int64)
    place = row_kind[of_row] * len(column_kinds) + column_kind[of_column]
    if cell_notes is not None:
        first_kind = np.array([place_of_note[text] for text in cell_notes], dtype=np.int64)[keep]
        place = first_kind * (len(row_kinds) * len(column_kinds)) + place
    return table, place


def _bases(
    grid: Grid, columns: list[int], base_rows: Sequence[int | None], of_row: Places, of_column: Places
) -> tuple[list[Any], Places]:
    kinds = list(dict.fromkeys(base_rows))
    numbers = [_number(grid, row, column) for row in kinds for column in columns]
    kind = np.array([kinds.index(row) for row in base_rows], dtype=np.int64)
    return numbers, kind[of_row] * len(columns) + of_column


def _number(grid: Grid, row: int | None, column: int | None) -> float | None:
    """The number in a cell that is no figure of its own; None where there is none."""
    cell = "" if row is None or column is None else grid.cell(row, column)
    if isinstance(cell, str):
        value = text_value(cell)
        return value.number if value else None
    return float(cell) if isinstance(cell, (int, float)) else None


def assemble(blocks: Sequence[Block]) -> pa.Table:
    """All figures of some blocks as columns of archive.figure (without row ids), in the order of the blocks."""
    blocks = [block for block in blocks if len(block.values)]
    if not blocks:
        return SCHEMA.empty_table()
    values = np.concatenate([block.values for block in blocks])
    rows = np.concatenate([block.rows for block in blocks])
    columns = np.concatenate([block.columns for block in blocks])
    made = {
        "value": pa.array(values, from_pandas=True),
        "printed": _printed(blocks, values),
        "cell": _addresses(rows, columns),
        "line": pa.array(rows + 1),
    }
    arrays = [made[part.name] if part.name in made else _spread(blocks, part) for part in SCHEMA]
    return pa.table(arrays, schema=SCHEMA)


def _spread(blocks: Sequence[Block], part: pa.Field) -> pa.Array:
    """One column over all blocks: the values of every block's pool once, then which of them each figure takes."""
    single = {values[0] for values, _ in (piece.pools.get(part.name, NOTHING) for piece in blocks) if len(values) == 1}
    if len(single) == 1 and all(len(piece.pools.get(part.name, NOTHING)[0]) == 1 for piece in blocks):
        return pa.repeat(pa.scalar(single.pop(), type=part.type), sum(len(piece.values) for piece in blocks))
    pool: list[Any] = []
    places = []
    for block in blocks:
        values, of_figure = block.pools.get(part.name, NOTHING)
        if of_figure is None:
            of_figure = np.zeros(len(block.values), dtype=np.int64)
        places.append(of_figure + len(pool))
        pool += values
    return pa.array(pool, type=part.type).take(pa.array(np.concatenate(places)))


def _printed(blocks: Sequence[Block], values: np.ndarray[Any, np.dtype[np.float64]]) -> pa.Array:
    """Whole numbers without decimals, others in full, markers and numbers printed as text as they stand."""
    whole = np.isfinite(values) & (values == np.floor(values)) & (np.abs(values) < 2**53)
    texts: dict[int, str] = {}
    start = 0
    for block in blocks:
        texts |= {start + place: text for place, text in block.texts.items()}
        start += len(block.values)
    whole[list(texts)] = False
    plain = pa.array(np.where(whole, values, 0).astype(np.int64)).cast(pa.string())
    others = [
        texts[place] if place in texts else repr(float(values[place])) for place in np.flatnonzero(~whole).tolist()
    ]
    return pc.replace_with_mask(plain, pa.array(~whole), pa.array(others, type=pa.string()))


def _addresses(rows: Places, columns: Places) -> pa.Array:
    names = pa.array([letters(column) for column in range(int(np.max(columns)) + 1)], type=pa.string())
    return pc.binary_join_element_wise(names.take(pa.array(columns)), pa.array(rows + 1).cast(pa.string()), "")
