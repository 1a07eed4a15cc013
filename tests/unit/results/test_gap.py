"""The gap as a whole: what every row promises, and the values that follow from the publications."""

import pytest
from kit import Tables, case, day

from assets.reconciled.gap.availability import COUNT, ESTIMATE
from assets.reconciled.gap.gap import _state
from assets.reconciled.gap.rules import RULES
from assets.words.wording import NOT_A_RATE
from schemas.derive import columns
from schemas.registry import contract
from schemas.rows import Record

MARCH_2023 = day("2023-03-31")
REQUIRED = """
row_id, pairing, threat, area_code, area_name, period_start, period_end, period_type,
sex, age, instrument, estimate,
estimate_lower, estimate_upper, estimate_unit, interval_source, estimate_obs_status, survey_release, recorded,
recorded_unit, recorded_scope, recorded_release, recorded_period_start, recorded_period_end, recorded_obs_status,
period_match, recorded_per_100, recorded_per_100_lower, recorded_per_100_upper, difference, difference_lower,
difference_upper, verdict, reason, rules, caveats, inputs
"""


def test_the_gap_has_its_promised_columns() -> None:
    assert {name.strip() for name in REQUIRED.split(",")} <= set(columns(contract("reconciled.gap").model))


@pytest.mark.parametrize(
    ("status", "value", "state"), [("normal", 1.0, "held"), ("doubted", None, "withheld"), ("suppressed", None, None)]
)
@pytest.mark.parametrize("side", [ESTIMATE, COUNT])
def test_a_figure_that_is_doubted_is_withheld_and_not_lacking(
    side: str, status: str, value: float | None, state: str | None
) -> None:
    figure, missing = {"value": value, "obs_status": status}, {} if value else {side: None}
    of = case(estimate=figure, missing=missing) if side == ESTIMATE else case(count=figure, missing=missing)
    assert _state(of, side) == state


def test_a_blocked_row_keeps_its_figures_gives_no_ratio_and_says_why(tables: Tables) -> None:
    blocked = tables.rows("reconciled.gap", verdict="block")
    assert blocked
    for row in blocked:
        assert row["recorded_per_100"] is row["recorded_per_100_lower"] is row["recorded_per_100_upper"] is None
        assert row["difference"] is row["difference_lower"] is row["difference_upper"] is None
        assert row["reason"].startswith("Not to be compared: ")
    assert any(row["estimate"] is not None for row in blocked) and any(row["recorded"] is not None for row in blocked)


def is_set(row: Record) -> bool:
    return row["pairing"] == "rape_or_penetration_women"


def test_a_compared_row_gives_a_ratio_with_its_interval(tables: Tables) -> None:
    for row in tables.rows("reconciled.gap", verdict="qualify"):
        ratio = 100 * row["recorded"] / row["estimate"]
        # What may lie in further codes leaves a set, of which the recorded count is the least: no point is printed.
        assert row["recorded_per_100"] == (None if is_set(row) else pytest.approx(ratio))
        assert 0 < row["recorded_per_100_lower"] <= ratio <= row["recorded_per_100_upper"]
        assert row["interval_source"] in ("published", "computed", "assumed", "rounding")
        assert row["reason"].startswith("May be compared with care: ")


def test_every_row_answers_every_rule_once_(tables: Tables) -> None:
    for row in tables.rows("reconciled.gap"):
        assert len({rule["rule"] for rule in row["rules"]}) == len(RULES)
        assert row["reason"].endswith(".") and "\n" not in row["reason"]


def test_every_row_says_first_what_it_is_not(tables: Tables) -> None:
    assert NOT_A_RATE == "Not a reporting rate. One victim may have many recorded offences or none."
    for row in tables.rows("reconciled.gap"):
        assert row["caveats"][0] == NOT_A_RATE
        objections = [rule for rule in row["rules"] if rule["result"] != "pass"]
        assert {f"{rule['rule']}: {rule['reason']}" for rule in objections} <= set(row["caveats"])


def test_values_are_null_if_and_only_if_their_status_says_so(tables: Tables) -> None:
    for row in tables.rows("reconciled.gap"):
        assert (row["estimate"] is None) is (row["estimate_obs_status"] != "normal"), row["row_id"]
        assert (row["recorded"] is None) is (row["recorded_obs_status"] != "normal"), row["row_id"]


def test_a_row_names_its_releases_and_the_rows_it_was_made_from(tables: Tables) -> None:
    for row in tables.rows("reconciled.gap"):
        assert f"pairing:{row['pairing']}" in row["inputs"]
        if row["estimate"] is not None:
            assert row["survey_release"] and any(one.startswith("estimate:") for one in row["inputs"])
        if row["recorded"] is not None:
            assert row["recorded_release"]
            assert any(one.split(":")[0] in ("count", "flagged", "vawg") for one in row["inputs"])


def test_domestic_abuse_of_women_is_1_4_million_in_the_year_ending_march_2023(tables: Tables) -> None:
    """CSEW: 1.4 million women. Policing collection: 400,213. ONS: 911,232 flagged, x 72.4% to 74.2% female."""
    wanted = {"period_end": MARCH_2023, "period_match": "plain", "age": "16+"}
    policing = tables.row("reconciled.gap", pairing="da_women_policing", **wanted)
    assert (policing["estimate"], policing["recorded"], policing["recorded_scope"]) == (
        1_400_000,
        400_213,
        "policing_vawg",
    )
    assert policing["recorded_per_100"] == pytest.approx(28.59, abs=0.01)
    ons = tables.row("reconciled.gap", pairing="da_women", **wanted)
    assert (ons["estimate"], ons["recorded_scope"]) == (1_400_000, "ons_prc")
    assert ons["recorded"] == pytest.approx(911_232 * 0.733)
    assert (ons["recorded_lower"], ons["recorded_upper"]) == pytest.approx((911_232 * 0.724, 911_232 * 0.742))
    assert ons["recorded_per_100"] == pytest.approx(47.7, abs=0.1)
    assert "assumption:female_share.domestic_abuse.ye_2023_03" in ons["inputs"]
    assert ons["recorded_release"] == "ons_appendix@ye-2025-12"


def test_domestic_abuse_of_all_adults_in_the_year_ending_march_2023(tables: Tables) -> None:
    """CSEW: 2.1 million; Table B9 of YE December 2025: 911,232."""
    row = tables.row("reconciled.gap", pairing="da_all", period_end=MARCH_2023, period_match="plain", age="16+")
    assert (row["estimate"], row["recorded"]) == (2_100_000, 911_232)
    assert row["recorded_per_100"] == pytest.approx(43.39, abs=0.01)


def test_old_and_new_questions_are_never_one_row(tables: Tables) -> None:
    new = tables.rows("reconciled.gap", instrument="csew_self_completion_new")
    assert new
    for row in new:
        assert any(rule["rule"] == "INSTRUMENT" and rule["result"] == "qualify" for rule in row["rules"])


def test_an_estimate_from_a_prevalence_says_so_and_names_its_population(tables: Tables) -> None:
    made = [
        row for row in tables.rows("reconciled.gap") if any("prevalence times" in caveat for caveat in row["caveats"])
    ]
    assert made
    for row in made:
        assert any(one.startswith("population:") for one in row["inputs"])
        assert any(one.startswith("assumption:household_population_share.") for one in row["inputs"])


def test_rape_has_penetration_by_an_object_as_its_upper_side_only(tables: Tables) -> None:
    rows = [
        row for row in tables.rows("reconciled.gap", pairing="rape_or_penetration_women") if row["recorded"] is not None
    ]
    plain = [row for row in rows if row["period_match"] == "plain"]
    assert plain
    for row in plain:
        assert row["recorded_lower"] == row["recorded"] < row["recorded_upper"], row["row_id"]


def test_breaks_inside_the_window_are_named_with_their_month(tables: Tables) -> None:
    """Devon and Cornwall changed its IT system in November 2022; its year to March 2023 was left out."""
    row = tables.row("reconciled.gap", pairing="da_women_policing", period_end=MARCH_2023, period_match="plain")
    said = next(rule for rule in row["rules"] if rule["rule"] == "BREAK")
    assert said["result"] == "qualify" and "November 2022 to March 2023: Devon and Cornwall" in said["reason"]
