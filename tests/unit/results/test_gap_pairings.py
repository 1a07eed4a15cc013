"""For each pairing: which rules block it, which qualify it, and why it never simply passes.

The expectations follow from the concepts in `data/reference/pairing.csv` (with a citation per row), the units of the two
sides, and what the sources publish.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from kit import ROOT, Tables, day, read_rows

from schemas.codes import ENGLAND_AND_WALES
from schemas.rows import Record

# Those of the collection have rows only where real returns are held: test_gap_of_the_collection.
PAIRINGS = [
    row["pairing"]
    for row in read_rows(ROOT / "data" / "reference" / "pairing.csv")
    if row["recorded_scope"] != "collection"
]
# Victims are set against offences over windows that differ, with an interval that is assumed or is rounding only.
ALWAYS = {"UNIT", "CONCEPT", "PERIOD", "CI"}
# pairing -> (rules that block some row of it, rules that qualify every row that is not blocked)
COMPARED: dict[str, tuple[set[str], set[str]]] = {
    "da_all": ({"PRESENT"}, ALWAYS | {"FLAG", "RECENCY"}),
    "da_women": ({"PRESENT", "SEX", "CI"}, ALWAYS | {"FLAG", "RECENCY"}),
    "da_women_policing": ({"PRESENT", "CI"}, ALWAYS | {"FLAG", "RECENCY", "SCOPE", "SEX", "AGE", "BREAK", "SAMPLE"}),
    "sexual_assault_women": ({"PRESENT"}, ALWAYS | {"RECENCY", "AGE"}),
    "rape_or_penetration_women": ({"PRESENT"}, ALWAYS | {"RECENCY", "AGE"}),
    "stalking_8q": ({"PRESENT"}, ALWAYS | {"AGE"}),
    "harassment": ({"PRESENT"}, ALWAYS | {"AGE"}),
}
# pairing -> rules that block every row of it
NEVER_COMPARED: dict[str, set[str]] = {
    "stalking_women_8q": set(),  # SEX where both sides are held, PRESENT elsewhere
    "stalking_subgroup": {"CONCEPT"},
    "sexual_harassment_women": {"CONCEPT", "PRESENT"},
    "domestic_violence_incidents": {"CONCEPT"},
    "combined_women": {"CONCEPT", "PRESENT"},
    "all_vawg_women": {"CONCEPT"},
    "csae_policing": {"CONCEPT", "PRESENT"},
    "csae_recorded": {"CONCEPT", "PRESENT"},
    "online_policing": {"CONCEPT", "PRESENT"},
    "online_recorded": {"CONCEPT", "PRESENT"},
    "modern_slavery_recorded": {"CONCEPT", "PRESENT"},
    "spiking": {"CONCEPT", "PRESENT"},
    "sex_work_recorded": {"CONCEPT", "PRESENT"},
    "honour_based_abuse_recorded": {"CONCEPT", "PRESENT"},
    "domestic_homicide_women": {"CONCEPT", "PRESENT"},
}
each_pairing = pytest.mark.parametrize("pairing", PAIRINGS)


def saying(row: Record, result: str) -> set[str]:
    return {rule["rule"] for rule in row["rules"] if rule["result"] == result}


def common(sets: Iterable[set[str]]) -> set[str]:
    found = list(sets)
    return set.intersection(*found) if found else set()


def test_every_pairing_is_expected_to_be_compared_or_never() -> None:
    assert set(PAIRINGS) == set(COMPARED) | set(NEVER_COMPARED) and len(PAIRINGS) == len(set(PAIRINGS))


@pytest.mark.parametrize("pairing", COMPARED)
def test_what_blocks_and_what_qualifies_a_pairing_that_is_compared(tables: Tables, pairing: str) -> None:
    rows = tables.rows("reconciled.gap", pairing=pairing)
    may_block, must_qualify = COMPARED[pairing]
    blocked = [row for row in rows if row["verdict"] == "block"]
    compared = [row for row in rows if row["verdict"] == "qualify"]
    assert compared and len(blocked) + len(compared) == len(rows), "none simply passes"
    assert set().union(*(saying(row, "block") for row in blocked)) == may_block
    for row in compared:
        assert saying(row, "qualify") >= must_qualify, row["row_id"]
        assert row["recorded_per_100_lower"] is not None and row["estimate"] is not None and row["recorded"] is not None
        assert (row["recorded_per_100"] is None) is (pairing == "rape_or_penetration_women"), "a set has no point"


@pytest.mark.parametrize("pairing", NEVER_COMPARED)
def test_why_a_pairing_is_never_compared(tables: Tables, pairing: str) -> None:
    rows = tables.rows("reconciled.gap", pairing=pairing)
    assert {row["verdict"] for row in rows} == {"block"}
    assert common(saying(row, "block") for row in rows) >= NEVER_COMPARED[pairing]


def test_an_estimate_of_women_is_not_set_against_stalking_of_all_victims(tables: Tables) -> None:
    for row in tables.rows("reconciled.gap", pairing="stalking_women_8q"):
        both = row["estimate"] is not None and row["recorded"] is not None
        # A prevalence of which no population is held has no number of victims, and is of women all the same.
        expected = [{"SEX"}] if both else [{"PRESENT"}, {"PRESENT", "SEX"}]
        assert saying(row, "block") in expected, row["row_id"]


@pytest.mark.parametrize("pairing", ["sexual_assault_women", "stalking_women_8q", "rape_or_penetration_women"])
def test_a_female_percentage_of_2023_that_is_not_held_is_a_block_and_no_guess(tables: Tables, pairing: str) -> None:
    rows = tables.rows("reconciled.gap", pairing=pairing, period_end=day("2023-03-31"))
    assert rows
    for row in rows:
        assert (row["verdict"], row["estimate"], row["recorded_per_100"]) == ("block", None, None)
        assert "PRESENT" in saying(row, "block") and "no estimate" in row["reason"]
        assert row["recorded"] is not None, "the recorded side is held and stays in the row"


@pytest.mark.parametrize(
    ("end", "count", "per_100"),
    [("2016-03-31", 50_812, 9.55), ("2017-03-31", 57_234, 11.22), ("2018-03-31", 72_773, 10.35), ("2019-03-31", 79_170, 10.64)],
)  # fmt: skip
def test_before_april_2019_sexual_assault_of_women_is_19c_and_20a(
    tables: Tables, end: str, count: float, per_100: float
) -> None:
    """Table A5a of YE December 2025: 19C + 20A, since 19J did not exist; beside women of 16 to 59."""
    wanted = {"pairing": "sexual_assault_women", "period_end": day(end), "age": "16-59", "period_match": "plain"}
    row = tables.row("reconciled.gap", area_code=ENGLAND_AND_WALES, **wanted)
    assert (row["verdict"], row["recorded"]) == ("qualify", count)
    assert row["recorded_per_100"] == pytest.approx(per_100, abs=0.006)
    assert any("19J was not in use before April 2019" in caveat for caveat in row["caveats"])


def test_no_recalled_count_of_women_mixes_all_victims_in(tables: Tables) -> None:
    """The female share of the years to March 2018 and 2021 is not held, so 2019 and 2022 have their plain year only."""
    rows = tables.rows("reconciled.gap", pairing="da_women")
    recalled = {row["period_end"].year for row in rows if row["period_match"] != "plain"}
    assert recalled == {2020, 2023, 2024}
    for row in rows:
        said = next(rule for rule in row["rules"] if rule["rule"] == "SEX")
        assert "carry" not in said["reason"], "no code of a flagged offence carries the victim's sex"


def test_two_sides_that_were_never_published_for_one_period_never_meet(tables: Tables) -> None:
    rows = tables.rows("reconciled.gap", pairing="combined_women")
    assert {row["recorded_availability"] for row in rows} == {"not_published"}
    assert not [row for row in rows if row["estimate"] is not None and row["recorded"] is not None]


def test_the_lower_bound_of_all_vawg_keeps_both_numbers_and_gives_no_ratio(tables: Tables) -> None:
    """The Statement: at least 2.0 million women victims, and 1,080,157 recorded offences."""
    row = tables.row("reconciled.gap", pairing="all_vawg_women", period_end=day("2023-03-31"), period_match="plain")
    assert (row["estimate"], row["recorded"], row["recorded_per_100"]) == (2_000_000, 1_080_157, None)
    assert saying(row, "block") == {"CONCEPT"} and "one-sided bounds" in row["reason"]


def test_no_difference_is_given_while_no_comparable_subset_is_published(tables: Tables) -> None:
    rows = tables.rows("reconciled.gap")
    assert not [row["row_id"] for row in rows if row["difference"] is not None]
    flagged = tables.rows("reference.pairing", comparable_subset=True)
    assert [row["pairing"] for row in flagged] == ["domestic_violence_incidents"]


def estimated(tables: Tables, pairing: Record) -> set[tuple[Any, Any]]:
    """Every period of which an estimate is held, read straight from the fact table."""
    windows = {row["series"]: row["reference_window"] for row in tables.rows("reference.series")}
    measures = (pairing["estimate_measures"] or "").split(";")
    source = pairing["estimate_source"]
    return {
        (row["period_start"], row["period_end"])
        for row in tables.rows(
            "survey.estimate", topic=pairing["estimate_topic"], sex=pairing["sex"], characteristic=None
        )
        if row["measure"] in measures
        and windows[row["series"]] == "last_year"
        and row["age"] in ("16+", "16-59", "16-74")
        if (row["source"] == source if source else row["source"] != "statement")
    }


def counted(tables: Tables, pairing: Record) -> set[tuple[Any, Any]]:
    """Every period of which a count is held, read straight from the fact tables."""
    series = (pairing["recorded_series"] or "").split("+")
    return {
        (row["period_start"], row["period_end"])
        for table in ("recorded.offence_count", "recorded.flagged_count", "recorded.vawg_count")
        for row in tables.rows(table, area_code=ENGLAND_AND_WALES)
        if row["series"] in series and row["period_type"] in ("year", "half_year")
        if pairing["recorded_sex"] in (row["sex"], "all")
    }


@each_pairing
def test_every_estimate_has_its_row_and_a_counted_year_where_the_question_existed(tables: Tables, pairing: str) -> None:
    known = tables.row("reference.pairing", pairing=pairing)
    rows = tables.rows("reconciled.gap", pairing=pairing, period_match="plain", area_code=ENGLAND_AND_WALES)
    shown = {(row["period_start"], row["period_end"]) for row in rows}
    estimates = estimated(tables, known) if known["estimate_topic"] else set()
    counts = counted(tables, known)
    assert estimates <= shown, f"silently missing: {sorted(estimates - shown)}"
    if not known["estimate_topic"]:
        march = {span for span in counts if span[1].month == 3}
        assert (march or counts) <= shown, "a threat that the survey never asks about keeps its counted years"
    for row in rows:
        if row["estimate_availability"] == "not_asked" and known["estimate_topic"]:
            of_year = tables.rows("reconciled.gap", threat=row["threat"], period_end=row["period_end"])
            assert [record["row_id"] for record in of_year] == [row["row_id"]], "the threat's only row of the year"
        assert row["period_end"].month == 3 or row["estimate"] is not None or not known["estimate_topic"]


@pytest.mark.parametrize("threat", [row["threat"] for row in read_rows(ROOT / "data/reference/threat.csv")])
def test_every_threat_has_a_row_for_every_year_ending_march(tables: Tables, threat: str) -> None:
    rows = tables.rows("reconciled.gap", threat=threat, area_code=ENGLAND_AND_WALES)
    ends = {row["period_end"] for row in rows}
    assert {day(f"{year}-03-31") for year in range(2016, 2026)} <= ends
    assert all(row["estimate_availability"] and row["recorded_availability"] for row in rows)


@pytest.mark.parametrize(
    ("pairing", "end", "estimate", "count"),
    [
        ("sexual_assault_women", "2021-03-31", "not_asked", "held"),
        ("stalking_8q", "2018-03-31", "not_held", "held"),
        ("honour_based_abuse_recorded", "2016-03-31", "not_asked", "not_asked"),
        ("honour_based_abuse_recorded", "2022-03-31", "not_asked", "not_held"),
        ("online_recorded", "2020-03-31", "not_asked", "not_held"),
        ("spiking", "2020-03-31", "not_asked", "no_code"),
        ("da_all", "2015-03-31", "not_held", "no_code"),
        ("da_women_policing", "2020-03-31", "held", "not_published"),
        ("domestic_violence_incidents", "2022-03-31", "not_published", "held"),
        ("da_all", "2023-03-31", "held", "held"),
    ],
)
def test_a_missing_figure_is_in_one_of_four_states(
    tables: Tables, pairing: str, end: str, estimate: str, count: str
) -> None:
    """The pandemic year was not asked, honour-based abuse was not collected before April 2019, the flag begins in April 2015."""
    wanted = {"pairing": pairing, "period_end": day(end), "area_code": ENGLAND_AND_WALES, "period_match": "plain"}
    for row in tables.rows("reconciled.gap", **wanted):
        assert (row["estimate_availability"], row["recorded_availability"]) == (estimate, count)
        assert sum(one.startswith("availability:") for one in row["inputs"]) == [estimate, count].count("held") * -1 + 2
    assert tables.rows("reconciled.gap", **wanted)


def test_what_would_unblock_most_stands_first(tables: Tables) -> None:
    rows = sorted(tables.rows("reconciled.unblock"), key=lambda row: row["place"])
    assert [row["place"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["rows_alone"] for row in rows] == sorted((row["rows_alone"] for row in rows), reverse=True)
    stalking = next(row for row in rows if row["publication"].startswith("ONS, stalking prevalence"))
    lacking = [
        row
        for row in tables.rows("reconciled.gap", pairing="stalking_8q", period_match="plain", recorded_availability="held")
        if row["estimate_availability"] == "not_held"
    ]  # fmt: skip
    assert stalking["rows_alone"] == len(lacking) and {row["row_id"] for row in lacking} <= set(stalking["inputs"])


@each_pairing
def test_a_recall_match_stands_beside_its_plain_one_and_mixes_two_years(tables: Tables, pairing: str) -> None:
    plain = {
        (row["instrument"], row["age"], row["period_end"]): row
        for row in tables.rows("reconciled.gap", pairing=pairing, period_match="plain")
    }
    for row in tables.rows("reconciled.gap", pairing=pairing, period_match="recall"):
        beside = plain[row["instrument"], row["age"], row["period_end"]]
        assert row["estimate"] == beside["estimate"]
        assert (
            row["recorded_period_end"] == row["period_end"]
            and row["recorded_period_start"].year == row["period_start"].year - 1
        )
        assert row["recorded_lower"] <= row["recorded"] <= row["recorded_upper"]
