"""A word that compares two groups or places, or puts a force before all others, where their figures say the contrary.

"Women (3.0%) were more likely than men (0.7%)": the number before "than" is said to be above, or below, the one behind it. Both
must be held, of one quantity and period. "The fewest of all forces": no other one may have fewer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from assets.statement.quoted.facts import Changed, Fact, HeldFigure
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.published_figures import PublishedFigure, PublishedFigures
from assets.statement.text.mentions import Mention

_WAY = re.compile(r"(?:(?P<up>more|higher|greater|larger)|less|fewer|lower|smaller)\b")
_EXTREME = re.compile(r"(?P<up>highest|largest|most)|lowest|smallest|fewest")
_OF_ALL_FORCES = re.compile(
    r"\b(?:all (?:of the |the )?(?:4[34] )?|any (?:other )?|the 4[34] )(?:territorial )?(?:police )?forces?\b"
    r"(?! (?:in|of|across) (?!england and wales\b|the (?:year|country)\b|\d))"
)
# The second, one of them, without some, of a region, or how fast it rose.
_OF_SOME = re.compile(
    r"\b(?:second|third|fourth|fifth|among|one of|region\w*|except|excluding|apart|outside|other than|after|but|similar|"
    r"ris\w+|increas\w*|fall\w*|decreas\w*|growth|chang\w+|rates?|per)\b"
)
# One clause, in which the second number is of what "than" names: not "than before, and 3.0% of women".
_THAN = re.compile(r"^(?:(?!\bthan\b)[^.;:])*(?<!rather )(?<!other )\bthan\b(?!.*\bthan\b)[^.;:,]{0,60}$")
_DENIED = re.compile(r"\b(?:no|not|nor|neither|never|any|hardly)\b|n['’]t\b")


def compared_groups(
    passage: Passage, known: Mapping[Mention, Fact], compared: Sequence[Mention]
) -> Iterator[tuple[Mention, Changed]]:
    """The word of a sentence of two held numbers which these contradict. known: those that are held; compared: its comparative
    words
    """
    ways = [(word, way) for word in compared if (way := _WAY.match(word.text.casefold()))]
    numbers = passage.sentence.figures
    if len(ways) != 1 or len(numbers) != 2 or _DENIED.search(passage.flat):
        return
    [(word, way)], [first, second] = ways, [known.get(number) for number in numbers]
    if (
        isinstance(first, HeldFigure) and isinstance(second, HeldFigure) and first.agrees and second.agrees
        and (first.row["series"], first.figure.span) == (second.row["series"], second.figure.span)
        and _is_named(passage, first.figure, passage.sentence.bare)
        and word.start < numbers[1].start and _THAN.match(passage.sentence.between(*numbers).casefold())
        and _is_above(passage.published, *((second.figure, first.figure) if way["up"] else (first.figure, second.figure)))
    ):  # fmt: skip
        figures = "; ".join(
            f"{passage.published.about(fact.figure)}, was {fact.figure.stands}" for fact in (first, second)
        )
        worked = f"it is the other way round: {figures}"
        yield word, Changed(figure=first.figure, same=False, old=second.figure, mention=word, worked=worked)


def outdone_forces(
    passage: Passage, known: Mapping[Mention, Fact], compared: Sequence[Mention]
) -> Iterator[tuple[Mention, Changed]]:
    """The word that puts a force first or last of all forces, where another one is beyond it. known, compared: as above"""
    published = passage.published
    extremes = [(word, match) for word in compared if (match := _EXTREME.fullmatch(word.text.casefold()))]
    numbers = [fact for number in passage.sentence.figures if isinstance(fact := known.get(number), HeldFigure)]
    besides, of_all = _OF_ALL_FORCES.subn(" ", passage.flat)
    if len(extremes) != 1 or len(numbers) != 1 or not of_all or _OF_SOME.search(besides) or _DENIED.search(besides):
        return
    [(word, extreme)], [fact] = extremes, numbers
    is_of_force = fact.agrees and fact.row["area_code"] in published.forces
    if not is_of_force or not _is_named(passage, fact.figure, _OF_ALL_FORCES.sub(" ", passage.sentence.bare)):
        return
    beyond = [
        other
        for other in published.of_other_forces(fact.figure)
        if _is_above(published, *((other, fact.figure) if extreme["up"] else (fact.figure, other)))
    ]
    if beyond:
        other = (max if extreme["up"] else min)(beyond, key=lambda figure: figure.value)
        of_other = f"of {published.name(other.row['area_code'])} it was {other.stands}"
        worked = f"{published.about(fact.figure)}, was {fact.figure.stands}, and {of_other}"
        yield word, Changed(figure=fact.figure, same=False, old=other, mention=word, worked=worked)


def _is_named(passage: Passage, figure: PublishedFigure, bare: str) -> bool:
    """Do the words of a sentence name what a figure counts, and nothing besides? bare: they, without figures"""
    topics, text = passage.published.topics, passage.published.flat_without_areas(bare, passage.named_areas)
    return topics.names(figure.row["series"], topics.content(text))


def _is_above(published: PublishedFigures, more: PublishedFigure, less: PublishedFigure) -> bool:
    """Is one figure above another, as the sentence prints them and as they are now?"""
    return more.exceeds(less) and published.newest(more).exceeds(published.newest(less))
