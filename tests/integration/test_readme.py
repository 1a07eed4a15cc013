"""Every query of the README runs on a built file and gives rows."""

import re
from pathlib import Path

import duckdb
import pytest

from pipelines.cookbook import answered

ROOT = Path(__file__).resolve().parents[2]
QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_readme_answers_twelve_questions_as_the_file_does(built):
    assert len(QUERIES) >= 12
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert page.count("```sql") == len(re.findall(r"```sql\n[^`]*```\n\n```text\n", page))
    assert answered(page, built.file) == page, "make docs, after a refresh of the tracked data alone"


@pytest.mark.parametrize("query", QUERIES)
def test_query_of_the_readme_gives_rows(query, built):
    with duckdb.connect(built.file, read_only=True) as connection:
        assert connection.execute(query).fetchall()


def test_the_printed_gap_is_what_the_file_holds(built):
    """The table in the README is a copy of what `make run` prints: its recorded counts and ratios are in the file."""
    printed = (ROOT / "README.md").read_text(encoding="utf-8").split("```text")[1].split("```")[0].splitlines()[4:]
    rows = [line.split("  ") for line in printed if line.strip()]
    with duckdb.connect(built.file, read_only=True) as connection:
        held = connection.execute(
            "SELECT pairing.label, round(recorded), round(recorded_per_100, 1) FROM gap"
            " JOIN reference.pairing AS pairing USING (pairing) WHERE verdict <> 'block' AND period_match = 'plain'"
        ).fetchall()
    known = {(label, f"{recorded:,.0f}", f"{ratio:.1f}") for label, recorded, ratio in held}
    for cells in rows:
        words = [cell.strip() for cell in cells if cell.strip()]
        assert (words[0], words[5], words[6]) in known, words
