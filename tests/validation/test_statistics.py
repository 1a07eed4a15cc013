"""Values that the tables of overlaps, change, bridge, funnel and target must show, each from its publication."""

import pytest
from kit import Tables, day

THREE = "rasso|domestic_abuse|stalking_harassment"
FOUR = "sexual_harassment|domestic_abuse|non_da_sexual_assault|non_da_stalking"


def union(tables: Tables, sets: str, reading: str, precision: str = "rounding", **more: object) -> dict[str, object]:
    return tables.row("reconciled.union_bound", sets=sets, reading=reading, precision=precision, **more)


def test_the_three_threats_of_the_statement_together(tables: Tables) -> None:
    flag = union(tables, THREE, "da_flag")
    assert (flag["lower"], flag["upper"]) == pytest.approx((705_980, 711_014), abs=1)
    assert union(tables, THREE, "da_flag", "as_printed")["lower"] == pytest.approx(708_497, abs=0.5)
    plain = union(tables, THREE, "as_stated")
    assert (plain["lower"], plain["upper"]) == pytest.approx((634_301, 741_439), abs=1)


def test_the_nine_threats_are_limited_only_if_the_total_holds_them(tables: Tables) -> None:
    nine = tables.rows("reconciled.union_bound", set_count=9, precision="rounding")
    by_reading = {row["reading"]: (row["lower"], row["upper"], row["status"]) for row in nine}
    assert by_reading["as_stated"] == (pytest.approx(634_301, abs=1), None, "half_bounded")
    assert by_reading["da_flag_and_total_holds_nine"] == (pytest.approx(705_980, abs=1), 1_080_157, "bounded")


def test_the_four_survey_types_of_the_statement(tables: Tables) -> None:
    # As printed: 2.0 to 4.95 million women.
    printed = union(tables, FOUR, "as_stated", "as_printed")
    assert (printed["lower"], printed["upper"]) == (2_000_000, 4_950_000)
    # With rounding, and harassment also as 8% of women in households (share 0.955 to 0.99): 1.81 to 5.18 million.
    rounded = union(tables, FOUR, "harassment_8_percent")
    assert (rounded["lower"], rounded["upper"]) == pytest.approx((1_811_000, 5_183_000), abs=1_000)
    # '2 million' alone is rounded to the million.
    alone = union(tables, FOUR, "as_stated")
    assert (alone["lower"], alone["upper"]) == (1_500_000, 5_555_000)


def test_the_statement_reads_in_two_ways_that_cannot_both_hold(tables: Tables) -> None:
    conflicts = tables.rows("reconciled.union_bound", status="conflict")
    by_reading = {row["reading"]: row["conflict"] for row in conflicts}
    assert set(by_reading) == {"da_flag_and_partner_is_da", "as_if_one_window"}
    assert [name.rsplit(": ", 1)[1] for name in by_reading["da_flag_and_partner_is_da"]] == ["103,135", "30%", "38%"]
    assert {name.rsplit(": ", 1)[1] for name in by_reading["as_if_one_window"]} == {
        "436,196",
        "123,515",
        "85%",
        "1 in 5",
    }


def test_the_depth_of_overlap_of_the_combined_measure(tables: Tables) -> None:
    # Women, YE March 2024: (9.5 + 3.4 + 4.0 - 14.0) / (9.5 + 3.4 + 4.0 - 9.5) = 0.39, by rounding 0.37 to 0.41.
    sets = "domestic_abuse|sexual_assault|stalking"
    row = union(tables, sets, "as_stated", system="survey_combined_women", period_end=day("2024-03-31"))
    assert (row["overlap_depth_lower"], row["overlap_depth_upper"]) == pytest.approx((0.370, 0.413), abs=0.001)
    later = union(tables, sets, "as_stated", system="survey_combined_women", period_end=day("2025-03-31"))
    assert later["overlap_depth_lower"] is None


def test_what_is_known_of_pairs(tables: Tables) -> None:
    def pair(
        first: str, second: str, reading: str = "as_stated", system: str = "policing_2022_23"
    ) -> dict[str, object]:
        return tables.row("reconciled.threat_overlap", system=system, first=first, second=second, reading=reading)

    half = pair("domestic_abuse", "stalking_harassment")
    assert (half["share_of_first_lower"], half["share_of_first_upper"]) == (49.5, 50.5)
    assert pair("rasso", "stalking_harassment")["overlap_upper"] == 0
    assert pair("coercive_control", "domestic_abuse")["overlap_lower"] == 36_309
    ons = tables.row(
        "reconciled.threat_overlap", system="ons_flags", first="domestic_abuse", second="sexual_offences",
        reading="as_stated", period_end=day("2023-03-31"),
    )  # fmt: skip
    # Table B9: 33,826 sexual offences of YE March 2023 flagged, 17.4% of 194,773.
    assert (ons["overlap_lower"], ons["overlap_upper"]) == (33_826, 33_826)
    assert ons["share_of_second_lower"] == pytest.approx(17.3669, abs=1e-3)


def test_the_flag_on_rasso_is_incomplete_if_read_as_the_flag(tables: Tables) -> None:
    row = tables.row("reconciled.flag_check", check="partner_rasso_within_da_flag")
    assert row["result"] == "contradict"
    assert row["completeness_upper"] == pytest.approx(30.5 / 37.5)
    results = {record["result"] for record in tables.rows("reconciled.flag_check", scope="ons_prc")}
    assert results == {"agree"}


def test_the_rise_of_37_percent_comes_out_with_its_breaks(tables: Tables) -> None:
    row = tables.row("reconciled.trend", series="vawg.total")
    assert row["change_percent"] == pytest.approx(36.8, abs=0.05)
    assert (row["before"], row["after"]) == (789_703, 1_080_157)
    assert row["obs_status"] == "series_broken"
    assert row["p_value"] is row["fold_lower"] is None
    assert {"2020-04-coercive-control-8u", "2020-04-ex-partner-stalking", "2022-11-devon-and-cornwall-policing"} <= set(
        row["breaks"]
    )
    assert "2018-04-conduct-crimes" not in row["breaks"]


def test_no_change_is_tested_across_a_break_without_a_model(tables: Tables) -> None:
    rows = tables.rows("reconciled.trend")
    assert 2_000 < len(rows) < 8_000
    left_out = {
        fact["row_id"]: (fact["series"], fact["period_start"], fact["period_end"], fact["leaves_out"])
        for table in ("survey.estimate", "recorded.offence_count", "recorded.flagged_count", "recorded.vawg_count")
        for fact in tables.rows(table)
    }
    across_coverage = unassigned_ones = 0
    for row in rows:
        windows = ((row["from_start"], row["from_end"]), (row["to_start"], row["to_end"]))
        sides = [left_out[one] for one in row["inputs"] if one in left_out]
        covered = {said for series, *window, said in sides if series == row["series"] and tuple(window) in windows}
        unlike, unassigned = len(covered) > 1, row["series"].endswith(".unassigned")
        across_coverage += unlike
        unassigned_ones += unassigned
        if (
            unlike or unassigned
        ):  # one total leaves out a force that the other holds, or recording alone: no change, no test
            assert row["verdict"] == "block" and ("leaves out" if unlike else "of recording") in row["reason"]
            assert (
                row["method"] is row["p_value"] is row["change_percent"] is row["change_points"] is row["fold"] is None
            )
        if not row["breaks"]:  # of those with breaks a check of each refresh speaks
            assert row["verdict"] == ("block" if unlike or unassigned else "qualify")
    assert across_coverage and unassigned_ones


def test_age_bases_and_questions_are_never_mixed(tables: Tables) -> None:
    series = {row["series"]: row["age"] for row in tables.rows("reconciled.trend", family="survey")}
    assert all(f".{age}." in name for name, age in series.items())
    blocked = tables.rows("reconciled.trend", family="survey", verdict="block")
    assert all(row["change_percent"] is row["change_points"] is None for row in blocked)


def test_partner_abuse_is_bridged_for_its_two_years(tables: Tables) -> None:
    # Told the police: 13.3% (YE March 2022) and 18.9% (YE March 2023), ONS, Partner abuse in detail.
    rows = tables.rows("reconciled.reporting_bridge", bridge="partner_abuse", multiplier=1.0)
    assert [row["told_percent"] for row in rows] == pytest.approx([13.3, 18.9])
    assert [row["recorded"] for row in rows] == [910_976, 911_232]
    assert all(row["closing_lower"] < row["closing"] < row["closing_upper"] for row in rows)


def test_face_to_face_incidents_are_bridged_by_their_own_share(tables: Tables) -> None:
    # UK SDG 16.3.1: 50.0% of domestic violence incidents of 2022/23.
    rows = tables.rows(
        "reconciled.reporting_bridge", bridge="domestic_violence_incidents", verdict="qualify", multiplier=1.0
    )
    assert [row["period_end"].year for row in rows] == [2016, 2017, 2018, 2019, 2020, 2023]
    assert rows[-1]["told_percent"] == pytest.approx(50.0, abs=0.05)
    for row in tables.rows("reconciled.reporting_bridge"):
        if row["unit"] == "victims" and "since_16" in row["bridge"]:
            assert row["verdict"] == "block"
            assert "window" in row["reason"]


def test_the_funnel_of_domestic_abuse(tables: Tables) -> None:
    def step(year: int, origin: str, to: str, figure: str = "counts") -> dict[str, object]:
        return tables.row(
            "reconciled.attrition", threat="domestic_abuse", period_end=day(f"{year}-03-31"), from_stage=origin,
            to_stage=to, figure=figure,
        )  # fmt: skip

    assert step(2025, "charged", "prosecuted")["per_100"] == pytest.approx(102.0, abs=0.05)
    assert step(2025, "prosecuted", "convicted")["per_100"] == pytest.approx(74.7, abs=0.05)
    # The Statement's 4.4% is 76.4% of 51,288 prosecutions over the 889,918 offences of the first release.
    convicted = step(2023, "recorded", "convicted", "implied")
    assert 100 * convicted["to_count"] / 889_918 == pytest.approx(4.4, abs=0.05)
    assert convicted["per_100"] == pytest.approx(4.3, abs=0.05)


def test_the_target_never_claims_progress(tables: Tables) -> None:
    row = tables.row("reconciled.target", sex="female", baseline_end=day("2024-03-31"), period_end=day("2025-03-31"))
    assert (row["baseline"], row["observed"]) == (14.0, 12.8)
    assert row["required"] == pytest.approx(14.0 * 0.5**0.1)
    assert row["verdict"] == "block"
    assert "No claim of progress" in row["reason"]
    last = tables.row("reconciled.target", sex="female", baseline_end=day("2024-03-31"), period_end=day("2034-03-31"))
    assert (last["required"], last["required_straight"]) == pytest.approx((7.0, 7.0))
    for record in tables.rows("reconciled.target"):
        assert record["detectable_least"] < record["detectable_most"]
        assert (record["observed"] is None) == (record["interval_source"] is None)
