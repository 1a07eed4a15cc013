"""The text of the pages of a PDF: raised numbers are marks of notes, a heading is no part of what follows it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Numbers of notes, or a letter: no "st" of "1st".
MARK = re.compile(r"\[?(\d{1,3}(?:[,–-]\d{1,3})*,?|[a-z*†‡§])\]?")
SMALLER, MUCH_SMALLER, LARGER = 0.85, 0.75, 1.15
PAGE_NUMBER = re.compile(r"[-–|\s]*(?:page )?(\d{1,4})(?: ?(?:of|/|\|) ?\d{1,4})?[-–|\s]*", re.IGNORECASE)
MOST_RUNNING = 3  # lines at either end of a page that run on
ENDED, GOES_ON, OF_A_NOTE = (
    re.compile(r"[.?!:;]\W*$"),
    re.compile(r"[a-z\d(£]"),
    re.compile(r"\s*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§\[]|\d{1,3}\b)"),
)
# Words that end no paragraph: "in the 12 months to".
MIDST = re.compile(
    r"(?:,|\b(?:to|in|of|the|a|an|and|or|from|by|at|for|with|end(?:ing|ed)|than|between|was|were|had|recorded|up|down))\s*$"
)
MARK_AT_END = re.compile(r"[.?!:](?:[⁰¹²³⁴⁵⁶⁷⁸⁹,]+|\s?\[\w{1,3}\])[ \t]*(?=\n)")


def mark_of(raised: str) -> str:
    """A raised text as a mark, which is no part of a number before it: "6,361" and a raised "1" are "6,361¹", not "6,3611"."""
    mark = MARK.fullmatch(raised.strip())
    if mark is None:
        return raised
    return mark[1].translate(RAISED) if mark[1][0].isdigit() else f"[{mark[1]}]"


@dataclass(frozen=True)
class _Shown:
    """A piece of a line; size and height of its letters in points."""

    text: str
    size: float
    height: float


@dataclass(frozen=True)
class _Line:
    """A line with the size of its largest letters; 0 where it has none."""

    text: str
    size: float

    @property
    def without_numbers(self) -> str:
        """What is the same on every page where it is a running title or the number of a page."""
        return "".join(letter for letter in self.text.casefold() if not letter.isdigit()).strip()


def text_of_pages(pages: Iterable[Any]) -> str:
    """The text of pages of pypdf, an empty line between what is set in letters of other sizes.

    Numbers of pages and titles that run on are left out, notes at the foot of a page stand behind its last paragraph, and one
    that goes on over the page is one.
    """
    read = _without_running_titles([[line for line in _lines(page) if line.text.strip()] for page in pages])
    text, notes = "", ""
    for lines in read:
        foot = _foot(lines)
        body = _spaced(lines[:foot])
        goes_on = body and not ENDED.search(text) and (MIDST.search(text) or (text and GOES_ON.match(body)))
        text += f"\n{body}" if goes_on else f"{notes}\n\n{body}"
        notes = f"{notes}\n\n{_spaced(lines[foot:])}" if goes_on else f"\n\n{_spaced(lines[foot:])}"
    return text + notes


def _without_running_titles(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """Pages without the first and last lines that are the same on many but for numbers, and those that count the pages."""
    kept = [list(page) for page in pages]
    for end in (0, -1):
        for _ in range(MOST_RUNNING):
            ends = Counter(page[end].without_numbers for page in kept if page)
            running = {text for text, times in ends.items() if text and times > max(2, len(kept) / 3)}
            counted = [PAGE_NUMBER.fullmatch(page[end].text) if page else None for page in kept]
            ahead = Counter(int(number[1]) - at for at, number in enumerate(counted) if number)
            for at, (page, number) in enumerate(zip(kept, counted, strict=True)):
                counts = number is not None and ahead[int(number[1]) - at] > 1
                if page and (counts or page[end].without_numbers in running):
                    page.pop(end)
    return kept


def _foot(lines: Sequence[_Line]) -> int:
    """Where the notes at the foot of a page begin: smaller letters than most up to its end, a mark first."""
    if not lines:
        return 0
    usual = Counter(line.size for line in lines).most_common(1)[0][0]
    at = len(lines)
    while at and lines[at - 1].size * LARGER <= usual:
        at -= 1
    return at if at < len(lines) and OF_A_NOTE.match(lines[at].text) else len(lines)


def _spaced(lines: Sequence[_Line]) -> str:
    text, before = list[str](), 0.0
    for line in lines:
        if before and not before / LARGER <= line.size <= before * LARGER:
            text.append("")
        text.append(line.text)
        before = line.size
    return "\n".join(text)


def _lines(page: Any) -> Iterator[_Line]:
    shown: list[_Shown] = []

    def add(text: str, outer: Sequence[float], inner: Sequence[float], _font: Any, size: float) -> None:
        shown.append(_Shown(text, size * abs(outer[3] * inner[3]), outer[3] * inner[5] + outer[5]))

    page.extract_text(visitor_text=add)
    line: list[_Shown] = []
    for piece in [*shown, _Shown("\n", 0, 0)]:
        first, *others = piece.text.split("\n")
        line += [_Shown(first, piece.size, piece.height)] if first else []
        for text in others:
            yield _Line(
                "".join(_with_marks(line)), max((shown.size for shown in line if shown.text.strip()), default=0)
            )
            line = [_Shown(text, piece.size, piece.height)] if text else []


def _with_marks(line: Sequence[_Shown]) -> Iterator[str]:
    """The texts of a line, those that stand higher than their neighbour and smaller as marks."""
    for at, piece in enumerate(line):
        glued = at and not (line[at - 1].text[-1].isspace() or piece.text[0].isspace())
        others = line[:at] if glued else line[at + 1 : at + 2] if not at else ()
        yield mark_of(piece.text) if any(_raised(piece, other) for other in others[-1:]) else piece.text


def _raised(piece: _Shown, beside: _Shown) -> bool:
    higher = piece.height > beside.height
    return piece.size <= SMALLER * beside.size and (higher or piece.size <= MUCH_SMALLER * beside.size)
