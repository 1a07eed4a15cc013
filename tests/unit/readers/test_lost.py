"""What a newer release lacks: told, or taken for a table that was cut off."""

from pathlib import Path

import pytest
from small_releases import appendix, next_quarter
from test_set_aside import Tables, aside, drop, landed

from assets.archive.landed.landed import FIGURES, FINDINGS

pytestmark = pytest.mark.slow


def two_quarters(folder: Path, cut: int, shares: bool = True) -> Tables:
    """A release and a newer one whose Table B9 lacks some of its last rows, and whose shares may lack most targets."""
    newer = next_quarter(appendix())
    if not shares:
        newer["Table_B9"][13][0] = newer["Table_B9"][14][0] = "Kind"
    del newer["Table_B9"][10 - cut : 10]
    drop(folder, "a.xlsx", appendix())
    drop(folder, "b.xlsx", newer)
    return landed(folder)


def test_a_row_that_the_newer_release_lacks_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    tables = two_quarters(tmp_path, 1)
    [lost] = [row for row in tables[FINDINGS] if row["kind"] == "figures_lost" and row["place"].endswith("prc.b9")]
    assert "no series prc.b9.other_offence_types" in lost["evidence"] and lost["severity"] == "warning"


def test_a_table_that_lost_a_fifth_is_set_aside_and_the_older_release_stays(tmp_path: Path) -> None:
    tables = two_quarters(tmp_path, 4)
    [cut] = [row for row in aside(tables) if row["place"].endswith("prc.b9")]
    assert "figures of prc.b9 are not in the newer release" in cut["evidence"]
    of_b9 = {row["release"] for row in tables[FIGURES] if row["series"].startswith("prc.b9.")}
    of_rest = {row["release"] for row in tables[FIGURES] if row["series"].startswith("prc.a5a.")}
    assert len(of_b9) == 1 and of_b9 < of_rest


def test_what_is_lost_beside_a_table_that_is_set_aside_sets_nothing_else_aside(tmp_path: Path) -> None:
    """The people of a table of rates, of which another table prints some: they were taken for a table that was cut off."""
    tables = two_quarters(tmp_path, 4, shares=False)
    [refused] = aside(tables)
    assert "Table B9b" in refused["place"]
    assert {row["release"] for row in tables[FIGURES] if row["series"].startswith("prc.b9.")} == {
        "ye-2025-09",
        "ye-2025-12",
    }


def test_one_table_of_a_release_that_lands_alone_is_not_taken_for_one_that_was_cut_off(tmp_path: Path) -> None:
    """Two tables of the older release print the same measure, as Tables A1a and B1 do; the newer has one of them so far."""
    older, newer = appendix(), next_quarter(appendix())
    kinds = older["Worksheet_B1"][3]
    older["Table_A1a"] = [
        ["Table A1a: Trends in incidents of CSEW headline crime, people aged 16 and over or households (1,000s)"],
        ["England and Wales, year ending March 2025 to year ending September 2025"],
        ["Offence group", *kinds[1:3]], ["VIOLENCE", 1103, 1140], ["    Violence with injury", 500, 510],
        ["        Wounding", 200, 205], ["        Assault with minor injury", 300, 305],
        ["    Violence without injury", 603, 630],
    ]  # fmt: skip
    drop(tmp_path, "a.xlsx", older)
    drop(tmp_path, "b.xlsx", {"Worksheet_B1": newer["Worksheet_B1"]})
    tables = landed(tmp_path)
    assert not aside(tables)
    of_b1 = {(row["release"], row["sheet"]) for row in tables[FIGURES] if row["series"].endswith(".incidents")}
    assert of_b1 == {("ye-2025-09", "Table_A1a"), ("ye-2025-09", "Worksheet_B1"), ("ye-2025-12", "Worksheet_B1")}
