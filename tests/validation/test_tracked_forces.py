"""The tracked counts and populations of forces: each against the cell it names, the tables against each other, and what follows.

The cells are read here with calamine and csv, not with the project's own readers. Skipped with a reason where a released
file is not at hand.
"""

import re
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from kit import ROOT, Tables, read_rows
from openpyxl.utils.cell import coordinate_to_tuple
from test_released_workbooks import PFA
from test_transcription import CHANGES, contents, grid

FIGURES, REFERENCE = ROOT / "data" / "figures", ROOT / "data" / "reference"
FILES = PFA | {
    "prc-pfa-to-2018-03": "home_office/prc-pfa-mar2013-onwards-tables201718.csv",
    "rolling-years-to-2018-12": "home_office/rec-crime-pfa.csv",
    "mid-2020-2021-06": "population/ukpopestimatesmid2020on2021geography.xlsx",
    "mid-2021-2022-12": "population/ukpopestimatesmid2021on2021geographyfinal.xlsx",
    "mid-2022-2024-03": "population/mye22final.xlsx",
}
# The header that a series stands under, in every layout of the tables by force.
HEADERS = {
    "all_crime_excluding_fraud": "total recorded crime",
    "sexual_offences": "sexual offences",
    "stalking_and_harassment": "stalking and harass?ment",
    "pfa_table": "population figures",
}
Row = dict[str, str]


LINES = [row for name in ("forces/counts", "forces/populations", CHANGES) for row in read_rows(FIGURES / f"{name}.csv")]
AREAS = {row["area_code"]: row for row in read_rows(REFERENCE / "area.csv")}


def number(cell: Any) -> float:
    """A cell of a workbook, or the text of one in a CSV: thousands separators, and the accountant's nought."""
    text = str(cell).replace(",", "").strip()
    return 0.0 if text == "-00" else float(text)


@pytest.mark.parametrize("release", sorted(FILES))
def test_every_line_holds_what_its_cell_holds(release: str) -> None:
    rows = [row for row in LINES if row["release"] == release]
    assert rows
    for row in rows:
        found = contents(grid(FILES[release], row["sheet"]), row["cell"])
        assert sum(map(number, found)) == float(row["value"]), row


@pytest.mark.parametrize("release", sorted(one for one in FILES if one.startswith("ye-")))
def test_a_cell_stands_in_the_row_of_its_area_and_the_column_of_its_series(release: str) -> None:
    """Values alone would not tell two equal cells apart."""
    for row in (row for row in LINES if row["release"] == release):
        cells = grid(FILES[release], row["sheet"])
        line, column = coordinate_to_tuple(row["cell"])
        printed = [str(cell) for cell in cells[line - 1][:4]]
        area = AREAS[row["area_code"]]
        assert any(row["area_code"] in text or area["name"].lower() in text.lower() for text in printed), row
        heads = [" ".join(str(cells[up][column - 1]).split()).lower() for up in range(3, 9) if column <= len(cells[up])]
        assert any(re.match(HEADERS[row["series"].rsplit(".", 1)[1]], head) for head in heads), (row, heads)


def test_every_force_is_there() -> None:
    forces = {code for code, row in AREAS.items() if row["area_type"] == "police_force"}
    assert len(forces) == 43
    for release in FILES:
        there = {row["area_code"] for row in LINES if row["release"] == release}
        without = {"E23000034"} if release == "ye-2025-06" else set()  # Table C2 has no row for the City of London
        assert forces - there == without, release


def test_regions_are_the_sums_of_their_forces() -> None:
    """Regions and forces stand in different rows of Table P1, so a cell of the wrong row or column would show."""
    held = {
        (row["release"], row["sheet"], row["series"], row["area_code"]): float(row["value"])
        for row in LINES
        if row["series"].startswith("prc.pfa.")
    }
    compared = 0
    for (release, sheet, series, area), value in held.items():
        if AREAS[area]["area_type"] == "region":
            parts = [
                held[release, sheet, series, code]
                for code, row in AREAS.items()
                if row["area_type"] == "police_force" and row["parent_code"] == area
            ]
            assert sum(parts) == value, (release, sheet, series, area)
            compared += 1
    assert compared == 9 * 3 * 6


def test_after_a_run_without_any_landed_file_every_force_answers(
    tables: Tables, file: duckdb.DuckDBPyConnection
) -> None:
    forces = {code for code, row in AREAS.items() if row["area_type"] == "police_force"}
    assert forces <= {row["area_code"] for row in tables.rows("recorded.force_count")}
    compared = tables.rows("reconciled.force_comparison")
    assert forces <= {row["area_code"] for row in compared}
    newest = [
        row for row in compared if str(row["period_end"]) == "2024-12-31" and row["offence_code"] == "sexual_offences"
    ]
    by_force = {row["area_code"]: row for row in newest}
    # Avon and Somerset, Table P1 and P3 of the workbook to December 2024: 7,617 offences, 1,784,500 people, 4.3 per 1,000.
    assert (by_force["E23000036"]["offences"], by_force["E23000036"]["population"]) == (7617, 1784500)
    assert by_force["E23000036"]["rate_per_1000"] == pytest.approx(1000 * 7617 / 1784500)
    for area in ("E23000034", "BTP"):
        assert by_force[area]["offences"] is not None and by_force[area]["rate_per_1000"] is None
    broken = file.execute(
        "SELECT threat, count(DISTINCT area_code) FROM threat_breakdown WHERE list_contains(?, area_code) GROUP BY ALL",
        [sorted(forces)],
    ).fetchall()
    assert {"rasso": 43, "stalking_harassment": 43, "csae": 43}.items() <= dict(broken).items()


def test_a_rate_over_an_older_population_says_so(tables: Tables) -> None:
    """No population by force is held for mid-2024: the rates to June 2025 are over mid-2023, the newest that is held."""
    rows = [row for row in tables.rows("reconciled.force_comparison") if str(row["period_end"]) == "2025-06-30"]
    rated = [row for row in rows if row["rate_per_1000"] is not None]
    assert len(rated) == 2 * 42
    for row in rated:
        assert row["rate_population"] == "all persons, mid-2023"
        assert any("mid-2023, the newest that is held" in caveat for caveat in row["caveats"])


def test_what_is_said_to_be_held_by_force_is_and_the_rest_is_not(tables: Tables) -> None:
    held = {(row["offence_code"], row["source"]) for row in tables.rows("recorded.force_count")}
    rows = tables.rows("reference.force_availability")
    assert {row["threat"] for row in rows} >= {"domestic_abuse", "rasso", "stalking_harassment", "csae", "online"}
    for row in rows:
        if row["offence_code"]:
            assert ((row["offence_code"], row["source"]) in held) is (row["state"] == "held"), row["row_id"]
    spans = dict(windows(tables))
    for row in rows:
        if row["offence_code"] and row["state"] == "held":
            assert spans[row["offence_code"], row["source"]] == (row["held_from"], row["held_to"]), row["row_id"]
        assert (row["held_from"] is not None) is (row["state"] == "held"), row["row_id"]


def windows(tables: Tables) -> Iterator[tuple[tuple[str, str], tuple[Any, Any]]]:
    """First and last day held of each offence in each publication."""
    spans: dict[tuple[str, str], list[Any]] = {}
    for row in tables.rows("recorded.force_count"):
        spans.setdefault((row["offence_code"], row["source"]), []).extend((row["period_start"], row["period_end"]))
    for key, days in spans.items():
        yield key, (min(days), max(days))
