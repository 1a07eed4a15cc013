"""Every figure that a reader gives is the number in the cell that it names, read again without the readers."""

import csv
import gzip
import io
import re
from functools import cache
from typing import Any

import pytest
from kit import notice, released
from openpyxl.utils.cell import coordinate_to_tuple
from test_open_data import MID_YEARS, taken
from test_released_workbooks import APPENDIX, PFA, cells, read, rows
from test_transcription import contents

from assets.tables.records import records

WORKBOOKS = [("ons_appendix", key) for key in APPENDIX] + [("ons_pfa", key) for key in PFA if PFA[key].endswith("xlsx")]
PREVALENCE = "csew/csew-open-data-personal-crime-prevalence-2018q4.csv.gz"
MID_2018 = "mid-2018-estimates-2019-lad-codes.xls"
OUTCOMES = "home_office/outcomes-open-data-2018-19.csv.gz"


def number(cell: Any) -> float | None:
    """The number in a raw cell, as a person would read it."""
    if isinstance(cell, float):
        return cell
    text = str(cell).strip().replace(",", "")
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", text, re.IGNORECASE) else None


@pytest.mark.parametrize(("publication", "release"), WORKBOOKS)
def test_every_figure_of_a_workbook_stands_in_its_cell(publication: str, release: str) -> None:
    sheets = cells((APPENDIX if publication == "ons_appendix" else PFA)[release])
    wrong = []
    for row in rows(publication, release):
        [cell] = contents(sheets[row["sheet"]], row["cell"])
        if number(cell) != row["value"]:
            wrong.append((row["sheet"], row["cell"], row["value"], cell))
    assert not wrong


@cache
def lines_of(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(gzip.decompress(released(name).read_bytes()).decode("utf-8"), newline="")))


@pytest.mark.long
@pytest.mark.parametrize("name", [PREVALENCE, OUTCOMES])
def test_every_figure_of_open_data_stands_in_its_cell(name: str) -> None:
    lines, frame = lines_of(name), taken(name)[1].frame
    for cell, value, status in frame[["cell", "value", "obs_status"]].itertuples(index=False, name=None):
        [value_there] = contents(lines, cell)
        assert (number(value_there), status) == ((value, "normal") if status == "normal" else (None, "missing"))


def test_standard_errors_and_bases_stand_beside_their_estimates() -> None:
    lines, frame = lines_of(PREVALENCE), taken(PREVALENCE)[1].frame
    error, base = (lines[0].index(name) for name in ("standard_error", "unweighted_count"))
    for row in records(frame):
        line, _ = coordinate_to_tuple(row["cell"])
        # An error or base that is not printed is nothing, never 0.
        assert [number(lines[line - 1][at]) for at in (error, base)] == [row["standard_error"], row["base"]]


@pytest.mark.parametrize(
    "name", [MID_2018, *(pytest.param(name, marks=pytest.mark.long) for name in MID_YEARS if name != MID_2018)]
)
def test_every_population_is_the_sum_of_the_cells_it_names(name: str) -> None:
    sheets = cells(f"population/{name}")
    frame = taken(f"population/{name}")[1].frame
    checked = 0
    for sheet, cell, value in frame[["sheet", "cell", "value"]].itertuples(index=False, name=None):
        if len(cell) < 4000:  # bands of London's districts in long form name thousands of cells
            added = [number(one) for one in contents(sheets[sheet], cell)]
            assert sum(one for one in added if one is not None) == value, (sheet, cell)
            checked += 1
    assert checked > 1000


def test_the_defects_of_the_releases_held_are_found_where_they_stand() -> None:
    """Each was looked up in its workbook by hand."""
    readings = [read("ons_appendix", key) for key in APPENDIX] + [read("ons_pfa", key) for key in PFA]
    found = notice(readings)
    for kind, where, said in (
        ("cover_date_contradicts_contents", "september-2025.xlsx, sheet 'Cover Sheet', cell A3", "23 October 2025"),
        ("cover_contradicts_contents", "september-2022.xlsx, sheet 'Cover sheet', cell A1", "year ending September 2023"),
        ("header_of_another_length", "june-2025.xlsx, sheet 'Worksheet_E2', cell D18", "spans 15 months"),
        ("header_differs_from_twin", "september-2025.xlsx, sheet 'Worksheet_E2', cell C18", "Jan 2024 to Mar 2024"),
        ("same_figure_differs", "Table A3!AB23 and Table A6!AB15", "33735"),
        ("number_became_marker", "ye-2025-09, Table_A5a!V113", "0 became [x]"),
        ("figure_moved_between_labels", "ye-2025-09, Table_B2!E32", "2,529 to 180"),
        ("stray_sign", "september-2025.xlsx, sheet 'Table_A5a', cell V6", "`"),
        ("note_points_nowhere", "june2018corrected.xlsx, sheet 'Table P3', cell B52", "note 12"),
        ("note_number_twice", "december2024.xlsx, sheet 'Notes- PFA ', cell A16", "9, 10"),
        ("code_of_another_area", "december2024.xlsx, sheet 'Table C2', Table C2, cell A129", "W15000003"),
        ("notes_not_in_file", "june25final.csv", "has none"),
    ):  # fmt: skip
        assert any(row["kind"] == kind and where in row["place"] and said in row["evidence"] for row in found), (
            kind,
            where,
        )
