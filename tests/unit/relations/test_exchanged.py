"""Two areas under each other's name."""

import pandas as pd
from kit import Tables
from test_agreement import DOUBT, held, made

from assets.tables.conform import conform
from schemas.registry import contract

# SYNTHETIC counts of forces, and the regions that they make.
NORTH_EAST = {"E23000013": 3.0, "E23000008": 1.0, "E23000007": 2.0}
LONDON = {"E23000001": 40.0, "E23000034": 2.0}
NAMES = ("robbery", "shoplifting", "bicycle_theft")


def doubted(tables: Tables, north_east: str, london: str) -> set[str]:
    areas = NORTH_EAST | LONDON | {north_east: sum(NORTH_EAST.values()), london: sum(LONDON.values())}
    figures = [
        made(tables, *((f"prc.pfa.{name}", area, count * 100 * (at + 1)) for area, count in areas.items())).assign(
            cell=[f"{'CDE'[at]}{10 + row}" for row in range(len(areas))]
        )
        for at, name in enumerate(NAMES)
    ]
    people = made(
        tables,
        *(("population.pfa_table", area, 500_000.0) for area in (north_east, london)),
        unit="persons",
        sheet="Table P3",
    )
    rows = held(tables, conform(pd.concat([*figures, people]).drop(columns=["row_id"]), contract("archive.figure")))[
        DOUBT
    ]
    found = [row for row in rows if row["how"] == "swap"]
    assert {row["ties"] for row in found} <= {2 * (len(NAMES) + 1)}, "the people in them are of the other too"
    return {row["figure"].split(":")[6] for row in found}


def test_all_of_two_areas_is_withheld_whose_sums_are_those_of_the_other(tables: Tables) -> None:
    assert doubted(tables, "E12000007", "E12000001") == {"E12000001", "E12000007"}
    assert doubted(tables, "E12000001", "E12000007") == set()
