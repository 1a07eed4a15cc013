"""Forces of the released workbook of December 2024, from the workbook to the tables: they add up to England and Wales, and
their rates are those that Table P3 prints. Skipped with a reason where the released file is not at hand."""

from functools import cache
from typing import Any

import pandas as pd
import pytest
from handed import handed
from kit import DATA, known_names, reference_table, released
from test_released_workbooks import PFA, cells, read

from assets.archive.reading.book import open_book
from assets.archive.reading.layout import load_layout
from assets.archive.titled.read import read_titled
from assets.population.tidy import estimates_of_figures
from assets.reconciled import checks
from assets.reconciled.forces.force_comparison import force_comparison
from assets.reconciled.threats.threat_breakdown import threat_breakdown
from assets.recorded.tidy import released_force_counts
from assets.tables.conform import conform, validate
from assets.tables.records import records
from schemas.derive import columns
from schemas.registry import contract

RELEASE = "ye-2024-12"
GROUPS = ("sexual_offences", "stalking_and_harassment")
BY_HAND = [
    ("E23000013", "sexual_offences", "Sexual offences"),
    ("E23000007", "stalking_and_harassment", "Stalking and harassment"),
    ("W15000002", "sexual_offences", "Sexual offences"),
]


@cache
def inputs() -> dict[str, pd.DataFrame]:
    reading = read("ons_pfa", RELEASE)
    reference = {name: reference_table(name) for name in ("series", "offence", "area", "offence_threat")}
    figures = conform(reading.frame, contract("archive.figure"))
    none = pd.DataFrame([], columns=list(columns(contract("recorded.force_count").model)))
    counts = released_force_counts(figures, reference["series"], reference["offence"], none)
    people = estimates_of_figures(figures, reference["series"])
    return {
        "forces": conform(counts, contract("recorded.force_count")),
        "population": conform(people, contract("population.estimate")),
        "releases": conform(pd.DataFrame([reading.release], dtype=object), contract("meta.release")),
        "memberships": reference["offence_threat"],
        "areas": reference["area"],
        "codes": reference["offence"],
        "series": reference["series"],
    }


@cache
def compared() -> list[dict[str, Any]]:
    table = conform(force_comparison(**inputs()), contract("reconciled.force_comparison"))
    validate(table, contract("reconciled.force_comparison"))
    assert checks.missing_is_not_nought_in_a_force.look(table).passed
    assert checks.funnel_limits_are_in_order.look(table).passed
    return [row for row in records(table) if row["period_end"].year == 2024]


@cache
def printed(sheet: str) -> dict[str, dict[str, Any]]:
    """The rows of a table as the workbook has them, by area code; headers without their notes."""
    grid = cells(PFA[RELEASE])[sheet]
    at = next(i for i, row in enumerate(grid) if row[0] == "Area Code")
    heads = [" ".join(str(cell).split("[")[0].split()) for cell in grid[at]]
    return {str(row[0]) or str(row[1]): dict(zip(heads, row, strict=True)) for row in grid[at + 1 :]}


@pytest.mark.parametrize(("area", "code", "header"), BY_HAND)
def test_a_rate_is_the_one_of_table_p3(area: str, code: str, header: str) -> None:
    """ONS divides by unrounded people and prints them to the hundred, so rates agree to that rounding."""
    wanted = printed("Table P3")[area]
    row = next(row for row in compared() if (row["area_code"], row["offence_code"]) == (area, code))
    rounding = 50 / row["population"]
    assert row["population"] == wanted["Population figures (mid-2023) rounded to 100"]
    assert row["rate_per_1000"] == pytest.approx(wanted[header], rel=rounding)


def test_the_city_of_london_is_suppressed_there_and_empty_here() -> None:
    assert printed("Table P3")["E23000034"]["Sexual offences"] == "[u1]"
    for row in compared():
        if row["area_code"] in ("E23000034", "BTP"):
            assert row["offences"] is not None and row["rate_per_1000"] is None and row["position"] is None


@pytest.mark.parametrize("code", GROUPS)
def test_forces_and_countries_add_up_to_england_and_wales(code: str) -> None:
    national = printed("Table P1")["K04000001"][code.replace("_", " ").capitalize()]
    rows = [row for row in compared() if row["offence_code"] == code]
    assert len(rows) == 44 and sum(row["offences"] for row in rows) == national
    broken_down = [
        row
        for row in records(handed(threat_breakdown, **inputs()))
        if row["period_end"].year == 2024 and code in (row["dimension_value"], "stalking_and_harassment")
    ]
    of_code = [row for row in broken_down if (row["threat"] == "rasso") is (code == "sexual_offences")]
    by_area = {row["area_code"]: row["offences"] for row in of_code}
    assert by_area["E92000001"] + by_area["W92000004"] + by_area["BTP"] == national
    assert sum(value for area, value in by_area.items() if area.startswith("E12")) == by_area["E92000001"]


def test_the_counts_of_the_year_compared_with_are_read_and_under_that_year() -> None:
    """Table P4 prints the year that Table P2 compares with: another period than the other titles, and no false title."""
    figures = read("ons_pfa", RELEASE).frame
    whole = figures[(figures["series"] == "prc.pfa.all_crime_excluding_fraud") & (figures["area_code"] == "K04000001")]
    assert {(str(row["period_end"]), row["sheet"], row["value"]) for row in records(whole)} == {
        ("2024-12-31", "Table P1", 5350405), ("2023-12-31", "Table P4", 5483871),
    }  # fmt: skip


def test_a_title_that_is_false_sets_its_table_aside() -> None:
    """With Table P1 under the year before, no table of counts is of the release's year: both are set aside, and named."""
    book = open_book(released(PFA[RELEASE]))
    title = book.grid("Table P1").rows[0]
    title[0] = title[0].replace("December 2024", "December 2023")
    reading = read_titled(book, load_layout(DATA, "ons_pfa"), known_names())
    assert {refused.problems[0].place.split("sheet ")[1].split(",")[0] for refused in reading.set_aside} == {
        "'Table P1'",
        "'Table P4 '",
    }
    assert not (reading.frame["series"] == "prc.pfa.all_crime_excluding_fraud").any()
