"""What is said of the numbers of a text before anybody claims anything: remarks on some, and of each number one verdict.

A number agrees with what is held, or disagrees, or is not tested, with the reason: none is passed over in silence. What its own
sentence or table lets be worked out agrees only where the numbers that it is worked out of do.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assets.statement.quoted.facts import AREA, PEOPLE, PERIOD, SUBJECT, UNIT, Fact, HeldFigure
from assets.statement.scan.scan import Scan
from assets.statement.text.mentions import COMPARISON, NUMBER, Mention
from assets.tables.records import grouped

WORKED_OUT = "works out"
OTHER = {
    PERIOD: "another period",
    AREA: "another area",
    UNIT: "another unit",
    SUBJECT: "another subject",
    PEOPLE: "other people",
}
# In this order: of what kind a remark is, and whether a person should look there.
KINDS = {
    "does not work out": True,
    "a change, share, sum or rank that the figures held do not give": True,
    **{f"held of {other} than the words beside it name": True for other in OTHER.values()},
    "not the figure that is held for the words beside it": True,
    "near a figure that is held, and not it": True,
    "held in the published file": False,
    "a change, share or sum of figures that are held": False,
    "held, and not surely what the words speak of": False,
    "near a figure that is held, and not surely against it": False,
    WORKED_OUT: False,
}
_DIFFERS, _OTHER_CHANGE, *_others, _INSTEAD, _NEAR, _HELD, _CHANGE, _UNSURE, _NEAR_IT, _ = KINDS
HELD, TO_LOOK_AT = {_HELD, _CHANGE}, {kind for kind, to_look_at in KINDS.items() if to_look_at}
AGREES, DISAGREES, UNTESTED, NO_CLAIM = VERDICTS = ("agrees", "disagrees", "not tested", "makes no claim")


@dataclass(frozen=True)
class Remark:
    """A number in its place, of what kind the remark on it is (see KINDS), and the remark."""

    mention: Mention
    kind: str
    words: str

    @property
    def to_look_at(self) -> bool:
        """Should a person look there?"""
        return KINDS[self.kind]


def remarks(scan: Scan) -> Iterator[Remark]:
    """All of a text, in the order of its numbers."""
    for mention in scan.mentions:
        if mention.worked:
            yield Remark(mention, WORKED_OUT if mention.holds else _DIFFERS, mention.worked)
        looked_up = scan.held.get(mention.place)
        if looked_up:
            words = f"{looked_up.untold}: {looked_up.words}" if looked_up.untold else looked_up.words
            yield Remark(mention, _kind(looked_up), words)


def _kind(fact: Fact) -> str:
    if fact.untold:
        return _UNSURE if fact.same else _NEAR_IT
    if not isinstance(fact, HeldFigure):
        return _CHANGE if fact.same else _OTHER_CHANGE
    if fact.otherwise:
        return f"held of {OTHER[fact.otherwise]} than the words beside it name"
    return _HELD if fact.same else _INSTEAD if fact.instead else _NEAR


@dataclass(frozen=True)
class Verdict:
    """What is said of a number, or of a word that compares, in one word (see VERDICTS), and why."""

    mention: Mention
    verdict: str
    why: str


def verdicts(scan: Scan) -> list[Verdict]:
    """One of each number of a text, and of each word that compares, in order."""
    told = grouped(remarks(scan), lambda remark: remark.mention.place)
    kinds = {place: {remark.kind for remark in of_place} for place, of_place in told.items()}
    agreeing = {place for place, of_place in kinds.items() if of_place & HELD and not of_place & TO_LOOK_AT}
    worked = {place for place, of_place in kinds.items() if of_place == {WORKED_OUT}}
    made = []
    for mention in scan.mentions:
        place = mention.place
        others = mention.of or scan.beside.get(place, frozenset()) - {place}
        follows = place in worked and others & agreeing and others <= agreeing | worked
        made.append(_verdict(mention, told[place], HELD | {WORKED_OUT} if follows else HELD, looked_up=scan.looked_up))
    return made


def in_counts(told: Iterable[Verdict]) -> str:
    """How many numbers of a text have each verdict."""
    counted = Counter(each.verdict for each in told if each.mention.kind == NUMBER)
    return ", ".join(f"{verdict} {counted[verdict]:,}" for verdict in VERDICTS)


def _verdict(mention: Mention, said: Sequence[Remark], agreeing: Collection[str], *, looked_up: bool) -> Verdict:
    for verdict, kinds in ((DISAGREES, TO_LOOK_AT), (AGREES, agreeing), (UNTESTED, {_UNSURE, _NEAR_IT})):
        if why := "; ".join(f"{remark.kind}: {remark.words}" for remark in said if remark.kind in kinds):
            return Verdict(mention, verdict, why)
    if mention.proposed and not said:
        return Verdict(mention, NO_CLAIM, mention.proposed)
    return Verdict(mention, UNTESTED, _why_untested(mention) if looked_up else "nothing was looked up")


def _why_untested(mention: Mention) -> str:
    """Why nothing is held against a number."""
    figure = mention.figure
    if mention.worked:
        return f"it works out ({mention.worked}) of numbers that are not all held, or not to be added"
    if mention.kind == COMPARISON:
        return "what it compares is not named in full"
    if figure is None:
        return "it cannot be read as a number"
    if figure.money:
        return "sums of money are not held"
    if figure.points:
        return "points are tested only as a change between two figures that the words name"
    return "the words beside it name no figure that is held: what, whom, where and when must be told"
