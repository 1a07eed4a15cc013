"""Rows for other programs say what they hold, and no text of them is a formula to a spreadsheet."""

import pytest

from pipelines.commands.formats import formatted


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_a_csv_begins_a_formula(begin: str) -> None:
    said = formatted([{"name": f"{begin}1+1", "change": -5.25, "empty": None}], "csv")
    assert f"'{begin}1+1" in said and said.endswith(",-5.25,\n")
