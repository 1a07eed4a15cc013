"""A text is read from every kind of file, no number or comparison is passed over, and a draft can be completed."""

import re
import zipfile
from pathlib import Path

import pytest
import yaml
from claims_kit import NEAR, claim, file_of, odt, read
from figures_kit import fact, scanned
from kit import ROOT
from pdf_writer import pdf_of

from assets.statement.claims.claims_file import read_claims
from assets.statement.scan.draft import coverage_report, draft, is_complete, quotation
from assets.statement.scan.scan import scan
from assets.statement.scan.verdicts import UNTESTED, in_counts, verdicts
from assets.statement.text.mentions import NUMBER, mentions_of
from assets.statement.text.texts import LARGEST, Text, text_of
from assets.words.problems import BadInput

EXAMPLES = ROOT / "data" / "statement" / "examples"
LINES = (
    "Synthetic text",
    "Up to 30% of 1,201 cases",
    "Numbers are growing: a quarter more, almost fourfold since 2019.",
)


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(mention.text, mention.kind, mention.proposed is not None) for mention in mentions_of(text, 1)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-be"])
def test_a_text_is_read_as_editors_save_it(tmp_path: Path, encoding: str) -> None:
    marked = "\ufeff" if encoding == "utf-16-be" else ""
    (tmp_path / "document.txt").write_text(f"{marked}Café: 12% of £5", encoding=encoding)
    assert text_of(tmp_path / "document.txt").blocks == ("Café: 12% of £5",)


def test_a_text_of_longer_lines_than_anybody_breaks_has_a_paragraph_in_each(tmp_path: Path) -> None:
    first, second = (
        "Of the cases 72% were charged, " + "which is said here at length " * 6,
        "77% of the victims were women",
    )
    (tmp_path / "document.txt").write_text(f"{first}\n{second}\n", encoding="utf-8")
    assert text_of(tmp_path / "document.txt").blocks == (first.strip(), second)
    (tmp_path / "document.txt").write_text("Of the cases 72%\nwere charged.\n", encoding="utf-8")
    assert text_of(tmp_path / "document.txt").blocks == ("Of the cases 72% were charged.",)


@pytest.mark.parametrize("ending", [".txt", ".html", ".docx", ".odt", ".pdf"])
def test_a_text_is_read_from_every_kind_of_file(tmp_path: Path, ending: str) -> None:
    scanned = scan(text_of(file_of(tmp_path, ending, LINES[0], [LINES[1:2]], LINES[2])))
    assert " ".join(scanned.text.blocks) == " ".join(LINES)
    numbers = [mention.text for mention in scanned.mentions if mention.kind == "number"]
    assert numbers == ["Up to 30%", "1,201", "a quarter", "almost fourfold", "2019"]
    assert [mention.text for mention in scanned.mentions if mention.kind == "comparison"] == ["growing", "more"]


def test_no_text_of_a_page_is_passed_over_whatever_holds_it(tmp_path: Path) -> None:
    """Cards of figures stand in no paragraph, and what stands behind a list belongs to what is around it."""
    page = """<body><div class="card"><span>71,227</span> <b>offences<sup>1</sup></b></div>
      <section>Rapes: <em>rose</em><p>by 5%</p>to <a href="#">6,060</a><!-- a remark -->, up</section>
      <ul><li>Kent <b>12</b><ul><li>Ashford <i>3</i></li></ul></li></ul><p>from <del>99</del> <ins>98</ins></p>
      <nav>1 of 9</nav><button>7 shares</button><hr>All 4</body>"""
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert text_of(tmp_path / "page.html").blocks == (
        "71,227 offences ¹", "Rapes: rose", "by 5%", "to 6,060 , up", "Kent 12", "Ashford 3", "from 98", "All 4",
    )  # fmt: skip


def test_no_text_of_an_opendocument_is_passed_over_and_no_remark_is_read(tmp_path: Path) -> None:
    """Notes behind the text that has them, what was inserted, and no remark, mark of a note or what was deleted."""
    note = "<text:note-citation>1</text:note-citation><text:note-body><text:p>Note 6</text:p></text:note-body>"
    five = "".join(f"<text:span>{part}</text:span>" for part in ("5,", "072"))
    words = " ".join(f"<text:span>{word}</text:span>" for word in ("None", "of", "6"))
    odt(
        tmp_path / "odd.odt",
        "<text:tracked-changes><text:p>98</text:p></text:tracked-changes><text:section><text:list><text:list-item>"
        f"<text:p>Kent<text:s/>{five}<text:note>{note}</text:note> offences</text:p></text:list-item></text:list></text:section>"
        "<text:p>Up<text:tab/>5% &lt; 6%<office:annotation><text:p>No, 7</text:p></office:annotation><!-- 8 -->.</text:p>"
        f"<text:p>{words}<draw:frame><svg:desc>A picture of 9</svg:desc></draw:frame></text:p>",
    )
    assert text_of(tmp_path / "odd.odt").blocks == ("Kent 5,072 offences", "Note 6", "Up 5% < 6%.", "None of 6")


def test_no_text_of_a_word_document_is_passed_over_whatever_holds_it(tmp_path: Path) -> None:
    """Controls, fields, what was inserted, text boxes (once) and notes; and not what was deleted or moved away."""
    import docx
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def run(text: str, name: str = "t") -> str:
        return f'<w:r><w:{name} xml:space="preserve">{text}</w:{name}></w:r>'

    box = f"<w:txbxContent><w:p>{run('Box 5')}</w:p></w:txbxContent>"
    paragraphs = (
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('Control 1')}</w:p></w:sdtContent></w:sdt>",
        f"<w:p>{run('Within ')}<w:sdt><w:sdtContent>{run('2')}</w:sdtContent></w:sdt></w:p>",
        f'<w:p>{run("Fell to ")}<w:del w:id="1" w:author="a">{run("98", "delText")}</w:del>'
        f'<w:moveFrom w:id="2" w:author="a">{run("97")}</w:moveFrom><w:ins w:id="3" w:author="a">{run("3")}</w:ins></w:p>',
        f'<w:p>{run("Field ")}<w:fldSimple w:instr="REF x">{run("4")}</w:fldSimple></w:p>',
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run('Beside')}</w:p>",
    )
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    made = docx.Document()
    for paragraph in paragraphs:
        opening = paragraph.index(">")
        made.element.body.insert(-1, parse_xml(f"{paragraph[:opening]} {nsdecls('w')} {mc}{paragraph[opening:]}"))
    notes = f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p>{run('Note 6')}</w:p></w:footnote></w:footnotes>"
    uri, kind = (
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    )
    part = Part(uri, kind, notes.encode(), made.part.package)
    made.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    made.save(str(tmp_path / "odd.docx"))
    assert text_of(tmp_path / "odd.docx").blocks == (
        "Control 1", "Within 2", "Fell to 3", "Field 4", "Beside", "Box 5", "Note 6",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.rtf", b"x", "one of .txt"), ("a.odt", b"PK", "an OpenDocument text"),
        ("a.txt", b"", "no text"), ("a.txt", b"\0\xff\xfe\0", "UTF-8"),
        ("a.docx", b"PK", "Word document"),
        ("a.pdf", b"%PDF-1.4 broken", "a PDF that can be read"), ("a.html", b"<p> </p>", "no text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_words(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=said):
        text_of(tmp_path / name)


def test_a_file_that_breaks_its_library_is_refused_in_words(tmp_path: Path) -> None:
    good = file_of(tmp_path, ".docx", LINES[0], [LINES[1:2]]).read_bytes()
    packed = good.index(b"word/document.xml") + 60
    for name, content in (
        ("document.docx", good[:packed] + b"\xff" * 40 + good[packed + 40 :]),
        ("document.pdf", pdf_of(LINES).replace(b"/Length", b"/Filter /Unheard /Length")),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BadInput, match="cannot be read"):
            text_of(tmp_path / name)


@pytest.mark.slow
def test_a_file_that_is_or_unpacks_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(BadInput, match="at most"):
        text_of(tmp_path / "large.txt")
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 210_000_000)
    with pytest.raises(BadInput, match="unpacks"):
        text_of(tmp_path / "bomb.docx")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("from 2018-19 to 2022-23, by 37%", [("37%", False)]),
        ("in May 2022, 512 officers (8%)", [("512", False), ("8%", False)]),
        ("aged 16-59; see note 4 and class 8Q", []),
        ("(12/25) and Y1:51/222", [("12", False), ("25", False), ("51", False), ("222", False)]),
        ("threatening (005/28) and false (138/52) communications", []),
        ("rate 3.2x, 4th, 5,5", [("3.2x", False)]),
    ],
)
def test_a_number_is_found_and_a_date_is_proposed_for_dismissal(text: str, numbers: list[tuple[str, bool]]) -> None:
    held = [(word, proposed) for word, kind, proposed in found(text) if kind == "number" and not proposed]
    assert all(number in held for number in numbers)
    digits = {
        place
        for mention in mentions_of(text, 1)
        if mention.kind == "number"
        for place in range(mention.start, mention.end)
    }
    assert all(place in digits for place, letter in enumerate(text) if letter.isdigit()), "a digit is passed over"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a 16-year-old, 18-24 year olds, under 16s, women in their 30s, 16 and over", "age"),
        ("call 999 or 101; 0808 2000 247 is open 24/7", "telephone|time"), ("at 10.30pm and 9:15", "time"),
        ("rates per 1,000 and per 100,000", "rate"), ("in the last 12 months, the 12 months to June", "period"),
        ("the 12-month rate, a six-month high, in just over six years", "period"),
        ("2022/10/27, Mar-24, 21-27 April, April 21-27", "date"),
        ("a third party and a third time", "ordinal"), ("ISO 9001, s.20, SW1A 2AA", "name"), ("Notes: 1. So. 2. Then", "mark"),
        ("## 3. Violence", "mark"), ("3.1 Members asked", "mark"), ("4.2.1 The survey", "mark"), ("Item: 7", "mark"),
        ("1/ A thread. 2/ It goes on.", "mark"), ("(UIN 51234), FOI request 2025/0931", "mark|date"),
        ("rapes of females aged 16 or over", "age"),
    ],
)  # fmt: skip
def test_a_number_that_plainly_counts_nothing_is_proposed_for_dismissal(text: str, why: str) -> None:
    numbers = [mention for mention in mentions_of(text, 1) if mention.kind == "number"]
    assert numbers
    assert all(re.search(why, mention.proposed or "") for mention in numbers), numbers


@pytest.mark.parametrize(
    "text",
    [
        "101 offences",
        "999 victims",
        "a third of victims",
        "30 forces",
        "up 12%",
        "16 women",
        "12 months in prison",
        "1,000 men",
        "3.1 million women",
        "3.1 Million women",
        "2.9 per cent of adults",
    ],
)
def test_a_number_that_may_count_something_is_not_proposed_for_dismissal(text: str) -> None:
    assert [mention.proposed for mention in mentions_of(text, 1) if mention.kind == "number"] == [None]


@pytest.mark.parametrize(
    "text",
    ["most victims", "only one", "getting younger", "the largest part", "more likely than", "rose", "as common as"],
)
def test_a_comparison_is_found(text: str) -> None:
    assert any(kind == "comparison" for _, kind, _ in found(text))


def test_a_claim_covers_its_own_figure_and_one_that_stands_nowhere_is_told(tmp_path: Path) -> None:
    text = Text("t", ("Of 1,201 cases 412 were closed.", "It was 34%."))
    document = read(
        tmp_path, claim("part", "412", printed="1,201 cases 412"), claim("lost", "9", printed="nine of them"),
        dismissed=[{"text": "34%", "why": "said of another text"}],
    )  # fmt: skip
    scanned = scan(text, document)
    state = {mention.text: (mention.covered, mention.dismissed) for mention in scanned.mentions}
    assert state == {"1,201": ((), None), "412": (("part",), None), "34%": ((), "said of another text")}
    assert scanned.misplaced == ("lost",)
    assert not is_complete(scanned)
    assert "[1,201]" in coverage_report(scanned)


@pytest.mark.parametrize("wording", ["recorded 12 345 crimes", "recorded 12,345 crimes", "recorded 12\u00a0345 crimes"])
def test_a_number_with_spaces_between_thousands_is_one_number(tmp_path: Path, wording: str) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>We recorded&nbsp;12&nbsp;345 crimes: 1·4 times as many.</p>", encoding="utf-8")
    text = text_of(path)
    assert [mention.figure and float(mention.figure.value) for mention in mentions_of(text.blocks[0], 1)][:2] == [
        12345,
        1.4,
    ]
    document = read(tmp_path, claim("count", wording.split()[-2] if "," in wording else "12 345", printed=wording))
    assert next(iter(scan(text, document).mentions)).covered == ("count",)


def test_a_draft_is_refused_until_it_is_completed_and_then_accepted(tmp_path: Path) -> None:
    scanned = scan(text_of(file_of(tmp_path, ".txt", LINES[0], [LINES[1:2]], LINES[2])))
    path = tmp_path / "draft.yaml"
    path.write_text(draft(scanned), encoding="utf-8")
    with pytest.raises(BadInput, match=r"says|scope"):
        read_claims(path, NEAR)
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["document"] |= {"publisher": "Nobody", "published": "2024"}
    for one in content["claims"]:
        one |= {"says": "Something", "scope": "other"}
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
    document = read_claims(path, NEAR)
    assert is_complete(scan(scanned.text, document))
    assert {claim.figure for claim in document.claims if claim.figure} >= {
        "Up to 30%",
        "1,201",
        "a quarter",
        "almost fourfold",
    }
    assert document.dismissed


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_public_documents_are_covered_by_their_claims(path: Path) -> None:
    document = read_claims(path.with_suffix(".yaml"), NEAR)
    scanned = scan(text_of(path), document)
    assert is_complete(scanned), coverage_report(scanned)
    assert len(scanned.mentions) > 15


def test_a_quotation_stays_short() -> None:
    block = "word " * 100 + "1,201 " + "word " * 100
    assert 5 < len(quotation(block, 500, 505)) <= 100
    assert "1,201" in quotation(block, 500, 505)


def test_each_number_of_a_text_has_one_verdict_and_the_report_says_why() -> None:
    text = "Police recorded 204,871 sexual offences in the year ending March 2024, 3 in one place, at £4m.\nTable 1: 204,817"
    looked = scanned(text, fact("offences.sexual", 204_871))
    made = verdicts(looked)
    numbers = [mention for mention in looked.mentions if mention.kind == NUMBER]
    assert [each.mention for each in made if each.mention.kind == NUMBER] == numbers
    assert sum(int(part.rsplit(" ", 1)[1]) for part in in_counts(made).split(", ")) == len(numbers)
    report = coverage_report(looked)
    assert f"each number once, against what is held: {in_counts(made)}" in report
    for each in made:
        assert each.verdict != UNTESTED or f"not tested: {each.why}" in report
    unread = scan(Text("synthetic", (text,)), None, NEAR)
    assert {each.why for each in verdicts(unread) if each.verdict == UNTESTED} == {"nothing was looked up"}
