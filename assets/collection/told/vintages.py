"""The attacker's programme over every publication of the same numbers: what all of them together give away.

A correction or a late return is published beside what was there before, and a reader has all of it. What a reader does not know
is how much was revised; what the plain offence counts moved by is seen. So it is taken that no more was revised than they tell,
unless the tables themselves show more: whoever assumes so learns most.
"""

from collections.abc import Hashable, Sequence
from itertools import combinations
from typing import Protocol, Self, TypeVar

from assets.collection.told.attackers_system import AttackersSystem, Contradiction, Disclosed, Moved
from assets.collection.told.control import Control
from assets.collection.told.tied import Pair, Tied, Told


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
