"""Years that a text names without their year: "the year to June", in a report of 4 November 2021, ended in June 2021.

It is the newest year of which the text says in full that it ends in that month; of a text that says none, the last one that
had ended when it was dated.
"""

import datetime
import re
from collections.abc import Mapping, Sequence

from assets.archive.reading.periods import ENDED, MONTH, MONTHS, Period, day, months_between, named, year_ending
from assets.statement.text.mentions import DATES

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
