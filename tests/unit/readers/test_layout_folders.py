"""A publication by data alone: a folder of layouts by the form that its page lists, and what is said of one with faults."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from kit import DATA, ROOT, copy_of_data, reference
from small_releases import appendix, xlsx

from assets.archive.landed.landed import FIGURES, FINDINGS, RELEASES, read_landing
from assets.archive.reading.layout import load_layout
from assets.archive.reading.layout_form import written_into
from assets.archive.reading.reference import Reference
from assets.archive.titled.recognise import layouts
from assets.tables.records import records

KEY, PLACE = "made_up", "data/layouts/made_up"
TITLE = "Prevalence of made-up assault in the last year among adults aged 16 and over, year ending March 2025"
FOLDER = {
    "publication.yaml": 'recognise: ["made-up assault statistics.*"]\ndesignation: official\n',
    "tables.csv": "table,title,columns,rows,series,must\n"
    "prevalence,prevalence of made-up assault.*,sexes,assault,made_up.{name}.{age},any;women\n",
    "rows.csv": "group,label,name,kind\nassault,any assault,any,\nassault,unweighted base - number of adults,,base\n",
    "columns.csv": "group,label,name,sex\nsexes,women|females,women,female\nsexes,all adults,all,\n",
}
SHEETS = {
    "Cover": [["Made-up assault statistics, England and Wales: year ending March 2025"], ["SYNTHETIC"]],
    "1": [
        [f"Table 1: {TITLE}"],
        ["Kind of assault", "Women", "All adults"],
        ["Any assault", 3.4, 2.1],
        ["Unweighted base - number of adults", 8123, 15223],
    ],
}


def data_with(tmp_path: Path, files: Mapping[str, str] = FOLDER, series: str = "made_up.any.16+") -> Reference:
    """The project's data with one more publication."""
    root = copy_of_data(tmp_path / "data")
    (root / "layouts" / KEY).mkdir()
    for name, text in files.items():
        (root / "layouts" / KEY / name).write_text(text, encoding="utf-8")
    with (root / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{KEY}:\n  publisher: Nobody\n  title: Made-up assault\n  licence: none\n  cadence: yearly\n")
    known = reference()
    like = known.series[known.series["series"] == "csew.domestic_abuse.old.16+.prevalence"]
    return replace(known, data=root, series=pd.concat([known.series, like.assign(series=series)], ignore_index=True))


def landed(tmp_path: Path, of: Reference, sheets: Mapping[str, Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    folder = tmp_path / "landing"
    folder.mkdir(exist_ok=True)
    for name, content in sheets.items():
        (folder / f"{name}.xlsx").write_bytes(xlsx(dict(content)))
    return {key: [dict(row) for row in records(frame)] for key, frame in read_landing(folder, of).items()}


def said(tmp_path: Path, **files: str) -> list[str]:
    """What is wrong with the folder where files of it are other ones."""
    named = {name.replace("_", "."): text for name, text in files.items()}
    return [problem.sentence() for problem in load_layout(data_with(tmp_path, FOLDER | named).data, KEY).problems]


def test_the_page_lists_what_the_form_has() -> None:
    page = (ROOT / "docs" / "adding-a-publication.md").read_text(encoding="utf-8")
    assert written_into(page) == page, "run: python -m assets.archive.reading.layout_form docs/adding-a-publication.md"
    for name in ("label_header", "generations", "period_type", "designation", "`group`", "`female`"):
        assert name in page


@pytest.mark.slow
def test_a_folder_of_what_must_be_there_and_nothing_else_is_read(tmp_path: Path) -> None:
    tables = landed(tmp_path, data_with(tmp_path), {"of": SHEETS})
    figures = {row["sex"]: (row["value"], row["base"], row["period_type"]) for row in tables[FIGURES]}
    assert figures == {"female": (3.4, 8123, "year"), "all": (2.1, 15223, "year")}, "a column without a sex is of all"
    [release] = tables[RELEASES]
    assert (release["title"], release["publisher"]) == ("Made-up assault, YE March 2025", "Nobody")
    assert not [row for row in tables[FINDINGS] if row["severity"] == "error"]


@pytest.mark.slow
def test_rows_may_be_areas_without_a_word_on_their_headers(tmp_path: Path) -> None:
    tables = (
        FOLDER["tables.csv"]
        + "forces,recorded made-up assault by police force area.*,counts,areas,made_up.{name},all\n"
    )
    files = FOLDER | {"tables.csv": tables, "columns.csv": FOLDER["columns.csv"] + "counts,made-up assault,all,\n"}
    rows = [["Area code", "Area name", "Made-up assault"], ["E23000013", "Cleveland", 30], ["E23000008", "Durham", 25]]
    title = ["Table 2: Recorded made-up assault by police force area, year ending March 2025"]
    made = landed(
        tmp_path, data_with(tmp_path, files, series="made_up.all"), {"of": SHEETS | {"2": [title, [], *rows]}}
    )
    assert {row["area_code"]: row["value"] for row in made[FIGURES] if row["series"] == "made_up.all"} == {
        "E23000013": 30, "E23000008": 25,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("columns", "header", "ends"),
    [
        ("year", [["Apr 2023 to Mar 2024", "Apr 2024 to Mar 2025"]], ["2024-03-31", "2025-03-31"]),
        ("quarter", [["2023/24", None, "2024/25"], ["Q3", "Q4", "Q1"]], ["2023-12-31", "2024-03-31", "2024-06-30"]),
        (
            "quarter",
            [["2024", None, None], ["Jan to Mar", "Apr-Jun", "Q3"]],
            ["2024-03-31", "2024-06-30", "2024-09-30"],
        ),
        ("month", [[2024, None, 2025], ["Nov", "Dec", "Jan"]], ["2024-11-30", "2024-12-31", "2025-01-31"]),
    ],
)
def test_rows_may_be_areas_and_columns_periods_of_one_series(
    tmp_path: Path, columns: str, header: list[list[Any]], ends: list[str]
) -> None:
    tables = (
        FOLDER["tables.csv"]
        + f"forces,recorded made-up assault by police force area.*,{columns},areas,made_up.all,E23000013\n"
    )
    rows = [["Cleveland", *range(30, 30 + len(ends))], ["Durham", *range(20, 20 + len(ends))]]
    names = [[None, *line] for line in header[:-1]] + [["Area name", *header[-1]]]
    title = ["Table 2: Recorded made-up assault by police force area"]
    files = FOLDER | {"tables.csv": tables}
    made = landed(
        tmp_path, data_with(tmp_path, files, "made_up.all"), {"of": SHEETS | {"2": [title, [], *names, *rows]}}
    )
    of_forces = {
        (row["area_code"], str(row["period_end"])): row["value"]
        for row in made[FIGURES]
        if row["series"] == "made_up.all"
    }
    assert of_forces == {
        (area, end): first + at for area, first in (("E23000013", 30), ("E23000008", 20)) for at, end in enumerate(ends)
    }, [row for row in made[FINDINGS] if row["severity"] != "info"]


@pytest.mark.parametrize(
    ("series", "columns", "right"),
    [("made_up.all", "year", True), ("made_up.{name}", "year", False), ("made_up.all", "sexes", False)],
)
def test_a_series_has_a_name_to_fill_in_where_columns_or_rows_have_names(
    tmp_path: Path, series: str, columns: str, right: bool
) -> None:
    line = f"forces,recorded assault by force.*,{columns},areas,{series},E23000013\n"
    problems = said(tmp_path, tables_csv=FOLDER["tables.csv"] + line)
    assert [("tables.csv, line 3, column series" in text) for text in problems] == [True] * (not right), problems


def test_all_that_is_wrong_is_said_at_once_with_file_line_and_column(tmp_path: Path) -> None:
    problems = said(
        tmp_path,
        publication_yaml='title: 3\nrecognise: ["(", "Made-up.*"]\ndesigmation: good\n',
        tables_csv="table,title,columns,rows,series,musst\n"
        "prevalence,Table 1: prevalence.*,sexes,assault,made_up.{name},any\n"
        "victims,,persons,abuse,made_up.victims,any\n",
        rows_csv="label,name,kind\nany assault,any,total\n",
        columns_csv="group,label,name,sex,age\nsexes,women|females,women,Female,old\n",
    )
    for where, what in (
        ("publication.yaml, line 1, column title", "a text"),
        ("publication.yaml, line 2, column recognise", "a regular expression"),
        ("publication.yaml, line 2, column recognise", "in small letters"),
        ("publication.yaml, column designation", "nothing"),
        ("publication.yaml, line 3, column desigmation", "It may be designation"),
        ("tables.csv, line 1, column musst", "It may be must"),
        ("tables.csv, line 2, column title", "small letters"),
        ("tables.csv, line 3, column title", "found nothing"),
        ("rows.csv, line 1, column group", "no such column"),
        ("rows.csv, line 2, column kind", "one of base, class"),
        ("columns.csv, line 2, column sex", "found 'Female'; expected one of all, female, male"),
        ("columns.csv, line 2, column age", "found 'old'"),
    ):
        assert any(text.startswith(f"{PLACE}/{where}: ") and what in text for text in problems), (where, what, problems)
    assert len(problems) == 13, "what a line with a fault would have said is not said to be absent"


def test_what_one_file_says_and_another_does_not_is_said(tmp_path: Path) -> None:
    line = "prevalence,prevalence.*,persons,abuse,made_up.{kind},any,sexes\n"
    problems = said(tmp_path, tables_csv="table,title,columns,rows,series,must,beside\n" + line)
    problems += said(tmp_path / "2", tables_csv=FOLDER["tables.csv"].replace("any;women", "any;woman"))
    problems += said(tmp_path / "3", publication_yaml=FOLDER["publication.yaml"].replace("made-up assault stat", ".*|"))
    for where, what in (
        ("tables.csv, line 2, column columns", "'persons'; expected one of month, quarter, year, change, sexes"),
        ("tables.csv, line 2, column rows", "'abuse'; expected one of areas, assault"),
        ("tables.csv, line 2, column beside", "'women'; expected one of sex, age, area, period"),
        ("tables.csv, line 2, column series", "{name}"),
        ("tables.csv, line 2, column must", "It may be women"),
        ("publication.yaml, column recognise", "ons_appendix is titled so"),
    ):
        assert any(text.startswith(f"{PLACE}/{where}: ") and what in text for text in problems), (where, what, problems)


@pytest.mark.slow
@pytest.mark.parametrize("lost", [*FOLDER, "all of them but tables.csv"])
def test_a_folder_with_a_fault_stops_its_publication_alone(tmp_path: Path, lost: str) -> None:
    kept = {name: text for name, text in FOLDER.items() if name != lost and (lost in FOLDER or name == "tables.csv")}
    of = data_with(tmp_path, kept | {"publication.yaml": kept.get("publication.yaml", "title: [")})
    tables = landed(tmp_path, of, {"of": SHEETS, "appendix": appendix()})
    assert {row["source"] for row in tables[RELEASES]} == {"ons_appendix"} == {row["source"] for row in tables[FIGURES]}
    folder = [row for row in tables[FINDINGS] if row["kind"] == "publication_set_aside"]
    assert folder and all(row["severity"] == "error" and PLACE in row["place"] for row in folder)
    [file] = [row for row in tables[FINDINGS] if row["kind"] in ("file_set_aside", "file_not_recognised")]
    assert file["place"] == "of.xlsx" and "Made-up assault" in file["evidence"] + file["handling"]


@pytest.mark.slow
def test_a_series_that_is_not_there_is_named_and_its_row_is_not_called_absent(tmp_path: Path) -> None:
    tables = landed(tmp_path, data_with(tmp_path, series="made_up.other.16+"), {"of": SHEETS})
    [finding] = [row for row in tables[FINDINGS] if row["kind"] == "file_set_aside"]
    assert (
        "would be the series made_up.any.16+; expected a series that data/reference/series.csv" in finding["evidence"]
    )
    assert "no row or column" not in finding["evidence"]


def test_the_folders_of_the_project_have_no_fault() -> None:
    problems = {layout.publication: layout.problems for layout in layouts(DATA)}
    assert {"ons_appendix", "ons_pfa", "ons_domestic_abuse"} <= problems.keys() and not any(problems.values())


@pytest.mark.slow
def test_rows_that_are_parts_of_the_people_asked_are_of_one_series_each_with_its_own_base(tmp_path: Path) -> None:
    """A table of victims by age and ethnic group: of whom a figure is its row tells, and what it is of the title."""
    rows = (
        "group,label,name,age,characteristic\nassault,any assault,any,,\nassault,16 to 19,any,16-19,\n"
        "assault,20 to 24,any,20-24,\nassault,White,any,,ethnicity\nassault,Black or Black British,any,,ethnicity\n"
    )
    table = [
        [f"Table 1: {TITLE}"], ["Characteristic", "Women", "Women unweighted base", "All adults", "All adults unweighted base"],
        ["Any assault", 3.4, 8123, 2.1, 15223], ["Age"], ["16-19", 6.4, 301, 4.4, 602], ["20–24 years", 5.2, 412, 3.9, 810],
        ["75 and over", 0.4, 801, 0.3, 1502], ["Ethnic group"], ["White", 3.3, 6900, 2.0, 12900],
        ["Black or Black British", 3.6, 310, 2.4, 590],
    ]  # fmt: skip
    found = landed(tmp_path, data_with(tmp_path, FOLDER | {"rows.csv": rows}), {"a": SHEETS | {"1": table}})
    of_women = {
        (row["age"], row["characteristic"], row["characteristic_value"]): (row["value"], row["base"], row["cell"])
        for row in found[FIGURES]
        if row["sex"] == "female"
    }
    assert of_women == {
        ("16+", None, None): (3.4, 8123, "B3"), ("16-19", None, None): (6.4, 301, "B5"), ("20-24", None, None): (5.2, 412, "B6"),
        ("16+", "ethnicity", "White"): (3.3, 6900, "B9"),
        ("16+", "ethnicity", "Black or Black British"): (3.6, 310, "B10"),
    }  # fmt: skip
    [unknown] = [row["evidence"] for row in found[FINDINGS] if row["kind"] == "row_not_known"]
    assert unknown.startswith("1 row with figures and no name: row 7 '75 and over'")


@pytest.mark.slow
def test_a_row_a_year_needs_no_name_of_its_own(tmp_path: Path) -> None:
    """The label says of which year a row is; how many women were asked stands beside, and how many in all below."""
    table = [
        [f"Table 1: {TITLE.replace('year ending', 'year ending March 2024 and year ending')}"],
        ["Year", "Women", "All adults", "Unweighted base - number of women"],
        ["Apr 2023 to Mar 2024", 3.1, 2.0, 7900], ["Apr 2024 to Mar 2025", 3.4, 2.1, 8123], ["Change", 0.3, 0.1],
        ["Apr 2025 to Mar 2026", 3.6, 2.2, 8200],
    ]  # fmt: skip
    files = FOLDER | {
        "tables.csv": FOLDER["tables.csv"]
        .replace("must\n", "must,beside\n")
        .replace("any;women\n", "any;women,dimensions\n"),
        "rows.csv": "group,label,name\nassault,*,any\n",
        "columns.csv": FOLDER["columns.csv"] + "dimensions,year|time period,period,\n",
    }
    found = landed(tmp_path, data_with(tmp_path, files), {"a": SHEETS | {"1": table}})
    read = {(row["sex"], row["period_end"].year): (row["value"], row["base"], row["cell"]) for row in found[FIGURES]}
    assert read == {
        ("female", 2024): (3.1, 7900, "B3"), ("female", 2025): (3.4, 8123, "B4"),
        ("all", 2024): (2.0, None, "C3"), ("all", 2025): (2.1, None, "C4"),
    }  # fmt: skip
    [unknown] = [row["evidence"] for row in found[FINDINGS] if row["kind"] == "row_not_known"]
    assert "'Change' is no period" in unknown and "'Apr 2025 to Mar 2026' is no period" in unknown
