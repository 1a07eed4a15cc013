"""The breakdown of every threat: the values that the Statement and ONS print, and what is never claimed."""

from typing import Any

import pytest
from handed import handed
from kit import FIGURE, Tables, day

from assets.answers.recorded import change_in_words
from assets.reconciled.threats.threat_breakdown import TOO_LARGE, threat_breakdown
from assets.tables.records import records
from schemas.codes import PRIORITY_THREATS, THREAT
from schemas.derive import columns
from schemas.registry import contract

MARCH_2023 = day("2023-03-31")
TOTAL = "total"
REQUIRED = """row_id, threat, scope, dimension, dimension_value, area_code, period_start, period_end, period_type, offences,
share_of_threat, share_of_vawg, share_of_all_recorded, per_day, rate_per_1000, rate_population, change_from, change_percent,
obs_status, caveats, release, inputs"""
KEY = "reconciled.threat_breakdown"


def total(tables: Tables, threat: str, scope: str, end: str = "2023-03-31") -> dict[str, Any]:
    return tables.row(KEY, threat=threat, scope=scope, dimension="total", period_end=day(end))


def test_the_breakdown_has_its_promised_columns() -> None:
    assert {name.strip() for name in REQUIRED.split(",")} <= set(columns(contract(KEY).model))


@pytest.mark.parametrize(
    ("threat", "offences", "share"),
    [("rasso", 103_135, 9.5), ("domestic_abuse", 400_213, 37.1), ("stalking_harassment", 436_196, 40.4)],
)
def test_shares_of_the_policing_collection_are_those_the_statement_prints(
    tables: Tables, threat: str, offences: int, share: float
) -> None:
    row = total(tables, threat, "policing_vawg")
    assert row["offences"] == offences and round(row["share_of_vawg"], 1) == share
    assert row["share_of_all_recorded"] is None and any("different scopes" in caveat for caveat in row["caveats"])


def test_all_vawg_is_2959_a_day_and_36_8_percent_up_with_the_breaks_named(tables: Tables) -> None:
    row = total(tables, "all_vawg", "policing_vawg")
    assert row["offences"] == 1_080_157 and round(row["per_day"]) == 2_959
    assert round(row["change_percent"], 1) == 36.8 and row["change_from"] == day("2019-03-31")
    assert row["obs_status"] == "series_broken" and row["share_of_all_recorded"] is None
    [said] = [caveat for caveat in row["caveats"] if "says nothing about crime" in caveat]
    for named in ("April 2020: Harassment by a former intimate partner", "April 2019", "Devon and Cornwall"):
        assert named in said
    assert "break:2020-04-ex-partner-stalking" in row["inputs"]


def test_other_windows_give_no_share_and_say_why(tables: Tables) -> None:
    """41,540 and 123,515 are of August 2022 to July 2023, for which no total is published."""
    for threat, offences in (("csae", 41_540), ("online", 123_515)):
        row = total(tables, threat, "policing_vawg", "2023-07-31")
        assert row["offences"] == offences and row["period_start"] == day("2022-08-01")
        assert row["share_of_vawg"] is None and row["share_of_all_recorded"] is None
        assert any("not published for this window" in caveat for caveat in row["caveats"])


def test_coercive_control_is_a_part_of_domestic_abuse(tables: Tables) -> None:
    row = tables.row(KEY, scope="policing_vawg", dimension="part", dimension_value="coercive_control")
    assert (row["threat"], row["offences"]) == ("domestic_abuse", 36_309)
    assert row["share_of_threat"] == pytest.approx(100 * 36_309 / 400_213)


def test_ons_values_of_the_year_ending_march_2023(tables: Tables) -> None:
    """Appendix tables, YE December 2025, Tables A5a and B9."""
    assert total(tables, "domestic_abuse", "ons_prc")["offences"] == 911_232
    stalking = total(tables, "stalking_harassment", "ons_prc")
    assert stalking["offences"] == 705_435
    assert stalking["share_of_all_recorded"] == pytest.approx(100 * 705_435 / 5_578_533)
    assert stalking["release"] == "ons_appendix@ye-2025-12"
    counts = {
        row["series"]: row["value"]
        for row in tables.rows(
            "recorded.offence_count", period_end=MARCH_2023, release="ye-2025-12", source="ons_appendix"
        )
    }
    assert counts["prc.a5a.total_excluding_fraud"] == 5_578_533
    assert counts["prc.a5a.sexual_offences"] == 194_773
    assert counts["prc.a5a.rape"] == 68_884
    assert counts["prc.a5a.stalking_and_harassment"] == 705_435


def test_every_priority_threat_stands_in_both_scopes(tables: Tables) -> None:
    for threat in PRIORITY_THREATS:
        scopes = {row["scope"] for row in tables.rows(KEY, threat=threat) if row["offences"] is not None}
        assert {"policing_vawg", "ons_prc"} <= scopes, threat


def test_arithmetic_holds_in_every_row(tables: Tables) -> None:
    rows = tables.rows(KEY)
    assert len(rows) > 500 and {row["threat"] for row in rows} <= set(THREAT) | {"all_vawg"}
    for row in rows:
        days = (row["period_end"] - row["period_start"]).days + 1
        assert (row["per_day"] is None) is (row["offences"] is None)
        if row["offences"] is not None:
            assert row["per_day"] == pytest.approx(row["offences"] / days)
        for name in ("share_of_threat", "share_of_vawg", "share_of_all_recorded"):
            assert row[name] is None or 0 <= row[name] <= 100, row["row_id"]


def test_shares_never_cross_scopes(tables: Tables) -> None:
    for row in tables.rows(KEY):
        if row["share_of_vawg"] is not None:
            assert row["scope"] == "policing_vawg"
        if row["share_of_all_recorded"] is not None:
            assert row["scope"] == "ons_prc"


def test_a_change_names_its_baseline_and_a_broken_one_its_breaks(tables: Tables) -> None:
    changed = [row for row in tables.rows(KEY) if row["change_percent"] is not None]
    assert changed
    for row in changed:
        assert row["change_from"] < row["period_end"]
        named = any("says nothing about crime" in caveat for caveat in row["caveats"])
        assert (row["obs_status"] == "series_broken") is named, row["row_id"]
    # Table P2, cell I17, of a count that was revised: that of the release before would make it +50.5%. The year to December 2017
    # is held of no release.
    lancashire = {"threat": "stalking_harassment", "dimension": "total", "area_code": "E23000003"}
    said = {
        "2019-06-30": ("printed", "+42.4% on the year to June 2018; counting changed"),
        "2018-12-31": ("printed", "+176.5% on the year to December 2017; counting changed"),
        "2024-12-31": ("computed", "+5.5% on the year to December 2023"),
    }
    for end, (change_source, begins) in said.items():
        row = tables.row(KEY, **lancashire, period_end=day(end))
        assert row["change_source"] == change_source and str(change_in_words(row)).startswith(begins)
    apart = tables.rows(KEY, change_source="other_release")
    assert apart and all("as another release has it" in str(change_in_words(row)) for row in apart)
    for row in tables.rows(KEY, change_percent=None):
        assert row["change_from"] is None and row["obs_status"] != "series_broken"


def test_rates_are_over_women_only_where_the_count_is_of_women(tables: Tables) -> None:
    rows = [row for row in tables.rows(KEY) if row["rate_per_1000"] is not None]
    assert rows
    for row in rows:
        assert any(one.startswith("population:") for one in row["inputs"]), row["row_id"]
        if row["scope"] == "policing_vawg":
            assert row["rate_population"].startswith(("women", "girls"))
    assert total(tables, "domestic_abuse", "ons_prc")["rate_population"] == "all persons"
    women = total(tables, "domestic_abuse", "policing_vawg")
    people = tables.row(
        "population.estimate", row_id=next(woman for woman in women["inputs"] if woman.startswith("population:"))
    )
    assert women["rate_population"] == "women aged 16 and over" and (people["sex"], people["age"]) == ("female", "16+")
    assert women["rate_per_1000"] == pytest.approx(1000 * 400_213 / people["value"])


def test_a_sum_with_a_class_that_is_not_held_is_missing_not_smaller(tables: Tables) -> None:
    for row in tables.rows(KEY, dimension="grouping"):
        incomplete = any("no figure held of" in caveat for caveat in row["caveats"])
        assert (row["offences"] is None) is incomplete, row["row_id"]
        assert (row["obs_status"] == "missing") is incomplete


def test_candidate_sets_are_called_so(tables: Tables) -> None:
    candidates = [
        row for row in tables.rows(KEY, dimension="grouping") if row["dimension_value"].startswith("candidate_")
    ]
    assert candidates and all(
        any("candidate of this project" in caveat for caveat in row["caveats"]) for row in candidates
    )


def test_an_offence_that_moves_to_another_code_is_not_counted_as_none(tables: Tables) -> None:
    """Appendix tables, YE December 2025, Table B2, note 2: 8R:008/71 is counted to 30 January 2024, and 0 printed after it."""
    rows = tables.rows(KEY, dimension_value="8R:008/71")
    noted = {
        row["period_end"]: [caveat for caveat in row["caveats"] if "only to 30 January 2024" in caveat] for row in rows
    }
    assert day("2023-03-31") in noted and max(noted) == day("2024-12-31")
    assert {end for end, said in noted.items() if said} == {day("2024-03-31"), day("2024-12-31")}


def test_a_change_says_what_it_may_be_of_besides_crime(tables: Tables) -> None:
    """ONS, Crime in England and Wales: year ending March 2021, section 1; Appendix tables, YE December 2025, Table B2."""

    def said(part: str, end: str) -> str:
        return " ".join(tables.row(KEY, dimension_value=part, area_code="K04000001", period_end=day(end))["caveats"])

    assert "coronavirus pandemic" in said("20A", "2022-03-31") and "coronavirus pandemic" in said("20A", "2021-03-31")
    assert "pandemic" not in said("20A", "2023-03-31")
    # 11,050 against a change of 984 in breaches of restraining orders, and of 12,221 in harassment.
    assert "11,050 offences of the class are assigned to no" in said("8L:008/31", "2025-12-31")
    assert "are assigned to no" not in said("8L:195/94", "2025-12-31")
    rest = tables.row(KEY, dimension_value="8L:unassigned", period_end=day("2025-12-31"))
    assert rest["change_percent"] is None and any("matter of recording" in caveat for caveat in rest["caveats"])


def test_homicide_is_counted_in_victims_and_mixed_with_no_offences(tables: Tables) -> None:
    rows = tables.rows(KEY, scope="homicide_index")
    assert rows
    for row in rows:
        assert "Counted in victims." in row["caveats"] and row["share_of_all_recorded"] is None


def test_every_count_is_that_of_its_newest_release(tables: Tables) -> None:
    """One row per figure: no vintage of a count is shown beside a newer one."""
    slots = [tuple(row[name] for name in contract(KEY).row_key) for row in tables.rows(KEY)]
    assert len(slots) == len(set(slots))


RELEASE = {
    "title": "synthetic", "publisher": "nobody", "vintage_order": 1, "held": False, "citation": "synthetic",
    **{name: FIGURE[name] for name in ("source", "release", "designation")},
}  # fmt: skip


@pytest.mark.slow
def test_a_copy_that_says_other_ages_does_not_stand_beside_the_count_of_the_publisher() -> None:
    code = {"scope": "ons_prc", "offence_code": "8Q", "offence": "Stalking", "level": "class"}
    copy = {"age": "13+", "source": "press", "release": "copy", "designation": "press_copy", "value": 90.0}
    member = {"offence_code": "8Q", "threat": "stalking_harassment", "grouping": "ons_a5a", "citation": "synthetic"}
    made = handed(
        threat_breakdown, offences=[FIGURE | code, FIGURE | code | copy], memberships=[member],
        releases=[RELEASE, RELEASE | {"source": "press", "release": "copy"}],
    )  # fmt: skip
    assert [(row["dimension"], row["offences"]) for row in records(made)] == [("grouping", 100), ("offence_code", 100)]


@pytest.mark.slow
def test_a_part_larger_than_its_whole_has_no_share_and_stops_nothing() -> None:
    """Where the newest total is doubted, the total of an older release stands beside parts that were revised since."""
    counts = [
        FIGURE | {"series": f"vawg.{part}", "scope": "policing_vawg", "threat": "rasso", "part": part, "value": value}
        for part, value in ((TOTAL, 100.0), ("larger", 101.0), ("smaller", 99.0))
    ]
    made = records(handed(threat_breakdown, vawg=counts, releases=[RELEASE]))
    shares = {row["dimension_value"]: row["share_of_threat"] for row in made}
    assert shares == {TOTAL: 100, "larger": None, "smaller": pytest.approx(99)}
    assert [row["dimension_value"] for row in made if TOO_LARGE in row["caveats"]] == ["larger"]
