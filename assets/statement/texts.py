"""The text of a document that somebody brings: plain text, Markdown, HTML, Word or PDF, as blocks from its beginning to its end.

Reading is left to well-kept libraries (selectolax for HTML, python-docx, pypdf). What cannot be read is said in words: an empty
text (a scanned PDF has pictures and no letters), a locked file, one that is too large or unpacks to too much.
"""

import codecs
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.statement.numerals import one_line
from assets.words.problems import BadInput, cannot

LARGEST = 30_000_000  # bytes of a file
UNPACKED = 200_000_000  # bytes that a .docx may unpack to
MOST_PAGES = 3_000
MOST_LETTERS = 5_000_000
# HTML elements that begin a block; what stands in the others belongs to the block around them.
BLOCKS = "p,h1,h2,h3,h4,h5,h6,li,td,th,blockquote,pre,figcaption,caption,dt,dd,summary,address"
# What a file that its library cannot read should be, and what to do.
WHOLE = {
    ".docx": ("a Word document (.docx)", "Open it in Word and save it anew."),
    ".pdf": ("a PDF that can be read", "Print it to a PDF anew."),
}
UNSEEN = ("script", "style", "template", "noscript", "head", "svg", "iframe")


@dataclass(frozen=True)
class Text:
    """A document's text; blocks are its paragraphs, lines of lists and cells, counted from 1."""

    name: str
    blocks: tuple[str, ...]


def text_of(path: Path) -> Text:
    """The text of a file by the ending of its name; BadInput says what cannot be read and what to do."""
    read = READERS.get(path.suffix.lower())
    if read is None:
        kind = f"a file of kind {path.suffix or 'without an ending'}"
        raise _refused(path, kind, f"one of {', '.join(READERS)}", "Save it as one.")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise _refused(path, f"{size:,} bytes", f"at most {LARGEST:,} bytes", "Give its parts one by one.")
        found = [one_line(block) for block in read(path)]
    except BadInput:
        raise
    except OSError as error:
        raise _refused(path, str(error), "a readable file", "Check the name.") from None
    except Exception as error:  # whatever a damaged file makes of its library
        expected, remedy = WHOLE.get(path.suffix.lower(), ("a document that can be read", "Save it anew."))
        raise _refused(path, str(error) or type(error).__name__, expected, remedy) from None
    blocks = tuple(block for block in found if block)
    if not blocks:
        remedy = "A scanned document must go through text recognition first."
        raise _refused(path, "no text", "a document with letters in it", remedy)
    letters = sum(map(len, blocks))
    if letters > MOST_LETTERS:
        raise _refused(path, f"{letters:,} letters", f"at most {MOST_LETTERS:,}", "Give its parts one by one.")
    return Text(path.name, blocks)


def _plain(path: Path) -> Iterator[str]:
    """Blocks between empty lines; a line that begins a list is a block of its own."""
    content = path.read_bytes()
    try:
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise _refused(path, "bytes that are no text", "UTF-8 text", "Save it as UTF-8 text.") from None
        text = content.decode("cp1252", "replace")
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\f", "\n\n")):
        yield from re.split(r"\n(?=\s*(?:[-*•]|\d+[.)])\s)", block)


def _html(path: Path) -> Iterator[str]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(path.read_bytes().decode("utf-8", "replace"))
    tree.strip_tags(list(UNSEEN))
    body = tree.body
    if body is None:
        return
    inner = body.css(BLOCKS)
    for node in inner:
        # A block that holds others gives only what stands in itself.
        yield node.text(deep=not node.css(BLOCKS)[1:], separator=" ")
    if not inner:
        yield body.text(separator=" ")


def _docx(path: Path) -> Iterator[str]:
    import docx
    from docx.table import Table

    with zipfile.ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > UNPACKED:
            raise _refused(path, "a file that unpacks to very much", f"at most {UNPACKED:,} bytes", "Save it anew.")
    document = docx.Document(str(path))

    def inside(content: Any) -> Iterator[str]:
        for part in content.iter_inner_content():
            if isinstance(part, Table):
                for row in part.rows:
                    for cell in dict.fromkeys(row.cells):
                        yield from inside(cell)
            else:
                yield part.text

    yield from inside(document)


def _pdf(path: Path) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise _refused(path, "a locked PDF", "one without a password", "Save it without a password.")
    if len(reader.pages) > MOST_PAGES:
        raise _refused(path, f"{len(reader.pages):,} pages", f"at most {MOST_PAGES:,}", "Give its parts one by one.")
    pages = [page.extract_text() for page in reader.pages]
    for page in pages:
        # A line that ends a sentence ends a block; words cut at the end of a line are joined.
        joined = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", page)
        yield from re.split(r"\n\s*\n|(?<=[.?!:])\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)", joined)


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".txt": _plain, ".md": _plain, ".html": _html, ".htm": _html, ".docx": _docx, ".pdf": _pdf,
}  # fmt: skip


def _refused(path: Path, found: str, expected: str, remedy: str) -> BadInput:
    return cannot(f"{path.name} cannot be read", str(path), found, expected, remedy)
