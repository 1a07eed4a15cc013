"""Released workbooks: which publication a file is, by its content, and the reader of each publication."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from assets.archive.readers.known import Known
from assets.archive.readers.ons_appendix import read_appendix
from assets.archive.readers.ons_pfa import read_pfa
from assets.archive.readers.reading import Reading
from assets.archive.sheets.book import Book
from assets.archive.sheets.layout import Layout, load_layout
from assets.archive.sheets.tables import as_title
from assets.archive.sheets.text import fold, label
from assets.words.problems import BadInput, Problem

READERS: dict[str, Callable[[Book, Layout, Known], Reading]] = {"ons_appendix": read_appendix, "ons_pfa": read_pfa}
TOP_ROWS = 12
COVER = re.compile(r"cover|contents", re.IGNORECASE)


def layouts(data: Path) -> list[Layout]:
    """The layouts of all publications that are read here."""
    return [load_layout(data, publication) for publication in READERS]


def recognise(book: Book, known_layouts: Sequence[Layout]) -> Layout | None:
    """The publication of a file, by the texts at the top of its sheets; None where it is none of those known.

    A cover is looked at first, wherever it stands. A single table as CSV has none, and is known by its own title.
    """
    found = next((one for title in _titles(book) for one in known_layouts if _says(title, one.recognise)), None)
    if found is None and book.kind == "csv":
        tables = [(layout, [table.title for table in layout.tables]) for layout in known_layouts]
        found = next((layout for title in _titles(book) for layout, known in tables if _says(title, known)), None)
    return found


def _titles(book: Book) -> Iterator[str]:
    """The texts at the top of the sheets, folded, those of a cover first; titles without their table's id."""
    for name in sorted(book.sheet_names, key=lambda one: not COVER.search(one)):
        for row in book.grid(name).rows[:TOP_ROWS]:
            for cell in row:
                if isinstance(cell, str) and cell.strip():
                    title = as_title(cell)
                    yield title[1].folded if title else fold(label(cell).text)


def _says(title: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    return any(pattern.fullmatch(title) for pattern in patterns)


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
