"""Which published figures the numbers of a text are: by value, by the period and the area named beside it, and by its words.

A number printed in full is no other figure by chance, a rounded one may be many: so a rounded one must be of the period that is
named, and its sentence must say most of what its series is about. Where two series fit as well, none is named. A number that
stands where a held one is looked for and is not it is told as near. What is found is a proposal, never a verdict.
"""

import datetime
import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from assets.archive.reading.periods import Period
from assets.reconciled.ground.vintage import left_out
from assets.statement.claims.lookups import scope_of, value_in_words
from assets.statement.quoted.misattributed import PEOPLE, PERIOD, SUBJECT, clause, otherwise
from assets.statement.quoted.published_figures import (
    PER_CENT,
    RATES,
    SURVEY,
    PublishedFigures,
    days_of,
    expression,
    print_of,
    printed_in,
    quantity,
    value_of,
)
from assets.statement.quoted.quantities import PERSONS
from assets.statement.quoted.slips import MayBe, Slips
from assets.statement.quoted.sought import WORKED_OUT, Sought, ages, is_worked_out, sought
from assets.statement.text.base_periods import own_periods
from assets.statement.text.changes import gives_a_change
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence
from assets.tables.records import Record
from schemas.codes import ENGLAND_AND_WALES

# A count printed in full is one of few figures from the first number on, and one of very few from the second.
TELLING, LONG = 10_000, 100_000
# How much of what a series is about is said, and of what is said it is about: beside a number in full, a long one of no period
# that is named, a rounded one, one that is near or rounded to much of itself.
SAID, SAID_LONG, SAID_ROUNDED, SAID_NEAR = 0.1, 0.2, 0.4, 0.6
# How far a near number may be from the figure, as a part of it, and how far one is that is hardly another's.
NEAR, BESIDE = 0.1, 0.01
# Of so many digits two numbers are hardly alike in all but one, or but for two that are exchanged, by chance.
DIGITS, TWO = 4, 2
OTHER_SEX = {"female": "male", "male": "female"}


@dataclass(frozen=True)
class HeldFigure:
    """The figure that a number of a text is, or is near: of the newest release that prints it so, and of the newest of all."""

    table: str
    row: Record
    newest: Record
    same: bool
    about: str
    otherwise: str = ""  # in what it is another one than the words beside the number say: see `misattributed.py`
    instead: str = (
        ""  # the number as it is printed, where the words name this figure and it is far from it: see `misquoted.py`
    )
    named: str = ""  # what is held of the period, people or subject that the words name, where this figure is of others
    untold: str = ""  # why it is not surely what the words speak of, though it is that number: see `vouched.py`

    @property
    def agrees(self) -> bool:
        """Is it what the words say, as far as they tell?"""
        return self.same and not self.untold

    @property
    def words(self) -> str:
        """The figure, where it stands, and what the newest release has."""
        words = f"{self.about}, {days_of(self.row)}: {printed_in(self.row)}"
        if self._revised:
            release = f"{self.newest['source']}@{self.newest['release']}"
            words += f"; the newest, {release}, has {value_in_words(self.newest)}"
            if left_out(self.newest) != left_out(self.row):
                words += " with them" if not left_out(self.newest) else ", without others"
        words += f"; of the {self.otherwise} named beside the number {self.named}" if self.named else ""
        return f"{words}; {self.instead} is of something else, or a slip" if self.instead else words

    def is_slip(self, printed: str) -> bool:
        """Is a number the figure with one digit changed or two exchanged?"""
        digits, printed = f"{value_of(self.newest):.0f}", printed.replace(",", "")
        changed = sum(digit != other for digit, other in zip(digits, printed, strict=False))
        slip = changed == 1 or (changed == TWO and sorted(digits) == sorted(printed))
        return len(digits) == len(printed) >= DIGITS and slip

    @property
    def unit(self) -> str:
        """Of the claim."""
        return str(self.row["unit"])

    @property
    def scope(self) -> str:
        """The system that counted it."""
        return scope_of(self.row, self.table)

    def other_than(self, named: "HeldFigure") -> "HeldFigure":
        """The same figure, where the words beside the number name one of another period, of other people or another subject."""
        of_people = SUBJECT if self.row["sex"] == named.row["sex"] else PEOPLE
        unlike = of_people if days_of(self.row) == days_of(named.row) else PERIOD
        return replace(self, same=False, otherwise=unlike, named=value_in_words(named.newest))

    def check(self) -> dict[str, str]:
        """What a claim says to be held against the figure."""
        then = {"as_of": expression(self.table, self.row, of_its_release=True)} if self._revised else {}
        return {"published": expression(self.table, self.newest)} | then

    @property
    def _revised(self) -> bool:
        return bool(self.newest["value"] != self.row["value"])


@dataclass(frozen=True)
class Fit:
    """A figure that may be one of a text: how well its words, its value and its period fit, and whether it is that value."""

    rank: tuple[float, bool, bool, bool, bool, int]
    table: str
    row: Record
    same: bool


def held_figures(
    published: PublishedFigures,
    sentence: Sentence,
    text: str,
    before: Collection[Period],
    topic: frozenset[str],
    within: Collection[str] | None,
) -> Iterator[tuple[Mention, HeldFigure]]:
    """The figures of a sentence that are held.

    text: of the sentence, with its dates; before: the periods that were named last before it; said: see `Topics.said`; within:
    see `quantities.where`
    """
    flat = text.casefold()
    aged, carried = ages(flat), topic != published.topics.said(text)
    named_here = published.areas(flat)
    areas, slips = [ENGLAND_AND_WALES, *named_here], Slips(published, sentence, text, within)
    for mention in sentence.figures:
        own = own_periods(text, mention.start - sentence.start)
        number = None if gives_a_change(sentence, mention) else sought(sentence, mention, text, own, before)
        best = partial(_best, published, aged=aged, areas=areas, may_be=partial(slips.may_be, mention))
        fit = best(number, topic, carried=carried) if number else None
        if number and number.full and not fit:
            fit = best(number, published.topics.said(clause(sentence, mention)), carried=False)
        if number and within and not named_here and not (fit and fit.same):  # the place that was named last
            local = best(number, topic, areas=within, carried=True)
            fit = local if local and local.same else fit
        if number and fit:
            unlike = otherwise(published, sentence, mention, text, number, fit.table, fit.row) if fit.same else ""
            yield mention, _held(published, fit, unlike)
        elif number:
            for other in _of_others(number):
                fit = best(other, topic, carried=carried)
                if fit and _beside_own(published, number, fit):
                    yield mention, _held(published, fit, PEOPLE)
                    break


def _held(published: PublishedFigures, fit: Fit, unlike: str) -> HeldFigure:
    newest = published.newest(fit.table, fit.row)
    return HeldFigure(fit.table, fit.row, newest, fit.same and not unlike, published.about(fit.row), unlike)


def _of_others(number: Sought) -> Iterator[Sought]:
    """A number as one of the other sex than is said, and as one of any age."""
    if number.sex in OTHER_SEX:
        yield replace(number, sex=OTHER_SEX[number.sex])
    if number.aged:
        yield replace(number, aged=frozenset())


def _beside_own(published: PublishedFigures, number: Sought, fit: Fit) -> bool:
    """Is a number surely a figure of other people: is one of those that are said held too, in the period named, or is it printed
    so exactly that it is no other by chance?
    """
    row = fit.row
    if not fit.same or fit.rank[0] < SAID_NEAR or number.said(row) is None:
        return False
    subject, sex = published.topics.subject(row["series"]), number.sex or row["sex"]
    own = [
        other
        for _, other in published.of(row["area_code"])[row["period_end"]]
        if other["sex"] == sex
        and other["period_start"] == row["period_start"]
        and other["age"] in (number.aged or {row["age"]})
        and published.topics.subject(other["series"]) == subject
    ]
    exact = number.printed.upper - number.printed.lower <= BESIDE * number.printed.upper
    return bool(own or exact) and not any(number.printed.meets(print_of(other)) for other in own)


def _best(
    published: PublishedFigures,
    number: Sought,
    topic: frozenset[str],
    *,
    aged: Collection[str],
    areas: Iterable[str],
    may_be: MayBe,
    carried: bool,
) -> Fit | None:
    """The figure that fits best; None where none does, or two of other series fit as well. may_be: may it be near to a figure?"""

    def fitting(ends: Iterable[datetime.date]) -> list[Fit]:
        rows = (figure for area in areas for end in ends for figure in published.of(area).get(end, ()))
        tried = (_fit(published, table, row, number, topic, aged) for table, row in rows)
        return [fit for fit in tried if fit and (fit.same or may_be(fit.row))]

    ends = {end for _, end in number.spans}

    def other_ends() -> set[datetime.date]:
        return {end for area in areas for end in published.of(area)} - ends

    fits = fitting(ends or other_ends())
    if not ends:  # where no period is named, a long number and what it counts must tell
        fits = [fit for fit in fits if fit.same and fit.rank[0] >= _enough_without_a_period(fit.row["value"])]
    elif number.full and not any(fit.same for fit in fits):  # it may be the figure of a period that is not named
        elsewhere = [fit for fit in fitting(other_ends()) if fit.same and fit.row["value"] >= TELLING]
        fits = [fit for fit in elsewhere if fit.rank[0] >= SAID_NEAR] or fits
    # What the sentence before is about, and a wide print, tell a number that is held, not one that is near.
    fits = [fit for fit in fits if fit.same] or ([] if carried or number.wide else fits)

    def counted(fit: Fit) -> tuple[object, ...]:
        of, area, *rest = quantity(fit.row)
        return fit.same, published.topics.counted(str(of)), published.name(str(area)), *rest

    best = max(fits, key=lambda fit: (fit.rank, *published.rank(fit.row)), default=None)
    if best is None or len({counted(fit) for fit in fits if fit.rank == best.rank}) > 1:
        return None
    # Of the tables that print it the one that is asked first.
    twins = (fit for fit in fits if counted(fit) == counted(best))
    return max(twins, key=lambda fit: (-published.place(fit.row), fit.rank, *published.rank(fit.row)))


def _fit(
    published: PublishedFigures, table: str, row: Record, number: Sought, topic: frozenset[str], aged: Collection[str]
) -> Fit | None:
    """How well a figure fits a number; None where it does not."""
    value, full = value_of(row), number.full
    unit = row["unit"]
    if unit.startswith(RATES) != (number.per is not None):
        return None
    number = number.in_unit(row)
    apart = abs(value - number.middle)
    if apart > NEAR * abs(value):
        return None
    own = bool(number.said(row))
    if (unit == PER_CENT) != number.share or not (full or own):
        return None
    if not published.may_be_of(number.sex, table, row):
        return None
    if table == SURVEY and (
        (number.of_them and row["sex"] != number.sex) or (number.aged and row["age"] not in number.aged)
    ):
        return None
    if number.people and unit not in PERSONS:
        return None
    same = value == number.middle if full else number.printed.meets(print_of(row))
    if not same and is_worked_out(number.per, unit) and apart <= WORKED_OUT * value:
        return None
    if not same and not (own and published.topics.tells(row["series"], topic)):  # near what the words do not name
        return None
    score = published.topics.score(row["series"], topic)
    enough = 0 if full and value >= TELLING else SAID if full else SAID_ROUNDED
    if number.wide or not same:
        enough = SAID_NEAR
    topic_told = len(topic & published.topics.told(row["series"]))
    rank = score, same or apart <= BESIDE * abs(value), own, row["age"] in aged, row["sex"] == number.sex, topic_told
    return Fit(rank, table, row, same) if score >= enough else None


def _enough_without_a_period(value: float) -> float:
    return math.inf if value < TELLING else SAID_ROUNDED if value < LONG else SAID_LONG
