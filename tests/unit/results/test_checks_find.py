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


def spoilt(frame: pd.DataFrame, column: str, value: Any, **where: Any) -> pd.DataFrame:
    """The frame with one value changed, in the first row that has the wanted values."""
    chosen = pd.Series(True, index=frame.index)
    for name, wanted in where.items():
        chosen &= frame[name].notna() if wanted is ... else frame[name] == wanted
    made = frame.copy()
    row = made.index[chosen][0]
    new = value(made.at[row, column]) if callable(value) else value
    made[column] = made[column].astype("object")
    made.at[row, column] = new
    return made


def plus_one(value: float) -> float:
    return value + 1


def refused(outcome: CheckOutcome, cases: int | None = 1) -> None:
    assert not outcome.passed and outcome.checked > 0
    assert outcome.failed == cases if cases else outcome.failed > 0
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


@pytest.mark.parametrize(("column", "value"), [("lower", 1e12), ("upper", -1.0), ("value", 1e12)])
def test_an_estimate_outside_its_interval_is_found(tables: Tables, column: str, value: float) -> None:
    estimates = tables["survey.estimate"]
    assert of_estimates.intervals_hold_their_values.look(estimates).passed
    refused(of_estimates.intervals_hold_their_values.look(spoilt(estimates, column, value, lower=...)))


def test_a_percentage_over_100_is_found(tables: Tables) -> None:
    over = spoilt(tables["survey.estimate"], "value", 100.2, unit="percent")
    refused(of_estimates.intervals_hold_their_values.look(over))


@pytest.mark.parametrize(
    ("check", "column", "value", "where"),
    [
        (checks.blocked_rows_give_no_ratio, "recorded_per_100", 12.0, {"verdict": "block"}),
        (checks.blocked_rows_give_no_ratio, "difference", 12.0, {"verdict": "block"}),
        (checks.blocked_rows_give_no_ratio, "verdict", "pass", {"verdict": "qualify"}),
        (checks.every_ratio_has_its_interval, "recorded_per_100_lower", None, {"verdict": "qualify"}),
        (checks.every_ratio_has_its_interval, "recorded_per_100_upper", 0.0, {"verdict": "qualify"}),
        (checks.every_ratio_has_its_interval, "estimate_lower", 1e12, {"verdict": "qualify"}),
        (checks.every_ratio_has_its_interval, "recorded_upper", None, {"verdict": "qualify"}),
        (checks.every_ratio_has_its_interval, "caveats", [], {"verdict": "qualify"}),
    ],
)
def test_a_row_of_the_gap_that_breaks_its_promise_is_found(
    tables: Tables, check: Check, column: str, value: Any, where: dict[str, Any]
) -> None:
    gap = tables["reconciled.gap"]
    assert check.look(gap).passed
    refused(check.look(spoilt(gap, column, value, **where)))


@pytest.mark.parametrize("column", ["share_of_threat", "share_of_vawg", "share_of_all_recorded"])
def test_a_share_over_100_percent_is_found(tables: Tables, column: str) -> None:
    breakdown = tables["reconciled.threat_breakdown"]
    assert checks.parts_stay_within_their_threat.look(breakdown).passed
    for value in (100.5, -0.5):
        refused(checks.parts_stay_within_their_threat.look(spoilt(breakdown, column, value, **{column: ...})))


def test_what_a_check_found_ends_with_one_full_stop() -> None:
    cases = pd.DataFrame({"row_id": ["a", "b"], "found": ["It is two.", "it is three"]})
    said = CheckOutcome("numbers_are_one", ("x",), 9, cases, "Numbers are one").sentence()
    assert said == "Not true of 2 of 9: Numbers are one. First: row_id a, found It is two; row_id b, found it is three."
