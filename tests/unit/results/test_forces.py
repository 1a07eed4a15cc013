"""Forces: quarters that are missing, corrections below nought, populations, funnel limits, and no counts at all."""

from typing import Any

import pandas as pd
import pytest
from handed import handed
from kit import day, frame, ye

from assets.reconciled import checks
from assets.reconciled.checks import parts_stay_within_their_threat
from assets.reconciled.forces.force_comparison import NO_RANKING, force_comparison
from assets.reconciled.ground.force_years import force_years
from assets.reconciled.ground.population import Populations
from assets.reconciled.threats.threat_breakdown import threat_breakdown
from assets.tables.checking import CheckOutcome
from assets.tables.conform import conform, validate
from assets.tables.records import records
from assets.words.wording import noted
from schemas.registry import contract

Row = dict[str, Any]
FORCES = {f"F{i}": f"Force {i}" for i in range(1, 8)}
QUARTERS = [("2017-04-01", "2017-06-30"), ("2017-07-01", "2017-09-30"), ("2017-10-01", "2017-12-31"),
            ("2018-01-01", "2018-03-31")]  # fmt: skip
COUNT = {
    "scope": "ons_prc", "sex": "all", "age": "all", "unit": "offences", "obs_status": "normal", "printed": "1",
    "designation": "not_accredited", "sheet": "1", "level": "class", "offence": "an offence", "source": "ho_prc_pfa",
    "release": "new",
}  # fmt: skip


def areas() -> pd.DataFrame:
    rows = [{"area_code": code, "name": name, "area_type": "police_force"} for code, name in FORCES.items()]
    rows += [
        {"area_code": "K04000001", "name": "England and Wales", "area_type": "country_group"},
        {"area_code": "E23000034", "name": "City of London", "area_type": "police_force"},
        {"area_code": "BTP", "name": "British Transport Police", "area_type": "special_force"},
        {"area_code": "R1", "name": "A region", "area_type": "region"},
        {"area_code": "C1", "name": "A partnership", "area_type": "community_safety_partnership"},
    ]
    return frame("reference.area", rows, citation="synthetic")


def memberships() -> pd.DataFrame:
    sets = [("stalking_and_harassment", "stalking_harassment", "published_total"), ("8L", "stalking_harassment", "ons_a5a"),
            ("8M", "stalking_harassment", "ons_a5a"), ("19C", "rasso", "ons_b10")]  # fmt: skip
    names = ("offence_code", "threat", "grouping")
    return frame("reference.offence_threat", [dict(zip(names, one, strict=True)) for one in sets], citation="synthetic")


def releases() -> pd.DataFrame:
    keys = [
        ("ho_prc_pfa", "old", 1),
        ("ho_prc_pfa", "new", 2),
        ("ons_pfa", "printed", 1),
        ("ons_population", "people", 1),
    ]
    rows = [{"source": source, "release": release, "vintage_order": order} for source, release, order in keys]
    about = {
        "title": "synthetic",
        "publisher": "nobody",
        "designation": "official",
        "held": False,
        "citation": "synthetic",
    }
    return frame("meta.release", rows, **about)


def quarter(code: str, area: str, values: list[float | None], **more: Any) -> list[Row]:
    return [
        COUNT | {"series": f"prc.ho_pfa.{code}", "offence_code": code, "area_code": area, "period_start": day(start),
                 "period_end": day(end), "period_type": "quarter", "value": value} | more
        for (start, end), value in zip(QUARTERS, values, strict=True) if value is not None
    ]  # fmt: skip


def printed(code: str, area: str, value: float, end: str = "2018-03-31") -> Row:
    period = ye(end)
    return COUNT | {
        "series": f"prc.pfa.{code}", "offence_code": code, "area_code": area, "period_start": period.start,
        "period_end": period.end, "period_type": "year", "value": value, "source": "ons_pfa", "release": "printed",
    }  # fmt: skip


def people(area: str, value: float, series: str = "population.mid_year", **more: Any) -> Row:
    return {
        "series": series, "sex": "all", "age": "all", "area_code": area, "period_start": day("2017-06-30"),
        "period_end": day("2017-06-30"), "period_type": "mid_year", "value": value, "unit": "persons", "obs_status": "normal",
        "designation": "official", "printed": "1", "source": "ons_population", "release": "people", "sheet": "1",
    } | more  # fmt: skip


def years_of(counts: list[Row]) -> list[Row]:
    years = force_years(frame("recorded.force_count", counts), releases(), areas(), ["8L"])
    return sorted(records(years), key=lambda year: str(year["area_code"]))


def compared(counts: list[Row], population: list[Row], ended: dict[str, str] | None = None) -> list[Row]:
    codes = [{"offence_code": code, "valid_from": None, "valid_to": day(last)} for code, last in (ended or {}).items()]
    made = handed(
        force_comparison, forces=counts, population=population, releases=releases(), memberships=memberships(), areas=areas(),
        codes=codes,
    )  # fmt: skip
    table = conform(made, contract("reconciled.force_comparison"))
    validate(table, contract("reconciled.force_comparison"))
    for check in (checks.missing_is_not_nought_in_a_force, checks.funnel_limits_are_in_order):
        assert check.look(table).passed, check.look(table).sentence()
    return records(table)


def broken_down(counts: list[Row], population: list[Row]) -> list[Row]:
    broken = {
        "break_id": "one", "date": day("2017-10-01"), "last_day": day("2017-10-01"), "what_changed": "a rule",
        "direction": "up", "breaks_change": True, "scope": "ons_prc", "threats": "", "kind": "rule",
        "series_pattern": "prc.a5a.stalking_and_harassment", "citation": "synthetic",
    }  # fmt: skip
    made = handed(
        threat_breakdown, population=population, releases=releases(), memberships=memberships(), areas=areas(),
        breaks=[broken], forces=counts,
    )  # fmt: skip
    table = conform(made, contract("reconciled.threat_breakdown"))
    validate(table, contract("reconciled.threat_breakdown"))
    assert parts_stay_within_their_threat.look(table).passed
    return records(table)


def one(rows: list[Row], **wanted: Any) -> Row:
    found = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    assert len(found) == 1, found
    return found[0]


def test_a_year_is_the_sum_of_four_quarters_and_a_correction_below_nought_counts() -> None:
    [year] = years_of(quarter("8L", "F1", [10, -3, 5, 8]))
    assert (year["value"], year["quarters"], year["obs_status"]) == (20, 4, "normal") and len(year["inputs"]) == 4


def test_three_quarters_are_no_year_and_a_year_below_nought_is_not_given() -> None:
    counts = (
        quarter("8L", "F1", [10, 3, 5, 8]) + quarter("8L", "F2", [10, None, 5, 8]) + quarter("8L", "F3", [0, 0, 0, -1])
    )
    _, three, below = years_of(counts)
    assert (three["area_code"], three["value"], three["quarters"], three["obs_status"]) == ("F2", None, 3, "missing")
    assert below["value"] is None and below["notes"][-1].startswith("the quarters add up to -1: corrections")


def test_each_quarter_is_of_its_newest_release_and_smaller_areas_are_left_out() -> None:
    counts = quarter("8L", "F1", [10, 3, 5, 8]) + quarter("8L", "F1", [1, 1, 1, 1], release="old")
    counts += quarter("8L", "C1", [1, 1, 1, 1])
    assert [(year["area_code"], year["value"]) for year in years_of(counts)] == [("F1", 26)]


@pytest.mark.slow
def test_shares_rates_and_changes_of_a_force_are_its_own() -> None:
    counts = [printed("stalking_and_harassment", "F1", 40), printed("all_crime_excluding_fraud", "F1", 400),
              printed("stalking_and_harassment", "F1", 32, "2017-03-31"), printed("stalking_and_harassment", "R1", 90),
              *quarter("8L", "F1", [6, 4, 5, 5]), *quarter("8M", "F1", [1, 0, 0, 1]),
              *quarter("8L", "F2", [1, 1, 1, None])]  # fmt: skip
    rows = broken_down(counts, [people("F1", 2000)])
    whole = one(rows, area_code="F1", dimension="total", period_end=day("2018-03-31"))
    assert whole["share_of_all_recorded"] == 10 and whole["rate_per_1000"] == 20 and whole["per_day"] == 40 / 365
    assert whole["change_percent"] == 25 and whole["obs_status"] == "series_broken" and "break:one" in whole["inputs"]
    assert one(rows, area_code="R1", dimension="total")["rate_per_1000"] is None
    group = one(rows, area_code="F1", dimension="grouping", dimension_value="ons_a5a")
    assert one(rows, area_code="F1", dimension="grouping", dimension_value="ons_b10")["obs_status"] == "missing"
    assert group["offences"] == 22 and len(group["inputs"]) == 9
    assert one(rows, area_code="F2", dimension="offence_code", dimension_value="8L")["offences"] is None


def test_a_printed_count_comes_before_a_sum_of_quarters() -> None:
    rows = compared([printed("8L", "F1", 40), *quarter("8L", "F1", [1, 1, 1, 1])], [])
    assert [(row["offences"], row["release"]) for row in rows] == [(40, "ons_pfa@printed")]


def test_forces_are_not_set_side_by_side_by_a_code_that_has_ended() -> None:
    counts = [printed(code, "F1", value) for code, value in (("8L", 40), ("8M", 0))]
    rows = compared(counts, [], {"8L": "2017-04-01", "8M": "2017-03-31"})
    assert [row["offence_code"] for row in rows] == ["8L"]


@pytest.mark.slow
def test_rates_are_over_women_where_the_code_is_of_women_and_they_are_held_for_all() -> None:
    female = {"sex": "female", "age": "16+"}
    counts = [row for area in FORCES for row in quarter("19C", area, [1, 1, 1, 1], **female)]
    both = [people(area, 1000) for area in FORCES] + [people(area, 400, **female) for area in FORCES]
    assert {row["rate_per_1000"] for row in compared(counts, both)} == {10}
    row = one(compared(counts, both[:-1]), area_code="F1")
    assert (row["rate_per_1000"], row["rate_population"]) == (4, "all persons, mid-2017")


def test_forces_side_by_side() -> None:
    values = {area: 100.0 + (-1) ** i * 5 for i, area in enumerate(FORCES)} | {"F7": 400.0}
    counts = [printed("8L", area, value) for area, value in values.items()]
    counts += [printed("8L", "BTP", 9), printed("8L", "E23000034", 3)]
    rows = compared(counts, [people(area, 1000) for area in FORCES] + [people("E23000034", 10)])
    far = one(rows, area_code="F7")
    assert far["position"].startswith("above the 9") and far["phi"] > 1 and NO_RANKING in far["caveats"]
    assert far["national_rate_per_1000"] == pytest.approx(1000 * sum(values.values()) / 7000)
    assert one(rows, area_code="F1")["position"] == "within the 95% limits"
    for area, reason in (("BTP", "no resident population"), ("E23000034", "ONS suppresses")):
        row = one(rows, area_code=area)
        assert row["offences"] is not None and row["rate_per_1000"] is None and row["position"] is None
        assert row["coverage"] == "printed as a whole year"  # it is compared with none
        assert any(reason in caveat for caveat in row["caveats"])
    assert far["forces_compared"] == 7 and list(far["forces_missing"]) == ["City of London"]
    assert "compared without City of London" in far["coverage"]


def test_of_a_count_that_is_doubted_it_is_not_said_that_none_is_printed() -> None:
    counts = [printed("8L", area, 100.0) for area in FORCES]
    counts[0] |= {"doubt": "Does not agree."}
    row = one(compared(counts, [people(area, 1000) for area in FORCES]), area_code="F1")
    assert (row["offences"], row["obs_status"]) == (None, "doubted")
    assert row["coverage"].startswith("the published count contradicts other published figures and is withheld")


def test_too_few_forces_have_no_limits() -> None:
    row = compared([printed("8L", "F1", 10)], [people("F1", 1000)])[0]
    assert row["rate_per_1000"] == 10 and row["position"] is None
    assert any("fewer than 5 forces" in caveat for caveat in row["caveats"])


def test_where_few_offences_are_expected_there_are_no_limits() -> None:
    """One offence, where none is recorded elsewhere, is as often chance as not: 0.1 are expected of F1, 10 of the large F7."""
    counts = [printed("8L", area, value) for area, value in zip(FORCES, (1, 0, 0, 0, 0, 0, 9.6), strict=True)]
    rows = compared(counts, [people(area, 100_000 if area == "F7" else 1_000) for area in FORCES])
    small, large = one(rows, area_code="F1"), one(rows, area_code="F7")
    assert small["rate_per_1000"] == 1 and small["limit_998_upper"] is None and small["position"] is None
    assert any("fewer than 10 offences are expected" in caveat for caveat in small["caveats"])
    assert small["national_rate_per_1000"] == large["national_rate_per_1000"] == pytest.approx(0.1)
    assert large["position"] == "within the 95% limits" and NO_RANKING in large["caveats"]


def test_without_counts_by_force_there_are_no_rows() -> None:
    assert compared([], []) == []


def test_a_rate_without_ground_is_found() -> None:
    table = pd.DataFrame([{"row_id": "x", "quarters_held": 3, "offences": 5.0, "rate_per_1000": None, "area_code": "F1",
                           "population": None}])  # fmt: skip
    outcome: CheckOutcome = checks.missing_is_not_nought_in_a_force.look(table)
    assert not outcome.passed and "3 quarters" in outcome.sentence()


def test_households_and_rounded_populations_never_stand_for_the_estimate() -> None:
    rows = [people("K04000001", 1000), people("K04000001", 1100, "population.pfa_table"),
            people("K04000001", 450, "population.pfa_table_households", unit="households")]  # fmt: skip
    population = Populations(frame("population.estimate", rows)).within(ye("2018-03-31"), "all", "all", "K04000001")
    assert population is not None and population.persons == 1000


def test_a_note_that_its_file_explains_nowhere_is_no_caveat() -> None:
    """As of a table that was saved alone: it has the numbers of its notes and none of their texts."""
    notes = ["[note 1] (no such note in the file)", "[note 12] (no such note in the file) [note 3] Based on mid-2017."]
    assert noted(notes) == ["Noted: [note 3] Based on mid-2017."]
    row = printed("8L", "F1", 5) | {"notes": notes[0]}
    made = compared([row], [])
    assert [said for said in made[0]["caveats"] if "Noted" in said] == []
