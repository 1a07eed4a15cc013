"""All outcomes of the offences of a year, SYNTHETIC, and the offences that Table A5a prints for it."""

import pandas as pd
import pytest
from kit import Tables, day, frame
from test_agreement import DOUBT, RELATION, held, made

from assets.archive.findings.table import PREFIXES
from assets.relations.local_figures import SUMMED, outcome_sums
from assets.tables.conform import conform
from schemas.registry import contract

QUARTERS = (
    ("2018-04-01", "2018-06-30"), ("2018-07-01", "2018-09-30"), ("2018-10-01", "2018-12-31"), ("2019-01-01", "2019-03-31"),
)  # fmt: skip


def summed(tables: Tables, more: float = 0, forces: int = 44) -> pd.DataFrame:
    """Three outcomes and two without one for every force and quarter, of which one cell holds so many more."""
    areas = tables["reference.area"]
    rows = [
        {"area_code": area, "period_start": day(start), "period_end": day(end), "outcome_type": kind, "value": value}
        for area in areas[areas["area_type"].str.endswith("force")]["area_code"][:forces]
        for start, end in QUARTERS
        for kind, value in (("1", 3), ("0", 2))
    ]
    rows[0]["value"] += more
    outcomes = frame(
        "recorded.outcome_count", rows, series="prc.ho_outcomes.for_offences_recorded", offence_code="8Q", sheet="x",
        source="ho_prc_pfa", release="rolling-years-to-2018-12",
    )  # fmt: skip
    return outcome_sums(outcomes[list(SUMMED)], tables["reference.offence"], areas)


@pytest.mark.parametrize(("more", "agrees"), [(0, True), (20, True), (400, False)])
def test_all_outcomes_of_a_year_make_its_offences(tables: Tables, more: float, agrees: bool) -> None:
    sums = summed(tables, more)
    assert len(sums) == 44 * len(QUARTERS) + 1 and sums["value"].sum() == 2 * (44 * 4 * 5 + more)
    year = made(tables, ("prc.a5a.8Q", "K04000001", 880), source="ons_appendix", release="ye-2025-12")
    year = year.assign(period_start=day("2018-04-01"), period_end=day("2019-03-31"))
    figures = conform(year.drop(columns=["row_id"]), contract("archive.figure"))
    found = held(tables, pd.concat([figures, sums], ignore_index=True))
    [row] = [row for row in found[RELATION] if row["relation"] == "outcomes_of_all_offences"]
    assert row["found"] == 880 + more and row["agrees"] is agrees
    of_year = "outcome_sum:8Q:K04000001:2018-04-01..2019-03-31:ho_prc_pfa@rolling-years-to-2018-12"
    assert (of_year in {record["figure"] for record in found[DOUBT]}) is not agrees
    assert of_year.split(":")[0] not in PREFIXES, "the id of a sum is that of no row, so no finding names it as one"


def test_without_every_force_there_is_no_year(tables: Tables) -> None:
    assert set(summed(tables, forces=43)["period_type"]) == {"quarter"}
