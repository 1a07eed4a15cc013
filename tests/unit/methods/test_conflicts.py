"""Smallest conflicting sets, the cheapest repairs, and what is joined: closed cases, and every case of a few statements."""

from collections.abc import Collection
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.methods.conflicts import Hold, joined, least_repairs, smallest_conflicts

NAMES = "abcdef"
SETS = st.sets(st.frozensets(st.sampled_from(NAMES), min_size=1, max_size=4), max_size=5)


def of(*names: str) -> frozenset[str]:
    """A set of one letter each: "ab" is {a, b}."""
    return frozenset("".join(names))


def holding(conflicts: Collection[frozenset[str]]) -> Hold:
    """Can all hold but these? Only where each conflict loses a member."""
    return lambda out: all(conflict & set(out) for conflict in conflicts)


@given(SETS)
def test_every_smallest_conflict_is_found_and_no_other(conflicts: set[frozenset[str]]) -> None:
    smallest = [conflict for conflict in conflicts if not any(other < conflict for other in conflicts)]
    found, ended = smallest_conflicts(NAMES, holding(conflicts))
    assert ended and found == sorted(smallest, key=lambda one: (len(one), sorted(one)))


def test_the_search_stops_where_it_is_told_and_says_so() -> None:
    conflicts = [of("ab"), of("cd"), of("ef")]
    assert smallest_conflicts(NAMES, holding(conflicts), most=4) == (conflicts, True)
    found, ended = smallest_conflicts(NAMES, holding(conflicts), most=2)
    assert len(found) == 2 and not ended
    assert smallest_conflicts(NAMES, holding(conflicts), questions=0) == ([], False)


def test_every_question_counts() -> None:
    conflicts, asked = [of("ab"), of("cd"), of("ef")], 0

    def hold(out: Collection[str]) -> bool:
        nonlocal asked
        asked += 1
        return holding(conflicts)(out)

    def needed(questions: int) -> tuple[int, bool]:
        nonlocal asked
        asked = 0
        _, ended = smallest_conflicts(NAMES, hold, questions=questions)
        return asked, ended

    whole, _ = needed(20_000)
    first, ended = needed(1)  # those that one conflict takes
    assert 2 < first < whole and not ended
    assert needed(2) == needed(first) == (first, False)
    assert needed(first + 1)[0] > first and needed(whole) == (whole, True)


def test_what_is_fixed_is_never_left_out_to_find_another() -> None:
    conflicts = [of("ab"), of("bc")]
    assert smallest_conflicts(NAMES, holding(conflicts), fixed="b") == (conflicts, True)
    found, ended = smallest_conflicts(NAMES, holding(conflicts), fixed="abc")
    assert ended and len(found) == 1 and found[0] in conflicts


@pytest.mark.slow
@given(SETS)
def test_repairs_are_the_members_of_the_cheapest_choices(conflicts: set[frozenset[str]]) -> None:
    price = {name: 1 + at % 3 for at, name in enumerate(NAMES)}
    choices = [
        frozenset(chosen)
        for size in range(len(NAMES) + 1)
        for chosen in combinations(NAMES, size)
        if all(conflict & set(chosen) for conflict in conflicts)
    ]
    cheapest = min(sum(price[name] for name in chosen) for chosen in choices)
    expected = frozenset().union(*(choice for choice in choices if sum(price[name] for name in choice) == cheapest))
    assert least_repairs(conflicts, price.__getitem__) == expected


def test_a_search_for_repairs_that_takes_too_long_gives_all() -> None:
    assert least_repairs([of("abc"), of("def")], lambda _: 1, most=2) == of(NAMES)


def test_sets_that_share_a_member_are_joined_also_by_way_of_others() -> None:
    assert joined(["ab", "ef", "cd", "bc", ""], iter) == [["ab", "cd", "bc"], ["ef"], [""]]
    assert joined([], iter) == []
