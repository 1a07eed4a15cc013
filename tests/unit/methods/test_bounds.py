"""The linear programme over membership cells: check values, truth always inside, conflicts named."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.methods.bounds import (
    Constraint,
    ContradictionError,
    SetRegion,
    System,
    both,
    disjoint,
    frechet_bounds,
    linear,
    only,
    share,
    subset,
    total,
    union,
)
from assets.methods.interval import Interval
from assets.methods.rounding import printed_interval

THREATS = ("rasso", "da", "sh")
# Policing Statement 2024: counts printed in full; one class per record makes RASSO and S&H disjoint.
COUNTS = (
    total("RASSO 103,135", union("rasso"), Interval.point(103_135)),
    total("DA 400,213", union("da"), Interval.point(400_213)),
    total("stalking and harassment 436,196", union("sh"), Interval.point(436_196)),
    disjoint("one class per record", "rasso", "sh"),
)


def percent(printed: str) -> Interval:
    return printed_interval(printed, None, "percent") * Fraction(1, 100)


SH_OF_DA = share("stalking and harassment 50% of DA", "sh", "da", percent("50%"))
DA_OF_RASSO = share("DA 30% of RASSO", "da", "rasso", percent("30%"))


def test_check_value_with_the_da_flag_reading() -> None:
    # The percentages are read with their rounding: [49.5, 50.5) and [29.5, 30.5).
    bound = System(THREATS, (*COUNTS, SH_OF_DA, DA_OF_RASSO)).bound(union(*THREATS))
    assert bound.as_floats() == pytest.approx((705_980, 711_014), abs=0.5)


def test_check_value_without_that_reading() -> None:
    bound = System(THREATS, (*COUNTS, SH_OF_DA)).bound(union(*THREATS))
    assert bound.as_floats() == pytest.approx((634_301, 741_439), abs=0.5)


def test_exact_shares_would_give_a_point() -> None:
    exact = (
        share("50%", "sh", "da", Interval.point(Fraction(1, 2))),
        share("30%", "da", "rasso", Interval.point(Fraction(3, 10))),
    )
    bound = System(THREATS, (*COUNTS, *exact)).bound(union(*THREATS))
    assert bound.as_floats() == pytest.approx((708_497, 708_497), abs=0.01)


SURVEY = ("sexual_harassment", "da", "non_da_sexual_assault", "non_da_stalking")


def survey_union(sizes: tuple[Interval, ...], *more: Constraint) -> tuple[float, float]:
    known = tuple(total(name, union(name), size) for name, size in zip(SURVEY, sizes, strict=True))
    return System(SURVEY, (*known, *more)).bound(union(*SURVEY)).as_floats()


def test_four_survey_types_as_printed() -> None:
    # A woman may suffer domestic abuse and, apart from it, a non-DA assault: the sets are not disjoint.
    printed = tuple(Interval.point(Fraction(size)) for size in ("2", "1.4", "0.7", "0.85"))
    assert survey_union(printed) == pytest.approx((2.0, 4.95))
    # Read as disjoint sets of women, the lower bound would rise to DA plus the larger of the two.
    apart = (
        disjoint("not DA: assault", SURVEY[1], SURVEY[2]),
        disjoint("not DA: stalking", SURVEY[1], SURVEY[3]),
    )
    assert survey_union(printed, *apart) == pytest.approx((2.25, 4.95))


def test_four_survey_types_with_their_rounding() -> None:
    others = tuple(
        printed_interval(text, None, "persons") * Fraction(1, 10**6) for text in ("1.4 million", "700,000", "850,000")
    )
    # Sexual harassment from its published 8% of the women 16+ in households (25,289,915 at mid-2022).
    women = percent("8%") * Fraction(25_289_915, 10**6)
    narrow = women * Interval.closed(Fraction("0.965"), Fraction("0.98"))
    assert survey_union((narrow, *others)) == pytest.approx((1.83, 5.16), abs=0.005)
    tracked = women * Interval.closed(Fraction("0.955"), Fraction("0.99"))
    assert survey_union((tracked, *others)) == pytest.approx((1.81, 5.18), abs=0.005)
    printed = printed_interval("2 million", None, "persons", rounded_to=100_000) * Fraction(1, 10**6)
    assert survey_union((printed, *others)) == pytest.approx((1.95, 5.105))


cell_sizes = st.lists(st.integers(0, 1000), min_size=8, max_size=8)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(cell_sizes, st.floats(0, 0.2), st.data())
def test_the_truth_is_always_inside(sizes: list[int], slack: float, data: st.DataObject) -> None:
    names = ("a", "b", "c")
    members = [frozenset(n for bit, n in enumerate(names) if cell >> bit & 1) for cell in range(8)]

    def size(region: SetRegion) -> int:
        return sum(n for n, inside in zip(sizes, members, strict=True) if region.holds(inside))

    known = [
        total(n, union(n), Interval.closed(size(union(n)) * (1 - slack), size(union(n)) * (1 + slack))) for n in names
    ]
    for first, second in combinations(names, 2):
        if data.draw(st.booleans()) and size(union(second)):
            ratio = Fraction(size(both(first, second)), size(union(second)))
            known.append(share(f"{first} of {second}", first, second, Interval.closed(ratio * 9 / 10, ratio * 11 / 10)))
    system = System(names, tuple(known))
    for region in (union(*names), both("a", "b"), only(["a"], ["b", "c"])):
        low, high = system.bound(region).as_floats()
        assert low - 1e-3 <= size(region) <= high + 1e-3
    assert system.conflict() == ()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 1000), min_size=2, max_size=5))
def test_marginals_alone_give_frechet(sizes: list[int]) -> None:
    names = tuple("abcde"[: len(sizes)])
    known = tuple(total(n, union(n), Interval.point(s)) for n, s in zip(names, sizes, strict=True))
    assert System(names, known).bound(union(*names)).as_floats() == pytest.approx(frechet_bounds(sizes).as_floats())


def test_a_contradiction_is_named_by_its_figures() -> None:
    system = System(
        ("a", "b", "c"),
        (
            total("a is 100", union("a"), Interval.point(100)),
            total("b is 50", union("b"), Interval.point(50)),
            total("c is 10", union("c"), Interval.point(10)),
            subset("a within b", "a", "b"),
            linear("c no more than a", {both("c"): 1, both("a"): -1}, Interval.at_most(0)),
        ),
    )
    with pytest.raises(ContradictionError, match="cannot all hold") as caught:
        system.bound(union("a", "b"))
    assert set(caught.value.conflict) == {"a is 100", "b is 50", "a within b"}
    for name in caught.value.conflict:  # irreducible: without any one of them the rest can hold
        rest = tuple(c for c in system.constraints if c.name in caught.value.conflict and c.name != name)
        assert System(system.sets, rest).conflict() == ()


def test_a_subset_has_nobody_outside_what_it_is_a_subset_of() -> None:
    system = System(("a", "b"), (total("a", union("a"), Interval.point(5)), subset("a within b", "a", "b")))
    assert system.bound(only(["a"], ["b"])) == Interval.point(0) and system.bound(both("a", "b")) == Interval.point(5)


@pytest.mark.parametrize(
    ("first", "second", "either"), [(347966.3, 754814.5, 922097.6238345), (840390.4, 314264.2, 1154566.550024)]
)
def test_where_figures_leave_one_size_the_rounding_of_the_solver_is_no_fault(
    first: float, second: float, either: float
) -> None:
    known = {both("a"): first, both("b"): second, union("a", "b"): either}
    system = System(("a", "b"), tuple(total(str(of), of, Interval.point(size)) for of, size in known.items()))
    # The least that HiGHS finds of these lies above the most, in the twelfth digit.
    assert system.bound(both("a", "b")).as_floats() == pytest.approx((first + second - either,) * 2, abs=1e-3)


def test_what_nothing_bounds_is_unbounded() -> None:
    bound = System(("a", "b"), (total("a", union("a"), Interval.at_least(3)),)).bound(union("a", "b"))
    assert bound == Interval.at_least(3.0)
    share_only = System(("a", "b"), (share("s", "a", "b", Interval.point(Fraction(1, 2))),))
    assert share_only.bound(both("a", "b")) == Interval.at_least(0.0)


def test_nine_sets_are_bounded_together() -> None:
    names = tuple(f"threat_{i}" for i in range(9))
    known = [total(n, union(n), Interval.half_open(100_000 * (i + 1), 101_000 * (i + 1))) for i, n in enumerate(names)]
    known += [share(f"{a} of {b}", a, b, percent("10%")) for a, b in combinations(names[:6], 2)]
    bound = System(names, tuple(known)).bound(union(*names))
    assert 900_000 <= bound.lower <= bound.upper <= 4_545_000


@pytest.mark.parametrize("sets", [(), ("a", "a"), tuple("abcdefghijklm")])
def test_impossible_systems_are_refused(sets: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="different sets"):
        System(sets, ())


def test_unknown_sets_and_double_names_are_refused() -> None:
    with pytest.raises(ValueError, match="does not have: z"):
        System(("a",), ()).bound(union("z"))
    with pytest.raises(ValueError, match="one name: x"):
        System(("a",), (total("x", union("a"), Interval.point(1)),) * 2)


def test_each_end_names_constraints_that_alone_imply_it() -> None:
    system = System(THREATS, (*COUNTS, SH_OF_DA, DA_OF_RASSO))
    proof = system.proof(union(*THREATS))
    for names, end in ((proof.lower_from, "lower"), (proof.upper_from, "upper")):
        alone = System(THREATS, tuple(c for c in system.constraints if c.name in names)).bound(union(*THREATS))
        assert float(getattr(alone, end)) == pytest.approx(float(getattr(proof.interval, end)))


def test_an_infinite_end_follows_from_nothing() -> None:
    proof = System(("a", "b"), (total("a", union("a"), Interval.at_least(3)),)).proof(union("a", "b"))
    assert proof.lower_from == ("a",)
    assert proof.upper_from == ()
