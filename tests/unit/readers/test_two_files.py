"""Two files of one release, SYNTHETIC: what they say themselves decides first, their names last."""

import os
from pathlib import Path
from typing import Any

import pytest
from small_releases import appendix
from test_set_aside import FIGURES, FINDINGS, RELEASES, Tables, broken, drop, landed

pytestmark = pytest.mark.slow


def release(day: str, printed: float, *cover: str) -> dict[str, list[list[Any]]]:
    """A release that its cover says was published on a day, with one number of Table B2, and more texts on the cover."""
    sheets = appendix()
    sheets["Cover Sheet"][1] = [f"published on {day}."]
    sheets["Cover Sheet"] += [[text] for text in cover]
    sheets["Table_B2"][3][1] = printed
    return sheets


def one(tables: Tables, release: str = "ye-2025-09") -> tuple[float, str]:
    """The number of Table B2 that is taken, and why."""
    [row] = [
        row for row in tables[FIGURES] if (row["sheet"], row["cell"], row["release"]) == ("Table_B2", "B4", release)
    ]
    told = [row["handling"] for row in tables[FINDINGS] if row["kind"] == "release_in_two_files"]
    return row["value"], told[0].rsplit(": it ", 1)[-1] if told else ""


def arrive(path: Path, second: int) -> None:
    os.utime(path, (1_700_000_000 + second, 1_700_000_000 + second))


@pytest.mark.parametrize("first", ["a.xlsx", "b.xlsx"])
def test_the_day_on_the_cover_decides_before_arrival_and_arrival_before_the_name(tmp_path: Path, first: str) -> None:
    second = "b.xlsx" if first == "a.xlsx" else "a.xlsx"
    drop(tmp_path, first, release("22 January 2026", 10.0))
    drop(tmp_path, second, release("29 January 2026", 11.0))
    for name, at in ((second, 1), (first, 2)):
        arrive(tmp_path / name, at)
    tables = landed(tmp_path)
    assert one(tables) == (11.0, "came out later, as it or its download says.")
    assert [str(row["released"]) for row in tables[RELEASES]] == ["2026-01-29"]

    drop(tmp_path, second, release("22 January 2026", 11.0))
    for name, at in ((first, 1), (second, 2)):
        arrive(tmp_path / name, at)
    assert one(landed(tmp_path)) == (11.0, "arrived later.")

    for name in (first, second):
        arrive(tmp_path / name, 1)
    assert one(landed(tmp_path)) == (
        10.0 if first == "a.xlsx" else 11.0,
        "comes first by its name.",
    )


def test_a_file_that_was_read_whole_goes_before_one_that_arrived_later(tmp_path: Path) -> None:
    drop(tmp_path, "a.xlsx", release("22 January 2026", 10.0))
    part = broken()
    part["Cover Sheet"][1] = ["published on 22 January 2026."]
    drop(tmp_path, "b.xlsx", part)
    for at, name in enumerate(("a.xlsx", "b.xlsx")):
        arrive(tmp_path / name, at)
    assert one(landed(tmp_path)) == (10.0, "was read whole.")


@pytest.mark.long
@pytest.mark.parametrize(
    "said",
    [
        "Correction 12 March 2026: An error in Table B2 has been corrected. This file replaces the version published on"
        " 22 January 2026.",
        "These tables were corrected on 12 March 2026.",
        "This file supersedes the version published on 22 January 2026. Reissued on 12 March 2026",
        "This version replaces that published on 22 January 2026. 12 March 2026",
        "Table B2 was updated on 12 March 2026 to correct an error in the newest year.",
        "Re-published on 12 March 2026.",
    ],
)
@pytest.mark.parametrize("names", [("a.xlsx", "b.xlsx"), ("b.xlsx", "a.xlsx")])
def test_a_file_that_says_it_was_corrected_is_a_vintage_of_its_own(
    tmp_path: Path, said: str, names: tuple[str, str]
) -> None:
    drop(tmp_path, names[0], release("22 January 2026", 10.0))
    drop(tmp_path, names[1], release("22 January 2026", 11.0, said))
    tables = landed(tmp_path)
    assert {row["release"]: str(row["released"]) for row in tables[RELEASES]} == {
        "ye-2025-09": "2026-01-22",
        "ye-2025-09-corrected": "2026-03-12",
    }
    assert [one(tables, name)[0] for name in ("ye-2025-09", "ye-2025-09-corrected")] == [10.0, 11.0]
    orders = {row["release"]: row["vintage_order"] for row in tables[RELEASES]}
    assert orders["ye-2025-09-corrected"] == 20260312


@pytest.mark.long
@pytest.mark.parametrize("day", ["published on 22 January 2026.", "22 January 2026"])
def test_a_note_of_corrected_records_makes_no_corrected_file_whatever_its_sheets_are_called(
    tmp_path: Path, day: str
) -> None:
    """As the notes of 2025 say of the Metropolitan Police. Without a name a cover prints a day of release or is first."""
    sheets = release("22 January 2026", 10.0)
    sheets["Cover Sheet"][1] = [day]
    about = sheets.pop("Cover Sheet")
    note = [["Notes"], ["Records have been corrected and data may not match earlier publications."]]
    unnamed = [about, *sheets.values(), [["Notes"], ["An error in the records of a force has been corrected."]]]
    for named in (
        {"Information": about, **sheets, "Notes": note},
        {f"Sheet {at}": rows for at, rows in enumerate(unnamed)},
    ):
        drop(tmp_path, "a.xlsx", named)
        assert [row["release"] for row in landed(tmp_path)[RELEASES]] == ["ye-2025-09"]


@pytest.mark.long
@pytest.mark.parametrize(
    "said", ["See our corrections policy.", "Correction policy", "Figures are revised each quarter."]
)
def test_a_cover_that_speaks_of_corrections_in_general_is_of_no_other_release(tmp_path: Path, said: str) -> None:
    drop(tmp_path, "a.xlsx", release("22 January 2026", 10.0, said))
    assert [row["release"] for row in landed(tmp_path)[RELEASES]] == ["ye-2025-09"]
