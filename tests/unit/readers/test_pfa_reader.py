"""The reader of the force tables, on small workbooks."""

import copy
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from kit import known_names, read_released
from small_releases import all_layouts, forces_2019, read

from assets.archive.reading.book import Book
from assets.archive.titled.areas import AREA_CODE
from assets.archive.titled.read import TitledReading
from assets.tables.records import records
from assets.words.problems import BadInput


def test_the_layout_to_2019_with_three_levels_superscripts_and_footnotes() -> None:
    sheets, merged = forces_2019()
    reading = read(sheets, merged=merged)
    found = {(row["series"], row["area_code"]): row for row in records(reading.frame)}
    assert reading.release["release"] == "ye-2019-06"
    assert len(found) == 20
    assert found["prc.pfa.all_crime_excluding_fraud", "K04000001"]["value"] == 100
    harassment = found["prc.pfa.stalking_and_harassment", "E23000011"]
    assert (harassment["value"], str(harassment["period_start"])) == (2, "2018-07-01")
    assert harassment["note"].startswith("[note 8] (no such note in the file) [note 4] Since 2017.")
    assert found["prc.pfa.sexual_offences", "K04000001"]["obs_status"] == "suppressed"
    assert found["prc.pfa.robbery", "BTP"]["value"] == 0


def test_an_area_that_is_not_known_shows_the_nearest() -> None:
    sheets, merged = forces_2019()
    sheets["Table P1 "][7][0] = "E23999999"
    reading = read(sheets, merged=merged)
    [record] = [row for row in reading.findings if row["kind"] == "area_code_not_known"]
    assert "'Cleveland' has the code E23999999" in record["evidence"] and "it is E23000013" in record["evidence"]
    sheets["Table P1 "][7][1] = "Greater Clevelund"
    reading = read(sheets, merged=merged)
    [record] = [row for row in reading.findings if row["kind"] == "area_not_known"]
    assert "E23999999 (Greater Clevelund)" in record["evidence"] and "nearest: " in record["evidence"]
    assert "E23000013" not in set(reading.frame["area_code"])


def values(reading: TitledReading) -> dict[tuple[str, str], float]:
    return {(row["series"], row["area_code"]): row["value"] for row in records(reading.frame)}


def test_a_region_is_known_by_its_name_where_its_code_is_of_a_force() -> None:
    """Two codes under each other's row: both rows are what they are called, as of two forces."""
    sheets, merged = forces_2019()
    sheets["Table P1 "].insert(7, ["E12000001", "North East", 60, None, 30, 8, 6, 3])
    rows = sheets["Table P1 "]
    true = values(read(sheets, merged=merged))
    rows[7][0], rows[8][0] = rows[8][0], rows[7][0]
    reading = read(sheets, merged=merged)
    assert values(reading) == true
    assert [row["kind"] for row in reading.findings].count("code_of_another_area") == 2


@pytest.mark.parametrize("printed", [lambda code: f" {code.lower()}\u00a0", lambda code: None], ids=["small", "none"])
def test_codes_in_small_letters_and_a_column_without_any_lose_no_area(printed: Callable[[str], str | None]) -> None:
    sheets, merged = forces_2019()
    true = values(read(sheets, merged=merged))
    for row in sheets["Table P1 "][5:]:
        row[0] = printed(row[0]) if row and row[0] and AREA_CODE.fullmatch(str(row[0])) else row[0]
    assert values(read(sheets, merged=merged)) == true


def test_a_force_that_is_not_known_is_a_part_of_the_region_above_it() -> None:
    sheets, merged = forces_2019()
    sheets["Table P1 "].insert(7, ["E12000001", "North East", 60, None, 30, 8, 6, 3])
    assert [row["not_whole"] for row in read(sheets, merged=merged).tables] == [None]
    sheets["Table P1 "][8][:2] = ["E23000099", "Cleveland and Durham"]
    assert [row["not_whole"] for row in read(sheets, merged=merged).tables] == ["E12000001"]


def test_a_header_that_every_release_has_is_told_where_it_is_missing_and_costs_no_other() -> None:
    """One column renamed, or parted in two, had a workbook of eight tables refused."""
    sheets, merged = forces_2019()
    before = values(read(sheets, merged=merged))
    sheets["Table P1 "][4][6] = "Sexual harms"
    reading = read(sheets, merged=merged)
    assert values(reading) == {key: value for key, value in before.items() if key[0] != "prc.pfa.sexual_offences"}
    [lacking] = [row for row in reading.findings if row["kind"] == "record_set_aside"]
    assert "sexual_offences" in lacking["evidence"] and lacking["severity"] == "error"
    assert "columns.csv" in lacking["handling"]
    sheets["Table P1 "][4][4:6] = "Harms", "Other harms"
    with pytest.raises(BadInput, match="no row or column for sexual_offences"):
        read(sheets, merged=merged)


def csv_of(rows: list[list[Any]]) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()


def test_a_header_of_three_levels_reads_the_same_as_csv_where_no_cell_is_merged_and_all_are_text() -> None:
    sheets, merged = forces_2019()
    rows = [["" if cell is None else cell for cell in row] for row in sheets["Table P1 "]]
    as_csv = read_released(Book("p1.csv", csv_of(rows)), all_layouts(), known_names()).frame
    named = ["series", "area_code", "value", "cell", "period_end"]
    pd.testing.assert_frame_equal(as_csv[named], read(sheets, merged=merged).frame[named])


def test_a_single_table_as_csv_and_a_code_that_is_another_areas() -> None:
    head = ["Police Force\nArea code", "Police Force\nArea name", "Community Safety\nPartnership code",
            "Community Safety\nPartnership name", "Local Authority code", "Local Authority name",
            "Total recorded crime\n (excluding fraud)", "Violence against the person", "Stalking and harassment",
            "Sexual offences"]  # fmt: skip
    rows = [
        ["Table C2: Number of police recorded crimes for headline offences by Community Safety Partnership area, "
         "year ending June 2025 [note 1]"],
        head,
        ["E23000031", "Surrey", "", "", "", "", "1,234 ", "5 ", "6 ", "-7 "],
        ["E23000032", "Surrey", "", "unassigned Surrey", "", "", "1 ", "2 ", "3 ", "4 "],
        ["E23000032", "Kent", "E22000999", "Medway Towns", "", "", "1 ", "2 ", "3 ", "4 "],
    ]  # fmt: skip
    reading = read_released(Book("c2.csv", csv_of(rows)), all_layouts(), known_names())
    found = {(row["series"], row["area_code"]): row["value"] for row in records(reading.frame)}
    assert found["prc.csp.all_crime_excluding_fraud", "E23000031"] == 1234
    assert found["prc.csp.sexual_offences", "E23000031"] == -7
    assert found["prc.csp.sexual_offences", "E23000031-unassigned"] == 4
    assert [row["kind"] for row in reading.findings] == ["code_of_another_area", "partnership_not_known"]
    assert [row["not_whole"] for row in reading.tables] == ["E23000032"]
    kent = ("E22000137", "E22000138", "E22000140", "E22000142", "E22000145", "E22000352")
    rows[3:] = [["E23000032", "Garden of England", code, "x", "", "", "1", "2", "3", "4"] for code in kent]
    told = read_released(Book("c2.csv", csv_of(rows)), all_layouts(), known_names()).findings[0]
    assert (told["kind"], told["place"][-8:]) == ("area_renamed", " cell A4") and "So in 6 places" in told["evidence"]
    assert told["evidence"].endswith("cell A9.")


@pytest.mark.slow
@pytest.mark.parametrize(
    "printed",
    [
        ["Table P1 – {}"],
        ["Table P1 {}"],
        ["P1. {}"],
        ["{}"],
        ["Table P1", "{}"],
        ["Table P1", None],
        ["P1: {1}", "{2}"],
    ],
    ids=["dash", "space", "point", "no id", "beside", "above", "year beside"],
)
def test_a_title_is_known_however_its_id_is_printed(printed: list[str | None]) -> None:
    sheets, merged = forces_2019()
    expected = read(sheets, merged=merged).frame
    title = str(sheets["Table P1 "][0][0]).removeprefix("Table P1:  ")
    sheets["Table P1 "][0] = [text and text.format(title, *title.rsplit(", ", 1)) for text in printed]
    if printed[-1] is None:
        sheets["Table P1 "][1] = [title]
    pd.testing.assert_frame_equal(read(sheets, merged=merged).frame, expected)


@pytest.mark.parametrize("up", [1, -1])
def test_a_header_in_two_rows_is_the_name_that_both_give(up: int) -> None:
    """ "All other" above "theft offences" is not "Theft offences", which stands beside it."""
    sheets, merged = forces_2019()
    rows = sheets["Table P1 "]
    rows[4] += ["Theft offences", "All other theft offences"]
    rows[6:10] = [[*row, 9, 2] for row in rows[6:10]]
    expected = values(read(sheets, merged=merged))
    upper, lower = zip(*((words[:up], words[up:]) for words in map(str.split, rows[4][4:])), strict=True)
    rows[4:5] = [[*[None] * 4, *map(" ".join, upper)], [*rows[4][:4], *map(" ".join, lower)]]
    assert values(read(sheets, merged={"Table P1 ": ["C4:C6", "E4:H4"]})) == expected
    assert {series.split(".")[-1] for series, *_ in expected} >= {"theft_offences", "all_other_theft_offences"}


@pytest.mark.parametrize("name", ["Table P1b", "P1 b", "Table P1 cont"])
def test_a_table_may_go_on_beside_itself_on_a_second_sheet_with_its_title(name: str) -> None:
    sheets, merged = forces_2019()
    expected = values(read(sheets, merged=merged))
    rows = sheets["Table P1 "]
    sheets = {"Table P1": [row[:6] for row in rows], name: [[*row[:2], *row[6:]] for row in rows]}
    assert values(read(sheets)) == expected
    sheets[name][0] = []
    if name == "Table P1b":
        [refused] = read(sheets).set_aside
        assert "no title of a table above" in refused.problems[0].value


@pytest.mark.parametrize("title", [None, "Something else"])
def test_a_table_without_its_title_is_named_though_another_of_its_kind_is_read(title: str | None) -> None:
    """The tables of forces print counts twice, of the year and of the year before."""
    sheets, merged = forces_2019()
    sheets["Table P4"] = copy.deepcopy(sheets["Table P1 "])
    sheets["Table P4"][0][0] = str(sheets["Table P4"][0][0]).replace("Table P1", "Table P4")
    sheets["Table P1 "][0] = [title]
    reading = read(sheets, merged=merged)
    [lost] = [refused for refused in reading.set_aside if "Table P1" in refused.what]
    assert lost.problems[0].value == "no title of a table above the rows of one" and "number of offences" in str(
        lost.problems[0]
    )
    # A sheet that holds nothing of the table is none of it.
    sheets["Table P1 "][3:] = [["Other", "rows"]]
    assert not read(sheets, merged=merged).set_aside
