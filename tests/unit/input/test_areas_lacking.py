"""Which forces a figure leaves out, as its source says."""

import datetime
from pathlib import Path

import pandas as pd
import pytest
from kit import FIGURE, frame

from assets.archive.plausible.coverage import with_coverage
from assets.archive.plausible.left_out import Areas, left_out_in
from assets.archive.reading.grid import column_number
from assets.reference.read import read_reference

ROOT = Path(__file__).resolve().parents[3] / "data"
MANCHESTER, DEVON, HUMBERSIDE, LANCASHIRE = "E23000005", "E23000035", "E23000012", "E23000003"


@pytest.fixture(scope="module")
def areas() -> pd.DataFrame:
    return read_reference(ROOT, "reference.area")


@pytest.mark.parametrize(
    ("said", "forces"),
    [
        # As printed: force tables YE June 2019, P5; Appendix tables YE September 2025, B10 note 3; force tables YE December 2018.
        ("England and Wales (excluding Greater Manchester Police)", {MANCHESTER}),
        ("Data cover the 43 Police Forces who provided data over the period, excluding Humberside.", {HUMBERSIDE}),
        (
            "Lancashire Police Force were unable to provide police recorded crime for November and December 2018.",
            {LANCASHIRE},
        ),
        ("Figures do not include Devon & Cornwall and Humberside.", {DEVON, HUMBERSIDE}),
        ("Data from GMP are not included in these figures", {MANCHESTER}),
        ("All forces except Devon and Cornwall Police", {DEVON}),
        ("Excludes West Midlands, Kent and City of London", {"E23000014", "E23000032", "E23000034"}),
        # Says that it is included, or nothing of coverage.
        (
            "Greater Manchester Police have been previously unable to supply data. Figures for Greater Manchester are now"
            " included in the National totals.",
            set(),
        ),
        ("Includes the British Transport Police", set()),
        ("Offences excluding fraud rose in Greater Manchester", set()),
        ("Greater Manchester Police reviewed their recording in December 2017.", set()),
    ],
)
def test_forces_are_read_from_what_is_said(areas: pd.DataFrame, said: str, forces: set[str]) -> None:
    assert {code for code, _ in left_out_in(said, Areas(areas))} == forces


@pytest.mark.parametrize("between", ["; comparable", ", compared"])
def test_the_year_that_a_count_is_compared_with_does_not_limit_what_is_left_out(
    areas: pd.DataFrame, between: str
) -> None:
    """Home Office, honour-based abuse, YE March 2021: the total without the force, beside that of the year before."""
    said = f"EXCLUDES Greater Manchester Police{between} with 2,024 in YE March 2020 (up 18%)"
    assert left_out_in(said, Areas(areas)) == [(MANCHESTER, ())]


def test_coverage_is_of_totals_that_hold_the_force_and_of_the_years_named(areas: pd.DataFrame) -> None:
    note = "Data for the year ending March 2020 exclude Greater Manchester Police."
    window = {"period_start": pd.Timestamp("2019-04-01").date(), "period_end": pd.Timestamp("2020-03-31").date()}
    rows = [
        {"note": note} | window,
        {"note": note},  # the year ending March 2023
        {"note": note, "area_code": "E12000002"} | window,  # North West
        {"note": note, "area_code": "E12000007"} | window,  # London
        {"note": None} | window,
    ]
    series = with_coverage(frame("archive.figure", rows, **FIGURE), areas)["leaves_out"]
    assert series.astype("object").where(series.notna(), None).tolist() == [MANCHESTER, None, MANCHESTER, None, None]


@pytest.mark.parametrize(
    ("when", "lacking"),
    [
        ("", [2020, 2021, 2022, 2023, 2024, 2025]),
        (" for the year ending March 2023", [2023]),
        (" for year ending March 2021 and year ending March 2024", [2021, 2024]),
        (", year ending March 2021 to year ending March 2024", [2021, 2022, 2023, 2024]),
        (" in 2022/23", [2023]),
        (" in 2021/22 to 2023/24", [2022, 2023, 2024]),
        (" in 2021-22 and 2023-24", [2022, 2024]),
        (" from the year ending March 2023", [2023, 2024, 2025]),
        (" until the year ending March 2022", [2020, 2021, 2022]),
    ],
)
def test_a_force_is_lacking_in_the_years_that_are_said(areas: pd.DataFrame, when: str, lacking: list[int]) -> None:
    """A change between a year with and one without the force must see that they differ."""
    ends = [datetime.date(year, 3, 31) for year in range(2020, 2026)]
    note = f"England and Wales excluding Devon and Cornwall{when}."
    rows = [{"note": note, "period_start": datetime.date(end.year - 1, 4, 1), "period_end": end} for end in ends]
    found = with_coverage(frame("archive.figure", rows, **FIGURE), areas)
    assert [
        end.year for end, said in zip(ends, found["leaves_out"], strict=True) if said is not pd.NA and said
    ] == lacking


def test_columns_are_numbered_from_nought() -> None:
    assert [column_number(letters) for letters in ("A", "Z", "AA", "AB")] == [0, 25, 26, 27]
