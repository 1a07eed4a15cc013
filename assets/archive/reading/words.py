"""Labels matched by their words: what a publisher adds or drops beside them decides nothing, a margin to the second best does.

Units in brackets, notes, ampersands, punctuation, footnote digits that stuck to a word, plurals, "offences" and "total" are taken
out of the comparison. Words that turn a meaning round ("without", "non", "other") and numbers must be the same on both sides.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assets.archive.reading.text import fold

UNIT = re.compile(
    r"\((?:%|per ?cent(?:age)?s?|numbers?|rates?|counts?|thousands?|000s?|1,?000s?|note \d+)\)"
    r"|per 1,?000(?: of)?(?: population| adults| people)?|rounded to [\d,]+|%"
)
# "(new from April 2023)"
DATED = re.compile(r"\([^()]*\b(?:19|20)\d\d\b[^()]*\)")
WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
GLUED = re.compile(r"(?<=[a-z]{3})\d{1,2}(?:,\d{1,2})*(?![a-z\d])")
# Said or left out without another meaning.
PADDING = frozenset((
    "a", "all", "an", "and", "any", "as", "at", "by", "crime", "csew", "for", "from", "headline", "in", "into",
    "is", "it", "its", "of", "offence", "on", "or", "per", "recorded", "the", "to", "total", "type", "which",
))  # fmt: skip
EVERYBODY = frozenset(("all", "total", "person", "people", "adult"))
# Whom or what a survey counts.
COUNTED = EVERYBODY | {"victim", "incident"}
# A word of these on one side only makes it another label.
TURNS = frozenset((
    "non", "not", "no", "without", "with", "excluding", "including", "other", "under", "former", "than", "weighted", "unweighted",
))  # fmt: skip
SHORT = (("excl", "excluding"), ("exc", "excluding"), ("incl", "including"), ("inc", "including"))
NEAR_WORD, NEAR_LABEL, MARGIN = 0.84, 0.72, 0.12


@dataclass(frozen=True)
class Match:
    """The target that a label is, with its likeness (1 is the same)."""

    target: int
    likeness: float


class Ambiguous(Exception):
    """A label that is as near to one target as to another."""


class Targets:
    """Labels that are looked for, each a plain wording; several wordings may have one name."""

    def __init__(self, wordings: Sequence[str], names: Sequence[object]) -> None:
        self._words = [words(text) for text in wordings]
        self._names = list(names)
        self.wordings = list(wordings)

    def find(self, label: str, among: Iterable[int] | None = None) -> Match | None:
        """The target that a label is; None where none is near enough. Raises Ambiguous where two are as near."""
        given = words(label)
        best: dict[object, tuple[float, int]] = {}
        for at in range(len(self._words)) if among is None else among:
            alike = likeness(given, self._words[at])
            if (
                alike >= NEAR_LABEL
                and not says_more(given, self._words[at])
                and alike > best.get(self._names[at], (0.0, 0))[0]
            ):
                best[self._names[at]] = (alike, at)
        if not best:
            return None
        ordered = sorted(best.values(), reverse=True)
        second = ordered[1][0] if len(ordered) > 1 else 0.0
        margin = ordered[0][0] - second
        if margin == 0 or (ordered[0][0] < 1 and margin < MARGIN):
            raise Ambiguous(f"{self.wordings[ordered[0][1]]!r} or {self.wordings[ordered[1][1]]!r}")
        return Match(ordered[0][1], ordered[0][0])


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a label that carry its meaning, in order; where all are padding, all of them."""
    plain = GLUED.sub("", UNIT.sub(" ", DATED.sub(" ", fold(text).replace("[", "(").replace("]", ")"))))
    plain_words = [_plain(word) for word in WORD.findall(plain)]
    kept = tuple(word for word in plain_words if word not in PADDING)
    return kept or tuple(plain_words)


def of_all(text: str) -> bool:
    """Does a label say that all are meant, or nothing?"""
    return {*words(text)} <= EVERYBODY


def likeness(this: Sequence[str], other: Sequence[str]) -> float:
    """How alike two labels are, from 0 to 1: the share of their words that stand on both sides, misspellings included."""
    if this == other:
        return 1.0
    if _turning(this) != _turning(other):
        return 0.0
    ours, theirs = [w for w in this if not _turns(w)], [w for w in other if not _turns(w)]
    if not ours or not theirs:
        return 0.0
    left, alike = list(theirs), 0.0
    for word in ours:
        near = max(left, key=lambda known: _alike(word, known), default=None)
        if near is not None and (same := _alike(word, near)) >= NEAR_WORD:
            left.remove(near)
            alike += same
    in_order = 1.0 if len(this) == len(other) else 0.99
    return min(in_order, 0.999) * 2 * alike / (len(ours) + len(theirs))


def says_more(this: Sequence[str], other: Sequence[str]) -> bool:
    """Has a label words that a wording lacks, more than one in four of its own? "Economic partner abuse" is none."""
    more = [
        word for word in this if word not in COUNTED and not any(_alike(word, known) >= NEAR_WORD for known in other)
    ]
    return len(more) > len(other) // 4


@lru_cache(maxsize=50_000)
def _alike(this: str, other: str) -> float:
    if this == other:
        return 1.0
    if min(len(this), len(other)) < 4 or abs(len(this) - len(other)) > 2:
        return 0.0
    return difflib.SequenceMatcher(None, this, other).ratio()


def _turns(word: str) -> bool:
    return word in TURNS or word[0].isdigit()


def _turning(label: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in label if _turns(word)))


def _plain(word: str) -> str:
    """A word in the singular; a shortened or misspelt "excluding" or "including" in full."""
    for start, whole in SHORT:
        if (
            word == start
            or (word.startswith(start) and word.endswith("g") and len(word) < 14)
            or word in (f"{start}l", start + ".")
        ):
            return whole
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
