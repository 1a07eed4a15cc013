"""Overlap calibration and the split-sample link, on published figures."""

import csv
import math
import os
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.methods.calibration import (
    overlap_omega_interval,
    split_sample_link,
    through_link,
)
from assets.methods.interval import Interval
from assets.methods.rounding import printed_interval

# Women 16+, YE March 2024: domestic abuse (new questions), sexual assault, stalking; the three together.
WOMEN_2024 = {"domestic_abuse": "9.5%", "sexual_assault": "3.4%", "stalking": "4.0%"}
WOMEN_2024_UNION = "14.0%"


def percent(printed: str) -> Interval:
    return printed_interval(printed, None, "percent")


def omega(parts: list[Fraction], union: Fraction) -> object:
    """Omega of sizes that are known exactly: one number."""
    interval = overlap_omega_interval([Interval.point(part) for part in parts], Interval.point(union))
    assert interval.is_point
    return interval.lower


def union_of(parts: list[Fraction], depth: Fraction) -> Fraction:
    """The union that lies this deep between the sum and the largest."""
    return sum(parts) - depth * (sum(parts) - max(parts))


def test_omega_of_women_2024() -> None:
    assert omega([Fraction("9.5"), Fraction("3.4"), Fraction(4)], Fraction(14)) == Fraction(29, 74)
    interval = overlap_omega_interval([percent(p) for p in WOMEN_2024.values()], percent(WOMEN_2024_UNION))
    assert interval.as_floats() == pytest.approx((0.37, 0.41), abs=0.005)


def test_the_inputs_are_the_published_ones() -> None:
    folder = os.environ.get("DARKFIGURE_FACTS")
    path = Path(folder) if folder else Path(__file__).parents[4] / "shared" / "facts"
    if not (path / "figures.csv").exists():
        pytest.skip("the list of published figures does not stand beside the project")
    with (path / "figures.csv").open(encoding="utf-8") as file:
        held = {
            (row["topic"], row["printed_as"])
            for row in csv.DictReader(file)
            if (row["sex"], row["age"], row["period_end"]) == ("female", "16+", "2024-03-31")
            and row["doubt"] != "1"
            and row["measure"] == "prevalence_percent"
        }
    for topic, printed in WOMEN_2024.items():
        assert (topic, printed) in held
    assert ("domestic_abuse_sexual_assault_stalking", WOMEN_2024_UNION) in held


sizes = st.lists(st.fractions(0, 1, max_denominator=100), min_size=2, max_size=5).filter(lambda s: sum(s) > max(s))


@pytest.mark.slow
@given(sizes, st.fractions(0, 1, max_denominator=50))
def test_omega_says_how_deep_a_union_lies(parts: list[Fraction], depth: Fraction) -> None:
    assert omega(parts, union_of(parts, depth)) == depth


@pytest.mark.slow
@given(sizes, st.fractions(0, 1, max_denominator=20), st.data())
def test_the_interval_holds_omega_of_every_reading(parts: list[Fraction], depth: Fraction, data: st.DataObject) -> None:
    union = union_of(parts, depth)
    width = Fraction(1, 100)

    def around(value: Fraction) -> Interval:
        below = data.draw(st.fractions(0, min(width, value), max_denominator=1000))
        return Interval.closed(value - below, value + width)

    assert depth in overlap_omega_interval([around(p) for p in parts], around(union))


def test_a_part_that_may_be_nought_may_not_overlap_at_all() -> None:
    """2% and 0.0%, which may be 0.05%: of a union of 2.0% the small part may lie within the large one or beside it."""
    parts = [Interval.closed(Fraction(195, 100), Fraction(205, 100)), Interval.closed(Fraction(0), Fraction(5, 100))]
    interval = overlap_omega_interval(parts, parts[0])
    assert interval.lower == 0 and interval.upper == Fraction(210 - 195, 5)


@pytest.mark.parametrize(("parts", "union"), [([1, 2], 4), ([1, 2], 1), ([1], 1), ([0, 2], 2)])
def test_impossible_unions_are_refused(parts: list[int], union: int) -> None:
    with pytest.raises(ValueError):
        omega(list(map(Fraction, parts)), Fraction(union))


# YE March 2024: women 9.5% / 6.6%, men 6.5% / 3.0%; all adults 3.9 / 2.3 million.
@pytest.mark.parametrize(("new", "old", "k"), [(9.5, 6.6, 1.44), (6.5, 3.0, 2.17), (3.9, 2.3, 1.70)])
def test_published_links(new: float, old: float, k: float) -> None:
    link = split_sample_link(new, old, 0.04, 0.05)
    assert link.k == pytest.approx(k, abs=0.005)
    assert link.log_variance == pytest.approx(0.0041)
    reach = 1.959964 * math.sqrt(0.0041)
    assert [math.log(end / link.k) for end in link.interval.as_floats()] == pytest.approx([-reach, reach], rel=1e-6)


def test_linking_adds_the_variances() -> None:
    link = split_sample_link(9.5, 6.6, 0.03, 0.04)
    linked = through_link(6.6, 0.12, link)
    reach = math.log(float(linked.upper) / 9.5)
    assert reach == pytest.approx(1.959964 * 0.13, rel=1e-6)
    with pytest.raises(ValueError, match="above zero"):
        split_sample_link(1, 0, 0.1, 0.1)
