"""A column of printed numbers at once: the same decisions as cell by cell, and what is no number is named and left out."""

import math

import pyarrow as pa
import pytest
from kit import why_refused

from assets.archive.reading.ages import age_in, sex_in
from assets.archive.reading.marks import Marks
from assets.archive.reading.numbers import numbers
from assets.archive.reading.result import Finding
from assets.words.problems import BadInput

MARKS = Marks({"[x]": "not_available", "-": "zero_or_none"}, {})


def read(printed: list[str], unit: str = "offences") -> tuple[list[float | None], list[str | None], list[Finding]]:
    """Values, statuses and findings of cells in rows 2, 3, ... of column D of a file."""
    found: list[Finding] = []
    rows = pa.array(range(2, len(printed) + 2))
    values, status = numbers(pa.array(printed), rows, "small.csv", "D", MARKS, unit, found)
    return values.to_pylist(), status.to_pylist(), found


def test_numbers_and_markers_stand_side_by_side() -> None:
    values, status, found = read(["12", " 1,234 ", "1234567", "[x]", "0", "-00", "1e3", "+7", "-12"])
    assert values == [12, 1234, 1234567, None, 0, 0, 1000, 7, -12] and not found
    assert status == [*["normal"] * 3, "not_available", *["normal"] * 5]
    assert math.copysign(1, values[5]) == 1, "an accounting format prints a nought as -00"


@pytest.mark.parametrize("odd", ["12.5", "1e400", "1.2E+05", "12%", "1.929 b", "abc", "", "1,23", "1,2345"])
def test_what_is_no_count_is_named_with_its_place_and_left_out(odd: str) -> None:
    values, status, found = read([*["5"] * 50, odd, "6"])
    assert status[50] is None and status[49] == status[51] == "normal" and (values[49], values[51]) == (5, 6)
    [row] = found
    assert "small.csv, row 52, column D" in str(row)


def test_a_share_may_be_part_of_a_number_and_say_that_it_is_percent() -> None:
    values, status, found = read(["12.5", "12.5%"], "percent")
    assert values == [12.5, 12.5] and status == ["normal"] * 2 and not found


def test_a_column_of_what_is_no_number_is_refused_and_all_of_it_named() -> None:
    with pytest.raises(BadInput, match="no number where numbers should stand") as caught:
        read([f"word {at}" for at in range(30)])
    assert len(caught.value.problems) == 30 and "markers.csv" in str(caught.value.problems[0])
    with pytest.raises(BadInput, match="no number where numbers should stand") as caught:
        read(["a"] * 30)
    [told] = caught.value.problems
    assert "'a' in 30 cells" in told.value


def test_a_comma_before_decimals_is_named_once_and_is_no_marker() -> None:
    """As a spreadsheet saves a CSV file where decimals have a comma; "1,234" is more than a thousand everywhere."""
    [told] = why_refused(lambda: read([f"0,{at:04}" for at in range(30)] + ["1,234"])).problems
    assert told.value == "'0,0000', and a comma before decimals in 29 more cells" and "with a point" in told.remedy


@pytest.mark.parametrize(
    ("text", "age", "sex"),
    [
        ("Women aged 16 to 59 (%)", "16-59", "female"),
        ("Men 16-74", "16-74", "male"),
        ("Adults aged 16 and over", "16+", "all"),
        ("16 YEARS AND OLDER", "16+", None),
        ("75+", "75+", None),
        ("16 to 24 and 25 to 34", None, None),
        ("16 to 24, or 75 and over", None, None),
        ("Men and women", None, "all"),
        ("All women", None, "female"),
        ("Total", None, "all"),
        ("2016 to 2019", None, None),
        ("Chairmen", None, None),
        ("F", None, "female"),
        (" m ", None, "male"),
        ("M and F", None, None),
    ],
)
def test_ages_and_sexes_in_a_text(text: str, age: str | None, sex: str | None) -> None:
    assert (age_in(text), sex_in(text)) == (age, sex)
