"""What another program or another year writes otherwise is read: days, headers, codes, names and groups."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from kit import DATA, reference, why_refused
from test_csew_open import HEADER as SURVEY
from test_csew_open import line
from world import HEADER, RELEASE, count, kinds, write_csv

from assets.archive.identity.long_identity import identify
from assets.archive.publications.csew_open.read import read as read_survey
from assets.archive.publications.ho_prc_pfa.read import read
from assets.archive.reading.periods import day
from assets.archive.reading.result import what_to_do

ROLLING = ("12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences")


@pytest.mark.parametrize(
    "printed",
    ["30-09-2003", "30/9/03", "30 Sept 2003", "30th September 2003", "September 30, 2003", "9/30/2003", "09.30.03", "20030930",
     "2003-09-30T00:00:00Z", "2003/9/30", "37894"],
)  # fmt: skip
def test_a_day_in_any_usual_writing(printed: str) -> None:
    assert day(printed) == datetime.date(2003, 9, 30)


@pytest.mark.parametrize(
    "printed", ["31 Sept 2003", "30 Smarch 2003", "2003-09", "30 09 203", "200309", "a b c", "1 2 3 2003"]
)
def test_no_day(printed: str) -> None:
    assert day(printed) is None


@pytest.mark.parametrize(
    ("known", "printed"), [("Number of Offences", "Total number of recorded offences"), ("Offence Code", "Code")]
)
def test_a_header_with_the_same_words(tmp_path: Path, known: str, printed: str) -> None:
    path = write_csv(tmp_path / "prc.csv", [[printed if text == known else text for text in HEADER], count()])
    assert identify(path, DATA) and list(read(path, RELEASE, reference()).frame["value"]) == [5]


@pytest.mark.parametrize(
    ("known", "printed"),
    [("Offence", "Offence group"), ("PFA", "PFA name"), ("12 months ending", "12 months ending (date)")],
)
def test_a_header_with_more_words_is_taken_where_its_cells_are_looked_up_and_said(
    tmp_path: Path, known: str, printed: str
) -> None:
    row = ["31-12-2018", "Kent", "South East", "Sexual offences", "12"]
    path = write_csv(tmp_path / "prc.csv", [[printed if text == known else text for text in ROLLING], row])
    assert identify(path, DATA)
    reading = read(path, RELEASE, reference())
    assert list(reading.frame["value"]) == [12]
    [said] = [it for it in reading.findings if it["kind"] == "header_reworded"]
    assert printed.lower() in said["evidence"]


@pytest.mark.parametrize(
    "header",
    [
        (*ROLLING[:4], "Number of offences last year"),  # which number it is no cell tells
        ("12 months ending", "PFA", "Region", "Offence group", "Offence subgroup", "Number of offences"),
    ],
)
def test_a_number_with_more_words_and_one_column_of_two_are_not_taken(tmp_path: Path, header: tuple[str, ...]) -> None:
    row = ["31-12-2018", "Kent", "South East", *["Sexual offences"] * (len(header) - 4), "12"]
    assert (
        "no column with a known label"
        in why_refused(lambda: read(write_csv(tmp_path / "prc.csv", [header, row]), RELEASE, reference())).paragraph()
    )


@pytest.mark.parametrize("force", ["Metropolitan Police Service (MPS)", "E23000001"])
def test_a_force_with_its_initials_or_by_its_code(tmp_path: Path, force: str) -> None:
    reading = read(write_csv(tmp_path / "prc.csv", [HEADER, count(force=force)]), RELEASE, reference())
    assert list(reading.frame["area_code"]) == ["E23000001"]


def test_codes_that_became_numbers_and_codes_that_nobody_knows(tmp_path: Path) -> None:
    rows = [count(code="42.0"), *(count(code=f"9{number}X", quarter=2) for number in range(5))]
    reading = read(write_csv(tmp_path / "prc.csv", [HEADER, rows[0]]), RELEASE, reference())
    assert list(reading.frame["offence_code"]) == ["42"]
    error = why_refused(
        lambda: read(write_csv(tmp_path / "prc.csv", [HEADER, *rows]), RELEASE, reference())
    )  # the message names them: it had named nothing
    assert "90X" in error.paragraph()


@pytest.mark.parametrize("printed", ["Stalking & harassment offences", "Total stalking and harassment"])
def test_a_group_of_rolling_years_by_its_words(tmp_path: Path, printed: str) -> None:
    rows: list[list[Any]] = [["31-03-2003", "Kent", "South East", group, 7] for group in (printed, "Criminal damage")]
    reading = read(write_csv(tmp_path / "roll.csv", [ROLLING, *rows]), RELEASE, reference())
    # A part of "Criminal damage and arson" is not it.
    assert list(reading.frame["offence_code"]) == ["stalking_and_harassment"] and "record_set_aside" in kinds(reading)


@pytest.mark.parametrize("label", ["All", "", "Total", "All adults"])
def test_all_people_of_the_survey_under_another_label(tmp_path: Path, label: str) -> None:
    lines = [SURVEY, line(variable=label, label=label), line(variable="nsethgrp", label="White")]
    reading = read_survey(write_csv(tmp_path / "open.csv", lines), RELEASE, reference())
    assert reading.frame["characteristic"].isna().tolist() == [True, False]


def test_a_space_that_breaks_no_line_is_a_space(tmp_path: Path) -> None:
    """Kinds of people had become others of the same name."""
    lines = [SURVEY, line(variable="accommodation", label="Detached\u00a0house")]
    reading = read_survey(write_csv(tmp_path / "open.csv", lines), RELEASE, reference())
    assert list(reading.frame["characteristic_value"]) == ["Detached house"]


def test_a_decimal_comma_with_an_exponent_is_one() -> None:
    assert "comma" in what_to_do("5,77e-4") and "comma" not in what_to_do("5,x")


@pytest.mark.parametrize("printed", ["5.279.956", "5'279'956", "(5,279,956)", "52,79,956", "5280.0k", "5,279,956 (1)"])
def test_a_number_of_another_writing_is_no_marker_to_add(printed: str) -> None:
    """It was said that a new marker is added to data/layouts for each of them."""
    assert "with numbers as numbers" in what_to_do(printed)
    assert all("marker" in what_to_do(marker) for marker in ("[x1]", "u1", "n.k."))
