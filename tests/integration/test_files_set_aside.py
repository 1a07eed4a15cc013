"""A refresh with good and damaged released files beside each other: exit code 3, all refusals at once, the rest published."""

import sys
from pathlib import Path

import duckdb
from kit import Built, darkfigure

UNIT = Path(__file__).resolve().parents[1] / "unit"
sys.path[:0] = [str(UNIT / "readers"), str(UNIT / "sheets")]
from small_releases import appendix, forces_2019, next_quarter, xlsx  # noqa: E402


def test_damaged_files_stop_nothing_but_themselves(built_copy: Built, tmp_path: Path) -> None:
    """SYNTHETIC: one good file; one cut off, one web page, one with a table that no layout knows."""
    landing = tmp_path / "landing"
    landing.mkdir()
    forces, merged = forces_2019()
    good = xlsx(forces, merged)
    broken = next_quarter(appendix())
    broken["Table_B2"][2] = ["Kind", "One", "Two", "Three"]
    (landing / "good.xlsx").write_bytes(good)
    (landing / "cut off.xlsx").write_bytes(good[: len(good) // 2])
    (landing / "page.xlsx").write_text("<!doctype html><html><body>Not found</body></html>", encoding="utf-8")
    (landing / "broken.xlsx").write_bytes(xlsx(broken))

    ran = darkfigure(
        "refresh", "--data", built_copy.root, "--landing", landing, "--no-report", "--no-history", timeout=300
    )

    assert ran.code == 3, ran.said + ran.error
    said = ran.said + ran.error
    assert "Published, with files set aside" in said
    named = said[said.index("Published, with files set aside") :]
    assert all(name in named for name in ("cut off.xlsx", "page.xlsx", "Table_B2")) and "good.xlsx" not in named
    with duckdb.connect(built_copy.file, read_only=True) as file:
        served = file.sql("SELECT DISTINCT source || '@' || release FROM archive.figure").fetchall()
        aside = file.sql(
            "SELECT place FROM meta.finding WHERE kind IN ('file_set_aside', 'table_set_aside')"
        ).fetchall()
        tables = {row[0] for row in file.sql("SELECT sheet FROM archive.figure WHERE file = 'broken.xlsx'").fetchall()}
    assert {("ons_pfa@ye-2019-06",), ("ons_appendix@ye-2025-12",)} <= set(served)
    assert len(aside) >= 3 and "Table_B9" in tables and "Table_B2" not in tables
