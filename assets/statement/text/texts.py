"""The text of a document that somebody brings: plain text, Markdown, HTML, Word or PDF, as blocks from its beginning to its end.

Reading is left to well-kept libraries (selectolax for HTML, python-docx, pypdf). What cannot be read is said in words: an empty
text (a scanned PDF has pictures and no letters), a locked file, one that is too large or unpacks to too much.
"""

import codecs
import itertools
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.statement.text.grid import Laid, Table, TextCell, laid_out
from assets.words.numerals import one_line
from assets.words.problems import BadInput, cannot

LARGEST = 30_000_000  # bytes of a file
UNPACKED = 200_000_000  # bytes that a .docx may unpack to
MOST_PAGES = 3_000
MOST_LETTERS = 5_000_000
MOST_COLUMNS = 1_000
LONGEST_LINE = 160  # letters of a line of plain text that its writer broke
# HTML elements that begin a block; what stands in the others belongs to the block around them.
BLOCKS = "p,h1,h2,h3,h4,h5,h6,li,td,th,blockquote,pre,figcaption,caption,dt,dd,summary,address"
# What a file that its library cannot read should be, and what to do.
WHOLE = {
    ".docx": ("a Word document (.docx)", "Open it in Word and save it anew."),
    ".pdf": ("a PDF that can be read", "Print it to a PDF anew."),
}
# Before the line that begins a list; in a PDF a line that ends a sentence ends a block too.
_LIST = re.compile(r"\n(?=\s*(?:[-*•]|\d+[.)])\s)")
_ENDED = re.compile(rf"\n\s*\n|(?<=[.?!:])\s*\n|{_LIST.pattern}")
_LINE = re.compile(r"\n")
UNSEEN = ("script", "style", "template", "noscript", "head", "svg", "iframe")
Piece = str | Laid


@dataclass(frozen=True)
class Text:
    """A document's text; blocks are its paragraphs, lines of lists and cells or rows of tables, counted from 1."""

    name: str
    blocks: tuple[str, ...]
    tables: tuple[Table, ...] = ()


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
        blocks, tables = _placed(read(path))
    except BadInput:
        raise
    except OSError as error:
        raise _refused(path, str(error), "a readable file", "Check the name.") from None
    except Exception as error:  # whatever a damaged file makes of its library
        expected, remedy = WHOLE.get(path.suffix.lower(), ("a document that can be read", "Save it anew."))
        raise _refused(path, str(error) or type(error).__name__, expected, remedy) from None
    if not blocks:
        remedy = "A scanned document must go through text recognition first."
        raise _refused(path, "no text", "a document with letters in it", remedy)
    letters = sum(map(len, blocks))
    if letters > MOST_LETTERS:
        raise _refused(path, f"{letters:,} letters", f"at most {MOST_LETTERS:,}", "Give its parts one by one.")
    return Text(path.name, blocks, tables)


def _placed(pieces: Iterable[Piece]) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    """The blocks that hold anything, and the tables among them."""
    blocks: list[str] = []
    tables: dict[object, dict[object, list[TextCell]]] = {}
    for piece in pieces:
        parts = piece.parts if isinstance(piece, Laid) else ((0, piece),)
        start, cells = 0, []
        for column, text in ((column, one_line(part)) for column, part in parts):
            cells.append(TextCell(len(blocks) + 1, start, text, column))
            start += len(text) + bool(text)
        if not start:
            continue
        blocks.append(" ".join(cell.text for cell in cells if cell.text))
        if isinstance(piece, Laid):
            tables.setdefault(piece.table, {}).setdefault(piece.row, []).extend(cells)
    return tuple(blocks), tuple(tuple(map(tuple, rows.values())) for rows in tables.values())


def _plain(path: Path) -> Iterator[Piece]:
    """Blocks between empty lines; a line that begins a list is a block of its own, and each one of a text of longer lines
    than anybody breaks: there a paragraph is a line.
    """
    content = path.read_bytes()
    try:
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise _refused(path, "bytes that are no text", "UTF-8 text", "Save it as UTF-8 text.") from None
        text = content.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\f", "\n\n")
    unbroken = path.suffix.lower() == ".txt" and max(map(len, text.split("\n"))) > LONGEST_LINE
    for block in re.split(r"\n\s*\n", text):
        yield from _in_blocks(block, _LINE if unbroken else _LIST)


def _in_blocks(text: str, ends: re.Pattern[str]) -> Iterator[Piece]:
    """The rows of tables among some lines, and what else stands there, divided where a block ends."""
    for piece in laid_out(text.split("\n")):
        yield from [piece] if isinstance(piece, Laid) else ends.split(piece)


def _html(path: Path) -> Iterator[Piece]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(path.read_bytes().decode("utf-8", "replace"))
    tree.strip_tags(list(UNSEEN))
    body = tree.body
    if body is None:
        return
    inner, columns = body.css(BLOCKS), dict[int, int]()
    for node in inner:
        # A block that holds others gives only what stands in itself.
        text = node.text(deep=not node.css(BLOCKS)[1:], separator=" ")
        yield _in_table(node, text, columns) or text
    if not inner:
        yield body.text(separator=" ")


def _in_table(node: Any, text: str, columns: dict[int, int]) -> Laid | None:
    """The text of a node where it stands in a table, in the column that its row has come to; columns: of the cells so far."""
    cell = _around(node, "td", "th")
    row, table = _around(cell, "tr"), _around(cell, "table")
    if cell is None or row is None or table is None:
        return None
    if cell.mem_id not in columns:
        cells = [*row.iter()]
        columns |= zip(
            (spanned.mem_id for spanned in cells), itertools.accumulate(map(_width, cells), initial=0), strict=False
        )
    return Laid(table.mem_id, row.mem_id, ((columns.get(cell.mem_id, 0), text),))


def _around(node: Any, *tags: str) -> Any:
    while node is not None and node.tag not in tags:
        node = node.parent
    return node


def _width(cell: Any) -> int:
    """How many columns a cell spans."""
    spans = cell.attributes.get("colspan") or ""
    return min(int(spans), MOST_COLUMNS) if spans.isdecimal() else 1


def _docx(path: Path) -> Iterator[Piece]:
    import docx
    import docx.table

    with zipfile.ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > UNPACKED:
            raise _refused(path, "a file that unpacks to very much", f"at most {UNPACKED:,} bytes", "Save it anew.")
    document = docx.Document(str(path))

    def inside(content: Any) -> Iterator[Piece]:
        for part in content.iter_inner_content():
            if isinstance(part, docx.table.Table):
                for number, row in enumerate(part.rows):
                    # A cell that spans several columns is given for each of them.
                    columns = {cell: at for at, cell in reversed([*enumerate(row.cells)])}
                    for cell, column in reversed(columns.items()):
                        for piece in inside(cell):
                            yield Laid(part, number, ((column, piece),)) if isinstance(piece, str) else piece
            else:
                yield part.text

    yield from inside(document)


def _pdf(path: Path) -> Iterator[Piece]:
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
        yield from _in_blocks(joined, _ENDED)


READERS: dict[str, Callable[[Path], Iterator[Piece]]] = {
    ".txt": _plain, ".md": _plain, ".html": _html, ".htm": _html, ".docx": _docx, ".pdf": _pdf,
}  # fmt: skip


def _refused(path: Path, found: str, expected: str, remedy: str) -> BadInput:
    return cannot(f"{path.name} cannot be read", str(path), found, expected, remedy)
