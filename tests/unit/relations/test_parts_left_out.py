"""A total that leaves a force out, SYNTHETIC, beside the figures of the force."""

import pandas as pd
import pytest
from kit import Tables, day
from test_agreement import RELATION, held, made


@pytest.mark.parametrize(("leaves_out", "agrees"), [("E23000013", True), (None, False)])
def test_a_force_that_a_total_leaves_out_is_no_part_of_it(tables: Tables, leaves_out: str | None, agrees: bool) -> None:
    """The people of the reporting area stand beside those of the force that did not report; its change is of another area."""
    people = {"E12000001": 3_000_000.0, "E23000007": 1_000_000.0, "E23000008": 2_000_000.0, "E23000013": 700_000.0}
    figures = made(
        tables, *(("population.pfa_table", area, number) for area, number in people.items()), unit="persons",
        period_start=day("2023-06-30"), period_end=day("2023-06-30"), period_type="mid_year",
    )  # fmt: skip
    change = {"E12000001": -47.5, "E23000007": -1.5, "E23000008": 2.5, "E23000013": None}
    changes = made(
        tables, *(("prc.pfa_change.robbery", area, value) for area, value in change.items()), unit="percent",
        characteristic="compared_with", characteristic_value="2023-01-01/2023-12-31",
    )  # fmt: skip
    for rows in (figures, changes):
        rows.loc[rows["area_code"] == "E12000001", "leaves_out"] = leaves_out
    found = held(tables, pd.concat([figures, changes], ignore_index=True))
    assert [(row["relation"], row["agrees"]) for row in found[RELATION]] == [("people_of_areas", agrees)]
