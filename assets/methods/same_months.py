"""The same months of another year."""

import calendar
import datetime

Window = tuple[datetime.date, datetime.date]
A_DAY = datetime.timedelta(1)


def same_months(start: datetime.date, end: datetime.date, years: int) -> Window:
    """First and last day so many years later, earlier where it is below nought; what ends with February still does."""
    return _in_year(start, start.year + years), _in_year(end + A_DAY, (end + A_DAY).year + years) - A_DAY


def _in_year(day: datetime.date, year: int) -> datetime.date:
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))
