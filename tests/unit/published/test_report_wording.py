"""Numbers, periods and codes read as the page words them."""

import datetime

import pytest

from assets.words import wording

DAY = datetime.date


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (wording.number_of(1, "row"), "1 row"),
        (wording.number_of(0, "row"), "0 rows"),
        (wording.number_of(3_000, "changed value"), "3,000 changed values"),
        (wording.people(2_100_000), "2.1 million"),
        (wording.people(176_600), "177,000"),
        (wording.people(None), "[x]"),
        (wording.people_between(1_797_000, 2_450_000), "1.80 to 2.45 million"),
        (wording.people_between(800_000, 1_200_000), "0.80 to 1.20 million"),
        (wording.people_between(123_400, 254_400), "123,000 to 254,000"),
        (
            wording.limits_of_estimate({"estimate": 1.4e6, "estimate_lower": 1.2e6, "estimate_upper": 1.6e6}),
            "1.20 to 1.60 million",
        ),
        (
            wording.limits_of_estimate({"estimate": 200_000, "estimate_lower": None, "estimate_upper": None}),
            "its sampling error is not held",
        ),
        (wording.limits_of_estimate({"estimate": None, "estimate_lower": None, "estimate_upper": None}), "[x]"),
        (wording.thousands_between(199_600, 200_400), "199.6 to 200.4"),
        (wording.thousands(2_100_400), "2,100"),
        (wording.thousands_between(1_000, None), "[x]"),
        (wording.number(-0.0), "0"),
        (wording.number(911_232.4), "911,232"),
        (wording.between(0.0, -0.0, 1), "0.0 to 0.0"),
        (wording.signed(-4.06), "\N{MINUS SIGN}4.1"),
        (wording.signed(3.0), "+3.0"),
        (wording.listed(["a", "b", "c"]), "a, b and c"),
        (wording.listed([]), ""),
        (wording.sentence("no estimate"), "No estimate."),
        (wording.sentence(None), ""),
        (wording.day_words(None), "not printed"),
    ],
)
def test_words(said: str, expected: str) -> None:
    assert said == expected


def test_periods_are_never_a_bare_year() -> None:
    year = {"period_start": DAY(2022, 4, 1), "period_end": DAY(2023, 3, 31), "period_type": "survey_year"}
    quarter = {"period_start": DAY(2025, 1, 1), "period_end": DAY(2025, 3, 31), "period_type": "quarter"}
    assert wording.period(year) == "year ending March 2023"
    assert wording.period(quarter) == "January to March 2025"
    assert wording.period(quarter | {"period_type": "mid_year"}) == "mid-2025"


def test_many_periods_are_counted_and_few_are_named() -> None:
    ends = [{"period_end": DAY(year, 3, 31)} for year in (2015, 2016, 2017, 2018)]
    assert wording.periods(ends[:2]) == "Year ending Mar 2015 and Mar 2016"
    assert wording.periods(ends) == "4 periods, years ending Mar 2015 to Mar 2018"
