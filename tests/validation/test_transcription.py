"""The transcribed figures against the material they were read from.

The tests that need that material look for it beside the project (`../shared`, or DARKFIGURE_PUBLISHED for the
released files) and are skipped with a reason where it is absent. The others need only the tracked files.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from kit import PUBLISHED, ROOT, printed_sheet, read_rows, released
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

FIGURES = ROOT / "data" / "figures"
REFERENCE = ROOT / "data" / "reference"
FACTS = [ROOT.parent / "shared" / "facts" / name for name in ("figures.csv", "figures-2.csv")]

KEY = (
    "series",
    "sex",
    "age",
    "characteristic",
    "characteristic_value",
    "area_code",
    "period_start",
    "period_end",
    "source",
    "release",
)
TABLE_OF_FILE = {
    "survey_estimates": "survey.estimate",
    "survey_reporting": "survey.estimate",
    "recorded_offences": "recorded.offence_count",
    "recorded_months": "recorded.offence_count",
    "recorded_flags": "recorded.flagged_count",
    "policing_vawg": "recorded.vawg_count",
    "recorded_shares": "recorded.share",
    "justice": "recorded.outcome",
    "population": "population.estimate",
}
CHANGES = "recorded_changes"  # of forces: see test_tracked_forces.py
HELD = {
    "ye-2025-06": "ons_appendix/appendix-tables-ye-june-2025.xlsx",
    "ye-2025-09": "ons_appendix/appendix-tables-ye-september-2025.xlsx",
    "ye-2022-09": "ons_appendix/appendix-tables-ye-september-2022.xlsx",
    "mid-2018-2019-06": "population/mid-2018-estimates-2019-lad-codes.xls",
    "mid-2019-2020-06": "population/ukmidyearestimates20192020ladcodes.xls",
    "mid-2020-2021-06": "population/ukpopestimatesmid2020on2021geography.xlsx",
    "mid-2021-2022-12": "population/ukpopestimatesmid2021on2021geographyfinal.xlsx",
    "mid-2022-2024-03": "population/mye22final.xlsx",
    "historical-2023-11": "population/ukpopulationestimates18382022.xlsx",
    "mid-2023-regional-copy": "population/regionalpopulation.csv",
    "mid-2025-copy": "population/ew_population_single_year_mid2025.csv",
    "sdg-5-2-1-b68b9d9": "csew/indicator_5-2-1.csv",
    "sdg-5-2-2-b68b9d9": "csew/indicator_5-2-2.csv",
    "sdg-16-1-3-b68b9d9": "csew/indicator_16-1-3.csv",
    "sdg-16-2-3-b68b9d9": "csew/indicator_16-2-3.csv",
    "sdg-16-3-1-b68b9d9": "csew/indicator_16-3-1.csv",
}

# Publications by force: tests/validation/test_tracked_forces.py holds what is tracked of them against the files.
OF_FORCES = ("ons_pfa", "ho_prc_pfa")
# The copy in which the facts saw a file that the project cites by the publisher's page and the file's sha256.
COPIED_AS = {
    "ye-2025-12": "github:times/times-channel-britain-at-a-glance-data@472f6a0:downloads/crime.xlsx (unmodified ONS workbook)"
}

# Statements on significance are no figures: they stand in data/reference/official_significance.csv.
SIGNIFICANCE = "official_significance"
APPENDIX = "Crime in England and Wales: Appendix tables, YE December 2025"
# Titles of parts of a publication whose release stands under the title of the whole.
PART_OF = {
    f"{APPENDIX}, Worksheet B1": APPENDIX,
    "UK SDG indicator 16.1.3 (from ONS CSEW annual trend and demographic tables)": (
        "UK SDG indicator 16.1.3 (from ONS Sexual offences prevalence appendix tables)"
    ),
}
# A doubt of the facts that the project settles: two pages of one day, both kept as vintages.
SETTLED = "FUN-domestic_abuse-a--2019-03-31-0c5b07"
IN_DOUBT = "in doubt: "

Row = dict[str, str]


@cache
def figures() -> list[Row]:
    return [row | {"file": name} for name in TABLE_OF_FILE for row in read_rows(FIGURES / f"{name}.csv")]


@cache
def releases() -> dict[str, Row]:
    rows = [row for row in read_rows(REFERENCE / "release.csv") if row["source"] not in OF_FORCES]
    assert len({row["release"] for row in rows}) == len(rows)
    return {row["release"]: row for row in rows}


@cache
def facts() -> list[Row]:
    for path in FACTS:
        if not path.is_file():
            pytest.skip(f"the material the figures were read from is not here: {path}")
    rows = [row for path in FACTS for row in read_rows(path) if row["topic"] != SIGNIFICANCE]
    # Worksheet B1 prints one base for the four tables of a year; the facts give it as a figure of its own.
    bases = {row["period_end"]: row["value"] for row in rows if row["topic"] == "csew_sample" and of_worksheet_b1(row)}
    return [
        row | {"unweighted_base": bases[row["period_end"]]}
        if of_worksheet_b1(row) and row["topic"] != "csew_sample" and not row["unweighted_base"]
        else row
        for row in rows
    ]


def of_worksheet_b1(row: Row) -> bool:
    return row["publication_title"] == f"{APPENDIX}, Worksheet B1"


def in_doubt(row: Row) -> bool:
    return row["doubt"] == "1" and row["figure_id"] != SETTLED


def name_of(row: Row) -> str:
    return f"{row['file']}.csv: {row['series']} {row['sex']} {row['age']} {row['period_end']} {row['release']}"


# -- tracked files only ----------------------------------------------------------------------------------------


def test_every_figure_file_is_known() -> None:
    assert {path.stem for path in FIGURES.glob("*.csv")} == {*TABLE_OF_FILE, CHANGES, "left_out"}


def test_series_and_release_of_every_figure_are_known() -> None:
    series = {row["series"]: row for row in read_rows(REFERENCE / "series.csv")}
    for row in figures():
        assert row["series"] in series, name_of(row)
        assert row["release"] in releases(), name_of(row)
        assert releases()[row["release"]]["source"] == row["source"], name_of(row)
        assert series[row["series"]]["unit"] == row["unit"], name_of(row)
        assert series[row["series"]]["table"] == TABLE_OF_FILE[row["file"]], name_of(row)


def test_vintages_are_ordered_by_a_printed_date_or_say_that_they_are_not() -> None:
    for row in releases().values():
        assert re.fullmatch(r"20\d{6}", row["vintage_order"]), row["release"]
        if row["released"].replace("-", "") != row["vintage_order"]:
            assert re.search("inferred|copy|copies|corrected|SDG", row["note"]), row["release"]


def test_press_copies_say_so() -> None:
    for row in figures():
        if row["source"] in ("press", "parliament"):
            assert row["designation"] == "press_copy", name_of(row)


# -- against the facts -----------------------------------------------------------------------------------------


def identity(row: Row, *, fact: bool) -> tuple[Any, ...]:
    """What must agree between a figure and the fact it was transcribed from."""
    age = row["age"]
    if fact:
        age = {"all ages": "all", "": "all"}.get(age, age)
        if row["measure"].startswith("marac"):  # the age stands in the measure's name there
            age = "adults"
    return (
        Decimal(row["value"]).normalize(),
        row["unit"].replace(" ", "_"),
        row["period_start"],
        row["period_end"],
        row["sex"],
        age,
        row["printed_as"] if fact else row["printed"],
        address(row, fact=fact),
        PART_OF.get(row["publication_title"], row["publication_title"])
        if fact
        else releases()[row["release"]]["title"],
        row["unweighted_base"] if fact else row["base"],
    )


def address(row: Row, *, fact: bool) -> str:
    """Where it was read: a copy in the facts is, in the figures, the publisher's page where the release cites its hash."""
    return row["url"] if fact else COPIED_AS.get(row["release"], row["url"])


def test_every_transcribed_figure_stands_in_the_facts_without_doubt() -> None:
    sound = Counter(identity(f, fact=True) for f in facts() if not in_doubt(f))
    unmatched = []
    for row in figures():
        if row["source"] == "statement" or row["obs_status"] != "normal":
            continue
        key = identity(row, fact=False)
        if sound[key] > 0:
            sound[key] -= 1
        elif not (row["cell"] and row["release"] in HELD):  # read from a held file: the cell test has it
            unmatched.append(name_of(row))
    assert unmatched == []


def test_every_sound_fact_is_transcribed_or_left_out_for_a_reason() -> None:
    left_out = {row["figure_id"]: row["reason"] for row in read_rows(FIGURES / "left_out.csv")}
    assert all(left_out.values())
    have = Counter(identity(row, fact=False) for row in figures() if row["obs_status"] == "normal")
    missing = []
    for fact in facts():
        if fact["figure_id"] in left_out:
            assert in_doubt(fact) is left_out[fact["figure_id"]].startswith(IN_DOUBT), fact["figure_id"]
            continue
        key = identity(fact, fact=True)
        have[key] -= 1
        if have[key] < 0:
            missing.append(fact["figure_id"])
    assert missing == []


def test_each_of_the_1346_rows_of_figures_2_has_one_state() -> None:
    """Taken in as a figure, a press copy or a statement of significance, each sound or in doubt; or left out for a reason."""
    sound = {fact["figure_id"]: identity(fact, fact=True) for fact in facts()}
    have = Counter(identity(row, fact=False) for row in figures() if row["obs_status"] == "normal")
    said = Counter((r["period_end"], r["sex"], r["age"], r["significant"], r["doubt"] != "")
                   for r in read_rows(REFERENCE / "official_significance.csv"))  # fmt: skip
    refused = {row["figure_id"]: row["reason"] for row in read_rows(FIGURES / "left_out.csv")}
    states = Counter[str]()
    for fact in read_rows(FACTS[1]):
        name, doubted = fact["figure_id"], fact["doubt"] == "1"
        statement = fact["period_end"], fact["sex"], fact["age"], "true" if fact["value"] == "1" else "false", doubted
        if fact["topic"] == SIGNIFICANCE:
            said[statement] -= 1
            assert said[statement] >= 0, name
            states["statement in doubt" if doubted else "statement"] += 1
        elif name in refused:
            states["left out, in doubt" if refused[name].startswith(IN_DOUBT) else "left out"] += 1
        else:
            have[sound[name]] -= 1
            assert have[sound[name]] >= 0, name
            states["press copy" if fact["status"] == "press" else "figure"] += 1
    assert states == {
        "figure": 866, "press copy": 95, "statement": 311, "statement in doubt": 11, "left out": 9, "left out, in doubt": 54,
    }  # fmt: skip


def test_nothing_is_left_out_that_is_not_there() -> None:
    assert {row["figure_id"] for row in read_rows(FIGURES / "left_out.csv")} <= {fact["figure_id"] for fact in facts()}


def test_the_two_definitions_of_domestic_abuse_in_2012_13_are_two_series() -> None:
    """7.1% of women in the first definition, 8.8% in the later one (ONS); neither stands in the other's series."""
    of_women = {
        row["series"]: Decimal(row["value"]).quantize(Decimal("0.1"))
        for row in figures()
        if row["series"].startswith("csew.domestic_abuse") and row["series"].endswith(".16-59.prevalence")
        if (row["sex"], row["period_end"]) == ("female", "2013-03-31")
    }
    assert of_women["csew.domestic_abuse.old.16-59.prevalence"] == Decimal("8.8")
    assert of_women["csew.domestic_abuse_first_definition.old.16-59.prevalence"] == Decimal("7.1")


# -- against the cells of the released files -------------------------------------------------------------------


@cache
def grid(file: str, sheet: str) -> list[list[Any]]:
    path = released(file)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.reader(handle))
    return printed_sheet(path, sheet)


def contents(cells: list[list[Any]], address: str) -> list[Any]:
    """The cells that an expression such as "E9:T9;E11" names."""
    return [
        cells[row - 1][column - 1]
        for left, top, right, bottom in map(range_boundaries, address.split(";"))
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]


@pytest.mark.parametrize("release", sorted(HELD))
def test_every_cell_holds_its_figure(release: str) -> None:
    file = HELD[release]
    if not (PUBLISHED / file).is_file():
        pytest.skip(f"the released file is not here: {PUBLISHED / file}")
    rows = [row for row in figures() if row["release"] == release]
    assert rows
    for row in rows:
        assert row["cell"], f"a held file, but no cell: {name_of(row)}"
        found = contents(grid(file, row["sheet"]), row["cell"])
        if row["obs_status"] == "missing":
            assert [str(cell).strip() for cell in found] == ["[x]"], name_of(row)
        else:
            assert sum(float(cell) for cell in found) == pytest.approx(float(row["value"]), rel=1e-12), name_of(row)


def test_a_cell_is_named_only_where_the_file_is_known() -> None:
    """A file at hand, or the publisher's file by its sha256, which the release then cites."""
    assert {row["release"] for row in figures() if row["cell"]} <= {*HELD, *cited_by_hash()}
    assert {r for r, row in releases().items() if row["held"] == "true"} == {
        *HELD,
        "2024-07",
        "2024-07-csew-copy",
    }


def cited_by_hash() -> set[str]:
    """Releases whose file is not held but known: its sha256 stands in the citation."""
    return {release for release, row in releases().items() if re.search(r"\bsha256 [0-9a-f]{64}\b", row["citation"])}


@pytest.mark.parametrize("release", ["ye-2025-12"])
def test_every_figure_of_a_file_known_by_its_hash_has_a_sheet_and_a_cell(release: str) -> None:
    """Nobody can open the file here, so what a cell must be: one figure's alone, a line per series, a column per year."""
    assert release in cited_by_hash()
    assert releases()[release]["url"].startswith("https://www.ons.gov.uk/")
    rows = [row for row in figures() if row["release"] == release]
    assert len(rows) > 1200
    lines: dict[tuple[str, ...], set[int]] = {}
    columns: dict[tuple[str, ...], set[int]] = {}
    cells = Counter((row["sheet"], row["cell"]) for row in rows)
    for row in rows:
        assert re.fullmatch(r"(Table|Worksheet)_[A-E]\d+[a-z]?", row["sheet"]), name_of(row)
        line, column = coordinate_to_tuple(row["cell"])
        table, measure = row["series"].rsplit(".", 1)
        kind = measure if row["sheet"] == "Worksheet_B1" else table
        lines.setdefault((row["sheet"], row["series"], row["characteristic_value"]), set()).add(line)
        columns.setdefault((row["sheet"], kind, row["period_start"], row["period_end"]), set()).add(column)
    assert [cell for cell, n in cells.items() if n > 1] == []
    assert [series for series, at in lines.items() if len(at) > 1] == []
    assert [period for period, at in columns.items() if len(at) > 1] == []
