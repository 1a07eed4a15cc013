"""Released workbooks: which publication a file is, by its content, and the reader of each publication."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from assets.archive.readers.known import Known
from assets.archive.readers.ons_appendix import read_appendix
from assets.archive.readers.ons_pfa import read_pfa
from assets.archive.readers.reading import Reading
from assets.archive.sheets.book import Book
from assets.archive.sheets.layout import Layout, load_layout
from assets.archive.sheets.tables import as_title
from assets.archive.sheets.text import fold, label
from assets.problems import BadInput, Problem

READERS: dict[str, Callable[[Book, Layout, Known], Reading]] = {"ons_appendix": read_appendix, "ons_pfa": read_pfa}
TOP_ROWS = 12
COVER = re.compile(r"cover|contents", re.IGNORECASE)


def layouts(data: Path) -> list[Layout]:
    """The layouts of all publications that are read here."""
    return [load_layout(data, publication) for publication in READERS]


def recognise(book: Book, known_layouts: Sequence[Layout]) -> Layout | None:
    """The publication of a file, by the texts at the top of its sheets; None where it is none of those known.

    A cover is looked at first, wherever it stands; a file without one (a single table as CSV) is known by its title.
    """
    for name in sorted(book.sheet_names, key=lambda one: not COVER.search(one)):
        for row in book.grid(name).rows[:TOP_ROWS]:
            for cell in row:
                if not isinstance(cell, str) or not cell.strip():
                    continue
                title = as_title(cell)
                folded = title[1].folded if title else fold(label(cell).text)
                for layout in known_layouts:
                    if any(pattern.fullmatch(folded) for pattern in layout.recognise):
                        return layout
    return None


def read_released(book: Book, known_layouts: Sequence[Layout], known: Known) -> Reading:
    """Read a file of any of the publications; BadInput where it is none of them."""
    layout = recognise(book, known_layouts)
    if layout is None:
        titles = ", ".join(repr(one.title) for one in known_layouts)
        raise BadInput(
            f"{book.file} is no publication that is known",
            [Problem(book.file, "", "no cover or title of one", f"a release of {titles}", "Check which file this is.")],
        )
    return READERS[layout.publication](book, layout, known)
