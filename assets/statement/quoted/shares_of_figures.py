"""The shares of a text by two figures that are held: "rape made up 34% of sexual offences", where the words name both exactly.

The two are of one release where one has both. What the words do not name exactly is left alone: see `quantities.py`.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from assets.statement.quoted.changes_of_figures import Changed
from assets.statement.quoted.matched import HeldFigure
from assets.statement.quoted.published_figures import (
    PublishedFigure,
    PublishedFigures,
    days_of,
    print_of,
    printed_in,
    release_of,
)
from assets.statement.quoted.quantities import Named, said_of
from assets.statement.quoted.sought import sexes
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import Sentence, interval_told, is_share

_MADE_UP = (
    r"(?:ma(?:de|kes?|king) up|(?:account(?:ed|s|ing)? for)|represent(?:ed|s|ing)?|(?:compris|constitut)(?:ed|es|ing))"
)
_PART_FIRST = re.compile(rf"^(?P<part>[^.;:]*?)\b{_MADE_UP} $")
_WHOLE = re.compile(r"^ of (?P<whole>[^.,;:()]*)")
_WHOLE_FIRST = re.compile(r"^ of (?P<whole>[^.,;:()]*?)\b(?:were|was|are|is) (?:for )?(?P<part>[^.,;:()]*)")


def shares_of_figures(
    published: PublishedFigures,
    sentence: Sentence,
    text: str,
    known: Mapping[Mention, HeldFigure],
    areas: Collection[str] | None,
    before: Named | None,
) -> Iterator[tuple[Mention, Changed]]:
    """The shares of a sentence whose part and whole it names.

    text: of the sentence, with its dates; known: its numbers that are held; areas, before: see `quantities.said_of`
    """
    for mention in sentence.figures:
        if mention in known or not is_share(mention) or not (printed := sentence.values(mention)):
            continue
        since, until = sentence.before(mention).casefold(), sentence.after(mention).casefold()
        if not (both := _named_both(since, until)):
            continue
        parts, wholes = (
            [*_counts(published, said_of(published, words, (text,), None, areas, before))] if not sexes(words) else []
            for words in both
        )
        things = [{published.topics.subject(row["series"]) for _, row in figures} for figures in (parts, wholes)]
        if [len(thing) for thing in things] != [1, 1] or things[0] == things[1]:
            continue
        if not published.topics.is_part(parts[0][1]["series"], wholes[0][1]["series"]):
            continue  # of "domestic abuse made up 22% of sexual offences" the part is of both
        shares = [
            _share(published, mention, part, whole, printed[0].meets(100 * print_of(part[1]) / print_of(whole[1])))
            for part, whole in _pairs(published, parts, wholes)
        ]
        if shares:
            yield mention, next((share for share in shares if share.same), shares[0])


def _named_both(since: str, until: str) -> tuple[str, str] | None:
    """The words for part and whole, of what stands before a share and behind it."""
    first, behind, other = _PART_FIRST.search(since), _WHOLE.match(until), _WHOLE_FIRST.match(until)
    if first and behind:
        return first["part"], behind["whole"]
    return (other["part"], other["whole"]) if other else None


def _counts(published: PublishedFigures, words: Named | None) -> Iterator[PublishedFigure]:
    """The counts of recorded offences that some words name."""
    if words and words.content:
        yield from (
            figure
            for figure in words.figures(published)
            if figure[1]["unit"] == "offences" and figure[1]["sex"] == "all"
        )


def _pairs(
    published: PublishedFigures, parts: Collection[PublishedFigure], wholes: Collection[PublishedFigure]
) -> list[tuple[PublishedFigure, PublishedFigure]]:
    """Part and whole of one release, the newest first; or else those of the newest."""

    def newest_first(figures: Collection[PublishedFigure]) -> list[PublishedFigure]:
        return sorted(figures, key=lambda figure: published.rank(figure[1]), reverse=True)

    both = [(part, whole) for part in newest_first(parts) for whole in newest_first(wholes)]
    return [pair for pair in both if release_of(pair[0][1]) == release_of(pair[1][1])] or both[:1]


def _share(
    published: PublishedFigures, mention: Mention, part: PublishedFigure, whole: PublishedFigure, same: bool
) -> Changed:
    (table, new), (_, old) = part, whole
    told = interval_told(100 * print_of(new) / print_of(old))
    words = f"{published.about(new)}, {days_of(new)}: {printed_in(new)}, of {published.about(old)}: {printed_in(old)}, is {told}%"
    return Changed(table, old, new, mention, words, same, (), of_whole=True)
