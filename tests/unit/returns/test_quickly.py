"""What is done in a quicker way gives the same: expressions for ASCII alone, and what a reference is written like."""

import datetime
import re
import string

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sent import rules

from assets.returns.checks.predicates import _typed
from assets.returns.file.csv_file import SIGNS
from assets.returns.personal.pseudonyms import shaped
from assets.returns.rules.rules import of_ascii
from schemas.returns import RECORD

# Pieces that the expressions ask about, and any other sign of ASCII.
PIECES = (
    "Jane",
    "Smith",
    "O'Brien",
    "j.smith",
    "SMITH",
    "DoB",
    "nhs",
    "1990-05-01",
    "AB1 2CD",
    "QQ123456C",
    " ",
    "-",
    ".",
    ",",
    "_",
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(string.printable, max_size=4), max_size=6).map("".join)


@pytest.mark.slow
@settings(deadline=None, max_examples=5)
@given(st.lists(TEXTS, min_size=100, max_size=200))
def test_of_ascii_an_expression_finds_what_the_one_for_all_scripts_finds(texts: list[str]) -> None:
    with duckdb.connect() as connection:
        for key, (expression, _) in rules().patterns.items():
            [(alike,)] = connection.execute(
                "SELECT bool_and(regexp_matches(cell, $1) = regexp_matches(cell, $2)) FROM (SELECT unnest($3) AS cell)",
                [expression, of_ascii(expression), texts],
            ).fetchall()
            assert alike, key


def test_no_expression_for_ascii_asks_for_a_script() -> None:
    assert not [key for key, (expression, _) in rules().of_ascii.patterns.items() if r"\p" in expression]
    assert of_ascii(r"[\p{Lu}\p{Ll}'-]+\pL\[\p{Lu}\p{N}") == r"[A-Za-z'-]+[A-Za-z]\[[A-Z]\p{N}"


@given(st.lists(st.text(), min_size=1), st.integers(0, 3))
def test_a_reference_is_written_with_one_letter_for_every_letter_and_one_digit_for_every_digit(
    cells: list[str], after: int
) -> None:
    cells = [cell.encode(errors="replace").decode() for cell in cells]
    found = shaped(pa.table({"cell": pa.array(cells, pa.string())}).slice(after))["shape"].to_pylist()
    assert found == [re.sub("[A-Za-z]", "a", re.sub("[0-9]", "0", cell)) for cell in cells[after:]]


NEAR_DAYS = (
    "2022-05-01",
    "2022-5-1",
    "2022-5-01 ",
    " 2022-5-01",
    "2022-05-1\n",
    "2024-02-29",
    "0000-01-01",
    "infinity  ",
    "2022/05/01",
)
EDGES = st.tuples(st.sampled_from(NEAR_DAYS), st.integers(0, 9), st.sampled_from("0123456789-/ .\t\n\re"))


@pytest.mark.long
@settings(deadline=None, max_examples=20)
@given(st.lists(EDGES.map(lambda one: one[0][: one[1]] + one[2] + one[0][one[1] + 1 :]), min_size=50))
def test_a_day_is_read_as_it_is_written_exactly(texts: list[str]) -> None:
    """Whatever signs the file is said to have, if it has no others."""
    texts = [*NEAR_DAYS, *texts]
    column = next(one for one in RECORD if one.name == "recorded_date")
    for signs, cells in ((SIGNS, texts), ("", [text for text in texts if not re.search(r"\s", text)])):
        with duckdb.connect() as connection:
            asked = f"SELECT {_typed(column, signs)} FROM (SELECT unnest($1) AS raw_recorded_date)"
            read = [day for (day,) in connection.execute(asked, [cells]).fetchall()]
        assert read == [_exactly(text) for text in cells]


def _exactly(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
