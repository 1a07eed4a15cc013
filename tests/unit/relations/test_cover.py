"""Who is to blame for relations that fail, by number alone."""

from collections.abc import Mapping
from itertools import combinations
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.methods import covers
from assets.relations.blame import cover
from assets.relations.blame.cover import (
    ALL,
    COVER,
    REPAIR,
    Blame,
    Spans,
    blame,
    groups,
    mended_by_one_value,
    smallest_covers,
    unexplained,
)
from assets.relations.blame.reasons import of_figures

SETS = st.lists(st.frozensets(st.integers(0, 6), min_size=1, max_size=4), min_size=1, max_size=6)


ENDS = st.sampled_from([(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 2.0), (1.0, 0.0)])  # the last one holds no value
WANTED = st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 6)), ENDS)


def by_trying_all(sets: Mapping[int, frozenset[int]], spans: Spans) -> frozenset[int]:
    """As the definition says: each relation has a figure of the set, and each figure one value for those that have no other."""

    def explains(chosen: tuple[int, ...]) -> bool:
        alone: dict[int, list[int]] = {figure: [] for figure in chosen}
        for relation, figures in sets.items():
            explaining = figures.intersection(chosen)
            if not explaining:
                return False
            if len(explaining) == 1:
                alone[min(explaining)].append(relation)
        return all(
            len(mended_by_one_value(spans, figure, relations)) == len(relations)
            for figure, relations in alone.items()
            if relations
        )

    everyone = sorted(frozenset().union(*sets.values()))
    for size in range(1, len(everyone) + 1):
        if found := [chosen for chosen in combinations(everyone, size) if explains(chosen)]:
            return frozenset(figure for chosen in found for figure in chosen)
    return frozenset()


@settings(deadline=None)
@given(SETS, WANTED)
def test_all_members_of_all_smallest_covers_are_found(
    some: list[frozenset[int]], spans: dict[tuple[int, int], tuple[float, float]]
) -> None:
    sets = dict(enumerate(some))
    assert smallest_covers(sets, spans) == by_trying_all(sets, spans)


def test_covers_of_many_errors_at_once_are_found() -> None:
    """A total of forty areas and its women and men are wrong for nine ages, in one area each: those areas alone are doubted."""
    areas, ages = range(40), range(9)
    name = lambda area, sex, age: area * 1000 + age * 10 + sex  # noqa: E731
    sums = {("sexes", area, age): frozenset(name(area, sex, age) for sex in range(3)) for area in areas for age in ages}
    sums |= {("areas", sex, age): frozenset(name(area, sex, age) for area in areas) for sex in range(3) for age in ages}
    sums |= {("ages", area, sex): frozenset(name(area, sex, age) for age in ages) for area in areas for sex in range(3)}
    wrong = {name(area, area % 3, age) for area, age in zip(range(1, 40, 4), ages, strict=False)}
    failing = {at: sum_ for at, sum_ in enumerate(sums.values()) if sum_ & wrong}
    assert smallest_covers(failing, {}) == wrong


@settings(deadline=None)
@given(SETS)
def test_every_failing_relation_has_a_doubted_figure(sets: list[frozenset[int]]) -> None:
    failing = dict(enumerate(map(tuple, sets)))
    blamed = list(blame(failing, (), {}))
    assert sorted(key for one in blamed for key in one.failing) == sorted(failing)
    doubted = frozenset().union(*(one.figures for one in blamed))
    assert all(not doubted.isdisjoint(figures) for figures in sets)
    assert len(blamed) == len(groups(failing))


def test_one_other_value_of_one_figure_is_a_sharper_answer_than_a_cover() -> None:
    failing = {1: (10, 11, 12), 2: (10, 12, 13)}
    assert [(one.how, one.figures) for one in blame(failing, {10, 11}, {})] == [(REPAIR, {10})]
    assert [(one.how, one.figures) for one in blame(failing, {10, 12}, {})] == [(REPAIR, {10, 12})], "ties: both"
    # 10 and 12 stand in both, and no value of either mends both: neither is the whole cause, so nothing is cleared.
    apart = {(key, fid): (10.0 * key, 10.0 * key + 1) for key in failing for fid in (10, 12)}
    assert [(one.how, one.figures) for one in blame(failing, (), apart)] == [(COVER, {10, 11, 12, 13})]
    assert [(one.how, one.figures) for one in blame(failing, {11, 13}, {})] == [(COVER, {11, 13})], "two were damaged"


def test_every_group_has_a_blame_of_its_own() -> None:
    assert list(blame({1: (10, 11), 2: (20, 21), 3: (20, 22), 4: (30, 31)}, {10, 31}, {})) == [
        Blame(REPAIR, frozenset({10}), frozenset({1})),
        Blame(COVER, frozenset({20}), frozenset({2, 3})),
        Blame(REPAIR, frozenset({31}), frozenset({4})),
    ]


@pytest.mark.parametrize(
    ("figures", "ending"),
    [
        ({10}, "would mend it."),
        ({10, 11}, "would mend it, or of one other: both are doubted."),
        ({10, 11, 12}, "would mend it, or of one of 2 others: all are doubted."),
    ],
)
def test_the_reason_says_how_many_others_explain_it(figures: set[int], ending: str) -> None:
    group = Blame(REPAIR, frozenset(figures), frozenset({1}))
    reasons = [doubted.reason for doubted in of_figures(group, {1: sorted(figures)}, {1: "Parts make a whole."})]
    assert len(reasons) == len(figures) and all(reason.endswith(ending) for reason in reasons)


def test_the_most_relations_that_one_value_mends() -> None:
    spans = {(1, 7): (0.0, 1.0), (2, 7): (5.0, 6.0), (3, 7): (6.0, 8.0), (4, 7): (20.0, 30.0)}
    assert mended_by_one_value(spans, 7, [1, 2, 3, 4]) == [2, 3]
    assert mended_by_one_value(spans, 7, [4, 1]) in ([1], [4])
    assert mended_by_one_value(spans, 7, [1, 5]) == [1, 5], "without a span any value will do"


@pytest.mark.parametrize(("where", "limit"), [(cover, "LOOKS"), (covers, "LARGEST")])
def test_where_covers_are_too_many_to_look_at_everything_is_doubted(
    monkeypatch: pytest.MonkeyPatch, where: ModuleType, limit: str
) -> None:
    monkeypatch.setattr(where, limit, 1)
    failing = {at: tuple(range(10 * at, 10 * at + 11)) for at in range(6)}
    assert [(one.how, len(one.figures)) for one in blame(failing, (), {})] == [(ALL, 61)]


def test_a_withheld_figure_explains_alone_what_one_value_of_it_would_mend() -> None:
    """Figure 1 is people: two sums would have it be one number, and each of its rates another."""
    failing = {10: [1, 2], 11: [1, 3], 12: [1, 4], 13: [1, 5, 6], 14: [1, 5, 7], 15: [8, 9]}
    wanted = {10: (1.0, 2.0), 11: (3.0, 4.0), 12: (5.0, 6.0), 13: (7.0, 9.0), 14: (8.0, 9.0)}
    spans = {(key, 1): span for key, span in wanted.items()}
    assert unexplained(failing, {1}, spans) == {10: [2], 11: [3], 12: [4], 15: [8, 9]}
    assert unexplained(failing, {1, 2, 3, 4}, spans) == {15: [8, 9]}
    assert unexplained(failing, set(), spans) == failing
    two = {10: [1, 2], 13: [1, 5, 6]}
    assert unexplained(two, {1}, spans) == {}, "either of two may hold another figure that is wrong"
