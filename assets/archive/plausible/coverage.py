"""Which forces or areas a figure leaves out, from what its source says of it: titles, subtitles, notes.

A total without a force is another series than one with it; the field `leaves_out` says which, so that no change, rate or
ratio is taken across unlike coverage.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from assets.archive.reading.periods import named
from assets.archive.reading.text import single_spaced
from assets.archive.titled.locate import Contents
from assets.tables.records import records

# "excluding X", "does not include X", "without X", "X ... are not included", "X ... was unable to provide".
BEFORE = re.compile(
    r"\b(?:exclud(?:e|es|ed|ing)|excl\.?|without|(?:do|does|did) not (?:include|cover)|not including|omit(?:s|ted|ting)?"
    r"|except(?:ing)?(?: for)?|other than|no (?:data|figures|returns?) (?:from|for)|missing (?:data|figures) (?:from|for)"
    r"|data (?:is|are|were) (?:not available|unavailable|missing) (?:from|for))\b",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\b(?:(?:is|are|was|were|have been|has been) (?:not (?:been )?included|excluded|omitted|left out|not available|missing)"
    r"|not included|excluded|unable to (?:provide|supply|submit)"
    r"|(?:did|could|has|have) not (?:provided?|supplied|supply|submit(?:ted)?))\b",
    re.IGNORECASE,
)
# A later note takes back what an earlier one said.
INCLUDED = re.compile(r"\b(?:now|again|also) (?:been )?included\b|\bnow includes?\b")
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z\[])|\n|\s*\[note \d+\]\s*")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "2021 to 2025" is all of them; "from the year ending March 2023" has no end, "until 2019" no beginning.
JOINED = re.compile(r"(?:[/–-]\d\d\b)?[\s)]*(?:to\b|until\b|[–-](?!\d\d\b))[^.;]*")
OF_YEAR = r"(?: the)?(?: (?:financial )?year)?(?: (?:ending|ended|to))?(?: [a-z]+)?\s*$"
FROM = re.compile(r"\b(?:from|since)" + OF_YEAR)
UNTIL = re.compile(r"\b(?:until|up to|before|prior to)" + OF_YEAR)
# The year that a count may be compared with is not one that lacks the force by that.
COMPARED = re.compile(r"\bcompar(?:able|ed|ison)\b.*")
# A force's name stands for the force where nothing else is said: "Greater Manchester Police", "GMP", "Devon & Cornwall".
FORCES = ("police_force", "special_force")
NEAR = 120
# Looked for in every text of a sheet, so kept cheap.
MAY_SAY = re.compile(r"clud|without|omit|except|unable|not provide|not suppl|missing", re.IGNORECASE)
NUMBERED = re.compile(r"\s*(?:\d{1,2}[.)]|\[?note \d)", re.IGNORECASE)
CELL = re.compile(r"([A-Z]+)(\d+)")
HEADERS = 3


Span = tuple[datetime.date, datetime.date]


class Areas:
    """The names of police forces, and which areas hold them."""

    def __init__(self, areas: pd.DataFrame) -> None:
        rows = records(areas)
        self._parent = {row["area_code"]: row["parent_code"] for row in rows}
        spelt = {_plain(row["name"]): row["area_code"] for row in rows if row["area_type"] in FORCES}
        # Region and force of one name, "West Midlands": what a total lacks is said of forces.
        names = sorted(spelt, key=len, reverse=True)
        self._code = spelt
        self._name = re.compile(rf"(?<![a-z])({'|'.join(map(re.escape, names))})(?![a-z])")

    def named(self, text: str) -> list[tuple[int, int, str]]:
        """Where forces are named: first and last position, area code."""
        return [(match.start(), match.end(), self._code[match.group().lower()]) for match in self._name.finditer(text)]

    def holds(self, area: str, force: str) -> bool:
        """Is the force inside the area, or the area itself?"""
        inside: str | None = force
        while inside is not None and inside != area:
            inside = self._parent.get(inside)
        return inside == area


def left_out_in(text: str, areas: Areas) -> list[tuple[str, tuple[Span, ...]]]:
    """Forces that a text says are left out, each with first and last days that its sentence names (none for always)."""
    spans, again = [], set[str]()
    for sentence in SENTENCE.split(text):
        plain = _plain(sentence)
        if INCLUDED.search(plain):
            again |= {code for _, _, code in areas.named(plain)}
            continue
        if not (BEFORE.search(plain) or AFTER.search(plain)):
            continue
        for first, last, code in areas.named(plain):
            before = plain[max(0, first - NEAR) : first]
            after = plain[last : last + NEAR]
            if _listed(before) or AFTER.search(after.split(",")[0] if " but " in after else after):
                spans.append((code, _when(_clause(COMPARED.sub("", plain), first))))
    return list(dict.fromkeys((code, when) for code, when in spans if code not in again))


def _clause(sentence: str, at: int) -> str:
    """The sentence where the clause around a place names years, else that clause: the years of another do not limit it."""
    clause = sentence[sentence.rfind(";", 0, at) + 1 :].split(";")[0]
    return sentence if YEAR.search(clause) else clause


def _when(sentence: str) -> tuple[Span, ...]:
    """The years that a sentence in small letters names, as first and last day each: twelve months where it says which."""
    twelve = [period for period in named(sentence) if period.months >= 12]
    years = list(YEAR.finditer(sentence))
    spans: list[Span] = []
    joined = False
    for match, after in zip(years, [*years, None][1:], strict=True):
        year, before = int(match[0]), sentence[: match.start()]
        of_year = [period for period in twelve if period.end.year == year] or [
            period for period in twelve if period.start.year == year
        ]
        start = of_year[0].start if of_year else datetime.date(year, 1, 1)
        end = of_year[0].end if of_year else datetime.date(year, 12, 31)
        opens = not joined and FROM.search(before)
        if joined:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((datetime.date.min if UNTIL.search(before) else start, end))
        joined = after is not None and bool(JOINED.fullmatch(sentence, match.end(), after.start()))
        if opens and not joined:
            spans[-1] = (start, datetime.date.max)
    return tuple(dict.fromkeys(spans))


def _listed(before: str) -> bool:
    """Do the words "excluding ..." stand before, with nothing but other names and little words between?"""
    clauses = list(BEFORE.finditer(before))
    if not clauses:
        return False
    between = before[clauses[-1].end() :]
    return not re.search(r"\b(?:but|fraud|offences?|includ\w+|which|because|due|since|from \d)\b", between)


def with_coverage(figures: pd.DataFrame, areas: pd.DataFrame, notes: str = "note") -> pd.DataFrame:
    """The figures with `leaves_out`: codes of the forces inside their area that their notes (a column) say are left out."""
    known = Areas(areas)
    texts: Sequence[str | None] = figures[notes].tolist()
    forces_left_out: Mapping[str, list[tuple[str, tuple[Span, ...]]]] = {
        text: spans for text in set(filter(None, map(_text, texts))) if (spans := left_out_in(text, known))
    }
    column: list[str | None] = [None] * len(figures)
    if forces_left_out:
        wanted = [at for at, text in enumerate(texts) if _text(text) in forces_left_out]
        rows = figures.iloc[wanted][["area_code", "period_start", "period_end"]]
        for at, row in zip(wanted, records(rows), strict=True):
            column[at] = _codes(
                forces_left_out[str(texts[at])], row["area_code"], row["period_start"], row["period_end"], known
            )
    return figures.assign(leaves_out=pd.Series(column, index=figures.index, dtype=figures[notes].dtype))


def with_what_stands_beside(figures: pd.DataFrame, contents: Contents, areas: pd.DataFrame) -> pd.DataFrame:
    """The figures of one file, noted with titles, subtitles, labels and headers that say that a force is left out.

    A text in a row of numbers is of that row, in a row of headers of its column, anywhere else of the sheet; notes with a
    number are cited where they hold, and are with the figures already.
    """
    known = Areas(areas)
    notes_of_place: dict[tuple[str, int | None, int | None], list[str]] = defaultdict(list)
    for grid in {id(located.grid): located.grid for located in contents.tables}.values():
        for at, cells in enumerate(grid.rows):
            for column, text in enumerate(cells):
                if (
                    isinstance(text, str)
                    and MAY_SAY.search(text)
                    and not NUMBERED.match(text)
                    and left_out_in(text, known)
                ):
                    numbers = any(isinstance(cell, (int, float)) for cell in cells)
                    labels = sum(isinstance(cell, str) and cell != "" for cell in cells) >= HEADERS
                    place = (at + 1 if numbers else None, column if labels and not numbers else None)
                    notes_of_place[grid.name.strip(), *place].append(single_spaced(text))
    if not notes_of_place:
        return figures
    notes = [
        _also(row["note"], notes_of_place, row["sheet"], row["cell"] or "")
        for row in records(figures[["note", "sheet", "cell"]])
    ]
    return figures.assign(note=pd.Series(notes, index=figures.index, dtype=figures["note"].dtype))


def _also(
    note: str | None, notes_of_place: Mapping[tuple[str, int | None, int | None], list[str]], sheet: str, cell: str
) -> str | None:
    """The note of a figure with what stands beside it."""
    place = CELL.fullmatch(cell)
    row, column = (int(place[2]), column_number(place[1])) if place else (None, None)
    texts = [
        text for key in {(row, None), (None, column), (None, None)} for text in notes_of_place.get((sheet, *key), ())
    ]
    return " ".join(filter(None, [note, *dict.fromkeys(texts)])) or None


def column_number(letters: str) -> int:
    """Number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _codes(
    left_out: Iterable[tuple[str, tuple[Span, ...]]], area: str, start: datetime.date, end: datetime.date, known: Areas
) -> str | None:
    codes = {
        force
        for force, when in left_out
        if known.holds(area, force) and (not when or any(start <= last and first <= end for first, last in when))
    }
    return ";".join(sorted(codes)) or None


def _text(note: object) -> str | None:
    return note if isinstance(note, str) else None


def _plain(text: str) -> str:
    """Lower case, one space, "and" for an ampersand, forces without the word police, GMP in full."""
    plain = re.sub(r"\s+", " ", text.replace("&", " and ").replace("’", "'")).lower()
    plain = re.sub(r"\bgmp\b", "greater manchester", plain)
    return re.sub(r"(?<=[a-z]) (?:police(?: service| force)?|constabulary)\b", "", plain)
