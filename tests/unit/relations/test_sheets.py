"""A sheet of an older release: it agrees with itself and with the release that it is of, and with nothing beside it."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from kit import Tables, day
from relation_kit import doubts_of, engine_of, figures_of, held, made, over

from assets.relations.blame.sheets import rest_of_tables

GROUPS = ("violence_against_the_person", "sexual_offences", "criminal_damage_and_arson")
YEARS = range(2016, 2020)


def release(tables: Tables, name: str, printed: float, true: float) -> list[pd.DataFrame]:
    """SYNTHETIC: offences of some years (Table A5a), by month (A5b) and flagged, of which 1.0 is the first extract of them."""
    made_of = []

    def add(
        sheet: str, column: int, top: int, start: str, end: str, *figures: tuple[str, str, float], **more: str
    ) -> None:
        cells = [f"{'CDEFGHIJKLMNOP'[column]}{top + at}" for at in range(len(figures))]
        about = {"source": "ons_appendix", "release": name, "sheet": sheet} | over(start, end) | more
        made_of.append(made(tables, *figures, cells=cells, **about))

    for at, year in enumerate(YEARS):
        span = f"{year - 1}-04-01", f"{year}-03-31"
        counts = {group: 12_000.0 * (by + 2) * (year - 2010) for by, group in enumerate(GROUPS)}
        add(
            "Table_A5a", at, 10, *span, *((f"prc.a5a.{group}", "K04000001", n * printed) for group, n in counts.items())
        )
        flagged = {group: n * true / 4 + 100 * by for by, (group, n) in enumerate(counts.items())}
        add("Worksheet_B9", at, 10, *span, *((f"prc.b9.{group}", "K04000001", n) for group, n in flagged.items()))
        shares = (
            (f"prc.b9_share.{group}", "K04000001", 100 * n / counts[group] / true) for group, n in flagged.items()
        )
        add("Worksheet_B9", at, 20, *span, *shares, unit="percent")
    for month in pd.period_range(f"{YEARS[-1] - 1}-04", periods=12, freq="M"):
        days = str(month.start_time.date()), str(month.end_time.date())
        by_month = ((f"prc.a5b.{group}", "K04000001", n * true / 12) for group, n in counts.items())
        add("Table_A5b", month.month, 10, *days, *by_month, period_type="month")
    return made_of


def doubted(tables: Tables, printed: float) -> set[tuple[str, str, int]]:
    both = release(tables, "ye-2025-06", 1, 1) + release(tables, "ye-2025-09", printed, 1.02)
    rows = doubts_of(tables, *both)
    return {(row["release"], row["sheet"], row["ties"]) for row in rows}


def test_a_whole_sheet_of_an_older_release_is_withheld_and_nothing_beside_it(tables: Tables) -> None:
    assert doubted(tables, printed=1) == {("ye-2025-09", "Table_A5a", len(GROUPS) * len(YEARS))}
    assert doubted(tables, printed=1.02) == set()


@pytest.mark.long
def test_of_two_sheets_that_contradict_each_other_the_one_is_withheld_that_agrees_with_no_third(tables: Tables) -> None:
    """Flagged offences in thousands under a title in offences; the months make the years that their shares are of."""
    frames = pd.concat(release(tables, "ye-2025-09", 1, 1))
    thousands = (frames["sheet"] == "Worksheet_B9") & (frames["unit"] == "offences")
    for factor, foreign in ((0.001, {"Worksheet_B9"}), (1.0, set[str]())):
        rows = doubts_of(tables, with_values(frames, frames["value"].where(~thousands, frames["value"] * factor)))
        assert {row["sheet"] for row in rows} == foreign and len(rows) == 2 * len(GROUPS) * len(YEARS) * len(foreign)


def doubted_sheets(tables: Tables, *releases: pd.DataFrame) -> set[tuple[str, str]]:
    return {(row["release"], row["sheet"]) for row in doubts_of(tables, *releases)}


def with_values(frame: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    return frame.assign(value=values, printed=[f"{value:.9f}" for value in values])


@pytest.mark.long
def test_two_columns_of_one_sheet_and_a_defect_of_another_make_no_third_foreign(tables: Tables) -> None:
    """Two years of an older release under each other's header, and shares of the newer one that its counts do not make."""
    older, newer = (pd.concat(release(tables, name, 1, 1)) for name in ("ye-2025-06", "ye-2025-09"))
    headers = {day(f"{year - 1}-04-01"): day(f"{other - 1}-04-01") for year, other in ((2016, 2017), (2017, 2016))}
    older = older[older["sheet"] == "Table_A5a"]
    starts = older["period_start"].map(lambda start: headers.get(start, start))
    older = older.assign(period_start=starts, period_end=starts.map(lambda start: day(f"{start.year + 1}-03-31")))
    newer = newer[newer["sheet"] != "Table_A5b"]
    odd = (newer["unit"] == "percent") & (newer["period_end"] > day("2017-03-31"))
    newer = with_values(newer, newer["value"].where(~odd, newer["value"] * 1.5))
    assert ("ye-2025-09", "Table_A5a") not in doubted_sheets(tables, older, newer)


@pytest.mark.long
def test_what_a_table_ten_times_too_large_agrees_with_does_not_speak_for_it(tables: Tables) -> None:
    """Counts and shares were multiplied together: the shares still make the counts. The other release holds no offences."""
    larger, true = (pd.concat(release(tables, name, 1, 1)) for name in ("ye-2025-06", "ye-2025-09"))
    flagged = larger["sheet"] == "Worksheet_B9"
    larger = with_values(larger, larger["value"].where(~flagged, larger["value"] * 10))
    assert ("ye-2025-06", "Worksheet_B9") in doubted_sheets(tables, larger, true[true["sheet"] == "Worksheet_B9"])


@pytest.mark.long
def test_changes_as_parts_of_one_cost_no_true_count(tables: Tables) -> None:
    """What a cell in percentage format stores: every change at a hundredth fails with the counts of both of its years, and the
    rates make those of the newer one."""
    groups = ("violence_with_injury", "violence_without_injury", "stalking_and_harassment", "robbery")
    forces = ("E23000001", "E23000003", "E23000004", "E23000005")
    now, before = ("2024-01-01", "2024-12-31"), ("2023-01-01", "2023-12-31")

    def sheet(
        name: str, stem: str, of: Callable[[float, float], float], span: tuple[str, str] = now, **more: object
    ) -> pd.DataFrame:
        columns = []
        for by, group in enumerate(groups):
            counts = [
                (9_007.0 + 1_013 * at * at + 331 * by, 8_011.0 + 1_301 * at + 97 * by * by) for at in range(len(forces))
            ]
            rows = ((f"{stem}.{group}", force, of(*pair)) for force, pair in zip(forces, counts, strict=True))
            cells = [f"{'CDEF'[by]}{8 + at}" for at in range(len(forces))]
            columns.append(made(tables, *rows, cells=cells, sheet=name, **over(*span), **more))
        return pd.concat(columns)

    changes = {"unit": "percent", "characteristic": "compared_with", "characteristic_value": "/".join(before)}
    about = {"sheet": "Table P3", "unit": "persons", "period_type": "mid_year"} | over("2023-06-30", "2023-06-30")
    people = made(tables, *(("population.pfa_table", force, 1e6) for force in forces), **about)
    for factor, foreign in ((100.0, set[str]()), (1.0, {"Table P2"})):
        sheets = (
            sheet("Table P1", "prc.pfa", lambda new, old: new),
            sheet("Table P2", "prc.pfa_change", lambda new, old, by=factor: by * (new / old - 1), **changes),
            sheet("Table P3", "prc.pfa_rate", lambda new, old: new / 1000, unit="per_1000_population"),
            sheet("Table P4", "prc.pfa", lambda new, old: old, before),
            people,
        )
        frame = pd.concat([with_values(made_of, made_of["value"]) for made_of in sheets])
        assert {sheet for _, sheet in doubted_sheets(tables, frame)} == foreign


def test_what_is_left_of_a_table_nine_tenths_of_which_are_withheld_is_withheld_too(tables: Tables) -> None:
    rows = made(tables, *((f"prc.pfa.{group}", f"E2300000{at}", 5.0) for group in GROUPS[:2] for at in range(1, 6)))
    engine = engine_of(tables, figures_of(rows))
    fids = [row["fid"] for row in engine.ask("from figure order by fid")]
    for withheld, rest in ((9, {fids[9]}), (8, set())):
        assert [set(doubted_together.figures) for doubted_together in rest_of_tables(engine, fids[:withheld])] == [rest]


@pytest.mark.long
def test_with_little_memory_the_tables_are_the_same(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """30 MB need a disk beside them, 1 MB suffices for no query at all."""
    figures = figures_of(*release(tables, "ye-2025-06", 1, 1))
    plenty = held(tables, figures)
    monkeypatch.setattr("assets.relations.tables.FIGURES_OF_A_MEGABYTE", len(figures))
    for megabytes in (30, 1):
        monkeypatch.setattr("assets.relations.tables.LEAST_MEGABYTES", megabytes)
        assert held(tables, figures) == plenty, megabytes
    assert not list(Path(tempfile.gettempdir()).glob(f"darkfigure-relations-{os.getpid()}"))


@pytest.mark.long
def test_of_two_tables_of_a_sheet_the_one_stands_that_another_release_prints_alike(tables: Tables) -> None:
    """Shares stored as fractions fail with the flagged counts above them and with all offences: the counts went with them."""
    older, newer = (pd.concat(release(tables, name, 1, 1)) for name in ("ye-2025-06", "ye-2025-09"))
    shares = newer["unit"] == "percent"
    found = doubts_of(tables, older, with_values(newer, newer["value"].where(~shares, newer["value"] / 100)))
    assert {(row["release"], row["figure"].split(":")[1].split(".")[1]) for row in found} == {
        ("ye-2025-09", "b9_share")
    }
