"""Which publication and release any released file is, by its content alone."""

from pathlib import Path

from assets.archive.gate.refusal import set_aside_at_a_fault
from assets.archive.identity.long_identity import Identity
from assets.archive.identity.long_identity import identify as identify_long
from assets.archive.reading.book import open_book
from assets.archive.titled.locate import locate
from assets.archive.titled.recognise import layouts, recognise
from assets.archive.titled.release import identified_release
from assets.tables.files import fingerprint
from assets.words.problems import BadInput


def identify(path: Path, data: Path) -> Identity | None:
    """The publication and release of a file; None where it is none of the known ones.

    Raises BadInput where the file cannot be opened, or is nearly one of them.
    """
    with set_aside_at_a_fault(path.name):
        return _identified(path, data)


def _identified(path: Path, data: Path) -> Identity | None:
    identity = identify_long(path, data)
    if identity is not None:
        return identity
    book = open_book(path)
    layout = recognise(book, layouts(data))
    if layout is None:
        return None
    row = identified_release(locate(book, layout), layout, book.file).row
    return Identity(
        row["source"], row["release"], layout.publication, row["designation"], row["title"], row["publisher"],
        fingerprint(path), row["released"], row["period_end"], row["vintage_order"],
    )  # fmt: skip


def identify_or_none(path: Path, data: Path) -> Identity | None:
    """As `identify`; None too where the file cannot be opened or read: a refresh sets it aside and says why."""
    try:
        return identify(path, data)
    except BadInput:
        return None
