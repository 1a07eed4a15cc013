"""SYNTHETIC tables by police force: a total that is the sum of the other forces leaves out the one without a number."""

import math
from collections.abc import Callable, Collection
from typing import Any

import pytest
from kit import FIGURE, day, frame, reference_table

from assets.archive.landed.cut_off import forces_lost
from assets.archive.plausible.by_sums import with_what_sums_show
from assets.archive.plausible.coverage import with_coverage
from assets.tables.records import records

AREAS = reference_table("area")
ROWS = records(AREAS)
FORCES = [row["area_code"] for row in ROWS if row["area_type"] == "police_force"]
NAMES = {row["area_code"]: row["name"] for row in ROWS}
PARENT = {row["area_code"]: row["parent_code"] for row in ROWS}
MANCHESTER, CITY, NORTH_WEST, ENGLAND, BOTH = "E23000005", "E23000034", "E12000002", "E92000001", "K04000001"
HOLD = [row["area_code"] for row in ROWS if row["area_type"] in ("region", "country", "country_group")]
COUNTED = {force: 1_000 + 37 * at for at, force in enumerate(FORCES)}
YEAR = {"period_start": day("2025-01-01"), "period_end": day("2025-12-31")}


def holds(area: str | None, force: str) -> bool:
    """Is the force in the area?"""
    return force == area or (PARENT[force] is not None and holds(area, PARENT[force]))


def table(
    series: str,
    lacking: Collection[str] = (),
    out: Collection[str] = (),
    per: int = 1,
    number: Callable[[str], float] = COUNTED.__getitem__,
    gone: bool = False,
    **more: Any,
) -> list[dict[str, Any]]:
    """One column by force: `lacking` have a marker (`gone`: no row); the totals are without `out`; all is divided by `per`."""
    rows = [{"area_code": force, "value": number(force) / per} for force in FORCES if force not in lacking]
    if not gone:
        rows += [{"area_code": force, "value": None, "obs_status": "missing", "printed": "[x]"} for force in lacking]
    held = {
        area: [force for force in FORCES if holds(area, force) and force not in out]
        for area in HOLD
        if area != "K02000001"
    }
    rows += [{"area_code": area, "value": sum(map(number, forces)) / per} for area, forces in held.items()]
    return [{"series": series, **YEAR, **row, **more} for row in rows]


def left_out(*tables: list[dict[str, Any]]) -> tuple[dict[tuple[str, str], str], list[str]]:
    """What a file is read to leave out, by series and area, and the places of its findings."""
    figures = frame("archive.figure", [row for rows in tables for row in rows], **FIGURE)
    noted, findings = with_what_sums_show(figures, "file.xlsx", AREAS)
    found = with_coverage(noted, AREAS)
    rows = records(found[["series", "area_code", "leaves_out"]][found["leaves_out"].notna()])
    return {(row["series"], row["area_code"]): row["leaves_out"] for row in rows}, [row["place"] for row in findings]


def rounded(force: str) -> float:
    """People to the hundred."""
    return round(COUNTED[force] * 613, -2)


@pytest.mark.parametrize("gone", [False, True])
def test_a_total_that_is_the_sum_of_the_others_leaves_the_force_out(gone: bool) -> None:
    """In counts, and in the changes and rates of the same year; small counts of the same table go with the large ones."""
    lacking = {"lacking": [MANCHESTER], "out": [MANCHESTER], "gone": gone}
    few = {force: float(at % 3) for at, force in enumerate(FORCES)}
    found, told = left_out(
        table("prc.pfa.robbery", **lacking),
        table("prc.pfa.homicide", number=few.__getitem__, **lacking),
        table("prc.pfa_rate.robbery", unit="per_1000_population", per=7, **lacking),
        table("prc.pfa_change.robbery", unit="percent", per=9, **lacking),
        table("prc.pfa.robbery", [MANCHESTER], period_start=day("2024-01-01"), period_end=day("2024-12-31")),
    )
    series = ("prc.pfa.robbery", "prc.pfa.homicide", "prc.pfa_rate.robbery", "prc.pfa_change.robbery")
    assert found == {(name, area): MANCHESTER for name in series for area in (NORTH_WEST, ENGLAND, BOTH)}
    assert told == ["file.xlsx, Greater Manchester"]


def test_where_another_total_has_the_force_each_column_speaks_for_itself() -> None:
    found, _ = left_out(
        table("prc.pfa.robbery", [MANCHESTER], [MANCHESTER]),
        table("prc.pfa.burglary", [MANCHESTER]),
        table("prc.pfa_rate.robbery", [MANCHESTER], [MANCHESTER], unit="per_1000_population", per=7),
    )
    assert {series for series, _ in found} == {"prc.pfa.robbery"}


def test_people_of_an_area_that_does_not_report_are_left_out_with_its_offences() -> None:
    """The force's people are printed, rounded like all; the totals are those of the reporting areas."""
    people = table("population.pfa_table", out=[MANCHESTER], number=rounded, unit="persons")
    wholly = table("population.pfa_table_households", number=rounded, unit="households")
    found, _ = left_out(table("prc.pfa.robbery", [MANCHESTER], [MANCHESTER]), people, wholly)
    assert {pair for pair in found if pair[0].startswith("population")} == {
        ("population.pfa_table", area) for area in (NORTH_WEST, ENGLAND, BOTH)
    }
    assert left_out(people) == ({}, [])


@pytest.mark.parametrize(
    "tables",
    [
        [table("prc.pfa.robbery", [MANCHESTER])],
        [table("prc.pfa.robbery", [MANCHESTER], gone=True)],
        [table("prc.pfa.homicide", [MANCHESTER], [MANCHESTER], number=lambda force: 0.0 if force == MANCHESTER else 12.0)],
        [table("prc.pfa.robbery"), table("prc.pfa_rate.robbery", [CITY], [CITY], unit="per_1000_population", per=7)],
        [table("prc.pfa.robbery", [MANCHESTER]), table("prc.pfa.homicide", [MANCHESTER], [MANCHESTER], number=lambda _: 3.0)],
        [table("prc.pfa.robbery")],
    ],
    ids=["the total has it", "no row, the total has it", "few", "no rate", "few, and the total has it", "whole"],
)  # fmt: skip
def test_nothing_is_said_of_a_total_that_has_the_force_or_may_have_it(tables: list[list[dict[str, Any]]]) -> None:
    assert left_out(*tables) == ({}, [])


def test_of_two_forces_without_a_number_one_may_be_in_the_total() -> None:
    found, told = left_out(table("prc.pfa.robbery", [MANCHESTER, CITY], [MANCHESTER]))
    assert found == {("prc.pfa.robbery", area): MANCHESTER for area in (NORTH_WEST, ENGLAND, BOTH)}
    assert told == ["file.xlsx, Greater Manchester"]


def test_every_force_that_is_left_out_is_named_in_the_total_s_note_and_told_with_the_totals() -> None:
    both = [MANCHESTER, CITY]
    figures = frame("archive.figure", table("prc.pfa.robbery", both, both, note="Provisional."), **FIGURE)
    noted, findings = with_what_sums_show(figures, "file.xlsx", AREAS)
    [said] = noted["note"][noted["area_code"] == ENGLAND]
    names = "City of London and Greater Manchester"
    assert said == f"Provisional. By the sums of its table this total excludes {names}, or has it under another name."
    assert set(noted["note"][noted["area_code"].isin(FORCES)]) == {"Provisional."}
    assert [(told["kind"], told["severity"], told["place"].split(", ")[1]) for told in findings] == [
        ("force_left_out", "warning", NAMES[force]) for force in (MANCHESTER, CITY)
    ]
    [told] = [one["evidence"] for one in findings if one["place"].endswith("City of London")]
    named = {NAMES[area] for area in HOLD if holds(area, CITY) and area != "K02000001"}
    assert told.startswith("It has no number of its own") and named == {*told.rstrip(".").split(": ")[1].split(", ")}
    [lacks] = with_coverage(noted, AREAS)["leaves_out"][noted["area_code"] == BOTH]
    assert lacks == ";".join(sorted(both))


def test_of_rounded_numbers_a_total_is_their_sum_within_what_rounding_hides() -> None:
    """Each is to the hundred, so the total of 42 others differs from their sum by less than 43 halves of it."""
    rows = table("prc.pfa.robbery", [MANCHESTER], [MANCHESTER], number=rounded)
    whole = next(row for row in rows if row["area_code"] == BOTH)
    printed, most = whole["value"], 50 * (2 + 1)
    for by, told in ((most - 50, {BOTH}), (most + 50, set())):
        whole["value"] = printed + by
        assert {area for _, area in left_out(rows)[0]} & {BOTH} == told
    exact = table("prc.pfa.robbery", [MANCHESTER], [MANCHESTER])
    next(row for row in exact if row["area_code"] == BOTH)["value"] += 1
    assert {area for _, area in left_out(exact)[0]} == {NORTH_WEST, ENGLAND}


def test_a_row_of_markers_is_no_number_of_a_force() -> None:
    rows = table("prc.pfa.robbery", [MANCHESTER, CITY])
    before = table("prc.pfa.robbery", period_start=day("2024-01-01"), period_end=day("2024-12-31"))
    # The year before stands in a table of its own, and says nothing of this one.
    (told,) = forces_lost(frame("archive.figure", [*rows, *before], **FIGURE), "file.xlsx", AREAS)
    assert told["place"] == "file.xlsx, prc.pfa to 31 December 2025"
    assert told["evidence"] == "No number of 2 of 43 police forces: City of London, Greater Manchester."
    assert forces_lost(frame("archive.figure", table("prc.pfa.robbery", [CITY]), **FIGURE), "file.xlsx", AREAS) == []
    assert math.isclose(sum(COUNTED.values()), next(row["value"] for row in rows if row["area_code"] == BOTH))
