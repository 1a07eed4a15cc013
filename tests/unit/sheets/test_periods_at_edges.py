"""Periods at the edges of years, centuries and forms: what is read, and what is no period."""

import datetime

import pytest

from assets.archive.reading.periods import (
    Period,
    april_to_march,
    day,
    end_named,
    financial_quarter,
    financial_years,
    month_end,
    months,
    months_between,
    months_to,
    named,
    period,
    period_between,
    without_periods,
)


def said(period: Period | None) -> str | None:
    return None if period is None else f"{period} {period.period_type} {period.months}"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("year ending December 2024", "2024-01-01 to 2024-12-31 year 12"),
        *((printed, "2015-04-01 to 2016-03-31 year 12") for printed in (
            "2015-04 to 2016-03", "04/2015-03/2016", "2015Q2 to 2016Q1", "Q2 2015 to Q1 2016", "2015M04 to 2016M03", "15/16",
            "FY15-16", "FYE March 2016", "year ending 2016-03", "year ending 2016 Q1", "April-March 2015/16",
            "April 2015/March 2016", "2015-04-01/2016-03-31", "from April 2015 to March 2016", "between Apr 2015 and Mar 2016",
            "Apr 2015 through Mar 2016", "Provisional: Apr 2015 to Mar 2016", "Apr 2015 to Mar 2016 (final)", "2015/16 a",
            "year ending March 2016 (Apr 2015 to Mar 2016)",
        )),
        ("quarter ending June 2017", "2017-04-01 to 2017-06-30 quarter 3"),
        ("three months to 31 January 2018", "2017-11-01 to 2018-01-31 quarter 3"),
        ("six months ended 2018-03", "2017-10-01 to 2018-03-31 half_year 6"),
        ("quarter ending 29 June 2017", None),
        ("Jan to Mar 2015/16", "2016-01-01 to 2016-03-31 quarter 3"),
        ("2003-04 to 2004-03", "2003-04-01 to 2004-03-31 year 12"),
        ("2003-04 to 2004-05", None),  # months, or two financial years
        ("year ending 2003-04", None),
        ("2015-13 to 2016-12", None),
        ("15/17", None),
        ("2016-03", None),
        ("Forecast: Apr 2015 to Mar 2016", None),
        ("Apr 2015 to Mar 2016 or 2016/17", None),
        ("year ending (YE) December 2024", "2024-01-01 to 2024-12-31 year 12"),
        ("year ending November 2024", "2023-12-01 to 2024-11-30 year 12"),
        ("YE January 2024", "2023-02-01 to 2024-01-31 year 12"),
        ("YE March 80", "2079-04-01 to 2080-03-31 year 12"),
        ("YE March 81", "1980-04-01 to 1981-03-31 year 12"),
        ("YE March 99", "1998-04-01 to 1999-03-31 year 12"),
        ("YE March 00", "1999-04-01 to 2000-03-31 year 12"),
        ("YE March 1999", "1998-04-01 to 1999-03-31 year 12"),
        ("year ending 31 March 2023", "2022-04-01 to 2023-03-31 year 12"),
        ("year ending 30 March 2023", None),
        ("YE Mar-25", "2024-04-01 to 2025-03-31 year 12"),
        ("Y/E 31-Mar-25", "2024-04-01 to 2025-03-31 year 12"),
        ("Apr-24 to Mar-25", "2024-04-01 to 2025-03-31 year 12"),
        ("Apr-24 - Mar-25", "2024-04-01 to 2025-03-31 year 12"),
        ("12 months to 30/06/2024", "2023-07-01 to 2024-06-30 year 12"),
        ("year ending 2024-06-30", "2023-07-01 to 2024-06-30 year 12"),
        ("year ending 06/30/2024", "2023-07-01 to 2024-06-30 year 12"),
        ("year ending 29/06/2024", None),
        ("1 April 2022 to 31 March 2023", "2022-04-01 to 2023-03-31 year 12"),
        ("01 April 2022 to 31 March 2023", "2022-04-01 to 2023-03-31 year 12"),
        ("2 April 2022 to 31 March 2023", None),
        ("01/04/2022 to 31/03/2023", "2022-04-01 to 2023-03-31 year 12"),
        ("2022-04-01 - 2022-06-30", "2022-04-01 to 2022-06-30 quarter 3"),
        ("02/04/2022 to 31/03/2023", None),
        ("01/04/2022 to 30/03/2023", None),
        ("1 April 2022 to 30 March 2023", None),
        ("1 January 2024 to 29 February 2024", "2024-01-01 to 2024-02-29 multi_year 2"),
        ("1 January 2023 to 29 February 2023", None),
        ("Apr 2023 to Mar 2023", None),
        ("Mar 2023 to Mar 2023", "2023-03-01 to 2023-03-31 month 1"),
        ("Oct to Dec 2023", "2023-10-01 to 2023-12-31 quarter 3"),
        ("Oct to Mar 2024", "2023-10-01 to 2024-03-31 half_year 6"),
        ("Mar to Mar 2024", "2024-03-01 to 2024-03-31 month 1"),
        ("2017/18", "2017-04-01 to 2018-03-31 year 12"),
        ("1999/00", "1999-04-01 to 2000-03-31 year 12"),
        ("1999/2000", "1999-04-01 to 2000-03-31 year 12"),
        ("2017/19", None),
        ("2017/17", None),
        ("Q1 2018/19", "2018-04-01 to 2018-06-30 quarter 3"),
        ("Q2 2018/19", "2018-07-01 to 2018-09-30 quarter 3"),
        ("Q3 2018/19", "2018-10-01 to 2018-12-31 quarter 3"),
        ("Q4 2018/19", "2019-01-01 to 2019-03-31 quarter 3"),
        ("2018/19 Q4", "2019-01-01 to 2019-03-31 quarter 3"),
        ("Q4 2018/20", None),
        ("Q1 2018", "2018-01-01 to 2018-03-31 quarter 3"),
        ("Q4 2018", "2018-10-01 to 2018-12-31 quarter 3"),
        ("2018, Q2", "2018-04-01 to 2018-06-30 quarter 3"),
        ("Oct 2023", "2023-10-01 to 2023-10-31 month 1"),
        ("Feb-24", "2024-02-01 to 2024-02-29 month 1"),
        ("Mid-2023", "2023-06-30 to 2023-06-30 mid_year 1"),
        ("Women", None),
        ("2023", None),
    ],
)  # fmt: skip
def test_a_period_is_read_or_is_none(printed: str, expected: str | None) -> None:
    assert said(period(printed)) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("31-03-2003", "2003-03-31"), ("31/03/03", "2003-03-31"), ("2003-03-31 00:00:00", "2003-03-31"),
        ("31 Mar 2003", "2003-03-31"), ("31 March 2003", "2003-03-31"), ("31-Mar-03", "2003-03-31"), ("31.03.2003", "2003-03-31"),
        ("03/31/2003", "2003-03-31"),  # the month first: there is no month 31
        ("04/03/2003", "2003-03-04"),  # either way a day: the day first, as the publishers print it
        ("March 31, 2003", "2003-03-31"),
        ("20030331", "2003-03-31"), ("20033103", None),  # as a program writes it
        ("37711", "2003-03-31"), ("37711.0", "2003-03-31"),  # the number that a spreadsheet keeps of it
        ("", None), ("Q4 2018", None), ("2003", None), ("377110", None), ("31-02-2003", None),
    ],
)  # fmt: skip
def test_days_in_every_form(printed: str, expected: str | None) -> None:
    found = day(printed)
    assert (str(found) if found else None) == expected


def test_the_end_of_what_is_named() -> None:
    ends = [end_named(text) for text in ("March 2003", "YE March 2003", "31-03-2003")]
    assert ends == [datetime.date(2003, 3, 31)] * 3 and end_named("Q1 2003") is None


def test_a_cell_that_is_a_date_is_its_month_on_the_first_alone() -> None:
    assert said(period(datetime.datetime(2023, 10, 1))) == "2023-10-01 to 2023-10-31 month 1"
    assert period(datetime.date(2023, 10, 2)) is None and period(3.0) is None and period("") is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2017/18", (2017, 2018)), ("2017-18", (2017, 2018)), ("2017_18", (2017, 2018)), ("2018 to 2020", (2018, 2020)),
        ("1999/00", (1999, 2000)), ("1999/01", (1999, 2001)), ("2018/18", None), ("2018 to 2018", None),
        ("2018 to 2017", None), ("2016-03", None), ("1998/99", (1998, 1999)), ("2000/01", (2000, 2001)), ("2018", None),
        ("Q1", None),
    ],
)  # fmt: skip
def test_financial_years(printed: str, expected: tuple[int, int] | None) -> None:
    assert financial_years(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2018/19", "2018-04-01 to 2019-03-31 year 12"),
        ("2018 to 2020", "2018-04-01 to 2020-03-31 multi_year 24"),
        ("year ending March 2019", "2018-04-01 to 2019-03-31 year 12"),
        ("Apr 2018 to Mar 2019", "2018-04-01 to 2019-03-31 year 12"),
        ("year ending June 2019", None),
        ("Apr 2018 to Jun 2018", None),
        ("all", None),
    ],
)
def test_a_financial_year_begins_in_april(printed: str, expected: str | None) -> None:
    assert said(april_to_march(printed)) == expected


@pytest.mark.parametrize(
    ("year", "quarter", "expected"),
    [
        ("2018/19", "1", "2018-04-01 to 2018-06-30 quarter 3"),
        ("2018/19", "4.0", "2019-01-01 to 2019-03-31 quarter 3"),
        ("2018/19", "Q3", "2018-10-01 to 2018-12-31 quarter 3"),
        ("2018/19", "Q1 (Apr-Jun)", "2018-04-01 to 2018-06-30 quarter 3"),
        ("2018/19", "4 (January to March) ", "2019-01-01 to 2019-03-31 quarter 3"),
        ("2018/19", "Q2 (Apr-Jun)", None),
        ("2018/19", "Q1 (Jan-Mar)", None),
        ("2018/19", "Jan to Mar 2019", "2019-01-01 to 2019-03-31 quarter 3"),
        ("2018/19", "Apr to Jun 2018", "2018-04-01 to 2018-06-30 quarter 3"),
        ("2018/19", "Jan to Mar 2018", None),
        ("2018/19", "Apr to Jun 2019", None),
        ("2018/19", "Jan to Feb 2019", None),
        ("2018/19", "5", None),
        ("2018 to 2020", "1", None),
        ("2018", "1", None),
        ("2018/19", "31/12/2018", "2018-10-01 to 2018-12-31 quarter 3"),
        ("2019-03-31", "2019-03-31", "2019-01-01 to 2019-03-31 quarter 3"),
        ("2019-03-31", "2", "2018-07-01 to 2018-09-30 quarter 3"),
        ("2018/19", "2018-10-01", None),
        ("2018/19", "30/06/2019", None),
    ],
)
def test_quarters_of_a_financial_year(year: str, quarter: str, expected: str | None) -> None:
    assert said(financial_quarter(year, quarter)) == expected


def test_periods_inside_a_text_come_in_their_order_and_once() -> None:
    title = "Change, year ending March 2024 compared with the year ending March 2023 and Apr 2019 to Mar 2020"
    assert [str(period.end) for period in named(title)] == ["2024-03-31", "2023-03-31", "2020-03-31"]
    assert [period.period_type for period in named("From Apr 2022 to Mar 2023, then Oct 2023")] == ["year", "month"]
    assert named("Women aged 16 to 59") == [] and named("Mid-2023 estimates")[0].period_type == "mid_year"
    assert without_periods("Women, year ending March 2024") == "women"
    assert without_periods("Mar 2023: offences, 2017/18 prices") == "offences, prices"


def test_lengths() -> None:
    assert [months(2023, 11, count).period_type for count in (1, 2, 3, 6, 12, 24)] == [
        "month", "multi_year", "quarter", "half_year", "year", "multi_year",
    ]  # fmt: skip
    assert str(months(2023, 11, 3)) == "2023-11-01 to 2024-01-31"
    assert (
        period_between(2023, 5, 2023, 4) is None
        and said(period_between(2023, 4, 2023, 4)) == "2023-04-01 to 2023-04-30 month 1"
    )
    assert months_between(datetime.date(2023, 4, 1), datetime.date(2024, 3, 31)) == 11
    assert months_between(datetime.date(2024, 3, 31), datetime.date(2023, 4, 1)) == -11
    assert month_end(2024, 2) == datetime.date(2024, 2, 29)
    assert said(months_to(datetime.date(2024, 2, 29), 12)) == "2023-03-01 to 2024-02-29 year 12"
    assert months_to(datetime.date(2024, 2, 28), 12) is None and months_to(None, 3) is None
