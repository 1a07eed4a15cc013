"""The statistical tables over a real build: sheets, numbers and descriptions agree with the file."""

import json
import shutil
from pathlib import Path

import dagster as dg
import duckdb
import pyarrow.parquet as pq
import pytest
from kit import Built, read_rows
from python_calamine import CalamineWorkbook

from assets.published.assets_report import ASSETS
from assets.published.tables.leaves import HEADING_ROW
from assets.published.tables.writing import FOLDER, OPENDOCUMENT, WORKBOOK, write_tables
from assets.tables.workspace import Workspace

RATIO, OF_RATIO = "Recorded offences per 100 estimated", "(recorded offences per 100 estimated victims)"


@pytest.fixture(scope="module")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the session's refresh; made here where the refresh did not."""
    made = built.output / FOLDER
    return made if (made / WORKBOOK).exists() else write_tables(built.file, tmp_path_factory.mktemp("tables")).folder


def table_of(book: CalamineWorkbook, label: str) -> list[dict[str, object]]:
    """The rows of a sheet by their headings."""
    rows = book.get_sheet_by_name(label).to_python()
    return [dict(zip(map(str, rows[HEADING_ROW]), row, strict=True)) for row in rows[HEADING_ROW + 1 :]]


def test_the_workbook_begins_with_the_answers_and_holds_what_the_file_holds(
    folder: Path, file: duckdb.DuckDBPyConnection
) -> None:
    book = CalamineWorkbook.from_path(folder / WORKBOOK)
    first = ["Answers", "Questions", "Breakdown", "Forces", "Nations and regions", "Changes", "Moved", "Sources"]
    assert book.sheet_names[: len(first)] == first
    answers = book.get_sheet_by_name("Answers").to_python()
    assert len(answers[HEADING_ROW]) == 8
    keys = {one.rsplit(":", 1)[0] for one in ("gap:", "breakdown:", "trend:", "ons_appendix@ye")}
    assert not [cell for row in answers for cell in row if isinstance(cell, str) and cell.startswith(tuple(keys))]
    held = file.execute("SELECT comparison, year_ending, recorded, per_100 FROM answer_for()").fetchall()
    gap = file.execute(
        "SELECT verdict, recorded_per_100, recorded_per_100_lower, recorded_per_100_upper FROM gap"
    ).fetchall()
    assert len(held) == len(answers) - HEADING_ROW - 1
    said = {(str(row[1]).split(": ")[0], row[2], row[6]) for row in answers[HEADING_ROW + 1 :]}
    assert said == {(comparison, year, ratio or "") for comparison, year, _, ratio in held}
    compared, blocked = table_of(book, "Comparisons"), table_of(book, "Blocked")
    assert len(compared) + len(blocked) == len(gap)
    allowed = [ratios for verdict, *ratios in gap if verdict != "block"]
    # A set has its two ends and no ratio: a marker stands where the number would.
    for place, heading in enumerate((RATIO, f"Ratio, lower limit {OF_RATIO}", f"Ratio, upper limit {OF_RATIO}")):
        shown, true = [row[heading] for row in compared], [ratios[place] for ratios in allowed]
        assert shown.count("[x]") == true.count(None)
        numbers = sorted(float(str(one)) for one in shown if one != "[x]")
        assert numbers == pytest.approx(sorted(one for one in true if one is not None), rel=1e-12)


def test_the_opendocument_holds_what_the_workbook_holds(folder: Path) -> None:
    calamine_workbook, other = (CalamineWorkbook.from_path(folder / name) for name in (WORKBOOK, OPENDOCUMENT))
    assert other.sheet_names == calamine_workbook.sheet_names
    for name in ("Answers", "Forces", "Comparisons", "Claims", "About"):
        assert other.get_sheet_by_name(name).to_python() == calamine_workbook.get_sheet_by_name(name).to_python(), name


def test_csv_and_parquet_agree_and_are_described(folder: Path) -> None:
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    named = {resource["path"] for resource in described["resources"]}
    assert named == {f"csv/{path.name}" for path in (folder / "csv").iterdir()}
    for resource in described["resources"]:
        fields, missing = resource["schema"]["fields"], set(resource["schema"]["missingValues"])
        rows = read_rows(folder / resource["path"])
        table = pq.read_table(folder / resource["parquet"])
        assert table.num_rows == len(rows) > 0
        assert table.column_names == [one["name"] for one in fields] == list(rows[0])
        for field in fields:
            if field["type"] != "number":
                continue
            values = [None if row[field["name"]] in missing else float(row[field["name"]]) for row in rows]
            assert values == table[field["name"]].to_pylist()


def test_nothing_half_made_is_left(folder: Path) -> None:
    assert not [path for path in folder.rglob("*") if path.name.startswith(".")]


def materialised(output: Path) -> dg.ExecuteInProcessResult:
    """All assets over the published file of a folder."""
    workspace = Workspace(data=output, landing=output, output=output)
    return dg.materialize(ASSETS, resources={"workspace": workspace}, raise_on_error=False)


@pytest.mark.long
def test_the_assets_say_what_they_wrote(built: Built, tmp_path: Path) -> None:
    shutil.copyfile(built.file.resolve(), tmp_path / "darkfigure.duckdb")
    result = materialised(tmp_path)
    assert result.success
    told = {
        event.asset_key.path[-1]: event.materialization.metadata for event in result.get_asset_materialization_events()
    }
    assert told["report"]["page"].value == str(tmp_path / "report" / "index.html")
    assert (tmp_path / "answers.md").read_text(encoding="utf-8").startswith("## The answers")
    assert "1.4 million people (1.19 to 1.64 million)" in told["answers"]["The answers"].value
    assert told["report"]["size"].value == (tmp_path / "report" / "index.html").stat().st_size
    assert told["site"]["page"].value == str(tmp_path / "site" / "index.html")
    assert "Comparisons that are blocked" in told["spreadsheets"]["tables"].value


def test_without_a_published_file_the_assets_say_so(tmp_path: Path) -> None:
    result = materialised(tmp_path)
    failures = [event for event in result.all_events if event.event_type_value == "STEP_FAILURE"]
    assert len(failures) == 3
    assert all("There is no published file yet" in str(event.step_failure_data.user_failure_data) for event in failures)
