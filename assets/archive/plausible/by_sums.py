"""Forces that a total leaves out by the sums of its table, whatever the words say.

Where a force has no number and the total is exactly the sum of the others, the force is not in it. Nothing follows where the
total is larger, or of counts so small that the force may have had none.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from assets.archive.plausible.left_out import FORCES, HOLDERS
from assets.archive.reading.result import Finding, finding
from assets.tables.records import records
from assets.words.wording import first_of

COLUMN = ["series", "sex", "age", "characteristic", "characteristic_value", "period_start", "period_end"]
NOT_ADDED = ("per_", "percent", "proportion")
LEVELS = (*FORCES, *HOLDERS, "country_group")
# Counted on average in an area: of fewer, one area may have none by chance.
ENOUGH = 30
SHOWN = 6
SAYS = "By the sums of its table this total excludes {}, or has it under another name."
TOLD = "It has no number of its own, and the totals are the sum of the others, so it is in none or under the name of one: {}."
HANDLING = "The total is kept as one without it (leaves_out): no change, rate or ratio is made across unlike coverage."

Values = Mapping[str, float | None]
# Area and force inside it.
Pair = tuple[str, str]
Dated = tuple[Pair, datetime.date]


class Sums:
    """What is a part of what."""

    def __init__(self, areas: pd.DataFrame) -> None:
        rows = [row for row in records(areas) if row["area_type"] in LEVELS]
        self.names = {row["area_code"]: str(row["name"]) for row in rows}
        # The transport police have no place: they are a part where they have a number.
        self.forces = {row["area_code"] for row in rows if row["area_type"] == FORCES[0]}
        inside: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            inside[row["parent_code"] or ""].append(row["area_code"])
        level = {row["area_code"]: LEVELS.index(row["area_type"]) for row in rows}
        self.parts = {
            area: inside[area] for area in sorted(inside.keys() & level.keys(), key=lambda area: (level[area], area))
        }

    def under(self, area: str, values: Values) -> tuple[set[str], set[str]]:
        """The parts of an area that have a number, and the forces of which neither they nor what holds them has one."""
        added, lacking = set[str](), set[str]()
        for part in self.parts.get(area, ()):
            if values.get(part) is not None:
                added.add(part)
            elif part in self.forces:
                lacking.add(part)
            else:
                more, none = self.under(part, values)
                added, lacking = added | more, lacking | none
        return added, lacking

    def without(self, values: Values, known: frozenset[Pair] = frozenset()) -> Iterator[tuple[Pair, bool]]:
        """Of one column, which totals are without which forces (True), and which may be with them (False).

        values: area -> number; known: totals that are without a force elsewhere, and may be here where it has a number
        """
        half = 50 if all((value or 0) % 100 == 0 for value in values.values()) else 0
        gone, there = dict[str, set[str]](), dict[str, set[str]]()
        for area in self.parts:
            total = values.get(area)
            added, lacking = self.under(area, values)
            if total is None or total < ENOUGH * (len(added) + len(lacking)) or not added:
                continue
            numbers = {part: values.get(part) or 0.0 for part in added}
            left = {part for part in added if (area, part) in known}
            carried = set[str]().union(lacking, *(gone.get(part, set()) for part in added))
            off, without_left = (
                abs(total - sum(number for part, number in numbers.items() if part not in but)) for but in ((), left)
            )
            fits = half * (len(added) + 1)
            if off <= fits or (left and without_left <= fits):
                gone[area] = carried if off <= fits else carried | left
            yield from (((area, force), True) for force in sorted(gone.get(area, ())))
            there[area] = lacking.union(*(there.get(part, set()) for part in added)) - gone.get(area, set())
            yield from (((area, force), False) for force in there[area])


@dataclass(frozen=True)
class PrintedColumn:
    """One figure of all areas: their numbers (None for a marker), the index of their rows, the last day, and may it be added."""

    values: Values
    at: Mapping[str, int]
    end: datetime.date
    added: bool


def with_what_sums_show(figures: pd.DataFrame, place: str, areas: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """The figures of one file, noted with what the sums of its tables show, and a finding for every force that is left out.

    figures: of one release, index 0, 1, ...; place: how messages call the file; areas: `reference.area`
    """
    sums = Sums(areas)
    if not figures["area_code"].isin(sums.parts).any():
        return figures, []
    columns = _columns(figures[figures["area_code"].isin(sums.names)], sums)
    without, excludes = _left_out(columns, sums)
    says = {at: SAYS.format(" and ".join(sorted(names))) for at, names in excludes.items()}
    notes = [
        " ".join(filter(None, [note if isinstance(note, str) else None, says.get(at)])) or None
        for at, note in enumerate(figures["note"])
    ]
    totals: dict[str, list[str]] = defaultdict(list)
    for area, force in dict.fromkeys(pair for pair, _ in without):
        totals[sums.names[force]].append(sums.names[area])
    findings = [
        finding("force_left_out", "warning", f"{place}, {force}", TOLD.format(first_of(of, SHOWN)), HANDLING)
        for force, of in totals.items()
    ]
    noted = figures.assign(note=pd.Series(notes, index=figures.index, dtype=figures["note"].dtype))
    return (noted if says else figures), findings


def _left_out(columns: Sequence[PrintedColumn], sums: Sums) -> tuple[dict[Dated, set[int]], dict[int, set[str]]]:
    """Which force is left out of which area, by the last day, with the columns that show it; and names of forces by the row of a
    total that lacks them."""
    without, within = defaultdict[Dated, set[int]](set), set[Dated]()
    for number, column in enumerate(columns):
        for pair, out in sums.without(column.values) if column.added else ():
            if out:
                without[pair, column.end].add(number)
            else:
                within.add((pair, column.end))
    everywhere = without.keys() - within
    known = frozenset(pair for pair, _ in everywhere)
    excludes: dict[int, set[str]] = defaultdict(set)
    for number, column in enumerate(columns if without else ()):
        lacks = {
            pair for (pair, end), of in without.items()
            if column.values.get(pair[1]) is None and (number in of or (end == column.end and (pair, end) in everywhere))
        }  # fmt: skip
        if column.added:
            lacks |= {pair for pair, out in sums.without(column.values, known) if out}
        for area, force in lacks:
            if area in column.at:
                excludes[column.at[area]].add(sums.names[force])
    return without, excludes


def _columns(figures: pd.DataFrame, sums: Sums) -> list[PrintedColumn]:
    """The columns of tables by force that print a total."""
    plain = figures[[*COLUMN, "area_code", "unit", "value"]].astype("object")
    columns: dict[tuple[object, ...], list[tuple[int, str, float | None, datetime.date, str]]] = defaultdict(list)
    for row, *which, end, area, unit, value in plain.where(plain.notna(), None).itertuples(name=None):
        columns[*which, end].append((row, area, value, end, unit))
    made = []
    for rows in columns.values():
        values = {area: value for _, area, value, *_ in rows}
        if sums.forces.isdisjoint(values) or sums.parts.keys().isdisjoint(values):
            continue
        *_, end, unit = rows[0]
        made.append(PrintedColumn(values, {area: row for row, area, *_ in rows}, end, not unit.startswith(NOT_ADDED)))
    return made
