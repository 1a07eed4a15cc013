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
