"""Every number and every comparative word of a text, and whether a claims file covers it.

A figure that is held in the published file is told with its source (see `held_figures`). A mention is covered where a claim's
`printed`, or a dismissed wording, stands over it in the text; of several numbers in one `printed` the claim covers the one that
is its figure. A claim whose `printed` stands nowhere in the text is told.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from assets.methods.rounding import Near
from assets.statement.claims.document import Claim, Document
from assets.statement.quoted.facts import Fact
from assets.statement.quoted.looking_up import LookingUp
from assets.statement.quoted.published_figures import PublishedFigures
from assets.statement.text.mentions import COMPARISON, NUMBER, Mention, mentions_of
from assets.statement.text.sentence import Worked, sentences
from assets.statement.text.sentences import worked_out
from assets.statement.text.tabled import tabled
from assets.statement.text.texts import Text
from assets.words.numerals import figure_read, plain_letters

Place = tuple[int, int, int]  # block from 1, start, end
SEVERAL_THREATS = "one offence may be of several of these threats, so it is a bound"


@dataclass(frozen=True)
class Scan:
    """All mentions of a text, where the claims stand in it, those that do not, and figures that are held, by block and start."""

    text: Text
    mentions: tuple[Mention, ...]
    places: Mapping[str, Sequence[Place]]
    misplaced: tuple[str, ...]
    held: Mapping[tuple[int, int], Fact] = field(default_factory=dict)
    beside: Mapping[tuple[int, int], frozenset[tuple[int, int]]] = field(default_factory=dict)
    """The numbers of the sentence of each number, by block and start."""
    looked_up: bool = False


def scan(
    text: Text, document: Document | None = None, near: Near | None = None, published: PublishedFigures | None = None
) -> Scan:
    """Every mention of a text with what covers it; where `near` is given what its sentence lets be worked out of it, and which
    of the figures `published` it is.
    """
    bare = [_bare(block) for block in text.blocks]
    claims = document.claims if document else ()
    places = {claim.id: _nearest(claim, _places(claim.printed, bare)) for claim in claims}
    spans = _spans(places, document, bare)
    figures = {claim.id: figure_read(claim.figure).value for claim in claims if claim.figure}
    mentions: list[Mention] = []
    looking_up = LookingUp(text, near, published) if near and published is not None else None
    subject: Mention | None = None
    of_tables = _of_tables(text) if near else {}
    apart = _apart(text)
    for number, block_text in enumerate(text.blocks, start=1):
        beside = list(mentions_of(block_text, number, apart.get(number, ())))
        if near:
            parts = list(sentences(block_text, [mention for mention in beside if mention.kind == NUMBER], near))
            results, subject = worked_out(parts, subject)
            worked = {result.start: result for result in results}
            for that in of_tables.get(number, ()):
                inside = (mention.start for mention in beside if mention.start <= that.start < mention.end)
                worked |= dict.fromkeys(inside, that)
            if looking_up:
                compared = [mention for mention in beside if mention.kind == COMPARISON]
                looking_up.block(number, block_text, parts, compared, worked)
            beside = [_worked(mention, worked.get(mention.start), looking_up) for mention in beside]
        mentions += [_covered(mention, spans.get(number, ()), figures, beside) for mention in beside]
    misplaced = tuple(key for key, places_told in places.items() if not places_told)
    if looking_up is None:
        return Scan(text, tuple(mentions), places, misplaced)
    return Scan(text, tuple(mentions), places, misplaced, looking_up.facts(), looking_up.beside, looked_up=True)


def _spans(
    places: Mapping[str, Sequence[Place]], document: Document | None, bare: Sequence[tuple[str, list[int]]]
) -> dict[int, list[tuple[int, int, str, str | None]]]:
    """Where claims, and texts that are none with why, begin and end, by block."""
    spans = defaultdict[int, list[tuple[int, int, str, str | None]]](list)
    for key, place in places.items():
        for block, start, end in place:
            spans[block].append((start, end, key, None))
    for dismissed in document.dismissed if document else ():
        for block, start, end in _places(dismissed.text, bare):
            spans[block].append((start, end, "", dismissed.why))
    return spans


def _apart(text: Text) -> dict[int, set[int]]:
    """Where the cells of tables are parted, by block."""
    apart = defaultdict[int, set[int]](set)
    for cell in (cell for table in text.tables for row in table for cell in row if cell.start and cell.text):
        apart[cell.block].add(cell.start - 1)
    return apart


def _worked(mention: Mention, worked: Worked | None, looking_up: LookingUp | None) -> Mention:
    """A mention with what is worked out of it: a total of figures that are all published is as it is published."""
    if worked is None:
        return mention
    if worked.summed and looking_up and looking_up.is_published(mention):
        return replace(mention, worked=f"{worked.words}, each as it is published", holds=True)
    of = frozenset(each.place for each in worked.of) | frozenset(cell.place for cell in worked.cells)
    if worked.summed and looking_up and looking_up.of_several_threats(mention):
        return replace(
            mention, worked=f"{worked.words}: {SEVERAL_THREATS}", holds=worked.holds, of=frozenset([mention.place])
        )
    return replace(mention, worked=worked.words, holds=worked.holds, of=of)


def _of_tables(text: Text) -> Mapping[int, list[Worked]]:
    """What the tables of a text let be worked out, by block."""
    by_block = defaultdict[int, list[Worked]](list)
    for table in text.tables:
        for (block, _), worked in tabled(table).items():
            by_block[block].append(worked)
    return by_block


def _places(wording: str, bare: Sequence[tuple[str, list[int]]]) -> list[Place]:
    """Every place where a wording stands, however spaced and whatever its quotes, marks and stress."""
    wanted, _ = _bare(wording)
    places_told = []
    for number, (flat, places) in enumerate(bare, start=1):
        at = flat.find(wanted) if wanted else -1
        while at >= 0:
            places_told.append((number, places[at], places[at + len(wanted) - 1] + 1))
            at = flat.find(wanted, at + 1)
    return places_told


def _bare(text: str) -> tuple[str, list[int]]:
    """Small letters without spaces, commas, stress, reference marks and kinds of quotes, and where each stood."""
    flat = plain_letters(text).replace("“", '"').replace("”", '"').replace("‘", "'")
    raised = re.finditer(r"\^\{[^}]*\}|[⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣ]+", flat)
    dropped = {place for match in raised for place in range(match.start(), match.end())}
    kept = [(letter, place) for place, letter in enumerate(flat) if place not in dropped and letter not in " ,*[]_"]
    return "".join(letter for letter, _ in kept), [place for _, place in kept]


def _nearest(claim: Claim, places: Sequence[Place]) -> Sequence[Place]:
    """Those in the claim's own paragraph, where blocks are counted so; or else all of them."""
    return [place for place in places if place[0] == claim.paragraph] or places


def _covered(
    mention: Mention,
    spans: Iterable[tuple[int, int, str, str | None]],
    figures: Mapping[str, Fraction],
    beside: Iterable[Mention],
) -> Mention:
    """A mention with the claims over it; of several numbers under one claim that which is its figure, or else all."""
    over = [span for span in spans if span[0] < mention.end and mention.start < span[1]]
    claims = []
    for start, end, claim, _ in over:
        values = {
            number.figure.value for number in beside if number.figure and start < number.end and number.start < end
        }
        own = figures.get(claim)
        if claim and (own not in values or mention.figure is None or mention.figure.value == own):
            claims.append(claim)
    why = next((why for *_, why in over if why), None)
    return replace(mention, covered=tuple(dict.fromkeys(claims)), dismissed=None if claims else why)
