"""One sentence of a text with its figures, and what they stand for beside each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assets.methods.interval import Interval
from assets.methods.rounding import Near
from assets.statement.text.figures import interval_in_text
from assets.statement.text.grid import TextCell
from assets.statement.text.mentions import DATES, Mention
from assets.words.numerals import plain_letters

OPENED = re.compile(r"^[^.;:()\d]{0,50}\($")
# A comma within "domestic abuse, sexual assault or stalking" parts nothing.
APART = re.compile(r"[,;](?! [a-z-]+(?: [a-z-]+)?,? (?:or|and) [a-z])|\b(?:while|whilst|whereas)\b")
_COMPOUND = re.compile(r"-[a-z]")  # "the 12-month period" counts nothing
# What is left of brackets and of "between ... and ..." once their dates are blanked.
_LEFT = re.compile(r"\( +\)|\b(?:between [a-z ]{0,12}?and|from +(?:to|until)) {3,}")
_NEXT_THING = re.compile(r"^\)[,;]? (?:and|while|but|or)\b")
_ASIDE = re.compile(r"\([^()]*\)")
# Before a number a sentence ends behind a word or a year; a shorter word may be short for another, as in "No. 5".
_ENDS = re.compile(
    r"(?<=[.!?])[\s\"'”*)]+(?=[A-Z\"'“*(\[])|(?<=[a-z]{4}[.!?]|\b\d{4}[.!?])(?<!approx\.)(?<!para\.)\s+(?=\d)"
    r"|(?<=[.!?])\s+(?=\d{1,2}/\s)"  # "70,898. 4/ Stalking"
)


@dataclass(frozen=True)
class Worked:
    """A figure that its sentence or table lets be worked out: where it begins, does it hold, and what is worked out, in words.

    summed: is it a total, which published parts need not come to, since they are rounded and leave out who gave no answer
    of: the figures that it is worked out of; none where it may be any of its sentence; cells: those of its table
    """

    start: int
    holds: bool
    words: str
    summed: bool = False
    of: tuple[Mention, ...] = ()
    cells: tuple[TextCell, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """A sentence of a block: its text with dates and marks blanked, as it is printed, and its figures, in places of the block."""

    text: str
    printed: str
    start: int
    figures: tuple[Mention, ...]
    near: Near

    def before(self, mention: Mention) -> str:
        """The text before a figure."""
        return self.text[: mention.start - self.start]

    def after(self, mention: Mention) -> str:
        """The text after a figure."""
        return self.text[mention.end - self.start :]

    @property
    def bare(self) -> str:
        """The text without its figures, in small letters."""
        ends = [*(mention.start - self.start for mention in self.figures), len(self.text)]
        starts = [0, *(mention.end - self.start for mention in self.figures)]
        return " ".join(self.text[start:end] for start, end in zip(starts, ends, strict=True)).casefold()

    def between(self, mention: Mention, other: Mention) -> str:
        """The text between two figures, one space for several."""
        return re.sub(" +", " ", self.text[mention.end - self.start : other.start - self.start])

    def beside(self, mention: Mention) -> tuple[str, str]:
        """What is printed since the last figure, and up to the next one."""
        return self._beside(mention, self.printed)

    def own(self, mention: Mention) -> str:
        """What is printed from the last figure to the next one."""
        since, until = self.beside(mention)
        return since + self.printed[mention.start - self.start : mention.end - self.start] + until

    def around(self, mention: Mention) -> tuple[str, str]:
        """The words since the last figure, and those up to the next one, in small letters."""
        since, until = (re.sub(" +", " ", text.casefold()) for text in self._beside(mention, self.text))
        return since, until

    def _beside(self, mention: Mention, text: str) -> tuple[str, str]:
        place = self.figures.index(mention)
        begin = self.figures[place - 1].end - self.start if place else 0
        end = self.figures[place + 1].start - self.start if mention is not self.figures[-1] else len(text)
        return text[begin : mention.start - self.start], text[mention.end - self.start : end]

    def without_asides(self, mention: Mention | None = None) -> str:
        """What is printed, with blanks for what stands in brackets with other figures: "74,174 (70,898 in 2024)"."""
        own = mention.start - self.start if mention else -1
        at = [each.start - self.start for each in self.figures]

        def blanked(aside: re.Match[str]) -> str:
            others = any(aside.start() < place < aside.end() for place in at) and not aside.start() < own < aside.end()
            return " " * len(aside[0]) if others else aside[0]

        return _ASIDE.sub(blanked, self.printed)

    def clause(self, mention: Mention) -> str:
        """The words that a figure has for itself beside others: since the last figure or comma, up to the next; and behind one
        that is alone in brackets: "98,921 (17%) malicious communications".
        """
        since, until = self.around(mention)
        behind = self.figures[self.figures.index(mention) + 1 :]
        if behind and self.alone_in_brackets(self.between(mention, behind[0]), behind[0]):
            until += _after_brackets(self.around(behind[0])[1])
        return f"{APART.split(since)[-1]} {APART.split(_after_brackets(until))[0]}"

    def alone_in_brackets(self, gap: str, mention: Mention) -> bool:
        """Does a figure stand in brackets with nothing after it, so that the text before it ends with the bracket?"""
        return bool(OPENED.match(gap)) and self.after(mention).startswith(")")

    def values(self, *figures: Mention, capped: bool = False) -> list[Interval]:
        """What some figures stand for, shares in per cent, counts to the digits that all print; empty where one is no number.

        capped: at least two digits of the smallest count are exact
        """
        counts = [mention.number for mention in figures if _is_count(mention)]
        zeros = min((figure.zeros for figure in counts), default=0)
        digits = min((len(str(int(figure.low))) for figure in counts), default=0)
        step = 10 ** (min(zeros, digits - 2) if capped else zeros) if zeros >= 3 else 0
        values = [
            self.read(mention.text, step if _is_count(mention) else None, share=is_share(mention))
            for mention in figures
        ]
        return [interval for interval in values if interval is not None] if all(values) else []

    def read(self, text: str, rounded_to: float | None = None, *, share: bool = False) -> Interval | None:
        """What a text stands for; None where it is no figure."""
        try:
            return interval_in_text(text.strip("*_ "), "percent" if share else None, self.near, rounded_to)
        except ValueError:
            return None


def _after_brackets(text: str) -> str:
    """What stands behind a number; behind its bracket only what goes on with it: "(17%) malicious", not "(17%) and rape"."""
    return "" if _NEXT_THING.match(text) else text.removeprefix(")")


def is_share(mention: Mention) -> bool:
    """Is a figure a part of something: per cent, points, one in four?"""
    figure = mention.figure
    return figure is not None and (figure.percent or figure.points or figure.whole is not None)


def _is_count(mention: Mention) -> bool:
    """A number in digits, without a hedge, a scale or decimals."""
    figure = mention.number
    exact = figure.side == "plain" and not (figure.scaled or figure.decimal or figure.spoken)
    return exact and counts(mention)


def sentences(block: str, numbers: Sequence[Mention], near: Near) -> Iterator[Sentence]:
    """The sentences of a block, each with those of its figures that are no dates, marks or names."""
    flat = plain_letters(block)
    blanked = list(flat.replace("*", " "))
    figures = [mention for mention in numbers if mention.proposed is None and not _COMPOUND.match(flat, mention.end)]
    taken = {place for mention in figures for place in range(mention.start, mention.end)}
    gone = [(mention.start, mention.end) for mention in numbers if mention not in figures]
    for start, end in (*gone, *(match.span() for match in DATES.finditer(flat))):
        if not taken.intersection(range(start, end)):
            blanked[start:end] = " " * (end - start)
    text, at = _LEFT.sub(lambda match: " " * len(match[0]), "".join(blanked)), 0
    for end in [*(match.start() for match in _ENDS.finditer(block)), len(block)]:
        inside = [mention for mention in figures if at <= mention.start < end and mention.figure is not None]
        if inside and end < len(block) and re.fullmatch(r"\W*", text[at : inside[0].start] + text[inside[0].end : end]):
            continue  # "71,581. That is how many were recorded": a number alone is of the sentence behind it
        yield Sentence(text[at:end], block[at:end], at, tuple(inside), near)
        at = end


def counts(*figures: Mention) -> bool:
    """Are figures numbers of something, and no shares?"""
    return all(mention.number.form == "number" and not is_share(mention) for mention in figures)


def interval_told(left: Interval) -> str:
    """An interval as one number where its ends are told alike, else both."""

    def written(number: float) -> str:
        size = abs(number)
        whole = size >= 1_000 or float(number).is_integer()
        return f"{number:,.0f}" if whole else f"{number:,.1f}" if size >= 1 else f"{number:.2f}"

    ends = [written(float(end)) for end in (left.lower, left.upper) if abs(end) != float("inf")]
    if len(ends) == 1:
        return f"{'at most' if left.lower == float('-inf') else 'at least'} {ends[0]}"
    return " to ".join(dict.fromkeys(ends))
