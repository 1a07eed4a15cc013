"""A value that is written otherwise is told with what it is meant to be: what a spreadsheet makes of days, codes and numbers."""

import datetime
from pathlib import Path

import pytest
from sent import COUNTS, checked, many, rules, send

from assets.returns.checks.meant import Days, meant, offences
from assets.returns.file.manifest import Manifest
from assets.returns.personal.personal import A_WORD
from schemas.returns import TEMPLATES

COLUMNS = {column.name: column for columns in TEMPLATES.values() for column in columns}


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("recorded_date", "44725", "2022-06-13"), ("recorded_date", "44725.5", "2022-06-13"),  # as Excel counts them
        ("recorded_date", "13/06/2022", "2022-06-13"), ("recorded_date", "5/6/22", "2022-06-05"),
        ("recorded_date", "13-Jun-22", "2022-06-13"), ("recorded_date", "13 June 2022", "2022-06-13"),
        ("recorded_date", "2022-06-13 00:00:00", "2022-06-13"), ("recorded_date", "13.06.2022 14:05", "2022-06-13"),
        ("recorded_date", "06/13/2022", None), ("recorded_date", "2022-06-31", None), ("recorded_date", "June", None),
        ("recorded_date", "NULL", None), ("outcome_date", "NULL", "nothing"), ("victim_age", "#N/A", "nothing"),
        ("victim_age", "35.0", "35"), ("victim_age", "035", "35"), ("victim_age", "1,234", "1234"), ("victim_age", "-1", None),
        ("victim_age", "35.5", None), ("victim_age", "1e1", None), ("crime_count", "0", None),
        ("victim_sex", "Female", "F"), ("victim_sex", "f ", "F"), ("flag_da", "Yes", "Y"), ("flag_da", "FALSE", "N"),
        ("recorded_date", "'2022-06-13", "2022-06-13"), ("victim_age", "'35", "35"), ("victim_sex", "'F", "F"),
        ("recorded_date", '="2022-06-13"', "2022-06-13"), ("victim_age", '="35"', "35"), ("victim_sex", '="F"', "F"),
        ("victim_sex", "Unknown", "U"), ("relationship", "Unknown", "unknown"), ("suspect_age_band", "Unknown", "not_known"),
        ("outcome_type", "01", "1"), ("outcome_type", "18.0", "18"), ("outcome_type", "Charge/Summons", None),
        ("outcome_type", "19", None),
        ("flag_da", "1", None), ("relationship", "Ex-Partner", "ex_partner"), ("relationship", "cousin", None),
        ("supplier_code", "Kent Police", "kent"), ("supplier_code", "surrey", None),
        ("offence_code", "19c", "19C"), ("offence_code", "8/67", "008/67"), ("offence_code", "Aug-67", "008/67"),
        ("offence_code", "105 A", "105A"),
        ("offence_code", "8L", None), ("offence_code", "murder", "1"), ("crime_ref", "13/06/2022", None),
        ("month", "Apr-22", "2022-04-01"), ("month", "2022-04", "2022-04-01"), ("month", "2022-04-02", None),
        ("victim_age_band", "Oct-15", "10-15"), ("victim_age_band", "15-Oct", "10-15"), ("victim_age_band", "18 to 29", "18-29"),
        ("victim_age_band", "16 to 17", "16-17"), ("victim_age_band", "85 and over", "85+"), ("victim_age_band", "14-Oct", None),
        ("victim_age_band", "2015-10-01 00:00:00", "10-15"), ("victim_age_band", "42278", "10-15"),
        ("victim_age_band", "15/10/2022", "10-15"), ("victim_age_band", "2015-10-02", None),
        ("offence_code", "01/08/1967", "008/67"), ("offence_code", "1967-08-02", None),
        ("offences", "<5", "number"), ("offences", "[c]", "number"), ("offences", "*", "number"),
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_told_as_it_is_meant(column: str, value: str, says: str | None) -> None:
    found = meant(value, COLUMNS[column], "kent", offences(rules()))
    assert (found is None) == (says is None), found
    assert found is None or found[1].split(": ")[0].endswith(f" {says}")


@pytest.mark.slow
def test_a_value_that_is_no_name_is_shown(tmp_path: Path) -> None:
    rows = [COUNTS | {"offences": str(number)} for number in range(3, 60)]
    rows[5] = rows[5] | {"suspect_age_band": "Oct-15"}
    rows[6] = rows[6] | {"suspect_age_band": "Quux-15"}
    rows[7:9] = rows[7] | {"month": "May 2022"}, rows[8] | {"offences": "[c]"}
    _, problems = checked(send(tmp_path / "inbox", rows, profile="aggregate"))
    said = [row["value"] for row in problems if row["rule"] in ("E02", "E07")]
    assert said == [
        "Oct-15; that is 10-15",
        A_WORD,
        "May 2022; day, month and year of that are 2022-05-01",
        "[c]; that hides a number: send the number itself",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "value", "locked"),
    [
        ("victim_age_band", "2015-10-01", False), ("victim_age_band", "2015-10-02", True),
        ("suspect_age_band", "01/10/2015", False), ("relationship", "2015-10-01", True), ("offence_code", "1967-08-01", False),
        ("offence_code", "1967-08-02", True),
    ],
)  # fmt: skip
def test_a_code_of_which_a_spreadsheet_made_a_day_is_no_day_of_birth(
    column: str, value: str, locked: bool, tmp_path: Path
) -> None:
    found, _ = checked(send(tmp_path / "inbox", [COUNTS, COUNTS | {column: value}], profile="aggregate"))
    assert ("R08" in found.refused) is locked


@pytest.mark.parametrize(
    ("of_the_quarter", "value", "day"),
    [
        (["22-05-13", "22-04-02"], "22-04-25", "2022-04-25"), (["05/13/2022"], "06/05/2022", "2022-06-05"),
        (["20220513"], "20220605", "2022-06-05"), (["43229"], "43229", "2022-05-10"), (["44691"], "44691", "2022-05-10"),
        ([], "22-04-25", "2025-04-22"), (["13/05/2022"], "06/05/2022", "2022-05-06"),
        # What has not yet been is not meant, where another reading has.
        (["22-05-13"], "21-04-25", "2021-04-25"),
    ],
)  # fmt: skip
def test_days_are_read_as_those_of_the_quarter_are_written(of_the_quarter: list[str], value: str, day: str) -> None:
    manifest = Manifest.model_construct(quarter="2022-04", extract_date=datetime.date(2022, 7, 20))
    found = meant(value, COLUMNS["offence_start"], "kent", {}, Days.of(manifest, of_the_quarter))
    assert found and found[1].endswith(f" {day}")


@pytest.mark.slow
@pytest.mark.parametrize("victims", [1, 5])
def test_a_value_in_five_rows_is_shown_where_they_are_of_five_people(victims: int, tmp_path: Path) -> None:
    """One victim's name in all her rows is no code of another list."""
    rows = many(60)
    for place in range(5):
        rows[place] |= {"location_type": "quux", "victim_ref": f"v{place % victims:023d}"}
    _, problems = checked(send(tmp_path / "inbox", rows))
    assert {row["value"] for row in problems if row["rule"] == "E07"} == {"quux" if victims == 5 else A_WORD}
    for place in range(5):  # two words of one victim are her name (R08), of five the code of another list
        rows[place]["location_type"] = "quux bazzle"
    found, _ = checked(send(tmp_path / "two", rows))
    assert ("R08" in found.refused) is (victims == 1)


@pytest.mark.long
@pytest.mark.parametrize(
    ("change", "value", "says"),
    [
        ({"recorded_date": "44691"}, "44691; as a spreadsheet counts days that is 2022-05-10", "as a spreadsheet counts"),
        ({"victim_sex": "Female"}, "Female; that is F", "codes in other letters"),
        ({"outcome_date": "NULL"}, "NULL; that stands for nothing: leave the cell empty", "words or signs for nothing"),
        ({"victim_sex": "Female", "victim_ref": "Jane Smith"}, "(not shown)", None),
    ],
)  # fmt: skip
def test_the_report_and_the_verdict_say_how_most_are_written(
    change: dict[str, str], value: str, says: str | None, tmp_path: Path
) -> None:
    found, problems = checked(send(tmp_path / "inbox", many(60, **change)))
    [column, *_] = change
    assert {row["value"] for row in problems if row["column"] == column and row["rule"] in ("E02", "E07")} == {value}
    assert says in found.refused["R06"] if says else "in most there are" not in found.refused["R06"]
