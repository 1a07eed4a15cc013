"""The count matched to the interviews by quarters: which figures it is made from, what is left out, and when there is none."""

import dataclasses
import datetime
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from kit import COUNTED, PAIRING, WOMEN_AMONG_FLAGGED, Tables, day, frame, takes_of, ye

from assets.reconciled.gap.assets import ASSETS
from assets.reconciled.gap.counts import RecordedCounts
from assets.reconciled.gap.gap import gap
from assets.reconciled.gap.recall_count import RecallCounts
from assets.reconciled.ground.comparison import Fieldwork
from assets.reconciled.ground.reference_rows import ALWAYS, FULL_YEAR, Assumptions, CodeValidity
from assets.recorded.parts_of_year import PartsOfYear, month_after, window_from
from assets.tables.records import records

YEAR = ye("2023-03-31", "survey_year")
ENDS = ("2022-03-31", "2022-06-30", "2022-09-30", "2022-12-31", "2023-03-31")
ONE = dataclasses.replace(PAIRING, recorded_series=("prc.a5a.8Q",))
FORCES = [f"E230000{at:02}" for at in range(20)]
NAMES = {code: f"Force {code}" for code in FORCES}
HALF = Fieldwork(tuple(range(6, 12)), 1.0, None, None)


def rolling(*values: float, series: str = "prc.a5a.8Q") -> list[dict[str, Any]]:
    """Printed rolling years that end with the five quarters of the kernel."""
    years = [ye(end) for end in ENDS]
    return [
        {"series": series, "period_start": period.start, "period_end": period.end, "value": float(value)}
        for period, value in zip(years, values, strict=True)
    ]


def parts(series: str, months: int, values: list[float | None], **more: Any) -> list[dict[str, Any]]:
    """Consecutive months or quarters from April 2021 on."""
    kind = {1: "month", 3: "quarter"}[months]
    made = []
    for at, value in enumerate(values):
        start, end = window_from(month_after(datetime.date(2021, 4, 1), at * months), months)
        if value is not None:
            made.append(
                {"series": series, "period_start": start, "period_end": end, "period_type": kind, "value": value} | more
            )
    return made  # fmt: skip


def matched(
    national: list[dict[str, Any]],
    by_force: list[dict[str, Any]] | None = None,
    shares: list[dict[str, Any]] | None = None,
    validity: CodeValidity = ALWAYS,
) -> RecallCounts:
    known = frame("reference.assumption", [{"assumption": "a", "lower": 1.0, "upper": 1.0}], unit="u", applies_to="x",
                  reason="r", citation="c")  # fmt: skip
    table = frame("recorded.offence_count", national or [{"series": "prc.a5a.other"}], **COUNTED)
    share = frame("recorded.share", shares or [{"value": 1.0, "lower": 1.0, "upper": 1.0}], **WOMEN_AMONG_FLAGGED)
    counts = RecordedCounts([table], share if shares else share.head(0), Assumptions(known), validity)
    force = records(frame("recorded.force_count", by_force, **COUNTED)) if by_force else []
    return RecallCounts(counts, PartsOfYear(records(table), force, FORCES), NAMES)


def test_printed_rolling_years_are_weighted_by_both_readings() -> None:
    """(1, 2, 2, 2, 1) / 8 and (2, 3, 3, 3, 1) / 12 of 800, 880, 960, 1040, 1120: 960 and 940."""
    count = matched(rolling(800, 880, 960, 1040, 1120)).of(ONE, YEAR, FULL_YEAR)
    assert count is not None
    first = Fraction(800 + 2 * (880 + 960 + 1040) + 1120, 8)
    second = Fraction(2 * 800 + 3 * (880 + 960 + 1040) + 1120, 12)
    assert (first, second) == (960, Fraction(11360, 12))
    assert (count.lower, count.upper) == pytest.approx((float(second), float(first)))
    assert count.value == pytest.approx(float(first + second) / 2)
    assert (count.period.start, count.period.end) == (day("2021-04-01"), day("2023-03-31")) and len(count.inputs) == 5
    assert count.matched is not None and "March 2022 (printed)" in count.matched and "947 and 960" in count.matched


def test_months_and_quarters_make_the_rolling_years_that_are_not_printed() -> None:
    """Months of 10 offences in the first year and 20 in the second; the printed March years stand."""
    months = parts("prc.a5b.8Q", 1, [10.0] * 12 + [20.0] * 12)
    march = [row for row in rolling(120, 0, 0, 0, 240) if row["value"]]
    count = matched(march + months).of(ONE, YEAR, FULL_YEAR)
    assert count is not None and count.upper == pytest.approx((120 + 2 * (150 + 180 + 210) + 240) / 8)
    assert "June 2022 (sum of 12 months)" in str(count.matched)
    flagged = dataclasses.replace(PAIRING, recorded_series=("prc.b9.all_offences",))
    quarters = parts("prc.e2.all_offences", 3, [30.0] * 4 + [60.0] * 4)
    count = matched(quarters).of(flagged, YEAR, FULL_YEAR)
    assert count is not None and count.upper == pytest.approx((120 + 2 * (150 + 180 + 210) + 240) / 8)


@pytest.mark.slow
@pytest.mark.parametrize("lost", range(5))
def test_a_rolling_year_that_is_not_held_leaves_no_matched_count_unless_it_has_no_weight(lost: int) -> None:
    rows = rolling(800, 880, 960, 1040, 1120)
    rows.pop(lost)
    assert matched(rows).of(ONE, YEAR, FULL_YEAR) is None
    half = matched(rows).of(ONE, YEAR, HALF)
    assert (half is not None) == (lost < 2), "interviews from October on look back to October"
    if half is not None:
        assert half.period.start == day("2021-10-01") and half.upper == pytest.approx((960 + 2 * 1040 + 1120) / 4)


def by_force(values: list[float | None], forces: list[str] = FORCES) -> list[dict[str, Any]]:
    return [row for area in forces for row in parts("prc.ho_pfa.8Q", 3, values, area_code=area)]


def test_all_forces_add_up_to_the_national_count() -> None:
    count = matched([], by_force([1.0, 2, 3, 4, 5, 6, 7, 8])).of(ONE, YEAR, FULL_YEAR)
    kernel = Fraction(1 * 1 + 3 * 2 + 5 * 3 + 7 * 4 + 7 * 5 + 5 * 6 + 3 * 7 + 1 * 8, 8)
    assert count is not None and count.upper == pytest.approx(float(20 * kernel)) and count.missing_forces == ()
    assert len(count.inputs) == 20 * 8 and "sum of 20 police forces" in str(count.matched)


def test_a_force_with_a_missing_quarter_is_left_out_throughout_and_named() -> None:
    """Missing is not nought: the other nineteen are added, in every quarter, and the row names the force."""
    rows = by_force([1.0] * 8, FORCES[1:]) + by_force([1.0, 1, 1, None, 1, 1, 1, 1], FORCES[:1])
    count = matched([], rows).of(ONE, YEAR, FULL_YEAR)
    assert count is not None and count.value == pytest.approx(19 * 4)
    assert count.missing_forces == (NAMES[FORCES[0]],)


def test_too_few_forces_are_no_count_of_england_and_wales() -> None:
    assert matched([], by_force([1.0] * 8, FORCES[:17])).of(ONE, YEAR, FULL_YEAR) is None
    assert matched([], by_force([1.0] * 8, FORCES[:18])).of(ONE, YEAR, FULL_YEAR) is not None


def test_a_code_that_did_not_exist_yet_makes_no_matched_count() -> None:
    later = CodeValidity({"8Q": (datetime.date(2030, 1, 1), None)}, {"prc.a5a.8Q": "8Q"})
    assert matched([], by_force([1.0] * 8), validity=later).of(ONE, YEAR, FULL_YEAR) is None


def test_a_female_share_of_both_years_is_applied_with_its_interval() -> None:
    women = dataclasses.replace(ONE, sex="female", female_share=WOMEN_AMONG_FLAGGED["series"])
    held = []
    for end, value in (("2022-03-31", 74.0), ("2023-03-31", 72.0)):
        period = ye(end)
        held.append({"period_start": period.start, "period_end": period.end, "value": value, "lower": value - 0.05,
                     "upper": value + 0.05})  # fmt: skip
    count = matched(rolling(800, 800, 800, 800, 800), shares=held).of(women, YEAR, FULL_YEAR)
    assert count is not None and count.female_share_applied and count.sex == "female"
    assert (count.lower, count.upper) == pytest.approx((800 * 0.7195, 800 * 0.7405)) and count.value == pytest.approx(
        584
    )
    assert matched(rolling(1, 1, 1, 1, 1), shares=held[1:]).of(women, YEAR, FULL_YEAR) is None, "a share is not held"


def test_a_code_that_may_belong_raises_the_upper_side_only() -> None:
    wide = dataclasses.replace(ONE, recorded_upper_series=("prc.a5a.20A",))
    rows = rolling(800, 800, 800, 800, 800) + rolling(*[80] * 5, series="prc.a5a.20A")
    count = matched(rows).of(wide, YEAR, FULL_YEAR)
    assert count is not None and (count.value, count.lower, count.upper) == (800, 800, 880)


def test_the_tracked_figures_hold_the_quarters_of_the_survey_year_to_march_2025(tables: Tables) -> None:
    """8Q, newest vintage of each: 128,829; 131,170; 132,747; 134,648; 135,628 (Table A5a, YE June to December 2025)."""
    years = (128_829, 131_170, 132_747, 134_648, 135_628)
    row = tables.row(
        "reconciled.gap", pairing="stalking_8q", period_end=day("2025-03-31"), period_match="recall_quarters"
    )
    first = (years[0] + 2 * sum(years[1:4]) + years[4]) / 8
    second = (2 * years[0] + 3 * sum(years[1:4]) + years[4]) / 12
    assert (row["recorded_lower"], row["recorded_upper"]) == pytest.approx((second, first))
    plain = tables.row("reconciled.gap", pairing="stalking_8q", period_end=day("2025-03-31"), period_match="plain")
    assert plain["recorded"] == 135_628 and plain["estimate"] == row["estimate"]
    assert sum(one.startswith("count:prc.a5a.8Q") for one in row["inputs"]) == 5
    assert not tables.rows("reconciled.gap", pairing="stalking_8q", period_end=day("2025-03-31"), period_match="recall")


def test_every_recall_match_says_what_it_was_made_from(tables: Tables) -> None:
    rows = tables.rows("reconciled.gap", period_match="recall_quarters")
    assert {row["pairing"] for row in rows} >= {"da_all", "stalking_8q", "harassment", "sexual_assault_women"}
    for row in rows:
        assert any("weighted by the recall window of the interviews; the two" in caveat for caveat in row["caveats"])
        assert row["recorded_lower"] < row["recorded_upper"], "two readings of twelve months"
        period = next(rule for rule in row["rules"] if rule["rule"] == "PERIOD")
        assert period["result"] == "qualify" and "quarters are weighted" in period["reason"]


def gap_with(tables: Tables, forces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The gap of the tracked figures with counts of 8Q by force and quarter beside them."""
    frames = {name: tables[key] for name, key in takes_of(ASSETS[0]).items()}
    release = {"source": "ho_prc_pfa", "release": "ho", "vintage_order": 1}
    about = {"title": "t", "publisher": "p", "designation": "official", "held": False, "licence": "l", "citation": "c"}
    frames["releases"] = pd.concat([frames["releases"], frame("meta.release", [release], **about)])
    frames["forces"] = frame("recorded.force_count", forces, **COUNTED | {"source": "ho_prc_pfa", "release": "ho"})
    made = gap(**frames)
    wanted = made[(made["pairing"] == "stalking_8q") & (made["period_end"] == day("2023-03-31"))]
    return wanted.astype("object").where(wanted.notna(), None).to_dict("records")


@pytest.mark.parametrize("lost", [False, True])
def test_landed_quarters_by_force_match_the_year_to_march_2023(tables: Tables, lost: bool) -> None:
    """8Q by force and quarter, synthetic; stalking of YE March 2023 has eight months of interviews."""
    areas = {row["area_code"]: row["name"] for row in tables.rows("reference.area")
             if row["area_type"] in ("police_force", "special_force")}  # fmt: skip
    quarters = [500.0, 520, 540, 560, 580, 600, 620, 640]
    rows = [row for area in areas for row in parts("prc.ho_pfa.8Q", 3, quarters, area_code=area)]
    first = min(areas)
    if lost:
        rows = [row for row in rows if (row["area_code"], row["period_start"]) != (first, day("2022-10-01"))]
    by_match = {row["period_match"]: row for row in gap_with(tables, rows)}
    assert set(by_match) == {"plain", "recall_quarters"}
    row, plain = by_match["recall_quarters"], by_match["plain"]
    weights = (9, 27, 36, 40, 39, 21, 12, 8)  # the printed kernel of these eight months, over 48
    of_forces = Fraction(sum(w * int(q) for w, q in zip(weights, quarters, strict=True)), 48)
    if lost:  # a national year to December 2022 is not to be had: so forces throughout, without the one
        assert row["recorded_upper"] == pytest.approx(43 * float(of_forces))
        geo = next(rule for rule in row["rules"] if rule["rule"] == "GEO")
        assert geo["result"] == "qualify" and areas[first] in geo["reason"]
    else:  # printed: the years to March and September 2022 and March 2023; forces added: to June and December 2022
        between = [44 * sum(quarters[1:5]), 118_345, 44 * sum(quarters[3:7])]
        mean = Fraction(
            9 * 117_692 + 18 * int(between[0]) + 9 * int(between[1]) + 4 * int(between[2]) + 8 * 117_177, 48
        )
        assert min(abs(row[end] / float(mean) - 1) for end in ("recorded_lower", "recorded_upper")) < 1e-9
    assert row["verdict"] == "qualify" and row["recorded_per_100_lower"] < row["recorded_per_100"]
    assert plain["recorded"] == 117_177 and row["estimate"] == plain["estimate"]
