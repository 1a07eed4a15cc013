"""What a report holds of a file: text as it is read, that acts nowhere; and a file of other columns is not taken for personal."""

import hashlib
from pathlib import Path

import openpyxl
import pytest
from kit import read_rows, why_refused
from sent import blank, checked, many, rules
from test_files_as_they_come import cell, sent, written

from assets.returns.file.manifest import manifest_of, read_manifest
from assets.returns.intake.intake import engine, examine, verdict
from assets.returns.intake.landed import Landed
from assets.returns.intake.report import write_reports
from assets.returns.intake.store import Store

pytestmark = pytest.mark.slow

HASHED = [
    row | {f"{of}_ref": of[0] + hashlib.sha256(f"{of}{place}".encode()).hexdigest()[:16] for of in ("crime", "victim", "suspect")}
    for place, row in enumerate(many(100))
]  # fmt: skip
LINES = [",".join(HASHED[0]), *(",".join(row.values()) for row in HASHED)]


def reports(folder: Path, into: Path) -> Path:
    """Write the reports of a return."""
    landed = Landed("kent", folder, read_manifest(folder / "manifest.json", rules()))
    with engine(Store(into / "store")) as connection:
        checked = examine(connection, landed, rules(), synthetic=True, alone=True)
        write_reports(connection, into, verdict(landed, checked, rules()), rules(), landed.file.name)
    return into


@pytest.mark.parametrize("value", ["=1+1", "+1+1", "-1+1", '"=DDE(1)"', "\t=1+1"])
def test_no_value_of_a_report_is_a_formula(value: str, tmp_path: Path) -> None:
    lines = LINES
    for line in range(9, 14):  # in so many rows it is a code of another list, and shown
        lines = cell(line, "relationship", value, lines)
    lines = cell(9, "crime_ref", value, lines)
    into = reports(sent(tmp_path, written(lines)), tmp_path)
    rows = read_rows(into / "report.csv")
    told = [text for row in rows for text in row.values()]
    acting = value.strip('"\t')  # white space about a value is taken away
    assert any(text.startswith(f"'{acting}") for text in told) and not any(text.startswith(acting) for text in told)
    assert {row["file"] for row in rows} == {"record.csv"}
    book = openpyxl.load_workbook(into / "report.xlsx")
    cells = [one for sheet in book for row in sheet.iter_rows() for one in row]
    assert any(str(one.value).startswith(acting) for one in cells) and not any(one.data_type == "f" for one in cells)


def test_a_negative_number_of_a_report_is_a_number(tmp_path: Path) -> None:
    into = reports(sent(tmp_path, written(cell(9, "crime_count", "-1"))), tmp_path)
    assert [row["value"] for row in read_rows(into / "report.csv") if row["rule"] == "E02"] == ["-1"]


@pytest.mark.long
@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x0b", "\u202e"])
def test_what_steers_a_terminal_or_turns_a_line_round_is_in_no_report(sign: str, tmp_path: Path) -> None:
    lines = LINES
    for line in range(9, 14):
        lines = cell(line, "relationship", f"co{sign}[31m", lines)
    into = reports(sent(tmp_path, written(lines)), tmp_path)
    for file in ("report.csv", "report.html"):
        text = (into / file).read_text(encoding="utf-8")
        assert sign not in text and "co\ufffd[31m" in text and f"U+{ord(sign):04X}" in text


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([line.replace(",", ";") for line in LINES], "semicolons"),
        ([line.replace(",", ",,", 1) for line in LINES], "columns without a heading: 1 (from the left: 2)"),
        ([LINES[0].replace("victim_age", "age of victim"), *LINES[1:]], "not in the template: 1 (from the left: 14)"),
        ([LINES[0].replace("crime_ref", "URN"), *LINES[1:]], "not in the template: 1 (from the left: 2)"),
        ([LINES[0].replace("crime_ref", " Crime-Ref"), *LINES[1:]], "spelt otherwise"),
    ],
)
def test_references_drawn_by_a_key_are_nobody_under_any_heading(lines: list[str], says: str, tmp_path: Path) -> None:
    found, _ = checked(sent(tmp_path, written(lines)))
    assert says in found.refused["R03"] and found.personal == 0
    separator = ";" if ";" in lines[0] else ","
    row = lines[8].split(separator)
    row[1] = "07700900123"
    found, _ = checked(sent(tmp_path / "one", written([*lines[:8], separator.join(row), *lines[9:]])))
    assert found.personal == 1


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("synthetic", "perhaps", "expected true or false"), ("rows", "many", "expected a whole number"),
     ("flag_source", "officer", "expected names and values in braces"), ("qa_done_by", 7, "expected a text in quotes"),
     ("quarter", ..., "expected First month of the quarter of recording"), ("extract_date", "20/07/2022", "a day as yyyy-mm-dd"),
     ("sent_date", 44762.5, "a day as yyyy-mm-dd"), ("flags_available", "flag_da", "a list in brackets"),
     ("profile", "records", "'record' or 'aggregate'")],
)  # fmt: skip
def test_a_field_of_a_manifest_says_how_it_is_filled_in(field: str, value: object, says: str) -> None:
    filled = blank("kent", "2022-04", "record", "assumed-1") | {field: value}
    told = why_refused(
        lambda: manifest_of(Path("manifest.json"), {name: one for name, one in filled.items() if one is not ...})
    )
    assert f"column {field}: " in told.paragraph() and says in told.paragraph()
