"""What cannot be true of a published figure is refused, with the file and line it stands on."""

import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from kit import FIGURE, Tables, day, frame, read_rows, why_refused, write_csv

from assets.archive.plausible.plausible import figure_problems
from assets.archive.tracked.figures import read_figures
from assets.words.problems import BadInput, Problem

YEAR_2022 = {"period_start": day("2021-04-01"), "period_end": day("2022-03-31")}


@pytest.fixture
def found(tables: Tables) -> Any:
    """What is wrong with some figures, each given by what differs from a good one; printed as their values."""

    def problems(*rows: dict[str, Any]) -> list[Problem]:
        printed = [{"printed": f"{row['value']:g}"} if row.get("value") is not None else {} for row in rows]
        figures = frame("archive.figure", [one | row for one, row in zip(printed, rows, strict=True)], **FIGURE)
        places = [f"test.csv, line {number}" for number in range(2, len(rows) + 2)]
        known = [tables[f"reference.{name}"] for name in ("series", "offence", "area")]
        return figure_problems(figures, places, *known, tables["meta.release"])

    return problems


def test_a_good_figure_passes(found: Any) -> None:
    assert found({}) == []
    assert found({"value": None, "obs_status": "suppressed", "printed": "[u]"}) == []
    assert found({"value": 0.0}) == []
    assert found({"value": 38e5, "printed": "3.8 million"}, {"value": 100.0, "printed": "hundreds"}) == []


@pytest.mark.parametrize(
    ("change", "column", "value", "expected"),
    [
        ({"series": "prc.a5a.8QQ"}, "series", "'prc.a5a.8QQ'", "a key of data/reference/series.csv"),
        ({"area_code": "E99"}, "area_code", "'E99'", "a key of data/reference/area.csv"),
        ({"release": "ye-1066-10"}, "release", "ons_appendix@ye-1066-10", "a release of data/reference/release.csv"),
        ({"source": "press"}, "release", "press@ye-2025-12", "a release of data/reference/release.csv"),
        ({"obs_status": "suppressed"}, "value", "100 beside suppressed", "no value where a marker stands"),
        ({"obs_status": "missing"}, "value", "100 beside missing", "no value where a marker stands"),
        ({"value": None}, "value", "nothing", "a value, since obs_status is normal"),
        (
            {"period_start": day("2023-03-31"), "period_end": day("2022-04-01")},
            "period_start", "2023-03-31 after 2022-04-01", "a start before its end",
        ),
        ({"period_end": day("2023-03-30")}, "period_end", "2022-04-01 to 2023-03-30", "12 whole months for a year"),
        ({"period_type": "quarter"}, "period_end", "2022-04-01 to 2023-03-31", "3 whole months for a quarter"),
        ({"lower": 90.0}, "upper", "one limit", "both limits or none"),
        ({"upper": 90.0}, "lower", "one limit", "both limits or none"),
        ({"lower": 101.0, "upper": 110.0}, "value", "100 outside [101, 110]", "a value between its limits"),
        ({"lower": 110.0, "upper": 90.0}, "value", "100 outside [110, 90]", "a value between its limits"),
        ({"value": -1.0}, "value", "-1", "no negative count for a year"),
        ({"value": 1_010.0, "printed": "1,001"}, "value", "1,010 (printed '1,001')", "the number that is printed"),
        ({"value": 38e5, "printed": "3.9 million"}, "value", "3,800,000 (printed '3.9 million')", "the number that is printed"),
    ],
)  # fmt: skip
def test_an_impossible_figure_is_refused(
    found: Any, change: dict[str, Any], column: str, value: str, expected: str
) -> None:
    problems = found({"series": "prc.a5a.8L"}, change)
    assert [(problem.place, problem.column, problem.value, problem.expected) for problem in problems] == [
        ("test.csv, line 3", column, value, expected)
    ]
    assert problems[0].remedy


def test_a_correction_may_make_a_quarter_negative(found: Any) -> None:
    quarter = {"period_type": "quarter", "period_end": day("2022-06-30"), "value": -2.0}
    assert found(quarter) == []


@pytest.mark.parametrize("value", [100.1, -0.1, 1000.0])
def test_a_share_lies_between_0_and_100(found: Any, value: float) -> None:
    share = {"series": "csew.domestic_abuse.old.16+.prevalence", "unit": "percent", "period_type": "survey_year"}
    [problem] = found(share | {"value": value})
    assert (problem.value, problem.expected) == (f"{value:g}%", "a share between 0 and 100%")
    assert found(share | {"value": 100.0}) == [] and found(share | {"value": 0.0}) == []


def test_a_change_in_percent_may_be_over_100_or_negative(found: Any) -> None:
    change = {"series": "vawg.change_since_2018_19", "unit": "percent"}
    assert found(change | {"value": 137.0}) == [] and found(change | {"value": -5.0}) == []


def test_windows_of_one_figure_do_not_overlap(found: Any) -> None:
    quarters = [
        {"period_type": "quarter", "period_start": day("2022-04-01"), "period_end": day("2022-06-30")},
        {"period_type": "quarter", "period_start": day("2022-05-01"), "period_end": day("2022-07-31")},
        {"period_type": "quarter", "period_start": day("2022-07-01"), "period_end": day("2022-09-30")},
    ]
    problems = found(*quarters)
    assert [(problem.place, problem.expected) for problem in problems] == [
        ("test.csv, line 3", "a window that does not overlap that of test.csv, line 2"),
        ("test.csv, line 4", "a window that does not overlap that of test.csv, line 3"),
    ]
    assert found(quarters[0], quarters[2]) == []
    rolling = [{}, {"period_start": day("2022-07-01"), "period_end": day("2023-06-30")}]
    assert found(*rolling) == [], "years ending in different quarters are published side by side"


def test_two_windows_with_one_end_are_refused(found: Any) -> None:
    short = {"period_start": day("2022-05-01"), "period_type": "multi_year"}
    assert any(one.column == "period_start" for one in found({"period_type": "multi_year"}, short))


@pytest.mark.parametrize(
    ("whole", "part", "named"),
    [
        ("prc.a5a.stalking_and_harassment", "prc.a5a.8Q", "stalking_and_harassment"),
        ("prc.a5a.sexual_offences", "prc.a5a.rape", "sexual_offences"),
        ("prc.a5a.rape", "prc.a5a.19C", "rape"),
        ("prc.b2.88E.total", "prc.b2.88E.088_09", "88E"),
        ("prc.b9.all_offences", "prc.b9.violence_against_the_person", "All offences (excluding fraud)"),
        ("prc.c5.total", "prc.c5.blackmail", "Total"),
        ("ho_hba.offences", "ho_hba.forced_marriage", "All offences"),
        ("vawg.total", "vawg.rasso", "vawg"),
        ("vawg.total", "vawg.domestic_abuse.coercive_control", "vawg"),
    ],
)
def test_a_part_is_not_larger_than_its_whole(found: Any, whole: str, part: str, named: str) -> None:
    problems = found({"series": whole, "value": 100.0}, {"series": part, "value": 101.0})
    assert [problem.place for problem in problems] == ["test.csv, line 3"]
    assert problems[0].expected.startswith(f"at most the 100 of {named} in the same period and release")
    assert found({"series": whole, "value": 100.0}, {"series": part, "value": 100.0}) == []
    assert found({"series": whole, "value": 100.0}, {"series": part, "value": 101.0} | YEAR_2022) == []
    assert found({"series": whole, "value": 100.0}, {"series": part, "value": 101.0, "release": "ye-2025-09"}) == []


def test_only_counts_in_one_table_are_parts_of_each_other(found: Any) -> None:
    """A5a and B2 print one class apart, and a share is no part of a count."""
    assert found({"series": "prc.b2.88E.total", "value": 1.0}, {"series": "prc.a5a.88E", "value": 2.0}) == []
    assert (
        found(
            {"series": "vawg.total", "value": 1.0},
            {"series": "vawg.rasso.share_of_vawg", "value": 9.5, "unit": "percent"},
        )
        == []
    )


# A data root of one small file: what reading says of it as a whole.
SMALL = {name: value for name, value in FIGURE.items() if name not in ("file", "line")}


@pytest.fixture
def read(tables: Tables, tmp_path: Path) -> Any:
    def reading(*rows: dict[str, Any], name: str = "test.csv") -> pd.DataFrame:
        if rows:
            plain = [{key: "" if value is None else str(value) for key, value in (SMALL | row).items()} for row in rows]
            write_csv(tmp_path / "figures" / name, plain)
        known = [tables[f"reference.{name}"] for name in ("series", "offence", "area")]
        return read_figures(tmp_path, *known, tables["meta.release"], frame("archive.landed_figure", []))

    return reading


def test_figures_know_their_file_and_line(read: Any) -> None:
    figures = read({}, {"series": "prc.a5a.8L"})
    assert figures[["file", "line"]].to_numpy().tolist() == [["test.csv", 2], ["test.csv", 3]]
    assert figures["row_id"].iloc[0] == (
        "figure:prc.a5a.8Q:all:all:-:-:K04000001:2022-04-01..2023-03-31:ons_appendix@ye-2025-12"
    )


def test_a_key_that_stands_twice_is_refused_with_its_line(read: Any) -> None:
    with pytest.raises(BadInput, match=r"test.csv, line 3.*every key once"):
        read({}, {"value": 101.0})


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"sex": "women"}, "sex"),
        ({"designation": "gold"}, "designation"),
        ({"obs_status": "x"}, "obs_status"),
        ({"base": -1}, "base"),
    ],
)
def test_an_unknown_code_is_refused_with_its_line(read: Any, change: dict[str, Any], column: str) -> None:
    problem = why_refused(lambda: read({"series": "prc.a5a.8L"}, change)).problems[0]
    assert (problem.place, problem.column) == ("data/figures/test.csv, line 3", column)


def test_problems_of_all_files_are_told_together(read: Any, tmp_path: Path) -> None:
    write_csv(tmp_path / "figures" / "b.csv", [SMALL | {"value": "1,000"}])
    caught = why_refused(lambda: read({"value": "[x]"}, name="a.csv"))
    assert [problem.place for problem in caught.problems] == [
        "data/figures/a.csv, line 2",
        "data/figures/b.csv, line 2",
    ]


def test_no_figures_at_all_is_said(tmp_path: Path, read: Any) -> None:
    with pytest.raises(BadInput, match="no CSV file"):
        read()


def test_the_transcribed_figures_hold_what_the_issue_asks_for(tables: Tables) -> None:
    """Thousands of rows, and for each priority threat the years ending March 2015 to 2025 and the newest year."""
    figures = tables["archive.figure"]
    assert len(figures) > 3_000
    counts = tables.rows("recorded.offence_count", area_code="K04000001")
    march = {datetime.date(year, 3, 31) for year in range(2015, 2026)}
    for series in (
        "prc.a5a.sexual_offences",
        "prc.a5a.rape",
        "prc.a5a.stalking_and_harassment",
        "prc.a5a.total_excluding_fraud",
    ):
        ends = {row["period_end"] for row in counts if row["series"] == series and row["value"] is not None}
        assert march <= ends, f"{series} lacks {sorted(march - ends)}"
        assert max(ends) >= datetime.date(2025, 9, 30)


def test_left_out_figures_are_not_among_the_figures(data_root: Path, tables: Tables) -> None:
    left_out = read_rows(data_root / "figures" / "left_out.csv")
    assert left_out and all(row["reason"] for row in left_out)
    assert not [row for row in tables.rows("archive.figure") if row["file"] == "left_out.csv"]
