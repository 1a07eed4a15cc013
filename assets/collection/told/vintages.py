"""The attacker's programme over every publication of the same numbers: what all of them together give away.

A correction or a late return is published beside what was there before, and a reader has all of it. What a reader does not know
is how much was revised; what the plain offence counts moved by is seen. So it is taken that no more was revised than they tell,
unless the tables themselves show more: whoever assumes so learns most.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Protocol, Self, TypeVar

from assets.collection.told.attackers_system import AttackersSystem, Contradiction, Disclosed, Moved
from assets.collection.told.control import Control
from schemas.codes import ENGLAND_AND_WALES as NATION

# Several publications of one year in one programme: each has its own unknown counts, tied by how far they can have moved.
# A count that did not move is one unknown of several publications. Of others it is known how far all of a table moved together;
# where two such distances say no more than a third (a year that only grew), the third is left out.
Pair = tuple[int, int]
# A publication by its number, and a count of it.
Place = tuple[int, Hashable]
NONE = (0.0, 0.0)


@dataclass(frozen=True)
class Told:
    """A protected count of one publication that is narrowed too far, with the values between which it must lie."""

    publication: int
    key: Hashable
    least: float
    largest: float


class Tied:
    """The programme over several publications, by their number, and what moved between two of them.

    Raises Contradiction where no counts fit.
    """

    def __init__(
        self, systems: Mapping[int, AttackersSystem], moves: Mapping[Pair, Sequence[Moved]], rules: Control
    ) -> None:
        self._same: dict[Hashable, Hashable] = {}
        self._known: dict[Place, tuple[float, float]] = {
            (number, key): limits for number, system in systems.items() for key, limits in system.known.items()
        }
        ties = self._ties(moves)
        self._system = AttackersSystem(rules)
        for place, (least, largest) in self._known.items():
            unknown = self._one(place)
            lower, upper = self._system.known.get(unknown, (0, math.inf))
            self._system.known[unknown] = (max(least, lower), min(largest, upper))
        if any(least > largest for least, largest in self._system.known.values()):
            raise Contradiction("what was published of the collection cannot all be of counts that did not move")
        self._protected: dict[Hashable, list[Place]] = {}
        for number, system in systems.items():
            for key in system.protected:
                self._protected.setdefault(self._one((number, key)), []).append((number, key))
        self._system.protected = list(self._protected)
        self._add_up(systems)
        for pair, some in ties:
            self._tie(pair, some)
        self._what_the_country_has_more(systems)

    def disclosed(self) -> list[Told]:
        """The protected counts of any of the publications that are narrowed too far."""
        return [
            Told(*place, least, largest)
            for key, least, largest in self._system.disclosed()
            for place in self._protected[key]
        ]

    def must_fit(self) -> None:
        """Raises Contradiction where no counts fit."""
        self._system.must_fit()

    def _one(self, place: Hashable) -> Hashable:
        """The unknown that a count is."""
        while place in self._same:
            place = self._same[place]
        return place

    def _ties(self, moves: Mapping[Pair, Sequence[Moved]]) -> list[tuple[Pair, Moved]]:
        """What ties the publications beyond counts that did not move, which become one unknown."""
        groups: dict[Hashable, list[tuple[float, Pair, Moved]]] = {}
        for pair, some in moves.items():
            for moved in some:
                groups.setdefault(moved.group, []).append((moved.most, pair, moved))
        narrowed = []
        for rows in groups.values():
            distances: dict[Pair, float] = {}
            for most, (first, second), moved in sorted(rows, key=lambda row: row[:2]):
                if (
                    self._apart((first, second), moved) > most
                ):  # the tables show that more was revised than plain counts tell
                    continue
                others = {number for pair in distances for number in pair} - {first, second}
                implied = any(
                    distances.get(_pair(first, by), math.inf) + distances.get(_pair(by, second), math.inf) <= most
                    for by in others
                )
                distances[first, second] = most
                if implied:
                    continue
                if most:
                    narrowed.append(((first, second), moved))
                else:
                    for key in moved.keys:
                        self._unite((first, key), (second, key))
        return narrowed

    def _apart(self, pair: Pair, moved: Moved) -> float:
        """By how much the counts moved at least, as they are printed."""
        apart = 0.0
        for key in moved.keys:
            (least, largest), (lower, upper) = (self._known.setdefault((number, key), NONE) for number in pair)
            apart += max(least - upper, lower - largest, 0)
        return apart

    def _unite(self, first: Place, second: Place) -> None:
        mine, other = self._one(first), self._one(second)
        if mine != other:
            self._same[mine] = other

    def _add_up(self, systems: Mapping[int, AttackersSystem]) -> None:
        """What the counts of each publication add up to, once where it is said of the same unknowns."""
        said = set()
        for number, system in systems.items():
            for parts, least, largest in system.sums:
                signs: dict[Hashable, float] = {}
                for key, sign in parts.items():
                    unknown = self._one((number, key))
                    signs[unknown] = signs.get(unknown, 0.0) + sign
                sum_ = (frozenset(signs.items()), least, largest)
                if sum_ not in said:
                    said.add(sum_)
                    self._system.sums.append((signs, least, largest))

    def _tie(self, pair: Pair, moved: Moved) -> None:
        moves: list[Hashable] = []
        for key in moved.keys:
            then, now = (self._one((number, key)) for number in pair)
            more, fewer = ("more", pair, key), ("fewer", pair, key)
            self._system.known |= {more: (0, moved.most), fewer: (0, moved.most)}
            moves += [more, fewer]
            self._system.total([then, more], 0, 0, less=[now, fewer])
        self._system.total(moves, 0, moved.most)

    def _what_the_country_has_more(self, systems: Mapping[int, AttackersSystem]) -> None:
        """Protected, too: what the country has more than in each publication before is that of who came late or was revised."""
        newest = max(systems)
        of_country = [key for number, key in self._known if number == newest and _is_of_country(key)]
        for key, before in product(of_country, systems.keys() - {newest}):
            then, now = self._one((before, key)), self._one((newest, key))
            ends = [self._known.get((number, key), (0, math.inf)) for number in (before, newest)]
            shown = all(math.isfinite(most) for _, most in ends)
            if shown and then != now and ends != [NONE, NONE]:
                self._system.known[more := ("more", before, key)] = (-math.inf, math.inf)
                self._system.total([then, more], 0, 0, less=[now])
                self._system.protected.append(more)
                self._protected[more] = [(newest, key)]


def _is_of_country(key: Hashable) -> bool:
    """Is a count one of the country? Of a quarter beside its year its own publications tell."""
    assert isinstance(key, tuple)
    return key[0] == "profile" or (key[1] == NATION and (key[0], len(key)) != ("threat", 4))


def _pair(first: int, second: int) -> Pair:
    return (first, second) if first < second else (second, first)


class Printed(Protocol):
    """Numbers that are looked at together, as one publication prints them."""

    def programme(self, rules: Control) -> AttackersSystem:
        """What a reader knows of the counts from all that is published of them."""

    def moved(self, before: Self) -> list[Moved]:
        """By how much counts moved at most since an earlier publication, by what plain numbers moved."""


P = TypeVar("P", bound=Printed)


def narrowed_beside(now: P, earlier: Sequence[P], rules: Control) -> list[Disclosed]:
    """The protected counts of a publication, or of an earlier one, that all of them together narrow too far."""
    disclosed = {key: (key, least, largest) for key, least, largest in now.programme(rules).disclosed()}
    if not earlier:
        return list(disclosed.values())
    told, newest = _told([*earlier, now], rules), len(earlier)
    before = set[tuple[int, Hashable]]()
    if any(cell.publication != newest for cell in told):  # what they gave away without it no new table takes back
        before = {(cell.publication, cell.key) for cell in _told(earlier, rules)}
    for cell in sorted(told, key=lambda narrowed: -narrowed.publication):
        if (cell.publication, cell.key) not in before:
            disclosed.setdefault(cell.key, (cell.key, cell.least, cell.largest))
    return list(disclosed.values())


def _told(every: Sequence[P], rules: Control) -> list[Told]:
    """What some publications give away together.

    Where two cannot be of counts that moved no further than plain counts tell, more was revised, and nothing is known of their
    difference. Where any two can and all together cannot, it is not known of which: those that fit are taken together, the
    others by themselves.
    """
    systems = {number: publication.programme(rules) for number, publication in enumerate(every)}
    moves = {(first, second): every[second].moved(every[first]) for first, second in combinations(systems, 2)}
    try:
        return Tied(systems, moves, rules).disclosed()
    except Contradiction:
        pass
    fitting: dict[Pair, Sequence[Moved]] = {}
    for pair, some in moves.items():
        try:
            Tied(systems, fitting | {pair: some}, rules).must_fit()
        except Contradiction:
            continue
        fitting[pair] = some
    disclosed = Tied(systems, fitting, rules).disclosed()
    for pair in moves.keys() - fitting.keys():
        try:
            disclosed += Tied({number: systems[number] for number in pair}, {pair: moves[pair]}, rules).disclosed()
        except Contradiction:
            continue
    return disclosed
