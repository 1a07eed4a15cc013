"""What the figures of a table say of each other: sums of its columns or rows, changes, differences, shares and rates.

A relation is one that the table means where it holds in so many lines that chance would hardly do so, and fails in few: these are
told. Words only say which line is a total, and which is of another kind. Each print stands for what rounds to it, so that parts
that were rounded one by one are in order. A figure that stands in several failures is told, not those that it fails with.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, permutations

from assets.methods.interval import Interval
from assets.statement.text.grid import GridNumber, Table, grid
from assets.statement.text.sentence import Worked, interval_told

# By chance a relation holds in a line where another number of its kind, or any up to the largest, is what is worked out; numbers
# of other columns are of other kinds.
LIKELY = 1e-3
FAILING_PART = 1 / 10
# What is so far from what is worked out is of another kind, and no slip: rows are of one kind more often than columns.
UNLIKE = {"rows": 0.95, "columns": 0.5}
# A share or rate that its parts tell no better than so, as a part of itself, says nothing; nor does a change to it.
VAGUE = 0.5
# Columns of which every pair is looked at, lines that are added up, and rows of a table: of more nothing is said.
MOST_PAIRED, MOST_ADDED, MOST_ROWS = 14, 150, 500
PER = (100, 1, 1_000, 10_000, 100_000, 1_000_000)
_TOTAL = re.compile(r"^\W*(?:(?:grand |sub-?)?totals?|all|overall|both|england and wales|united kingdom)\b")
OTHER_KIND = re.compile(r"%|\b(?:rates?|per|percent\w*|proportion|share|change|difference|ratio|average|mean|median)\b")

Line = Mapping[int, GridNumber]
Span = tuple[float, float]


@dataclass(frozen=True)
class Candidate:
    """A way to work out one number of each line: its place, of which others, and between which values it is by line; None where
    it cannot be worked out. tried: how many there are for this number."""

    target: int
    parts: tuple[int, ...]
    spans: Sequence[Span | None]
    says: str
    tried: int
    named: bool = False


@dataclass(frozen=True)
class TableMeaning:
    """A candidate that the table means: the lines in which it holds, and in which it fails."""

    of: Candidate
    holds: tuple[int, ...]
    fails: tuple[int, ...]
    chance: float


@dataclass(frozen=True)
class LineFinding:
    """What one line says: the number that is worked out, those that it is made of, in words."""

    number: GridNumber
    parts: tuple[GridNumber, ...]
    holds: bool
    words: str


def tabled(table: Table) -> dict[tuple[int, int], Worked]:
    """What the numbers of a table let be worked out, by block and the place of the cell in it."""
    read = grid(table)
    columns = sorted({column for row in read.rows for column in row})
    if not 2 <= len(read.rows) <= MOST_ROWS or len(columns) < 2:
        return {}
    turned = [{place: row[at] for place, row in enumerate(read.rows) if at in row} for at in columns]
    heads = {at: read.heads.get(at, "").casefold() for at in columns}
    labels = dict(enumerate(label.casefold() for label in read.labels))
    across = _lines(read.rows, [*labels.values()], heads, "rows")
    down = _lines(turned, [*heads.values()], labels, "columns")
    where = {
        number.cell.place: ", ".join(filter(None, (label, read.heads.get(at))))
        for row, label in zip(read.rows, read.labels, strict=True)
        for at, number in row.items()
    }
    return {
        place: replace(worked, words=f"{worked.words} ({where[place]})" if where[place] else worked.words)
        for place, worked in _told([*across, *down]).items()
    }


def _lines(lines: Sequence[Line], names: Sequence[str], heads: Mapping[int, str], kind: str) -> Iterator[LineFinding]:
    """names: what each line is called; heads: what the places in it are called."""
    seen: set[frozenset[int]] = set()
    for holding in _holding(lines, names, heads, kind):
        places = frozenset((holding.of.target, *holding.of.parts))
        if places in seen:
            continue  # a sum is a difference the other way round
        seen.add(places)
        for at in (*holding.holds, *holding.fails):
            number, parts, span = (
                lines[at][holding.of.target],
                [lines[at][part] for part in holding.of.parts],
                holding.of.spans[at],
            )
            assert span
            first, last = parts[0].cell.text, parts[-1].cell.text
            sentence = holding.of.says.format(first=first, last=last, told=interval_told(Interval.closed(*span)))
            others = len(holding.holds) - (at in holding.holds)
            words = sentence + (
                f", as in {others} other {kind if others > 1 else kind.removesuffix('s')}" if others else ""
            )
            yield LineFinding(number, tuple(parts), at in holding.holds, words)


def _holding(lines: Sequence[Line], names: Sequence[str], heads: Mapping[int, str], kind: str) -> list[TableMeaning]:
    """The best candidate of each kind for each place that the table seems to mean, the likeliest first."""
    best: dict[tuple[int, str], TableMeaning] = {}
    for candidate in _candidates(lines, names, heads):
        holding = _looked_at(candidate, lines, names, kind)
        key = (candidate.target, candidate.says)
        if holding and (key not in best or holding.chance < best[key].chance):
            best[key] = holding
    return sorted(best.values(), key=lambda tested: ("added" not in tested.of.says, -tested.of.target, tested.chance))


def _looked_at(candidate: Candidate, lines: Sequence[Line], names: Sequence[str], kind: str) -> TableMeaning | None:
    numbers = {
        at: line[candidate.target]
        for at, line in enumerate(lines)
        if candidate.target in line and candidate.spans[at] is not None
    }
    largest = max((abs(number.value) for number in numbers.values()), default=0)
    holds, fails, chance = list[int](), list[int](), float(candidate.tried)
    for at, number in numbers.items():
        low, high = candidate.spans[at] or (0.0, 0.0)
        slack = 1e-9 * max(abs(low), abs(high), 1)
        if low <= number.high + slack and number.low - slack <= high:
            holds.append(at)
            if number.value in {lines[at][part].value for part in candidate.parts}:
                continue  # the same number again, which needs no working out
            as_well = sum(low <= other.high and other.low <= high for other in numbers.values()) - 1
            upto = largest if kind == "rows" else abs(number.value)
            chance *= max(as_well / len(numbers), min(1.0, (high - low + number.step) / upto) if upto else 1)
        else:
            fails.append(at)
        if kind == "rows" and len(fails) > _most_failing(len(numbers) - len(fails)):
            return None
    if kind == "columns":  # of which some are counts, others shares or rates
        kinds = {
            at: (number.step, number.percent, bool(OTHER_KIND.search(names[at]))) for at, number in numbers.items()
        }
        fails = [at for at in fails if kinds[at] in {kinds[other] for other in holds}]
    if len(holds) < (1 if candidate.named else 2) or chance > LIKELY or len(fails) > _most_failing(len(holds)):
        return None
    slips = [at for at in fails if _near(numbers[at].value, candidate.spans[at], UNLIKE[kind])]
    return TableMeaning(candidate, tuple(holds), tuple(slips), chance)


def _most_failing(holds: int) -> float:
    return 1 + FAILING_PART * holds


def _near(value: float, span: Span | None, unlike: float) -> bool:
    middle = sum(span) / 2 if span else math.inf
    return abs(value - middle) <= unlike * max(abs(value), abs(middle))


# --- candidates -----------------------------------------------------------------------------------------------------


def _candidates(lines: Sequence[Line], names: Sequence[str], heads: Mapping[int, str]) -> Iterator[Candidate]:
    places = sorted(heads)
    if len(places) <= MOST_ADDED:
        yield from _sums(lines, places, heads)
    if len(places) <= MOST_PAIRED:
        yield from _pairs(lines, places)
        yield from _of_totals(lines, names, places)


def _sums(lines: Sequence[Line], places: Sequence[int], heads: Mapping[int, str]) -> Iterator[Candidate]:
    """Two or more places that end before the target or begin behind it; to the next total where the target is called one."""
    totals = {at for at, place in enumerate(places) if _TOTAL.match(heads[place])}
    for at, target in enumerate(places):
        for run in (range(at - 1, -1, -1), range(at + 1, len(places))):
            until = next((size for size, other in enumerate(run) if other in totals), len(run))
            sums = [_added([line.get(places[other]) for other in run]) for line in lines]
            for size in range(2, len(run) + 1):
                named = at in totals and size == until
                parts = tuple(sorted(places[other] for other in run[:size]))
                spans = [partial[size - 1] for partial in sums]
                yield Candidate(
                    target,
                    parts,
                    spans,
                    "{first} to {last}, added up, come to {told}",
                    1 if named else len(places),
                    named,
                )


def _added(numbers: Iterable[GridNumber | None]) -> Sequence[Span | None]:
    """The sum of the first, the first two and so on; None from the first on that is not printed, or below nought: a change."""
    spans = ((number.low, number.high) if number and number.value >= 0 else None for number in numbers)
    return [
        *accumulate(spans, lambda left, right: (left[0] + right[0], left[1] + right[1]) if left and right else None)
    ]


def _pairs(lines: Sequence[Line], places: Sequence[int]) -> Iterator[Candidate]:
    for first, last in permutations(places, 2):
        pairs = [(line[first], line[last]) if first in line and last in line else None for line in lines]
        made = {
            "{first} to {last} is {told}%": [pair and _change(*pair) for pair in pairs],
            "{last} less {first} is {told}": [pair and _less(*pair) for pair in pairs],
        }
        for per in PER:
            wording = "{first} of {last} is {told}%" if per == 100 else f"{{first}} by {{last}} is {{told}} per {per:,}"
            made[wording] = [pair and _ratio(*pair, per) for pair in pairs]
        for target in places:
            if target not in (first, last):
                # What is worked out mostly stands behind what it is worked out of.
                behind = first < last < target
                tried = len(made) * (places.index(target) if behind else len(places)) ** 2
                for wording, spans in made.items():
                    yield Candidate(target, (first, last), spans, wording, tried // 2 if behind else tried)


def _of_totals(lines: Sequence[Line], names: Sequence[str], places: Sequence[int]) -> Iterator[Candidate]:
    """Shares of the number that stands in a line that is called a total."""
    for whole, name in zip(lines, names, strict=True):
        if not _TOTAL.match(name):
            continue
        for first in whole:
            spans = [_ratio(line[first], whole[first], 100) if first in line else None for line in lines]
            wording = f"{{first}} of {whole[first].cell.text} is {{told}}%"
            for target in places:
                if target != first:
                    yield Candidate(target, (first,), spans, wording, len(places) ** 2)


def _change(before: GridNumber, after: GridNumber) -> Span | None:
    times = _ratio(after, before, 100)
    return (times[0] - 100, times[1] - 100) if times else None


def _less(before: GridNumber, after: GridNumber) -> Span:
    return after.low - before.high, after.high - before.low


def _ratio(part: GridNumber, whole: GridNumber, per: int) -> Span | None:
    if whole.low <= 0 or part.value < 0:
        return None
    low, high = per * max(part.low, 0.0) / whole.high, per * part.high / whole.low
    return (low, high) if high - low <= VAGUE * (low + high) / 2 else None


# --- what is told ---------------------------------------------------------------------------------------------------


def _told(findings: Sequence[LineFinding]) -> dict[tuple[int, int], Worked]:
    """A failure is told of the figure of it that fails most often, else of the one that is worked out."""
    failing = [fault for fault in findings if not fault.holds]
    often = Counter(number.cell.place for fault in failing for number in {fault.number, *fault.parts})
    worked_by_place: dict[tuple[int, int], Worked] = {}
    for finding in (*failing, *(fault for fault in findings if fault.holds)):
        most = max((finding.number, *finding.parts), key=lambda number: often[number.cell.place])
        own = finding.holds or often[most.cell.place] == often[finding.number.cell.place]
        place = (finding.number if own else most).cell.place
        cells = tuple(part.cell for part in finding.parts)
        worked_by_place.setdefault(place, Worked(place[1], finding.holds, finding.words, cells=cells))
    return worked_by_place
