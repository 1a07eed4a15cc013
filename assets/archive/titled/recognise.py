"""Files of titled tables: which publication one is, by its content."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assets.archive.reading.book import Book
from assets.archive.reading.layout import Layout, load_layout
from assets.archive.reading.tables import as_title
from assets.archive.reading.text import fold, label
from assets.archive.reading.words import words

LAYOUTS, ABOUT = "layouts", "publication.yaml"
TOP_ROWS = 12
# So many labels of a publication, and half of those in a row or one of the first columns, say that it is meant.
SEVERAL, LABEL_COLUMNS = 5, 2
COVER = re.compile(r"cover|contents", re.IGNORECASE)


def titled_publications(data: Path) -> list[str]:
    """The publications of titled tables: those with a publication.yaml in their folder of data/layouts."""
    return sorted(path.parent.name for path in (data / LAYOUTS).glob(f"*/{ABOUT}"))


def layouts(data: Path) -> list[Layout]:
    """The layouts of all publications of titled tables."""
    return [load_layout(data, publication) for publication in titled_publications(data)]


def recognise(book: Book, known_layouts: Sequence[Layout]) -> Layout | None:
    """The publication of a file, by the texts at the top of its sheets; None where it is none of those known.

    A cover is looked at first, wherever it stands. A single table, as CSV or in a workbook of its own, has none and is known by
    its title; a workbook whose cover is worded otherwise by two of them.
    """
    recognised = next(
        (layout for title in _titles(book) for layout in known_layouts if _says(title, layout.recognise)), None
    )
    if recognised is None:
        titles = set(_titles(book))
        known = {
            at: sum(_says(title, [t.title for t in layout.tables]) for title in titles)
            for at, layout in enumerate(known_layouts)
        }
        best = max(known, key=lambda at: known[at], default=None)
        if best is not None and known[best] >= (1 if book.alone else 2):
            recognised = known_layouts[best]
    return recognised


def without_title(book: Book, known_layouts: Sequence[Layout]) -> str:
    """Of a file that is not recognised: the publication whose labels it has most of, with no title above; empty where none."""
    names = {it.title: (*it.columns, *it.rows) for it in known_layouts}
    wordings = {title: {words(text) for target in some for text in target.wordings} for title, some in names.items()}
    likeness = Counter[str]()
    for name in book.sheet_names:
        rows = book.grid(name).rows
        first = ([row[at] for row in rows if at < len(row)] for at in range(LABEL_COLUMNS))
        for line in (*rows[:TOP_ROWS], *first):
            labels = {words(label(cell).text) for cell in line if isinstance(cell, str) and cell.strip()}
            for title, known in wordings.items():
                if len(labels & known) >= max(SEVERAL, len(labels) / 2):
                    likeness[title] = max(likeness[title], len(labels & known))
    if not likeness:
        return ""
    return (
        f" It has labels of {likeness.most_common(1)[0][0]}, and no title of a table: where it is one of its tables, save it with"
        " the title that stands above it, which says what it is of and when."
    )


def _titles(book: Book) -> Iterator[str]:
    """The texts at the top of the sheets, folded, those of a cover first; titles without their table's id."""
    for name in sorted(book.sheet_names, key=lambda sheet_name: not COVER.search(sheet_name)):
        for row in book.grid(name).rows[:TOP_ROWS]:
            for cell in row:
                if isinstance(cell, str) and cell.strip():
                    title = as_title(cell)
                    yield title[1].folded if title else fold(label(cell).text)


def _says(title: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    return any(pattern.fullmatch(title) for pattern in patterns)
