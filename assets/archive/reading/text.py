"""Printed text: labels without their note marks, and a form in which spellings of one label are equal."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

SPACES = re.compile(r"\s+")
NOTE = re.compile(r"\[\s*notes?((?:\d|[,;:&–-]|and|to|notes?|\s)+)\]", re.IGNORECASE)
BARE_NOTE = re.compile(r"\[\s*(\d[\d\s,]*)\]")
# Shorthand beside a label: "Apr 2025 to Mar 2026 [p]", "Total [r]".
MARK = re.compile(r"\[\s*([A-Za-z]{1,3}\d?)\s*\]")
# The two of them that are also written otherwise: "(p)", "[Provisional]", and behind a year "2026 p"; "8R" is a code.
SPELT = re.compile(
    r"(?:[\[(]\s*(p|r|provisional|revised)\s*[\])]|(?<=19\d\d|20\d\d)\s*(p|r|provisional|revised))(?=\s*(?:[\[(]|$))",
    re.IGNORECASE,
)
# Notes printed as raised figures, and the daggers of older tables.
RAISED = re.compile(r"\s*([¹²³⁰⁴-⁹][¹²³⁰⁴-⁹⁾, ⸴]*(?<=[¹²³⁰⁴-⁹]))(?=\s|\)|$)")
DAGGERS = re.compile(r"[†‡§]+(?=\s|$)")
# A bullet or a number in a list before a label: "- Rape", "2.1. Rape", "3) Rape".
BULLET = re.compile(r"^\s*(?:[-–—•·▪]+|\d{1,2}(?:\.\d{1,2})*[.)])\s+(?=\w)")
# What a figure is counted in, in brackets and nothing else: "(%)", "(number of offences)", "(1,000s)", "(rate per 1,000 adults)".
UNIT_WORD = (
    r"(?:%|per ?cent(?:ages?)?|proportions?|numbers?|rates?|counts?|totals?|of|in|per|recorded|police|offences|crimes|incidents|"
    r"victims|people|persons|adults|population|households|thousands?|millions?|1,?000|'?000s|1,?000s)"
)
UNIT_IN_BRACKETS = re.compile(rf"[(\[]\s*{UNIT_WORD}(?: {UNIT_WORD})*\s*[)\]]", re.IGNORECASE)
# Notes of a name in other writings than the publisher's: "Kent (a)", "Kent a,b", "Kent4,5", "Kent (see note 4)".
NOTES_OF_A_NAME = re.compile(
    r"\s*\((?:see )?notes?[^)]*\)$|\s+\(?[a-h](?:\s?,\s?[a-h])*\)?$|(?<=[a-z])\d{1,2}(?:,\d{1,2})*$", re.IGNORECASE
)
NUMBERS = re.compile(r"(\d+)(?:\s*(?:to|[–-])\s*(\d+))?", re.IGNORECASE)
# A superscript that lost its place: after a letter or a bracket, before the end, a space or a closing bracket. "Age 16" is none.
FLATTENED = re.compile(
    r"(?<=[A-Za-z)])(?!(?:(?<=\b[Aa]ge)|(?<=\b[Aa]ged)|(?<=\bage of))\s\d\d)"
    r"\s?(\d{1,2}(?:\s?,\s?\d{1,2})*)(?=\)|\s|$)(?!\s+(?:to|(?:and|or) over|years?)\b)"
)
# ... or after a year: "June 20191,2", "June 181,2".
AFTER_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{1,2}(?:,\d{1,2})*)(?!\d)")
MONTH_NAME = r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
AFTER_SHORT_YEAR = re.compile(rf"({MONTH_NAME} (?!(?:19|20)\d\d)\d{{2}})(\d{{1,2}}(?:,\d{{1,2}})*)$", re.IGNORECASE)
SHORT_YEAR = re.compile(rf"{MONTH_NAME} \d{{2}}$", re.IGNORECASE)
DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "&": " and "})
AROUND_DASH = re.compile(r"\s*-\s*")


@dataclass(frozen=True)
class Label:
    """A printed label taken apart.

    text:      the label on one line, without note marks and superscripts
    notes:     numbers of the notes it refers to, in order of print
    malformed: note marks that do not have the publisher's form, such as "[37]"; their numbers are in `notes` too
    marks:     shorthand that stands with it, such as "[p]"
    indent:    leading spaces
    printed:   the cell as it stands
    """

    text: str
    notes: tuple[int, ...]
    malformed: tuple[str, ...]
    indent: int
    printed: str
    marks: tuple[str, ...] = ()

    @property
    def cited(self) -> tuple[int | str, ...]:
        """Notes and marks that qualify whatever the label stands for."""
        return (*self.notes, *self.marks)

    @property
    def folded(self) -> str:
        """The form to compare labels by."""
        return fold(self.text)


def single_spaced(text: str) -> str:
    """Without line breaks, tabs, no-break and repeated spaces."""
    return SPACES.sub(" ", text).strip()


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Case, dashes, quotes, spaces, asterisks and a closing full stop or colon taken out of the comparison."""
    plain = SPACES.sub(" ", text.translate(DASHES)).casefold().replace("*", "")
    return AROUND_DASH.sub("-", plain).strip().rstrip(".:,;").strip()


@lru_cache(maxsize=20_000)
def label(cell: str, superscripts: bool = False) -> Label:
    """Take a printed label apart; `superscripts` where the layout prints notes as superscripts without brackets."""
    notes: list[int] = []
    malformed: list[str] = []
    text, marks = without_spelt_marks(cell)
    if not text.isascii():
        text = DAGGERS.sub("", text)
        for match in RAISED.finditer(text):
            notes += _listed(unicodedata.normalize("NFKC", match[1]))
        text = RAISED.sub("", text)
    if "[" in text:
        for match in NOTE.finditer(text):
            notes += _listed(match[1])
        text = NOTE.sub(" ", text)
        for match in BARE_NOTE.finditer(text):
            malformed.append(match[0])
            notes += _listed(match[1])
        text = BARE_NOTE.sub(" ", text)
        marks += [f"[{mark[1].casefold()}]" for mark in MARK.finditer(text)]
        text = MARK.sub(" ", text)
    if superscripts:
        text, more = without_superscripts(single_spaced(text))
        notes += more
    text = BULLET.sub("", text)
    indent = len(cell) - len(cell.lstrip(" \xa0"))
    return Label(single_spaced(text), tuple(dict.fromkeys(notes)), tuple(malformed), indent, cell, tuple(marks))


def without_spelt_marks(text: str) -> tuple[str, list[str]]:
    """A text without "(p)", "(revised)" and the like, and what they are in brackets: "2026 (p)" gives "2026", ["[p]"]."""
    if not text or text[-1] not in ")]dDlLrRpP":
        return text, []
    marks = [f"[{''.join(filter(None, match.groups()))[0].casefold()}]" for match in SPELT.finditer(text)]
    return (SPELT.sub(" ", text) if marks else text), marks


def without_superscripts(text: str) -> tuple[str, list[int]]:
    """A text without its flattened superscripts, and their numbers: "YE March 20191,2" gives "YE March 2019", [1, 2]."""
    notes: list[int] = []
    for pattern in (AFTER_YEAR, AFTER_SHORT_YEAR):
        for match in pattern.finditer(text):
            notes += _listed(match[2])
        text = pattern.sub(r"\1", text)

    def take(mark: re.Match[str]) -> str:
        notes.extend(_listed(mark[1]))
        return ""

    # A month's name before two digits is a short year, not a superscript.
    if not SHORT_YEAR.search(text):
        text = FLATTENED.sub(take, text)
    return text, notes


def _listed(text: str) -> list[int]:
    """The numbers of a list; "1 to 3" is three of them."""
    ranges = [(int(first), int(last or first)) for first, last in NUMBERS.findall(text)]
    return [number for first, last in ranges for number in range(first, max(first, min(last, first + 99)) + 1)]
