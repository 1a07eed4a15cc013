"""From constraints and held figures to a system of linear constraints over the cells of overlapping sets."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from assets.methods.bounds import (
    Constraint,
    SetRegion,
    System,
    both,
    disjoint,
    linear,
    share,
    subset,
    total,
    union,
)
from assets.methods.envelope import victims_from_prevalence
from assets.methods.interval import Interval
from assets.reconciled.ground.comparison import ComparedPeriod
from assets.reconciled.ground.figure_lookup import NewestFigures, Window, figure_interval
from assets.reconciled.ground.population import Populations
from assets.reconciled.ground.reference_rows import Assumptions
from assets.tables.records import Record, grouped, records
from schemas.codes import ENGLAND_AND_WALES, THREAT

# Systems of overlapping sets: which sets, in which scope and unit, and which unions and pairs are asked for.
AS_STATED = "as_stated"
Sets = tuple[str, ...]


@dataclass(frozen=True)
class SetSystem:
    """One system of sets of one population in one unit."""

    key: str
    scope: str
    unit: str
    sex: str
    period_type: str
    unions: tuple[Sets, ...]
    pairs: tuple[Sets, ...]


def systems_asked(rows: pd.DataFrame) -> dict[str, SetSystem]:
    """The rows of `reference.set_system` by key."""
    return {
        row["set_system"]: SetSystem(
            row["set_system"], row["scope"], row["unit"], row["sex"], row["period_type"],
            _sets(row["unions"]), _sets(row["pairs"]),
        )
        for row in records(rows)
    }  # fmt: skip


def _sets(text: str | None) -> tuple[Sets, ...]:
    return tuple(tuple(sets.split("|")) for sets in text.split(";")) if text else ()


def set_in_words(name: str) -> str:
    """A set as text: the threat's name, else its key with spaces."""
    return THREAT.get(name, name.replace("_", " ").replace("non da", "non-DA"))


@dataclass(frozen=True)
class TiedConstraint:
    """One constraint with the figure put in: what ties the sets, the rows it rests on, and the sets it speaks of."""

    constraint: Constraint
    row: Record
    size: Interval | None
    inputs: tuple[str, ...]

    @property
    def sets(self) -> tuple[str, ...]:
        """The sets it speaks of."""
        names = _names(self.row["part"]) + (_names(self.row["whole"]) if self.row["whole"] else ())
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Instance:
    """A system in one period under one reading and precision."""

    system: SetSystem
    period: ComparedPeriod
    reading: str
    precision: str
    tied: tuple[TiedConstraint, ...]
    # What the reading adds to the print, in words; and what else a reader must know.
    reads: str = ""
    notes: tuple[str, ...] = ()
    # What is said of counts that are protected is rounded outwards to it, as they are.
    base: int = 1

    def outwards(self, ends: Interval) -> Interval:
        """An interval rounded outwards to the base."""
        if self.base == 1:
            return ends
        upper = math.ceil(round(float(ends.upper) / self.base, 6)) * self.base if ends.is_bounded else ends.upper
        return Interval(math.floor(round(float(ends.lower) / self.base, 6)) * self.base, upper)

    def solver(self, asked: Sequence[str]) -> System:
        """The linear programme over the constrained sets and those asked for."""
        if set(asked) <= set(self._solver.sets):
            return self._solver
        return System(tuple(dict.fromkeys((*self._solver.sets, *asked))), self._solver.constraints)

    @cached_property
    def _solver(self) -> System:
        sets = dict.fromkeys(name for tied in self.tied for name in tied.sets)
        return System(tuple(sets), tuple(tied.constraint for tied in self.tied))

    def size(self, name: str) -> Interval | None:
        """The published size of one set; None where none is published."""
        sizes = [
            tied.size for tied in self.tied if tied.row["kind"] == "total" and tied.row["part"] == name and tied.size
        ]
        interval: Interval | None = None
        for size in sizes:
            interval = size if interval is None else interval & size
        return interval

    def published_union(self, names: Sequence[str]) -> Interval | None:
        """The published size of exactly this union; None where none is."""
        for tied in self.tied:
            if tied.row["kind"] == "total" and "|" in tied.row["part"] and set(_names(tied.row["part"])) == set(names):
                return tied.size
        return None

    def sets_of(self, names: Sequence[str]) -> tuple[str, ...]:
        """The sets that the constraints of these names speak of."""
        return tuple(dict.fromkeys(name for tied in self.tied if tied.constraint.name in names for name in tied.sets))

    def inputs_of(self, names: Sequence[str]) -> tuple[str, ...]:
        """Row ids behind the constraints of these names."""
        row_ids = (row_id for tied in self.tied if tied.constraint.name in names for row_id in tied.inputs)
        return tuple(dict.fromkeys(row_ids))


class Systems:
    """The constraints of `reference.constraint` against the figures held; `asked` is what `reference.set_system` asks for.

    readings: `reference.reading`.
    """

    def __init__(
        self,
        constraints: pd.DataFrame,
        systems: pd.DataFrame,
        readings: pd.DataFrame,
        figures: NewestFigures,
        populations: Populations,
        assumptions: Assumptions,
    ) -> None:
        self._held, self._populations, self._assumptions = figures, populations, assumptions
        self.asked = systems_asked(systems)
        self._reads = {row["reading"]: row["meaning"] for row in records(readings)}
        self._by_system = grouped(records(constraints), lambda row: row["system"])
        self._made: dict[str, Sequence[Instance]] = {}

    def beside(self, system: SetSystem, instances: Sequence[Instance]) -> None:
        """Ask for a system too whose instances are made elsewhere."""
        self.asked[system.key], self._made[system.key] = system, instances

    def instances(self, key: str, precisions: Sequence[str] = ("rounding",)) -> Iterator[Instance]:
        """Every period x reading x precision of one system."""
        yield from (
            replace(constraint, precision=taken) for constraint in self._made.get(key, ()) for taken in precisions
        )
        rows = self._by_system.get(key, [])
        for period in self._periods(self.asked[key], rows):
            for reading in readings_of(rows):
                seen = set()
                for precision in precisions:
                    instance = self._instance(self.asked[key], period, reading, precision, rows)
                    shape = tuple(str(tied.size) for tied in instance.tied)
                    # Of a system without a single figure, as on a day before they came out, nothing can be said.
                    if shape and shape not in seen:
                        seen.add(shape)
                        yield instance

    def _periods(self, system: SetSystem, rows: Sequence[Record]) -> list[ComparedPeriod]:
        starts = [row["period_start"] for row in rows if row["period_start"]]
        ends = [row["period_end"] for row in rows if row["period_end"]]
        if starts:
            return [ComparedPeriod(min(starts), max(ends), system.period_type)]
        needed = [set(self._windows(part, system.sex)) for row in rows if row["needed"] for part in _parts(row)]
        common = set.intersection(*needed) if needed else set()
        return [ComparedPeriod(start, end, system.period_type) for start, end in sorted(common)]

    def _windows(self, series: str, sex: str) -> Iterator[Window]:
        for start, end in self._held.windows(series):
            row = self._held.find(series, (start, end), None if sex == "all" else sex)
            if row is not None and row["period_type"] in ("year", "survey_year"):
                yield start, end

    def _instance(
        self, system: SetSystem, period: ComparedPeriod, reading: str, precision: str, rows: Sequence[Record]
    ) -> Instance:
        tied = []
        for row in rows:
            if row["reading"] and reading not in row["reading"].split(";"):
                continue
            made = self._tied(row, period, precision)
            if made is not None:
                tied.append(made)
        return Instance(system, period, reading, precision, tuple(tied), self._reads[reading])

    def _tied(self, row: Record, period: ComparedPeriod, precision: str) -> TiedConstraint | None:
        """The constraint with its figure; None where the figure is not held for the period."""
        if not row["series"]:
            return TiedConstraint(_definition(row), row, None, (row["row_id"],))
        window = (row["period_start"] or period.start, row["period_end"] or period.end)
        figures = [self._held.find(part, window, row["sex"], row["characteristic_value"]) for part in _parts(row)]
        facts = [fact for fact in figures if fact is not None]
        if len(facts) < len(figures):
            return None
        size = Interval.point(0)
        for fact in facts:
            size += figure_interval(fact, precision == "as_printed")
        inputs = [row["row_id"], *(fact["row_id"] for fact in facts)]
        if row["household_population"]:
            population = self._populations.within(period, row["sex"], facts[0]["age"], ENGLAND_AND_WALES)
            if population is None:
                return None
            key = f"household_population_share.{row['sex']}"
            size = victims_from_prevalence(size / 100, population.persons, self._assumptions.interval(key))
            inputs += [*population.inputs, self._assumptions.row_id(key)]
        printed = " + ".join(fact["printed"] for fact in facts[:1]) if len(facts) == 1 else f"{float(size.lower):,.0f}"
        name = f"{row['says']}: {_shown(printed, facts[0])}"
        return TiedConstraint(_with_figure(row, name, size), row, size, tuple(inputs))


def readings_of(rows: Sequence[Record]) -> list[str]:
    """The readings of a system: as stated where something holds without any, then every one that is named."""
    named = dict.fromkeys(reading for row in rows if row["reading"] for reading in row["reading"].split(";"))
    plain = [AS_STATED] if any(not row["reading"] for row in rows) else []
    return plain + list(named)


def _definition(row: Record) -> Constraint:
    make = {"subset": subset, "disjoint": disjoint}[row["kind"]]
    return make(row["says"], row["part"], row["whole"])


def _with_figure(row: Record, name: str, size: Interval) -> Constraint:
    kind, part, whole = row["kind"], row["part"], row["whole"]
    if kind == "total":
        return total(name, region(part), size)
    if kind == "at_least":
        return total(name, region(part), Interval.at_least(size.lower))
    if kind == "at_most":
        return total(name, region(part), Interval.at_most(size.upper))
    proportion = size / 100
    if kind == "share":
        return share(name, part, whole, proportion)
    return linear(name, {both(part, whole): 1, both(whole): -proportion.lower}, Interval.at_least(0))


def region(text: str) -> SetRegion:
    """`a`, `a&b` (in both) or `a|b` (in either) as a region of the cells."""
    return both(*_names(text)) if "&" in text else union(*_names(text))


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.replace("&", "|").split("|"))


def _parts(row: Record) -> list[str]:
    return row["series"].split(";") if row["series"] else []


def _shown(printed: str, fact: Record) -> str:
    """A printed figure, with the digits of a full-precision workbook cell cut to what a reader wants."""
    if fact["unit"] == "percent":
        number = f"{fact['value']:.1f}%" if len(printed) > 8 else printed
        return number if "%" in number or "in" in number or "per cent" in number else f"{number}%"
    return f"{fact['value']:,.0f}" if printed.isdigit() else printed
