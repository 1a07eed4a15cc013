"""Why a figure is not surely what a number says, though it is that number: nothing agrees but what is of the same thing, people,
place, time and unit as the words say. What they leave open, or say besides, is not tested.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import TypeVar

from assets.archive.reading.periods import named
from assets.statement.quoted.changes_of_figures import BETWEEN
from assets.statement.quoted.facts import Changed, Fact, HeldFigure, PrintedChange, Summed
from assets.statement.quoted.misattributed import A_YEAR, NAMED_BEHIND
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.places import BOTH, NATIONAL, OTHER_NATIONS, joined, where
from assets.statement.quoted.published_figures import THOUSAND, PublishedFigure, PublishedFigures
from assets.statement.quoted.quantities import COUNTED
from assets.statement.quoted.sought import (
    IN_FULL,
    YEAR_BEFORE,
    PrintedValue,
    calendar_year,
    may_be_aged,
    span_said,
    spans_of,
    whom,
)
from assets.statement.quoted.topics import LEFT_OUT
from assets.statement.text.base_periods import other_years, without_bases
from assets.statement.text.changes import TO, change_between, gives_a_change, one_clause
from assets.statement.text.mentions import Mention
from assets.statement.text.nouns import ALL_NOUNS, NOUNS, unit_behind
from assets.statement.text.sentence import APART, Sentence, is_share
from assets.statement.text.twos import one_by_one
from assets.words.numerals import SMALL
from schemas.codes import ENGLAND_AND_WALES

Found = TypeVar("Found", bound=Fact)
Place = tuple[int, int]  # of a number: its block, and where it begins
UNREVISED = "no release of its own period is held, and a later one may have revised it"
SLIP = f"it differs in one of the last two digits, and {UNREVISED}"
# Of 4,224 pairs of unequal counts of a thousand and more that two releases of one publication print, 30% differ in the last digit
# alone and 3% in the one before it; 0.4% in another one, or by an exchange of two, as a slip does (1 December 2026).
LAST_DIGITS = 100
_MONTHS = re.compile(rf"\b(?!(?:12|twelve)\b)(?:\d+|{'|'.join(SMALL)})[ -]months?\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:year|twelve|12)\b")
# "In the two years to March 2024", "over the years ending March 2023 and March 2024": no number is of one of them alone.
_YEARS_TOGETHER = re.compile(
    rf"\b(?:(?:\d+|{'|'.join(SMALL)})[ -]years? (?:period )?(?=to\b|end|up to\b)"
    r"|(?:in|over|during|across) (?:all |both )?(?:of )?the years (?=to\b|end)(?!.*\brespectively\b)[^.;:]*\band\b)"
)
_END_OF_CHANGE = re.compile(r"\b(?:from|to|at|reach\w+) (?:[a-z]+ )?$")
_NO_THING = frozenset(
    ("a", "an", "and", "are", "as", "at", "but", "by", "during", "for", "from", "had", "has", "have", "in", "is", "of", "on",
     "or", "per", "since", "than", "that", "the", "to", "was", "were", "which", "who", "with")
)  # fmt: skip
# How a figure was counted: what the police recorded, or what a survey estimates.
_RECORDED, _ESTIMATED = (
    frozenset(["police", "recorded", "forces"]),
    frozenset(["survey", "csew", "estimates", "estimated"]),
)
# Against whom offences are: "rape of women", "sexual assaults on women and girls".
_OF_SEX = r"(?:a )?(?:women|woman|girls?|females?|men|man|boys?|males?)\b"
_SUFFERED_BY = re.compile(rf"\b(?:of|against|on) {_OF_SEX}(?: (?:and|or) {_OF_SEX})?")
_SINCE_AGE = re.compile(r"\bsince (?:the age of|age|they were|turning) (\d+)")
_TO_POLICE = re.compile(r"\bto the police\b")
_YOUNG = re.compile(r"\b(?:child\w*|(?<!women and )girls?|boys?|under[- ]1\d|teen\w*|young\w*|pupils?|students?)\b")


def vouched(passage: Passage, facts: Mapping[Mention, Found]) -> Iterator[tuple[Mention, Found]]:
    """The facts of a sentence; with the reason those that are not surely of what it says, or not surely against it."""
    astray = {*_of_other_periods(passage.sentence, facts)}
    for mention, fact in facts.items():
        why = ""
        if not fact.same:
            why = _not_against(passage, mention, fact) or _of_other_ages(passage, fact, facts.values())
        elif mention in passage.sentence.figures:
            why = next(_reasons(passage, mention, fact), "")
            why = why or ("a period stands beside it that it is not of" if mention in astray else "")
        yield mention, replace(fact, untold=why) if why else fact


def by_release(published: PublishedFigures, facts: Mapping[Place, Fact]) -> Iterator[tuple[Place, Fact]]:
    """The numbers of a text that differ from what is held, by the rest of it: one in its last digits is told where others are the
    very figures of a release that has its own; none is where more others differ, too: the text quotes a release that is not held.
    """
    revisable = {place: fact for place, fact in facts.items() if _is_revisable(published, fact)}
    exact = [releases for fact in revisable.values() if fact.agrees and (releases := _releases(published, fact))]
    near = {place: _releases(published, fact) for place, fact in revisable.items() if not fact.same}
    for place, releases in near.items():
        alike, differ = (sum(bool(releases & others) for others in those) for those in (exact, near.values()))
        if revisable[place].untold == SLIP and alike >= differ:
            yield place, replace(revisable[place], untold="")
        elif not revisable[place].untold and len(near) - 1 > len(exact):
            yield place, replace(revisable[place], untold=UNREVISED)


def _is_revisable(published: PublishedFigures, fact: Fact) -> bool:
    """Is it a count of the police, or one near it, that may have been revised?"""
    figure, near = fact.figure, isinstance(fact, HeldFigure) and (fact.agrees or fact.is_near)
    counted = near and not (figure.of_survey or figure.is_percent) and figure.value >= IN_FULL
    return counted and fact.untold in ("", SLIP, UNREVISED) and published.revision(figure) is not None


def _releases(published: PublishedFigures, fact: Fact) -> set[tuple[str, str]]:
    """The releases that print a number that is held so, or the figure that one is near."""
    vintages = published.vintages(fact.figure)
    return {each.release for each in vintages if not fact.same or each.value == fact.figure.value}


def _not_against(passage: Passage, mention: Mention, fact: Fact) -> str:
    """Why a number is not surely another one than is held; empty where it surely is."""
    if denied := _denied(passage, mention):
        return f"the words before it say that something is not so: {denied}"
    if isinstance(fact, HeldFigure):
        reasons = _reasons(passage, mention, fact) if fact.is_near else _with_others(passage, mention, fact.figure)
        why = next(reasons, "")
        if why or not fact.is_near:
            return why
        if fact.is_slip(mention.text):
            small = abs(mention.number.low - fact.newest.value) < LAST_DIGITS and not fact.is_exchanged(mention.text)
            return SLIP if small and _revised(passage, mention, fact) else ""
        if any(_may_print(passage.sentence, other, fact.figure) for other in _others(passage.sentence, mention)):
            return "another number of the sentence may be it"
    return UNREVISED if _revised(passage, mention, fact) else ""


def _others(sentence: Sentence, mention: Mention) -> Iterator[Mention]:
    """The other numbers of a sentence, but one that is told again in brackets: "a quarter (25.8%)"."""
    again = sentence.around(mention)[0].strip() == "("
    place = sentence.figures.index(mention)
    yield from (other for at, other in enumerate(sentence.figures) if at not in {place, place - again})


def _may_print(sentence: Sentence, mention: Mention, figure: PublishedFigure) -> bool:
    """May a number print a figure, in whatever words: "just under three quarters"?"""
    values = sentence.values(mention) if is_share(mention) == figure.is_percent else []
    return any(value.meets(figure.print) and PrintedValue(value, None).tells(figure) for value in values)


def _of_other_ages(passage: Passage, fact: Fact, beside: Collection[Fact]) -> str:
    """Why a number is not surely against a figure where another one of its sentence is one of the same thing, of people of other
    ages: "from 9.2% in 2009/10 to 7.4%".
    """
    if passage.ages or passage.aged:
        return ""
    things, age = passage.published.things([fact.figure]), fact.figure.row["age"]
    others = (each.figure for each in beside if each.same and each.figure.row["age"] != age)
    same_thing = any(passage.published.things([other]) == things for other in others)
    return "another number of the sentence is of people of other ages, which the words do not say" if same_thing else ""


def _revised(passage: Passage, mention: Mention, fact: Fact) -> bool:
    """May a number be what a release that is not held printed, by what its figures are usually revised?"""
    if isinstance(fact, Summed):
        return any(passage.published.revision(figure) for figure in fact.figures)
    usual = passage.published.revision(fact.figure)
    if usual is None or isinstance(fact, PrintedChange) or (isinstance(fact, Changed) and fact.of_whole):
        return False
    new = fact.figure.print * usual
    if isinstance(fact, Changed) and mention.figure is None:  # "fell"
        return new.meets(fact.old.print)
    if isinstance(fact, Changed):
        percent = fact.figure.is_percent
        changes = change_between(passage.sentence, mention, fact.old.print, new, "", percent=percent)
        return any(worked.holds for worked in changes)
    return any(value.meets(new) for value in passage.sentence.values(mention))


def _reasons(passage: Passage, mention: Mention, fact: Fact) -> Iterator[str]:
    yield from _when(passage, mention, fact)
    if not isinstance(fact, Summed):  # of which the words name all places
        yield from _where(passage, mention, fact.figure)
    yield from _whom(passage, mention, fact.figure)
    yield from _counted(passage, mention, fact)
    if fact.same and isinstance(fact, HeldFigure) and _is_finer(passage.sentence, mention, fact.figure):
        yield "it is told more exactly than the figure is published"
    if not (isinstance(fact, Changed) and fact.of_whole):  # of a share the words name both exactly
        yield from _what(passage, mention, fact.figure)
        if isinstance(fact, HeldFigure | Changed):
            yield from _beyond(passage, mention, fact.figure)


def _when(passage: Passage, mention: Mention, fact: Fact) -> Iterator[str]:
    sentence, before, printed = passage.sentence, passage.periods, passage.sentence.own(mention)
    own = passage.own_periods() if isinstance(fact, Changed) else passage.own_periods(mention)
    in_year = fact.figure.span == calendar_year(sentence, mention)
    if in_year and fact.same:
        pass
    elif not own and not before:
        only = passage.only  # "1. All figures are of the year ending March 2024"
        if only is None or fact.figure.span != (only.start, only.end) or YEAR_BEFORE.search(passage.flat):
            yield "no period is named"
    elif isinstance(fact, HeldFigure) and not span_said(
        spans_of(sentence, mention, own or before, before), fact.figure
    ):
        yield "the period that is named is another" if own else "the period that was named last is another"
    if fact.figure.period.months == A_YEAR:
        months = _MONTHS.search(printed)
        ends_so = {period.months for period in own} == {1} and not _YEAR.search(passage.flat)
        if months or ends_so:
            yield "it is of a year, and the words name other months"
    since, until = (part.casefold() for part in sentence.beside(mention))
    own_clause = f"{passage.flat.split(',')[0]}; {since.split(',')[-1]} {until.split(',')[0]}"
    alone = isinstance(fact, HeldFigure) and mention.number.form != "range" and not _END_OF_CHANGE.search(since)
    if alone and _YEARS_TOGETHER.search(own_clause):
        yield "it is of one year, and the words name several together"
    years = set[int]() if in_year else other_years(printed)
    if any(not any(start.year <= year <= last.year for start, last in fact.spans) for year in years) or (
        years and not fact.same  # "in 2025" is hardly the year that ended in March
    ):
        yield "a year is named that it is not of"


def _of_other_periods(sentence: Sentence, facts: Mapping[Mention, Fact]) -> Iterator[Mention]:
    """The numbers of a sentence behind which a period stands that neither they nor the next number are of, and that is none since
    which something is so.
    """
    figures, own = sentence.figures, replace(sentence, printed=without_bases(sentence.printed))
    for place, number in enumerate(figures):
        if number in facts:
            behind = own.beside(number)[1]  # "from 2,531 to 2,843 between 2023 and 2024": of that before, too
            first = max(place - bool(BETWEEN.search(behind)), 0)
            spans = {span for figure in figures[first : place + 2] if figure in facts for span in facts[figure].spans}
            if any((period.start, period.end) not in spans for period in named(behind)):
                yield number


def _is_finer(sentence: Sentence, mention: Mention, figure: PublishedFigure) -> bool:
    """Is a number told to more digits than a figure, which is none of those that it stands for?"""
    value, told = next(iter(sentence.values(mention)), None), figure.print
    return bool(
        value
        and value.is_bounded
        and told.is_bounded
        and value.upper - value.lower < told.upper - told.lower
        and not value.lower <= figure.value <= value.upper
    )


def _where(passage: Passage, mention: Mention, figure: PublishedFigure) -> Iterator[str]:
    published, areas, code, without = passage.published, passage.areas, figure.row["area_code"], figure.without
    text, own = (
        published.without_areas(printed, without)
        for printed in (passage.sentence.printed, passage.sentence.own(mention))
    )
    if text != passage.sentence.printed:  # what a figure leaves out is no place that the words are of
        areas = where(published, text)
    if OTHER_NATIONS.search(own):
        yield "a nation is named that it is not of"
    elif code == ENGLAND_AND_WALES:
        if areas != NATIONAL and not BOTH.search(own):
            yield "it is of England and Wales, which the words do not name"
    elif not (
        code in (areas or ())
        or published.name(code) in {*map(published.name, published.printed_areas(own) or published.printed_areas(text))}
    ):
        yield f"it is of {published.name(code)}, which the words do not name"
    yield from _with_others(passage, mention, figure)


def _with_others(passage: Passage, mention: Mention, figure: PublishedFigure) -> Iterator[str]:
    """Is a figure one of several places that the words name together?"""
    published, name = passage.published, passage.published.name(figure.row["area_code"])
    own = passage.sentence.own(mention)
    names = joined(published, own if published.printed_areas(own) else passage.sentence.printed)
    if name in names and not one_by_one(passage.sentence, len(names)):
        yield f"it is of {name}, which the words name together with others"


def _whom(passage: Passage, mention: Mention, figure: PublishedFigure) -> Iterator[str]:
    topics, sentence, aged = passage.published.topics, passage.sentence, passage.ages or passage.aged
    sex, _, _ = whom(sentence, mention)
    if sex and figure.row["sex"] == "all" and sex not in topics.told(figure.row["series"]):
        yield "it is of all people, of whatever sex"
    age = figure.row["age"]
    if not may_be_aged(age, aged) and not (_YOUNG.search(sentence.bare) and not aged):
        yield f"it is of people aged {age}, which the words do not say"
    since = _SINCE_AGE.search(passage.flat)
    if since and topics.window(figure.row["series"]) not in ("", f"since_{since[1]}"):
        yield "it is of another time of life"
    told = " ".join(topics.told(figure.row["series"]))
    if _YOUNG.search(topics.lead(sentence.text.casefold()) + _of_whom(sentence, mention)) and not (
        age in aged or _YOUNG.search(told)
    ):
        yield "the words speak of the young"


def _of_whom(sentence: Sentence, mention: Mention) -> str:
    """A number's own clause, with that before it where it stands between commas: "eight in a hundred children, 7.8%, were"."""
    since, until = sentence.around(mention)
    before = since if since.endswith(", ") and until.startswith(",") else ""
    return f"{before} {sentence.clause(mention)}"


def _counted(passage: Passage, mention: Mention, fact: Fact) -> Iterator[str]:
    """The system and the unit: by the words of a number's own clause, or else by those of its sentence; the unit first by the
    first noun behind it.
    """
    sentence, topics, figure = passage.sentence, passage.published.topics, fact.figure
    since, behind = sentence.around(mention)
    if not figure.is_percent and sentence.alone_in_brackets(since, mention):
        behind = " ".join(since.split()[-NAMED_BEHIND:])  # "incidents (533,967) and crimes"
    texts = (behind, f"{mention.text} {sentence.clause(mention)}", sentence.bare)
    until, own, whole = (LEFT_OUT.sub(" ", topics.shortened(text)) for text in texts)
    if figure.row["sex"] != "all":  # "rapes of women aged 16 and over"
        until, own, whole = (_SUFFERED_BY.sub(" ", text) for text in (until, own, whole))
    told = topics.told(figure.row["series"])
    wanted, other = (_ESTIMATED, _RECORDED) if figure.of_survey else (_RECORDED, _ESTIMATED)
    if (said := _first((own, whole), wanted | other - told)) and not said & wanted:
        yield "the words speak of a survey" if other is _ESTIMATED else "the words speak of what the police record"
    unit = figure.row["unit"].removeprefix(THOUSAND)
    own_nouns = (NOUNS.get(part, frozenset()) for part in ("persons" if unit == "victims" else unit).split("_and_"))
    mine = frozenset[str]().union(*own_nouns) | (told if not (unit in COUNTED or figure.is_percent) else frozenset())
    nouns = ALL_NOUNS - (topics.about(figure.row["series"]) - mine)  # "violence against the person"
    if figure.is_percent:
        mine = nouns - (NOUNS["persons"] - told) if not figure.of_survey else frozenset()
    nearest = (word for word in re.findall("[a-z]+", until)[:NAMED_BEHIND] if word.removesuffix("s") in nouns)
    saying = (next(nearest, ""),) if figure.is_percent else (next(nearest, ""), own, whole)
    if mine & ALL_NOUNS and (said := _first(saying, nouns)) and not said & mine:
        yield f"it counts {unit.replace('_', ' ')}" if not figure.is_percent else "it is no share of people"


def _first(texts: Iterable[str], among: Collection[str]) -> set[str]:
    """The words of the first text that has some of those that are looked for."""
    found = ({word for each in re.findall("[a-z]+", text) for word in (each, each.removesuffix("s"))} for text in texts)
    return next((said for beside in found if (said := beside & {*among})), set())


def _what(passage: Passage, mention: Mention, figure: PublishedFigure) -> Iterator[str]:
    topics, series, sentence = passage.published.topics, figure.row["series"], passage.sentence
    # Of what was said in the sentence before only where no other thing stands behind the number: "took 209,079 calls".
    thing = _thing_behind(sentence, mention) if passage.carried else ""
    if thing and not unit_behind(f" {thing}") and topics.content(thing) - topics.about(series):
        yield f"the words speak of something else, too: {thing}"
    if not topics.tells(series, passage.topic):
        yield f"the words do not say all of what it is of: {topics.named(series)}"


def _beyond(passage: Passage, mention: Mention, figure: PublishedFigure) -> Iterator[str]:
    """The words of a number's own clause that may narrow what it counts: "disabled women", "led to a charge"."""
    published, sentence = passage.published, passage.sentence
    since, behind = sentence.around(mention)[0].rpartition(")")[2], _behind(sentence, mention)
    if sentence.alone_in_brackets(since, mention):
        again = mention is not sentence.figures[0] and since.strip() == "("  # "domestic abuse 37% (400,213)"
        before = sentence.figures[sentence.figures.index(mention) - again]
        text = APART.split(sentence.around(before)[0].rpartition(")")[2] if again else since)[-1]
        if again and published.topics.elsewhere(figure.row["series"], text):
            yield "the words before it are of something else"
    elif mention is not sentence.figures[0] and published.topics.tells(
        figure.row["series"], published.topics.said(behind)
    ):
        text = behind  # what stands before it is of another number: "5 sexual offences and 6 of stalking"
    else:
        text = _of_whom(sentence, mention)
    if figure.of_survey and _TO_POLICE.search(text) and "police" not in published.topics.told(figure.row["series"]):
        yield "it is of all, and the words speak of those who told the police"
    if figure.row["age"] in passage.ages:
        text = _YOUNG.sub(" ", text)
    text = f"{published.topics.lead(sentence.text.casefold())} {_denied(passage, mention)} {_led_to(sentence, mention)} {text}"
    text = BOTH.sub(" ", (LEFT_OUT.sub(" ", text) if figure.without else text).replace(" & ", " and "))
    text = published.flat_without_areas(text, (*passage.named_areas, *figure.without))
    if unlike := published.topics.unlike(figure.row["series"], published.without_publishers(text)):
        yield f"words stand beside it that are of something else or may narrow it: {', '.join(sorted(unlike))}"


def _denied(passage: Passage, mention: Mention) -> str:
    """The words before a number that say that something is not so."""
    if mention not in passage.sentence.figures:
        return ""
    denying, since = passage.published.topics.denying, passage.sentence.around(mention)[0]
    return " ".join(word for word in re.findall("[a-z]+", since) if word in denying)


def _led_to(sentence: Sentence, mention: Mention) -> str:
    """The words of the changes that lead to a number: "knife crimes rose by 5%, from 70,898 to 74,174"."""
    number, words = mention, ""
    for before in reversed(sentence.figures[: sentence.figures.index(mention)]):
        gap = sentence.between(before, number)
        if ")" in gap or not one_clause(gap) or not (TO.match(gap) or gives_a_change(sentence, before)):
            break
        number, words = before, f"{sentence.clause(before)} {words}"
    return words


def _behind(sentence: Sentence, mention: Mention) -> str:
    """What stands right behind a number, in small letters."""
    return APART.split(sentence.around(mention)[1])[0]


def _thing_behind(sentence: Sentence, mention: Mention) -> str:
    """The words right behind a number, up to the first that names no thing."""
    words = re.findall("[a-z]+", _behind(sentence, mention))
    return " ".join(takewhile(lambda word: word not in _NO_THING, words[:NAMED_BEHIND]))
