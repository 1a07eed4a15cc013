"""The target's path, where how many were asked is doubted."""

import datetime

import pytest
from kit import Tables, day

from assets.reconciled.change.target import targets
from assets.tables.records import records

MARCH_2024, MARCH_2025 = day("2024-03-31"), day("2025-03-31")


@pytest.mark.parametrize("year", [MARCH_2024, MARCH_2025])
def test_a_year_of_which_the_people_asked_are_doubted_is_left_out_and_all_else_stays(
    tables: Tables, year: datetime.date
) -> None:
    """As a baseline and as what was observed: without an interval nothing can be said from it, and the others are as before."""
    survey = tables["survey.estimate"]
    base = survey["series"].eq("csew.sample.16+.unweighted_base") & survey["period_end"].eq(year)
    assert base.any()
    survey["doubt"] = survey["doubt"].mask(base, "Does not agree: SYNTHETIC")
    given = {
        name: tables[f"{room}.{name}"]
        for room, name in (("meta", "release"), ("reference", "comparability_break"), ("reference", "assumption"),
                           ("reference", "fieldwork"), ("reference", "official_significance"))
    }  # fmt: skip
    made = records(targets(survey, *given.values()))
    before = tables.rows("reconciled.target")
    assert {row["baseline_end"] for row in before} == {MARCH_2024, MARCH_2025}
    [left] = {row["baseline_end"] for row in made}
    assert left == next(one for one in (MARCH_2024, MARCH_2025) if one != year)
    kept = [row for row in before if row["baseline_end"] == left]
    assert [(row["sex"], row["period_end"], row["required"]) for row in made] == [
        (row["sex"], row["period_end"], row["required"]) for row in kept
    ]
    observed = {row["period_end"] for row in made if row["observed"] is not None}
    assert observed == {left} < {row["period_end"] for row in kept if row["observed"] is not None} | {year}
