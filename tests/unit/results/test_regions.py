"""Regional estimates beside the sums of their forces, SYNTHETIC figures over the tracked reference tables."""

from typing import Any

import pandas as pd
import pytest
from handed import handed
from kit import Tables, day, frame, takes_of
from test_estimates import PEOPLE, PREVALENCE, ROW
from test_forces import COUNT

from assets.reconciled.gap.assets import ASSETS
from assets.reconciled.gap.gap import judged_comparisons
from assets.reconciled.gap.regions import RegionCounts
from assets.reconciled.ground.reference_rows import Assumptions, CodeValidity, pairings
from assets.tables.conform import conform
from assets.tables.records import records
from schemas.registry import contract

Row = dict[str, Any]
NORTH_EAST, FORCES = "E12000001", ("E23000013", "E23000008", "E23000007")
QUARTERS = {
    2018: [("2017-04-01", "2017-06-30"), ("2017-07-01", "2017-09-30"), ("2017-10-01", "2017-12-31"),
           ("2018-01-01", "2018-03-31")],
    2022: [("2021-04-01", "2021-06-30"), ("2021-07-01", "2021-09-30"), ("2021-10-01", "2021-12-31"),
           ("2022-01-01", "2022-03-31")],
}  # fmt: skip
SYNTHETIC = [("ho_prc_pfa", "new"), ("ons_population", "people"), ("csew_sdg", "sdg")]


def counts(year: int, codes: tuple[str, ...], each: float = 10.0, without: tuple[Any, ...] = ()) -> list[Row]:
    """`each` offences per quarter, force and code of women; `without`: (force, place of a quarter) left out."""
    return [
        COUNT | {"series": f"prc.ho_pfa.{code}", "offence_code": code, "sex": "female", "area_code": force,
                 "period_start": day(start), "period_end": day(end), "period_type": "quarter", "value": each}
        for code in codes for force in FORCES for at, (start, end) in enumerate(QUARTERS[year]) if (force, at) not in without
    ]  # fmt: skip


def estimate(end: str, age: str, percent: float) -> Row:
    start = day(f"{int(end[:4]) - 1}-04-01")
    return ROW | PREVALENCE | {
        "series": f"csew.sexual_assault.old.{age}.prevalence", "topic": "sexual_assault", "age": age, "value": percent,
        "lower": percent - 0.05, "upper": percent + 0.05, "printed": str(percent), "area_code": NORTH_EAST,
        "period_start": start, "period_end": day(end), "source": "csew_sdg", "release": "sdg",
    }  # fmt: skip


def people(mid: str, age: str) -> Row:
    return PEOPLE | {"area_code": NORTH_EAST, "age": age, "value": 1_000_000.0, "period_start": day(mid), "period_end": day(mid),
                     "source": "ons_population", "release": "people"}  # fmt: skip


def releases(tables: Tables) -> pd.DataFrame:
    known = tables["meta.release"]
    like = known.iloc[[0]]
    more = [like.assign(source=source, release=release, vintage_order=20260101) for source, release in SYNTHETIC]
    return pd.concat([known, *more], ignore_index=True)


@pytest.fixture
def regional(tables: Tables) -> Any:
    """The rows of the gap for the North East."""

    def made(estimates: list[Row], population: list[Row], forces: list[Row]) -> list[Row]:
        takes = takes_of(ASSETS[0])
        tracked = {name: tables[key] for name, key in takes.items() if key.startswith(("reference.", "reconciled."))}
        given = {"estimates": estimates, "population": population, "forces": forces, "releases": releases(tables)}
        found = pd.DataFrame([one.row for one in handed(judged_comparisons, takes, **tracked, **given)])
        conformed = conform(found, contract("reconciled.gap"))
        return [row for row in records(conformed) if row["area_code"] == NORTH_EAST]

    return made


def test_a_region_is_set_against_the_sum_of_its_forces(regional: Any) -> None:
    """3 forces x 4 quarters x (19C, 19J, 20A) x 10 = 360 offences; 30% of a million women, 0.9725 of them in households."""
    forces = counts(2022, ("19C", "19J", "20A"))
    [row] = regional([estimate("2022-03-31", "16+", 30.0)], [people("2021-06-30", "16+")], forces)
    assert (row["pairing"], row["area_name"], row["verdict"]) == ("sexual_assault_women", "North East", "qualify")
    assert row["recorded"] == row["recorded_lower"] == row["recorded_upper"] == 360
    assert row["estimate"] == pytest.approx(0.30 * 1_000_000 * 0.9725)
    assert row["recorded_per_100"] == pytest.approx(100 * 360 / (0.30 * 1_000_000 * 0.9725))
    assert row["recorded_per_100_lower"] < row["recorded_per_100"] < row["recorded_per_100_upper"]
    rules = {rule["rule"]: rule for rule in row["rules"]}
    assert rules["GEO"]["result"] == "qualify" and "forces of North East" in rules["GEO"]["reason"]
    assert rules["SEX"]["result"] == "pass" and rules["COVER"]["result"] == "pass"
    assert any("British Transport Police" in said for said in row["caveats"])
    # Every quarter of every force, and the assumption on the region's share of the sample, lead back to their rows.
    assert sum(one.startswith("force:prc.ho_pfa.") for one in row["inputs"]) == 36
    assert f"assumption:region_sample_share.{NORTH_EAST}" in row["inputs"]


def test_a_small_sample_is_shown_with_its_width(regional: Any) -> None:
    """The publisher withholds on a base under 50 only; a published figure of a small sample stands with a wide interval."""
    [row] = regional(
        [estimate("2022-03-31", "16+", 3.0)], [people("2021-06-30", "16+")], counts(2022, ("19C", "19J", "20A"))
    )
    assert row["verdict"] == "qualify" and row["recorded"] == 360
    assert row["recorded_per_100_upper"] > 3 * row["recorded_per_100_lower"] > 0


def test_a_force_without_a_quarter_blocks_its_region_by_name(regional: Any) -> None:
    forces = counts(2022, ("19C", "19J", "20A"), without=((FORCES[1], 2),))
    [row] = regional([estimate("2022-03-31", "16+", 30.0)], [people("2021-06-30", "16+")], forces)
    rules = {rule["rule"]: rule for rule in row["rules"]}
    assert row["verdict"] == "block" and row["recorded"] is None and row["recorded_obs_status"] == "missing"
    assert rules["COVER"]["result"] == "block" and "Durham" in rules["COVER"]["reason"]
    assert "Cleveland" not in rules["COVER"]["reason"]


def test_a_code_that_no_force_has_is_said_and_no_force_is_blamed(regional: Any) -> None:
    [row] = regional([estimate("2022-03-31", "16+", 30.0)], [people("2021-06-30", "16+")], counts(2022, ("19C", "20A")))
    assert row["verdict"] == "block" and row["recorded"] is None
    assert {rule["rule"]: rule["result"] for rule in row["rules"]}["COVER"] == "pass"
    assert any("no figure of any of its forces is held of 19J" in said for said in row["caveats"])


def test_a_code_that_did_not_exist_yet_is_not_missing(regional: Any) -> None:
    """19J is in use from April 2019: in the year to March 2018 the count is 19C + 20A, and the row says so."""
    forces = counts(2018, ("19C", "20A"))
    [row] = regional([estimate("2018-03-31", "16-59", 30.0)], [people("2017-06-30", "16-59")], forces)
    assert row["recorded"] == 240
    assert any("19J was not in use before April 2019" in said for said in row["caveats"])


def test_without_counts_by_force_the_estimate_stands_alone_and_says_so(regional: Any) -> None:
    [row] = regional([estimate("2022-03-31", "16+", 30.0)], [people("2021-06-30", "16+")], [])
    assert row["verdict"] == "block" and "no count" in row["reason"] and row["estimate"] is not None


def test_without_a_regional_population_there_are_no_victims(regional: Any) -> None:
    [row] = regional([estimate("2022-03-31", "16+", 30.0)], [], counts(2022, ("19C", "19J", "20A")))
    assert row["verdict"] == "block" and row["estimate"] is None and "no estimate" in row["reason"]


def test_a_force_without_what_the_upper_end_adds_is_missing_and_not_nought(tables: Tables) -> None:
    """Rape (19C, 19J), up to sexual assault (20A): 240 to 360 offences; where Durham has no 20A, no end is known."""
    wanted = {pairing.key: pairing for pairing in pairings(tables["reference.pairing"])}["rape_or_penetration_women"]
    validity = CodeValidity.of_tables(tables["reference.offence"], tables["reference.series"])
    whole, rape, assault = (counts(2022, codes) for codes in (("19C", "19J", "20A"), ("19C", "19J"), ("20A",)))
    lacking = [*rape, *(row for row in assault if row["area_code"] != FORCES[1])]
    for forces, value, upper, missing in (
        (whole, 240, 360, ()),
        (lacking, None, None, ("Durham",)),
        (rape, None, None, ()),
    ):
        regions = RegionCounts(
            frame("recorded.force_count", forces), releases(tables), tables["reference.area"], validity,
            [wanted], Assumptions(tables["reference.assumption"]),
        )  # fmt: skip
        [period] = regions.periods(wanted, NORTH_EAST)
        count = regions.of(wanted, period, NORTH_EAST)
        assert count is not None
        assert (count.value, count.lower, count.upper, count.missing_forces) == (value, value, upper, missing)
        assert any("is held of 20A" in note for note in count.notes) == (forces is rape)


def test_counts_of_another_sex_or_flagged_offences_are_no_counts_of_the_pairing(tables: Tables) -> None:
    wanted = {pairing.key: pairing for pairing in pairings(tables["reference.pairing"])}
    validity = CodeValidity.of_tables(tables["reference.offence"], tables["reference.series"])
    both_sexes = [row | {"sex": "all"} for row in counts(2022, ("19C", "19J", "20A"))]
    regions = RegionCounts(
        frame("recorded.force_count", both_sexes), releases(tables), tables["reference.area"], validity,
        list(wanted.values()), Assumptions(tables["reference.assumption"]),
    )  # fmt: skip
    [period] = regions.periods(wanted["sexual_assault_women"], NORTH_EAST)
    count = regions.of(wanted["sexual_assault_women"], period, NORTH_EAST)
    assert count is not None and count.value is None and not count.missing_forces
    assert count.notes[0] == "no figure of any of its forces is held of 19C, 19J, 20A"
    assert regions.of(wanted["da_women"], period, NORTH_EAST) is None


def test_every_region_has_its_share_of_the_sample_and_they_make_the_whole(tables: Tables) -> None:
    """Unweighted respondents of the regions and Wales add up to 34,073 (CSEW open data, 2018 Q4)."""
    rows = {row["assumption"]: row for row in tables.rows("reference.assumption")}
    regions = [row["area_code"] for row in tables.rows("reference.area") if row["area_type"] == "region"]
    shares = [rows[f"region_sample_share.{code}"] for code in (*regions, "W92000004")]
    assert len(shares) == 10
    assert sum(row["lower"] for row in shares) == pytest.approx(0.85, abs=0.001)
    assert sum(row["upper"] for row in shares) == pytest.approx(1.15, abs=0.001)
