"""Cells that say something else than the library that opens workbooks reads: read as a text that says it.

- Formulas whose value was not stored with them, as programs save them that do not compute, and those that came to an error, are
  no empty cells.
- A number in the format of a percentage is a hundred times as many per cent: 0.072 stands in the sheet as 7.2%.
- The number of a note that is raised behind a number or a name is none of its digits: 68 with a raised 1 is no 681.

And columns and rows that a person who opens the workbook does not see.
"""

import html
import io
import itertools
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

ZIP, OLD = b"PK", b"\xd0\xcf\x11\xe0"
# The parts with cells of an xlsx, wherever a program keeps them, and with them that of an ods.
OF_XLSX = re.compile(r"xl/(?!theme|drawings|charts|media|tables)\w+/[^/]+\.xml", re.IGNORECASE)
SHEET = re.compile(rf"{OF_XLSX.pattern}|content\.xml|xl/sharedStrings\.xml", re.IGNORECASE)
STYLES = "xl/styles.xml"
CELL = rb"<(?P<of>(?:\w+:)?)c\b(?P<cell>[^<>]*)>\s*"
FORMULA, END = rb"<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*", rb"\s*</(?:\w+:)?c>"
FORMULA_IN = (b"<f", b":f")
# A formula that comes to no text is of type "str" and stores no value either.
NO_VALUE = rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?"
UNCOMPUTED = re.compile(CELL + FORMULA + NO_VALUE + END, re.IGNORECASE)
# A cell of type "e" stores the sign of its error: #REF!, #N/A.
VALUE = rb"(?:%b)?<(?:\w+:)?v>(?P<value>[^<>]*)</(?:\w+:)?v>%b" % (FORMULA, END)
ERROR = re.compile(CELL.replace(rb"[^<>]*)>", rb"[^<>]*\bt\s*=\s*[\"']e[\"'][^<>]*)>") + VALUE, re.IGNORECASE)
ERRORS = (b'"e"', b"'e'")
NO_TEXT, TYPE = b'"str"', re.compile(rb"""\bt\s*=\s*["'][^"']*["']""")
SAID = "a formula without its value: open the file in a spreadsheet program and save it"
# What stands in the place of a figure that a spreadsheet did not work out, or could not.
NO_RESULT = re.compile(rf"#[A-Z/0]+[!?]?|{SAID}", re.ASCII)
# Formats of percentages by number, and of others those with a sign of per cent that is no text.
PER_CENT = {b"9", b"10"}
FORMAT = re.compile(rb'<(?:\w+:)?numFmt\b[^<>]*?\bnumFmtId="(\d+)"[^<>]*?\bformatCode="([^"]*)"')
TEXT_IN_FORMAT = re.compile(r'".*?"|\\.')
OF_CELLS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
FORMAT_OF = re.compile(rb'<(?:\w+:)?xf\b[^<>]*?\bnumFmtId="(\d+)"')
# An error stands as its sign in the text of a cell of an ods, whose value is said to be none.
ODS_ERROR = re.compile(rb' office:string-value=""(?=[^<>]*"error")')
ODS_PER_CENT = re.compile(rb'office:value-type="percentage"(?P<between>[^<>]*?)office:value="(?P<value>[^"]*)"')
# Text with a form of its own inside a cell, and what says that it is raised.
RUN = re.compile(rb"(?P<form><(?:\w+:)?rPr>.*?</(?:\w+:)?rPr>\s*<(?:\w+:)?t\b[^<>]*>)(?P<text>[^<>]*)", re.DOTALL)
ODS_RUN = re.compile(rb'(?P<form><text:span text:style-name="(?P<style>[^"]*)">)(?P<text>[^<>]*)')
ODS_RAISED = re.compile(
    rb'<style:style style:name="([^"]*)"[^<>]*>\s*<style:text-properties[^<>]*\bstyle:text-position="super'
)
SUPERSCRIPT, RAISED = b"superscript", str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# The sheets of an xlsx, the parts that they are in, and the columns and rows that are hidden there.
WORKBOOK, PARTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET_OF = re.compile(rb'<(?:\w+:)?sheet\b(?=[^<>]*\bname="(?P<name>[^"]*)")[^<>]*\b\w+:id="(?P<id>[^"]*)"')
PART_OF = re.compile(rb'<(?:\w+:)?Relationship\b(?=[^<>]*\bId="(?P<id>[^"]*)")[^<>]*\bTarget="(?P<target>[^"]*)"')
HIDDEN = rb'(?=[^<>]*\bhidden="(?:1|true)")'
HIDDEN_COLUMNS = re.compile(rb'<(?:\w+:)?col\b%b(?=[^<>]*\bmin="(\d+)")[^<>]*\bmax="(\d+)"' % HIDDEN)
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b%b[^<>]*\br="(\d+)"' % HIDDEN)
# Of an ods, the columns and rows of a sheet, of which some are hidden, by hand or by a filter.
ODS, ODS_SHEET = "content.xml", re.compile(rb'<table:table\b[^<>]*\btable:name="(?P<name>[^"]*)"')
ODS_LINE = re.compile(rb"<table:table-(?P<kind>column|row)\b(?P<said>[^<>]*)>")
ODS_TIMES = re.compile(rb'\btable:number-(?:columns|rows)-repeated="(\d+)"')
ODS_HIDDEN = (b'table:visibility="collapse"', b'table:visibility="filter"')


def hidden_lines(content: bytes) -> Iterator[tuple[str, list[range], list[range]]]:
    """Each sheet with columns or rows that it does not show: its name, those columns and those rows, from 1."""
    if content[:2] != ZIP:
        yield from _old(content)[1]
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if ODS in names:
            yield from _hidden_in_ods(archive.read(ODS))
        if not {WORKBOOK, PARTS} <= names:
            return
        parts = {match["id"]: match["target"].decode() for match in PART_OF.finditer(archive.read(PARTS))}
        for sheet in SHEET_OF.finditer(archive.read(WORKBOOK)):
            target = parts.get(sheet["id"], "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part not in names or b"hidden=" not in (cells := archive.read(part)):
                continue
            columns = [range(int(first), int(last) + 1) for first, last in HIDDEN_COLUMNS.findall(cells)]
            rows = [range(int(row), int(row) + 1) for row in HIDDEN_ROW.findall(cells)]
            if columns or rows:
                yield _text_of(sheet["name"]), columns, rows


def _hidden_in_ods(cells: bytes) -> Iterator[tuple[str, list[range], list[range]]]:
    if not any(sign in cells for sign in ODS_HIDDEN):
        return
    sheets = list(ODS_SHEET.finditer(cells))
    for sheet, after in itertools.zip_longest(sheets, (later.start() for later in sheets[1:])):
        hidden: dict[bytes, list[range]] = {b"column": [], b"row": []}
        place = dict.fromkeys(hidden, 1)
        for line in ODS_LINE.finditer(cells, sheet.end(), len(cells) if after is None else after):
            times = ODS_TIMES.search(line["said"])
            first, place[line["kind"]] = place[line["kind"]], place[line["kind"]] + (int(times[1]) if times else 1)
            if any(sign in line["said"] for sign in ODS_HIDDEN):
                hidden[line["kind"]].append(range(first, place[line["kind"]]))
        if any(hidden.values()):
            yield _text_of(sheet["name"]), hidden[b"column"], hidden[b"row"]


def _text_of(name: bytes) -> str:
    return html.unescape(name.decode()).strip()


def as_it_stands(content: bytes) -> bytes:
    """A workbook with a text in place of each cell that would be read as something else; the same bytes where there is none."""
    if content[:2] != ZIP:
        return content
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        styles = _per_cent(archive.read(STYLES)) if STYLES in archive.namelist() else []
        for name in filter(SHEET.fullmatch, archive.namelist()):
            part = archive.read(name)
            made = UNCOMPUTED.sub(_said, part) if any(sign in part for sign in FORMULA_IN) else part
            made = ERROR.sub(_said, made) if any(sign in part for sign in ERRORS) else made
            if own := [style for style in styles if b's="%b"' % style in made]:
                made = _of_styles(own).sub(_per_cent_said, made)
            made = ODS_PER_CENT.sub(_ods_per_cent_said, made) if b'"percentage"' in part else made
            made = ODS_ERROR.sub(b"", made) if b'"error"' in part else made
            made = _with_raised(made)
            if made != part:
                changed[name] = made
        if not changed:
            return content
        copied = io.BytesIO()
        with zipfile.ZipFile(copied, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for name in archive.namelist():
                copy.writestr(name, changed.get(name) or archive.read(name))
    return copied.getvalue()


def said_in_xls(content: bytes) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """Sheet of an old workbook -> row and column, from nought -> what is to be read there; nothing of another file, and of one
    whose cells do not tell."""
    return _old(content)[0]


@lru_cache(maxsize=1)  # it is asked what stands in cells, and then which of them are hidden
def _old(content: bytes) -> tuple[dict[str, dict[tuple[int, int], str]], list[tuple[str, list[range], list[range]]]]:
    if not content.startswith(OLD):
        return {}, []
    import xlrd  # few files are that old

    try:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=nowhere)
        said = {sheet.name: dict(_said_on(sheet, book)) for sheet in book.sheets()}
        hidden = [
            (sheet.name.strip(), *(_hidden_of(lines) for lines in (sheet.colinfo_map, sheet.rowinfo_map)))
            for sheet in book.sheets()
        ]
        return said, hidden
    except MemoryError:
        raise
    except Exception:  # a damaged workbook ends it in many ways: what is damaged the library that opens workbooks says
        return {}, []


def _hidden_of(lines: Mapping[int, Any]) -> list[range]:
    return [range(at + 1, at + 2) for at, line in lines.items() if line.hidden]


def _said_on(sheet: Any, book: Any) -> Iterator[tuple[tuple[int, int], str]]:
    """The cells of a sheet of an old workbook that say something else than their value."""
    from xlrd import XL_CELL_ERROR, XL_CELL_NUMBER, error_text_from_code

    raised = [font.escapement == 1 for font in book.font_list]
    for place, runs in sheet.rich_text_runlist_map.items():
        yield place, _with_runs_raised(sheet.cell_value(*place), runs, raised)
    codes = (book.format_map[style.format_key].format_str for style in book.xf_list)
    per_cent = {at for at, code in enumerate(codes) if _is_per_cent(code)}
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == XL_CELL_ERROR:
                yield (row, column), error_text_from_code[sheet.cell_value(row, column)]
            elif kind == XL_CELL_NUMBER and sheet.cell_xf_index(row, column) in per_cent:
                yield (row, column), f"{100 * sheet.cell_value(row, column):.15g}%"


def _with_runs_raised(text: str, runs: list[tuple[int, int]], raised: list[bool]) -> str:
    """A text of which each run, from a letter on, has a font; the letters before the first have that of the cell."""
    parts = itertools.pairwise([(0, None), *runs, (len(text), None)])
    return "".join(
        text[first:last].translate(RAISED) if font is not None and raised[font] else text[first:last]
        for (first, font), (last, _) in parts
    )


def _is_per_cent(code: str) -> bool:
    """Does a format show hundredths, beside what it only writes?"""
    return "%" in TEXT_IN_FORMAT.sub("", code)


def _per_cent(styles: bytes) -> list[bytes]:
    """The styles of cells that are the format of a percentage."""
    formats = PER_CENT | {
        number for number, code in FORMAT.findall(styles) if _is_per_cent(html.unescape(code.decode()))
    }
    of_cells = OF_CELLS.search(styles)
    numbers = FORMAT_OF.findall(of_cells[0]) if of_cells else []
    return [b"%d" % at for at, number in enumerate(numbers) if number in formats]


def _of_styles(styles: list[bytes]) -> re.Pattern[bytes]:
    """The cells of some styles with a number."""
    of_style = rb'(?=[^<>]*\bs="(?:%b)")(?![^<>]*\bt="(?!n"))[^<>]*)>' % b"|".join(styles)
    return re.compile(CELL.replace(rb"[^<>]*)>", of_style) + VALUE)


def _with_raised(part: bytes) -> bytes:
    """A part of a workbook with raised figures written as such, where the form of the text alone says that they are."""
    if SUPERSCRIPT in part:
        return RUN.sub(lambda run: _raised(run) if SUPERSCRIPT in run["form"] else run[0], part)
    styles = set(ODS_RAISED.findall(part))
    return ODS_RUN.sub(lambda run: _raised(run) if run["style"] in styles else run[0], part) if styles else part


def _raised(run: re.Match[bytes]) -> bytes:
    return run["form"] + run["text"].decode().translate(RAISED).encode()


def _text(cell: re.Match[bytes], text: bytes) -> bytes:
    words = {b"of": cell["of"], b"cell": TYPE.sub(b"", cell["cell"]), b"text": text}
    return b'<%(of)bc%(cell)b t="inlineStr"><%(of)bis><%(of)bt>%(text)b</%(of)bt></%(of)bis></%(of)bc>' % words


def _said(formula: re.Match[bytes]) -> bytes:
    if NO_TEXT in formula["cell"]:
        return formula[0]
    return _text(formula, formula.groupdict().get("value") or SAID.encode())


def _per_cent_said(cell: re.Match[bytes]) -> bytes:
    try:
        return _text(cell, b"%.15g%%" % (100 * float(cell["value"])))
    except ValueError:
        return cell[0]


def _ods_per_cent_said(cell: re.Match[bytes]) -> bytes:
    return b'office:value-type="string"%boffice:string-value="%.15g%%"' % (cell["between"], 100 * float(cell["value"]))
