"""Tracked CSV files: every way in which one can be wrong is said with file, line, column, value, expectation and remedy."""

import csv
import datetime
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import why_refused, write_csv

from assets.tables.csv_table import read_csv
from assets.tables.records import records
from assets.words.problems import BadInput, Problem
from schemas.fields import column
from schemas.table import Keyed
from schemas.types import Date, Flag, Integer, Number, Text


class Small(Keyed):
    """One row of every type."""

    name: Text = column("Name")
    value: Number = column("Value", "offences", nullable=True)
    whole: Integer = column("Whole", "persons", nullable=True)
    day: Date = column("Day", nullable=True)
    flag: Flag = column("Flag", nullable=True)


HEADER = "name,value,whole,day,flag"
GOOD = "a,1.5,2,2023-03-31,true"


def problems(tmp_path: Path, content: str | bytes) -> list[Problem]:
    """What is found wrong in a file of that content."""
    path = tmp_path / "small.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    caught = why_refused(lambda: read_csv(path, Small, "data/small.csv"))
    for problem in caught.problems:
        assert problem.place.startswith("data/small.csv")
        assert problem.value and problem.expected and problem.remedy.endswith(".")
    return caught.problems


def one(tmp_path: Path, content: str | bytes) -> Problem:
    found = problems(tmp_path, content)
    assert len(found) == 1, found
    return found[0]


def test_a_good_file_is_read_with_its_types_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_text(f'{HEADER}\n{GOOD}\n"two\nlines",,,,\n b ,-2,,,false\n', encoding="utf-8")
    frame, lines = read_csv(path, Small, "data/small.csv")
    assert records(frame) == [
        {"name": "a", "value": 1.5, "whole": 2, "day": datetime.date(2023, 3, 31), "flag": True},
        {"name": "two\nlines", "value": None, "whole": None, "day": None, "flag": None},
        {"name": "b", "value": -2.0, "whole": None, "day": None, "flag": False},
    ]
    assert lines == [2, 3, 5], "a row is named by the line it starts on"


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_the_mark_that_spreadsheets_put_first_and_their_line_ends_do_no_harm(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "small.csv"
    path.write_bytes(mark + f"{HEADER}\r\n{GOOD}\r\n".encode())
    frame, _ = read_csv(path, Small, "data/small.csv")
    assert records(frame)[0]["name"] == "a" and records(frame)[0]["flag"] is True


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    problem = one(tmp_path, "name,value,whole,day\na,1,2,2023-03-31\n")
    assert (problem.place, problem.column, problem.value) == ("data/small.csv, line 1", "flag", "no such column")


def test_an_unknown_column_is_named_with_those_that_may_stand(tmp_path: Path) -> None:
    problem = one(tmp_path, f"{HEADER},extra\n{GOOD},x\n")
    assert problem.column == "extra" and "name, value, whole, day, flag" in problem.expected


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    problem = one(tmp_path, f"{HEADER},name\n{GOOD},b\n")
    assert "twice" in problem.value


def test_what_is_not_utf8_is_named_with_its_line_and_byte(tmp_path: Path) -> None:
    problem = one(tmp_path, f"{HEADER}\n{GOOD}\ncaf".encode() + b"\xe9,1,2,,\n")
    assert problem.place == "data/small.csv, line 3" and problem.value == "byte 0xe9" and "UTF-8" in problem.expected


@pytest.mark.parametrize("content", [b"", b"\n\n", b"  \n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert one(tmp_path, content).value == "an empty file"


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    assert one(tmp_path, f"{HEADER}\n").value == "a header without rows"


def test_a_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    problem = one(tmp_path, f"{HEADER}\n{GOOD}\nb,1.")
    assert problem.place == "data/small.csv, line 3" and "cut off" in problem.remedy


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        read_csv(tmp_path / "none.csv", Small, "data/none.csv")


@pytest.mark.parametrize(
    "content", [f'{HEADER}\n"a,1,2,,\nb,1,2,,\n', f'{HEADER}\n"a"b,1,2,,\n', f'"{HEADER}\n{GOOD}\n']
)
def test_a_quote_that_is_never_closed_is_refused(tmp_path: Path, content: str) -> None:
    found = problems(tmp_path, content)
    assert any("quote" in problem.remedy for problem in found)


@pytest.mark.parametrize("row", ["a,1,2", "a,1,2,2023-03-31,true,more", "a,1,100,000,,", ""])
def test_a_wrong_number_of_cells_is_named_with_its_line(tmp_path: Path, row: str) -> None:
    problem = one(tmp_path, f"{HEADER}\n{GOOD}\n{row}\n")
    assert problem.place == "data/small.csv, line 3" and "5 as in the header" in problem.expected


@pytest.mark.parametrize("marker", ["[x]", "[u]", "[z]", "..", "-", "*", ":", "n/a", "."])
def test_a_marker_is_never_a_number(tmp_path: Path, marker: str) -> None:
    problem = one(tmp_path, f"{HEADER}\na,{marker},,,\n")
    assert (problem.column, problem.value) == ("value", repr(marker))
    assert "marker" in problem.remedy and "obs_status" in problem.remedy


@pytest.mark.parametrize(
    "number", ["1,234", "1 234", "12%", "£5", "1.", ".5", "0x10", "inf", "nan", "1e", "١٢", "1_000", "1e999"]
)
def test_a_number_has_no_separators_and_no_dress(tmp_path: Path, number: str) -> None:
    problem = one(tmp_path, f'{HEADER}\na,"{number}",,,\n')
    assert problem.column == "value" and "number" in problem.expected


@pytest.mark.parametrize("whole", ["1.0", "1e3", "two", "99999999999999999999"])
def test_a_whole_number_is_whole_and_can_be_held(tmp_path: Path, whole: str) -> None:
    problem = one(tmp_path, f"{HEADER}\na,,{whole},,\n")
    assert problem.column == "whole" and "whole number" in problem.expected


@pytest.mark.parametrize("text", ["31/03/2023", "2023-02-30", "2023", "20230331", "2023-W13-5", "2023-03-31T00:00:00"])
def test_a_date_is_a_day_in_one_form(tmp_path: Path, text: str) -> None:
    problem = one(tmp_path, f"{HEADER}\na,,,{text},\n")
    assert problem.column == "day" and problem.expected == "a date as yyyy-mm-dd"


@pytest.mark.parametrize("text", ["True", "1", "yes"])
def test_a_flag_is_true_or_false(tmp_path: Path, text: str) -> None:
    assert one(tmp_path, f"{HEADER}\na,,,,{text}\n").expected == "true or false"


def test_a_needed_value_that_is_missing_is_asked_for_with_its_citation(tmp_path: Path) -> None:
    problem = one(tmp_path, f"{HEADER}\n  ,1,,,\n")
    assert (problem.place, problem.column, problem.expected) == ("data/small.csv, line 2", "name", "a value")


def test_every_problem_is_found_not_only_the_first(tmp_path: Path) -> None:
    found = problems(tmp_path, f"{HEADER}\n,x,,,\na,1,2\nb,,1.5,,maybe\n")
    assert [(problem.place[-6:], problem.column) for problem in found] == [
        ("line 3", ""),
        ("line 2", "name"),
        ("line 2", "value"),
        ("line 4", "whole"),
        ("line 4", "flag"),
    ]


PRINTABLE = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from('",;\n\t')
TEXT = st.text(PRINTABLE, min_size=1, max_size=20).map(str.strip).filter(bool)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": TEXT,
            "value": st.none() | st.floats(allow_nan=False, allow_infinity=False),
            "whole": st.none() | st.integers(-(2**63), 2**63 - 1),
            "day": st.none() | st.dates(),
            "flag": st.none() | st.booleans(),
        }
    ),
    min_size=1,
    max_size=8,
)


def as_text(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.slow
@given(ROWS)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]) -> None:
    path = tmp_path_factory.mktemp("csv") / "small.csv"
    write_csv(path, [{name: as_text(value) for name, value in row.items()} for row in rows])
    frame, lines = read_csv(path, Small, "data/small.csv")
    assert records(frame) == rows
    assert len(lines) == len(rows) and lines == sorted(lines)


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """Whatever a file holds, the reader answers with rows or with BadInput, never with another error."""
    path = tmp_path_factory.mktemp("csv") / "small.csv"
    path.write_bytes(f"{HEADER}\n".encode() + content)
    try:
        frame, lines = read_csv(path, Small, "data/small.csv")
    except BadInput as error:
        assert error.problems
    else:
        assert len(frame) == len(lines)


def test_the_files_of_the_project_are_what_a_csv_writer_writes(data_root: Path) -> None:
    """Nobody's spreadsheet has been over them: rewriting changes no byte."""
    for path in [*(data_root / "figures").glob("*.csv"), *(data_root / "reference").glob("*.csv")]:
        content = path.read_bytes().decode("utf-8")
        target = io.StringIO(newline="")
        csv.writer(target, lineterminator="\n").writerows(csv.reader(io.StringIO(content, newline=""), strict=True))
        assert target.getvalue() == content, path.name
