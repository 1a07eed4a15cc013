"""Counts by single year of age as figures by age band, each with the cells it was added from."""

import datetime
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from assets.archive.reading.layout_tables import layout
from assets.archive.reading.result import Finding, Reading, ReleaseKey, SetAside, finding
from assets.tables.records import grouped
from assets.words.problems import Problem

SERIES, PERIOD_TYPE = "population.mid_year", "mid_year"
ALL_AGES = "all"
EXAMPLES = 3
OPEN_AGES = (85, 90, 100, 105)  # which stand for themselves and all above
FACTORS = {"persons": 1, "thousand_persons": 1000}
LEAST = 3  # so many figures at least say that two sheets contradict each other


@dataclass(frozen=True)
class Band:
    """One age band: the name of the house, first age, last age (None for no end)."""

    name: str
    first: int
    last: int | None


@dataclass
class AgeCounts:
    """Counts of one area, sex and mid-year.

    area_code, sex, year: what they are of
    all_ages:  the printed total, None where none is printed, with its cell
    ages:      age -> (count or None, cell); the last age stands for itself and all above
    sheet, note, designation: said with every figure
    parts:     how many districts or wards are added up; 0 where the source prints the area itself
    unit:      unit in print
    one_block: every two cells of an age are the ends of one block, not two addends
    scattered: the ages stand in another order, or apart
    """

    area_code: str
    sex: str
    year: int
    sheet: str
    all_ages: tuple[float | None, str] | None
    ages: dict[int, tuple[float | None, tuple[str, ...]]] = field(default_factory=dict)
    note: str | None = None
    line: int = 1
    parts: int = 0
    unit: str = "persons"
    one_block: bool = False
    scattered: bool = False


def bands(data: Path) -> list[Band]:
    """The age bands of the layout data."""
    return [
        Band(row["age"], int(row["from"]), int(row["to"]) if row["to"] else None)
        for row in layout(data, "ons_population/age_bands")
    ]


class Ages:
    """Turns counts by single age into figures and remembers what does not add up."""

    def __init__(self, release: ReleaseKey, name: str, wanted: Sequence[Band]) -> None:
        self.release, self.name, self.bands = release, name, wanted

    def place(self, *parts: str) -> str:
        """Release and place, for a finding."""
        return ", ".join([f"{self.release.source}@{self.release.release}", *parts])

    def once(self, rows: list[dict[str, Any]], reading: Reading) -> list[dict[str, Any]]:
        """Each figure once, in persons if a sheet has it so, and but for what sheets contradict each other in.

        Of two that give a sex otherwise, half of it, one has the title, unit or figures of another: it is the one that agrees
        with no third sheet, or either. Few figures are findings, and the first is taken.
        """
        printed = grouped(rows, lambda row: (row["area_code"], row["sex"], row["age"], row["period_end"]))
        told: dict[tuple[str, str, str], list[Finding | None]] = defaultdict(list)
        for key, some in printed.items():
            for row, again in combinations(some, 2):
                said = f"{again['sheet']} gives {_said(again)}, {row['sheet']} {_said(row)}."
                differs = finding("same_total_in_two_tables", "warning", self.place(again["sheet"], *map(str, key)), said,
                                  "The first is taken.")  # fmt: skip
                told[row["sheet"], again["sheet"], row["sex"]].append(None if self._alike(row, again) else differs)
        differing = {pair: [row for row in places if row is not None] for pair, places in told.items()}
        unlike = {pair for pair, some in differing.items() if len(some) >= max(LEAST, len(told[pair]) / 2)}
        vouched = {
            (sheet, sex)
            for (*sheets, sex), places in told.items()
            for sheet in sheets
            if (*sheets, sex) not in unlike and len(places) >= LEAST
        }
        reading.findings += [row for pair, some in differing.items() if pair not in unlike for row in some]
        wrong = set[tuple[str, str]]()
        for first, second, sex in sorted(unlike):
            alone = [sheet for sheet in (first, second) if (sheet, sex) not in vouched]
            wrong |= {(sheet, sex) for sheet in alone or (first, second)}
            named, against = (first, second) if alone == [first] else (second, first)
            places, pairs = differing[first, second, sex], told[first, second, sex]
            found = (
                f"{len(places):,} of {len(pairs):,} figures of {sex} are others: {places[0]['evidence'].rstrip('.')}"
            )
            expected = f"those of sheet {against!r}"
            remedy = "Look which of the two has the title or the figures of another sheet: neither is read."
            if len(alone) == 1:
                expected += ", as a third sheet gives them"
                remedy = (
                    "Look whether it has the unit, the title or the figures of another sheet: it alone is not read."
                )
            problem = Problem(f"{self.name}, sheet {named!r}, {sex}", "", found, expected, remedy)
            reading.set_aside.append(
                SetAside(f"{first} and {second} contradict each other", (problem,), sheet=named.strip())
            )
        right = ([row for row in some if (row["sheet"], row["sex"]) not in wrong] for some in printed.values())
        return [min(some, key=lambda row: FACTORS[row["unit"]]) for some in right if some]

    def _alike(self, first: dict[str, Any], second: dict[str, Any]) -> bool:
        """Are two figures the same, or as near as thousands tell, which may be added up from so many ages?"""
        if first["unit"] == second["unit"] or None in (first["value"], second["value"]):
            return bool(first["value"] == second["value"])
        apart = first["value"] * FACTORS[first["unit"]] - second["value"] * FACTORS[second["unit"]]
        ages = {band.name: 1 + (band.last or OPEN_AGES[-1]) - band.first for band in self.bands}
        return bool(abs(apart) <= max(FACTORS.values()) / 2 * ages.get(first["age"], 1))

    def check_sexes(self, rows: Sequence[dict[str, Any]], reading: Reading) -> None:
        """A finding where persons are not females and males together."""
        by_age = {(r["area_code"], r["age"], r["period_end"], r["sex"]): r for r in rows if r["value"] is not None}
        off = []
        for (area, age, end, sex), row in by_age.items():
            female, male = by_age.get((area, age, end, "female")), by_age.get((area, age, end, "male"))
            if sex != "all" or not female or not male or not row["unit"] == female["unit"] == male["unit"]:
                continue
            if row["value"] != female["value"] + male["value"]:
                off.append(f"{area}, {age}, {end}: {row['value']:,.0f} against {female['value'] + male['value']:,.0f}")
        if off:
            more = f" and {len(off) - EXAMPLES:,} more" if len(off) > EXAMPLES else ""
            reading.findings.append(
                finding("sexes_do_not_add_up", "warning", self.place("persons"), "; ".join(off[:EXAMPLES]) + more,
                        "Each is kept as printed.")
            )  # fmt: skip


def figure_rows(counts: AgeCounts, ages: Ages, reading: Reading) -> list[dict[str, Any]]:
    """The figures of all ages and of every band that the single ages cover, but for those with a cell that cannot be read, which
    is named."""
    made = []
    if counts.all_ages is not None:
        made.append(_row(counts, ages, ALL_AGES, counts.all_ages[0], counts.all_ages[1]))
    single = counts.ages
    # Five-year groups, as the oldest tables print them, are no single ages: only their total is taken.
    if single and len(single) == max(single) - min(single) + 1:
        oldest, youngest = max(single), min(single)
        values = {age: value for age, (value, _) in single.items()}
        if counts.all_ages is None and youngest == 0:
            made.append(_row(counts, ages, ALL_AGES, _sum(values, 0, oldest), _cells(counts, 0, oldest)))
        for band in ages.bands:
            last = oldest if band.last is None else band.last
            if band.first >= youngest and (band.last is None or last < oldest) and last in values:
                made.append(
                    _row(counts, ages, band.name, _sum(values, band.first, last), _cells(counts, band.first, last))
                )
        _check_total(counts, ages, values, reading)
    return [row for row in made if row["value"] is None or not math.isnan(row["value"])]


def _said(row: dict[str, Any]) -> str:
    value = row["value"]
    return "no number" if value is None else f"{value:,.0f}" + (" thousand" if FACTORS[row["unit"]] > 1 else "")


def _check_total(counts: AgeCounts, ages: Ages, values: dict[int, float | None], reading: Reading) -> None:
    total = counts.all_ages[0] if counts.all_ages else None
    added = _sum(values, 0, max(values))
    if total is None or added is None or math.isnan(total + added):
        return
    rounding = 0 if counts.unit == "persons" else len(values) / 2
    if min(values) == 0 and abs(total - added) > rounding:
        reading.findings.append(
            finding("total_differs_from_parts", "warning",
                    ages.place(counts.sheet, counts.area_code, counts.sex, f"mid-{counts.year}"),
                    f"All ages {total:,.0f}; the single years of age add up to {added:,.0f}.", "Both are kept as printed.")
        )  # fmt: skip


def not_whole(counts: AgeCounts) -> str:
    """Why single ages cannot be added up; empty where they can, or are the groups of the oldest tables."""
    if not (single := counts.ages):
        return ""
    oldest = max(single)
    if missing := sorted(set(range(min(single), oldest)) - set(single)):
        return f"no age {missing[0]}" if len(missing) < len(single) else ""
    if oldest not in OPEN_AGES:
        return f"ages up to {oldest}"
    return "some ages of fewer districts than others" if len({len(cells) for _, cells in single.values()}) > 1 else ""


def _sum(values: dict[int, float | None], first: int, last: int) -> float | None:
    """The sum of some ages; ages above the last that is printed are part of that one; None where one is missing."""
    printed = [age for age in values if values[age] is not None]
    end = max(printed, default=-1)
    wanted = [values.get(age) for age in range(first, last + 1) if age <= end]
    if not wanted or None in wanted or (last > end and last != max(values)):
        return None
    return float(sum(value for value in wanted if value is not None))


def _cells(counts: AgeCounts, first: int, last: int) -> str:
    """The addresses of a band: one range per row or column that was added up, or per age where these are scattered."""
    spans = [(age, age) for age in range(first, last + 1)] if counts.scattered else [(first, last)]
    ends = [end for span in spans for end in _ends(counts, *span)]
    return ";".join(start if start == end else f"{start}:{end}" for start, end in ends)


def _ends(counts: AgeCounts, first: int, last: int) -> Iterator[tuple[str, str]]:
    """First and last cell of each row or column from one age to another."""
    starts, ends = counts.ages[first][1], counts.ages[last][1]
    return zip(starts[::2], ends[1::2], strict=True) if counts.one_block else zip(starts, ends, strict=True)


def _row(counts: AgeCounts, ages: Ages, age: str, value: float | None, cell: str) -> dict[str, Any]:
    day = datetime.date(counts.year, 6, 30)
    return {
        "series": SERIES, "sex": counts.sex, "age": age, "area_code": counts.area_code, "period_start": day, "period_end": day,
        "period_type": PERIOD_TYPE, "value": value, "unit": counts.unit,
        "obs_status": "normal" if value is not None else "missing",
        "printed": f"{value:.15g}" if value is not None else "", "sheet": counts.sheet, "cell": cell, "note": counts.note,
        "file": ages.name, "line": counts.line,
    }  # fmt: skip
