"""The quantities that words name exactly: all that such a quantity is of is said, whom, where and when, and nothing besides.

Words that leave a figure what it is ("estimated", "recorded", "in the year ending") stand in `reference.figure_word`. Any other
word, and any place of which nothing is held, narrows a quantity or is of another one: then none is named.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assets.archive.reading.periods import MONTHS, Period, named
from assets.reconciled.ground.vintage import left_out
from assets.statement.quoted.published_figures import SURVEY, PublishedFigure, PublishedFigures
from assets.statement.quoted.sought import EVERYBODY, YEAR_BEFORE, ages, sexes
from assets.statement.text.mentions import DATES
from assets.statement.text.sentence import Sentence
from assets.tables.records import Record
from schemas.codes import ENGLAND_AND_WALES

PERSONS = ("persons", "thousand_persons", "victims")  # units
# Words that name what is counted, by unit; all other units name themselves.
_RECORDED = frozenset(["offences", "crimes", "recorded", "police", "reports"])
_CRIMES = _RECORDED | {"offence", "crime"}
_SURVEYED = frozenset(["survey", "csew"])
_PEOPLE = _SURVEYED | {"victims", "people", "women", "men", "adults", "experienced", "suffered"}
COUNTED = dict.fromkeys(("offences", "crimes"), _CRIMES) | dict.fromkeys(PERSONS, _PEOPLE)
_GOES_ON = re.compile(r"^\W*(?:this|that|these|it|of (?:these|whom|them))\b")
BOTH, NATIONALLY = "England and Wales", re.compile(r"\b[Nn]ational(?:ly)?\b")
INCIDENTS, PREVALENCE = "incidents", "prevalence"
_YEAR = 12  # months
# "A month", "over five years": a figure that is said so is of no year.
_OTHER_SPAN = re.compile(
    r"\b(?:an?|per|every|each) (?:day|week|month|hour)\b|\b(?:daily|weekly|monthly|years|decades?)\b"
)
# "In Leeds", "across Scotland": a place, whether figures of it are held or not.
Areas = tuple[str, ...] | None  # codes of one area, see `where` and `place_after`
NATIONAL: Areas = (ENGLAND_AND_WALES,)
# What a figure leaves out is no place that it is of: "(excluding Devon and Cornwall)".
_LEFT_OUT = re.compile(r"\b(?:exclud\w+|except(?: for)?|without|other than|apart from) [^,;:.)]*")
_PLACE = re.compile(rf"\b(?:[Ii]n|[Aa]cross|[Ww]ithin) (?!(?i:{'|'.join(MONTHS)}))[A-Z][a-z]", re.ASCII)


@dataclass(frozen=True)
class Named:
    """What some words say of a quantity: their content, all of them as they stand, whom, of what age, where and when."""

    content: frozenset[str]
    beside: frozenset[str]
    sex: str | None
    aged: frozenset[str]
    areas: tuple[str, ...]
    period: Period

    def figures(self, published: PublishedFigures) -> Iterator[PublishedFigure]:
        """The figures that are named, of every release; of whatever unit."""
        return (figure for figure in self.held(published) if self._names(published, figure[1]))

    def held(self, published: PublishedFigures) -> Iterator[PublishedFigure]:
        """All figures of the area and period."""
        for area in self.areas:
            for figure in published.of(area).get(self.period.end, ()):
                if figure[1]["period_start"] == self.period.start:
                    yield figure

    def alike(self, published: PublishedFigures, figures: Collection[PublishedFigure]) -> Iterator[PublishedFigure]:
        """The figures of what some figures count, of the same people, by whatever table, question or age."""
        things = {published.topics.subject(row["series"]) for _, row in figures}
        for table, row in self.held(published):
            if self.of(row) and published.topics.subject(row["series"]) in things:
                yield table, row

    def of(self, row: Record) -> bool:
        """Is a figure of the people that are said?"""
        return bool(row["sex"] == (self.sex or "all"))

    def counts(self, row: Record, *, people: bool) -> bool:
        """Do the words name what a figure that is no share and no rate counts? people: must that be people?"""
        unit = row["unit"].removeprefix("thousand_")
        unit_named = bool(self.beside & COUNTED.get(unit, {unit}))
        return unit_named and may_count(row, self.beside) and (not people or unit in PERSONS)

    def _names(self, published: PublishedFigures, row: Record) -> bool:
        of_age = row["age"] in self.aged if self.aged else not row["age"][:1].isdigit() or row["age"].endswith("+")
        return self.of(row) and of_age and not left_out(row) and published.topics.names(row["series"], self.content)


def may_count(row: Record, beside: frozenset[str]) -> bool:
    """May some words be said of a figure that is no share? Incidents are no offences: they must be said, and nothing else is said
    so. Nor are recorded offences people.
    """
    if (INCIDENTS in row["unit"]) != (INCIDENTS in beside):
        return False
    return row["unit"] not in PERSONS or not beside & _CRIMES or bool(beside & _PEOPLE)


def is_of_other_system(table: str, unit: str, clause: Collection[str], sentence: Collection[str]) -> bool:
    """Do the words of a number speak of what the police record, and the figure is one of a survey, or the other way round? Of the
    figure's own system the sentence says nothing.
    """
    if table == SURVEY and unit in (*PERSONS, INCIDENTS):
        return bool(_RECORDED.intersection(clause)) and not _PEOPLE.intersection(sentence)
    return unit == "offences" and bool(_SURVEYED.intersection(clause)) and not _RECORDED.intersection(sentence)


def said_of(
    published: PublishedFigures,
    text: str,
    printed: Sequence[str],
    sex: str | None,
    areas: Collection[str] | None,
    before: Named | None = None,
    period: Period | None = None,
) -> Named | None:
    """What a text says of a quantity; None where it, or the sentence that it is of, is of no one year or place.

    text: in small letters, without figures and dates; printed: where its period may be named, as printed, and at last the whole
    sentence; areas: see `where`; before: what the sentence before says, which goes for one that names no period, and no thing;
    period: where it is known
    """
    flat = printed[-1].casefold()
    periods = {period} if period else _period(printed)
    goes_on = before is not None and not (DATES.search(flat) or YEAR_BEFORE.search(flat))
    if goes_on and before:
        periods = periods or {before.period}
    if areas is None or not periods or _OTHER_SPAN.search(text):
        return None
    [period] = periods
    if period.months != _YEAR:
        return None
    for code in areas:
        text = text.replace(published.name(code).casefold(), " ") if published.name(code) else text
    beside, content = frozenset(re.findall("[a-z]+", text)), published.topics.content(text)
    # "In Essex there were 5,072" is of what was said before, as "These were 5,072" is.
    if goes_on and before and not content and (ENGLAND_AND_WALES not in areas or _GOES_ON.match(flat)):
        if before.sex and not sex and beside & EVERYBODY:
            return None
        content, sex = before.content, sex or before.sex
    return Named(content, beside, sex, ages(flat), tuple(areas), period)


def _period(printed: Sequence[str]) -> set[Period]:
    """The one period that the first of some texts names which names one."""
    return next((periods for part in printed if len(periods := {*named(part)}) == 1), set())


def said_before(
    published: PublishedFigures, sentence: Sentence, printed: str, areas: Collection[str] | None, before: Named | None
) -> Named | None:
    """What a sentence says that the next one may go on from: of one sex, or else it says only when and where."""
    whom = {*sexes(sentence.bare)}
    named = said_of(published, sentence.bare, (printed,), min(whom, default=None), areas, before)
    return replace(named, content=frozenset()) if named and len(whom) > 1 else named


def where(published: PublishedFigures, printed: str, before: Areas = ()) -> Areas:
    """Codes of the area that a sentence is of: that which it names, or which was named last, or England and Wales; None where it
    is not told. before: see `place_after`
    """
    rest = printed.replace(BOTH, " ")
    codes = published.printed_areas(rest)
    longest = max((published.name(code) for code in codes), key=len, default="")
    if codes:
        alone = rest == printed and all(published.name(code) in longest for code in codes)
        return tuple(code for code in codes if published.name(code) == longest) if alone else None
    if rest != printed or NATIONALLY.search(printed):
        return NATIONAL
    return None if _PLACE.search(printed) else NATIONAL if before == () else before


def is_named(published: PublishedFigures, printed: str, areas: Areas) -> bool:
    """Does a sentence name the area that it is of, or is that England and Wales?"""
    return areas in (NATIONAL, where(published, printed, None))


def place_after(published: PublishedFigures, printed: str, before: Areas) -> Areas:
    """The place that was named last behind a text: empty for England and Wales, as far as is said, None for one that is not held.

    before: that before the text
    """
    if BOTH in printed:
        return ()
    printed = _LEFT_OUT.sub(" ", printed)
    named_here = bool(published.printed_areas(printed) or _PLACE.search(printed))
    return where(published, printed) if named_here else before
