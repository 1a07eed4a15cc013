"""The smallest sets of claims that cannot all be true, by linear programmes over the cells of overlapping sets.

Each claim is a constraint: the size of a set, or its share of another, within the rounding of its print. Where a claim covers
another window than its system, the sets of that window are sets of their own; a conflict is then told with whether it holds even
so, when each set (and each overlap of two) of the other window is only tied to be as large as that of this one times the
assumption `claims.other_window`. A window inside the system's own, a year of three, is not another one. Definitions are held
fixed: a set is smallest in its claims.

All irreducible conflicts are found by the hitting set tree: one conflict is found by deletion, then again without each of its
members in turn. References: R. Reiter, Artificial Intelligence 32 (1987) 57-95 (hitting set tree); J. W. Chinneck and E. W.
Dravnieks, ORSA Journal on Computing 3 (1991) 157-168 (deletion filter).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from assets.methods.bounds import (
    MOST_SETS,
    Constraint,
    System,
    both,
    disjoint,
    linear,
    share,
    subset,
    total,
    union,
)
from assets.methods.interval import Interval
from assets.statement import words
from assets.statement.document import ClaimTie, Definition, Document, SetSystem
from assets.statement.value import Window

MOST = 100
OTHER = " (other window)"


@dataclass(frozen=True)
class Conflict:
    """One smallest set of claims, with the definitions it rests on."""

    system: str
    claims: tuple[str, ...]
    definitions: tuple[str, ...]
    one_window: bool
    despite_windows: bool
    sentence: str


def conflicts(document: Document, other_window: Interval) -> list[Conflict]:
    """Every irreducible conflict of the document's systems, the smallest first."""
    found = [one for system in document.systems for one in _of_system(document, system, other_window)]
    return sorted(found, key=lambda one: (one.system, len(one.claims), one.claims))


def irreducible(system: System, fixed: Collection[str] = ()) -> list[frozenset[str]]:
    """All irreducible conflicting subsets of a system's constraints, by name, at most 100; those `fixed` are never left out."""
    found: set[frozenset[str]] = set()
    seen: set[frozenset[str]] = set()
    waiting = [frozenset[str]()]
    while waiting and len(seen) < 100 * MOST and len(found) < MOST:
        left_out = waiting.pop(0)
        if left_out in seen:
            continue
        seen.add(left_out)
        known = next((one for one in found if not one & left_out), None)
        kept = tuple(constraint for constraint in system.constraints if constraint.name not in left_out)
        conflict = known or frozenset(replace(system, constraints=kept).conflict())
        if conflict:
            found.add(conflict)
            waiting += [left_out | {name} for name in sorted(conflict - set(fixed))]
    return sorted(found, key=lambda one: (len(one), sorted(one)))


def constraints(document: Document, system: SetSystem) -> tuple[Constraint, ...]:
    """The claims and definitions of a system as constraints, named by claim key and by what they say."""
    claims = (_of_claim(document, tie, "") for tie in system.claims)
    return (*claims, *(_of_definition(one, "") for one in system.definitions))


def _of_claim(document: Document, tie: ClaimTie, mark: str) -> Constraint:
    figure = document.claims[tie.claim].interval
    assert figure is not None, "systems are looked at when a claims file is read"
    if tie.whole is None:
        size = Interval.at_least(figure.lower) if tie.at_least else figure
        return total(tie.claim, union(tie.part + mark), size)
    proportion = figure.scale(Fraction(1, 100)).intersection(Interval.closed(0, 1))
    return share(tie.claim, tie.part + mark, tie.whole + mark, proportion or Interval.closed(0, 1))


def _of_definition(one: Definition, mark: str) -> Constraint:
    return (disjoint if one.disjoint else subset)(one.says + mark, one.first + mark, one.second + mark)


def _despite_windows(document: Document, system: SetSystem, names: frozenset[str], other_window: Interval) -> bool:
    """Does a conflict hold when the sets of the other window are only tied to those of this one by a range of sizes?"""
    home = document.windows[system.window]
    ties = [tie for tie in system.claims if tie.claim in names]
    kept = [one for one in system.definitions if one.says in names]
    parts = {name for tie in ties for name in (tie.part, tie.whole) if name}
    used = sorted(parts | {name for one in kept for name in (one.first, one.second)})
    sets = (*used, *(name + OTHER for name in used))
    if len(sets) > MOST_SETS:
        return False  # too many for the engine: nothing is claimed that was not worked out
    made = [_of_claim(document, tie, "" if _within(document.claims[tie.claim].window, home) else OTHER) for tie in ties]
    made += [_of_definition(one, mark) for one in kept for mark in ("", OTHER)]
    for part in [(name,) for name in used] + list(combinations(used, 2)):
        here, there = both(*part), both(*(name + OTHER for name in part))
        tied = f"{' and '.join(part)} in the other window"
        made.append(linear(f"{tied}, at least", {there: 1, here: -other_window.lower}, Interval.at_least(0)))
        made.append(linear(f"{tied}, at most", {there: 1, here: -other_window.upper}, Interval.at_most(0)))
    return bool(System(sets, tuple(made)).conflict())


def _of_system(document: Document, system: SetSystem, other_window: Interval) -> list[Conflict]:
    strict = constraints(document, system)
    fixed = [one.says for one in system.definitions]
    home = document.windows[system.window]
    found = []
    for names in _smallest(irreducible(System(system.sets, strict), fixed), {tie.claim for tie in system.claims}):
        claims = tuple(tie.claim for tie in system.claims if tie.claim in names)
        definitions = tuple(one.says for one in system.definitions if one.says in names)
        one_window = all(_within(document.claims[key].window, home) for key in claims)
        despite = one_window or _despite_windows(document, system, names, other_window)
        sentence = _sentence(document, claims, definitions, one_window, despite)
        found.append(Conflict(system.key, claims, definitions, one_window, despite, sentence))
    return found


def _smallest(found: list[frozenset[str]], claims: set[str]) -> list[frozenset[str]]:
    """Of sets that differ in their definitions only, and of sets that hold another's claims, the smallest."""
    kept: list[frozenset[str]] = []
    for one in sorted(found, key=lambda names: (len(names & claims), len(names), sorted(names))):
        if not any(other & claims <= one & claims for other in kept):
            kept.append(one)
    return kept


def _within(window: Window | None, home: Window) -> bool:
    """Is a claim's window the system's own, a part of it, or none?"""
    return window is None or (home.start <= window.start and window.end <= home.end)


def _sentence(
    document: Document, claims: tuple[str, ...], definitions: tuple[str, ...], one_window: bool, despite: bool
) -> str:
    named = [f"{_lower(document.claims[key].says)} ({document.claims[key].figure})" for key in claims]
    text = f"Not all of these can be true within their rounding: {'; '.join(named)}"
    if definitions:
        text += f". It rests on: {'; '.join(definitions)}"
    if not one_window:
        text += ". They cover different windows"
        text += (
            ", and cannot all be true even when the counts of the other window differ as far as is allowed"
            if despite
            else ", and can all be true if the counts of the other window differ enough"
        )
    return words.sentence(text)


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
