"""The checks of overlaps, change, bridge, funnel and target pass on the staged tables and find a spoilt row."""

from typing import Any

import pytest
from kit import Tables

from assets.reconciled import checks
from assets.tables.checking import Check

UNION, TREND, TARGET, BRIDGE, FUNNEL = (
    f"reconciled.{name}" for name in ("union_bound", "trend", "target", "reporting_bridge", "attrition")
)
CASES: list[tuple[Check, str, str, Any, dict[str, Any]]] = [
    (checks.bounds_are_no_wider_than_the_sizes_allow, UNION, "lower", 1e12, {"status": "bounded"}),
    (checks.bounds_are_no_wider_than_the_sizes_allow, UNION, "lower", 0.0, {"set_count": 3, "status": "bounded"}),
    (checks.bounds_are_no_wider_than_the_sizes_allow, UNION, "upper", 1e12, {"set_count": 3, "status": "bounded"}),
    (checks.bounds_are_no_wider_than_the_sizes_allow, UNION, "upper", None, {"status": "bounded"}),
    (checks.bounds_are_no_wider_than_the_sizes_allow, UNION, "lower", 5.0, {"status": "conflict"}),
    (checks.no_change_is_tested_across_a_break, TREND, "fold_lower", 1.0, {"obs_status": "series_broken"}),
    (checks.no_change_is_tested_across_a_break, TREND, "obs_status", "normal", {"obs_status": "series_broken"}),
    (checks.no_change_is_tested_across_a_break, TREND, "verdict", "qualify", {"verdict": "block"}),
    (
        checks.no_change_is_tested_across_a_break,
        TREND,
        "fold_upper",
        0.0,
        {"series": "prc.a5a.19C", "obs_status": "normal"},
    ),
    (
        checks.no_change_is_tested_across_a_break,
        TREND,
        "p_adjusted",
        None,
        {"series": "prc.a5a.19C", "obs_status": "normal"},
    ),
    (
        checks.the_target_claims_no_progress,
        TARGET,
        "verdict",
        "pass",
        {"years_from_baseline": 1.0, "verdict": "block"},
    ),
    (checks.the_target_claims_no_progress, TARGET, "observed_upper", 0.0, {"years_from_baseline": 0.0}),
    (checks.bridges_are_closed_or_blocked, BRIDGE, "known", 1.0, {"verdict": "block"}),
    (checks.bridges_are_closed_or_blocked, BRIDGE, "closing", None, {"verdict": "qualify"}),
    (checks.bridges_are_closed_or_blocked, BRIDGE, "closing_upper", 0.0, {"verdict": "qualify"}),
    (checks.attrition_is_no_cohort, FUNNEL, "cohort", True, {"subset": True}),
    (checks.attrition_is_no_cohort, FUNNEL, "per_100", 101.0, {"subset": True}),
    (checks.attrition_is_no_cohort, FUNNEL, "per_100_lower", 1e6, {}),
]


@pytest.mark.parametrize(("check", "key", "column", "value", "where"), CASES)
def test_a_spoilt_row_is_found(
    tables: Tables, check: Check, key: str, column: str, value: Any, where: dict[str, Any]
) -> None:
    frame = tables[key]
    assert check.look(frame).passed, check.look(frame).sentence()
    chosen = frame
    for name, wanted in where.items():
        chosen = chosen[chosen[name] == wanted]
    plain = frame.astype("object")
    plain.at[chosen.index[0], column] = value
    outcome = check.look(plain.where(plain.notna(), None))
    assert outcome.failed >= 1, outcome.sentence()
    assert set(outcome.cases["row_id"]) == {frame.at[chosen.index[0], "row_id"]}
