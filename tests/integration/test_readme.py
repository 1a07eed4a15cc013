"""Every query of the README runs on a built file and gives rows."""

import re

import pytest
from kit import ROOT

from pipelines.cookbook import with_answers

QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_readme_answers_twelve_questions_as_the_file_does(built):
    assert len(QUERIES) >= 12
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert page.count("```sql") == len(re.findall(r"```sql\n[^`]*```\n\n```text\n", page))
    assert with_answers(page, built.file) == page, "make docs, after a refresh of the tracked data alone"


@pytest.mark.parametrize("query", QUERIES)
def test_query_of_the_readme_gives_rows(query, file):
    assert file.execute(query).fetchall()


def test_the_first_screen_is_the_answer_for_one_threat_with_its_picture(file):
    """What it is, one answer, its picture, the two commands: the figures are those of the file."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    [row] = file.execute("FROM answer_for('stalking') WHERE may_be_compared <> 'no'").fetchall()
    comparison, year, who, estimated, recorded, per_100, may = row[1:8]
    block = page.split("```text\n")[1].split("```")[0].splitlines()
    assert block == [
        f"{comparison}, year to {year:%B %Y}, {who}",
        f"  Estimated  {estimated}",
        f"  Recorded   {recorded}",
        f"  Compared   {per_100} recorded per 100 estimated: {may}",
    ]
    picture = (ROOT / "docs" / "stalking.svg").read_text(encoding="utf-8")
    assert f"8Q, {year:%b %Y}" in picture and "Not a reporting rate" in picture
    screen = page.splitlines()[:45]
    assert [line for line in screen if line.startswith("make run")] and [
        line for line in screen if line.startswith("make test")
    ]
