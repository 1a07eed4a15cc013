"""A table as CSV, SYNTHETIC, however its cells are cut."""

from pathlib import Path

import pytest

from assets.archive.reading.book import open_book

ROWS = [
    ["A title, with commas, and a note; two of them"],
    ["Area", "Name", "Rate"],
    ["E1", "Kent", "1.5"],
    ["E2", "Essex", "2.5"],
    ["E3"],
]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_cells_are_cut_by_the_sign_that_makes_rows_alike_and_short_rows_are_filled(tmp_path: Path, sign: str) -> None:
    """Decimal commas would cut as many cells as semicolons do, but not in every row."""
    decimal = "," if sign == ";" else "."
    lines = [sign.join(cell.replace(".", decimal) for cell in row) for row in ROWS[1:]]
    path = tmp_path / "table.csv"
    path.write_text("\n".join([f'"{ROWS[0][0]}"', *lines]), encoding="utf-8")
    grid = open_book(path).grid("table")
    assert grid.rows[2] == ["E1", "Kent", f"1{decimal}5"] and grid.rows[4] == ["E3", "", ""]
