"""A sentence in its text: what it says of a quantity itself, and what was said last before it that goes for it, too."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assets.archive.reading.periods import Period, named
from assets.statement.quoted.places import BOTH, NATIONAL, Areas, where
from assets.statement.quoted.published_figures import PublishedFigure, PublishedFigures
from assets.statement.quoted.quantities import Named
from assets.statement.quoted.sought import EVERYBODY, YEAR_BEFORE, ages, sexes
from assets.statement.text.base_periods import own_periods, without_bases
from assets.statement.text.mentions import DATES, Mention
from assets.statement.text.sentence import Sentence
from schemas.codes import ENGLAND_AND_WALES

_GOES_ON = re.compile(r"^\W*(?:this|that|these|it|of (?:these|whom|them))\b")
_YEAR = 12  # months
# "A month", "over five years": a figure that is said so is of no year.
_OTHER_SPAN = re.compile(
    r"\b(?:an?|per|every|each) (?:day|week|month|hour)\b|\b(?:daily|weekly|monthly|years|decades?)\b"
)


@dataclass(frozen=True, eq=False)
class Passage:
    """A sentence where it stands.

    periods: that were named last before it; topic: what it, or else the text before it, is about, and carried: is it the
    text before it; areas: codes of that which it is of, see `places.where`; before: what the sentence before says; aged: the ages
    of the heading above it; year: that of which it names the last month alone; flag: of the figure that was told last before it;
    only: the one year that its text names, be it in a note
    """

    published: PublishedFigures
    sentence: Sentence
    periods: Sequence[Period]
    topic: frozenset[str]
    carried: bool
    areas: Areas
    before: Named | None = None
    aged: frozenset[str] = frozenset()
    year: Period | None = None
    flag: str = ""
    only: Period | None = None

    @cached_property
    def flat(self) -> str:
        """The sentence as it is printed, in small letters."""
        return self.sentence.printed.casefold()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the sentence."""
        return frozenset(re.findall("[a-z]+", self.sentence.bare))

    @cached_property
    def ages(self) -> frozenset[str]:
        """The ages that the sentence names."""
        return ages(self.flat)

    @cached_property
    def named_areas(self) -> tuple[str, ...]:
        """Codes of the areas that the sentence names, however they are called."""
        published = self.published
        return tuple(dict.fromkeys([*published.areas(self.flat), *published.printed_areas(self.sentence.printed)]))

    @cached_property
    def places(self) -> frozenset[str]:
        """Codes of the areas that a number of it may be of."""
        codes = self.named_areas if self.areas is None else self.areas
        return frozenset([*codes, ENGLAND_AND_WALES] if BOTH.search(self.sentence.printed) else codes)

    @cached_property
    def is_placed(self) -> bool:
        """Does the sentence name the area that it is of, or is that England and Wales?"""
        return self.areas in (NATIONAL, where(self.published, self.sentence.printed, None))

    def flag_for(self, figure: PublishedFigure) -> str:
        """The words of the flag of a figure where the sentence, or what was told before it, is of what has that flag: "824,772
        offences were domestic abuse-related. Sexual offences were 46,943 of them".
        """
        topics, flag = self.published.topics, self.published.topics.flag(str(figure.row["series"]))
        said = flag == self.flag or topics.content(flag) <= topics.content(self.sentence.bare)
        return flag if said else ""

    def own_periods(self, mention: Mention | None = None) -> list[Period]:
        """The periods that the sentence names for its numbers, or for one of them: those in brackets with others only where none
        was named before.
        """
        at = mention.start - self.sentence.start if mention else None
        own = own_periods(self.sentence.without_asides(mention), at)
        return own if own or self.periods else own_periods(self.sentence.printed, at)

    def says(
        self, text: str, sex: str | None, *, beside: Mention | None = None, period: Period | None = None
    ) -> Named | None:
        """What some words of the sentence, in small letters without figures and dates, say of a quantity; None where they, or the
        sentence, are of no one year or place.

        beside: the number by which the year may stand; period: where it is known
        """
        printed = without_bases(self.sentence.printed if beside else self.sentence.without_asides())
        sentence = replace(self.sentence, printed=printed)
        parts = (sentence.own(beside), printed) if beside else (printed,)
        periods = {period} if period else next((told for part in parts if len(told := {*named(part)}) == 1), set())
        flat = printed.casefold()
        # What the sentence before says goes for one that names no period, and no thing.
        before = None if self.year or DATES.search(flat) or YEAR_BEFORE.search(flat) else self.before
        last = self.year or (before.period if before else None)
        periods = periods or ({last} if last else set())
        if self.areas is None or not periods or _OTHER_SPAN.search(text):
            return None
        [period] = periods
        if period.months != _YEAR:
            return None
        text = self.published.flat_without_areas(text.replace(" & ", " and "), self.areas)
        words, content = frozenset(re.findall("[a-z]+", text)), self.published.topics.content(text)
        # "In Essex there were 5,072" is of what was said before, as "These were 5,072" is.
        if before and not content and (ENGLAND_AND_WALES not in self.areas or _GOES_ON.match(flat)):
            if before.sex and not sex and words & EVERYBODY:
                return None
            content, sex = before.content, sex or before.sex
        return Named(content, words, sex, ages(flat), self.areas, period)

    def said(self) -> Named | None:
        """What the next sentence may go on from: of one sex, or else it says only when and where."""
        whom = {*sexes(self.sentence.bare)}
        said = self.says(self.sentence.bare, min(whom, default=None))
        return replace(said, content=frozenset()) if said and len(whom) > 1 else said
