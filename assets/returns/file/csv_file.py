"""The CSV file of a return as it lies: fingerprint, ends of lines, header, and how DuckDB reads it. Nothing of a cell is said."""

import csv
import gzip
import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from schemas.derive import quoted
from schemas.returns import TEMPLATES, ReturnColumn

PIECE = 1 << 19
WIDE = "the file is UTF-16 or UTF-32, not UTF-8"
WORKBOOK = "the file is a workbook or an archive, not CSV: save its first sheet as CSV UTF-8"
LOCKED = "the file is a workbook with a password, or of before 2007: open it, and save its first sheet as CSV UTF-8"
PACKED = "the file is packed otherwise than by gzip: unpack it, or send it as .csv.gz"
GZIPPED, END_OF_FILE = b"\x1f\x8b", b"\x1a"  # as DOS wrote it, and what joins files there still does
# How files that are no CSV begin, the longest first; text of two or four bytes a letter without a mark has noughts in front.
BEGINNINGS = {
    b"\xff\xfe": WIDE, b"\xfe\xff": WIDE, b"\x00\x00\xfe\xff": WIDE, b"PK\x03\x04": WORKBOOK, b"\xd0\xcf\x11\xe0": LOCKED,
    GZIPPED: "the file is gzipped, and its name does not end in .gz", b"%PDF": "the file is a PDF, not CSV",
    b"<": "the file is a web page or XML, not CSV", b"{\\rt": "the file is a document, not CSV",
    b"{": "the file is JSON, not CSV", b"[": "the file is JSON, not CSV",
    **dict.fromkeys((b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zX", b"\x28\xb5\x2f\xfd"), PACKED),
    b"PAR1": "the file is Parquet, not CSV", b"SQLi": "the file is a database, not CSV",
}  # fmt: skip
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "spaces"}
# A pseudonym is looked at closely where it has one of these; the last two stand for any sign of control, and any not ASCII.
NOT_ASCII, CONTROL = "\x80", "\0"
SIGNS = " @,._'\"\t" + CONTROL + NOT_ASCII
# White space of every kind, and signs that take no room: at an end of a value they say nothing and nobody sees them.
ENDS = "".join(map(chr, (
    *range(0x9, 0xE), 0x20, 0x85, 0xA0, 0xAD, 0x1680, *range(0x2000, 0x2010), *range(0x2028, 0x2030), *range(0x205F, 0x2065),
    0x3000, 0xFEFF,
)))  # fmt: skip
# A line of nothing but separators, as a spreadsheet writes for a row that is formatted and empty.
HOLLOW = re.compile(rb"^,{8,}$", re.MULTILINE)
BEGINS_HOLLOW = b"\n,,,,,,,,"
# A header begins in one of so many lines, and with breaks in its headings has no more than so many.
LINES_OF_HEADER, LONGEST_HEADER = 20, 100
# Longest cell that Python's reader takes, and a line that is no row of any return.
LONGEST_CELL, LONGEST_LINE = 1 << 30, 1 << 20
# A gzipped file that unpacks to more than so many bytes, and so many times its size, holds nothing that was recorded.
UNPACKED, TIMES = 1 << 27, 200
ENDLESS = f"a line of more than {LONGEST_LINE:,} bytes, which is no row of a return"
BLOATED = f"the file unpacks to more than {TIMES} times its size, as no return does"


@dataclass(frozen=True)
class FileScan:
    """A file read once, as bytes.

    sha256:  fingerprint of the file as it lies
    lines:   lines of its text from the header on
    above:   lines above the header: a title, or nothing
    mixed:   do its lines end in more than one way, or as nothing writes them any more (CR alone)
    hollow:  does a line begin as one of nothing but separators
    ended:   is its last line ended, as systems end every line
    trouble: why it is no text to read; empty where it is
    signs:   those of SIGNS that stand anywhere in it: the others need not be looked for cell by cell
    commas:  of some lines of all parts of it, how many commas they have, with the number of such lines
    """

    sha256: str
    lines: int
    mixed: bool
    trouble: str
    above: int = 0
    signs: str = SIGNS
    hollow: bool = False
    ended: bool = True
    commas: Mapping[int, int] = field(default_factory=dict)

    def otherwise(self, columns: int) -> float:
        """About how many lines have other columns than so many, by those that were looked at."""
        looked = sum(self.commas.values())
        return self.lines * (1 - self.commas.get(columns - 1, 0) / looked) if looked else 0.0


def scan(file: Path) -> FileScan:
    """Fingerprint and lines of a file, plain or gzipped."""
    digest, counted, lies = hashlib.sha256(), _Ends(), b""
    packed = is_packed(file)
    with file.open("rb") as source:
        while piece := source.read(PIECE):
            digest.update(piece)
            lies = lies or piece[:4]
            if not packed:
                counted.add(piece)
    trouble = ""
    if packed:
        most = max(UNPACKED, TIMES * file.stat().st_size)
        try:
            for piece in pieces(file):
                counted.add(piece)
                if counted.size > most or counted.endless:
                    trouble = BLOATED
                    break
        except (OSError, EOFError, zlib.error):
            trouble = "the file is no whole gzip file"
    if counted.endless:
        trouble = ENDLESS
    text = lies if packed and not lies.startswith(GZIPPED) else counted.first
    begins = [words for sign, words in BEGINNINGS.items() if text.startswith(sign)]
    if begins or b"\x00" in counted.first:
        trouble = begins[0] if begins else WIDE
    elif not counted.first and not trouble:
        trouble = "the file is empty: it has not even a header"
    return FileScan(
        digest.hexdigest(), counted.lines, counted.mixed, trouble, signs=counted.signs, hollow=counted.hollow,
        ended=counted.ended, commas=counted.commas,
    )  # fmt: skip


class _Ends:
    """Counts the ends of lines of a text that comes in pieces, and sees which signs stand in it."""

    def __init__(self) -> None:
        self.first, self._last = b"", b""
        self._feeds = self._returns = self._both = 0
        self._absent = SIGNS
        self.hollow = self.endless = False
        self.size = self._since = 0
        self.commas: Counter[int] = Counter()

    def add(self, piece: bytes) -> None:
        self.first = self.first or piece[:4]
        self.size += len(piece)
        # numpy finds a byte that is there often, and `in` that there is none, at many times the speed of `bytes.count`.
        signs = np.frombuffer(piece, np.uint8)
        low = np.flatnonzero(signs < ord(" "))  # nearly all of them end a line
        feeds = low[signs[low] == ord("\n")]
        self._feeds += len(feeds)
        if b"\r" in piece:
            self._returns += piece.count(b"\r")
            self._both += piece.count(b"\r\n")
        self._both += self._last.endswith(b"\r") and piece[:1] == b"\n"
        last = int(feeds[-1]) if len(feeds) else piece.rfind(b"\r")
        self._since = len(piece) - 1 - last if last >= 0 else self._since + len(piece)
        self.endless = self.endless or self._since > LONGEST_LINE
        self._look_at_one(piece, b"\n" if len(feeds) else b"\r")
        # A line may begin in one piece and go on in the next. To look for nine bytes is slow, and few files have such a line.
        begun = self._last[1 - len(BEGINS_HOLLOW) :] + piece[: len(BEGINS_HOLLOW)]
        some = bool((signs[np.minimum(feeds + 1, len(piece) - 1)] == ord(",")).any())
        self.hollow = self.hollow or BEGINS_HOLLOW in begun or (some and BEGINS_HOLLOW in piece)
        self._last = (self._last + piece[-len(BEGINS_HOLLOW) :])[-len(BEGINS_HOLLOW) :]
        there = {NOT_ASCII: not piece.isascii(), CONTROL: _has_controls(piece, len(low) - len(feeds))}
        self._absent = "".join(
            sign for sign in self._absent if not (there[sign] if sign in there else sign.encode() in piece)
        )

    def _look_at_one(self, piece: bytes, end: bytes) -> None:
        """Count the commas of its first whole line; one that may be no row, as its quotes or letters tell, counts apart."""
        first = piece.find(end) + 1
        line = piece[first : max(first, piece.find(end, first))] if first else b""
        if line.rstrip(b"\r"):
            whole = line.isascii() and line.count(b'"') % 2 == 0
            self.commas[line.count(b",") if whole else -1] += 1

    @property
    def signs(self) -> str:
        """A comma separates: it stands inside a cell only where cells are quoted."""
        signs = [sign for sign in SIGNS if sign not in self._absent]
        return "".join(sign for sign in signs if sign != "," or '"' in signs)

    @property
    def mixed(self) -> bool:
        ended = self._last.endswith(END_OF_FILE)
        return ended or self._returns > self._both or 0 < self._both < self._feeds

    @property
    def ended(self) -> bool:
        return self._last.rstrip(END_OF_FILE)[-1:] in (b"", b"\n", b"\r")

    @property
    def lines(self) -> int:
        return self._feeds + self._returns - self._both + (not self.ended)


def _has_controls(piece: bytes, low: int) -> bool:
    """Has a piece a sign of control that is no end of a line and no tab? low: its signs below the space that are no line feed."""
    return b"\x7f" in piece or low > sum(piece.count(sign) for sign in (b"\r", b"\t") if low)


def is_packed(file: Path) -> bool:
    """Is the file gzipped, by its name?"""
    return file.name.lower().endswith(".gz")


def open_text(file: Path) -> BinaryIO:
    """The text of a file, plain or gzipped, as bytes."""
    return cast("BinaryIO", gzip.open(file) if is_packed(file) else file.open("rb"))


def pieces(file: Path) -> Iterator[bytes]:
    """The text of a file, plain or gzipped, piece by piece."""
    with open_text(file) as source:
        while piece := source.read(PIECE):
            yield piece


def with_one_end(file: Path, target: Path, above: int = 0) -> Path:
    """The text of a file without the first so many lines, every line ended by a line feed and hollow ones emptied.

    The number of the others stays.
    """
    kept = b""
    with target.open("wb") as made:
        for piece in pieces(file):
            whole = kept + piece
            # A CR at the end may be half of an end.
            cut = max(whole.rfind(b"\n"), whole.rfind(b"\r", 0, -1)) + 1
            kept, text = whole[cut:], _plain_ends(whole[:cut])
            while above and text:
                _, ended, text = text.partition(b"\n")
                above -= bool(ended)
            made.write(text)
        made.write(_plain_ends(kept.rstrip(END_OF_FILE)))
    return target


def _plain_ends(text: bytes) -> bytes:
    return HOLLOW.sub(b"", text.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))


@dataclass(frozen=True)
class Headings:
    """The headings of a file: what separates them, how many lines stand above, and whether they stand below each other."""

    names: list[str]
    separator: str = ","
    above: int = 0
    turned: bool = False


def header_of(file: Path, columns: Sequence[ReturnColumn]) -> Headings:
    """The header of a CSV file, plain or gzipped: the first of its lines with most headings of the template, else the first.

    What is no text is no heading of the template.
    """
    wanted, lines = {column.name for column in columns}, first_lines(file, LINES_OF_HEADER + LONGEST_HEADER)
    best, header = 0, Headings(_cells(lines, ","))
    for above in range(min(len(lines), LINES_OF_HEADER)):
        if best == len(wanted):
            break
        for separator in SEPARATORS:
            names = _cells(lines[above:], separator)
            headings = len(wanted & {as_in_template(name, wanted) for name in names})
            if headings > (best if separator == "," else max(best, 1)):  # one may stand between spaces by chance
                best, header = headings, Headings(names, separator, above)
    names = [plain if (plain := name.lower().replace(" ", "_")) in wanted else name for name in header.names]
    while names and not names[-1]:  # a spreadsheet's columns at the end that have nothing
        names.pop()
    header = replace(header, names=names)
    below = wanted & {plainly(cell) for line in lines[:LINES_OF_HEADER] for cell in _cells([line], ",")[:1]}
    return replace(header, turned=True) if len(below) > max(best, 1) else header


def opened(file: Path, columns: Sequence[ReturnColumn]) -> tuple[FileScan, Headings]:
    """What the bytes of a file say, its lines counted from the header on, and the header; none where it is no text to read."""
    scanned = scan(file)
    header = Headings([]) if scanned.trouble else header_of(file, columns)
    return replace(scanned, lines=scanned.lines - header.above, above=header.above), header


def first_lines(file: Path, most: int) -> list[str]:
    """So many lines of a file, plain or gzipped, if they stand in its first piece."""
    with open_text(file) as source:
        text = source.read(PIECE).decode("utf-8-sig", errors="replace")
        return re.split("\r\n|\r|\n", text, maxsplit=most)[:most]


def lines_of(file: Path, first: int, count: int) -> Iterator[str]:
    """So many lines of a file, plain or gzipped, from the `first` on, counted from 1."""
    with open_text(file) as source:
        for line in islice(source, first - 1, first - 1 + count):
            yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _cells(lines: Sequence[str], separator: str) -> list[str]:
    """The cells of the record that begins in the first of some lines: one in quotes may have several."""
    csv.field_size_limit(LONGEST_CELL)
    names = next(csv.reader((f"{line}\n" for line in lines), delimiter=separator), [])
    return [name.strip(ENDS) for name in names]


def csv_source(
    file: Path, header: list[str], rejects: bool = True, separator: str = ",", *, passed_over: bool = False
) -> str:
    """The reading of a CSV file (or of all that a pattern names): every column as text, malformed lines set aside.

    rejects: are they kept; passed_over: are they not, and yet no error
    """
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in header)
    more = ", store_rejects = true, rejects_table = 'reject', rejects_scan = 'reject_scan'" if rejects else ""
    more += ", ignore_errors = true" if passed_over else ""
    packed = ", compression = 'gzip'" if is_packed(file) else ""
    return (
        f"read_csv({quoted(str(file))}, header = true, auto_detect = false, columns = {{{columns}}}, delim = {quoted(separator)}"
        f", quote = '\"', escape = '\"', strict_mode = true{packed}{more})"
    )


def without_ends(cell: str, signs: str = SIGNS) -> str:
    """SQL of a cell without ENDS at its ends, empty where nothing else is in it; signs: those of SIGNS that stand in the file."""
    tests = {
        " ": f"contains({cell}, ' ')", "\t": f"contains({cell}, chr(9))", CONTROL: f"regexp_matches({cell}, '[[:cntrl:]]')",
        '"': f"contains({cell}, chr(10)) OR contains({cell}, chr(13))", NOT_ASCII: f"strlen({cell}) <> length({cell})",
    }  # fmt: skip
    asked = " OR ".join(test for sign, test in tests.items() if sign in signs)
    bare = f"nullif(regexp_replace({cell}, '^[{ENDS}]+|[{ENDS}]+$', '', 'g'), '')"
    return f"CASE WHEN {asked} THEN {bare} ELSE {cell} END" if asked else cell


def odd_columns(header: Headings, columns: Sequence[ReturnColumn]) -> str:
    """What is wrong with a header; empty where nothing is. The columns may stand in any order, and a title above them."""
    if header.turned:
        return "its headings stand below each other: rows and columns have changed places"
    wanted, names = [column.name for column in columns], header.names
    for profile, others in TEMPLATES.items():
        if others != columns and {column.name for column in others} <= {*names}:
            return f"its columns are those of the profile {profile}, and the manifest names another"
    missing = [name for name in wanted if name not in names]
    if 2 * len(missing) > len(wanted) or header.separator != ",":
        return _spelt_otherwise(header, set(wanted))
    otherwise = {as_in_template(name, wanted) for name in names if name not in wanted} & {*missing}
    missing = [name for name in missing if name not in otherwise]
    # An unknown heading may be a cell of a file without header: it is counted, not printed.
    extra = [
        place
        for place, name in enumerate(names, 1)
        if name and name not in wanted and as_in_template(name, wanted) not in otherwise
    ]
    bare = [place for place, name in enumerate(names, 1) if not name]
    twice = [name for name in wanted if names.count(name) > 1]
    parts = [f"no column {', '.join(missing)}" if missing else "",
             f"{', '.join(sorted(otherwise))} spelt otherwise than in the template{_as_in(names, otherwise)}"
             if otherwise else "",
             f"columns that are not in the template: {_places(extra)}" if extra else "",
             f"columns without a heading: {_places(bare)}" if bare else "",
             f"{', '.join(twice)} twice" if twice else ""]  # fmt: skip
    return "; ".join(filter(None, parts))


def _places(columns: Sequence[int]) -> str:
    """How many columns, and where the first of them stand."""
    return f"{len(columns)} (from the left: {', '.join(map(str, columns[:5]))}{', ...' if len(columns) > 5 else ''})"


def _spelt_otherwise(header: Headings, wanted: set[str]) -> str:
    """What is wrong with a header of which most is not as in the template."""
    if any(len(wanted & {plainly(part) for part in name.split(",")}) > 1 for name in header.names):
        return "several of its headings stand in one cell, as where whole lines are quoted"
    spelt = [f"_{plainly(name)}_" for name in header.names]
    if (
        2 * sum(any(f"_{name}_" in of_file for of_file in spelt) for name in wanted)
        > len(wanted)
        > sum(name.strip("_") in wanted for name in spelt)
    ):
        return "its headings say more than those of the template, as where they are in two languages: use its own alone"
    if not wanted & {as_in_template(name, wanted) for name in header.names}:
        return "no column of the template: its header is missing, or the file is of another kind"
    parts = [f"its columns are separated by {SEPARATORS[header.separator]}, not by commas" if header.separator != "," else "",
             f"its header stands in line {header.above + 1}" if header.above else "",
             f"its headings are spelt otherwise than in the template{_as_in(header.names, wanted)}"
             if 2 * len(wanted & {*header.names}) < len(wanted) else "",
             ]  # fmt: skip
    return "; ".join(filter(None, parts))


def _as_in(names: Sequence[str], wanted: Collection[str]) -> str:
    """The first heading of the template that is written in another way, with its signs as they are."""
    return next(
        (f", as in {name!a}" for name in names if name not in wanted and as_in_template(name, wanted) in wanted), ""
    )


def plainly(name: str) -> str:
    """A heading as the template would spell it."""
    return "_".join(re.findall(r"[^\W_]+", name.lower()))


def as_in_template(name: str, wanted: Collection[str]) -> str:
    """A heading as the template would spell it, also one with letters of another script that look like its own."""
    plain = plainly(name)
    form, others = re.subn(r"[^\x00-\x7f]", ".", plain)
    return (
        next((heading for heading in wanted if re.fullmatch(form, heading)), plain)
        if 0 < 2 * others <= len(plain)
        else plain
    )
