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

from assets.statement.quoted.facts import PEOPLE, HeldFigure, held
from assets.statement.quoted.misattributed import may_be_slip, otherwise
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.published_figures import PublishedFigure, PublishedFigures
from assets.statement.quoted.quantities import PERSONS
from assets.statement.quoted.sought import TELLING, WORKED_OUT, Sought, calendar_year, may_be_aged, sought
from assets.statement.text.changes import gives_a_change
from assets.statement.text.mentions import Mention
from schemas.codes import ENGLAND_AND_WALES

LONG = 100_000  # a count printed in full is one of very few figures from this number on
# How much of what a series is about is said, and of what is said it is about: beside a number in full, a long one of no period
# that is named, a rounded one, one that is near or rounded to much of itself.
SAID, SAID_LONG, SAID_ROUNDED, SAID_NEAR = 0.1, 0.2, 0.4, 0.6
# How far a near number may be from the figure, as a part of it, and how far one is that is hardly another's.
NEAR, BESIDE = 0.1, 0.01
OTHER_SEX = {"female": "male", "male": "female"}


@dataclass(frozen=True)
class Fit:
    """A figure that may be one of a text: how well its words, its value and its period fit, and whether it is that value."""

    rank: tuple[float, bool, bool, bool, bool, int]
    figure: PublishedFigure
    same: bool


def held_figures(passage: Passage) -> Iterator[tuple[Mention, HeldFigure]]:
    """The figures of a sentence that are held."""
    published, sentence = passage.published, passage.sentence
    topic, carried = passage.topic, passage.carried
    named_here = passage.named_areas
    areas = [ENGLAND_AND_WALES, *named_here]
    for mention in sentence.figures:
        number = None if gives_a_change(sentence, mention) else sought(sentence, mention, passage.periods)
        best = partial(_best, passage, mention, areas=areas)
        fit = best(number, topic, carried=carried) if number else None
        # "In 2024" is that year where its figure is that number, and may be another one that ended in it where it is not.
        if number and number.full and (year := calendar_year(sentence, mention)):
            of_year = replace(number, spans={year: True})
            exact = best(of_year, topic, carried=carried)
            number, fit = (of_year, exact) if exact and exact.same and exact.figure.span == year else (number, fit)
        if number and number.full and not fit:
            fit = best(number, published.topics.said(sentence.clause(mention)), carried=False)
        if number and passage.areas and not named_here and not (fit and fit.same):  # the place that was named last
            local = best(number, topic, areas=passage.areas, carried=True)
            fit = local if local and local.same else fit
        if number and fit:
            unlike = otherwise(passage, mention, number, fit.figure) if fit.same else ""
            yield mention, held(published, fit.figure, same=fit.same and not unlike, otherwise=unlike)
        elif number:
            for other in _of_others(number):
                fit = best(other, topic, carried=carried)
                if (
                    fit
                    and may_be_aged(fit.figure.row["age"], passage.ages or passage.aged)
                    and _beside_own(published, number, fit)
                ):
                    yield mention, held(published, fit.figure, same=False, otherwise=PEOPLE)
                    break


def _of_others(number: Sought) -> Iterator[Sought]:
    """A number as one of the other sex than is said, or of all people, and as one of any age."""
    if number.sex in OTHER_SEX:
        yield replace(number, sex=OTHER_SEX[number.sex])
        yield replace(number, sex=None, of_them=False)
    if number.aged:
        yield replace(number, aged=frozenset())


def _beside_own(published: PublishedFigures, number: Sought, fit: Fit) -> bool:
    """Is a number surely a figure of other people: is one of those that are said held too, in the period named, or is it printed
    so exactly that it is no other by chance?
    """
    figure = fit.figure
    if not fit.same or fit.rank[0] < SAID_NEAR or number.said(figure) is None:
        return False
    own = [
        other
        for other in published.of(figure.row["area_code"])[figure.row["period_end"]]
        if other.row["sex"] == (number.sex or figure.row["sex"])
        and other.span == figure.span
        and other.row["age"] in (number.aged or {figure.row["age"]})
        and published.things([other]) == published.things([figure])
    ]
    exact = number.printed.upper - number.printed.lower <= BESIDE * number.printed.upper
    return bool(own or exact) and not any(number.printed.meets(other.print) for other in own)


def _best(
    passage: Passage, mention: Mention, number: Sought, topic: frozenset[str], *, areas: Iterable[str], carried: bool
) -> Fit | None:
    """The figure that fits best; None where none does, or two of other series fit as well."""
    published = passage.published

    def fitting(ends: Iterable[datetime.date]) -> list[Fit]:
        figures = (figure for area in areas for end in ends for figure in published.of(area).get(end, ()))
        tried = (_fit(published, figure, number, topic, passage.ages) for figure in figures)
        return [fit for fit in tried if fit and (fit.same or may_be_slip(passage, mention, fit.figure))]

    ends = {end for _, end in number.spans}

    def other_ends() -> set[datetime.date]:
        return {end for area in areas for end in published.of(area)} - ends

    fits = fitting(ends or other_ends())
    if not ends:  # where no period is named, a long number and what it counts must tell
        fits = [fit for fit in fits if fit.same and fit.rank[0] >= _enough_without_a_period(fit.figure.row["value"])]
    elif number.full and not any(fit.same for fit in fits):  # it may be the figure of a period that is not named
        elsewhere = [fit for fit in fitting(other_ends()) if fit.same and fit.figure.row["value"] >= TELLING]
        fits = [fit for fit in elsewhere if fit.rank[0] >= SAID_NEAR] or fits
    # What the sentence before is about, and a wide print, tell a number that is held, and not one that is near: but its slip.
    near = [fit for fit in fits if number.full and number.is_slip(fit.figure)] if carried or number.wide else fits
    fits = [fit for fit in fits if fit.same] or near

    def counted(fit: Fit) -> tuple[object, ...]:
        of, area, *rest = fit.figure.quantity
        return fit.same, published.topics.counted(str(of)), published.name(str(area)), *rest

    best = max(fits, key=lambda fit: (fit.rank, *published.rank(fit.figure)), default=None)
    tied = [fit for fit in fits if best and fit.rank == best.rank]
    # Two tables may print one figure under two names: the number is it by either.
    alike = {(fit.figure.value, fit.figure.span, fit.figure.of_survey and fit.figure.row["age"]) for fit in tied}
    if best is None or (len({*map(counted, tied)}) > 1 and len(alike) > 1):
        return None
    # Of the tables that print it the one that is asked first.
    twins = (fit for fit in fits if counted(fit) == counted(best))
    return max(twins, key=lambda fit: (-published.place(fit.figure), fit.rank, *published.rank(fit.figure)))


def _fit(
    published: PublishedFigures, figure: PublishedFigure, number: Sought, topic: frozenset[str], aged: Collection[str]
) -> Fit | None:
    """How well a figure fits a number; None where it does not."""
    value, full = figure.value, number.full
    if figure.is_rate != (number.per is not None):
        return None
    number = number.in_unit(figure)
    apart = abs(value - number.middle)
    if figure.is_percent != number.share or (apart > NEAR * abs(value) and not number.is_slip(figure)):
        return None
    own = bool(number.said(figure))
    if not (full or own) or not published.topics.tells_part(figure.row["series"], topic):
        return None
    if not published.may_be_of(number.sex, figure):
        return None
    of_others = number.of_them and figure.row["sex"] != number.sex
    if figure.of_survey and (of_others or (number.aged and figure.row["age"] not in number.aged)):
        return None
    if number.people and figure.row["unit"] not in PERSONS:
        return None
    same = value == number.middle if full else number.printed.meets(figure.print)
    if not same and number.is_worked_out(figure) and apart <= WORKED_OUT * value:
        return None
    series = figure.row["series"]
    if not same and not (own and published.topics.tells(series, topic)):  # near what the words do not name
        return None
    score = published.topics.score(series, topic)
    enough = 0 if full and value >= TELLING else SAID if full else SAID_ROUNDED
    if number.wide or not same:
        enough = SAID_NEAR
    told, of_sex = len(topic & published.topics.told(series)), figure.row["sex"] == number.sex
    rank = score, same or apart <= BESIDE * abs(value), own, figure.row["age"] in aged, of_sex, told
    return Fit(rank, figure, same) if score >= enough else None


def _enough_without_a_period(value: float) -> float:
    return math.inf if value < TELLING else SAID_ROUNDED if value < LONG else SAID_LONG
