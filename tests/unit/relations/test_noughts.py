"""Changes of exactly nought."""

import pandas as pd
from kit import Tables
from relation_kit import doubts_of, made

# SYNTHETIC counts of a force: none of them is likely to be equal to that of the year before.
FORCE = "E23000013"
COUNTS = {"robbery": 900.0, "shoplifting": 4_100.0, "bicycle_theft": 700.0, "sexual_offences": 2_300.0}
MOVED = {"drug_offences": 1_000.0}


def doubted(tables: Tables, changes: dict[str, float], times: float = 1) -> set[str]:
    counts = made(tables, *((f"prc.pfa.{name}", FORCE, count * times) for name, count in (COUNTS | MOVED).items()))
    printed = made(
        tables,
        *((f"prc.pfa_change.{name}", FORCE, changes.get(name, 3.125 + count / 1e6)) for name, count in (COUNTS | MOVED).items()),
        unit="percent", sheet="Table P2", characteristic="compared_with", characteristic_value="2022-04-01/2023-03-31",
    ).assign(printed=lambda rows: rows["value"].map(lambda value: f"{value:.9f}" if value else "0"))  # fmt: skip
    figures = pd.concat([counts, printed]).assign(cell=[f"{letter}10" for _ in (counts, printed) for letter in "DEFGH"])
    rows = doubts_of(tables, figures)
    return {row["figure"].split(":")[1].split(".")[-1] for row in rows if "exactly nought" in row["reason"]}


def test_noughts_of_counts_that_chance_does_not_make_equal_are_doubted(tables: Tables) -> None:
    """A count of 900 is equal to the one before it once in a hundred times at most; the four together never."""
    assert doubted(tables, dict.fromkeys(COUNTS, 0.0)) == set(COUNTS)


def test_one_nought_and_noughts_of_small_counts_stand(tables: Tables) -> None:
    assert doubted(tables, {"robbery": 0.0}) == set()
    assert doubted(tables, dict.fromkeys(COUNTS, 0.0), times=0.01) == set()
