"""Rows of a SYNTHETIC long table of the survey that stand one further: its people in other years say so."""

import random

import pytest
from kit import Tables
from relation_kit import GIVEN, of_survey, to_march

from assets.relations.agreement.engine import Engine, sql_numbers
from assets.relations.blame.finders import further

pytestmark = pytest.mark.long

YEARS, GROUPS = 10, 12


def rows_told(tables: Tables, seed: int, first: int = 0, last: int = 0, step: int = 1, years: int = YEARS) -> set[int]:
    """Rows that are withheld as standing one further, where those from `first` up to before `last` hold what another row should.

    Each group of people varies about a level of its own by a quarter; levels differ by up to five times.
    """
    chance = random.Random(seed)
    levels = [chance.uniform(0, 1.6) for _ in range(GROUPS)]
    true = [2 ** (levels[group] + chance.gauss(0, 0.35)) for _ in range(years) for group in range(GROUPS)]
    printed = [true[row - step] if first <= row < last else value for row, value in enumerate(true)]
    rows = [
        {
            "characteristic_value": f"group {row % GROUPS}", "value": value, "cell": f"T{row + 2}",
            **to_march(2002 + row // GROUPS),
        }
        for row, value in enumerate(printed)
    ]  # fmt: skip
    figures = of_survey(rows, places=12, release="sdg-16-1-3-b68b9d9", characteristic="ethnic group")
    given = {name: tables[key] for name, key in GIVEN.items()}
    given |= {name: given[name].head(1) for name in ("relation", "relation_term")}  # none is of the survey
    engine = Engine(figures, given)
    told = {fid for doubted_together in further(engine) for fid in doubted_together.figures}
    return {int(row["cell"][1:]) - 2 for row in engine.ask(f"select cell from figure where fid in {sql_numbers(told)}")}


@pytest.mark.parametrize("step", [1, -1])
def test_a_run_that_is_its_neighbours_is_withheld_with_few_rows_beside(tables: Tables, step: int) -> None:
    for seed in range(4):
        told = rows_told(tables, seed, 50, 75, step)
        assert {*range(50, 75)} <= told <= {*range(40, 85)}, seed


def test_what_stands_in_its_place_is_not_withheld_nor_a_row_that_is_odd_alone(tables: Tables) -> None:
    for seed in range(8):
        assert not rows_told(tables, seed) and not rows_told(tables, seed, 50, 51), seed


def test_without_other_years_nothing_is_said(tables: Tables) -> None:
    assert not rows_told(tables, 1, 3, 11, years=1)
