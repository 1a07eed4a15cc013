"""Printed periods of open data: financial years, their quarters, and the ends of rolling years."""

import calendar
import datetime
import re

Dates = tuple[datetime.date, datetime.date]
FINANCIAL = re.compile(r"(?:(?:fy|ye)\s*)?((?:19|20)\d\d)\s*(?:/|-|_|–|to)\s*((?:19|20)?\d\d)")
QUARTER = re.compile(r"(?:q|quarter)?\s*([1-4])", re.IGNORECASE)


def financial_years(printed: str) -> tuple[int, int] | None:
    """First and last calendar year of `2017/18`, `2017-18`, `2017_18` or `2018 to 2020`; None for anything else."""
    match = FINANCIAL.fullmatch(printed.strip().casefold())
    if match is None:
        return None
    first, last = int(match[1]), int(match[2])
    if last < 100:
        last += first // 100 * 100 if last >= first % 100 else (first // 100 + 1) * 100
    return (first, last) if last > first else None


def financial_year(printed: str) -> Dates | None:
    """The twelve months April to March of a printed financial year; None where it is not exactly one year."""
    years = financial_years(printed)
    if years is None or years[1] != years[0] + 1:
        return None
    return datetime.date(years[0], 4, 1), datetime.date(years[1], 3, 31)


def april_to_march(printed: str) -> Dates | None:
    """`2018/19`, or several years such as `2018 to 2020`, from April of the first year to March of the last."""
    years = financial_years(printed)
    return (datetime.date(years[0], 4, 1), datetime.date(years[1], 3, 31)) if years else None


def financial_quarter(year: str, quarter: str) -> Dates | None:
    """The three months of a printed financial year and quarter, quarter 1 being April to June."""
    match, dates = QUARTER.fullmatch(quarter.strip()), financial_year(year)
    if match is None or dates is None:
        return None
    first = dates[0].year * 12 + 3 + (int(match[1]) - 1) * 3
    return datetime.date(first // 12, first % 12 + 1, 1), month_end((first + 2) // 12, (first + 2) % 12 + 1)


def year_ending(end: datetime.date) -> Dates | None:
    """The twelve months that end on a day; None where it is not the last day of a month."""
    if end != month_end(end.year, end.month):
        return None
    after = end + datetime.timedelta(days=1)
    return after.replace(year=after.year - 1), end


def month_end(year: int, month: int) -> datetime.date:
    """The last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])
