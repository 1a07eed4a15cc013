"""The reader of the Appendix tables, on small workbooks: what it finds wherever it stands, and what it refuses."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from small_releases import Sheets, appendix, read

from assets.tables.records import records
from assets.words.problems import BadInput

Row = dict[str, Any]


def rows_of(sheets: Sheets) -> dict[tuple[Any, ...], Row]:
    return {
        (row["series"], str(row["period_end"]), row["characteristic_value"]): row
        for row in records(read(sheets).figures)
    }


def test_every_cell_becomes_a_figure_with_its_place_status_and_notes() -> None:
    reading = read(appendix())
    rows = records(reading.figures)
    counts = {name: sum(row["sheet"] == name for row in rows) for name in {row["sheet"] for row in rows}}
    assert counts == {"Any sheet": 21, "Worksheet_B1": 14, "Table_B2": 9, "Table_B9": 42, "Sheet for E2": 28}
    found = rows_of(appendix())
    murder = found["prc.a5a.1", "2025-09-30", None]
    assert (murder["obs_status"], murder["value"], murder["printed"], murder["cell"]) == ("missing", None, "[x]", "E5")
    assert murder["note"] == "[note 3] Homicide Index. [note 1] All forces. [note 2] (no such note in the file)"
    rape = found["prc.a5a.19C", "2023-03-31", None]
    assert (rape["sex"], rape["age"], rape["unit"], rape["period_type"]) == ("female", "16+", "offences", "year")
    assert found["prc.a5a.21_legacy", "2023-03-31", None]["obs_status"] == "missing"
    assert found["prc.a5a.21", "2023-03-31", None]["value"] == 7
    assert found["prc.b2.8Q.008_65", "2025-09-30", None]["value"] == 8
    assert found["prc.b2.8Q.unassigned", "2025-09-30", None]["value"] == 6


def test_survey_figures_have_their_base_and_changes_their_significance() -> None:
    found = rows_of(appendix())
    domestic = found["csew.domestic_violence.face_to_face.16+.incidents", "2025-09-30", None]
    assert (domestic["value"], domestic["base"], domestic["period_type"]) == (216, 31454, "survey_year")
    base = found["csew.sample.16+.unweighted_base", "2025-09-30", None]
    assert (base["value"], base["printed"], base["unit"]) == (31454, "31,454", "persons")
    change = found["csew.violence.face_to_face.16+.incidents_change", "2025-09-30", "1995-01-01/1995-12-31"]
    assert (change["value"], change["characteristic"]) == (-70.5, "compared_with")
    assert change["note"].startswith("Marked [s]: statistically significant")


def test_the_release_comes_from_the_contents() -> None:
    release = read(appendix(), "q3.bin").release
    assert (release["release"], release["released"], release["vintage_order"]) == (
        "ye-2025-09", datetime.date(2026, 1, 22), 20260122,
    )  # fmt: skip


def test_what_is_noticed_in_reading_is_said_and_not_repaired() -> None:
    sheets = appendix()
    sheets["Cover Sheet"][1] = ["published on 23 October 2025."]
    reading = read(sheets)
    kinds = {row["kind"]: row for row in reading.findings}
    assert reading.release["released"] is None
    assert "23 days" in kinds["cover_date_contradicts_contents"]["evidence"]
    assert "'31,454'" in kinds["number_printed_as_text"]["evidence"]
    assert "table_not_in_release" in kinds


def moved(sheets: Sheets) -> Sheets:
    """The same tables on other sheets, further down, and in another order."""
    tables = {name: rows for name, rows in sheets.items() if not name.startswith(("Cover", "Notes"))}
    other = {
        f"New {at}": [rows[0], [], ["Link to notes"], *rows[1:]] for at, rows in enumerate(reversed(tables.values()))
    }
    return {name: rows for name, rows in sheets.items() if name not in tables} | other


def test_a_table_is_found_wherever_it_stands() -> None:
    before, after = rows_of(appendix()), rows_of(moved(appendix()))
    assert {key: row["value"] for key, row in before.items()} == {key: row["value"] for key, row in after.items()}
    assert {row["sheet"] for row in after.values()} == {f"New {at}" for at in range(5)}


def wrong(change: Callable[[Sheets], None]) -> str:
    sheets = appendix()
    change(sheets)
    with pytest.raises(BadInput) as caught:
        read(sheets)
    return str(caught.value)


def test_an_unknown_header_names_file_sheet_cell_and_what_was_expected() -> None:
    said = wrong(lambda sheets: sheets["Table_B2"][2].__setitem__(2, "Somewhen"))
    assert "released.xlsx, sheet 'Table_B2', cell C3" in said
    assert "found 'Somewhen'" in said
    assert "expected a period" in said


def test_a_missing_header_shows_the_row_that_comes_nearest() -> None:
    said = wrong(lambda sheets: sheets["Table_B2"][2].__setitem__(0, "Crime type"))
    assert "'Crime type'" in said
    assert "a row with 'offences?'" in said


def test_a_row_that_the_layout_does_not_know_shows_the_nearest_names() -> None:
    said = wrong(lambda sheets: sheets[" Any sheet "].append([None, "TOTAL SEXUL OFFENCES", 1, 1, 1, 1]))
    assert "cell B11" in said
    assert "total sexual offences" in said


def test_a_code_that_is_not_known_or_became_a_date_is_an_error() -> None:
    said = wrong(
        lambda sheets: sheets[" Any sheet "].extend([["8Z", "New offence", 1, 1, 1, 1], [43500, "Date", 1, 1, 1, 1]])
    )
    assert "prc.a5a.8Z" in said
    assert "the serial number of a date" in said


def test_a_marker_that_is_not_known_is_an_error() -> None:
    assert "found 'n.k.'" in wrong(lambda sheets: sheets["Table_B2"][3].__setitem__(1, "n.k."))


def test_one_code_twice_is_an_error() -> None:
    assert "another series than prc.a5a.19C" in wrong(
        lambda s: s[" Any sheet "].append(["19C", "Rape again", 1, 1, 1, 1])
    )


def test_another_workbook_is_not_taken_for_a_release() -> None:
    with pytest.raises(BadInput, match="no publication that is known"):
        read({"Sheet1": [["Population estimates"], ["Area", 1]]})


def test_a_day_that_does_not_exist_is_no_day_of_release() -> None:
    """A misprint such as 31 September on a cover or in a note must not end the reading."""
    sheets = appendix()
    sheets["Cover Sheet"][1][0] = "Released alongside the bulletin published on 31 September 2026."
    sheets["Notes_A5"].append([9, "Revised on 31 September 2026."])
    reading = read(sheets)
    assert reading.release["released"] is None and reading.release["release"] == "ye-2025-09"
