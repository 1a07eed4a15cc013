"""What lies beside a file or below its rows: workbooks of what seems a zero return, notes, and what a spreadsheet writes."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from hostile import encrypted
from kit import ROOT, why_refused
from sent import GOOD, SAID, checked, many, rules, send
from test_files_as_they_come import ROWS, cell, sent, written

from assets.returns.intake.landed import landed
from assets.returns.supply.seal import seal_again
from assets.returns.supply.template import write_template
from assets.tables.files import fingerprint
from pipelines.cli import main

pytestmark = [pytest.mark.slow, pytest.mark.one_in(2)]


def filled(folder: Path, sheet: str, rows: Sequence[Sequence[str]]) -> None:
    book = openpyxl.load_workbook(folder / "record.xlsx")
    into = book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)
    for row in rows:
        into.append(row)
    book.save(folder / "record.xlsx")


def say(folder: Path, **manifest: object) -> None:
    """Fill in the template's manifest, as somebody does by hand."""
    path = folder / "manifest.json"
    filled = json.loads(path.read_text(encoding="utf-8")) | SAID | {"synthetic": True} | manifest
    path.write_text(json.dumps(filled), encoding="utf-8")


VALUES = [list(row.values()) for row in many(3)]


@pytest.mark.parametrize(
    ("beside", "says"),
    [
        (lambda folder: filled(folder, "return", VALUES), "record.xlsx beside it has rows"),
        (lambda folder: filled(folder, "my own", [list(GOOD), *VALUES]), "record.xlsx beside it has rows"),
        (lambda folder: (folder / "record.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(999)), "cannot be opened"),
        (lambda folder: (folder / "April to June.csv").write_bytes(written()), "April to June.csv lies beside it"),
        (lambda folder: filled(folder, "return", [["", " "]]), ""), (lambda folder: (folder / "report").mkdir(), ""),
    ],
    ids=["its sheet", "another sheet", "protected", "another file", "nothing", "a report"],
)  # fmt: skip
def test_what_is_filled_in_beside_an_empty_file_is_no_zero_return(
    beside: Callable[[Path], object], says: str, tmp_path: Path
) -> None:
    folder = tmp_path / "blank"
    write_template(folder, "record", "kent", "2022-04", rules())
    say(folder)
    beside(folder)
    if not says:
        assert not seal_again(folder).zero_return, "nobody has said so"
        say(folder, zero_return=True)
        assert seal_again(folder).zero_return and "R05" not in checked(folder)[0].refused
        return
    assert says in why_refused(lambda: seal_again(folder)).paragraph()
    # Whoever made the manifest otherwise, and says that there was nothing.
    say(folder, zero_return=True, sha256=fingerprint(folder / "record.csv"), rows=0, crime_count_sum=0)
    assert "R05" in checked(folder)[0].refused


def test_another_file_with_rows_in_the_folder_of_a_return_is_named(tmp_path: Path) -> None:
    """The template's own workbook, from which the file was saved, and what is no table are not; a person's name is not shown."""
    folder = send(tmp_path, many(3))
    for name in (
        "record.xlsx",
        "readme.md",
        ".record.xls",
        "record.csv-metadata.json",
        "June.XLSB",
        "Ann Wharfinger.zip",
    ):
        (folder / name).touch()
    first, *beside = landed(tmp_path, rules())
    assert first.manifest and [other.folder.name for other in beside] == ["Ann Wharfinger.zip", "June.XLSB"]
    assert not any("Wharfinger" in other.problem for other in beside) and "June.XLSB" in beside[1].problem


def test_where_the_file_is_not_there_it_is_said_what_lies_in_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_template(tmp_path, "record", "kent", "2022-04", rules())
    say(tmp_path)
    (tmp_path / "record.csv").unlink()
    filled(tmp_path, "return", VALUES)
    told = why_refused(lambda: seal_again(tmp_path))
    assert "no such file, so no rows; record.xlsx beside it has rows" in " ".join(told.paragraph().split())
    (tmp_path / "record.xlsx").write_bytes(encrypted())
    assert main(["returns", "check", str(tmp_path), "--data", str(ROOT / "data")]) == 2
    said = "and the manifest names it; record.xlsx beside it, which cannot be opened, may have rows"
    assert said in " ".join(capsys.readouterr().err.split())


@pytest.mark.long
@pytest.mark.parametrize("cells", [1, len(GOOD)], ids=["one cell", "a cell and empty ones"])
@pytest.mark.parametrize(
    ("note", "personal"),
    [
        ("End of report", 0), ("NIL RETURN", 0), ("Data extracted 05/07/2022 09:14 from Niche RMS", 0),
        ("Filters applied: recorded between 01/04/2022 and 30/06/2022", 0), ('"Page 1 of 12, 5 July 2022"', 0),
        ("End of Wharfinger report", 1), ("Produced on 12/07/2022 by J Wharfinger", 1), ("Child born 12/03/1987", 1),
        ("Report to B1 1NS", 1), ("Flat 12 Kent House", 1), ("Kent House 22", 1), ("Child of 4 at home with mother", 1),
        ("Report of 5 July 2022 at 12:30 by force", 0), ("Family report 120387 of the area", 1),
    ],
)  # fmt: skip
def test_a_note_below_the_rows_that_is_made_of_known_words_is_nobody(
    note: str, personal: int, cells: int, tmp_path: Path
) -> None:
    found, problems = checked(sent(tmp_path, written([*ROWS, "", note + "," * (cells - 1)]), rows=101))
    assert (found.quarantined, found.personal) == (1, personal)
    assert {problem["line"] for problem in problems if problem["rule"][0] == "E"} == {103}
    said = "the first in line 103", "1 of them no row of the table"
    assert [words in found.refused.get("R08", "") for words in said] == [bool(personal)] * 2


def test_a_row_that_may_hold_personal_data_is_no_note_and_a_title_is_one(tmp_path: Path) -> None:
    lines = written(["Report by Jane Wharfinger", "", *cell(7, "victim_ref", "Jane Wharfinger")])
    found, _ = checked(sent(tmp_path, lines))
    assert found.refused["R08"] == (
        "what may be personal data in 2 lines, the first in line 1 (victim_ref 1); 1 of them no row of the table: take titles and"
        " notes out"
    )


def test_the_columns_of_what_may_be_personal_data_are_named_and_no_cell(tmp_path: Path) -> None:
    """Eleven digits look like a telephone number: a force is told which column to draw anew."""
    rows = [row | {"crime_ref": f"0177{place:07}"} for place, row in enumerate(many(100))]
    rows[3] |= {"relationship": "Jane Wharfinger", "victim_ref": "07700900123"}
    lines = written([",".join(GOOD), *(",".join(row.values()) for row in rows)])
    found, problems = checked(sent(tmp_path, lines))
    said = "what may be personal data in 100 lines, the first in line 2 (crime_ref 100, victim_ref 1)"
    hint = "; references of nine to sixteen digits look like numbers of telephones: begin them with a letter"
    assert found.refused["R08"] == said + hint
    told = {(problem["line"], problem["column"], problem["value"]) for problem in problems if problem["rule"] == "R08"}
    assert told == {(line, "crime_ref", None) for line in range(2, 102)} | {(5, "victim_ref", None)}


def test_what_a_spreadsheet_makes_of_a_code_or_a_formula_is_shown(tmp_path: Path) -> None:
    lines = cell(7, "offence_code", "Aug-67", cell(9, "victim_age", "#VALUE!"))
    _, problems = checked(sent(tmp_path, written(lines)))
    said = {problem["line"]: problem["value"] for problem in problems if problem["rule"] in ("E02", "E05")}
    assert said == {7: "offence_code Aug-67; that is 008/67", 9: "#VALUE!"}


def test_notes_above_a_header_that_is_not_found_are_no_column_of_persons(tmp_path: Path) -> None:
    found, _ = checked(sent(tmp_path, written(["note"] * 25 + ROWS)))
    assert "no column of the template" in found.refused["R03"] and found.personal == 0


@pytest.mark.parametrize(("wrong", "told"), [(1, False), (9, False), (10, True)])
def test_a_few_wrong_rows_at_the_end_are_no_part_of_the_file(wrong: int, told: bool, tmp_path: Path) -> None:
    rows = [row | ({"victim_sex": "f"} if place >= 20 else {}) for place, row in enumerate(many(20 + wrong))]
    lines = written([",".join(GOOD), *(",".join(row.values()) for row in rows)])
    found, _ = checked(sent(tmp_path, lines, rows=len(rows), crime_count_sum=len(rows)))
    assert ("nearly every row from line 22 on" in found.refused["R06"]) == told


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            lambda row: {"suspect_age": "40", "suspect_sex": "F"},
            "most of them are unlike the first with their key in suspect_sex, suspect_age",
        ),
        (lambda row: {}, "each is like the first with its key: rows may have been sent twice"),
        (lambda row: {"suspect_age": "40"} if row["crime_ref"] < "cx00000010" else {}, ""),
    ],
    ids=["a row for each suspect", "twice", "some differ"],
)
def test_how_rows_whose_key_stands_twice_are_unlike_is_told(
    changed: Callable[[dict[str, str]], dict[str, str]], says: str, tmp_path: Path
) -> None:
    rows = [*many(40), *(row | changed(row) for row in many(30))]
    lines = written([",".join(GOOD), *(",".join(row.values()) for row in rows)])
    found, _ = checked(sent(tmp_path, lines, rows=70, crime_count_sum=70))
    told = found.refused["R06"].partition("; 30 by E06: The key of the row stands twice")[2]
    assert (
        told.partition("from line 42 on is in error, and none before: look what is different there")[2].strip("; ")
        == says
    )


def test_when_rows_outside_the_quarter_were_recorded_is_told(tmp_path: Path) -> None:
    """A file of another quarter, or one whose days a spreadsheet counts from 1904. One stray row is none of nearly all."""
    days = {"recorded_date": "2018-05-10", "offence_start": "", "offence_end": "", "outcome_date": ""}
    rows = [row | days | ({"recorded_date": "2018-06-09"} if place > 49 else {}) for place, row in enumerate(many(100))]
    rows[0]["recorded_date"] = "2001-01-01"
    lines = written([",".join(GOOD), *(",".join(row.values()) for row in rows)])
    found, _ = checked(sent(tmp_path, lines))
    assert found.refused["R06"].endswith("; nearly all of their days are of the months from 2018-05 to 2018-06")
