"""Every check alone, on figures made for it: what it passes, what it refuses, and that rounding always speaks for the claim."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import day

from assets.methods.interval import Interval
from assets.statement.checks import arithmetic, external, lists, repeats, scopes, sources, windows
from assets.statement.document import Claim, Reference
from assets.statement.figures import figure_interval
from assets.statement.finding import GRAVITY, Finding, gravest
from assets.statement.value import Leaf, Value, Window

YEAR = Window(day("2022-04-01"), day("2023-03-31"))
LATER = Window(day("2022-08-01"), day("2023-07-31"))


def value(
    figure: str, unit: str = "percent", *, window: Window | None = None, scope: str = "csew", published: bool = False
) -> Value:
    return Value(figure_interval(figure, unit), figure, unit, (Leaf(f"row:{figure}", scope, window, published),))


def shared(figure: str, part: Leaf, whole: Leaf) -> Value:
    return Value(figure_interval(figure, "percent"), figure, "percent", (part, whole), (((part,), (whole,)),))


@pytest.mark.parametrize(
    ("figure", "unit", "low", "high"),
    [
        ("37%", "percent", 36.5, 37.5),
        ("1,080,157", "offences", 1_080_157, 1_080_157),
        ("1 in 6", "percent", 100 / 6.5, 100 / 5.5),
        ("at least 1 in 20", "percent", 100 / 20.5, float("inf")),
        ("just under 20%", "percent", 18, 20),
        ("almost 2", "times", 1.8, 2),
        ("just over 20,000", "offences", 20_000, 22_000),
        ("10 to 100", "years", 9.5, 100.5),
        ("3% to 8%", "percent", 2.5, 8.5),
        ("over 50%", "percent", 50, float("inf")),
        ("£66 billion", "gbp", 65.5e9, 66.5e9),
    ],
)
def test_a_figure_stands_for_what_rounds_to_it(figure: str, unit: str, low: float, high: float) -> None:
    assert figure_interval(figure, unit).as_floats() == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("printed", "worked", "published", "verdict"),
    [
        ("37%", "36.8%", False, "consistent"),
        ("60%", "57.7%", False, "conflict"),
        ("37%", "36.8%", True, "external_agrees"),
        ("37%", "38%", True, "external_differs"),
    ],
)
def test_a_figure_fits_its_recomputation(printed: str, worked: str, published: bool, verdict: str) -> None:
    found = arithmetic.fits(figure_interval(printed, "percent"), value(worked, published=published), "percent", printed)
    assert found.verdict == verdict
    assert printed in found.sentence


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_a_rightly_rounded_share_never_conflicts(part: int, whole: int) -> None:
    share = Fraction(100 * part, part + whole)
    half_up = math.floor(share * 10 + Fraction(1, 2)) / 10
    made = Value(Interval.point(share), "the share")
    printed = figure_interval(f"{half_up:.1f}%", "percent")
    assert arithmetic.fits(printed, made, "percent", "the print").verdict == "consistent"


@pytest.mark.parametrize(
    ("part", "whole", "verdict"),
    [("38%", "30%", "implausible"), ("30%", "38%", "consistent"), ("30.4%", "30%", "consistent")],
)
def test_a_part_is_not_more_than_its_whole(part: str, whole: str, verdict: str) -> None:
    assert arithmetic.inside(value(part), value(whole)).verdict == verdict


@pytest.mark.parametrize(("printed", "verdict"), [("13", "consistent"), ("19", "implausible")])
def test_a_figure_lies_inside_what_is_possible(printed: str, verdict: str) -> None:
    possible = Value(Interval.closed(10, 18), "10 to 18")
    assert arithmetic.within(figure_interval(printed, "years"), possible, "years", printed).verdict == verdict


@pytest.mark.parametrize(
    ("parts", "total", "verdict"),
    [(["93%", "7%"], "100%", "consistent"), (["60%", "45%"], "100%", "conflict"), (["33%"] * 3, "100%", "consistent")],
)
def test_parts_add_up(parts: list[str], total: str, verdict: str) -> None:
    assert (
        arithmetic.sums_to([value(part) for part in parts], Value(Interval.point(100), total), "percent").verdict
        == verdict
    )


@pytest.mark.parametrize(
    ("parts", "verdict"),
    [(["38%", "29%", "26%"], "consistent"), (["60%", "42%"], "conflict"), (["50%", "51%"], "consistent")],
)
def test_parts_that_exclude_each_other_stay_within_the_limit(parts: list[str], verdict: str) -> None:
    assert (
        arithmetic.at_most([value(part) for part in parts], Value(Interval.point(100), "100"), "percent").verdict
        == verdict
    )


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [(["44%", "43%"], "consistent"), (["43%", "43%"], "consistent"), (["40%", "44%"], "conflict")],
)
def test_figures_fall_in_order(figures: list[str], verdict: str) -> None:
    assert arithmetic.order([value(figure) for figure in figures], "percent").verdict == verdict


@pytest.mark.parametrize(
    ("worded", "meant", "verdict"),
    [("5.35", "4.35", "wording"), ("4.2", "1.0", "consistent"), ("5.35", "6.2", "conflict")],
)
def test_four_fold_may_count_what_was_added(worded: str, meant: str, verdict: str) -> None:
    printed = figure_interval("4", "times")
    assert (
        arithmetic.another_wording(printed, value(worded, "times"), value(meant, "times"), "times", "four-fold").verdict
        == verdict
    )


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [(["18.9%", "50%"], "ambiguous"), (["18.9%", "20%"], "consistent"), (["50%", "60%"], "conflict")],
)
def test_a_figure_that_holds_under_some_readings_is_ambiguous(figures: list[str], verdict: str) -> None:
    given_readings = {f"reading {n}": value(figure) for n, figure in enumerate(figures)}
    assert (
        arithmetic.readings(
            figure_interval("less than 24%", "percent"), given_readings, "percent", "less than 24%"
        ).verdict
        == verdict
    )


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [(["26%", "12%", "16%"], "ambiguous"), (["21%", "22.5%"], "ambiguous"), (["16%", "16%"], "consistent")],
)
def test_words_that_can_mean_several_figures_are_ambiguous(figures: list[str], verdict: str) -> None:
    assert (
        arithmetic.open_readings({str(n): value(figure) for n, figure in enumerate(figures)}, "percent").verdict
        == verdict
    )


@pytest.mark.parametrize(("mean", "verdict"), [("15", "ambiguous"), ("12", "implausible")])
def test_a_mean_age_asks_something_of_the_others(mean: str, verdict: str) -> None:
    assert arithmetic.mean_age(figure_interval(mean, "years"), value("55.6%"), (10, 18), 18, mean).verdict == verdict


def test_a_share_of_unlike_windows_is_no_share() -> None:
    made = shared("11.4%", Leaf("a", "policing_vawg", LATER, False), Leaf("b", "policing_vawg", YEAR, False))
    unlike = windows.unlike_windows(made)
    assert unlike == (LATER, YEAR)
    allowed = Interval.closed(0.8, 1.25)
    assert (
        windows.share_of_another_window(
            figure_interval("7%", "percent"), made, (LATER, YEAR), allowed, "percent", "7%"
        ).verdict
        == "conflict"
    )
    assert (
        windows.share_of_another_window(
            figure_interval("10%", "percent"), made, (LATER, YEAR), allowed, "percent", "10%"
        ).verdict
        == "period"
    )
    assert windows.unlike_windows(shared("1%", Leaf("a", "csew", YEAR, False), Leaf("b", "csew", None, False))) is None


def test_windows_and_months_are_compared() -> None:
    assert windows.same_window(YEAR, YEAR, "it").verdict == "consistent"
    assert windows.same_window(LATER, YEAR, "it").verdict == "period"
    half = Window(day("2023-01-01"), day("2023-07-31"))
    assert half.months == 7
    assert windows.number_of_months(figure_interval("six", "months"), half, "it", "six").verdict == "period"
    assert windows.number_of_months(figure_interval("7", "months"), half, "it", "7").verdict == "consistent"
    assert windows.equal_length(YEAR, LATER).verdict == "consistent"
    assert windows.equal_length(YEAR, half).verdict == "period"


def test_a_share_across_scopes_is_one_even_when_the_arithmetic_holds() -> None:
    made = shared("19.4%", Leaf("a", "policing_vawg", YEAR, False), Leaf("b", "ons_prc", YEAR, True))
    crossed = scopes.crossed_scopes(made)
    assert crossed == ("policing_vawg", "ons_prc")
    assert (
        scopes.share_across_scopes(figure_interval("just under 20%", "percent"), made, crossed, "percent", "x").verdict
        == "scope"
    )
    people = shared("8%", Leaf("a", "csew", None, False), Leaf("b", "population", None, True))
    assert scopes.crossed_scopes(people) is None


@pytest.mark.parametrize(
    ("own", "scope", "verdict"),
    [
        ("400,213", "policing_vawg", "scope"),
        ("911,232", "policing_vawg", "external_agrees"),
        ("400,213", "ons_prc", "external_differs"),
    ],
)
def test_another_count_stands_beside(own: str, scope: str, verdict: str) -> None:
    other = value("911,232", "offences", scope="ons_prc", published=True)
    assert (
        scopes.beside(figure_interval(own, "offences"), scope, other, None, "all crimes", "offences", own).verdict
        == verdict
    )


def test_what_was_measured_is_what_is_said() -> None:
    assert scopes.concept("one thing", "one thing").verdict == "consistent"
    assert scopes.concept("one thing", "another").verdict == "scope"
    assert scopes.not_cohort("this year's convictions over this year's crimes").verdict == "wording"


def test_a_later_revision_is_told_and_not_held_against_the_claim() -> None:
    now, then = value("18.3%", published=True), value("16.9%", published=True)
    first, second = external.published(figure_interval("1 in 6", "percent"), now, then, "percent", "1 in 6")
    assert (first.verdict, first.leads, second.verdict, second.leads) == (
        "external_agrees",
        True,
        "external_differs",
        False,
    )
    assert "later release" in first.sentence
    (alone,) = external.published(figure_interval("1 in 6", "percent"), now, None, "percent", "1 in 6")
    assert alone.verdict == "external_differs"


def test_a_bound_must_fit_its_own_basis() -> None:
    printed = figure_interval("at least 1 in 12", "percent")
    assert external.bound(printed, "all victims", value("8%"), "percent", "1 in 12").verdict == "bound"
    assert external.bound(printed, "all victims", value("5%"), "percent", "1 in 12").verdict == "implausible"
    assert external.bound(None, "all victims", None, None, None).verdict == "bound"


def test_lists_are_counted_and_named() -> None:
    five = figure_interval("five", "threats")
    assert lists.listed(five, list("abcde"), "five").verdict == "consistent"
    assert lists.listed(five, list("abcd"), "five").verdict == "conflict"
    assert lists.same_names(["a", "b"], ["b", "a"], "there").verdict == "consistent"
    assert lists.same_names(["a", "stalking"], ["a", "stalking and harassment"], "there").verdict == "wording"
    assert lists.increasing(["3", "6", "16"]).verdict == "consistent"
    assert lists.increasing(["3", "16", "6"]).verdict == "conflict"
    assert lists.increasing(["2024-06-26", "2024-07-01"]).verdict == "consistent"
    assert lists.nth(figure_interval("2", None), ["b"], ["a", "b"], "2").verdict == "consistent"
    assert lists.nth(figure_interval("2", None), ["a"], ["a", "b"], "2").verdict == "conflict"


def test_notes_are_called() -> None:
    assert lists.called([1, 2, 3], lists.numbers_of("1-3"), "notes").verdict == "consistent"
    found = lists.called([1, 2, 3], lists.numbers_of("1, 3-4"), "notes")
    assert found.verdict == "citation"
    assert "2 listed and never called" in found.sentence
    assert "4 called and not listed" in found.sentence


def test_a_source_is_of_its_time_and_by_its_body() -> None:
    old = Reference(1, "VKPP", 2022, "A project")
    assert sources.cited_year(YEAR, [old]).verdict == "citation"
    assert sources.cited_year(YEAR, [Reference(2, "VKPP", 2023, "A project")]).verdict == "consistent"
    assert sources.named_year(2021, [old]).verdict == "citation"
    assert sources.named_year(2022, [old]).verdict == "consistent"
    assert sources.cited_body("Rape Crisis", [old]).verdict == "citation"
    assert sources.cited_body("vkpp", [old]).verdict == "consistent"


def claim(figure: str, unit: str = "percent", window: Window | None = YEAR) -> Claim:
    return Claim(
        key="c", section="summary", paragraph=3, item=None, printed=figure, figure=figure,
        interval=figure_interval(figure, unit), says="Something", kind="share", unit=unit, window=window, population=None,
        scope="csew", threat=None, cites=(), repeat_of=None, items=(), checks=(), needs=None, profile={},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("own", "first", "verdict"),
    [
        (claim("37%"), claim("37%"), "repeat"),
        (claim("at least 37%"), claim("37%"), "repeat"),
        (claim("38%"), claim("37%"), "conflict"),
        (claim("37%", window=LATER), claim("37%"), "period"),
        (claim("37%", window=None), claim("37%"), "repeat"),
        (claim("37", "years"), claim("37%"), "wording"),
    ],
)
def test_a_repeat_says_the_same(own: Claim, first: Claim, verdict: str) -> None:
    assert repeats.repeats(own, first, "summary, paragraph 3").verdict == verdict


def test_the_gravest_leading_finding_decides() -> None:
    mild, grave = Finding("consistent", "Mild."), Finding("conflict", "Grave.", leads=False)
    assert gravest([mild, grave]) is mild
    assert gravest([mild, Finding("period", "Between.")]).verdict == "period"
    assert next(iter(GRAVITY)) == "conflict"
    assert list(GRAVITY)[-1] == "uncheckable"
