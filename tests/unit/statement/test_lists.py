"""A list in lines, "- 2021/22: 193,000 offences", is a table of one column: its numbers say what each should be."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from figures_kit import AREAS, fact, looked_up

from assets.statement.quoted.facts import HeldFigure
from assets.statement.text.grid import grid
from assets.statement.text.texts import Text, text_of

BY_YEAR = {2021: 148_114, 2022: 193_092, 2023: 193_120, 2024: 192_871, 2025: 209_061}
FACTS = [fact("offences.sexual", count, year) for year, count in BY_YEAR.items()]
HEADING = "Sexual offences recorded by the police in England and Wales\n"


def read(folder: Path, text: str) -> Text:
    (folder / "synthetic.txt").write_text(text, encoding="utf-8")
    return text_of(folder / "synthetic.txt")


def told(text: Text, facts: Sequence[dict[str, Any]] = FACTS) -> dict[str, bool]:
    """Number as printed -> is it the figure that is held, or another one in its place."""
    return {printed: figure.same for printed, figure in looked_up(text, *facts) if isinstance(figure, HeldFigure)}


@pytest.mark.slow
@pytest.mark.parametrize(
    "form", ["- {}: {}", "* {}: {} offences", "{}: {}", "{} – {} recorded offences.", "3. {}: {};"]
)
def test_a_number_of_a_list_is_told_where_the_others_are_held(form: str, tmp_path: Path) -> None:
    items = {f"Year to March {year}": f"{count:,}" for year, count in BY_YEAR.items()}
    lines = HEADING + "\n".join(form.format(*item) for item in items.items())
    assert told(read(tmp_path, lines)) == dict.fromkeys(items.values(), True)
    assert told(read(tmp_path, lines.replace("193,120", "139,120")))["139,120"] is False


IN_AREAS = {"Kent": 2_107, "Essex": 3_000, "Surrey": 1_391, "England and Wales": 192_871}


@pytest.mark.slow
def test_an_item_of_the_year_before_is_that_and_says_nothing_of_the_others(tmp_path: Path) -> None:
    facts = [fact("offences.sexual", count, area_code=AREAS[name]) for name, count in IN_AREAS.items()]
    facts.append(fact("offences.sexual", 918, 2023, area_code=AREAS["Kent"]))
    lines = "Sexual offences, year ending March 2024\n" + "".join(
        f"- {name}: {count:,}\n" for name, count in IN_AREAS.items()
    )
    lines += "- Kent, the year before: 918"
    every = {f"{count:,}": True for count in [*IN_AREAS.values(), 918]}
    assert told(read(tmp_path, lines), facts) == every
    wrong = told(read(tmp_path, lines.replace("1,391", "1,931")), facts)
    assert wrong == {count: held for count, held in every.items() if count != "1,391"} | {"1,931": False}
    assert "981" not in told(read(tmp_path, lines.replace("918", "981")), facts), "it is not that of its own year"


@pytest.mark.parametrize(
    "lines",
    [
        "Sexual offences, year ending\nMarch 2023\nMarch 2024\nMarch 2025",  # years are no numbers of items
        "The force said that it\nhad recorded 1,200\nof these in 2024, for 1,100\nthe year before.",  # a sentence in lines
        "- Kent: 1,200\n- Essex: 1,100",  # two are no table
    ],
)
def test_lines_that_are_no_list_are_no_table(lines: str, tmp_path: Path) -> None:
    assert not read(tmp_path, lines).tables


def test_an_item_is_its_label_and_its_number(tmp_path: Path) -> None:
    [table] = read(
        tmp_path, "Recorded in 2024:\n\n- Kent: 1,200 offences\n- Ages 16 to 24, Essex 7.5%\n1) Avon and Somerset: [z]"
    ).tables
    assert grid(table).labels == ("- Kent", "- Ages 16 to 24, Essex")
    assert [[number.value for number in row.values()] for row in grid(table).rows] == [[1_200], [7.5]]
