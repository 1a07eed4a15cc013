"""The shares of a text by two figures that are held: "rape made up 34% of sexual offences", where the words name both exactly.

The two are of one release where one has both. What the words do not name exactly is left alone: see `quantities.py`.
"""

import re
from collections.abc import Collection, Iterator

from assets.methods.interval import Interval
from assets.statement.quoted.facts import Changed
from assets.statement.quoted.passage import Passage
from assets.statement.quoted.published_figures import PublishedFigure, PublishedFigures
from assets.statement.quoted.sought import sexes
from assets.statement.text.mentions import Mention
from assets.statement.text.sentence import interval_told, is_share

_MADE_UP = (
    r"(?:ma(?:de|kes?|king) up|(?:account(?:ed|s|ing)? for)|represent(?:ed|s|ing)?|(?:compris|constitut)(?:ed|es|ing))"
)
_PART_FIRST = re.compile(rf"^(?P<part>[^.;:]*?)\b{_MADE_UP} $")
_WHOLE = re.compile(r"^ of (?P<whole>[^.,;:()]*)")
_WHOLE_FIRST = re.compile(r"^ of (?P<whole>[^.,;:()]*?)\b(?:were|was|are|is) (?:for )?(?P<part>[^.,;:()]*)")


def shares_of_figures(passage: Passage, known: Collection[Mention]) -> Iterator[tuple[Mention, Changed]]:
    """The shares of a sentence whose part and whole it names. known: its numbers that are held"""
    sentence = passage.sentence
    for mention in sentence.figures:
        if mention in known or not is_share(mention) or not (printed := sentence.values(mention)):
            continue
        both = _named_both(sentence.before(mention).casefold(), sentence.after(mention).casefold())
        if not both:
            continue
        parts, wholes = ([*_counts(passage, words)] for words in both)
        things = [passage.published.things(figures) for figures in (parts, wholes)]
        if [len(thing) for thing in things] != [1, 1]:
            continue
        if not passage.published.topics.is_part(parts[0].row["series"], wholes[0].row["series"]):
            continue  # of "domestic abuse made up 22% of sexual offences" the part is of both
        shares = [
            _share(passage.published, mention, part, whole, printed[0])
            for part, whole in passage.published.pairs(parts, wholes)
        ]
        if shares:
            yield mention, next((share for share in shares if share.same), shares[0])


def _named_both(since: str, until: str) -> tuple[str, str] | None:
    """The words for part and whole, of what stands before a share and behind it."""
    first, behind, other = _PART_FIRST.search(since), _WHOLE.match(until), _WHOLE_FIRST.match(until)
    if first and behind:
        return first["part"], behind["whole"]
    return (other["part"], other["whole"]) if other else None


def _counts(passage: Passage, words: str) -> Iterator[PublishedFigure]:
    """The counts of recorded offences that some words name, against whomever."""
    said = None if sexes(words) else passage.says(words, None)
    for figure in said.figures(passage.published) if said and said.content else ():
        if figure.row["unit"] == "offences" and figure.row["sex"] == "all":
            yield figure


def _share(
    published: PublishedFigures, mention: Mention, part: PublishedFigure, whole: PublishedFigure, printed: Interval
) -> Changed:
    share = 100 * part.print / whole.print
    told = f"{published.about(part)}, {part.days}: {part.printed_in}, of {published.about(whole)}: {whole.printed_in}"
    worked, same = f"{told}, is {interval_told(share)}%", printed.meets(share)
    return Changed(figure=part, same=same, old=whole, mention=mention, worked=worked, of_whole=True)
