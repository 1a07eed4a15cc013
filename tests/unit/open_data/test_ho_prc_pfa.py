"""Force x quarter x offence code, and rolling years by offence group."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kit import reference, why_refused
from workbooks import write_ods, write_xlsx
from world import HEADER, RELEASE, count, fits, kinds, write_csv

from assets.archive.publications.ho_prc_pfa.read import read
from assets.archive.reading.result import Reading
from assets.words.problems import BadInput

TABLE = "recorded.offence_count"
ROLLING = ("12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences")


CODES = ("19C", "8N", "30C", "46", "105A")
FORCES = ("Kent", "Essex", "Surrey", "Norfolk", "Suffolk", "Cumbria", "Gwent", "Durham", "Dorset", "Sussex", "Cheshire")


def read_rows(tmp_path: Path, *rows: list[Any], header: Any = HEADER) -> Reading:
    return read(write_csv(tmp_path / "prc.csv", [header, *rows]), RELEASE, reference())


def left_out(tmp_path: Path, *rows: list[Any], header: Any = HEADER) -> tuple[Reading, str]:
    """What is read, and what is said of the records that are not."""
    reading = read_rows(tmp_path, *rows, header=header)
    told = [row for row in reading.findings if row["kind"] in ("record_set_aside", "offence_code_not_known")]
    return reading, "\n".join(" ".join((row["place"], row["evidence"], row["handling"])) for row in told)


def refused(tmp_path: Path, *rows: list[Any], header: Any = HEADER) -> str:
    return why_refused(lambda: read_rows(tmp_path, *rows, header=header)).paragraph()


def test_a_row_says_force_offence_quarter_victim_and_cell(tmp_path: Path) -> None:
    [row] = fits(read_rows(tmp_path, count(quarter=4, force="London, City of", offences=" 1,234 ")), TABLE)
    assert (row["series"], row["offence_code"], row["area_code"]) == ("prc.ho_pfa.19C", "19C", "E23000034")
    assert (row["period_start"], row["period_end"]) == (datetime.date(2018, 1, 1), datetime.date(2018, 3, 31))
    assert (row["sex"], row["age"], row["printed"]) == ("female", "16+", "1,234")
    assert (row["value"], row["cell"], row["period_type"]) == (1234, "H2", "quarter")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "code", "note"),
    [
        ("Metropolitan Police [Note 6]", "E23000001", "[Note 6]"),
        ("Devon & Cornwall", "E23000035", None),
        ("Devon and Cornwall ", "E23000035", None),
        ("British Transport Police", "BTP", None),
        ("West Midlands", "E23000014", None),
    ],
)
def test_force_names_with_notes_and_spellings(tmp_path: Path, name: str, code: str, note: str | None) -> None:
    [row] = fits(read_rows(tmp_path, count(force=name)), TABLE)
    assert (row["area_code"], row["notes"]) == (code, note)


def test_counts_below_nought_are_kept_and_said(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path, count(offences=" -45 "), count(quarter=2, offences=" -00 "), count(quarter=3, offences="0")
    )
    assert [row["value"] for row in fits(reading, TABLE)] == [-45, 0, 0]
    assert kinds(reading) == ["negative_quarter", "nought_as_accounting_format"]


def test_bodies_that_are_no_force_are_left_out_by_name(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path, count(), count(force="Action Fraud", code="AF"), count(force="UK Finance", code="UK Finance")
    )
    assert len(reading.frame) == 1
    assert [(left["what"], left["rows"]) for left in reading.left_out] == [("Action Fraud", 1), ("UK Finance", 1)]


def test_legs_under_one_code_are_added_up_and_said(tmp_path: Path) -> None:
    legs = [count(code="1/4.1/4.10/4.2", offences=n) for n in ("-00", "-00", "1", "3")]
    reading = read_rows(tmp_path, count(), *legs)
    row = fits(reading, TABLE)[1]
    assert (row["offence_code"], row["value"], row["cell"]) == ("homicide", 4, "H3:H6")
    assert row["printed"] == "-00 + -00 + 1 + 3" and "added up" in row["notes"]
    assert "rows_share_a_key" in kinds(reading)


def test_another_number_of_legs_is_left_out(tmp_path: Path) -> None:
    legs = [count(code="1/4.1/4.10/4.2", offences=n) for n in (1, 2)]
    reading, said = left_out(tmp_path, count(), *legs)
    assert "2 rows of homicide" in said and len(reading.frame) == 1


def test_a_record_that_stands_twice_is_taken_once_and_two_that_differ_not_at_all(tmp_path: Path) -> None:
    reading, said = left_out(tmp_path, count(), count(quarter=2), count())
    assert not said and [row["cell"] for row in fits(reading, TABLE)] == ["H2", "H3"]
    assert kinds(reading) == ["record_twice"]
    reading, said = left_out(tmp_path, count(), count(quarter=2), count(offences=7))
    assert "rows 2, 4" in said and "which is meant is not guessed" in said
    assert [row["cell"] for row in fits(reading, TABLE)] == ["H3"]


@pytest.mark.slow
@pytest.mark.parametrize("written", ["Q2 2017/18", "2017-18 Q2", "Quarter 2 2017/18", "Jul to Sep 2017"])
def test_one_column_may_say_year_and_quarter(tmp_path: Path, written: str) -> None:
    [row] = fits(read_rows(tmp_path, [written, *count()[2:]], header=["Quarter", *HEADER[2:]]), TABLE)
    assert (row["period_start"], row["period_end"]) == (datetime.date(2017, 7, 1), datetime.date(2017, 9, 30))


@pytest.mark.parametrize(
    ("written", "says"),
    [("Q2 2017", "'Q2 2017'"), ("2", "expected financial year"), ("Feb to Apr 2017", "quarter 1 to 4")],
)
def test_one_column_that_does_not_say_of_which_year_is_refused(tmp_path: Path, written: str, says: str) -> None:
    assert says in refused(tmp_path, [written, *count()[2:]], header=["Quarter", *HEADER[2:]])


def test_of_two_forces_under_one_name_nothing_is_taken(tmp_path: Path) -> None:
    """What only one of the two has recorded stands once, and would be published as the other's. SYNTHETIC."""
    rows = [count(force=name, code=code, offences=at + 9) for at, name in enumerate(FORCES) for code in CODES]
    rows += [count(force="Kent", code=code, offences=30) for code in (*CODES[:4], "49")]
    reading, said = left_out(tmp_path, *rows)
    assert len(reading.frame) == 10 * len(CODES) and "E23000032" not in {*reading.frame["area_code"]}
    assert (
        "8 of 10 records of E23000032 on several rows" in said and "Those of another may stand under its name" in said
    )
    reading, said = left_out(tmp_path, *rows[:-4])  # one that was keyed twice
    assert len(reading.frame) == 10 * len(CODES) + 4 and "under its name" not in said


def test_of_many_records_that_differ_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    keys = [{"force": name, "code": code, "quarter": at} for at in range(1, 5) for code in CODES for name in FORCES]
    again = [count(**key, offences=99) for key in keys[::10]]
    reading, said = left_out(tmp_path, *(count(**key) for key in keys), *again)
    assert (
        len(reading.frame) == 220 - 22
        and said.count("expected one row") == 20
        and said.count("And 2 more of the kind") == 1
    )


def test_an_unknown_force_costs_its_own_records_and_shows_the_nearest(tmp_path: Path) -> None:
    reading, said = left_out(tmp_path, count(), count(force="Chesire"), count(force="Chesire", quarter=2))
    assert (
        "row 3, column C" in said
        and "'Cheshire'" in said
        and "reference/area.csv" in said
        and "area_names.csv" in said
        and "on 2 rows" in said
    )
    assert len(reading.frame) == 1


def test_an_unknown_code_costs_its_own_records_and_shows_the_nearest(tmp_path: Path) -> None:
    reading, said = left_out(tmp_path, count(), count(code="19CC"))
    assert "row 3" in said and "19C" in said and len(reading.frame) == 1


def test_a_date_made_of_a_code_is_called_so(tmp_path: Path) -> None:
    reading, said = left_out(tmp_path, count(), count(code="43191"))
    assert "A spreadsheet made a date of a code" in said and len(reading.frame) == 1


@pytest.mark.parametrize("year", ["2017", "2017/19", "FY17"])
def test_a_period_that_cannot_be_read(tmp_path: Path, year: str) -> None:
    reading, said = left_out(tmp_path, count(), count(year=year))
    assert f"'{year}, 1'" in said and len(reading.frame) == 1


def test_notes_and_rows_of_another_width_stop_nothing(tmp_path: Path) -> None:
    blank, note = [""] * 8, ["Source: Home Office", *[""] * 7]
    reading, said = left_out(tmp_path, count(), blank, note, ["2017/18", 1, "Kent"], count(quarter=2))
    assert "row 5: Found 3 cells" in said.replace(" Found", ": Found", 1) and "8 as in the header" in said
    assert [row["cell"] for row in fits(reading, TABLE)] == ["H2", "H6"]
    assert "left_out" in kinds(reading)


def test_a_table_of_which_much_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """A fifth (data/layouts/tolerated.csv) is no longer an odd force: it is another table, or one with a column moved."""
    good = [count(year=f"20{at:02}/{at + 1:02}", quarter=quarter) for at in range(10, 20) for quarter in (1, 2, 3, 4)]
    odd = [[*row[:2], "Nowhere", *row[3:]] for row in good]
    reading, _ = left_out(tmp_path, *good, *odd[:9])
    assert len(reading.frame) == 40
    assert "11 of 51 records cannot be read" in refused(tmp_path, *good, *odd[:11])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("printed", "status"), [("..", "missing"), ("", "missing"), ("[u]", "suppressed"), ("[z]", "not_applicable")]
)
def test_a_marker_is_never_a_number(tmp_path: Path, printed: str, status: str) -> None:
    [row] = fits(read_rows(tmp_path, count(offences=printed)), TABLE)
    assert (row["value"], row["obs_status"], row["printed"]) == (None, status, printed)


def test_text_that_is_no_marker_is_left_out_with_its_row_and_much_of_it_is_refused(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, count(force="CIFAS", code="CIFAS"), count(), count(quarter=2, offences="about 5"))
    [record] = [row for row in reading.findings if row["kind"] == "figure_set_aside"]
    assert "row 4, column H" in record["place"] and "'about 5'" in record["evidence"] and len(reading.frame) == 1
    many = [count(quarter=quarter, offences="about 5") for quarter in (1, 2, 3, 4)]
    assert "row 2, column H" in refused(tmp_path, *many)


@pytest.mark.slow
@pytest.mark.parametrize("offences", ["12.5", "1e400", "12%", "1.929", "99999999999"])
def test_a_number_that_no_count_can_be_is_left_out(tmp_path: Path, offences: str) -> None:
    reading = read_rows(tmp_path, count(), count(quarter=2, offences=offences))
    [record] = [row for row in reading.findings if row["kind"] == "figure_set_aside"]
    assert repr(offences) in record["evidence"] and len(reading.frame) == 1


def test_a_missing_header_says_what_was_there(tmp_path: Path) -> None:
    said = refused(tmp_path, count(), header=[*HEADER[:7], "Offences"])
    assert "number of offences" in said and "offence subgroup" in said


def test_columns_may_move_and_stand_below_a_title(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "moved.csv", [["Police recorded crime"], [], HEADER[::-1], count()[::-1]])
    [row] = fits(read(path, RELEASE, reference()), TABLE)
    assert (row["value"], row["cell"]) == (5, "A4")


def test_a_file_cut_off_in_a_row(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "cut.csv", [HEADER, count(), count(quarter=2)[:5]])
    path.write_bytes(path.read_bytes().rstrip())
    with pytest.raises(BadInput, match="not a whole table"):
        read(path, RELEASE, reference())


@pytest.mark.slow
@pytest.mark.parametrize("write", [write_xlsx, write_ods], ids=["xlsx", "ods"])
@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".csv"])
def test_a_workbook_of_years_is_read_by_content(tmp_path: Path, write: Any, ending: str) -> None:
    """One sheet per year, numbers as numbers, codes as numbers where a spreadsheet made them so."""
    sheets = {
        "Cover": [["Police recorded crime"]],
        "2016_17": [HEADER, count("2016/17", 1, code=104.0, offences=7.0)],
        "2017_18": [["A title"], HEADER, count(offences=3.0), count(quarter=2, code=37.2, offences=-1.0)],
    }
    reading = read(write(tmp_path / f"prc{ending}", sheets), RELEASE, reference())
    rows = fits(reading, TABLE)
    assert [(row["sheet"], row["cell"], row["offence_code"], row["value"], row["printed"]) for row in rows] == [
        ("2016_17", "H2", "104", 7, "7"),
        ("2017_18", "H3", "19C", 3, "3"),
        ("2017_18", "H4", "37.2", -1, "-1"),
    ]


def test_a_year_sheet_without_the_table_is_set_aside_alone(tmp_path: Path) -> None:
    sheets = {"2016_17": [HEADER, count("2016/17")], "2017_18": [["Force", "Rape", "Stalking"], ["Kent", 1.0, 2.0]]}
    reading = read(write_xlsx(tmp_path / "prc.xlsx", sheets), RELEASE, reference())
    assert [refused.sheet for refused in reading.set_aside] == ["2017_18"] and len(reading.frame) == 1


def test_of_two_sheets_of_one_year_the_first_is_read(tmp_path: Path) -> None:
    sheets = {"2017_18": [HEADER, count()], "2017_18 copy": [HEADER, count(offences=9)]}
    reading = read(write_xlsx(tmp_path / "prc.xlsx", sheets), RELEASE, reference())
    [aside] = reading.set_aside
    assert aside.sheet == "2017_18 copy" and "a period that sheet 2017_18 does not have" in aside.problems[0].expected
    assert [row["value"] for row in fits(reading, TABLE)] == [5]


class TestRollingYears:
    def test_a_year_by_group(self, tmp_path: Path) -> None:
        [row] = fits(
            read_rows(tmp_path, ["31-12-2018", "Kent", "South East", "Sexual offences", "12"], header=ROLLING), TABLE
        )
        assert (row["series"], row["level"], row["period_type"]) == ("prc.ho_pfa.sexual_offences", "group", "year")
        assert (row["period_start"], row["period_end"]) == (datetime.date(2018, 1, 1), datetime.date(2018, 12, 31))

    def test_a_mis_keyed_day_is_read_as_the_correction_says_and_said(self, tmp_path: Path) -> None:
        reading = read_rows(tmp_path, ["30-12-2017", "Kent", "South East", "Robbery", "12"], header=ROLLING)
        [row] = fits(reading, TABLE)
        assert row["period_end"] == datetime.date(2017, 12, 31)
        assert kinds(reading) == ["date_mis_keyed"]

    def test_another_mis_keyed_day_is_refused(self, tmp_path: Path) -> None:
        said = refused(tmp_path, ["30-03-2017", "Kent", "South East", "Robbery", "12"], header=ROLLING)
        assert "'30-03-2017'" in said and "corrections" in said

    def test_noughts_before_an_offence_was_counted_are_a_finding(self, tmp_path: Path) -> None:
        reading = read_rows(tmp_path, ["31-03-2015", "Kent", "South East", "Residential burglary", "0"], header=ROLLING)
        assert kinds(reading) == ["value_outside_validity"]

    def test_a_year_below_nought_is_a_warning(self, tmp_path: Path) -> None:
        reading = read_rows(tmp_path, ["31-03-2015", "Kent", "South East", "Robbery", "-3"], header=ROLLING)
        assert [row["severity"] for row in reading.findings] == ["warning"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "printed", ["December 2018", "Dec-18", "Year ending December 2018", "Jan 2018 to Dec 2018", "12/31/2018", "43465"]
)
def test_a_rolling_year_by_its_month_under_headers_in_other_words(tmp_path: Path, printed: str) -> None:
    header = ("Year ending", "Police Force Area", "Region", "Offence", "Number of offences")
    [row] = fits(read_rows(tmp_path, [printed, "Kent", "South East", "Robbery", "3"], header=header), TABLE)
    assert (str(row["period_start"]), str(row["period_end"])) == ("2018-01-01", "2018-12-31")


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_rolling_years_saved_as_a_workbook(tmp_path: Path, write: Callable[[Path, dict[str, Any]], Path]) -> None:
    rows = [["Rolling years"], ROLLING, ["31-12-2018", "Kent", "South East", "Sexual offences", 12]]
    path = write(tmp_path / "prc", {"Notes": [["of this table"]], "Sheet1": rows})
    [row] = fits(read(path, RELEASE, reference()), TABLE)
    assert (row["series"], row["period_type"], row["value"]) == ("prc.ho_pfa.sexual_offences", "year", 12)


def test_codes_and_quarters_in_other_forms(tmp_path: Path) -> None:
    [row] = fits(read_rows(tmp_path, count(quarter="Q4 (Jan-Mar)", code="019c")), TABLE)
    assert (row["series"], str(row["period_end"])) == ("prc.ho_pfa.19C", "2018-03-31")
    assert not len(left_out(tmp_path, count(), count(quarter="Q4 (Apr-Jun)"))[0].frame) > 1
