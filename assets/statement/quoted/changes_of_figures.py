"""What the changes of a text are by figures that are held: of a number that is held, or else of what their words are about.

The two years must be told: "up 5% on the year before", "since 2018/19", "between 2022/23 and 2024/25". Of two series that are
said as well none is taken. The two figures are of one release where one has both. A break that lies between them is told.
"""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assets.archive.reading.periods import Period, named, year_before
from assets.archive.reading.words import words
from assets.methods.interval import Interval
from assets.reconciled.ground.vintage import left_out
from assets.statement.claims.lookups import scope_of
from assets.statement.quoted.matched import SAID_ROUNDED, HeldFigure
from assets.statement.quoted.published_figures import (
    PER_CENT,
    PublishedFigures,
    days_of,
    expression,
    print_of,
    printed_in,
    quantity,
    release_of,
)
from assets.statement.quoted.quantities import COUNTED
from assets.statement.quoted.sought import BESIDE, ages, whom
from assets.statement.text.base_periods import own_periods
from assets.statement.text.changes import TO, change_between, gives_a_change, one_clause
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, Worked, around, is_share
from assets.statement.text.sentences import SAME_SUBJECT
from assets.tables.records import Record
from schemas.codes import ENGLAND_AND_WALES

_SINCE = r"since|from|on|than|against|compared (?:with|to)"
SINCE = re.compile(rf"\b(?:{_SINCE}) (?=(?P<when>[^.;:()]{{0,80}}))")
BETWEEN = re.compile(r"\b(?:between|from)\b")
_YEAR = r"(?:year|(?:12|twelve)[ -]months?)"
YEAR_BEFORE = re.compile(
    rf"\b(?:year[- ]on[- ]year|annual(?:ly)?|(?:{_SINCE}|in|over|for) (?:an?|the|just|one|that|same|period|time|in|of| )*"
    rf"(?:previous period|(?:(?:last|past|previous|preceding|prior) )?{_YEAR}(?: (?:before|earlier))?\b(?! (?:to|end)|-)))"
)

SHARES = frozenset(["prevalence", "proportion", "percentage", "share", "points", "rate", "likely"])
# Percentages are held with more digits than the one that a change is worked out from.
SHOWN_TO = Interval.closed(Fraction(-1, 20), Fraction(1, 20))
SAID_CHANGE = 0.5  # how well a series must be said, and no other topic, for a change that is not so

Ends = tuple[Period, Period]  # the earlier and the later
# How well the words fit a series: its unit and no other topic, its topic, age, sex, and definition.
Rank = tuple[bool, float, bool, bool, int]


@dataclass(frozen=True)
class Changed:
    """A change of a text by two figures that are held: what they come to, in words, is it so, and what broke between them."""

    table: str
    old: Record
    new: Record
    mention: Mention
    worked: str
    same: bool
    breaks: tuple[str, ...]
    untold: str = ""  # why it is not surely what the words speak of: see `vouched.py`
    of_whole: bool = False  # is it the share that the later is of the earlier, and of one period?

    @property
    def row(self) -> Record:
        """The later figure."""
        return self.new

    @property
    def agrees(self) -> bool:
        """Is it what the words say, as far as they tell?"""
        return self.same and not self.untold

    @property
    def words(self) -> str:
        """The two figures, where they stand, what they come to, and what broke between them."""
        return f"{self.worked}; between them lies a break: {'; '.join(self.breaks)}" if self.breaks else self.worked

    @property
    def unit(self) -> str | None:
        """Of the claim."""
        return PER_CENT if is_share(self.mention) else None

    @property
    def scope(self) -> str:
        """The system that counted it."""
        return scope_of(self.new, self.table)

    def check(self) -> dict[str, str]:
        """What a claim says to be held against the two figures."""
        old, new = (expression(self.table, row, of_its_release=True) for row in (self.old, self.new))
        figure = self.mention.figure
        assert figure is not None
        if self.of_whole:
            return {"published": f"share({new}, {old})"}
        if figure.form == "multiple":
            return {"published": f"fold({old}, {new})"}
        change = f"growth_percent({old}, {new})" if figure.percent and not figure.points else f"{new} - {old}"
        falls = figure.value > 0 and self.new["value"] < self.old["value"]
        return {"published": f"0 - ({change})" if falls else change}


def changes_of_figures(
    published: PublishedFigures,
    sentence: Sentence,
    text: str,
    before: Collection[Period],
    known: Mapping[Mention, HeldFigure],
    last: HeldFigure | None,
    within: Collection[str] | None,
) -> Iterator[tuple[Mention, Changed]]:
    """The changes of a sentence between figures that are held.

    text: of the sentence, with its dates; before: the periods that were named last before it; known: its numbers that are held
    last: the one count of the sentence before; within: see `quantities.where`
    """
    for place, mention in enumerate(sentence.figures):
        if not gives_a_change(sentence, mention) or (mention.figure and mention.figure.money):
            continue
        until = sentence.figures[place + 1].start if place + 1 < len(sentence.figures) else None
        after = text[mention.end - sentence.start : until and until - sentence.start].casefold()
        if number := _counted(sentence, place, known, last):
            last_period = _period(number.row)
            changes = [
                *_ends(sentence, mention, text, after, [last_period], []),
                *_ends(sentence, mention, text, after, named(text), []),
            ]
            tried = (
                change_of(published, sentence, mention, number.table, number.row, *ends)
                for ends in changes
                if ends[1] == last_period
            )
            change = next(
                (
                    changed
                    for changed in tried
                    if changed and (changed.same or leads_to(changed, [print_of(number.row)]))
                ),
                None,
            )
        else:
            own = own_periods(text)
            ends = [*_ends(sentence, mention, text, after, own, before)]
            change = _by_words(
                published, sentence, mention, ends, text, within, named_here=any(later in own for _, later in ends)
            )
        if change:
            yield mention, change


def _counted(
    sentence: Sentence, place: int, known: Mapping[Mention, HeldFigure], last: HeldFigure | None
) -> HeldFigure | None:
    """The number that a change is of: beside it in one clause, or that of the sentence before: "This is up 5%"."""
    mention = sentence.figures[place]
    if place and (number := known.get(sentence.figures[place - 1])) and number.same:
        return number if one_clause(sentence.between(sentence.figures[place - 1], mention)) else None
    if (
        place + 1 < len(sentence.figures)
        and (number := known.get(after := sentence.figures[place + 1]))
        and number.same
    ):
        return number if TO.match(sentence.between(mention, after)) else None
    return last if last and not place and SAME_SUBJECT.match(sentence.text) else None


def _ends(
    sentence: Sentence, mention: Mention, text: str, after: str, own: Collection[Period], before: Collection[Period]
) -> Iterator[Ends]:
    """The periods that a change may lie between: the one that it is said to be since and those named beside it, or before.

    text: of the sentence, with its dates; after: what follows the change in it
    """
    yearly = YEAR_BEFORE.search(after)
    at, base = next(_bases(after), (0, None))
    if base and not (yearly and yearly.start() <= at):
        later = [period for period in own if period != base] or before
        yield from ((base, period) for period in later if period.start > base.start)
    elif yearly or YEAR_BEFORE.search(sentence.before(mention).casefold()[-BESIDE:]):
        yield from ((year_before(period), period) for period in own or before)
    elif len(two := sorted({*own}, key=lambda period: period.end)) == 2 and BETWEEN.search(text.casefold()):
        yield two[0], two[1]


def leads_to(change: Changed, values: Collection[Interval]) -> bool:
    """Does a change end at the numbers beside it? Those of one release say nothing of the changes of another one."""
    return all(value.meets(print_of(change.new)) for value in values)


def _bases(text: str) -> Iterator[tuple[int, Period]]:
    """Where a text in small letters says that something is since a period, or more or fewer than in it, and the period."""
    return ((match.start(), periods[0]) for match in SINCE.finditer(text) if (periods := named(match["when"])))


def _by_words(
    published: PublishedFigures,
    sentence: Sentence,
    mention: Mention,
    ends: Collection[Ends],
    text: str,
    within: Collection[str] | None,
    *,
    named_here: bool,
) -> Changed | None:
    """The change of the series that is said best. One that is not so only where that is said well, no other is so, and the
    sentence names the years itself.
    """
    about = _said(published, sentence, mention, {later.end for _, later in ends}, text, within)
    worked = [
        (rank, change)
        for rank, table, row in about
        for earlier, later in ends
        if (change := change_of(published, sentence, mention, table, row, earlier, later))
    ]
    best = max((rank for rank, _ in worked), default=None)
    first = [change for rank, change in worked if rank == best]
    so = [change for change in first if change.same]
    if best is None or so:
        return so[0] if len(so) == 1 else None
    others = any(change.same for rank, change in worked if rank[0] == best[0])
    well = best[0] and best[1] >= SAID_CHANGE and best == max(rank for rank, *_ in about)
    goes_on = not named_here or within is None or SAME_SUBJECT.match(sentence.text)
    return first[0] if len(first) == 1 and well and not others and not goes_on else None


def _said(
    published: PublishedFigures,
    sentence: Sentence,
    mention: Mention,
    ends: Collection[datetime.date],
    text: str,
    within: Collection[str] | None,
) -> list[tuple[Rank, str, Record]]:
    """The figures of some periods whose series a change may be of, and how well its clause says them; one of each quantity."""
    since, until = around(sentence, mention)
    about = published.topics.said(since, frozenset(words(until)))
    beside = {*re.findall("[a-z]+", f"{since} {until}")}
    sex, _, _ = whom(sentence, mention)
    flat = text.casefold()
    aged = ages(flat)
    ranked: dict[tuple[object, ...], tuple[Rank, str, Record]] = {}
    for area in published.areas(flat) or {ENGLAND_AND_WALES, *(within or ())}:
        for table, row in (figure for end in ends for figure in published.of(area).get(end, ())):
            score = published.topics.score(row["series"], about)
            if quantity(row) not in ranked and score >= SAID_ROUNDED and published.may_be_of(sex, table, row):
                topic_told = len(about & published.topics.told(row["series"]))
                alone = not published.topics.besides(row["series"], about)
                counted = bool(beside & COUNTED.get(row["unit"], SHARES))
                rank = alone and counted, score, row["age"] in aged, row["sex"] == sex, topic_told
                ranked[quantity(row)] = rank, table, row
    return list(ranked.values())


def change_of(
    published: PublishedFigures,
    sentence: Sentence,
    mention: Mention,
    table: str,
    row: Record,
    earlier: Period,
    later: Period,
) -> Changed | None:
    """A change by what a row counts in two periods: by the newest release in which it is so, or else the newest that has both."""
    both = period_pairs(published, table, row, earlier, later)
    changes = [change for old, new in both for change in _worked(published, sentence, mention, table, old, new)]
    return next((change for change in changes if change.same), changes[0] if changes else None)


def period_pairs(
    published: PublishedFigures, table: str, row: Record, earlier: Period, later: Period
) -> list[tuple[Record, Record]]:
    """What a row counts in two periods, where of the same forces: of each release that has both, or else of the newest of each.

    The newest first.
    """
    olds, news = (
        sorted(published.vintages(table, row, end.start, end.end), key=published.rank, reverse=True)
        for end in (earlier, later)
    )
    both = [(old, new) for new in news for old in olds if release_of(old) == release_of(new)]
    return [(old, new) for old, new in both or zip(olds, news, strict=False) if left_out(old) == left_out(new)]


def _worked(
    published: PublishedFigures, sentence: Sentence, mention: Mention, table: str, old: Record, new: Record
) -> Iterator[Changed]:
    change_in_words = (
        f"{published.about(new)}: from {printed_in(old)} ({days_of(old)}) to {printed_in(new)} ({days_of(new)})"
    )
    percent = new["unit"] == PER_CENT
    before, after = (print_of(row) + SHOWN_TO if percent else print_of(row) for row in (old, new))
    worked: Iterator[Worked] = change_between(sentence, mention, before, after, change_in_words, percent=percent)
    for worked_out in worked:
        breaks = published.breaks.inside(new["series"], old["period_start"], new["period_end"])
        yield Changed(table, old, new, mention, worked_out.words, worked_out.holds, tuple(str(each) for each in breaks))


def _period(row: Record) -> Period:
    return Period(row["period_start"], row["period_end"], row["period_type"])
