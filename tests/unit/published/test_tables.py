"""The statistical tables: markers for what is missing, no formula from any text, types and units described."""

import csv
import datetime
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
from kit import ROOT
from python_calamine import CalamineWorkbook

from assets.published.replacing import replace
from assets.published.tables.leaves import HEADING_ROW, leaves
from assets.published.tables.opendocument import MIME, write_opendocument
from assets.published.tables.package import figures_package, json_text, tables_package
from assets.published.tables.sheets import Field, TableSheet
from assets.published.tables.writing import NO_FORMULAS, write_csv, write_parquet, write_workbook

BUILD = {"build_id": "20260101T000000.000000Z-abc", "built_at": datetime.datetime(2026, 1, 1), "version": "0.1.0"}
HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "[a](http://evil.example)",
    "$$note$$",
    "\t=1",
    "…",
)
FIELDS = [
    Field("name", "Name"),
    Field("estimate", "Estimated", "number", "victims", "How many", status="estimate_obs_status", note="interval"),
    Field("ratio", "Per 100", "number", "per 100", "A ratio", digits=1, marker="[z]", note="not_a_rate"),
    Field("end", "Last day", "date"),
    Field("blocks", "Blocks", "boolean"),
    Field("caveats", "Remarks"),
    Field("row_id", "Row", internal=True),
]  # fmt: skip
ROWS = [
    {"name": text, "estimate": None if position % 2 else 1234.5, "ratio": None if position else 12.34,
     "end": datetime.date(2023, 3, 31), "blocks": True, "caveats": ["one", "two"], "row_id": f"row:{position}",
     "estimate_obs_status": "suppressed" if position == 1 else "normal"}
    for position, text in enumerate(HOSTILE)
]  # fmt: skip
SHEET = TableSheet("one", "One", "A table", "Everywhere", "A source", FIELDS, ROWS, page_per_topic=True)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return replace(tmp_path / "tables.xlsx", lambda path: write_workbook(path, leaves([SHEET], BUILD), BUILD))


def test_no_text_becomes_a_formula_or_a_link(workbook: Path) -> None:
    assert NO_FORMULAS == {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with zipfile.ZipFile(workbook) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page and "<hyperlink" not in page
        assert not [name for name in archive.namelist() if "vba" in name.lower()]


def test_the_workbook_has_the_table_first_with_markers_dates_and_no_keys(workbook: Path) -> None:
    book = CalamineWorkbook.from_path(workbook)
    assert book.sheet_names == ["One", "About"]
    rows = book.get_sheet_by_name("One").to_python()
    assert rows[HEADING_ROW] == ["Name", "Estimated (victims)", "Per 100", "Last day", "Blocks", "Remarks"], "no key"
    first = HEADING_ROW + 1
    assert rows[first] == [HOSTILE[0], 1234.5, 12.34, datetime.date(2023, 3, 31), "yes", "one | two"]
    assert rows[first + 1][:3] == [HOSTILE[1], "[u]", "[z]"]
    assert rows[first + 3][1] == "[x]"
    assert "[x] not available: not published, or not held" in rows[2][0], "a marker is explained above the table"


def test_the_workbook_prints_across_one_page_with_filters_and_its_headings_on_each(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as archive:
        page, book = archive.read("xl/worksheets/sheet1.xml").decode(), archive.read("xl/workbook.xml").decode()
    last = HEADING_ROW + 1 + len(ROWS)
    assert f'<autoFilter ref="A{HEADING_ROW + 1}:F{last}"/>' in page
    assert 'orientation="landscape"' in page and 'fitToHeight="0"' in page and 'paperSize="9"' in page
    assert f"One!${HEADING_ROW + 1}:${HEADING_ROW + 1}" in book, "headings are repeated"
    assert page.count("<brk ") == len(ROWS) - 1, "every topic begins a page"


def test_the_opendocument_holds_the_same_and_nothing_that_runs(workbook: Path, tmp_path: Path) -> None:
    made = tmp_path / "tables.ods"
    replace(made, lambda path: write_opendocument(path, leaves([SHEET], BUILD), BUILD))
    calamine_workbook, other = CalamineWorkbook.from_path(workbook), CalamineWorkbook.from_path(made)
    assert other.sheet_names == calamine_workbook.sheet_names
    for name in calamine_workbook.sheet_names:
        assert other.get_sheet_by_name(name).to_python() == calamine_workbook.get_sheet_by_name(name).to_python(), name
    with zipfile.ZipFile(made) as archive:
        assert archive.namelist()[0] == "mimetype" and archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert archive.read("mimetype").decode() == MIME
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    for name, text in parts.items():
        ElementTree.fromstring(text)
        assert name == "META-INF/manifest.xml" or f'full-path="{name}"' in parts["META-INF/manifest.xml"]
    content = parts["content.xml"]
    assert "table:formula" not in content and "office:script" not in content
    assert "xlink:href" not in content and 'office:date-value="2023-03-31"' in content
    assert f"'One'.A{HEADING_ROW + 1}:'One'.F{HEADING_ROW + 1 + len(ROWS)}" in content, "a filter over the table"
    assert content.count('table:style-name="newpage"') == len(ROWS) - 1
    assert 'style:scale-to-X="1"' in parts["styles.xml"] and "landscape" in parts["styles.xml"]
    *_, heading = re.findall("<table:table-header-rows>(.*?)</table:table-header-rows>", content)
    assert "Estimated" in heading and "victims" in heading, "headings are marked as such"


def test_csv_marks_what_is_missing_and_begins_no_formula(tmp_path: Path) -> None:
    write_csv(tmp_path / "one.csv", SHEET)
    rows = list(csv.DictReader((tmp_path / "one.csv").open(encoding="utf-8", newline="")))
    assert [row["name"][0] for row in rows[:4]] == ["'"] * 4 and rows[6]["name"].startswith("'")
    assert rows[0]["estimate"] == "1234.5" and rows[1]["estimate"] == "[u]" and rows[3]["estimate"] == "[x]"
    assert rows[1]["ratio"] == "[z]" and rows[0]["blocks"] == "true" and rows[0]["caveats"] == "one | two"


def test_parquet_keeps_types_texts_and_units(tmp_path: Path) -> None:
    write_parquet(tmp_path / "one.parquet", SHEET)
    table = pq.read_table(tmp_path / "one.parquet")
    assert table["name"].to_pylist() == list(HOSTILE)
    assert table["estimate"].to_pylist()[:2] == [1234.5, None]
    assert table.schema.field("estimate").metadata[b"unit"] == b"victims"


def test_the_description_names_every_column_and_every_marker() -> None:
    resource = tables_package([SHEET], BUILD)["resources"][0]
    assert [one["name"] for one in resource["schema"]["fields"]] == [field.name for field in FIELDS]
    assert resource["schema"]["missingValues"] == ["", "[x]", "[z]", "[u]"]
    assert (
        resource["schema"]["fields"][1] | {"unit": "victims", "title": "Estimated"} == resource["schema"]["fields"][1]
    )


def test_the_description_of_the_figures_is_current() -> None:
    """If this fails: .venv/bin/python -m assets.published.tables.describe_figures."""
    held = (ROOT / "data" / "figures" / "datapackage.json").read_text(encoding="utf-8")
    assert held == json_text(figures_package(ROOT / "data"))


def test_the_description_of_the_figures_has_the_columns_of_every_file() -> None:
    for resource in json.loads(json_text(figures_package(ROOT / "data")))["resources"]:
        with (ROOT / "data" / "figures" / resource["path"]).open(encoding="utf-8", newline="") as source:
            assert next(csv.reader(source)) == [one["name"] for one in resource["schema"]["fields"]]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.write_text("old")

    def fail(path: Path) -> None:
        path.write_text("half")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        replace(target, fail)
    assert target.read_text() == "old" and list(tmp_path.iterdir()) == [target]
