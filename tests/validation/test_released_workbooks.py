"""The released workbooks as the readers see them: every cell counted again, every transcribed figure found again.

The workbooks are looked for beside the project (`../shared/published`, or DARKFIGURE_PUBLISHED); without them the tests
are skipped with a reason.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest
from kit import DATA, PUBLISHED, ROOT, known_names, notice, reference_table, released
from python_calamine import CalamineWorkbook

from assets.archive.reading.book import Book, open_book
from assets.archive.reading.layout import load_layout
from assets.archive.titled.read import TitledReading, read_titled
from assets.tables.conform import conform, validate
from assets.tables.records import records
from schemas.registry import contract

sys.path.insert(0, str(ROOT / "tests" / "unit" / "sheets"))
from sheet_writer import xlsx

APPENDIX = {
    "ye-2022-09": "ons_appendix/appendix-tables-ye-september-2022.xlsx",
    "ye-2025-06": "ons_appendix/appendix-tables-ye-june-2025.xlsx",
    "ye-2025-09": "ons_appendix/appendix-tables-ye-september-2025.xlsx",
}
PFA = {
    "ye-2018-03-corrected": "ons_pfa/policeforceareatablesyearendingmarch2018v2.xlsx",
    "ye-2018-06-corrected": "ons_pfa/policeforceareadatatablesyearendingjune2018corrected.xlsx",
    "ye-2018-12": "ons_pfa/policeforceareatablesyearendingdecember2018.xlsx",
    "ye-2019-06": "ons_pfa/policeforceareatablesyearendingjune2019.xlsx",
    "ye-2024-12": "ons_pfa/policeforceareatablesyedecember2024.xlsx",
    "ye-2025-06": "ons_pfa/policeforceareatablesyejune25final.csv",
}
OFFENCES = 23
Row = dict[str, Any]


@cache
def read(publication: str, release: str) -> TitledReading:
    files = APPENDIX if publication == "ons_appendix" else PFA
    return read_titled(open_book(released(files[release])), load_layout(DATA, publication), known_names())


@cache
def rows(publication: str, release: str) -> list[Row]:
    return records(read(publication, release).frame)


@cache
def cells(path: str) -> dict[str, list[list[Any]]]:
    """Sheets read again, without the toolkit: name without edge spaces -> rows."""
    book = CalamineWorkbook.from_path(released(path))
    return {n.strip(): book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}


def transcribed(release: str) -> list[dict[str, str]]:
    """The figures of data/figures that were transcribed from one release of the Appendix tables."""
    found = []
    for path in sorted((DATA / "figures").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            lines = csv.DictReader(handle)
            found += [row for row in lines if row.get("source") == "ons_appendix" and row["release"] == release]
    return found


BOTH = [("ons_appendix", key) for key in APPENDIX] + [("ons_pfa", key) for key in PFA]


@pytest.mark.parametrize(("publication", "release"), BOTH)
def test_the_release_is_known_by_its_contents_and_the_figures_keep_their_contract(
    publication: str, release: str
) -> None:
    reading = read(publication, release)
    assert reading.release["release"] == release
    frame = conform(reading.frame, contract("archive.figure"))
    validate(frame, contract("archive.figure"))
    assert set(reading.release) | {"row_id"} == set(contract("meta.release").model.to_schema().columns)


@pytest.mark.parametrize("release", APPENDIX)
def test_every_transcribed_figure_of_a_held_appendix_is_reproduced(release: str) -> None:
    key = ("series", "sex", "age", "characteristic", "characteristic_value", "area_code", "period_start", "period_end")
    ours = {tuple(str(row[name] or "") for name in key): row for row in rows("ons_appendix", release)}
    wanted = transcribed(release)
    assert wanted
    for row in wanted:
        found = ours[tuple(row[name] for name in key)]
        assert (found["sheet"], found["cell"], found["unit"], found["obs_status"], found["designation"]) == (
            row["sheet"], row["cell"], row["unit"], row["obs_status"], row["designation"],
        ), row  # fmt: skip
        assert found["value"] == (float(row["value"]) if row["value"] else None), row


def is_figure(cell: Any) -> bool:
    return isinstance(cell, float) or (isinstance(cell, str) and cell.strip() in ("[x]", "[u]", "[z]"))


def count(grid: list[list[Any]], columns: range, first: int, last: int) -> int:
    """Cells with a number or a marker in some columns of the sheet's rows first to last, counted from 1."""
    return sum(is_figure(row[column]) for row in grid[first - 1 : last] for column in columns if column < len(row))


@pytest.mark.parametrize("release", ["ye-2025-06", "ye-2025-09"])
def test_the_cells_of_every_targeted_table_of_2025_are_all_there(release: str) -> None:
    sheets = cells(APPENDIX[release])
    have = Counter(row["sheet"] for row in rows("ons_appendix", release))
    a5a, a5b = sheets["Table_A5a"], sheets["Table_A5b"]
    assert have["Table_A5a"] == count(a5a, range(2, 27), 10, len(a5a))
    assert have["Table_A5b"] == count(a5b, range(2, 26), 10, len(a5b))
    assert have["Table_B2"] == count(sheets["Table_B2"], range(1, 8), 10, 42)
    assert have["Worksheet_B9"] == count(sheets["Worksheet_B9"], range(1, 11), 10, 16) + count(
        sheets["Worksheet_B9"], range(1, 11), 20, 26
    )
    assert have["Table_B10"] == count(sheets["Table_B10"], range(1, 10), 9, 19)
    assert have["Table_C5"] == count(sheets["Table_C5"], range(2, 4), 8, 17)
    assert have["Worksheet_E2"] == count(sheets["Worksheet_E2"], range(1, 9), 9, 15) + count(
        sheets["Worksheet_E2"], range(1, 9), 19, 25
    )
    # B1: left tables with their base rows (the base is one figure, printed four times), right tables without significance.
    b1, changes = sheets["Worksheet_B1"], range(35, 83, 2)
    left = sum(count(b1, range(1, 33), first, first + 4) for first in (10, 18, 26, 34))
    assert have["Worksheet_B1"] == left - 3 * 32 + sum(
        count(b1, changes, first, first + 3) for first in (10, 18, 26, 34)
    )
    # A1 to A4: violence in total stands in B1, so four rows of five are kept.
    for number in range(1, 5):
        assert have[f"Table_A{number}a"] == count(sheets[f"Table_A{number}a"], range(1, 33), 10, 13)
        assert have[f"Table_A{number}b"] == count(sheets[f"Table_A{number}b"], range(1, 49, 2), 10, 13)


def test_the_cells_of_every_targeted_table_of_2022_are_all_there() -> None:
    sheets = cells(APPENDIX["ye-2022-09"])
    have = Counter(row["sheet"] for row in rows("ons_appendix", "ye-2022-09"))
    a4 = sheets["Table A4"]
    assert have["Table A4"] == count(a4, range(2, 24), 10, len(a4))
    a6 = sheets["Table A6"]
    left = sum(count(a6, range(1, 29), first, first + 4) for first in (11, 19, 27, 35))
    right = sum(count(a6, range(31, 75, 2), first, first + 3) for first in (11, 19, 27, 35))
    assert have["Table A6"] == left - 3 * 28 + right
    for name, shift in (("Table A1", 1), ("Table A2", 0), ("Table A3", 0), ("Table A8", 0)):
        changes = range(31 + shift, 75 + shift, 2)
        assert have[name] == count(sheets[name], range(1, 29), 12, 15) + count(sheets[name], changes, 12, 15), name


@pytest.mark.parametrize("release", [key for key in PFA if PFA[key].endswith("xlsx")])
def test_the_cells_of_every_targeted_force_table_are_all_there(release: str) -> None:
    sheets = cells(PFA[release])
    have = Counter(row["sheet"] for row in rows("ons_pfa", release))
    new = release.startswith("ye-2024")
    kept = (
        "Table P1",
        "Table P2",
        "Table P3",
        *(("Table P4", "Table C2", "Table C3", "Table C4", "Table C5") if new else ()),
    )
    assert set(have) == set(kept)
    for name in kept:
        grid = sheets[name]
        start = next(
            i
            for i, row in enumerate(grid)
            if re.fullmatch(r"(?i)(police force )?area\s+code", " ".join(str(row[0]).split()).strip())
        )
        named = [row for row in grid[start + 1 :] if str(row[1]).strip()]
        want = sum(1 for row in named for cell in row[2 if "P" in name else 6 :] if cell != "")
        if name == "Table C4":  # households of the forces in 2021 stand in Table P3 already
            want -= sum(1 for row in named if not str(row[3]).strip())
        assert have[name] == want, name


def test_the_csv_of_table_c2_is_read_in_full() -> None:
    path = PUBLISHED / PFA["ye-2025-06"]
    ours = rows("ons_pfa", "ye-2025-06")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        lines = list(csv.reader(handle))
    head = next(i for i, line in enumerate(lines) if line[0].startswith("Police Force"))
    printed = [cell.strip() for line in lines[head + 1 :] for cell in line[6:] if cell.strip()]
    assert len(ours) == len(printed)
    assert sorted(row["value"] for row in ours) == sorted(float(text.replace(",", "")) for text in printed)


def test_a_release_with_renamed_and_moved_sheets_reads_the_same() -> None:
    """The release of YE September 2025 as the next one might look: other sheet names, another order, tables lower down."""
    sheets = cells(APPENDIX["ye-2025-09"])
    before = rows("ons_appendix", "ye-2025-09")
    other: dict[str, Any] = {}
    for at, (name, grid) in enumerate(reversed(list(sheets.items()))):
        if re.search("note|cover|contents", name, re.IGNORECASE):
            other[name] = grid
        else:
            other[f"  Data {at} "] = [["Accessible version"], [], *grid]
    changed = read_titled(Book("next.xlsx", xlsx(other)), load_layout(DATA, "ons_appendix"), known_names())
    keep = (
        "series",
        "period_start",
        "period_end",
        "characteristic_value",
        "value",
        "obs_status",
        "printed",
        "base",
        "note",
    )
    assert sorted(str([row[name] for name in keep]) for row in records(changed.frame)) == sorted(
        str([row[name] for name in keep]) for row in before
    )


# -- totals ----------------------------------------------------------------------------------------------------


def by_series(publication: str, release: str) -> dict[tuple[str, Any, str], float]:
    return {
        (row["series"], row["period_end"], row["area_code"]): row["value"]
        for row in rows(publication, release)
        if row["value"] is not None and row["characteristic"] is None
    }


@pytest.mark.parametrize("release", APPENDIX)
def test_classes_add_up_to_subgroups_and_these_to_groups(release: str) -> None:
    values = by_series("ons_appendix", release)
    groups = {
        "rape": ["19A", "19C", "19D", "19E", "19J", "19B", "19F", "19G", "19H", "19K"],
        "stalking_and_harassment": ["8L", "8M", "8Q", "8R", "8U"],
        "sexual_offences": ["rape", "other_sexual_offences"],
        "violence_against_the_person": ["homicide", "death_or_injury_unlawful_driving", "violence_with_injury",
                                        "violence_without_injury", "stalking_and_harassment"],
    }  # fmt: skip
    checked = 0
    for whole, parts in groups.items():
        for (series, end, area), total in values.items():
            if series in (f"prc.a5a.{whole}", f"prc.a5b.{whole}"):
                table = series.rsplit(".", 1)[0]
                assert sum(values.get((f"{table}.{part}", end, area), 0) for part in parts) == total, (series, end)
                checked += 1
    assert checked >= 4 * 22


@pytest.mark.parametrize("release", [key for key in PFA if PFA[key].endswith("xlsx")])
def test_forces_add_up_to_england_and_wales(release: str) -> None:
    areas = reference_table("area")
    forces = {row["area_code"] for row in records(areas) if row["area_type"] in ("police_force", "special_force")}
    sums: dict[tuple[str, Any], float] = defaultdict(float)
    totals = {}
    for (series, end, area), value in by_series("ons_pfa", release).items():
        if series.startswith("prc.pfa."):
            if area in forces:
                sums[series, end] += value
            elif area == "K04000001":
                totals[series, end] = value
    assert len(totals) >= OFFENCES
    assert {key: sums[key] - total for key, total in totals.items() if sums[key] != total} == {}


# -- findings --------------------------------------------------------------------------------------------------


def test_the_real_defects_of_the_held_releases_are_found() -> None:
    readings = [read("ons_appendix", key) for key in APPENDIX] + [read("ons_pfa", key) for key in PFA]
    found = notice(readings)
    kinds = Counter(row["kind"] for row in found)
    for kind in (
        "cover_date_contradicts_contents", "cover_contradicts_contents", "header_differs_from_twin", "code_of_another_area",
        "figure_moved_between_labels",
    ):  # fmt: skip
        assert kinds[kind] > 0, kind
    assert len({(row["kind"], row["place"]) for row in found}) == len(found)
