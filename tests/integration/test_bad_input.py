"""Every kind of bad input that the project promises to name, through the reader that a refresh uses.

What the command line does with it (exit code 1, nothing published, the last good file stays) is in test_runs.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from kit import Tables, frame, read_rows, why_refused, write_csv

from assets.archive.tracked.figures import read_figures

VAWG = "figures/policing_vawg.csv"
Change = Callable[[dict[str, str]], None]


@pytest.fixture
def said(own_root: Path, tables: Tables) -> Callable[[], str]:
    """What reading the figures of the data root says."""

    def reading() -> str:
        known = [tables[f"reference.{name}"] for name in ("series", "offence", "area")]
        caught = why_refused(
            lambda: read_figures(own_root, *known, tables["meta.release"], frame("archive.landed_figure", []))
        )
        return caught.paragraph()

    return reading


def rasso(root: Path, **changed: str) -> str:
    """Change cells of the policing count of RASSO; gives back the place of the row."""
    rows = read_rows(root / VAWG)
    number = next(n for n, row in enumerate(rows) if row["series"] == "vawg.rasso")
    rows[number] |= changed
    write_csv(root / VAWG, rows)
    return f"data/{VAWG}, line {number + 2}"


@pytest.mark.parametrize(
    ("changed", "column", "found", "expected"),
    [
        ({"sex": "women"}, "sex", "'women'", "one of 'all', 'female', 'male'"),
        ({"value": "[x]"}, "value", "'[x]'", "a number without separators"),
        ({"value": "103,135"}, "value", "'103,135'", "a number without separators"),
        ({"obs_status": "103135"}, "obs_status", "'103135'", "one of 'normal'"),
        (
            {"value": "1080158", "printed": "1,080,158"},
            "value",
            "1,080,158 of rasso",
            "at most the 1,080,157 of vawg in the same period",
        ),
    ],
)
def test_a_bad_cell_is_named_with_file_line_column_value_expectation_and_remedy(
    own_root: Path, said: Callable[[], str], changed: dict[str, str], column: str, found: str, expected: str
) -> None:
    place = rasso(own_root, **changed)
    said_of_it = [line for line in said().splitlines() if line.startswith(f"{place}, column {column}: ")]
    lines = [line for line in said_of_it if f"found {found}" in line]
    assert len(lines) == 1
    assert f"found {found}" in lines[0] and f"expected {expected}" in lines[0]
    assert len(lines[0].split(expected)[1]) > 10, "a remedy follows"


def test_a_missing_column(own_root: Path, said: Callable[[], str]) -> None:
    rows = read_rows(own_root / VAWG)
    write_csv(own_root / VAWG, [{name: cell for name, cell in row.items() if name != "designation"} for row in rows])
    assert f"data/{VAWG}, line 1, column designation: found no such column; expected a column of this name." in said()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (
            lambda raw: raw.replace(b"domestic_abuse", b"domestic_abus\xe9", 1),
            "expected UTF-8 text. Save the file as UTF-8 CSV.",
        ),
        (lambda raw: b"", "found an empty file"),
        (lambda raw: raw[:-40], "The file looks cut off"),
        (lambda raw: raw.split(b"\n")[0] + b"\n", "found a header without rows"),
        (lambda raw: raw.decode().encode("utf-16"), "expected UTF-8 text"),
        (lambda raw: raw + b"\x00\x01binary\n", "as in the header"),
        (lambda raw: raw.replace(b'"41,540"', b'"41,540', 1), "Close every quote"),
    ],
    ids=["not UTF-8", "empty", "truncated", "only a header", "UTF-16", "binary", "open quote"],
)
def test_a_file_that_is_broken_as_a_whole(
    own_root: Path, said: Callable[[], str], spoil: Callable[[bytes], bytes], words: str
) -> None:
    raw = (own_root / VAWG).read_bytes()
    assert spoil(raw) != raw
    (own_root / VAWG).write_bytes(spoil(raw))
    told = said()
    assert f"data/{VAWG}" in told and words in told


def test_many_problems_are_told_together_and_counted(own_root: Path, said: Callable[[], str]) -> None:
    path = own_root / "figures" / "population.csv"
    rows = read_rows(path)
    write_csv(path, [row | {"value": "-"} for row in rows])
    lines = said().splitlines()
    assert len(lines) == 22 and lines[-1] == f"... and {len(rows) - 20} more of the kind."
