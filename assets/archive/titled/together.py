"""The figures of all tables of a file, each figure once."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from assets.archive.reading.block import Block, assemble
from assets.archive.reading.grid import a1, printed
from assets.archive.reading.result import Finding, finding
from assets.words.wording import number_of

CELL_KEY = ("series", "sex", "age", "characteristic", "characteristic_value", "area_code", "period_start", "period_end")


def together(blocks: Sequence[Block]) -> tuple[pa.Table, list[Finding]]:
    """The figures of all blocks of a file, each figure once.

    The same figure in a later table is dropped where it is equal, and where it differs a finding says so. One table that stands
    on two sheets with different figures, as a copy left in the workbook does, has none of those: which is meant is not guessed.
    """
    shared = _shared_series(blocks)
    first: dict[tuple[Any, ...], tuple[Block, int]] = {}
    findings = list[Finding]()
    keeps = {id(part): np.ones(len(part.values), dtype=bool) for part in blocks}
    copies: dict[tuple[str, str, str], list[str]] = {}
    for block in blocks:
        if shared.isdisjoint(block.pools["series"][0]):
            continue
        keep = keeps[id(block)]
        series, of_figure = block.pools["series"]
        wanted = np.array([key in shared for key in series])[of_figure]
        places = np.flatnonzero(wanted).tolist()
        for place, key in zip(places, _keys(block, places), strict=True):
            of_twin, at = first.setdefault(key, (block, place))
            if of_twin is block and at == place:
                continue
            keep[place] = False
            if of_twin.values[at] == block.values[place]:
                continue
            twin, fact, name = _fact(of_twin, at), _fact(block, place), of_twin.table
            if _equal(twin, fact):
                continue
            if name == block.table and (sheets := (_sheet(twin), _sheet(fact)))[0] != sheets[1]:
                keeps[id(of_twin)][at] = False
                difference = (
                    f"{key[0]}, {key[6]} to {key[7]}: {twin.printed} in {twin.cell}, {fact.printed} in {fact.cell}"
                )
                copies.setdefault((name, *sheets), []).append(difference)
            else:
                findings.append(
                    finding(
                        "same_figure_differs", "warning", f"{fact.cell} and {twin.cell}",
                        f"{key[0]}, {key[6]} to {key[7]}: Table {name} prints {twin.printed}, Table {block.table} prints "
                        f"{fact.printed}.",
                        f"The figure of Table {name} is kept.",
                    )
                )  # fmt: skip
    findings += [_two_copies(name, sheets, differences) for (name, *sheets), differences in copies.items()]
    return assemble([part.where(keeps[id(part)]) for part in blocks]), findings


def _sheet(fact: "_Fact") -> str:
    return fact.cell.rpartition("!")[0]


def _two_copies(name: str, sheets: Sequence[str], differences: Sequence[str]) -> Finding:
    return finding(
        "figure_set_aside", "error", f"sheets {sheets[0]!r} and {sheets[1]!r}, Table {name}",
        f"Found {number_of(len(differences), 'figure')} of one table with two values, the first {differences[0]}; expected one.",
        "Left out: which sheet is meant is not guessed; what both print is read. Take a file that holds the table once.",
    )  # fmt: skip


@dataclass(frozen=True)
class _Fact:
    value: float | None
    printed: str
    cell: str


def _shared_series(blocks: Sequence[Block]) -> set[str]:
    """Series that two blocks have for the same period."""
    owners: dict[str, list[int]] = {}
    shared: set[str] = set()
    periods = [set(zip(part.pools["period_start"][0], part.pools["period_end"][0], strict=True)) for part in blocks]
    for place, block in enumerate(blocks):
        for key in dict.fromkeys(block.pools["series"][0]):
            before = owners.setdefault(key, [])
            if any(periods[place] & periods[other] for other in before):
                shared.add(key)
            before.append(place)
    return shared


def _keys(block: Block, places: list[int]) -> Iterator[tuple[Any, ...]]:
    """The keys of some figures of a block."""
    columns = []
    for name in CELL_KEY:
        if name not in block.pools:
            columns.append([None] * len(places))
            continue
        values, of_figure = block.pools[name]
        columns.append([values[at] for at in of_figure[places].tolist()])
    return zip(*columns, strict=True)


def _fact(block: Block, place: int) -> _Fact:
    value = float(block.values[place])
    sheets, of_figure = block.pools["sheet"]
    return _Fact(
        None if math.isnan(value) else value,
        block.texts.get(place) or printed(value),
        f"{sheets[of_figure[place]]}!{a1(int(block.rows[place]), int(block.columns[place]))}",
    )


def _equal(this: _Fact, other: _Fact) -> bool:
    """Equal to the digits of the coarser print, and to the six that the publisher's tables are kept to."""
    if this.value is None or other.value is None:
        return this.value is other.value
    if math.isclose(this.value, other.value, rel_tol=1e-5, abs_tol=1e-9):
        return True
    decimals = [len(fact.printed.partition(".")[2]) for fact in (this, other)]
    return decimals[0] != decimals[1] and abs(this.value - other.value) <= 0.5001 * 10.0 ** -min(decimals)
