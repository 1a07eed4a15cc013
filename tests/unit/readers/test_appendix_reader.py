"""The reader of the Appendix tables, on small workbooks: what it finds wherever it stands, and what it refuses."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from small_releases import Sheets, appendix, as_released, read

from assets.archive.titled.read import TitledReading
from assets.tables.records import records
from assets.words.problems import BadInput

Row = dict[str, Any]


def rows_of(reading: TitledReading) -> dict[tuple[Any, ...], Row]:
    return {(row["series"], str(row["period_end"]), row["characteristic_value"]): row for row in records(reading.frame)}


@pytest.mark.slow
def test_every_cell_becomes_a_figure_with_its_place_status_and_notes() -> None:
    assert figures_of(as_released()) == WHOLE
    found = rows_of(as_released())
    murder = found["prc.a5a.1", "2025-09-30", None]
    assert (murder["obs_status"], murder["value"], murder["printed"], murder["cell"]) == ("missing", None, "[x]", "E5")
    assert murder["note"] == "[note 3] Homicide Index. [note 1] All forces. [note 2] (no such note in the file)"
    rape = found["prc.a5a.19C", "2023-03-31", None]
    assert (rape["sex"], rape["age"], rape["unit"], rape["period_type"]) == ("female", "16+", "offences", "year")
    assert found["prc.a5a.21_legacy", "2023-03-31", None]["obs_status"] == "missing"
    assert found["prc.a5a.21", "2023-03-31", None]["value"] == 7
    assert found["prc.b2.8Q.008_65", "2025-09-30", None]["value"] == 8
    assert found["prc.b2.8Q.unassigned", "2025-09-30", None]["value"] == 6


@pytest.mark.slow
def test_survey_figures_have_their_base_and_changes_their_significance() -> None:
    found = rows_of(as_released())
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


@pytest.mark.slow
def test_a_table_is_found_wherever_it_stands() -> None:
    before, after = rows_of(as_released()), rows_of(read(moved(appendix())))
    assert {key: row["value"] for key, row in before.items()} == {key: row["value"] for key, row in after.items()}
    assert {row["sheet"] for row in after.values()} == {f"New {at}" for at in range(5)}


def changed(change: Callable[[Sheets], Any]) -> TitledReading:
    sheets = appendix()
    change(sheets)
    return read(sheets)


def set_aside(reading: TitledReading) -> str:
    """Why tables were set aside, in words."""
    return " ".join(problem.sentence() for refused in reading.set_aside for problem in refused.problems)


def said(reading: TitledReading, kind: str) -> str:
    """What the findings of a kind say."""
    return " ".join(f"{row['place']}: {row['evidence']}" for row in reading.findings if row["kind"] == kind)


def figures_of(reading: TitledReading) -> dict[str, int]:
    """Figures by sheet."""
    rows = records(reading.frame)
    return {name: sum(row["sheet"] == name for row in rows) for name in {row["sheet"] for row in rows}}


WHOLE = {"Any sheet": 24, "Worksheet_B1": 14, "Table_B2": 9, "Table_B9": 42, "Sheet for E2": 28}


def test_a_column_that_is_no_period_is_named_and_the_others_are_read() -> None:
    reading = changed(lambda sheets: sheets["Table_B2"][2].__setitem__(2, "Somewhen"))
    assert "released.xlsx, sheet 'Table_B2', cell C3: 'Somewhen' is no period" in said(reading, "column_not_known")
    assert figures_of(reading) == WHOLE | {"Table_B2": 6} and not reading.set_aside


def test_a_header_worded_otherwise_is_known_by_its_periods() -> None:
    reading = changed(lambda sheets: sheets["Table_B2"][2].__setitem__(0, "Crime type"))
    assert figures_of(reading) == WHOLE


@pytest.mark.slow
def test_a_title_on_the_sheet_that_is_called_after_another_table_sets_it_aside() -> None:
    """The tables of the other sheet have titles of their own; a sheet that is called after no table says nothing."""
    sheets = appendix()
    sheets["Table_B2"][0], sheets["Worksheet_B1"][0] = sheets["Worksheet_B1"][0], sheets["Table_B2"][0]
    reading = read(sheets)
    assert figures_of(reading) == {name: count for name, count in WHOLE.items() if name != "Table_B2"}
    assert "the sheet 'Table_B2' is called after Table B2" in set_aside(reading)
    renamed = {{"Table_B2": "One", "Worksheet_B1": "Two"}.get(name, name): rows for name, rows in sheets.items()}
    assert not set_aside(read(renamed)).count("is called after")


def test_a_table_without_its_header_is_set_aside_and_the_others_are_read() -> None:
    reading = changed(lambda sheets: sheets["Table_B2"].__setitem__(2, ["Kind", "One", "Two", "Three"]))
    assert "sheet 'Table_B2', cell A3" in set_aside(reading) and "'Kind', 'One', 'Two', 'Three'" in set_aside(reading)
    assert figures_of(reading) == {name: count for name, count in WHOLE.items() if name != "Table_B2"}


@pytest.mark.slow
def test_most_targets_gone_or_one_that_stands_twice_refuse_their_table_alone() -> None:
    gone = changed(lambda sheets: [sheets["Table_B9"].pop(3) for _ in range(2)])
    assert "no row or column for all_offences" in set_aside(gone)
    twice = changed(lambda sheets: sheets["Table_B9"].insert(5, ["Violence against the person", 1, 1, 1]))
    assert "one row for violence_against_the_person" in set_aside(twice)
    assert [len(refused.problems) for refused in twice.set_aside] == [1], (
        "nor is a row that stands twice said to be absent"
    )
    for reading in (gone, twice):
        assert figures_of(reading) == WHOLE | {"Table_B9": 21}, "the table of shares beside it is read"


def test_what_is_added_to_a_label_decides_nothing() -> None:
    def respelt(sheets: Sheets) -> None:
        rows = sheets["Table_B9"]
        labels = "Violence against the person offences [note 1]", "SEXUAL OFFENCES12", "Misc. crimes"
        rows[4][0], rows[5][0], rows[6][0] = labels
        rows[8][0] = "Criminal damage & arson (%)"
        sheets["Table_B2"][4][0] = "008/65  –  Stalking: involving fear of violence [note 2]"

    reading = changed(respelt)
    assert figures_of(reading) == WHOLE | {"Table_B9": 39} and not reading.set_aside
    assert "'Misc. crimes'" in said(reading, "row_not_known"), "an abbreviation is not guessed"


def test_a_misspelt_total_and_the_right_one_are_both_left_out_or_refuse_the_table() -> None:
    reading = changed(lambda sheets: sheets[" Any sheet "].append([None, "TOTAL SEXUL OFFENCES", 1, 1, 1, 1]))
    assert "one row for sexual_offences" in set_aside(reading)
    assert "Any sheet" not in figures_of(reading)


def test_a_code_that_is_not_known_and_one_that_became_a_date_are_found() -> None:
    reading = changed(
        lambda sheets: sheets[" Any sheet "].extend([["8Z", "New offence", 1, 1, 1, 1], [43500, "Date", 1, 1, 1, 1]])
    )
    assert "8Z" in said(reading, "offence_code_not_known")
    assert "the serial number of a date" in said(reading, "code_not_readable")
    assert figures_of(reading) == WHOLE


@pytest.mark.slow
def test_a_code_that_is_not_known_is_a_part_of_the_total_below_it() -> None:
    sheets = appendix()
    rows = sheets[" Any sheet "]
    total = next(at for at, row in enumerate(rows) if "TOTAL SEXUAL OFFENCES" in row)
    assert {row["not_whole"] for row in as_released().tables} == {None}
    rows.insert(total, ["19Z", "New offence", "[x]", 0, "[x]", "[x]"])
    for counts, said_of in (
        (["[x]", 0, "[x]"], None),
        (["[x]", 0, 1], "2024-10-01..2025-09-30"),
        (["1,204", "[x]", 3], "2022-04-01..2025-09-30"),
    ):
        rows[total][2:5] = counts
        whole = {row["not_whole"] for row in read(sheets).tables if row["layout"] == "a5a"}
        assert whole == {said_of and f"sexual_offences {said_of}"}, "where it has no number the others make the total"


def test_an_offence_whose_code_became_a_date_is_known_by_its_name() -> None:
    reading = changed(lambda sheets: sheets[" Any sheet "][8].__setitem__(0, 43500))
    assert figures_of(reading) == WHOLE


@pytest.mark.slow
def test_a_marker_that_is_not_known_is_left_out_and_many_set_their_table_aside() -> None:
    reading = changed(lambda sheets: sheets["Table_B2"][3].__setitem__(1, "n.k."))
    assert "Found 'n.k.'" in said(reading, "figure_set_aside") and figures_of(reading) == WHOLE | {"Table_B2": 8}

    def many(sheets: Sheets) -> None:
        for row in sheets["Table_B2"][3:6]:
            row[1:3] = ["n.k.", "n.k."]

    assert "found 'n.k.'" in set_aside(changed(many))


def test_one_code_twice_is_left_out() -> None:
    reading = changed(lambda s: s[" Any sheet "].append(["19C", "Rape again", 1, 1, 1, 1]))
    assert "are both prc.a5a.19C" in said(reading, "row_twice")
    assert figures_of(reading) == WHOLE | {"Any sheet": 21}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (["Oct 2024 to Sep 2025", "Apr 2023 to Mar 2024", "Apr 2022 to Mar 2023"], "back to 2023-03-31"),
        (["Apr 2012 to Mar 2013", "Apr 2013 to Mar 2014", "Oct 2014 to Sep 2015"], "years away"),
        (["Apr 2023 to Mar 2024", "Apr 2023 to Mar 2024", "Oct 2024 to Sep 2025"], "one column for"),
        (["Apr 2012 to Mar 2013", "Apr 2023 to Mar 2024", "Oct 2024 to Sep 2025"], "years too early"),
    ],
    ids=["turned round", "ten years early", "one twice", "one ten years early"],
)
def test_headers_that_cannot_be_of_the_release_set_their_table_aside(headers: list[str], words: str) -> None:
    reading = changed(lambda sheets: sheets["Table_B2"].__setitem__(2, ["Offence", *headers]))
    assert words in set_aside(reading)
    assert figures_of(reading) == {name: count for name, count in WHOLE.items() if name != "Table_B2"}


def test_a_column_of_days_to_come_is_left_out() -> None:
    reading = changed(lambda sheets: sheets["Table_B2"][2].__setitem__(3, "Oct 2034 to Sep 2035"))
    assert "cell D3" in said(reading, "column_set_aside")
    assert figures_of(reading) == WHOLE | {"Table_B2": 6}


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


def test_notes_in_a_column_of_their_own_are_cited_by_their_rows() -> None:
    sheets = appendix()
    [name] = [name for name in sheets if "sheet " in name and name.startswith(" ")]
    sheets[name] = [
        [*row[:2], {"Offence category": "Notes"}.get(row[1], "[note 3]" if row[0] == 1 else None), *row[2:]]
        if len(row) > 2
        else row
        for row in sheets[name]
    ]
    found = {row["series"]: row["note"] for row in records(read(sheets).frame)}
    assert "[note 3] Homicide Index." in found["prc.a5a.1"] and "note 3" not in found["prc.a5a.19C"]


def test_what_stands_below_an_unknown_heading_is_not_of_the_one_before() -> None:
    sheets = appendix()
    sheets["Table_B2"] += [["Cyberflashing", 7, 8, 9], ["Not assigned to a sub offence", 7, 8, 9]]
    found = {row["series"] for row in records(read(sheets).frame)}
    assert "prc.b2.8Q.unassigned" in found


@pytest.mark.slow
def test_a_header_that_stands_again_ends_no_group_of_rows() -> None:
    """As on each page of a long table: what stood below it had lost its class."""
    sheets = appendix()
    rows = sheets["Table_B2"]
    [last] = [at for at, row in enumerate(rows) if row and str(row[0]).startswith("Not assigned")][-1:]
    rows.insert(last, rows[2])
    before, after = rows_of(as_released()), rows_of(read(sheets))
    assert {key: row["value"] for key, row in before.items()} == {key: row["value"] for key, row in after.items()}


def test_a_table_of_england_alone_is_not_one_of_england_and_wales() -> None:
    sheets = appendix()
    [place] = [at for at, row in enumerate(sheets[" Any sheet "]) if row == ["England and Wales"]]
    sheets[" Any sheet "][place] = ["England, year ending March 2023 to year ending September 2025"]
    reading = read(sheets)
    assert not any(row["series"].startswith("prc.a5a.") for row in records(reading.frame))
    assert ["England and Wales" in refused.problems[0].expected for refused in reading.set_aside] == [True]


def test_a_copy_of_a_table_with_other_figures_costs_those_and_none_is_guessed() -> None:
    sheets = appendix()
    old = [[9 if cell == 10 else cell for cell in row] for row in sheets["Table_B2"]]
    reading = read({"B2 (old)": old} | sheets)
    found = {(row["series"], str(row["period_end"])) for row in records(reading.frame)}
    assert ("prc.b2.8Q.total", "2023-03-31") not in found and ("prc.b2.8Q.total", "2024-03-31") in found
    [said] = [row["evidence"] for row in reading.findings if row["kind"] == "figure_set_aside"]
    assert said.startswith("Found 1 figure") and "9 in B2 (old)!B4, 10 in Table_B2!B4" in said
