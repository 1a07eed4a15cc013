"""The figure that is held for the words of a number where the number is another one."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from assets.archive.reading.periods import Period, named
from assets.methods.interval import Interval
from assets.statement.quoted.facts import PERIOD, HeldFigure, held
from assets.statement.quoted.matched import NEAR
from assets.statement.quoted.misattributed import NAMED_BEHIND, WHOLE_OF
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.published_figures import PublishedFigure, PublishedFigures
from assets.statement.quoted.quantities import PERSONS, PREVALENCE, Named, may_count
from assets.statement.quoted.sought import (
    BESIDE,
    IN_FULL,
    YEAR_BEFORE,
    PrintedValue,
    calendar_year,
    per,
    sexes,
    whom,
)
from assets.statement.text.changes import gives_a_change
from assets.statement.text.mentions import DATES, Mention
from assets.statement.text.nouns import NOUNS, are_people, unit_behind
from assets.statement.text.sentence import APART, Sentence, Worked, is_share
from assets.statement.text.sentences import of_a_span

# "One in eight", "9 out of 10" are said of everybody; "412 of 1,248" of those who were counted.
_IN_WORDS = re.compile(r"\b(?:in|out of)\b")
_RATE = re.compile(r"\brates?\b")  # that one is meant says "per 1,000"
_EACH_YEAR = re.compile(r"\b(?:(?:each|all|both|either) (?:of )?)?(?:the )?years (?=to\b|end)")
_PART = re.compile(r"\b(?:of (?:which|whom|these|those|them)|includ\w+|among|compris\w+)\b")
_CLAUSE = re.compile("[,;:]")
_INCLUDES = re.compile(r"\bincluding (?!attempt)")  # what follows is a part of the number
_THAN = re.compile(
    r"\b(?:from|than|since(?! the age)|compar\w+|(?:set|against) (?:with|to|against))\b|, against (?:the )?$|^ on (?:the )?$"
)
# "8% of women", "one in eight women", "of women, 8%": of all who were asked, and not of victims ("82% women and 18% men").
_PEOPLE = {*NOUNS["persons"], *(f"{noun}s" for noun in NOUNS["persons"])} - {"victim", "victims"}
_ASKED = f"(?:{'|'.join(sorted(_PEOPLE))})"
_OF_ALL = (
    re.compile(rf"^ (?P<of>of )?(?:all |the )?{_ASKED}\b"),
    re.compile(rf"\bof (?:all )?{_ASKED}(?: aged[^,]{{0,15}})?,? $"),
)


def with_others(
    passage: Passage, facts: Mapping[Mention, HeldFigure], worked: Mapping[int, Worked], *, slips: bool = False
) -> dict[Mention, HeldFigure]:
    """The figures of a sentence that are held, and those that its words name where its numbers are others.

    worked: what is worked out of a figure, by where it begins; slips: tell only what is a slip for the figure, as of every number
    whose words leave its place or period to what was named last
    """
    known, slips = {**facts}, slips or not passage.is_placed
    if passage.before is None and passage.areas and len({*passage.periods}) == 1 and not DATES.search(passage.flat):
        said = Named(frozenset(), frozenset(), None, frozenset(), passage.areas, passage.periods[0])
        passage, slips = replace(passage, before=said), True
    for mention in passage.sentence.figures:
        fact, follows = known.get(mention), mention.start in worked and worked[mention.start].holds
        if follows or (fact and fact.otherwise not in ("", PERIOD)):
            continue
        if fact and fact.same and fact.figure.span == calendar_year(passage.sentence, mention):
            continue
        other = instead(passage, mention)
        if other and other.same:
            known.setdefault(mention, other)
        elif other and fact and fact.same and not _may_be_of_other_people(passage, mention, fact, other):
            continue
        elif other and (_is_taken(other, known) or (fact and _is_said(passage, mention, fact, other))):
            continue  # "135,628 stalking offences in 43 forces": another number of the sentence is it
        elif other and (not slips or other.is_slip(mention.text)):
            known[mention] = fact.other_than(other) if fact and (fact.same or fact.otherwise) else other
    return known


def _may_be_of_other_people(passage: Passage, mention: Mention, fact: HeldFigure, other: HeldFigure) -> bool:
    """Do a number's own words say whom another figure than it is counts: "women, 7.8%", not "of 71,581 rapes most of women"?"""
    sentence, topics = passage.sentence, passage.published.topics
    since, until = sentence.around(mention)
    own = f"{_CLAUSE.split(since)[-1]} {APART.split(until)[0]}"
    counted = topics.said(" ".join(until.split()[:NAMED_BEHIND])) & topics.about(str(fact.row["series"]))
    said = own if sexes(own) or counted or unit_behind(until) else since[-BESIDE:]
    return fact.row["sex"] == other.row["sex"] or bool(sexes(said))


def _is_said(passage: Passage, mention: Mention, fact: HeldFigure, other: HeldFigure) -> bool:
    """Do a number's own words name the figure that it is as well as another one: homicides as victims, and as offences?"""
    figure, topics = fact.figure, passage.published.topics
    alike = fact.same and figure.span == other.figure.span and figure.row["sex"] == other.row["sex"]
    said = topics.said(f"{passage.sentence.clause(mention)} {passage.flag_for(figure)}")
    return alike and topics.tells(figure.row["series"], said)


def _is_taken(figure: HeldFigure, known: Mapping[Mention, HeldFigure]) -> bool:
    """Is another number of the sentence that very figure?"""
    return any(fact.same and fact.figure.quantity == figure.figure.quantity for fact in known.values())


def instead(passage: Passage, mention: Mention) -> HeldFigure | None:
    """The figure that the words of a number name, which it is or is not; None where they name none."""
    sentence = passage.sentence
    value = _value(sentence, mention)
    since, until = sentence.around(mention)
    of_another = _THAN.search(since[-BESIDE:]) or YEAR_BEFORE.search(until) or _INCLUDES.search(until)
    if value is None or of_another or gives_a_change(sentence, mention) or of_a_span(sentence, mention):
        return None
    number = PrintedValue(value, per(sentence, mention))
    texts = [_EACH_YEAR.sub(" ", text) for text in _texts(sentence, mention, since)]
    # "Lay between 67,838 and 71,581 in the years to March 2024 and 2025": all of them did, or one that did not.
    years = {*named(sentence.printed)} if mention.number.form == "range" else set[Period]()
    each = [other_figure(passage, mention, number, texts, year) for year in sorted(years, key=lambda year: year.end)]
    told = [figure for figure in each or [other_figure(passage, mention, number, texts)] if figure]
    return next((figure for figure in told if not figure.same), told[0] if told else None)


def other_figure(
    passage: Passage, mention: Mention, number: PrintedValue, texts: Iterable[str], period: Period | None = None
) -> HeldFigure | None:
    """The figure that the first of some texts names that names one, which a number is or is not."""
    sex, _, _ = whom(passage.sentence, mention)
    for text in texts:
        words = _RATE.sub(" ", text) if number.per is not None else text
        said = passage.says(words, sex, beside=mention, period=period)
        if said and said.content:
            figures = _of_unit(passage, said, mention, rate=number.per is not None)
            return _other(passage.published, said, number, mention.text, figures) if figures else None
    return None


def _value(sentence: Sentence, mention: Mention) -> Interval | None:
    """What a number stands for; None where it is money or points, a part of some that were counted, or may be an age."""
    figure = mention.number
    if figure.money or figure.points:
        return None
    if figure.form not in ("number", "range", "fraction", "part") or (
        figure.form == "part" and not _IN_WORDS.search(mention.text)
    ):
        return None
    value = next(iter(sentence.values(mention)), None)
    return value if value and (value.is_bounded or is_share(mention) or figure.low >= IN_FULL) else None


def _texts(sentence: Sentence, mention: Mention, since: str) -> Iterator[str]:
    """What may say what a number is of: what it has for itself beside others, or else its whole sentence. A part of another
    number ("of which") is of all that is said.
    """
    if len(sentence.figures) > 1 and not _PART.search(since):
        own = sentence.clause(mention)
        first = sentence.figures[0]
        yield (own if mention is first else f"{sentence.before(first)} {own}").casefold()
    else:
        yield sentence.bare


def _of_unit(passage: Passage, said: Named, mention: Mention, *, rate: bool) -> list[PublishedFigure]:
    """The figures that are named, of the unit that the words beside a number give it; of a count all where they give none."""
    published, (since, until) = passage.published, passage.sentence.around(mention)
    share, figures = is_share(mention), passage.sentence.figures
    if (
        WHOLE_OF.fullmatch(until) and mention is not figures[-1]
    ):  # "412 of 1,248 offences": a part is of its whole's unit
        until = passage.sentence.around(figures[figures.index(mention) + 1])[1]
    people, unit = are_people(re.findall("[a-z]+", until)[:2]), unit_behind(until)
    behind = _OF_ALL[0].match(until)
    asked = behind and (behind["of"] or not mention.number.percent)
    of_all = bool(asked or _OF_ALL[1].search(since) or PREVALENCE in said.beside)

    def fits(figure: PublishedFigure) -> bool:
        measure = published.topics.measure(figure.row["series"])
        if figure.is_percent:
            return share and not rate and (of_all if measure == PREVALENCE else published.topics.is_rare(measure))
        of_people = figure.row["unit"] in PERSONS
        return not share and figure.is_rate == rate and not (of_people and unit not in (None, "persons"))

    fitting = [figure for figure in said.figures(published) if fits(figure)]
    if share or rate:
        return fitting
    counted = [figure for figure in fitting if said.counts(figure, people=people)]
    return counted if counted or people else [figure for figure in fitting if may_count(figure, said.beside)]


def _other(
    published: PublishedFigures, said: Named, number: PrintedValue, printed: str, figures: Collection[PublishedFigure]
) -> HeldFigure | None:
    """The figure of some that a number is, or else the nearest; None where they are of several things, or it is another figure of
    the thing.
    """
    things = published.things(figures)
    it = [figure for figure in figures if number.is_it(figure)]
    if len(things) == 1 and it:
        it = [figure for figure in it if number.tells(figure)]
        first = max(it, key=lambda figure: (-published.place(figure), *published.rank(figure)), default=None)
        return held(published, first, same=True) if first else None
    alike = [*said.alike(published, figures)]
    if len(things) > 1 or any(map(number.is_it, alike)) or _asked_otherwise(published, said, alike):
        return None
    nearest = min(figures, key=lambda figure: (published.place(figure), number.apart(figure)))
    far = number.apart(nearest) > NEAR * nearest.value
    return held(published, published.newest(nearest), same=False, instead=printed if far else "")


def _asked_otherwise(published: PublishedFigures, said: Named, figures: Collection[PublishedFigure]) -> bool:
    """Were people asked about it by other questions, too, of whose answers these very figures are not held?"""
    asked = {published.topics.asked(figure.row["series"]) for figure in figures if figure.of_survey}
    topics = {topic for topic, _ in asked}
    every = {published.topics.asked(figure.row["series"]) for figure in said.held(published) if figure.of_survey}
    return any(topic in topics for topic, _ in every - asked)
