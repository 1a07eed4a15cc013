"""Marks of notes beside numbers, headings, running titles and the ends of pages: none of them is part of a figure. SYNTHETIC."""

from pathlib import Path

import docx
import pytest
from claims_kit import odt
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pdf_writer import Line, pdf_of, pdf_of_pages

from assets.statement.text.mentions import mentions_of
from assets.statement.text.texts import text_of

RAISED = "Kent recorded 503² offences."


def page(folder: Path, body: str) -> tuple[str, ...]:
    path = folder / "page.html"
    path.write_text(f"<body>{body}</body>", encoding="utf-8")
    return text_of(path).blocks


def printed(folder: Path, *pages: list[Line]) -> tuple[str, ...]:
    path = folder / "printed.pdf"
    path.write_bytes(pdf_of_pages(pages))
    return text_of(path).blocks


@pytest.mark.parametrize("mark", ["<sup>2</sup>", "<sup><a href='#note'>2</a></sup>", "<b><sup>[2]</sup></b>"])
def test_a_raised_number_of_a_page_is_a_mark(tmp_path: Path, mark: str) -> None:
    """There "503" and a raised "2" had been read as "503 2"."""
    assert page(tmp_path, f"<p>Kent recorded 503{mark} offences.</p>")[0].replace(" ²", "²") == RAISED
    assert page(tmp_path, "<p>On the 1<sup>st</sup> of May</p>") == ("On the 1 st of May",)


@pytest.mark.parametrize("raised", ["vertAlign", "position"])
def test_a_raised_number_of_a_word_document_is_a_mark(tmp_path: Path, raised: str) -> None:
    """It had been read as "5032"."""
    made = docx.Document()
    paragraph = made.add_paragraph("Kent recorded 503")
    run = paragraph.add_run("2")
    said = OxmlElement(f"w:{raised}")
    said.set(qn("w:val"), {"vertAlign": "superscript", "position": "8"}[raised])
    run._element.get_or_add_rPr().append(said)
    paragraph.add_run(" offences.")
    made.save(str(tmp_path / "raised.docx"))
    assert text_of(tmp_path / "raised.docx").blocks[0].replace(" ²", "²") == RAISED


@pytest.mark.parametrize("place", ["super 58%", "33% 58%"])
def test_a_raised_number_of_an_opendocument_is_a_mark(tmp_path: Path, place: str) -> None:
    span = '<text:p>Kent recorded 503<text:span text:style-name="T1">2</text:span> offences.</text:p>'
    odt(tmp_path / "raised.odt", span, styles={"T1": place})
    assert text_of(tmp_path / "raised.odt").blocks[0].replace(" ²", "²") == RAISED
    odt(tmp_path / "lower.odt", span, styles={"T1": "sub 58%"})
    assert text_of(tmp_path / "lower.odt").blocks == ("Kent recorded 5032 offences.",)


def test_a_smaller_number_that_a_pdf_sets_beside_another_is_a_mark(tmp_path: Path) -> None:
    line = [("Kent recorded 503", 12), ("2", 7), (" offences.", 12)]
    assert printed(tmp_path, [line]) == (RAISED,)
    [number] = [mention.text for mention in mentions_of(RAISED, 1) if mention.proposed is None]
    assert number == "503"


def test_a_heading_of_a_pdf_is_no_part_of_what_follows(tmp_path: Path) -> None:
    heading: Line = [("Kent", 18)]
    assert printed(tmp_path, [heading, "Surrey recorded 503 offences."]) == ("Kent", "Surrey recorded 503 offences.")


def test_a_sentence_that_goes_on_over_a_page_is_one(tmp_path: Path) -> None:
    """It had been held against another year: "the 12 months to December" without its year is the newest that the text names."""
    note: Line = [("1", 5), (" As recorded.", 9)]
    first: list[Line] = ["Crime in Kent", "Kent recorded 503 offences in the 12 months to", note, "3"]
    second: list[Line] = ["Crime in Kent", "December 2018, and", note, "4"]
    third: list[Line] = ["Crime in Kent", "7 in 2019.", "5"]
    assert printed(tmp_path, first, second, third) == (
        "Kent recorded 503 offences in the 12 months to December 2018, and 7 in 2019.", "¹ As recorded.", "¹ As recorded.",
    )  # fmt: skip


def test_a_line_that_ends_a_sentence_with_a_year_is_no_item_of_a_list(tmp_path: Path) -> None:
    """Once "December" above "2018." had been a list that begins with 2018."""
    made = pdf_of(
        ["Kent recorded 503 offences in the 12 months to December", "2018. Surrey recorded", "7 in June 2018."]
    )
    (tmp_path / "years.pdf").write_bytes(made)
    assert text_of(tmp_path / "years.pdf").blocks == (
        "Kent recorded 503 offences in the 12 months to December 2018. Surrey recorded 7 in June 2018.",
    )


def test_lines_that_end_in_years_are_no_items_of_a_list(tmp_path: Path) -> None:
    """They had been the last items of a list that begins with the 12 of "12 months"."""
    (tmp_path / "lines.txt").write_text(
        "Offences in the 12 months to\nDecember 2018.\nThose in the year ending June 2019,\nand more."
    )
    text = text_of(tmp_path / "lines.txt")
    assert not text.tables and len(text.blocks) == 1
