"""In what a figure is another one than the words beside a number say, though it is that number; and of which figures a number
may be a slip: of none of another place, year or system than its words name.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import pairwise

from assets.archive.reading.periods import month_end, named
from assets.statement.quoted.facts import AREA, PERIOD, SUBJECT, UNIT, HeldFigure
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.places import is_called, places_in, where
from assets.statement.quoted.published_figures import PublishedFigure, PublishedFigures
from assets.statement.quoted.quantities import COUNTED, INCIDENTS, PERSONS, is_of_other_system, may_count
from assets.statement.quoted.sought import Sought
from assets.statement.quoted.topics import LEFT_OUT
from assets.statement.text.base_periods import bare_month, other_years, own_periods
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence
from assets.statement.text.twos import in_twos, numbers_of
from schemas.codes import ENGLAND_AND_WALES

NAMED_BEHIND = 4  # so many words behind a number name what it counts
A_YEAR = 12  # months
WHOLE = re.compile(r"\b(?:nation\w*|country|england|wales|total|all forces|forces)\b")

# A source in brackets tells of what it is, or when it came out: "(ONS, Crime in England and Wales: YE December 2025)".
_CITED = re.compile(
    r"\([^()]*\b(?:[Ss]ource|ONS|Office for National Statistics|Home Office|Ministry of Justice|CPS)\b[^()]*"
)
# "400,213 of the 1,080,157 offences": what the clause is about is a part of such a number.
WHOLE_OF = re.compile(r" (?:out )?of (?:all )?(?:the |these |those )?")
_OPENED, _TIED = re.compile(r"[^\W_] \($"), re.compile(r"[^\W_]: ?$")  # "2023: 19,667", "Kent: 6,603"
_LAST_QUARTER = re.compile(r"\b(?:previous|preceding|last|prior) quarter\b|\bquarter (?:before|earlier)\b")
_RESPECTIVELY = re.compile(r"\brespectively\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def otherwise(passage: Passage, mention: Mention, number: Sought, figure: PublishedFigure) -> str:
    """The first thing in which a figure that a number is differs from its words; empty where in none."""
    published, sentence = passage.published, passage.sentence
    said = number.said(figure)
    own = passage.own_periods(mention) and own_periods(_CITED.sub(" ", published.without_titles(sentence.printed)))
    # A month alone is that in which something is said as often as that which is counted; in several years it may begin, or end;
    # "and 74,265 in the year to September" is of no year that is named.
    dated = any(1 < period.months <= A_YEAR for period in own) and not any(map(bare_month, sentence.beside(mention)))
    if dated and not _LAST_QUARTER.search(sentence.own(mention)) and (said is None or (number.dated and not said)):
        # Of so many figures that are held one is this number by chance: of another period only that is told which is named.
        return PERIOD if published.topics.tells(figure.row["series"], passage.topic) else ""
    since, until = sentence.beside(mention)
    places = published.without_areas(LEFT_OUT.sub(" ", since + until.split(",")[0]), figure.without)
    elsewhere = published.printed_areas(places) and not WHOLE.search(places.casefold())
    if elsewhere and figure.row["area_code"] == ENGLAND_AND_WALES:
        return AREA
    if not is_called(published, figure.row["area_code"], sentence.printed):
        return AREA
    if number.is_worked_out(figure) and number.printed.meets(figure.print):
        return UNIT
    clause = sentence.clause(mention)
    behind = re.findall("[a-z]+", sentence.around(mention)[1])[:NAMED_BEHIND]
    other = is_of_other_system(figure, re.findall("[a-z]+", clause), passage.words)
    if other or (figure.row["unit"] in PERSONS and INCIDENTS in behind):
        return UNIT
    counted = COUNTED.get(figure.row["unit"], frozenset())  # what goes for any figure of its unit
    clause = published.flat_without_areas(clause, passage.named_areas)  # "the Met" have met nobody
    rest = " ".join(word for word in re.findall("[a-z]+", clause) if word not in counted)
    if not number.full or WHOLE_OF.fullmatch(sentence.around(mention)[0]):
        return ""
    return SUBJECT if published.topics.elsewhere(figure.row["series"], rest) else ""


def may_be_slip(passage: Passage, mention: Mention, figure: PublishedFigure) -> bool:
    """May a number that is near a figure be a slip for it?"""
    years = {int(year) for year in _YEAR.findall(passage.sentence.own(mention))}
    # "In 2023/24, from 188,663 the year before": the year that is named may be the next one.
    if years and not any(
        figure.row["period_start"].year <= year <= figure.row["period_end"].year + 1 for year in years
    ):
        return False
    # "Excluding Devon and Cornwall" names no place that a number is of.
    printed = passage.sentence.printed
    rest = passage.published.without_areas(printed, figure.without)
    places = passage.places if rest == printed else where(passage.published, rest) or ()
    return figure.row["area_code"] in places and (figure.is_percent or may_count(figure, passage.words))


# Numbers that stand with each other's place or year in a sentence: "Kent (5,072) and Essex (4,136)".


def exchanged(
    published: PublishedFigures, sentence: Sentence, facts: Mapping[Mention, HeldFigure]
) -> Iterator[tuple[Mention, str, bool]]:
    """The numbers of a sentence that are figures of another place or year than the one of it that each stands with, of which, and
    whether that is sure: all its numbers are figures of its names.

    The sentence goes in twos of a name and a number, whichever comes first, or names them "respectively".
    """
    numbers = numbers_of(sentence)
    looked_up = {mention: fact for mention, fact in facts.items() if fact.same or fact.otherwise == PERIOD}
    tied = [at for at, mention in numbers.items() if _is_tied(sentence, mention)]
    kinds: tuple[tuple[str, dict[int, Hashable], Callable[[HeldFigure], Hashable]], ...] = (
        (AREA, _places(published, sentence.printed), lambda fact: published.name(fact.figure.row["area_code"])),
        (PERIOD, _years(sentence.printed, numbers), lambda fact: fact.figure.row["period_end"]),
    )
    for kind, names, name_of in kinds:
        beside = in_twos(numbers, names, in_order=bool(_RESPECTIVELY.search(sentence.text)), tied=tied)
        own = {mention: name_of(looked_up[mention]) for mention in beside if mention in looked_up}
        sure = len(own) == len(beside) and {*own.values()} == {*beside.values()}
        yield from ((mention, kind, sure) for mention, name in own.items() if beside[mention] != name)


def _is_tied(sentence: Sentence, mention: Mention) -> bool:
    """Is a number of the name just before it: "Kent: 6,603", "Kent (6,603)"?"""
    since, until = sentence.beside(mention)
    return bool(_TIED.search(since) or (_OPENED.search(since) and until.startswith(")")))


def _places(published: PublishedFigures, text: str) -> dict[int, Hashable]:
    """The places that a text names: of one that is called twice the first."""
    places = {start: name for start, _, name in places_in(published, text)}
    return {at: places[at] for before, at in pairwise([-1, *sorted(places)]) if places.get(before) != places[at]}


def _years(text: str, numbers: Mapping[int, Mention]) -> dict[int, Hashable]:
    """The last days of the periods that a text names ("the years to March 2024 and 2025"): between which of its numbers."""
    parts = ((begin, text[begin:end]) for begin, end in pairwise([0, *sorted(numbers), len(text)]))
    return {
        begin + 1 + at: end
        for begin, part in parts
        for at, end in enumerate(
            [*(period.end for period in named(part)), *(month_end(year, 12) for year in sorted(other_years(part)))]
        )
    }
