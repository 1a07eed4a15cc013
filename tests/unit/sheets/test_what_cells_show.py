"""What a cell shows and the library that opens workbooks does not read, SYNTHETIC: percentages, formulas without values."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from sheet_writer import ods, xls, xlsx

from assets.archive.gate.gate import gate
from assets.archive.reading.book import Book
from assets.archive.reading.shown import hidden_lines
from assets.archive.reading.text import label
from assets.archive.reading.values import text_value
from assets.words.problems import BadInput

Rewrite = Callable[[str, bytes], tuple[str, bytes]]


def rewritten(content: bytes, rewrite: Rewrite) -> bytes:
    """A packed file with each of its parts under another name, or with other content."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(*rewrite(name, old.read(name)))
    return made.getvalue()


def elsewhere(name: str, part: bytes) -> tuple[str, bytes]:
    return name.replace("worksheets/", "pages/"), part.replace(b"worksheets/", b"pages/")


def prefixed(name: str, part: bytes) -> tuple[str, bytes]:
    if "/sheet" in name:
        part = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", part).replace(b"xmlns=", b"xmlns:x=")
    return name, part


@pytest.mark.parametrize(
    "shape", [lambda name, part: (name, part), elsewhere, prefixed], ids=["usual", "elsewhere", "prefixed"]
)
def test_a_formula_without_its_value_is_no_empty_cell_wherever_it_stands(shape: Rewrite) -> None:
    def broken(name: str, part: bytes) -> tuple[str, bytes]:
        part = part.replace(b"<v>1</v>", b"<f>A9*2</f>").replace(b'<c r="B1"><v>2', b'<c r="B1" t="e"><v>#REF!')
        return shape(name, part)

    grid = Book("a.xlsx", rewritten(xlsx({"Table 1": [[1, 2, 3]]}), broken)).grid("Table 1")
    without, error, number = grid.rows[0]
    assert str(without).startswith("a formula without its value") and (error, number) == ("#REF!", 3)


@pytest.mark.parametrize(
    ("shown_as", "cell"),
    [
        ("0%", "7.2%"),
        ("0.00%", "7.2%"),
        ("0.0%;[Red]-0.0%", "7.2%"),
        ('0.0"%"', 0.072),
        (r"0.0\%", 0.072),
        ("0.000", 0.072),
    ],
)
def test_a_number_in_the_format_of_a_percentage_is_the_one_it_shows(shown_as: str, cell: str | float) -> None:
    """Stored as 0.072, and shown as 7.2%: it was read as 0.072 per cent. A text in the format changes no number."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Table 1")
        sheet.write_row(0, 0, [0.072, "a text"], book.add_format({"num_format": shown_as}))
        sheet.write(0, 2, 0.072)
    assert Book("a.xlsx", made.getvalue()).grid("Table 1").rows[0] == [cell, "a text", 0.072]


def test_so_is_one_of_an_ods_and_an_error_is_its_sign() -> None:
    def shown(name: str, part: bytes) -> tuple[str, bytes]:
        part = part.replace(b'"float" office:value="0.072"', b'"percentage" office:value="0.072"')
        return name, re.sub(
            b'"string"[^<>]*><text:p>#REF!',
            b'"string" office:string-value="" calcext:value-type="error"><text:p>#REF!',
            part,
        )

    rows = Book("a.ods", rewritten(ods({"Table 1": [[0.072, 0.5, "#REF!"]]}), shown)).grid("Table 1").rows
    assert rows == [["7.2%", 0.5, "#REF!"]]


def test_figures_that_are_raised_behind_a_number_or_a_name_are_its_notes() -> None:
    """68 with a raised 1 was read as 681, "Mar 2019" with a raised 2 as no period, and code 5 with a raised 7 as code 57."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet, raised = book.add_worksheet("Table 1"), book.add_format({"font_script": 1})
        lowered, bold = book.add_format({"font_script": 2}), book.add_format({"bold": True})
        sheet.write_rich_string(0, 0, "68", raised, "1")
        sheet.write_rich_string(0, 1, bold, "Apr 2018 to ", "Mar 2019", raised, "2,13")
        sheet.write_rich_string(0, 2, "CO", lowered, "2")
    number, period, lower = Book("a.xlsx", made.getvalue()).grid("Table 1").rows[0]
    assert (number, period, lower) == ("68¹", "Apr 2018 to Mar 2019²,¹³", "CO2")
    found, value = label(period), text_value(number)
    assert (found.text, found.notes) == ("Apr 2018 to Mar 2019", (2, 13)) and value and value.number == 68

    def of_ods(name: str, part: bytes) -> tuple[str, bytes]:
        style = b'<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
        part = part.replace(
            b"<office:body>", b"<office:automatic-styles>" + style + b"</office:automatic-styles><office:body>"
        )
        return name, part.replace(b"68@", b'68<text:span text:style-name="T1">1</text:span>')

    assert Book("a.ods", rewritten(ods({"Table 1": [["68@"]]}), of_ods)).grid("Table 1").rows[0] == ["68¹"]


@pytest.mark.parametrize("continued", range(5))
def test_figures_that_an_old_workbook_raises_are_notes_too(continued: int) -> None:
    """Whatever the width of their letters; a text may go on in another record, with letters of the other width."""
    texts = [("681", 2, False), ("Kent4,5", 4, False), ("March 2019", 10, False), ("1681", 3, True), ("5710", 1, False)]
    cells = Book("a.xls", xls(texts, continued)).grid("Table 1").rows[0]
    assert cells == ["68¹", "Kent⁴,⁵", "March 2019", "168¹", "5⁷¹⁰"]
    assert label(str(cells[1])).text == "Kent" and (value := text_value(str(cells[0]))) and value.number == 68


def test_an_old_workbook_is_read_as_what_it_shows() -> None:
    """Percentages, errors, and the columns and rows that it hides."""
    book = xls(
        [("x", 1, False)], 0,
        (0x203, struct.pack("<HHHd", 0, 1, 1, 0.072)), (0x203, struct.pack("<HHHd", 0, 2, 0, 0.072)),
        (0x205, struct.pack("<HHHBB", 0, 3, 0, 0x17, 1)),
        (0x7D, struct.pack("<HHHHHH", 2, 3, 0, 0, 1, 0)), (0x208, struct.pack("<HHHHHHI", 0, 0, 4, 0, 0, 0, 0x20)),
    )  # fmt: skip
    assert Book("a.xls", book).grid("Table 1").rows == [["x", "7.2%", 0.072, "#REF!"]]
    assert [*hidden_lines(book)] == [("Table 1", [range(3, 4), range(4, 5)], [range(1, 2)])]


@pytest.mark.slow
def test_a_sheet_that_reaches_too_far_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    def far(name: str, part: bytes) -> tuple[str, bytes]:
        return elsewhere(name, part.replace(b'r="B1"', b'r="XFD1048576"'))

    path = tmp_path / "a.xlsx"
    path.write_bytes(rewritten(xlsx({"Table 1": [[1, 2]]}), far))
    with pytest.raises(BadInput, match="1,048,576 rows"):
        gate(path)


def test_columns_and_rows_that_a_workbook_hides() -> None:
    """By hand or by a filter, in an ods with those that stand for several."""

    def of_ods(name: str, part: bytes) -> tuple[str, bytes]:
        columns = (
            b'<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
        )
        part = part.replace(b'table:name="B &amp; C">', b'table:name="B &amp; C">' + columns)
        return name, part.replace(
            b"<table:table-row><table:table-cell/>", b'<table:table-row table:visibility="filter"><table:table-cell/>'
        )

    def of_xlsx(name: str, part: bytes) -> tuple[str, bytes]:
        if name.endswith("sheet2.xml"):
            part = part.replace(b"<sheetData>", b'<cols><col min="2" max="3" hidden="1"/></cols><sheetData>')
            part = part.replace(b'<row r="2">', b'<row r="2" hidden="1">')
        return name, part

    sheets = {"A": [["x", 1]], "B & C": [["x", 1], [None, 2], ["y", 3]]}
    expected = [("B & C", [range(2, 4)], [range(2, 3)])]
    assert (
        list(hidden_lines(rewritten(ods(sheets), of_ods)))
        == list(hidden_lines(rewritten(xlsx(sheets), of_xlsx)))
        == expected
    )
    assert not [*hidden_lines(ods(sheets)), *hidden_lines(xlsx(sheets)), *hidden_lines(b"a,b")]
