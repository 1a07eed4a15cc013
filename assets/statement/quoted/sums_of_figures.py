"""The counts of a text that are told of several places together, by the sum of what is held of each: "Essex and Kent recorded".

What may be a number of each of them, of a place besides or of several years is left alone; so is one that is far from the sum and
none of its parts.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from operator import add

from assets.archive.reading.periods import named
from assets.statement.quoted.facts import HeldFigure, Summed
from assets.statement.quoted.matched import NEAR
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.places import BOTH, joined, places_in
from assets.statement.quoted.published_figures import PublishedFigure
from assets.statement.quoted.sought import YEAR_BEFORE, is_slip, sexes
from assets.statement.text.changes import gives_a_change
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, counts, interval_told
from assets.statement.text.sentences import is_of_a_span
from assets.statement.text.twos import one_by_one
from assets.tables.records import grouped
from schemas.codes import ENGLAND_AND_WALES

_OF_EACH = re.compile(r"\b(?:each|both|either|every|apiece|average|mean|median|per)\b")


def sums_of_figures(passage: Passage, known: Mapping[Mention, HeldFigure]) -> Iterator[tuple[Mention, Summed]]:
    """The sums of a sentence. known: its numbers that are held"""
    published, sentence = passage.published, passage.sentence
    names = joined(published, sentence.printed)
    if len(names) < 2 or len({*named(sentence.printed)}) > 1 or BOTH.search(sentence.printed):
        return
    if _OF_EACH.search(passage.flat) or YEAR_BEFORE.search(passage.flat) or sexes(passage.flat):
        return
    every = {name for *_, name in places_in(published, sentence.printed.replace(" & ", " and "))}
    codes = tuple(code for code in passage.named_areas if published.name(code) in names)
    if every != names or one_by_one(sentence, len(names)):
        return
    for mention in sentence.figures:
        fact = known.get(mention)
        national = fact and fact.figure.row["area_code"] == ENGLAND_AND_WALES
        if national or not counts(mention) or gives_a_change(sentence, mention) or is_of_a_span(sentence, mention):
            continue
        said = replace(passage, areas=codes).says(_words(sentence, mention), None, beside=mention)
        figures = said.figures(published) if said and said.content else ()
        if parts := _parts(passage, [each for each in figures if each.row["unit"] == "offences"], len(names)):
            yield from _held_against(passage, mention, parts)


def _words(sentence: Sentence, mention: Mention) -> str:
    """What a number is of: the words of the sentence up to its first number, and its own."""
    return f"{sentence.before(sentence.figures[0])} {sentence.clause(mention)}".casefold()


def _parts(passage: Passage, figures: Collection[PublishedFigure], places: int) -> list[PublishedFigure]:
    """The figures of one thing of each of so many places, of one release, the newest; a force and a region may have one name."""
    by_release = grouped(figures, lambda figure: (figure.row["series"], *figure.release))
    named = {of: {passage.published.name(part.row["area_code"]) for part in parts} for of, parts in by_release.items()}
    whole = [parts for of, parts in by_release.items() if len(named[of]) == places == len(parts)]
    return max(whole, key=lambda parts: passage.published.rank(parts[0]), default=[])


def _held_against(
    passage: Passage, mention: Mention, parts: Collection[PublishedFigure]
) -> Iterator[tuple[Mention, Summed]]:
    value = next((value for value in passage.sentence.values(mention) if value.is_bounded), None)
    if value is None:
        return
    total = reduce(add, (part.print for part in parts))
    same, number, whole = value.meets(total), float(value.midpoint), float(total.midpoint)
    likely = abs(number - whole) <= NEAR * whole or is_slip(f"{number:.0f}", f"{whole:.0f}")
    if same or likely or any(value.meets(part.print) for part in parts):
        told = " and ".join(f"{passage.published.about(part)}: {part.stands}" for part in parts)
        first, *others = parts
        worked = f"{told}, together {interval_told(total)}"
        yield mention, Summed(figure=first, same=same, others=tuple(others), worked=worked)
