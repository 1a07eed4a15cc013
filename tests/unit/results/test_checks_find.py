"""Every check of counts, estimates and results finds what it is there for, on tables spoilt in one place."""

import datetime
from typing import Any

import pandas as pd
import pytest
from kit import Tables, day

from assets.reconciled import checks
from assets.recorded import checks as of_counts
from assets.survey import checks as of_estimates
from assets.tables.checking import Check, CheckOutcome

MARCH_2023 = day("2023-03-31")


def spoilt(frame: pd.DataFrame, column: str, value: Any, **where: Any) -> tuple[pd.DataFrame, str]:
    """The frame with one value changed, in the first row that has the wanted values, and the id of that."""
    chosen = pd.Series(True, index=frame.index)
    for name, wanted in where.items():
        chosen &= frame[name].notna() if wanted is ... else frame[name] == wanted
    made = frame.copy()
    row = made.index[chosen][0]
    made[column] = made[column].astype("object")
    made.at[row, column] = value
    return made, str(made.at[row, "row_id"])


def refused(outcome: CheckOutcome) -> None:
    assert not outcome.passed and outcome.checked > 0 and outcome.failed == 1
    assert "First: " in outcome.sentence()


def test_a_force_does_not_stand_in_for_the_country(tables: Tables) -> None:
    """The same release and period for a force: no year of England and Wales comes from it."""
    counts, codes = tables["recorded.offence_count"], tables["reference.offence"]
    local = counts.assign(area_code="E23000001", value=counts["value"] * 2)
    held = counts[~((counts["series"] == "prc.a5a.8Q") & (counts["period_end"] == MARCH_2023))]
    refused(of_counts.years_are_covered(pd.concat([held, local]), codes))


def test_a_year_that_is_missing_is_found(tables: Tables) -> None:
    codes, counts = tables["reference.offence"], tables["recorded.offence_count"]
    assert of_counts.years_are_covered(counts, codes).passed
    gone = counts[~((counts["series"] == "prc.a5a.8Q") & (counts["period_end"] == MARCH_2023))]
    outcome = of_counts.years_are_covered(gone, codes)
    refused(outcome)
    assert "8Q" in outcome.sentence() and "March 2023" in outcome.sentence()


def test_a_year_in_which_a_code_began_is_no_year_that_is_missing(tables: Tables) -> None:
    """A code that began in July 2021 has no whole year to March 2022; one in use throughout must have it."""
    codes, counts = tables["reference.offence"], tables["recorded.offence_count"]
    began = (
        codes["valid_from"]
        .where(codes["offence_code"] != "8U", datetime.date(2021, 7, 1))
        .astype(codes["valid_from"].dtype)
    )
    later = codes.assign(valid_from=began)
    of_code = (counts["series"] == "prc.a5a.8U") & (counts["period_type"] == "year")
    first = counts[~(of_code & (counts["period_end"] == datetime.date(2022, 3, 31)))]
    assert of_counts.years_are_covered(first, later).passed
    refused(of_counts.years_are_covered(first, codes))


GAP, UNION, TREND, TARGET, BRIDGE, FUNNEL, PARTS, PHI = (
    f"reconciled.{name}"
    for name in (
        "gap", "union_bound", "trend", "target", "reporting_bridge", "attrition", "threat_breakdown", "overdispersion",
    )
)  # fmt: skip
ESTIMATES, TESTED = "survey.estimate", {"series": "prc.a5a.19C", "obs_status": "normal"}
# Check and table, and for each the column of a row that is changed, what to, and of which row.
SPOILT: list[tuple[Check, str, list[tuple[str, Any, dict[str, Any]]]]] = [
    (of_estimates.intervals_hold_their_values, ESTIMATES, [
        ("lower", 1e12, {"lower": ...}), ("upper", -1.0, {"lower": ...}), ("value", 1e12, {"lower": ...}),
        ("value", 100.2, {"unit": "percent"}),
    ]),
    (checks.blocked_rows_give_no_ratio, GAP, [
        ("recorded_per_100", 12.0, {"verdict": "block"}), ("difference", 12.0, {"verdict": "block"}),
        ("verdict", "pass", {"verdict": "qualify"}),
    ]),
    (checks.every_ratio_has_its_interval, GAP, [
        ("recorded_per_100_lower", None, {"verdict": "qualify"}), ("recorded_per_100_upper", 0.0, {"verdict": "qualify"}),
        ("estimate_lower", 1e12, {"verdict": "qualify"}), ("recorded_upper", None, {"verdict": "qualify"}),
        ("caveats", [], {"verdict": "qualify"}),
    ]),
    (checks.parts_stay_within_their_threat, PARTS, [
        (name, value, {name: ...})
        for name in ("share_of_threat", "share_of_vawg", "share_of_all_recorded") for value in (100.5, -0.5)
    ]),
    (checks.overdispersion_is_what_its_quarters_allow, PHI, [
        ("phi_found", 1e6, {"used": True}), ("degrees_of_freedom", 1, {"used": True}),
    ]),
    (checks.bounds_are_no_wider_than_the_sizes_allow, UNION, [
        ("lower", 1e12, {"status": "bounded"}), ("lower", 0.0, {"set_count": 3, "status": "bounded"}),
        ("upper", 1e12, {"set_count": 3, "status": "bounded"}), ("upper", None, {"status": "bounded"}),
        ("lower", 5.0, {"status": "conflict"}),
    ]),
    (checks.no_change_is_tested_across_a_break, TREND, [
        ("fold_lower", 1.0, {"obs_status": "series_broken"}), ("obs_status", "normal", {"obs_status": "series_broken"}),
        ("verdict", "qualify", {"verdict": "block"}), ("fold_upper", 0.0, TESTED), ("p_adjusted", None, TESTED),
    ]),
    (checks.the_target_claims_no_progress, TARGET, [
        ("verdict", "pass", {"years_from_baseline": 1.0, "verdict": "block"}),
        ("observed_upper", 0.0, {"years_from_baseline": 0.0}),
    ]),
    (checks.bridges_are_closed_or_blocked, BRIDGE, [
        ("known", 1.0, {"verdict": "block"}), ("closing", None, {"verdict": "qualify"}),
        ("closing_upper", 0.0, {"verdict": "qualify"}),
    ]),
    (checks.attrition_is_no_cohort, FUNNEL, [
        ("cohort", True, {"subset": True}), ("per_100", 101.0, {"subset": True}), ("per_100_lower", 1e6, {}),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("check", "key", "changes"), SPOILT)
def test_a_row_that_breaks_its_promise_is_found(
    tables: Tables, check: Check, key: str, changes: list[tuple[str, Any, dict[str, Any]]]
) -> None:
    table = tables[key]
    assert check.look(table).passed, check.look(table).sentence()
    for column, value, where in changes:
        bad, row_id = spoilt(table, column, value, **where)
        outcome = check.look(bad)
        assert outcome.checked > 0 and "First: " in outcome.sentence(), (column, value)
        assert {*outcome.cases["row_id"]} == {row_id}, (column, value)


def test_what_a_check_found_ends_with_one_full_stop() -> None:
    cases = pd.DataFrame({"row_id": ["a", "b"], "found": ["It is two.", "it is three"]})
    said = CheckOutcome("numbers_are_one", ("x",), 9, cases, "Numbers are one").sentence()
    assert said == "Not true of 2 of 9: Numbers are one. First: row_id a, found It is two; row_id b, found it is three."
