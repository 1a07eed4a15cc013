"""What is remarked of a release's tables: those that are not there or stand under another title, and numbers printed as text."""

import datetime
from collections.abc import Sequence

from assets.archive.reading.block import Block
from assets.archive.reading.book import Book
from assets.archive.reading.periods import Period
from assets.archive.reading.result import Finding, finding
from assets.archive.reading.values import text_number
from assets.archive.titled.locate import Contents
from assets.archive.titled.located import Located, title_in_words
from assets.archive.titled.not_read import REWORDED


def not_there(contents: Contents, book: Book) -> list[Finding]:
    """Tables that the layout has, and those that stand under another title."""
    gone = [
        finding(
            "table_not_in_release", "warning", f"{book.file}, {table.table}",
            f"No table with a title like {title_in_words(table.title.pattern)!r}, which the layout"
            f"{contents.generation and f' of {contents.generation}'} has.",
            "Its series have no figures of this release.",
        )
        for table in contents.missing
    ]  # fmt: skip
    gone += [
        finding(
            "table_not_read", "warning", passed.what, f"Found {problem.value}; expected {problem.expected}.",
            f"Left out: the file has another table of this kind, which is read. {REWORDED}",
        )
        for passed in contents.passed for problem in passed.problems
    ]  # fmt: skip
    return gone + [
        finding(
            "title_reworded", "info", located.place,
            f"{located.title.label.text!r} is not a title that the layout knows for {located.layout.table}"
            + (", but the name of a sheet without one." if located.untitled else "."),
            "Read: its header and rows are those of the table, and its title may be. Add the wording to tables.csv of the layout."
            if not located.untitled else "Read: its header and rows are those of the table. Its title was lost: look why.",
        )
        for located in contents.tables
        if located.reworded
    ]  # fmt: skip


def ends_before(located: Located, periods: Sequence[Period], end: datetime.date) -> list[Finding]:
    """A table whose years or months end before those of most tables of its file. periods: of its columns, on whichever sheets."""
    last = max((period.end for period in periods if period.period_type != "mid_year"), default=end)
    if last >= end or located.layout.columns not in ("year", "month"):
        return []
    return [
        finding(
            "table_ends_before_release", "warning", located.place,
            f"Its columns end with {last}; most tables of the file end with {end}.",
            "Read as of this release. Look whether the table is of an older one.",
        )
    ]  # fmt: skip


def remarked_cells(located: Located, block: Block) -> list[Finding]:
    """Numbers of a table that a typed sheet holds as text, and cells in which nothing stands."""
    made = []
    if block.as_text:
        first = next(text for text in block.texts.values() if text_number(text) is not None)
        made.append(
            finding(
                "number_printed_as_text", "info", f"{located.place}, cell {_some(block.as_text)}",
                f"{len(block.as_text)} of {len(block.values)} figures are text, the first {first!r}.",
                "Read as the number that is printed.",
            )
        )  # fmt: skip
    if block.empty:
        made.append(
            finding(
                "cell_empty", "warning", f"{located.place}, cell {_some(block.empty)}",
                f"{len(block.empty)} of {len(block.values) + len(block.empty)} cells among its figures are empty.",
                "An empty cell is no figure, and no nought. Look whether the publisher left them empty.",
            )
        )  # fmt: skip
    return made


def _some(cells: list[str]) -> str:
    return ", ".join(cells[:5]) + (" ..." if len(cells) > 5 else "")
