"""Periods in every printed form: of titles and headers, of columns of financial years and quarters, of days."""

import calendar
import contextlib
import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assets.archive.reading.grid import Cell
from assets.archive.reading.text import DASHES, UNIT_IN_BRACKETS, label, without_superscripts

MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip
NAMES, YEARS = "|".join(MONTHS), r"(?:19|20)\d{2}|\d{2}"
MONTH, YEAR = rf"({NAMES})[a-z]*\.?", rf"[ -]?'?({YEARS})"
A_DAY, A_MONTH = r"\d{1,2}(?:st|nd|rd|th)?", rf"(?:{NAMES})[a-z]*\.?"
TYPES = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}
TRAILER = re.compile(rf"{UNIT_IN_BRACKETS.pattern}|%$|\bsignificance$", re.IGNORECASE)

UP_TO = r"(?:up )?to(?: the)?(?: end(?: of)?)?"
A_YEAR = r"(?:(?:12|twelve) months|(?:(?:financial|rolling|survey) )?(?:years?|yr))"
ENDED = rf"{A_YEAR} (?:end(?:ing|ed)|{UP_TO})|f?y[./]? ?e(?:nding|nded|\.)?"
# A day, month or quarter of a year, in words or numbers: "1st April 2015", "Apr-15", "01/04/2015", "2015Q2", "2015-04".
IN_NUMBERS = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}"
MONTH_IN_NUMBERS = r"(?:19|20)\d{2} ?[-/.m] ?\d{1,2}|\d{1,2}[-/.](?:19|20)\d{2}"
QUARTER_OF_YEAR = r"(?:19|20)\d{2} ?[-/]? ?q[1-4]|q[1-4][ -/]?(?:19|20)\d{2}"
IN_WORDS = rf"(?:{A_DAY}[ -])?{A_MONTH}[ -]?'?(?:{YEARS})"
A_TIME = rf"(?:{IN_WORDS}|{IN_NUMBERS}|{QUARTER_OF_YEAR}|{MONTH_IN_NUMBERS})(?!\d)"
RANGE = re.compile(
    rf"(?:from )?({A_TIME})(?: ?(?:to|-|until|through|/) ?| )({A_TIME})|between ({A_TIME}) and ({A_TIME})"
)
ENDING = re.compile(rf"(?:the )?(?:{ENDED}) (?:\(ye\) )?({A_TIME})")
SEVERAL = re.compile(rf"((?:the )?years .*?)({A_MONTH} )\d{{4}}")
AND_MORE = re.compile(rf"(?:,| and|, and) (({A_MONTH} )?((?:19|20)\d\d))(?![-/\d])")
SHORTER = {"quarter": 3, "3 months": 3, "three months": 3, "6 months": 6, "six months": 6}
ENDING_PART = re.compile(rf"(?:the )?({'|'.join(SHORTER)}) (?:end(?:ing|ed)|{UP_TO}) ({A_TIME})")
IN_YEAR = re.compile(rf"{MONTH} ?(?:to|-) ?{MONTH}{YEAR}(?: ?/ ?(?:19|20)?(\d{{2}}))?")
# "1 January to 31 December 2024", "between April and June 2024": the year stands behind the second.
WITHIN = re.compile(
    rf"between ((?:{A_DAY} )?{A_MONTH}) and ((?:{A_DAY} )?{A_MONTH}{YEAR})"
    rf"|({A_DAY} {A_MONTH}) ?(?:to|-|until) ?({A_DAY} {A_MONTH}{YEAR})"
)
CALENDAR = re.compile(r"(?:the )?calendar year (?:of )?((?:19|20)\d{2})")
ENDING_YEAR = re.compile(r"(?:the )?(?:fye|financial year end(?:ing|ed)) ((?:19|20)\d{2})")
FINANCIAL = re.compile(r"(?:(?:fy|financial year) ?)?((?:19|20)\d{2}) ?[/-] ?((?:19|20)?\d{2})")
# Two digits are no year inside a text: of people aged 17/18.
SHORT_FINANCIAL = re.compile(r"(?:fy|financial year)? ?(\d{2}) ?/ ?(\d{2})|(?:fy|financial year) ?(\d{2}) ?- ?(\d{2})")
# In a column of financial years "2018 to 2020" is several of them; elsewhere it may be calendar years.
FINANCIAL_YEARS = re.compile(r"(?:(?:fy|ye) ?)?((?:19|20)\d{2}) ?(?:[/_-]|to) ?((?:19|20)?\d{2})")
LONGEST = 20  # years together; "2016-03" are not 87 of them
QUARTER_NUMBER = re.compile(r"(?:q|quarter)? ?([1-4])(?:\.0|st|nd|rd|th)?(?: quarter)?")
QUARTER = re.compile(r"(?:q|quarter) ?([1-4]),? ?(?:of )?(?:fy ?)?((?:19|20)\d{2})(?: ?[/-] ?(?:19|20)?(\d{2}))?")
QUARTER_LAST = re.compile(r"((?:19|20)\d{2})(?: ?[/-] ?(?:19|20)?(\d{2}))? ?,? ?(?:q|quarter) ?([1-4])")
ONE_MONTH = re.compile(rf"{MONTH}{YEAR}")
MIDNIGHT = re.compile(r"[ T]0?0:00(?::00)?(?:\.0+)?Z?$")
IN_A_ROW, OF_A_MONTH = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)"), re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
# The day from which a spreadsheet counts, and the numbers that it makes of days from 1954 to 2173.
DAY_NOUGHT, DAY_NUMBER = datetime.date(1899, 12, 30), re.compile(r"([2-9]\d{4})(?:\.0)?")
OF_A_DAY = re.compile(rf"\b{A_DAY} $")
# What a header says of its figures beside their period, and the letter of a note.
REMARK = re.compile(r"provisional|revised|final|inclusive|[a-z]")
MID_YEAR = re.compile(r"mid ?-? ?(?:year ?-? ?)?((?:19|20)\d{2})")
# The forms that are looked for inside a longer text, which of two that overlap first.
NAMED = tuple(
    re.compile(rf"\b(?:{pattern.pattern})(?!\d)")
    for pattern in (ENDING, ENDING_PART, ENDING_YEAR, RANGE, WITHIN, IN_YEAR, MID_YEAR, CALENDAR, FINANCIAL, ONE_MONTH)
)
# From the end of a period to the earliest release of it that was ever seen.
SOONEST = datetime.timedelta(days=45)


@dataclass(frozen=True)
class Period:
    """First and last day, and kind: month, quarter, half_year, year, multi_year or mid_year.

    multi_year stands for every length that is none of the others, as printed.
    """

    start: datetime.date
    end: datetime.date
    period_type: str

    @property
    def months(self) -> int:
        """Calendar months from the first day to the last."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


def period(cell: Cell, superscripts: bool = False) -> Period | None:
    """The period that a header cell or a phrase names as a whole; None where it names none.

    Forms: "Apr 2022 to\\n Mar 2023", "Jan 2025 to Dec 2025", "Oct 2024   Sep 2025", "YE March 20191,2", "year ending June
    2025", "calendar year 2024", "financial year ending 2024", "2017/18", "Q2 2018/19" (financial), "Q2 2018" (calendar),
    "Jan to Mar 2024", "01/04/2024 to 31/03/2025", "2015Q2 to 2016Q1", "Oct 2023", "Mid-2023", and the dates
    that a spreadsheet makes of month names. Note marks, units in brackets, "Significance" and "provisional" are passed over.
    """
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    if isinstance(cell, datetime.date):
        return months(cell.year, cell.month, 1) if cell.day == 1 else None
    if not isinstance(cell, str) or not cell:
        return None
    return _period(cell, False) or (_period(cell, True) if superscripts else None) or _beside_remarks(cell)


@lru_cache(maxsize=20_000)
def _beside_remarks(cell: str) -> Period | None:
    """The one period of a header that says besides no more than "provisional" and the like, or the same period again."""
    inside = {*named(cell)} if any(sign.isdigit() for sign in cell) else set[Period]()
    beside = re.findall(r"\w+", without_periods(cell)) if len(inside) == 1 else []
    return inside.pop() if len(inside) == 1 and all(map(REMARK.fullmatch, beside)) else None


@lru_cache(maxsize=20_000)
def _period(cell: str, superscripts: bool) -> Period | None:
    text = label(cell).text.translate(DASHES)
    if superscripts:
        text = without_superscripts(text)[0]
    for _ in range(2):
        text = TRAILER.sub(" ", text).strip()
    text = " ".join(text.casefold().split()).strip(" .,;:*†‡§")
    return next((made(match) for form, made in FORMS if (match := form.fullmatch(text))), None)


def named(text: str, superscripts: bool = False) -> list[Period]:
    """Every period that is named inside a longer text, such as a title, in order; years ending and ranges first."""
    plain = label(text).text.translate(DASHES)
    if superscripts:
        plain = without_superscripts(plain)[0]
    plain = " ".join(plain.casefold().split())
    return [period for _, period in _inside(plain)]


def places_named(text: str) -> Sequence[tuple[tuple[int, int], Period]]:
    """The periods that are named in a line of single spaces, in order, each with where it begins and ends."""
    plain = text.translate(DASHES).casefold()
    return _inside(plain) if len(plain) == len(text) else ()


def without_periods(text: str) -> str:
    """A label without the periods that are named in it: "Women, year ending March 2024" gives "women"."""
    plain = " ".join(label(text).text.translate(DASHES).casefold().split())
    for start, end in sorted((span for span, _ in _inside(plain)), reverse=True):
        plain = plain[:start] + " " + plain[end:]
    return " ".join(plain.split()).strip(" ,;:-")


@lru_cache(maxsize=20_000)
def _inside(plain: str) -> Sequence[tuple[tuple[int, int], Period]]:
    """The periods inside a text in small letters, each with its place, in order."""
    spans: list[tuple[tuple[int, int], Period]] = []
    for pattern in NAMED:
        for match in pattern.finditer(plain):
            if any(start < match.end() and match.start() < end for (start, end), _ in spans):
                continue
            if pattern is NAMED[-1] and OF_A_DAY.search(plain[: match.start()]):
                continue  # "Published 23 April 2026"
            period = _period(match[0], False)
            if period is not None:
                spans += [(match.span(), period), *_and_more(plain, match)]
    return tuple(sorted(spans, key=lambda item: item[0]))


def _and_more(plain: str, first: re.Match[str]) -> Iterator[tuple[tuple[int, int], Period]]:
    """The years behind the first one of several: "the years to March 2023, 2024 and 2025"."""
    end, told = first.end(), SEVERAL.fullmatch(first[0])
    while told and (more := AND_MORE.match(plain, end)):
        period = _period(f"{told[1]}{more[2] or told[2]}{more[3]}", False)
        if period is not None:
            yield more.span(1), period
        end = more.end()


def months(year: int, month: int, count: int) -> Period:
    """`count` months from the first day of a month."""
    last = year * 12 + month - 1 + count - 1
    end = datetime.date(last // 12, last % 12 + 1, calendar.monthrange(last // 12, last % 12 + 1)[1])
    return Period(datetime.date(year, month, 1), end, TYPES.get(count, "multi_year"))


def period_between(first_year: int, first_month: int, last_year: int, last_month: int) -> Period | None:
    """From the first day of one month to the last day of another; None where they are the wrong way round."""
    count = (last_year - first_year) * 12 + last_month - first_month + 1
    return months(first_year, first_month, count) if count > 0 else None


def year_before(period: Period) -> Period:
    """The same months a year earlier."""
    return months(period.start.year - 1, period.start.month, period.months)


def year_ending(year: int, month: int) -> Period:
    """The twelve months that end with a month."""
    return months(year if month == 12 else year - 1, month % 12 + 1, 12)


def months_between(first: datetime.date, last: datetime.date) -> int:
    """Whole months from one day to another, below nought where the other is earlier."""
    return (last.year - first.year) * 12 + last.month - first.month


def month_end(year: int, month: int) -> datetime.date:
    """The last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def months_to(end: datetime.date | None, count: int) -> Period | None:
    """So many months that end on a day; None where it is not the last day of a month."""
    if end is None or end != month_end(end.year, end.month):
        return None
    first = end.year * 12 + end.month - count
    return months(first // 12, first % 12 + 1, count)


def financial_years(printed: str) -> tuple[int, int] | None:
    """First and last calendar year of `2017/18`, `2017-18`, `2017_18` or `2018 to 2020`; None for anything else."""
    match = FINANCIAL_YEARS.fullmatch(_plain(printed))
    if match is None:
        return None
    first, last = int(match[1]), int(match[2])
    if last < 100:
        last += first // 100 * 100 if last >= first % 100 else (first // 100 + 1) * 100
    return (first, last) if first < last <= first + LONGEST else None


def day(printed: str) -> datetime.date | None:
    """A printed day, its parts apart by dashes, slashes, dots or spaces, the month as a number or a name; None for anything else.

    Day before month, as the publishers print it, unless only the other way is a day; a time behind it is passed over. A bare
    number is that which a spreadsheet keeps of a day.
    """
    plain = MIDNIGHT.sub("", printed.strip())
    if number := DAY_NUMBER.fullmatch(plain):
        return DAY_NOUGHT + datetime.timedelta(int(number[1]))
    in_a_row = IN_A_ROW.fullmatch(plain)
    parts = list(in_a_row.groups()) if in_a_row else re.split(r"[-/., ]+", plain.casefold())
    if len(parts) != 3:
        return None
    first, second, third = parts
    for year, month, of_month in (
        [parts] if re.fullmatch(r"\d{4}", first) else [(third, second, first), (third, first, second)]
    ):
        name, number = re.fullmatch(MONTH, month), OF_A_MONTH.fullmatch(of_month)
        with contextlib.suppress(ValueError):
            if number and re.fullmatch(r"\d{4}|\d\d", year, re.ASCII):
                return datetime.date(_year(year), MONTHS[name[1]] if name else int(month), int(number[1]))
    return None


def end_named(printed: str) -> datetime.date | None:
    """A printed day, or the last one of a month or of a year ending with it: "31-03-2003", "March 2003", "YE March 2003"."""
    if last_day := day(printed):
        return last_day
    span = period(printed)
    return span.end if span is not None and span.period_type in ("month", "year") else None


def april_to_march(printed: str) -> Period | None:
    """`2018/19`, or several years such as `2018 to 2020`, from April of the first year to March of the last.

    Years in another form ("Apr 2018 to Mar 2020", "year ending March 2019", their last day) too.
    """
    years = financial_years(printed)
    if years is not None:
        return period_between(years[0], 4, years[1], 3)
    span = period(printed) or months_to(day(printed), 12)
    return span if span is not None and span.months % 12 == 0 and span.start.month == 4 else None


def financial_quarter(year: str, quarter: str) -> Period | None:
    """The three months of a printed financial year and quarter: 1 is April to June, or its months or last day inside the year.

    One text may say both, "Q1 2017/18" or "Apr to Jun 2017"; but "Q1 2017" does not say of which year.
    """
    if year == quarter:
        both, text = period(year) or months_to(day(year), 3), _plain(year)
        told = both is not None and both.months == 3 and both.start.month % 3 == 1
        return both if told and ("q" not in text or FINANCIAL.search(text)) else None
    whole = april_to_march(year)
    if whole is None or whole.period_type != "year":
        return None
    # "Q1 (Apr-Jun)": the number says it, unless the months say another.
    number, _, remark = _plain(quarter).partition(" (")
    match = QUARTER_NUMBER.fullmatch(number)
    if match is not None:
        numbered = _quarter(int(match[1]), whole.start.year, str(whole.end.year))
        said = financial_quarter(year, remark.rstrip(") ")) if remark else None
        return numbered if said in (None, numbered) else None
    for text in (quarter, f"{quarter} {whole.start.year}", f"{quarter} {whole.end.year}"):
        span = period(text) or months_to(day(text), 3)
        if span is not None and span.months == 3 and whole.start <= span.start and span.end <= whole.end:
            return span
    return None


def _plain(printed: str) -> str:
    return label(printed).text.translate(DASHES).casefold()


def _time(text: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of a day, month or quarter of a year."""
    if whole_day := day(text.replace("'", "")):
        return whole_day, whole_day
    span: Period | None = None
    if match := ONE_MONTH.fullmatch(text):
        span = months(_year(match[2]), MONTHS[match[1]], 1)
    elif len(numbers := [int(number) for number in re.findall(r"\d+", text)]) == 2:
        number, year = sorted(numbers)
        if "q" in text:
            span = months(year, 3 * number - 2, 3)
        elif 1 <= number <= 12:
            span = months(year, number, 1)
    return (span.start, span.end) if span else None


def _between(first: str, last: str) -> Period | None:
    """From the first day of a time to the last of another; None where these do not begin and end a month, or may be financial
    years as well: "2003-04 to 2004-05"."""
    begins, ends = _time(first), _time(last)
    if begins is None or ends is None or (_is_financial(first) and _is_financial(last)):
        return None
    start, end = begins[0], ends[1]
    made = period_between(start.year, start.month, end.year, end.month)
    return made if made and (made.start, made.end) == (start, end) else None


def _months_to(count: int, text: str) -> Period | None:
    """So many months that end with a time; None where it does not end a month, or may be a financial year as well."""
    last = None if _is_financial(text) else _time(text)
    return months_to(last[1], count) if last else None


def _is_financial(text: str) -> bool:
    match = FINANCIAL.fullmatch(text)
    return bool(match and _follows(int(match[1]), match[2]))


def _in_year(first: int, last: int, year: int, second: str | None) -> Period | None:
    """Months of a calendar year, the first ones of the year before where they go over its end; or of a financial year."""
    if second is None:
        return period_between(year if first <= last else year - 1, first, year, last)
    return period_between(year + (first < 4), first, year + (last < 4), last) if _follows(year, second) else None


def _quarter(number: int, year: int, second: str | None) -> Period | None:
    """Q1 is April to June where two years are named (a financial year), else January to March."""
    if second is None:
        return months(year, 3 * number - 2, 3)
    return months(year + (number == 4), (3 * number) % 12 + 1, 3) if _follows(year, second) else None


def _year(text: str) -> int:
    """Two digits are 1981 to 2080, as in the titles that print "June 18"."""
    number = int(text)
    return number if number > 99 else number + (1900 if number > 80 else 2000)


def _follows(first: int, second: str) -> bool:
    return int(second[-2:]) == (first + 1) % 100


def _short_financial(match: re.Match[str]) -> Period | None:
    first, second = filter(None, match.groups())
    return year_ending(_year(second), 3) if _follows(int(first), second) else None


def _within(match: re.Match[str]) -> Period | None:
    first, second, year = filter(None, match.groups())
    return _between(f"{first} {year}", second)


def _mid_year(match: re.Match[str]) -> Period:
    middle = datetime.date(int(match[1]), 6, 30)
    return Period(middle, middle, "mid_year")


# What a period is printed as, and what it is; the first that fits is it.
FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
    (RANGE, lambda match: _between(*filter(None, match.groups()))),
    (ENDING, lambda match: _months_to(12, match[1])),
    (ENDING_PART, lambda match: _months_to(SHORTER[match[1]], match[2])),
    (IN_YEAR, lambda match: _in_year(MONTHS[match[1]], MONTHS[match[2]], _year(match[3]), match[4])),
    (WITHIN, _within),
    (CALENDAR, lambda match: year_ending(int(match[1]), 12)),
    (ENDING_YEAR, lambda match: year_ending(int(match[1]), 3)),
    (FINANCIAL, lambda match: year_ending(int(match[1]) + 1, 3) if _is_financial(match[0]) else None),
    (SHORT_FINANCIAL, _short_financial),
    (QUARTER, lambda match: _quarter(int(match[1]), int(match[2]), match[3])),
    (QUARTER_LAST, lambda match: _quarter(int(match[3]), int(match[1]), match[2])),
    (ONE_MONTH, lambda match: months(_year(match[2]), MONTHS[match[1]], 1)),
    (MID_YEAR, _mid_year),
)
