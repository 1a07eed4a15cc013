"""The smallest sets of statements that cannot all hold: one is found by deletion, all of them by the hitting set tree.

References: R. Reiter, Artificial Intelligence 32 (1987) 57-95 (hitting set tree); J. W. Chinneck and E. W. Dravnieks,
ORSA Journal on
Computing 3 (1991) 157-168 (deletion filter).
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from heapq import heappop, heappush
from typing import TypeVar

Hold = Callable[[Collection[str]], bool]
T = TypeVar("T")


def smallest_conflicts(
    names: Sequence[str], hold_without: Hold, fixed: Collection[str] = (), most: int = 200, questions: int = 20_000
) -> tuple[list[frozenset[str]], bool]:
    """All smallest conflicting sets, the smallest first, and whether the search came to its end.

    names: of the statements; hold_without: can all hold but these?; fixed: never left out to find another set
    most, questions: the search stops at so many sets found, or so many questions asked
    """
    conflicts: list[frozenset[str]] = []
    seen: set[frozenset[str]] = set()
    waiting, queued = deque([frozenset[str]()]), {frozenset[str]()}
    asked = 0

    def holds(out: frozenset[str]) -> bool:
        nonlocal asked
        asked += 1
        return hold_without(out)

    while waiting:
        out = waiting.popleft()
        if any(smaller <= out for smaller in seen):
            continue
        known = next((conflict for conflict in conflicts if not conflict & out), None)
        if known is None:
            if len(conflicts) >= most or asked >= questions or len(queued) >= 10 * questions:
                return _sorted(conflicts), False
            if holds(out):
                seen.add(out)  # nothing is found below a set whose leaving out mends everything
                continue
            known = _one(names, out, holds)
            conflicts.append(known)
        branches = [branch for name in sorted(known - set(fixed)) if (branch := out | {name}) not in queued]
        waiting.extend(branches)
        queued.update(branches)
    return _sorted(conflicts), True


def least_repairs(
    conflicts: Collection[frozenset[str]], cost: Callable[[str], int], most: int = 5_000
) -> frozenset[str]:
    """Whatever belongs to a cheapest choice of members of which each conflict has one; all, where the search takes too long.

    Leaving such a choice out mends everything (Reiter's diagnoses). cost: of doubting a member; most: choices looked at
    """
    start = frozenset[str]()
    waiting: list[tuple[int, int, frozenset[str]]] = [(0, 0, start)]
    seen, in_conflict, best = {start}, set[str](), None
    while waiting:
        spent, _, chosen = heappop(waiting)
        if len(seen) > most:
            return start.union(*conflicts)
        if best is not None and spent > best:
            break
        unmet = min((conflict for conflict in conflicts if not conflict & chosen), key=len, default=None)
        if unmet is None:
            best = spent
            in_conflict |= chosen
            continue
        for name in sorted(unmet):
            if (grown := chosen | {name}) not in seen:
                seen.add(grown)
                heappush(waiting, (spent + cost(name), len(seen), grown))
    return frozenset(in_conflict)


def joined(things: Sequence[T], members: Callable[[T], Iterable[str]]) -> list[list[T]]:
    """Things that share a member, directly or by way of others, together; each kept in its order."""
    leader: dict[int | str, int | str] = {}

    def first(name: int | str) -> int | str:
        while leader.setdefault(name, name) != name:
            leader[name] = name = leader[leader[name]]
        return name

    for number, thing in enumerate(things):
        for name in members(thing):
            leader[first(name)] = first(number)
    groups: dict[int | str, list[T]] = {}
    for number, thing in enumerate(things):
        groups.setdefault(first(number), []).append(thing)
    return list(groups.values())


def _one(names: Sequence[str], out: frozenset[str], holds: Callable[[frozenset[str]], bool]) -> frozenset[str]:
    """One smallest conflict among the names not left out: halves are dropped first, then single names."""
    kept = [name for name in names if name not in out]
    everything = frozenset(names)
    size = max(1, len(kept) // 2)
    while True:
        at = 0
        while at < len(kept):
            trial = kept[:at] + kept[at + size :]
            if not holds(everything - frozenset(trial)):
                kept = trial
            else:
                at += size
        if size == 1:
            return frozenset(kept)
        size = max(1, size // 2)


def _sorted(conflicts: Collection[frozenset[str]]) -> list[frozenset[str]]:
    return sorted(conflicts, key=lambda conflict: (len(conflict), sorted(conflict)))
