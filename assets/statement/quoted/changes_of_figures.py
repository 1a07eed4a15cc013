"""What the changes of a text are by figures that are held: of a number that is held, or else of what their words are about.

The two years must be told: "up 5% on the year before", "since 2018/19", "between 2022/23 and 2024/25". Of two series that are
said as well none is taken. The two figures are of one release where one has both. A break that lies between them is told.
"""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from assets.archive.reading.periods import Period, named, year_before
from assets.archive.reading.words import words
from assets.methods.interval import Interval
from assets.statement.quoted.facts import Changed, HeldFigure, changed
from assets.statement.quoted.matched import SAID_ROUNDED
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.published_figures import PublishedFigure, PublishedFigures
from assets.statement.quoted.quantities import COUNTED, PERSONS, SURVEYED
from assets.statement.quoted.sought import BESIDE, WIDEST, sexes, tells_one, whom
from assets.statement.text.changes import TO, change_between, gives_a_change, goes_on, one_clause
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, interval_told, is_share
from assets.statement.text.sentences import SAME_SUBJECT
from schemas.codes import ENGLAND_AND_WALES

_SINCE = r"since|from|on|than|against|compared (?:with|to)"
_WHEN = r"(?=(?P<when>[^.;:()]{0,80}))"
SINCE = re.compile(rf"\b(?:{_SINCE}) {_WHEN}")
# "Since 2019/20 offences rose by 28%", and nothing else is said to be since.
_SINCE_BEFORE = re.compile(rf"\bsince {_WHEN}(?!.*, (?:and|but|while)\b)")
_BEFORE = re.compile(r"\b(?:previous|last|earlier|before|prior)\b")
BETWEEN = re.compile(r"\b(?:between|from)\b")
_YEAR = r"(?:year|(?:12|twelve)[ -]months?)"
YEAR_ON_YEAR = re.compile(
    rf"\b(?:year[- ]on[- ]year|annual(?:ly)?|(?:{_SINCE}|in|over|for) (?:an?|the|just|one|that|same|period|time|in|of| )*"
    rf"(?:previous period|(?:(?:last|past|previous|preceding|prior) )?{_YEAR}(?: (?:before|earlier))?\b(?! (?:to|end)|-)))"
)

SHARES = frozenset(["prevalence", "proportion", "percentage", "share", "points", "rate", "likely"])
# Percentages are held with more digits than the one that a change is worked out from.
SHOWN_TO = Interval.closed(Fraction(-1, 20), Fraction(1, 20))

Ends = tuple[Period, Period]  # the earlier and the later
# How well the words fit a series: its unit and no other topic, its topic, age, sex, and definition.
Rank = tuple[bool, float, bool, bool, int]


def changes_of_figures(
    passage: Passage, known: Mapping[Mention, HeldFigure], last: HeldFigure | None
) -> Iterator[tuple[Mention, Changed]]:
    """The changes of a sentence between figures that are held. known: its numbers that are; last: the one count of the sentence
    before
    """
    sentence = passage.sentence
    for place, mention in enumerate(sentence.figures):
        if not gives_a_change(sentence, mention) or mention.number.money:
            continue
        if number := _counted(sentence, place, known, last):
            period = number.figure.period
            ends = [*_ends(passage, mention, [period], []), *_ends(passage, mention, named(sentence.printed), [])]
            tried = (change_of(passage, mention, number.figure, each) for each in ends if each[1] == period)
            fitting = (each for each in tried if each and (each.same or leads_to(each, [number.figure.print])))
            change = next(fitting, None)
            if not (
                ends or _has_base(sentence, mention)
            ):  # "rose by 5% to 209,061": it may be of the year before, and is so
                yearly = change_of(passage, mention, number.figure, (year_before(period), period))
                change = yearly if yearly and yearly.same else None
        else:
            change = _by_words(passage, mention)
        if change:
            yield mention, change


def _counted(
    sentence: Sentence, place: int, known: Mapping[Mention, HeldFigure], last: HeldFigure | None
) -> HeldFigure | None:
    """The number that a change is of: beside it in one clause, or that of the sentence before: "This is up 5%"; and of two that
    "and" joins that of the first: "up 5% on the year before and up 9% on 2019/20".
    """
    mention = sentence.figures[place]
    if place and goes_on(sentence, sentence.figures[place - 1], mention):
        return _counted(sentence, place - 1, known, last)
    if place and (number := known.get(sentence.figures[place - 1])) and number.same:
        return number if one_clause(sentence.between(sentence.figures[place - 1], mention)) else None
    if (
        place + 1 < len(sentence.figures)
        and (number := known.get(after := sentence.figures[place + 1]))
        and number.same
    ):
        return number if TO.match(sentence.between(mention, after)) else None
    return last if last and not place and SAME_SUBJECT.match(sentence.text) else None


def _ends(passage: Passage, mention: Mention, own: Collection[Period], before: Collection[Period]) -> Iterator[Ends]:
    """The periods that a change may lie between: the one that it is said to be since and those named beside it, or before."""
    since, after = (text.casefold() for text in passage.sentence.beside(mention))
    yearly = YEAR_ON_YEAR.search(after)
    any_year = yearly or YEAR_ON_YEAR.search(passage.sentence.before(mention).casefold()[-BESIDE:])
    at, base = next(_bases(after), (0, None))
    if not (base or any_year or _BEFORE.search(after)):
        base = next((period for _, period in _bases(since, _SINCE_BEFORE)), None)
    if base and not (yearly and yearly.start() <= at):
        later = [period for period in own if period != base] or before
        yield from ((base, period) for period in later if period.start > base.start)
    elif any_year:
        yield from ((year_before(period), period) for period in own or before)
    elif len(two := sorted({*own}, key=lambda period: period.end)) == 2 and BETWEEN.search(passage.flat):
        yield two[0], two[1]


def leads_to(change: Changed, values: Collection[Interval]) -> bool:
    """Does a change end at the numbers beside it? Those of one release say nothing of the changes of another one."""
    return all(value.meets(change.figure.print) for value in values)


def _bases(text: str, said: re.Pattern[str] = SINCE) -> Iterator[tuple[int, Period]]:
    """Where a text in small letters says that something is since a period, or more or fewer than in it, and the period."""
    return ((match.start(), periods[0]) for match in said.finditer(text) if (periods := named(match["when"])))


def _has_base(sentence: Sentence, mention: Mention) -> bool:
    """Is a period named behind a change since which it is?"""
    return any(_bases(sentence.beside(mention)[1].casefold()))


def _by_words(passage: Passage, mention: Mention) -> Changed | None:
    """The change of the series that is said best, where it is so: one that is not is told of what is named exactly, see
    `directions.py`.
    """
    ends = [*_ends(passage, mention, passage.own_periods(), passage.periods)]
    about = _said(passage, mention, {later.end for _, later in ends})
    worked = [
        (rank, change)
        for rank, figure in about
        for each in ends
        if (change := change_of(passage, mention, figure, each))
    ]
    best = max((rank for rank, _ in worked), default=None)
    so = [change for rank, change in worked if rank == best and change.same]
    return so[0] if len(so) == 1 else None


def _said(passage: Passage, mention: Mention, ends: Collection[datetime.date]) -> list[tuple[Rank, PublishedFigure]]:
    """The figures of some periods whose series a change may be of, and how well its clause says them; one of each quantity."""
    published, topics = passage.published, passage.published.topics
    since, until = passage.sentence.around(mention)
    about = topics.said(since, frozenset(words(until)))
    beside = {*re.findall("[a-z]+", f"{since} {until}")}
    sex, _, _ = whom(passage.sentence, mention)
    ranked: dict[tuple[object, ...], tuple[Rank, PublishedFigure]] = {}
    for area in passage.named_areas or {ENGLAND_AND_WALES, *(passage.areas or ())}:
        for figure in (figure for end in ends for figure in published.of(area).get(end, ())):
            if figure.row["unit"] in COUNTED and beside & SHARES:
                continue  # "the prevalence fell by 5%" is no change of how many
            series, score = figure.row["series"], topics.score(figure.row["series"], about)
            if figure.quantity not in ranked and score >= SAID_ROUNDED and published.may_be_of(sex, figure):
                counted = bool(beside & COUNTED.get(figure.row["unit"], SHARES))
                alone = not topics.besides(series, about)
                topic_told = len(about & topics.told(series))
                rank = alone and counted, score, figure.row["age"] in passage.ages, figure.row["sex"] == sex, topic_told
                ranked[figure.quantity] = rank, figure
    return list(ranked.values())


def change_of(passage: Passage, mention: Mention, figure: PublishedFigure, ends: Ends) -> Changed | None:
    """A change by what a figure counts in two periods: by the newest release in which it is so, or the newest that has both.
    Where none has, by the change that a release prints; a writer who has two releases may also have worked it out of both.
    """
    both = period_pairs(passage.published, figure, ends)
    changes = [change for old, new in both for change in _worked(passage, mention, old, new)]
    if not any(old.release == new.release for old, new in both):
        changes = [*_printed(passage, mention, figure, ends), *changes]
    return next((change for change in changes if change.same), changes[0] if changes else None)


def period_pairs(
    published: PublishedFigures, figure: PublishedFigure, ends: Ends
) -> list[tuple[PublishedFigure, PublishedFigure]]:
    """What a figure counts in two periods, where of the same forces."""
    both = published.pairs(*(published.vintages(figure, (end.start, end.end)) for end in ends))
    return [(old, new) for old, new in both if old.without == new.without]


def _worked(passage: Passage, mention: Mention, old: PublishedFigure, new: PublishedFigure) -> Iterator[Changed]:
    told = f"{passage.published.about(new)}: from {old.stands} to {new.stands}"
    before, after = (figure.print + SHOWN_TO if new.is_percent else figure.print for figure in (old, new))
    for worked in change_between(passage.sentence, mention, before, after, told, percent=new.is_percent):
        yield changed(passage.published, mention, old, new, worked.words, same=worked.holds)


def _printed(passage: Passage, mention: Mention, figure: PublishedFigure, ends: Ends) -> Iterator[Changed]:
    since, until = ((end.start, end.end) for end in ends)
    for change, new in passage.published.printed_changes(figure, since, until):
        told = f"{passage.published.about(new)}: {change.printed_in}, on {since[0]} to {since[1]}, to {new.stands}"
        before = new.print / (1 + change.print / 100)
        for worked in change_between(passage.sentence, mention, before, new.print, told, percent=False):
            yield changed(passage.published, mention, change, new, worked.words, same=worked.holds, since=since)


# The shares of a text by two figures that are held: "rape made up 34% of sexual offences", where the words name both exactly.
# The two are of one release where one has both. What the words do not name exactly is left alone: see `quantities.py`.
_MADE_UP = (
    r"(?:ma(?:de|kes?|king) up|(?:account(?:ed|s|ing)? for)|represent(?:ed|s|ing)?|(?:compris|constitut)(?:ed|es|ing))"
)
_PART_FIRST = re.compile(rf"^(?P<part>[^.;:]*?)\b{_MADE_UP} $")
_WHOLE = re.compile(r"^ of (?P<whole>[^.,;:()]*)")
_WHOLE_FIRST = re.compile(r"^ (?:of )?(?P<whole>[^.,;:()]*?)\b(?:were|was|are|is) (?:for )?(?P<part>[^.,;:()]*)")

# "Of all sexual offences recorded by the police, 34% (71,581) were rapes", "of the victims, 82% were women and 18% men".
_OF_WHOLE = re.compile(r"^\W*of (?P<whole>[^.;:()]*?), ")
_PART_BEHIND = re.compile(
    r"^(?: \([^()]*\))? (?:(?:were|was|are|is) )?(?!of )(?P<part>[^.,;:()\d]*?)(?=[.,;:()]|$| and \d)"
)


def shares_of_figures(passage: Passage, known: Collection[Mention]) -> Iterator[tuple[Mention, Changed]]:
    """The shares of a sentence whose part and whole it names. known: its numbers that are held"""
    sentence = passage.sentence
    for mention in sentence.figures:
        if mention in known or not is_share(mention) or not (printed := sentence.values(mention)):
            continue
        both = _named_both(sentence.before(mention).casefold(), sentence.after(mention).casefold())
        if not both:
            continue
        parts, wholes = _of_one_sex(passage, *both) or [[*_counts(passage, words)] for words in both]
        things = [passage.published.things(figures) for figures in (parts, wholes)]
        if [len(thing) for thing in things] != [1, 1]:
            continue
        estimated = parts[0].of_survey
        if not estimated and not passage.published.topics.is_part(parts[0].row["series"], wholes[0].row["series"]):
            continue  # of "domestic abuse made up 22% of sexual offences" the part is of both
        both_held = passage.published.pairs(parts, wholes)
        tried = (_share(passage.published, mention, part, whole, printed[0]) for part, whole in both_held)
        shares = [share for share in tried if share]
        share = next((share for share in shares if share.same), shares[0] if shares else None)
        if share and (share.same or not estimated or passage.words & SURVEYED):
            yield mention, share  # another one may be of those whom the police know


def _named_both(since: str, until: str) -> tuple[str, str] | None:
    """The words for part and whole, of what stands before a share and behind it."""
    first, behind, other = _PART_FIRST.search(since), _WHOLE.match(until), _WHOLE_FIRST.match(until)
    if first and behind:
        return first["part"], behind["whole"]
    if of_whole := _OF_WHOLE.match(re.sub(r"\d[\d,]*", " ", since)):
        other = _PART_BEHIND.match(until)
    return (other["part"], (of_whole or other)["whole"]) if other else None


def _of_one_sex(passage: Passage, part: str, whole: str) -> list[list[PublishedFigure]]:
    """The victims of one sex and of both whom a survey estimates, where the part names a sex alone: "58% of them were women"."""
    of = {*sexes(part)}
    if len(of) != 1 or passage.published.topics.content(part) or sexes(whole):
        return []
    said = [passage.says(whole, sex) for sex in (min(of), None)]
    figures = [each.figures(passage.published) if each and each.content else [] for each in said]
    return [[each for each in named if each.of_survey and each.row["unit"] in PERSONS] for named in figures]


def _counts(passage: Passage, words: str) -> Iterator[PublishedFigure]:
    """The counts of recorded offences that some words name, against whomever."""
    said = None if sexes(words) else passage.says(words, None)
    for figure in said.figures(passage.published) if said and said.content else ():
        if figure.row["unit"] == "offences" and figure.row["sex"] == "all":
            yield figure


def _share(
    published: PublishedFigures, mention: Mention, part: PublishedFigure, whole: PublishedFigure, printed: Interval
) -> Changed | None:
    """The share, and is it what is printed; None where the print is wide and hardly it: 39.5% as "one in three"."""
    share = 100 * part.print / whole.print
    wide = printed.is_bounded and not tells_one(printed)
    if (
        wide
        and printed.meets(share)
        and 2 * abs(float(share.midpoint) - float(printed.midpoint)) > WIDEST * float(printed.midpoint)
    ):
        return None
    told = f"{published.about(part)}, {part.days}: {part.printed_in}, of {published.about(whole)}: {whole.printed_in}"
    worked, same = f"{told}, is {interval_told(share)}%", printed.meets(share)
    return Changed(figure=part, same=same, old=whole, mention=mention, worked=worked, of_whole=True)
