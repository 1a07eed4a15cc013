"""The content of a released file that passed the gate: the sheets of a workbook, or the records of a CSV file."""

import codecs
import csv
import gzip
import io
import itertools
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from assets.archive.reading.shown import as_it_stands, said_in_xls
from assets.words.problems import BadInput, Problem, cannot

WORKBOOK, GZIP = (b"PK", b"\xd0\xcf\x11\xe0"), b"\x1f\x8b"
PREAMBLE = 60
# Signs that nobody sees: text from a web page brings them into labels.
UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
SMALL = 4_000_000  # bytes; what is read row by row is never larger
Row = list[Any]


def is_workbook(path: Path) -> bool:
    """Is it a spreadsheet (xlsx, ods or xls), and no CSV file?"""
    with path.open("rb") as file:
        return file.read(4).startswith(WORKBOOK)


def opened(content: bytes, name: str) -> CalamineWorkbook:
    """A workbook, opened by its content: a path would be judged by the ending of its name."""
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(as_it_stands(content)))
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise unreadable(name, str(error)) from None


def shown_and_hidden(workbook: CalamineWorkbook) -> tuple[list[str], list[str]]:
    """The sheets that a workbook shows, and those that it does not: they are not published, and never read."""
    visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    return visible, [name for name in workbook.sheet_names if name not in visible]


def hidden_sheets(path: Path) -> list[str]:
    """The sheets of a file that it does not show."""
    return shown_and_hidden(opened(path.read_bytes(), path.name))[1] if is_workbook(path) else []


def sheets(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Every sheet that a workbook shows with all its rows, the first row of a list being row 1; one in memory at a time."""
    content = path.read_bytes()
    workbook, said = opened(content, path.name), said_in_xls(content)
    for name in shown_and_hidden(workbook)[0]:
        yield name, rows_of(workbook.get_sheet_by_name(name), said)


def rows_of(sheet: CalamineSheet, said: Mapping[str, Mapping[tuple[int, int], str]]) -> list[Row]:
    """All rows of a sheet of a workbook with such texts in place of their cells (`said_in_xls`), without signs nobody sees."""
    rows = sheet.to_python(skip_empty_area=False)
    for (row, column), text in said.get(sheet.name, {}).items():
        if row < len(rows) and column < len(rows[row]):  # of a damaged workbook two libraries may read other cells
            rows[row][column] = text
    return [[_as_seen(cell) for cell in row] for row in rows]


def _as_seen(cell: Any) -> Any:
    """A cell; of a text what a reader sees of it."""
    return UNSEEN.sub("", cell) if isinstance(cell, str) and not cell.isascii() else cell


def csv_bytes(content: bytes, name: str) -> tuple[bytes, str]:
    """The content of a CSV file, taken out of gzip where it is packed, with commas between its cells, and its encoding."""
    try:
        raw = gzip.decompress(content) if content.startswith(GZIP) else content
    except (EOFError, OSError) as error:
        raise unreadable(name, str(error)) from None
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raw = raw.decode("utf-16", errors="replace").encode()
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
        raw, encoding = (raw if text.isascii() else UNSEEN.sub("", text).encode()), "utf-8"
    except UnicodeDecodeError:
        encoding = "cp1252"
    delimiter = delimiter_of(raw[:20_000].decode(encoding, errors="replace"))
    if delimiter == ",":
        return raw, encoding
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\n").writerows(
        csv.reader(io.StringIO(raw.decode(encoding), newline=""), delimiter=delimiter)
    )
    return made.getvalue().encode(), "utf-8"


def delimiter_of(text: str) -> str:
    """Comma, semicolon, tab or bar: whichever cuts most of the first records into the same number of cells, two at least."""

    def cut(sign: str) -> tuple[int, int]:
        widths = Counter(map(len, csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=sign)))
        return max(((records, width) for width, records in widths.items() if width > 1), default=(0, 0))

    return max(",;\t|", key=cut)


def csv_head(raw: bytes, encoding: str, rows: int = PREAMBLE) -> list[list[str]]:
    """The first records of a CSV file."""
    reader = csv.reader(io.StringIO(raw[: rows * 20_000].decode(encoding, errors="replace"), newline=""))
    return list(itertools.islice(reader, rows))


def heads(path: Path) -> Iterator[tuple[str, list[Row], Iterable[Row]]]:
    """Of a CSV file, or of each sheet of a workbook one after the other: its place, its first rows, and those below them.

    The rows below are read when they are asked for; a CSV file that is not small is not read to its end.
    """
    if is_workbook(path):
        for name, rows in sheets(path):
            yield f"{path.name}, sheet {name.strip()}", rows[:PREAMBLE], rows[PREAMBLE:]
    else:
        raw, encoding = csv_bytes(path.read_bytes(), path.name)
        records = csv.reader(io.StringIO(raw[:SMALL].decode(encoding, errors="replace"), newline=""))
        yield path.name, list(itertools.islice(records, PREAMBLE)), records


def tables(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Every sheet of a workbook, or the one table of a small CSV file, with all its rows."""
    if is_workbook(path):
        yield from sheets(path)
    else:
        yield path.name, csv_rows(path.read_bytes(), path.name)


def csv_rows(content: bytes, name: str) -> list[Row]:
    """Every record of a small CSV file, the first of the list being row 1."""
    raw, encoding = csv_bytes(content, name)
    try:
        return list(csv.reader(io.StringIO(raw.decode(encoding, errors="replace"), newline="")))
    except csv.Error as error:
        raise unreadable(name, str(error)) from None


def rectangular(rows: list[Row]) -> list[Row]:
    """Rows of one width: a short one ends in blanks."""
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def csv_columns(
    path: Path, raw: bytes, encoding: str, width: int, skip: int
) -> tuple[list[pa.Array], pa.Array, list[Problem]]:
    """The columns of a large CSV file as text after `skip` records, the row of each record, and rows of another width.

    BadInput where the last row has another width and no end: the file is cut off.
    """
    odd: dict[int, Problem] = {}

    def note(row: Any) -> str:
        odd[row.number] = Problem(
            f"{path.name}, row {row.number}", "", f"{row.actual_columns} cells", f"{row.expected_columns} as in the header",
            "A comma inside a cell needs quotation marks. Where the row is a note of the source, nothing is lost with it.",
        )  # fmt: skip
        return "skip"

    names = [f"c{index}" for index in range(width)]
    table = pacsv.read_csv(
        pa.BufferReader(raw),
        read_options=pacsv.ReadOptions(column_names=names, skip_rows=skip, encoding=encoding, use_threads=False),
        parse_options=pacsv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note),
        convert_options=pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )
    last = skip + table.num_rows + len(odd)
    if last in odd and not raw.endswith((b"\n", b"\r")):
        raise BadInput(
            f"{path.name} is not a whole table",
            [replace(odd[last], remedy="The file looks cut off in its last row: fetch it again.")],
        )
    rows = pa.array([number for number in range(skip + 1, last + 1) if number not in odd], pa.int64())
    return [column.combine_chunks() for column in table.columns], rows, list(odd.values())


def unreadable(name: str, found: str) -> BadInput:
    """The error of a file that cannot be read at all."""
    remedy = "The file is damaged or cut off: fetch it again."
    return cannot(f"{name} cannot be read", name, found, "a workbook or a CSV file", remedy)
