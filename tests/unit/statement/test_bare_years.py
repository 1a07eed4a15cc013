"""The year of "the year to June": of those that the text names in full, or else by the day on which it was written."""

import datetime
from typing import Any

import pytest
from figures_kit import fact, scanned
from test_vouched import FACTS, IN_2024, told

from assets.statement.scan.verdicts import AGREES, DISAGREES, NO_CLAIM, UNTESTED, verdicts
from assets.statement.text.base_periods import bare_month, bare_years


@pytest.mark.parametrize(
    ("printed", "month"),
    [
        ("Recorded in the year to June, driven by", 6),
        ("12 months to September (170,973)", 9),
        ("the year ending the end of March rose", 3),
        ("the year ending March 2024", None),
        ("the year to March, 2024", None),
        ("marched in June", None),
    ],
)
def test_a_year_is_named_by_its_last_month(printed: str, month: int | None) -> None:
    assert bare_month(printed) == month


@pytest.mark.parametrize(
    ("first", "june"),
    [
        ("Thursday, 4th November 2021, 9:34 am", datetime.date(2021, 6, 30)),
        ("2021-11-04 Police recorded more", datetime.date(2021, 6, 30)),
        ("Published 24 January 2019", datetime.date(2018, 6, 30)),
        ("Published 24 August 2021", None),  # by then it may be the year before
        ("By a reporter, of what happened on 4 November 2021 in a street of the town of Kent", None),
    ],
)
def test_a_text_is_of_the_day_that_it_begins_with(first: str, june: datetime.date | None) -> None:
    years = bare_years([first, "Police recorded more in the year to June."])
    assert (years[6].end if 6 in years else None) == june


def test_the_day_of_a_text_is_no_number_and_no_age() -> None:
    found = told(f"2024-11-30 Abuse\n6.6% of women aged 16 and over experienced domestic abuse {IN_2024}.")
    assert {number: verdict for number, (verdict, _) in found.items()} == {"6.6%": AGREES}


def test_of_years_in_full_the_newest_is_meant_whenever_the_text_was_written() -> None:
    years = bare_years(
        ["Published 24 January 2023", "The year ending March 2019", "twelve months to March 2021", "May 2022"]
    )
    assert years[3].end == datetime.date(2021, 3, 31) and years[5].end == datetime.date(2022, 5, 31)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "dated", "verdict"),
    [
        ("204,871", "25 July 2024", AGREES),
        ("204,817", "25 July 2024", DISAGREES),
        ("204,871", "25 April 2024", UNTESTED),
        ("204,871", "25 July 2023", UNTESTED),
    ],
)
def test_a_number_is_of_the_year_that_the_text_means(number: str, dated: str, verdict: str) -> None:
    text = f"Published {dated}\nPolice recorded {number} sexual offences in the year to March."
    assert told(text, *FACTS)[number][0] == verdict


def test_a_number_of_a_year_without_its_year_is_not_of_the_one_named_before_it() -> None:
    start, end = datetime.date(2023, 10, 1), datetime.date(2024, 9, 30)
    autumn = fact("offences.sexual", 193_566, period_start=start, period_end=end)
    text = f"Police recorded 204,871 sexual offences {IN_2024}, and in the year to September 193,566."
    found = told(text, *FACTS, autumn)
    assert found["193,566"][0] == UNTESTED


def test_a_year_without_its_year_is_not_that_of_the_sentence_before() -> None:
    text = "Police recorded 188,663 sexual offences in the year ending March 2023. There were {} in the year to {}."
    assert told(text.format("71,581 rapes", "June"))["71,581"][0] == UNTESTED
    text = f"Published 25 July 2024\n{text}"
    assert told(text.format("71,581 rapes", "March"))["71,581"][0] == UNTESTED  # that is the year to March 2023


@pytest.mark.parametrize(
    ("text", "verdicts_told"),
    [
        ("Sexual offences: 188,663 in 2022/23, 204,871 in 2023/24 and 209,556 in 2024.", [AGREES, AGREES, AGREES]),
        ("Kent recorded 6,603 sexual offences in 2024, compared with 6,417 in 2023.", [AGREES, AGREES]),
        ("Kent recorded 6,417 sexual offences in 2024, compared with 6,603 in 2023.", [UNTESTED, UNTESTED]),
        ("There were 204,871 sexual offences in 2024.", [UNTESTED]),  # of the year that ended in March
        ("There were 204,871 sexual offences in 2023/24 and 209,655 in 2024.", [AGREES, UNTESTED]),
    ],
)
def test_a_bare_year_is_that_of_its_figure_and_tells_against_none(text: str, verdicts_told: list[str]) -> None:
    def of_year(value: float, year: int, **more: Any) -> dict[str, Any]:
        days = {"period_start": datetime.date(year, 1, 1), "period_end": datetime.date(year, 12, 31)}
        return fact("offences.sexual", value, **days, **more)

    kent = {"area_code": "E23000032"}
    years = (of_year(209_556, 2024), of_year(6_603, 2024, **kent), of_year(6_417, 2023, **kent))
    found = verdicts(scanned(text, *FACTS, *years))
    assert [each.verdict for each in found if each.mention.figure and each.verdict != NO_CLAIM] == verdicts_told, found
