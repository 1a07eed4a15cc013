"""Numbers that stand with each other's place or year in a sentence: "Kent (5,072) and Essex (4,136)"."""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import pairwise

from assets.archive.reading.periods import named
from assets.statement.quoted.facts import AREA, PERIOD, HeldFigure
from assets.statement.quoted.published_figures import PublishedFigures
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence
from assets.statement.text.twos import in_twos, numbers_of


def exchanged(
    published: PublishedFigures, sentence: Sentence, facts: Mapping[Mention, HeldFigure]
) -> Iterator[tuple[Mention, str]]:
    """The numbers of a sentence that are figures of another place or year of it than the one that each stands with, and of
    which.

    That is told where the sentence goes in twos of a name and a number, whichever comes first, and all its numbers are figures
    of its names.
    """
    numbers = numbers_of(sentence)
    looked_up = {mention: fact for mention, fact in facts.items() if fact.same or fact.otherwise == PERIOD}
    if len(numbers) < 2 or not looked_up.keys() >= {*numbers.values()}:
        return
    kinds: tuple[tuple[str, dict[int, Hashable], Callable[[HeldFigure], Hashable]], ...] = (
        (AREA, _places(published, sentence.printed), lambda fact: published.name(fact.figure.row["area_code"])),
        (PERIOD, _years(sentence.printed, numbers), lambda fact: fact.figure.span),
    )
    for kind, names, name_of in kinds:
        beside = in_twos(numbers, names)
        own = {mention: name_of(looked_up[mention]) for mention in beside}
        if {*own.values()} == {*beside.values()}:
            yield from ((mention, kind) for mention, name in beside.items() if own[mention] != name)


def _places(published: PublishedFigures, text: str) -> dict[int, Hashable]:
    """The places that a text names: of names in each other the longest."""
    places: dict[int, Hashable] = {}
    for name in sorted({published.name(code) for code in published.printed_areas(text)}, key=len, reverse=True):
        pattern = re.compile(rf"\b{re.escape(name)}\b")
        places |= {match.start(): name for match in pattern.finditer(text)}
        text = pattern.sub(" " * len(name), text)
    return places


def _years(text: str, numbers: Mapping[int, Mention]) -> dict[int, Hashable]:
    """The periods that a text names: between which of its numbers."""
    return {
        begin + 1 + at: (period.start, period.end)
        for begin, end in pairwise([0, *sorted(numbers), len(text)])
        for at, period in enumerate(named(text[begin:end]))
    }
