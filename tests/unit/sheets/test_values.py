"""What a value cell is, decided in one place."""

import math

import pytest

from assets.archive.reading.marks import Marks
from assets.archive.reading.values import CellValue, impossible, text_number, text_value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("31,454", 31454), ("170 002 ", 170002), ("170\u2009002", 170002), ("170\u2007002", 170002), ("170\u202f002", 170002),
        ("１２３", 123), ("-5", -5), ("−5", -5), ("–5", -5), ("12.5%", 12.5), ("+12.5%", 12.5), ("1.929", 1.929),
        ("30.5 per cent", 30.5), ("-3 percent", -3), ("30 %", 30), ("30 per cent*", 30), ("per cent", None), ("3 cents", None),
        ("12,5", None), ("1.234.567", None),
        ("1,23,456", None), ("٣", None), ("about 5", None), ("", None), ("1e400", math.inf), ("TRUE", None), ("½", None),
    ],
)  # fmt: skip
def test_a_number_in_a_text(text: str, number: float | None) -> None:
    assert text_number(text) == number


def test_a_number_that_is_a_text_says_so_with_and_without_marks_that_are_known_to_stand_beside_figures() -> None:
    known = Marks({"[x]": "not_available"}, {"[r]": "revised", "[z]": "not applicable to change"})
    number = CellValue(12.0, "normal", as_text=True)
    assert number.as_text and text_value("12", known) == number != CellValue(12.0, "normal")
    assert [
        text_value(text, known) for text in ("12 (R)", "12 r", "12 (revised)", "12 [r]", "12 [ r , z ]", "12 [note 3]")
    ] == [number] * 6
    assert [text_value(text, known) for text in ("12 (P)", "12 p", "12 provisional", "12 [p]", "12 [r, p]")] == [
        None
    ] * 5
    assert text_value("[x] [r]", known) == CellValue(None, "not_available")


@pytest.mark.parametrize("text", ["(2.4)", "( 2.4 )", "2.4-", "(2.4) [r]"])
def test_what_accounts_print_below_nought_is_a_number_among_changes_alone(text: str) -> None:
    beside = {"[r]": "revised"}
    cell_value = text_value(text, Marks(beside=beside, of_changes=True))
    assert cell_value is not None and cell_value.number == -2.4
    assert text_value(text, Marks(beside=beside)) is None


@pytest.mark.parametrize("text", ["-0", "-0.0", "−0"])
def test_a_nought_has_no_sign(text: str) -> None:
    found = text_number(text)
    assert found == 0 and math.copysign(1, found) == 1


@pytest.mark.parametrize(
    ("number", "unit", "printed"),
    [
        (math.inf, "percent", "1e400"), (math.nan, "offences", ""), (12.5, "offences", "12.5"), (1.929, "offences", "1.929"),
        (12, "offences", "12%"), (5e9, "persons", "5000000000"), (12, "thousand_persons", "12%"),
        (100_000, "offences", "1E+05"), (1_230_000, "persons", "1.23E6"), (12, "offences", "12%*"), (13, "offences", "13.000"),
    ],
)  # fmt: skip
def test_a_number_that_its_unit_cannot_have(number: float, unit: str, printed: str) -> None:
    assert impossible(number, unit, printed) is not None


@pytest.mark.parametrize(
    ("number", "unit", "printed"),
    [(12.5, "percent", "12.5%"), (12.5, "thousand_incidents", "12.5"), (-3, "offences", "-3"), (0, "offences", "-00"),
     (69_281_437, "persons", "69281437"), (250.0000000001, "offences", "250.0000000001"),
     (123_457, "offences", "1.23457E+05"), (13, "offences", "13.0"), (0.00001, "percent", "1E-05"),
     (100_000, "offences", "1e+05")],
)  # fmt: skip
def test_a_number_that_its_unit_can_have(number: float, unit: str, printed: str) -> None:
    assert impossible(number, unit, printed) is None
