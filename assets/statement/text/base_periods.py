"""The periods that a text names only to compare its numbers with: "up 8% on the year to March 2024", "more than in 2019/20".

Such a period is that of the number it stands beside ("compared with 193,566 in 2023/24"), and of no other one.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from assets.archive.reading.periods import MONTHS, Period, named, without_periods
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
    rf"(?:{'|'.join(_LINKS)})(?P<with>(?(near)[^.;:()\d]{{1,40}}?|(?:{_NOT_PEOPLE}[^.;:()]){{1,60}}?))(?P<date>\b{_DATE})"
)
_YEARS = re.compile(rf"\b(?:19|20)\d\d\b|(?:\b(?:{'|'.join(MONTHS)})|\bending|\bye)\W+\d{{4}}\b", re.IGNORECASE)
# "Since 2013/14, from 20,751 then", "since 2008, when there were 712", "compared with 2019/20 (163,244)".
_THEN = re.compile(r",? (?:from|when (?:it|there|that) w(?:as|ere)) | ?\(")


def own_periods(text: str, at: int | None = None) -> list[Period]:
    """The periods that a text names for its numbers, or with those compared where the number that begins at a place is of one."""
    of_it = [match for match in _bases(text) if at is not None and _is_of(match, text, at)]
    if of_it:
        return [*_named(text[slice(*of_it[0].span())])]
    return [*_named(_blanked(text, _bases(text)))]


def other_years(text: str) -> set[int]:
    """The years that a text names beside its periods: "in 2024" of a calendar year, "March 2205"."""
    return {int(match[0][-4:]) for match in _YEARS.finditer(without_periods(text))}


def _is_of(base: re.Match[str], text: str, at: int) -> bool:
    return base.start("with") <= at < base.end() or bool(_THEN.fullmatch(text, base.end(), at))


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
