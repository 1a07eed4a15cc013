"""Figures as texts print them: read whole, each form, and what each stands for."""

from itertools import pairwise

import pytest
from claims_kit import NEAR
from hypothesis import given
from hypothesis import strategies as st

from assets.statement.text.figures import interval_in_text
from assets.words.numerals import figures_in

INFINITE = float("inf")


@pytest.mark.parametrize(
    ("figure", "unit", "low", "high"),
    [
        ("37%", "percent", 36.5, 37.5),
        ("1,080,157", "offences", 1_080_157, 1_080_157),
        ("1 in 6", "percent", 100 / 6.5, 100 / 5.5),
        ("at least 1 in 20", "percent", 100 / 20.5, INFINITE),
        ("just under 20%", "percent", 19, 20),
        ("nearly 107,000", "offences", 106_000, 107_000),
        ("close to 107,000", "offences", 106_000, 108_000),
        ("just over 20,000", "offences", 20_000, 21_000),
        ("almost doubling", "times", 1.8, 2),
        ("nearly half", "percent", 45, 50),
        ("twice", "times", 1.8, 2.2),
        ("10 to 100", "years", 9.5, 100.5),
        ("3% to 8%", "percent", 2.5, 8.5),
        ("60-70%", "percent", 59.5, 70.5),
        ("over 50%", "percent", 50, INFINITE),
        ("£66 billion", "gbp", 65.5e9, 66.5e9),
        ("up to 30%", "percent", -INFINITE, 30),
        ("at least £4.2m", "gbp", 4.2e6, INFINITE),
        ("a quarter", "percent", 22.5, 27.5),
        ("three-quarters", "percent", 67.5, 82.5),
        ("almost fourfold", "times", 3.6, 4),
        ("four-fold", "times", 3.6, 4.4),
        ("nine out of ten", "percent", 85, 95),
        ("5.2 percentage points", "percent", 5.15, 5.25),
        ("around 2,959", "offences per day", 2958.5, 2959.5),
        ("half a million", "persons", 450_000, 550_000),
        ("twenty-one", "suspects", 21, 21),
        ("8 times", "times", 7.5, 8.5),
        ("-5%", "percent", -5.5, -4.5),
        ("three hundred and five", "cases", 305, 305),
        ("1.4 million", "persons", 1.35e6, 1.45e6),
        ("between 3 and 8%", "percent", 2.5, 8.5),
        ("no more than 12", "cases", -INFINITE, 12),
        ("4.4 per cent", "percent", 4.35, 4.45),
        (">50%", "percent", 50, INFINITE),
        ("≥ 10", "cases", 10, INFINITE),
        ("3,000+", "offences", 3_000, INFINITE),
        ("one in five or more", "percent", 100 / 5.5, INFINITE),
        ("12 or fewer", "cases", -INFINITE, 12),
        ("slightly under 20%", "percent", 19, 20),
        (".5%", "percent", 0.45, 0.55),
        ("half a per cent", "percent", 0.45, 0.55),
        ("1½ million", "persons", 1.25e6, 1.75e6),
        ("⅔", "percent", 60, 220 / 3),
        ("a million and a half", "persons", 1.25e6, 1.75e6),
        ("two million", "offences", 1.5e6, 2.5e6),
        ("a quarter of a million", "persons", 225_000, 275_000),
        ("an eighth", "percent", 11.25, 13.75),
        ("halved", "times", 0.45, 0.55),
        ("by a factor of three", "times", 2.7, 3.3),
        ("one-in-four", "percent", 100 / 4.5, 100 / 3.5),
        ("12 of the 43", "percent", 100 * 11.5 / 43, 100 * 12.5 / 43),
        ("tens of thousands", "persons", 10_000, INFINITE),
        ("hundreds", "persons", 100, INFINITE),
        ("5 percentage-point", "percent", 4.5, 5.5),
        ("1.2 million pounds", "gbp", 1.15e6, 1.25e6),
    ],
)
def test_a_figure_stands_for_what_rounds_to_it(figure: str, unit: str, low: float, high: float) -> None:
    assert interval_in_text(figure, unit, NEAR).as_floats() == pytest.approx((low, high))


@pytest.mark.parametrize("figure", ["lots", "37% of them", "1,23", "9" * 300, "", "between 5", "first", "one in"])
def test_what_is_no_figure_is_refused(figure: str) -> None:
    with pytest.raises(ValueError, match=r"read|digits"):
        interval_in_text(figure, "percent", NEAR)


@given(st.integers(0, 10**9), st.sampled_from(["", "%", " million", " per cent"]))
def test_a_printed_number_is_read_back(number: int, tail: str) -> None:
    text = f"{number:,}{tail}"
    (printed_number,) = figures_in(text)
    assert (printed_number.start, printed_number.end) == (0, len(text))
    assert printed_number.low == number * (10**6 if tail == " million" else 1)


@given(st.text(max_size=60))
def test_no_text_breaks_the_grammar(text: str) -> None:
    ends = [(printed_number.start, printed_number.end) for printed_number in figures_in(text)]
    assert all(start < end <= len(text) for start, end in ends)
    assert all(first[1] <= second[0] for first, second in pairwise(ends))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Of 2,106 survivors 75% and one in five said so.", ["2,106", "75%", "one in five"]),
        ("almost doubling (Y1:51/222, Y2:72/259)", ["almost doubling", "51", "222", "72", "259"]),
        ("from just over 20,000 to nearly 107,000", ["just over 20,000", "nearly 107,000"]),
        ("two-thirds of the 43 forces, up to £4.2m", ["two-thirds", "43", "up to £4.2m"]),
        ("the fifth of May", []),
        ("rose from 5% to 8%, ranging from 5% to 8%", ["5%", "8%", "from 5% to 8%"]),
        ("1\u00a0234\u00a0567 and 2 million, p. 12", ["1\u00a0234\u00a0567", "2 million", "12"]),
    ],
)
def test_every_figure_of_a_text_is_found(text: str, figures: list[str]) -> None:
    assert [text[printed_number.start : printed_number.end] for printed_number in figures_in(text)] == figures
