"""Quarters by the month in which they begin."""

import datetime
import re

QUARTER_MONTHS = ("01", "04", "07", "10")


def a_quarter(text: str) -> str:
    """A quarter as it is named; ValueError with what is expected where it is none."""
    if not re.fullmatch(r"20[0-9]{2}-[0-9]{2}", text) or text[5:] not in QUARTER_MONTHS:
        raise ValueError(f"a quarter as yyyy-mm with month {', '.join(QUARTER_MONTHS)}")
    return text


def quarter_days(quarter: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of a quarter named by its first month."""
    start = datetime.date.fromisoformat(f"{quarter}-01")
    month = start.month + 2
    following = datetime.date(start.year + month // 12, month % 12 + 1, 1)
    return start, following - datetime.timedelta(days=1)


def before(quarter: str, months: int) -> str:
    """The quarter that begins so many months earlier."""
    at = int(quarter[:4]) * 12 + int(quarter[5:]) - 1 - months
    return f"{at // 12}-{at % 12 + 1:02d}"


def quarters_between(start: datetime.date, end: datetime.date) -> list[str]:
    """The quarters that a period of months touches, by their first month."""
    quarter, quarters = f"{start.year}-{(start.month - 1) // 3 * 3 + 1:02d}", list[str]()
    while quarter_days(quarter)[0] <= end:
        quarters.append(quarter)
        quarter = before(quarter, -3)
    return quarters
