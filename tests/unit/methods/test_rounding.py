"""What a printed figure stands for."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.methods.interval import Interval
from assets.methods.rounding import Near, interval_of, printed_interval
from assets.words.numerals import figure_read


def half_open(lower: str, upper: str) -> Interval:
    return Interval.half_open(Fraction(lower), Fraction(upper))


CASES = [
    ("1.4 million", 1_400_000, "persons", half_open("1350000", "1450000")),
    ("around 1.4 million", 1_400_000, "persons", half_open("1350000", "1450000")),
    ("2.2m", 2_200_000, "persons", half_open("2150000", "2250000")),
    ("2.0 million", 2_000_000, "persons", half_open("1950000", "2050000")),
    ("2 million", 2_000_000, "persons", half_open("1500000", "2500000")),
    ("1.1 million", 1_100_000, "incidents_and_offences", half_open("1050000", "1150000")),
    ("5.7%", 5.7, "percent", half_open("5.65", "5.75")),
    ("8%", 8, "percent", half_open("7.5", "8.5")),
    ("20%", 20, "percent", half_open("19.5", "20.5")),
    ("7.7 per cent", 7.7, "percent", half_open("7.65", "7.75")),
    ("77 per cent", 77, "percent", half_open("76.5", "77.5")),
    ("around 4%", 4, "percent", half_open("3.5", "4.5")),
    ("2.3", 2.3, "percent", half_open("2.25", "2.35")),
    ("14.506787", 14.506787, "per_1000_adults", half_open("14.5067865", "14.5067875")),
    ("33 (same as)", 33, "per_100_crimes", half_open("32.5", "33.5")),
    ("911,232", 911_232, "offences", Interval.point(911_232)),
    ("911232", 911_232, "offences", Interval.point(911_232)),
    ("31,454", 31_454, None, Interval.point(31_454)),
    ("30000", 30_000, "offences", Interval.point(30_000)),
    ("0", 0, "offences", Interval.point(0)),
    ("-12", -12, "offences", Interval.point(-12)),
    ("1,350", 1350, "suspects found guilty", Interval.point(1350)),
    ("156", 156, "thousand_incidents", half_open("155.5", "156.5")),
    ("660", 660, "thousand_incidents", half_open("659.5", "660.5")),
    ("1.4 million", 1400, "thousand_persons", half_open("1350", "1450")),
    ("798,000", 798_000, "persons", half_open("797500", "798500")),
    ("700,000", 700_000, "persons", half_open("650000", "750000")),
    ("850,000", 850_000, "persons", half_open("845000", "855000")),
    ("107,000", 107_000, "offences", half_open("106500", "107500")),
    ("12,300", 12_300, "offences", Interval.point(12_300)),
    ("12,300", 12_300, "persons", half_open("12250", "12350")),
    ("12,310", 12_310, "persons", Interval.point(12_310)),
    ("about 12,310", 12_310, "persons", half_open("12305", "12315")),
    ("£66 billion", 66e9, "pounds", half_open("65500000000", "66500000000")),
    ("57881415", 57_881_415, "persons", Interval.point(57_881_415)),
    ("around 107,000", 107_000, "offences", half_open("106500", "107500")),
    ("at least 15.8%", 15.8, "percent", Interval.at_least(Fraction("15.8"))),
    ("more than 115,000", 115_000, "offences", Interval.more_than(115_000)),
    ("over one million", 1_000_000, "offences", Interval.more_than(1_000_000)),
    ("over 22%", 22, "percent", Interval.more_than(22)),
    ("just over 10%", 10, "percent", Interval.more_than(10)),
    ("nearly 2.0 million", 2_000_000, "persons", Interval.less_than(2_000_000)),
    ("just under 20%", 20, "percent", Interval.less_than(20)),
    ("up to 50%", 50, "percent", Interval.at_most(50)),
    ("1 in 12", 8.3, "percent", Interval(Fraction(200, 25), Fraction(200, 23), False, True)),
    ("one in twelve", None, None, Interval(Fraction(2, 25), Fraction(2, 23), False, True)),
    ("at least 1 in 12", 8.4, "percent", Interval.at_least(Fraction(100, 12))),
    ("1 in every 6", None, None, Interval(Fraction(2, 13), Fraction(2, 11), False, True)),
    ("at least 9 in 10", 90, "percent", Interval.at_least(90)),
    ("1 in 1,000", 0.1, "percent", Interval(Fraction(200, 2001), Fraction(200, 1999), False, True)),
    ("10 in 10", 100, "percent", half_open("95", "105")),
    ("9 in 10", 90, "percent", half_open("85", "95")),
]


@pytest.mark.parametrize(("printed", "value", "unit", "expected"), CASES, ids=[f"{c[0]}-{c[2]}" for c in CASES])
def test_printed_forms(printed: str, value: float | None, unit: str | None, expected: Interval) -> None:
    assert printed_interval(printed, value, unit) == expected


def test_a_known_rounding_step_wins() -> None:
    assert printed_interval("700,000", 700_000, "persons", rounded_to=1000) == half_open("699500", "700500")
    assert printed_interval("850,000", 850_000, "persons", rounded_to=50_000) == half_open("825000", "875000")
    assert printed_interval("700,000", 700_000, "persons", rounded_to=0) == Interval.point(700_000)


def test_a_print_that_contradicts_its_value_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not agree"):
        printed_interval("7%", 5.7, "percent")


@pytest.mark.parametrize("printed", ["[x]", "", "several", "12,34", "half a dozen"])
def test_what_is_not_a_number_is_an_error(printed: str) -> None:
    with pytest.raises(ValueError, match="cannot read a number"):
        printed_interval(printed, None, None)


@given(st.decimals(min_value=0, max_value=100, places=1))
def test_one_decimal_percentages_tile_the_line(p) -> None:  # type: ignore[no-untyped-def]
    this = printed_interval(f"{p}%", float(p), "percent")
    following = printed_interval(f"{p + type(p)('0.1')}%", None, "percent")
    assert this.upper == following.lower and not this.meets(following) and this.width == Fraction(1, 10)


@pytest.mark.parametrize(
    ("printed", "unit", "expected"),
    [
        ("at least 1 in 4", "percent", Interval.at_least(Fraction(100) / Fraction("4.5"))),
        # What is said of a round number, or around one, is nearer to another: 4.8% is 1 in 20.8.
        ("1 in 20", "percent", Interval(Fraction(100, 22), Fraction(100, 18), False, True)),
        ("about 1 in 12", "percent", Interval(Fraction(1000, 132), Fraction(1000, 108), False, True)),
        ("1 in 12", "percent", Interval(Fraction(200, 25), Fraction(200, 23), False, True)),
        ("up to 1 in 4", "percent", Interval.at_most(Fraction(100) / Fraction("3.5"))),
        ("at least 20 to 30", "offences", Interval.at_least(20)), ("up to 20 to 30", "offences", Interval.at_most(30)),
        ("up to 12,300", "offences", Interval.at_most(12_300)), ("under 12,300", "offences", Interval.less_than(12_300)),
        # Of digits a twentieth, or the last that is printed; of a share a twentieth, of what is said in words a tenth.
        ("nearly 12,300", "offences", half_open("12200", "12300")),
        # What rounds to the number is near it: a rise of 4.6% is one of almost 5%.
        ("almost 5 per cent", "percent", half_open("4.5", "5")),
        ("just over 12,300", "offences", Interval(Fraction(12_300), Fraction(12_400), False, True)),
        ("just over 1.4 million", "thousand_persons", Interval(Fraction(1400), Fraction(1470), False, True)),
        ("just over 1.42 million", "thousand_persons", Interval(Fraction(1420), Fraction(1430), False, True)),
        ("nearly 1 in 4", "percent", half_open("23.75", "25")), ("nearly a quarter", "percent", half_open("22.5", "25")),
    ],
)  # fmt: skip
def test_in_a_text_near_reaches_so_far_and_a_share_is_itself_rounded(
    printed: str, unit: str, expected: Interval
) -> None:
    assert interval_of(figure_read(printed), unit, near=Near(Fraction(1, 20), Fraction(1, 10))) == expected
