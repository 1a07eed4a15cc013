"""The text of a document that somebody brings: plain text, Markdown, HTML, Word, OpenDocument or PDF, as blocks in their order.

Reading is left to well-kept libraries (selectolax for HTML, lxml, pypdf). What cannot be read is said in words: an empty
text (a scanned PDF has pictures and no letters), a locked file, one that is too large or unpacks to too much.
"""

import codecs
import logging
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import product
from pathlib import Path
from typing import Any

from assets.statement.text.grid import Laid, Table, TextCell
from assets.statement.text.lines import laid_out
from assets.statement.text.pages import MARK_AT_END, mark_of, text_of_pages
from assets.words.numerals import one_line, plain_letters
from assets.words.printed_number import plain_number
from assets.words.problems import BadInput, cannot

LARGEST = 30_000_000  # bytes of a file
UNPACKED = 200_000_000  # bytes that a .docx or .odt may unpack to
MOST_PAGES = 3_000
MOST_LETTERS = 5_000_000
MOST_SPANNED, MOST_CELLS = 1_000, 1_000_000
LONGEST_LINE = 160  # letters of a line of plain text that its writer broke
# HTML elements that begin no block: what stands in them belongs to the block around them.
WITHIN = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark",
     "meter", "output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
     "wbr")
)  # fmt: skip
# What a file that its library cannot read should be, and what to do.
WHOLE = {
    ".docx": ("a Word document (.docx)", "Open it in Word and save it anew."),
    ".odt": ("an OpenDocument text (.odt) without a password", "Open it in LibreOffice and save it anew."),
    ".pdf": ("a PDF that can be read", "Print it to a PDF anew."),
}
# Before the line that begins a list, or has a number behind its name: "Rape: 71,581 offences"; in a PDF a line that ends a
# sentence ends a block too.
_LIST = re.compile(r"\n(?=\s*(?:[-*•]|\d{1,3}[.)])\s|[A-Z][^.;:!?\n]{0,60}: ?(?:[a-z]+ ){0,3}£?\d)")
_ENDED = re.compile(rf"\n\s*\n|(?<=[.?!:])\s*\n|{_LIST.pattern}")
_LINE = re.compile(r"\n")
UNSEEN = (
    "script", "style", "template", "noscript", "head", "svg", "iframe", "nav", "button", "select", "textarea", "del",
)  # fmt: skip
# In Word and OpenDocument: elements as those of a page (all others only hold text), what stands behind the text that it is in
# (notes, boxes), what a reader does not see, and spaces.
PARAGRAPH, RAISED = "div", "sup"
OF_A_PAGE = dict.fromkeys(("p", "h"), PARAGRAPH) | dict.fromkeys(("table", "tbl"), "table")
OF_A_PAGE |= dict.fromkeys(("table-row", "tr"), "tr") | dict.fromkeys(("table-cell", "tc"), "td") | {RAISED: RAISED}
APART = ("note-body", "text-box", "txbxContent")
NOT_READ = ("annotation", "tracked-changes", "note-citation", "title", "desc", "del", "moveFrom", "Fallback")
BETWEEN = dict.fromkeys(("s", "tab", "line-break", "br", "cr"), " ") | {"noBreakHyphen": "-"}
RAISED_BY = re.compile(r"super|[1-9]\d*%")  # in OpenDocument: of the letters' height
SPANS = {"columns-spanned": "colspan", "columns-repeated": "colspan", "rows-spanned": "rowspan"}
WORD_PARTS = re.compile(r"word/(?:document|endnotes|footnotes)\d*\.xml")
# What printers set as one letter is read as the letters that it is made of: "oﬀences".
LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
Piece = str | Laid


@dataclass(frozen=True)
class Spot:
    """Where a cell of a table stands: its rows, its first column and how many columns."""

    rows: tuple[object, ...]
    column: int
    width: int

    def laid(self, table: object, text: str) -> Laid:
        """A text that stands in it."""
        return Laid(table, self.rows[0], ((self.column, text),), self.rows[1:], self.width)


def _spots(places: Iterable[tuple[object, object, int]]) -> dict[object, Spot]:
    """By cell, from each row and column that it stands in."""
    rows, columns = defaultdict[object, dict[object, None]](dict), defaultdict[object, set[int]](set)
    for cell, row, column in places:
        rows[cell][row] = None
        columns[cell].add(column)
    return {cell: Spot(tuple(rows[cell]), min(columns[cell]), len(columns[cell])) for cell in rows}


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
        start, cells, width = 0, [], piece.width if isinstance(piece, Laid) else 1
        for column, text in ((column, one_line(part.translate(LIGATURES))) for column, part in parts):
            cells.append(TextCell(len(blocks) + 1, start, text, column, width))
            start += len(text) + bool(text)
        if not start:
            continue
        blocks.append(" ".join(cell.text for cell in cells if cell.text))
        if isinstance(piece, Laid):
            rows = tables.setdefault(piece.table, {})
            rows.setdefault(piece.row, []).extend(cells)
            for row in piece.also:  # a number is of its own row alone
                rows.setdefault(row, []).extend(
                    cell for cell in cells if plain_number(plain_letters(cell.text)) is None
                )
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
    yield from _page(path.read_bytes().decode("utf-8", "replace"))


def _page(page: str) -> Iterator[Piece]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    tree.strip_tags(list(UNSEEN))
    body = tree.body
    if body is None:
        return
    spots = dict[object, Spot]()
    for table in body.css("table"):
        spots |= _spots(_cells_of(table))
    for holder, text in _held_in(body):
        cell = _around(holder, "td", "th")
        spot = spots.get(cell.mem_id) if cell is not None else None
        yield spot.laid(_around(cell, "table").mem_id, text) if spot else text


def _held_in(body: Any) -> Iterator[tuple[Any, str]]:
    """Each block of a page, the element that holds it first: all text in its order, as far as no other block begins or ends."""
    words, holder = list[str](), body
    for node in body.traverse(include_text=True):
        around, raised = node, False
        while around.tag in WITHIN or around.tag.startswith("-"):
            raised |= around.tag == RAISED
            around = around.parent
        if around.mem_id != holder.mem_id:
            yield holder, " ".join(words)
            words, holder = [], around
        if node.tag == "-text":
            words.append(mark_of(node.text()) if raised else node.text())
    yield holder, " ".join(words)


def _cells_of(table: Any) -> Iterator[tuple[object, object, int]]:
    """Every cell of a table of its own, with each row and column that it stands in."""
    rows = [row for row in table.css("tr") if _around(row, "table").mem_id == table.mem_id]
    taken = set[tuple[int, int]]()
    for at, row in enumerate(rows):
        column = 0
        for cell in row.iter():
            while (at, column) in taken:
                column += 1
            high, wide = (_span(cell, name) if len(taken) < MOST_CELLS else 1 for name in ("rowspan", "colspan"))
            for place in product(range(at, min(at + high, len(rows))), range(column, column + wide)):
                taken.add(place)
                yield cell.mem_id, rows[place[0]].mem_id, place[1]


def _around(node: Any, *tags: str) -> Any:
    while node is not None and node.tag not in tags:
        node = node.parent
    return node


def _span(cell: Any, name: str) -> int:
    """How many rows or columns a cell stands in."""
    spans = cell.attributes.get(name) or ""
    return max(1, min(int(spans), MOST_SPANNED)) if spans.isdecimal() else 1


def _opened(path: Path) -> zipfile.ZipFile:
    """A packed document, unless it unpacks to very much."""
    packed = zipfile.ZipFile(path)
    if sum(part.file_size for part in packed.infolist()) > UNPACKED:
        raise _refused(path, "a file that unpacks to very much", f"at most {UNPACKED:,} bytes", "Save it anew.")
    return packed


def _docx(path: Path) -> Iterator[Piece]:
    with _opened(path) as packed:
        parts = [packed.read(name) for name in sorted(packed.namelist()) if WORD_PARTS.fullmatch(name)]
    yield from _of_elements(parts, words="t")


def _odt(path: Path) -> Iterator[Piece]:
    with _opened(path) as packed:
        yield from _of_elements([packed.read("content.xml")])


def _of_elements(parts: Iterable[bytes], words: str = "") -> Iterator[Piece]:
    """Parts of a document, read as a page: its paragraphs and tables are those of one under other names.

    words: the name of the elements that hold text, where others hold numbers that are none of it
    """
    from lxml import etree

    for part in parts:
        body = etree.fromstring(part, etree.XMLParser(resolve_entities=False))
        for table in body.iter("{*}tbl"):
            _spanned(table)
        for text in _raised(body):
            text.tag = RAISED
        yield from _page("".join(_as_page(body, words)))


def _as_page(element: Any, words: str) -> Iterator[str]:
    """What an element of a document holds, as elements of a page."""
    yield escape(element.text or "") if not words or element.tag.endswith(f"}}{words}") else ""
    for inside in element:
        name = inside.tag.rpartition("}")[2] if isinstance(inside.tag, str) else NOT_READ[0]
        tag = OF_A_PAGE.get(name)
        spans = (f' {SPANS[of]}="{n}"' for key, n in inside.items() if (of := key.rpartition("number-")[2]) in SPANS)
        yield f"<{tag}{''.join(spans)}>" if tag else BETWEEN.get(name, "")
        yield from (
            () if name in NOT_READ or (name in APART and _paragraph(inside) is not None) else _as_page(inside, words)
        )
        yield f"</{tag}>" if tag else ""
        for note in inside.iter(*(f"{{*}}{apart}" for apart in APART)) if tag == PARAGRAPH else ():
            if _paragraph(note) is inside and next(note.iterancestors("{*}Fallback"), None) is None:
                yield f"<{PARAGRAPH}>{''.join(_as_page(note, words))}</{PARAGRAPH}>"
        yield escape(inside.tail or "")


def _raised(body: Any) -> Iterator[Any]:
    """The runs of Word, and the spans of OpenDocument, that are set higher."""
    for said in body.iterfind(".//{*}r/{*}rPr/{*}*"):
        name, values = said.tag.rpartition("}")[2], said.values()
        if (name == "vertAlign" and "superscript" in values) or (
            name == "position" and values[0].isdigit() and values != ["0"]
        ):
            yield said.getparent().getparent()
    styles = {
        next((name for key, name in style.items() if key.endswith("}name")), "")
        for style in body.iter("{*}style") for text in style.iterfind("{*}text-properties")
        for key, place in text.items() if key.endswith("}text-position") and RAISED_BY.match(place)
    }  # fmt: skip
    for span in body.iter("{*}span"):
        if styles.intersection(span.values()):
            yield span


def _paragraph(element: Any) -> Any:
    """The paragraph that an element is in; None where it is in none."""
    return next(element.iterancestors("{*}p", "{*}h"), None)


def _spanned(table: Any) -> None:
    """Say of the cells of a Word table how many rows and columns each spans, as OpenDocument does, once."""
    above: dict[int, Any] = {}
    for row in [row for row in table.iter("{*}tr") if next(row.iterancestors("{*}tbl")) is table]:
        column = 0
        for cell in [cell for cell in row.iter("{*}tc") if next(cell.iterancestors("{*}tr")) is row]:
            merged = {of.tag.rpartition("}")[2]: next(iter(of.values()), "") for of in cell.iterfind("{*}tcPr/{*}*")}
            if merged.get("vMerge", "restart") != "restart" and column in above:
                above[column].set("number-rows-spanned", str(int(above[column].get("number-rows-spanned", 1)) + 1))
                cell.getparent().remove(cell)
            else:
                above[column] = cell
            cell.set("number-columns-spanned", merged.get("gridSpan", "1"))
            column += int(merged.get("gridSpan", 1))


def _pdf(path: Path) -> Iterator[Piece]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what cannot be read is said once, and in words
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise _refused(path, "a locked PDF", "one without a password", "Save it without a password.")
    if len(reader.pages) > MOST_PAGES:
        raise _refused(path, f"{len(reader.pages):,} pages", f"at most {MOST_PAGES:,}", "Give its parts one by one.")
    # A line that ends a sentence ends a block; words cut at the end of a line are joined.
    joined = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text_of_pages(reader.pages).translate(LIGATURES))
    yield from _in_blocks(MARK_AT_END.sub(r"\g<0>\n", joined), _ENDED)


READERS: dict[str, Callable[[Path], Iterator[Piece]]] = {
    ".txt": _plain, ".md": _plain, ".html": _html, ".htm": _html, ".docx": _docx, ".odt": _odt, ".pdf": _pdf,
}  # fmt: skip


def _refused(path: Path, found: str, expected: str, remedy: str) -> BadInput:
    return cannot(f"{path.name} cannot be read", str(path), found, expected, remedy)
