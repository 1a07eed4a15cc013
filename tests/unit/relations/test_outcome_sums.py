"""All outcomes of the offences of a year, SYNTHETIC, and the offences that Table A5a prints for it."""

import pandas as pd
import pytest
from kit import Tables, day, frame
from relation_kit import figures_of, held, made, to_march

from assets.archive.findings.table import PREFIXES
from assets.recorded.tidy import outcome_counts
from assets.relations.tables import DOUBT, RELATION, SUMMED, outcome_sums

QUARTERS = (
    ("2018-04-01", "2018-06-30"), ("2018-07-01", "2018-09-30"), ("2018-10-01", "2018-12-31"), ("2019-01-01", "2019-03-31"),
)  # fmt: skip


def landed(tables: Tables, more: float = 0, forces: int = 44) -> pd.DataFrame:
    """Three outcomes and two without one for every force and quarter, of which one cell holds so many more."""
    areas = tables["reference.area"]
    rows = [
        {"area_code": area, "period_start": day(start), "period_end": day(end), "outcome_type": kind, "value": value}
        for area in areas[areas["area_type"].str.endswith("force")]["area_code"][:forces]
        for start, end in QUARTERS
        for kind, value in (("1", 3), ("0", 2))
    ]
    rows[0]["value"] += more
    return frame(
        "archive.landed_outcome", rows, series="prc.ho_outcomes.for_offences_recorded", offence_code="8Q", sheet="x",
        source="ho_prc_pfa", release="rolling-years-to-2018-12",
    )  # fmt: skip


def summed(tables: Tables, more: float = 0, forces: int = 44) -> pd.DataFrame:
    """All of them, by class, force and quarter."""
    outcomes = landed(tables, more, forces)
    return outcome_sums(outcomes[list(SUMMED)], tables["reference.offence"], tables["reference.area"])


@pytest.mark.long
@pytest.mark.parametrize(("more", "agrees"), [(0, True), (20, True), (400, False)])
def test_all_outcomes_of_a_year_make_its_offences(tables: Tables, more: float, agrees: bool) -> None:
    sums = summed(tables, more)
    assert len(sums) == 44 * len(QUARTERS) + 1 and sums["value"].sum() == 2 * (44 * 4 * 5 + more)
    appendix = {"source": "ons_appendix", "release": "ye-2025-12"}
    year = made(tables, ("prc.a5a.8Q", "K04000001", 880), **appendix, **to_march(2019))
    figures = figures_of(year)
    found = held(tables, pd.concat([figures, sums], ignore_index=True))
    [row] = [row for row in found[RELATION] if row["relation"] == "outcomes_of_all_offences"]
    assert row["found"] == 880 + more and row["agrees"] is agrees
    of_year = "outcome_sum:8Q:K04000001:2018-04-01..2019-03-31:ho_prc_pfa@rolling-years-to-2018-12"
    assert (of_year in {record["figure"] for record in found[DOUBT]}) is not agrees
    assert of_year.split(":")[0] not in PREFIXES, "the id of a sum is that of no row, so no finding names it as one"


@pytest.mark.parametrize("apart", ["period_end", "outcome_type"])
def test_sheets_that_part_a_release_part_no_sum(tables: Tables, apart: str) -> None:
    whole, outcomes = summed(tables), landed(tables)
    outcomes["sheet"] = (outcomes[apart] > outcomes[apart].min()).map({False: "Q1", True: "Q2 to Q4"})
    sums = outcome_sums(outcomes[list(SUMMED)], tables["reference.offence"], tables["reference.area"])
    assert sums["row_id"].is_unique and set(sums["sheet"]) == {"Q1, Q2 to Q4"}
    assert sums.drop(columns="sheet").equals(whole.drop(columns="sheet"))


def test_without_every_force_there_is_no_year(tables: Tables) -> None:
    assert set(summed(tables, forces=43)["period_type"]) == {"quarter"}


def test_an_outcome_is_doubted_where_the_sum_that_it_goes_to_is(tables: Tables) -> None:
    outcomes = landed(tables)
    first = summed(tables)["row_id"].iloc[0]
    figure = frame(
        "archive.doubt", [{"figure": first, "reason": "Does not agree."}, {"figure": "count:x", "reason": "No."}]
    )
    made_of = outcome_counts(outcomes, figure)
    area, start = (
        made_of.loc[made_of["doubt"].notna(), name].unique().tolist() for name in ("area_code", "period_start")
    )
    assert len(area) == len(start) == 1 and area[0] in first and str(start[0]) in first
    assert made_of["doubt"].dropna().tolist() == ["Does not agree."] * 2
    assert outcome_counts(outcomes, figure.head(0))["doubt"].isna().all()
