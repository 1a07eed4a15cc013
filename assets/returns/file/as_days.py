"""Codes that a spreadsheet takes for days: 10-15 is October 2015 there or 15 October of this year, and 8/67 is August 1967."""

import datetime
import re
from collections.abc import Iterable, Iterator

A_DAY = re.compile(r"0*([0-9]{1,2})[-/]([0-9]{2})")
SERIAL, BEFORE_DAY_1 = re.compile("[0-9]{5}"), datetime.date(1899, 12, 30)
# Two digits are of this century below that.
OF_LAST_CENTURY = 30
# As it shows them and as it writes them: without the year or the day, and with both.
MONTHS, DAYS, WHOLE = ("%b-%y",), ("%d-%b %Y",), ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y")
MIDNIGHT = " 00:00:00"


def codes_of(text: str) -> Iterator[str]:
    """What a text was of which a spreadsheet has made a day: its two numbers."""
    bare = text.removesuffix(MIDNIGHT)
    if SERIAL.fullmatch(bare):
        bare = str(BEFORE_DAY_1 + datetime.timedelta(int(bare)))
    for written, forms in ((bare, (*MONTHS, *WHOLE)), (f"{bare} 2000", DAYS)):
        for form in forms:
            if day := day_in(written, form):
                second = "%y" if form in MONTHS or (form in WHOLE and day.day == 1) else "%d"
                yield f"{day.month} {day.strftime(second)}"


def days_of(codes: Iterable[str]) -> Iterator[str]:
    """The days that a spreadsheet makes of some codes, as it writes them: the first of a month, which is then nobody's birth."""
    for code in codes:
        numbers = A_DAY.fullmatch(code)
        if numbers and 1 <= int(numbers[1]) <= 12:
            year = int(numbers[2]) + (2000 if int(numbers[2]) < OF_LAST_CENTURY else 1900)
            first = datetime.date(year, int(numbers[1]), 1)
            for form in WHOLE:
                yield f"{first:{form}}"
                yield f"{first:{form}}{MIDNIGHT}"


def day_in(text: str, form: str) -> datetime.date | None:
    """The day that a text is in a form; None where it is none."""
    try:
        return datetime.datetime.strptime(text, form).date()
    except ValueError:
        return None
