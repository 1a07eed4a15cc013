"""Which of two releases is in doubt that print a row or column otherwise: the one that something else tells of, or both."""

from collections.abc import Callable

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubts_of, made, to_march

pytestmark = pytest.mark.long

RELEASES = ("ye-2025-06", "ye-2025-09", "ye-2025-12")
NAMES = ("robbery", "rape", "homicide", "shoplifting", "bicycle_theft")
YEARS = range(2013, 2020)
AREAS = ("E12000001", "E23000013", "E23000008", "E23000007")  # the North East and its forces
# SYNTHETIC counts by offence and year, which grow by a tenth a year; not of round numbers, as rounded ones are.
Counts = dict[int, list[float]]


def as_it_is() -> Counts:
    return {year: [round(1003 * (by + 2) * 1.1 ** (year - 2013)) for by in range(len(NAMES))] for year in YEARS}


def exchanged(counts: Counts) -> Counts:
    return counts | {2015: counts[2016], 2016: counts[2015]}


def in_thousands(counts: Counts) -> Counts:
    return counts | {2016: [value / 1000 for value in counts[2016]]}


def doubted(tables: Tables, **counts: Counts) -> tuple[set[tuple[str, str]], set[str]]:
    """Release and column of what is doubted, and the reasons."""
    figures = [
        made(
            tables,
            *((f"prc.a5a.{name}", "K04000001", value) for name, value in zip(NAMES, values, strict=True)),
            cells=[f"{'CDEFGHI'[year - 2013]}{10 + row}" for row in range(len(NAMES))],
            source="ons_appendix", release=release.replace("_", "-"), sheet="Table_A5a", **to_march(year),
        )
        for release, of_years in counts.items()
        for year, values in of_years.items()
    ]  # fmt: skip
    rows = doubts_of(tables, *figures)
    return {(row["release"], row["cell"][0]) for row in rows}, {row["reason"].split(". ")[-1] for row in rows}


@pytest.mark.parametrize("damaged", ["ye_2025_06", "ye_2025_09"])
def test_of_two_releases_alone_both_are_doubted(tables: Tables, damaged: str) -> None:
    counts = {"ye_2025_06": as_it_is(), "ye_2025_09": as_it_is()}
    found, reasons = doubted(tables, **counts | {damaged: exchanged(as_it_is())})
    assert found == {(release, column) for release in ("ye-2025-06", "ye-2025-09") for column in "EF"}
    assert reasons == {"Nothing else tells which of the two is wrong: both are withheld."}


@pytest.mark.parametrize("change", [exchanged, in_thousands])
@pytest.mark.parametrize("damaged", RELEASES)
def test_a_third_release_tells_which_is_wrong(tables: Tables, damaged: str, change: Callable[[Counts], Counts]) -> None:
    counts = {release.replace("-", "_"): as_it_is() for release in RELEASES}
    found, reasons = doubted(tables, **counts | {damaged.replace("-", "_"): change(as_it_is())})
    assert found == {(damaged, column) for column in ("EF" if change is exchanged else "F")}
    assert reasons == {"All of it is withheld."}


@pytest.mark.parametrize("damaged", ["ye_2025_06", "ye_2025_09"])
def test_other_years_tell_which_of_two_is_of_another_unit(tables: Tables, damaged: str) -> None:
    counts = {"ye_2025_06": as_it_is(), "ye_2025_09": as_it_is()}
    found, _ = doubted(tables, **counts | {damaged: in_thousands(as_it_is())})
    assert found == {(damaged.replace("_", "-"), "F")}


def test_with_a_column_of_the_survey_go_its_other_measures(tables: Tables) -> None:
    """Two years of one release changed places; the percentages are so near to each other that they alone would not tell."""
    kinds, both = ("domestic_violence", "acquaintance_violence", "stranger_violence", "wounding"), []
    for release in RELEASES:
        for at, year in enumerate((2013, 2015, 2014, 2016) if release == "ye-2025-09" else range(2013, 2017)):
            said = [
                made(
                    tables,
                    *((f"csew.{kind}.face_to_face.16+.{measure}", "K04000001", value) for kind in kinds),
                    source="ons_appendix", release=release, sheet="Worksheet_B1", unit=unit, age="16+",
                    period_type="survey_year", **to_march(2013 + at),
                )
                for measure, unit, value in (
                    ("incidents", "thousand_incidents", 500.0 + 100 * (year - 2013)),
                    ("prevalence", "percent", 1.0 + (year > 2014) / 10),
                )
            ]  # fmt: skip
            both.append(pd.concat(said).assign(cell=[f"{'CDEF'[at]}{10 + row}" for row in range(2 * len(kinds))]))
    found = {(row["release"], row["cell"]) for row in doubts_of(tables, *both)}
    assert found == {("ye-2025-09", f"{column}{row}") for column in "DE" for row in range(10, 18)}


def test_few_offences_may_be_wrong_though_the_right_number_is_beyond_a_usual_revision(tables: Tables) -> None:
    """Cleveland had 9 robberies where the release before prints 3; 7 stand there, and the region's total says 9."""
    both = [
        made(
            tables,
            *(("prc.pfa.robbery", area, value) for area, value in zip(AREAS, values, strict=True)),
            cells=("C10", "C11", "C12", "C13"),
            release=release,
        )
        for release, values in (("ye-2019-06", (303.0, 3.0, 100.0, 200.0)), ("ye-2024-12", (309.0, 7.0, 100.0, 200.0)))
    ]
    rows = doubts_of(tables, *both)
    assert {row["figure"].split(":")[6] for row in rows if row["release"] == "ye-2024-12"} == set(AREAS)
