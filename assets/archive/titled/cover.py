"""The texts of a workbook's cover, where it says what the file is, when it came out and whether it replaces another."""

import re

from assets.archive.reading.book import Book
from assets.archive.reading.periods import MONTH

DATE = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)? {MONTH} ((?:19|20)\d{{2}})", re.IGNORECASE)
PUBLISHED = re.compile(r"(?:published|released)\b.{0,20}?" + DATE.pattern, re.IGNORECASE)
NO_TABLES = re.compile(r"cover|contents|notes?(?:\b|_)|correction", re.IGNORECASE)


def cover_texts(book: Book, of_tables: set[str]) -> list[tuple[str, str]]:
    """Place and text of every text on the cover, and on a sheet that tells of a correction.

    of_tables: sheets with tables; where no sheet is called a cover it is one of the others: one that prints a day of release,
    else the first. Notes tell of corrections, too, that are not of the file.
    """
    names = [
        name
        for position, name in enumerate(book.sheet_names)
        if re.search(r"cover|correction", name, re.IGNORECASE)
        or (position == 0 and NO_TABLES.search(name))
        or re.fullmatch(r"\s*notes\s*", name, re.IGNORECASE)
    ]
    grids = [book.grid(name) for name in names or [name for name in book.sheet_names if name not in of_tables]]
    if not names:
        dated = [grid for grid in grids if any(PUBLISHED.search(" ".join(text.split())) for *_, text in grid.texts())]
        grids = dated or grids[:1]
    return [(grid.place(row, column), text) for grid in grids for row, column, text in grid.texts()]
