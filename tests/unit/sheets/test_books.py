"""Files are opened by their content; what cannot be read is refused before, by the gate."""

import gzip
import re
from pathlib import Path

import pytest
from sheet_writer import ods, xlsx

from assets.archive.reading.book import Book, open_book
from assets.archive.reading.grid import a1, letters
from assets.archive.reading.headers import find_header
from assets.archive.reading.notes import footnotes, note_blocks, table_ids
from assets.archive.reading.tables import in_full, regions, titles
from assets.archive.reading.text import Label

ROWS = [["Table B2: Offences [note 1]"], ["Offence", "Apr 2022 to Mar 2023"], ["Stalking", 12], [None, "[x]"]]


@pytest.mark.parametrize("content", [xlsx({" Table B2 ": ROWS}), ods({" Table B2 ": ROWS})], ids=["xlsx", "ods"])
def test_a_workbook_is_known_by_content_and_not_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "anything.csv"
    path.write_bytes(content)
    book = open_book(path)
    grid = book.grid(" Table B2 ")
    assert grid.cell(2, 1) == 12
    assert grid.text(2, 1) == "12"
    assert grid.cell(99, 99) == ""
    assert grid.place(2, 1) == "anything.csv, sheet ' Table B2 ', cell B3"


def test_csv_is_read_packed_or_not_and_its_numbers_stay_text() -> None:
    text = '\ufeffTable C2: Crimes\nArea,Total\nKent,"1,234 "\n'.encode()
    for content in (text, gzip.compress(text)):
        book = Book("c2.csv.gz", content)
        grid = book.grid(book.sheet_names[0])
        assert (grid.cell(2, 1), grid.typed) == ("1,234 ", False)


def test_signs_that_nobody_sees_are_in_no_label_and_no_number() -> None:
    hidden = [["\ufeffTable\u200b B2: Of\u00adfences", ""], ["\u200dKent\u2060 é", "1\u200c2"], ["a\xa0b", 7]]
    seen = [["Table B2: Offences", ""], ["Kent é", "12"], ["a\xa0b", "7"]]
    for content in (xlsx({"B2": hidden}), "\n".join(",".join(map(str, row)) for row in hidden).encode()):
        book = Book("b", content)
        grid = book.grid(book.sheet_names[0])
        assert [[grid.text(row, column) for column in (0, 1)] for row in (0, 1, 2)] == seen


def test_addresses() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert a1(9, 27) == "AB10"


def test_a_title_in_a_row_of_many_texts_is_held_against_few_wordings() -> None:
    asked: list[Label] = []
    grid = Book("b.xlsx", xlsx({"B1": [["Table B1: Violence", *(f"Year {year}" for year in range(12))]]})).grid("B1")
    [title] = titles(grid)
    assert in_full(grid, title, lambda wording: bool(asked.append(wording))) == title
    assert len(asked) < 100  # each cell more would double them


def test_several_tables_stand_on_one_sheet() -> None:
    rows = [
        ["Worksheet B1: Violence [note 1]"],
        ["Source"],
        ["Table B1a: Incidents", None, None, "Table B1b: Change"],
        ["Offender", "Jan 1981 to Dec 1981", None, "Offender", "Jan 1981 to Dec 1981"],
        ["VIOLENCE", 1, None, "VIOLENCE", 2],
        [],
        ["Table B1c: Rate", None, None, "Table B1d: Change"],
        ["Offender", "Jan 1981 to Dec 1981", None, "Offender", "Jan 1981 to Dec 1981"],
        ["VIOLENCE", 3, None, "VIOLENCE", 4],
    ]
    grid = Book("b.xlsx", xlsx({"B1": rows})).grid("B1")
    found = titles(grid)
    assert [title.table for title in found] == ["B1", "B1a", "B1b", "B1c", "B1d"]
    spans = {r.title.table: (r.first_row, r.last_row, r.first_column, r.last_column) for r in regions(grid, found)}
    assert spans["B1a"] == (3, 5, 0, 2)
    assert spans["B1d"] == (7, 8, 3, 4)
    assert found[0].label.notes == (1,)


def test_a_header_of_several_levels_is_read_through_merged_cells() -> None:
    rows = [
        ["Table P1: Crime by force, year ending June 20191,2"],
        ["England and Wales"],
        [None, None, "Total recorded crime (excluding fraud3)", None, "Victim-based crime"],
        ["Area Code", "Area Name", None, None, "Violence", "Sexual offences4"],
        [None, None, "Numbers"],
        ["E23000013", "Cleveland", 10, None, 4, 6],
    ]
    merged = {"P1": ["C3:C4", "E3:F3"]}
    for content in (xlsx({"P1": rows}, merged), ods({"P1": rows})):
        grid = Book("p.xlsx", content).grid("P1")
        region = regions(grid, titles(grid, True))[0]
        header = find_header(grid, region, [re.compile("area name"), re.compile("area code")], superscripts=True)
        assert header is not None
        assert header.row == 3
        texts = {column: text.text for column, text in header.labels.items()}
        assert texts == {
            0: "Area Code",
            1: "Area Name",
            2: "Total recorded crime (excluding fraud)",
            4: "Violence",
            5: "Sexual offences",
        }


def test_notes_are_found_under_their_headings() -> None:
    rows = [
        ["Notes"],
        ["Notes for tables A5- A7"],
        ["Note number", "Note text"],
        [1, "First."],
        [2, "Second\nline."],
        [],
        ["Note for worksheets B5, B6, B7"],
        ["Note number", "Note text"],
        [1, "Knives."],
        [1, "Knives again."],
    ]
    grid = Book("n.xlsx", xlsx({"Notes_A5 to B7": rows})).grid("Notes_A5 to B7")
    first, second = note_blocks(grid)
    assert first.tables >= {"A5", "A6", "A7"}
    assert first.text == {1: "First.", 2: "Second line."}
    assert second.tables == {"B5", "B6", "B7"}
    assert second.repeated == (1,)
    assert table_ids("Table_A5a") == {"A5a"}


def test_footnotes_below_a_table() -> None:
    rows = [["x"], ["Source: Home Office"], ["1. First note."], ["12. Twelfth note."]]
    grid = Book("p.xlsx", xlsx({"P1": rows})).grid("P1")
    note_block = footnotes(grid, 1, 3, "P1")
    assert note_block is not None
    assert note_block.text == {1: "First note.", 12: "Twelfth note."}
