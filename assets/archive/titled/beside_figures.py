"""Columns that say of the figures beside them how sure they are: confidence limits, standard errors, how many were asked."""

import re
from collections import Counter
from collections.abc import Hashable, Mapping

from assets.archive.reading.grid import Cell
from assets.archive.reading.text import Label, label
from assets.archive.titled.located import Located

LOWER, UPPER, ERROR, BASE, SURENESS = "lower", "upper", "standard_error", "base", "sureness"
PADDING = r"\d\d ?(?:%|per ?cent)|confidence|limits?|bounds?|intervals?|c[il]\b|estimates?"
END = rf"(?:\W*$|\W+(?:{PADDING}))"
SAYS = {
    LOWER: re.compile(rf"\blower(?={END})|\bl(?:ower)?c[il]\b"),
    UPPER: re.compile(rf"\bupper(?={END})|\bu(?:pper)?c[il]\b"),
    ERROR: re.compile(r"\bstandard errors?\b|^s\.?e\.?$"),
    SURENESS: re.compile(
        r"\bweighted (?:base|count|number|sample)|\bconfidence (?:intervals?|limits?)\b|\bmargins? of error\b|\+/-|±"
        r"|\bdesign (?:effect|factor)|^ci$"
    ),
    BASE: re.compile(r"\bunweighted\b|\bsample size|\bbases?\b|\brespondents\b|^n$"),
}  # fmt: skip
# A header that says only that figures stand below it: which they are is said above it.
UPPER_ROWS = 3  # so many rows above a header may belong to it
FIGURES = re.compile(r"(?:estimates?|values?|prevalence|percentages?|per ?cent|\W)*")


def said_of_figures(located: Located, column: int, text: Label) -> str | None:
    """What a column says of the figures beside it, by its header, the text below, or the one above; None: it has figures."""
    row = located.header.row
    below = located.grid.cell(row + 1, column)
    texts = (text.folded, label(below).folded if isinstance(below, str) else "", label(above(located, column)).folded)
    return next(filter(None, map(said_in, texts)), None)


def said_in(folded: str) -> str | None:
    """What a text says of figures: one of lower, upper, standard_error, base, sureness."""
    return next((kind for kind, pattern in SAYS.items() if pattern.search(folded)), None)


def above(located: Located, column: int, rows: int = 1) -> str:
    """The text so many rows above a header's, of its own cell, of a merged one, or of the last one left of it.

    Left of the figures stands what is said of the whole table.
    """
    row = located.header.row - rows
    if row < located.region.first_row:
        return ""
    left: list[Cell] = [located.grid.spread(row, at) for at in range(column, located.label_column, -1)]
    text = next((cell for cell in left if isinstance(cell, str) and cell.strip()), "")
    return "" if text == located.grid.spread(row, located.label_column) else text


def without_what_is_said(text: Label, superscripts: bool) -> Label:
    """A header without what it says of the figures beside it: "Women, lower 95% confidence limit" is "Women"."""
    printed = text.printed.casefold()
    for pattern in SAYS.values():
        printed = pattern.sub(" ", printed)
    return label(re.sub(rf"(?<!\w)(?:{PADDING}|numbers? of)(?!\w)", " ", printed), superscripts)


def paired(figures: Mapping[Hashable, int], said: Mapping[int, Hashable | None]) -> dict[int, int]:
    """The column that says something of each column of figures: of the same name or, where none has one, the one in its place."""
    names = Counter(name for name in said.values() if name is not None)
    if names:
        return {figures[name]: column for column, name in said.items() if name in figures and names[name] == 1}
    return dict(zip(sorted(figures.values()), said, strict=True)) if len(figures) == len(said) else {}
