"""Sheets of one population file that say otherwise, in another unit, or that nobody is shown. SYNTHETIC counts."""

from pathlib import Path

import openpyxl
import pytest
from kit import reference
from test_ons_population import by_key, mye2, one_each, read_file
from workbooks import write_xlsx

from assets.archive.landed.read_file import read_file as read_landed


def test_two_sheets_under_the_title_of_each_other_are_set_aside(tmp_path: Path) -> None:
    row = ["K04000001", "ENGLAND AND WALES", "Country", *one_each()]
    sheets = {
        "MYE2 - Males": mye2("Males", row),
        "MYE2 - Females": mye2("Persons", row),
        "MYE2 - Persons": mye2("Females", row),
    }
    reading = read_file(write_xlsx(tmp_path / "a.xlsx", sheets))
    assert [refused.sheet for refused in reading.set_aside] == ["MYE2 - Females", "MYE2 - Persons"]
    assert {sex for _, sex, _ in by_key(reading)} == {"male"}


def test_sheets_that_contradict_each_other_throughout_are_set_aside(tmp_path: Path) -> None:
    """The figures of males stand under the title of females: a second table of the country says so."""
    row = ["K04000001", "ENGLAND AND WALES", "Country"]
    sheets = {
        "A": mye2("Females", [*row, *one_each()]),
        "B": mye2("Males", [*row, *one_each(times=2)]),
        "MYE2 - Females": mye2("Females", [*row, *one_each(times=2)]),
    }
    reading = read_file(write_xlsx(tmp_path / "a.xlsx", sheets))
    assert [refused.sheet for refused in reading.set_aside] == ["MYE2 - Females"] and not reading.findings
    assert reading.set_aside[0].problems[0].expected == "those of sheet 'A'"
    assert {sex for _, sex, _ in by_key(reading)} == {"male"}


def test_of_sheets_that_contradict_each_other_the_one_that_no_third_agrees_with_is_set_aside(tmp_path: Path) -> None:
    row = ["K04000001", "ENGLAND AND WALES", "Country"]
    sheets = {
        "A": mye2("Females", [*row, *one_each(times=2)]),
        "B": mye2("Females", [*row, *one_each()]),
        "C": mye2("Females", [*row, *one_each()]),
    }
    reading = read_file(write_xlsx(tmp_path / "a.xlsx", sheets))
    assert {refused.sheet for refused in reading.set_aside} == {"A"}
    assert reading.set_aside[0].problems[0].expected == "those of sheet 'B', as a third sheet gives them"
    found = by_key(reading)
    assert {figure["sheet"] for figure in found.values()} == {"B"}
    assert found["K04000001", "female", "all"]["value"] == 91


def test_what_one_sheet_gives_in_thousands_and_another_in_persons_is_no_contradiction(tmp_path: Path) -> None:
    row = ["K04000001", "ENGLAND AND WALES", "Country"]
    thousands = mye2("Females", [*row, 91, *[1] * 91])
    thousands[0][0] += " (thousands)"
    persons = mye2("Females", [*row, 91_100, *[1001] * 90, 1010])
    reading = read_file(write_xlsx(tmp_path / "a.xlsx", {"A": thousands, "B": persons}))
    assert not reading.set_aside and not reading.findings
    assert {(figure["sheet"], figure["unit"]) for figure in by_key(reading).values()} == {("B", "persons")}
    persons[3][3] = 91_700
    reading = read_file(write_xlsx(tmp_path / "b.xlsx", {"A": thousands, "B": persons}))
    assert "B gives 91,700, A 91 thousand." in {finding["evidence"] for finding in reading.findings}


@pytest.mark.slow
def test_a_hidden_sheet_is_named_and_not_read(tmp_path: Path) -> None:
    """An editor's older copy, which stands before the right one."""
    row = ["K04000001", "ENGLAND AND WALES", "Country"]
    sheets = {"Old": mye2("Females", [*row, *one_each(times=2)]), "A": mye2("Females", [*row, *one_each()])}
    path = write_xlsx(tmp_path / "mid-2022.xlsx", sheets)
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.save(path)
    figures = by_key(read_file(path))
    assert {figure["sheet"] for figure in figures.values()} == {"A"}
    assert figures["K04000001", "female", "all"]["value"] == 91
    findings = read_landed(path, "a.xlsx", reference()).findings
    assert [found["place"] for found in findings if found["kind"] == "sheet_hidden"] == ["a.xlsx, sheet 'Old'"]
