"""A word that compares two groups of people or two places, where their figures say the contrary.

"Women (3.0%) were more likely than men (0.7%)": the number before "than" is said to be above, or below, the one behind it. Both
must be held, of one quantity and period.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from assets.statement.quoted.facts import Changed, HeldFigure
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.published_figures import PublishedFigures
from assets.statement.text.mentions import Mention

_WAY = re.compile(r"(?:(?P<up>more|higher|greater|larger)|less|fewer|lower|smaller)\b")
# One clause, in which the second number is of what "than" names: not "than before, and 3.0% of women".
_THAN = re.compile(r"^(?:(?!\bthan\b)[^.;:])*(?<!rather )(?<!other )\bthan\b(?!.*\bthan\b)[^.;:,]{0,60}$")
_DENIED = re.compile(r"\b(?:no|not|nor|neither|never|any|hardly)\b|n['’]t\b")


def compared_groups(
    passage: Passage, known: Mapping[Mention, HeldFigure], compared: Sequence[Mention]
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
        first and second and first.agrees and second.agrees
        and (first.row["series"], first.figure.span) == (second.row["series"], second.figure.span)
        and word.start < numbers[1].start and _THAN.match(passage.sentence.between(*numbers).casefold())
        and _is_above(passage.published, *((second, first) if way["up"] else (first, second)))
    ):  # fmt: skip
        figures = "; ".join(
            f"{passage.published.about(fact.figure)}, was {fact.figure.stands}" for fact in (first, second)
        )
        worked = f"it is the other way round: {figures}"
        yield word, Changed(figure=first.figure, same=False, old=second.figure, mention=word, worked=worked)


def _is_above(published: PublishedFigures, more: HeldFigure, less: HeldFigure) -> bool:
    """Is one figure above another, beyond what was rounded, as the sentence prints them and as they are now?"""
    now = published.newest(more.figure), published.newest(less.figure)
    return all(above.print.lower > below.print.upper for above, below in ((more.figure, less.figure), now))
