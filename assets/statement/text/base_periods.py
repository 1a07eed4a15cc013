"""The periods that a text names only to compare its numbers with: "up 8% on the year to March 2024", "more than in 2019/20".

Such a period is that of the number it stands beside ("compared with 193,566 in 2023/24"), and of no other one.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from assets.archive.reading.periods import (
    ENDED,
    MONTH,
    MONTHS,
    Period,
    day,
    months_between,
    named,
    without_periods,
    year_ending,
)
from assets.statement.text.changes import DOWN, UP
from assets.statement.text.mentions import DATES

# Shares of women and of men are compared in one period.
# Names of offences are no comparison: "violence against the person", "crimes against society".
_OFFENCE = (
    r"(?! (?:the )?(?:persons?|people|adults?|(?:wo)?m[ae]n|boys|girls?|(?:fe)?males?|child\w*|victims|society|state|property"
    r"|justice)\b)"
)
_NOT_PEOPLE = r"(?!(?:(?:wo)?men|boys|girls|(?:fe)?males?)\b)"
_DATE = rf"(?:{DATES.pattern})(?: ?(?:to|-|–|until) ?(?:{DATES.pattern}))?"
_LINKS = (
    r"(?P<near>\b(?:than|since)\b)",
    rf"\b(?:compar(?:ed|es|ing) (?:with|to)|against{_OFFENCE})\b",
    rf"\b(?:{UP}|{DOWN})\b[^.;:()]{{0,20}}?(?= (?:on|from)\b)",
    r",(?= from\b)",
)
# "More than 200,000 in 2024/25" compares with no year: after these words a number stands in the way.
_BASE = re.compile(
    rf"(?:{'|'.join(_LINKS)})(?P<with>(?(near)[^.;:()\d]{{1,40}}?|(?:{_NOT_PEOPLE}(?!between\b)[^.;:()]){{1,60}}?))(?P<date>\b{_DATE})"
)
_YEARS = re.compile(rf"\b(?:19|20)\d\d\b|(?:\b(?:{'|'.join(MONTHS)})|\bending|\bye)\W+\d{{4}}\b", re.IGNORECASE)
# "Since 2013/14: from 20,751 then", "since 2008, when there were 712", "compared with 2019/20 (163,244)".
_SINCE_FROM = re.compile(r"[^.;:()\d]{0,90}\bfrom (?:the |just )?")  # "since 2020/21 such offences rose from 31,737"
_THEN = re.compile(r"(?:[,:]| [–—-])? (?:from|when (?:it|there|that) w(?:as|ere)) | ?\(")
# "Lower in 2024, at 204,568, than in 2025, at 215,180": the one before has its own.
_AT_ITS_OWN, _AT = re.compile(r"\bat [\d.,]+(?:%| million| per cent)?,? $"), re.compile(r",? at ")


def own_periods(text: str, at: int | None = None) -> list[Period]:
    """The periods that a text names for its numbers, or with those compared where the number that begins at a place is of one."""
    of_it = [match for match in _bases(text) if at is not None and _is_of(match, text, at)]
    if of_it:
        return [*_named(text[slice(*of_it[0].span())])]
    return [*_named(_blanked(text, _bases(text)))]


def stands_behind_its_base(text: str, at: int) -> bool:
    """Does a number begin behind the period that it is of, and others are compared with: "since 2018/19: from"?"""
    return any(_is_behind(match, text, at) for match in _bases(text))


def _is_behind(base: re.Match[str], text: str, at: int) -> bool:
    since = base[0].startswith("since") and _SINCE_FROM.fullmatch(text, base.end(), at)
    paired = _AT.fullmatch(text, base.end(), at) and _AT_ITS_OWN.search(text[: base.start()])
    return bool(since or paired or _THEN.fullmatch(text, base.end(), at))


def other_years(text: str) -> set[int]:
    """The years that a text names beside its periods: "in 2024" of a calendar year, "March 2205"."""
    return {int(match[0][-4:]) for match in _YEARS.finditer(without_periods(text))}


def _is_of(base: re.Match[str], text: str, at: int) -> bool:
    return base.start("with") <= at < base.end() or _is_behind(base, text, at)


def without_bases(text: str) -> str:
    """A text with blanks for the dates of the periods that its numbers are only compared with, in the same places."""
    return _blanked(text, _bases(text))


# A sentence is asked for each of its numbers.
@lru_cache(maxsize=1_000)
def _bases(text: str) -> Sequence[re.Match[str]]:
    return [*_BASE.finditer(text.casefold())] if len(text.casefold()) == len(text) else ()


@lru_cache(maxsize=1_000)
def _named(text: str) -> Sequence[Period]:
    return named(text)


def _blanked(text: str, matches: Iterable[re.Match[str]]) -> str:
    for match in matches:
        start, end = match.span("date")
        text = text[:start] + " " * (end - start) + text[end:]
    return text


# Years that a text names without their year: "the year to June", in a report of 4 November 2021, ended in June 2021.
# It is the newest year of which the text says in full that it ends in that month; of a text that says none, the last one that
# had ended when it was dated.
_BARE = re.compile(rf"\b(?:{ENDED}) (?:the end of )?{MONTH}(?!\w)(?![ ,]*['’]?\d)")
# Statistics of crime come out four months after their year, those of a force within two: so near to its end, the year before
# may be meant.
_OUT = 3
_FIRST, _SHORT = 5, 12  # a text is dated in one of so many blocks, that begins with the date or has so few words
_LEAD = re.compile(
    r"^(?:\W|date|dated|published|posted|updated|released|on|at|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day)*"
)


def bare_month(printed: str) -> int | None:
    """The month in which the year ends that a sentence names without its year; None where it names none so."""
    match = _BARE.search(printed.casefold())
    return MONTHS[match[1]] if match else None


def bare_years(blocks: Sequence[str]) -> Mapping[int, Period]:
    """The years that a text names without their year, by the month in which they end."""
    in_full = [period for block in blocks for period in named(block) if period.months == 12]
    newest = {period.end.month: period for period in sorted(in_full, key=lambda period: period.end)}
    written = _dated(blocks)
    return {**(_last_years(written) if written else {}), **newest}


def _last_years(written: datetime.date) -> Mapping[int, Period]:
    """The last years of which figures were surely out on a day."""
    ended = (
        next(year for back in (0, 1) if (year := year_ending(written.year - back, month)).end < written)
        for month in MONTHS.values()
    )
    return {year.end.month: year for year in ended if months_between(year.end, written) >= _OUT}


def _dated(blocks: Sequence[str]) -> datetime.date | None:
    """The day that a text begins with; None where it begins with none."""
    for flat in map(str.casefold, blocks[:_FIRST]):
        first = DATES.match(_LEAD.sub("", flat))
        place = first or (DATES.search(flat) if len(flat.split()) <= _SHORT else None)
        if place and (written := day(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,| of\b", "", place[0]))):
            return written
    return None
