"""Text from every input, planted to act in a terminal, a page, a spreadsheet: it arrives in every output, as text.

Good and damaged released files land beside it: exit code 3, all refusals at once, the rest published. With them in `make
validate` the smallest real open data of every kind (the workbooks are synthetic), so that no kind is in the way of another.
"""

import csv
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest
from kit import (
    OPEN_DATA,
    VALIDATE,
    Ran,
    copy_of_data,
    darkfigure,
    in_validation,
    land,
    not_told,
    read_rows,
    released_files,
    smallest_of_each_kind,
    write_csv,
)
from searched import holds
from selectolax.lexbor import LexborHTMLParser

from assets.returns.intake.intake import Source, take_in
from assets.returns.intake.store import Store
from assets.returns.rules.rules import read_rules
from assets.returns.supply.seal import seal_again
from assets.returns.synthetic.make import Plan, make

UNIT = Path(__file__).resolve().parents[1] / "unit"
sys.path[:0] = [str(UNIT / "readers"), str(UNIT / "sheets")]
from small_releases import appendix, forces_2019, next_quarter, xlsx  # noqa: E402

pytestmark = pytest.mark.long

CANARY = "Canary Wharfinger"
PLANTED = "=HYPERLINK(1)<img src=x onerror=alert(1)>\x1b]0;x\x07\u202eafter"
ACTS = ("\x1b", "\x07", "\u202e")
ARRIVED = "onerror=alert(1)"
# What is planted where: file of the data root, column, and the rows that readers surely see.
PLACES: tuple[tuple[str, str, Callable[[dict[str, str]], bool]], ...] = (
    ("reference/release.csv", "title", lambda row: row["source"] == "ons_appendix"),
    ("reference/release.csv", "publisher", lambda row: row["source"] == "ons_appendix"),
    ("reference/series.csv", "definition", lambda row: row["series"] == "prc.a5a.8Q"),
    ("reference/threat.csv", "definition", lambda row: row["threat"] == "stalking_harassment"),
    ("reference/pairing.csv", "title", lambda row: row["pairing"] == "stalking_8q"),
    ("reference/comparability_break.csv", "what_changed", lambda _: True),
    ("reference/assumption.csv", "reason", lambda _: True),
    ("figures/recorded_offences.csv", "note", lambda row: row["series"] == "prc.a5a.8Q"),
    ("figures/recorded_offences.csv", "cell", lambda row: row["series"] == "prc.a5a.8Q"),
)


class World:
    """A data root with text planted in its inputs, after a refresh."""

    def __init__(self, root: Path, ran: Ran) -> None:
        self.root, self.ran, self.output = root, ran, root / "output"

    def files(self, ending: str) -> Iterator[Path]:
        """Files that a reader of what is published opens."""
        return (path for path in self.output.rglob(f"*{ending}") if "builds" not in path.parts)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    root = copy_of_data(tmp_path_factory.mktemp("planted") / "data")
    for name, column, chosen in PLACES:
        rows = read_rows(root / name)
        assert column in rows[0] and any(map(chosen, rows)), name
        for row in filter(chosen, rows):
            row[column] = f"{PLANTED} {row[column]}"
        write_csv(root / name, rows)
    claims = root / "statement" / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("\n  says: ", f'\n  says: "{ARRIVED}<b onclick=alert(2)>" # ', 1), encoding="utf-8")
    landing = root / "landing" / "planted"
    landing.mkdir(parents=True)
    (landing / f"{PLANTED.replace('/', '')}.csv").write_text(f"{PLANTED},b\n{PLANTED},1\n", encoding="utf-8")
    damaged_and_good(root / "landing")
    if VALIDATE:
        land(smallest_of_each_kind(released_files(OPEN_DATA)), root)
    returns_of(root)
    return World(root, darkfigure("refresh", "--data", root))


def damaged_and_good(landing: Path) -> None:
    """SYNTHETIC: one good file; one cut off, one web page, one with a table that no layout knows."""
    forces, merged = forces_2019()
    good = xlsx(forces, merged)
    broken = next_quarter(appendix())
    broken["Table_B2"][2] = ["Kind", "One", "Two", "Three"]
    (landing / "good.xlsx").write_bytes(good)
    (landing / "cut off.xlsx").write_bytes(good[: len(good) // 2])
    (landing / "page.xlsx").write_text("<!doctype html><html><body>Not found</body></html>", encoding="utf-8")
    (landing / "broken.xlsx").write_bytes(xlsx(broken))


def returns_of(root: Path) -> None:
    """Synthetic returns of two forces; in one a name stands where a code should, and it is locked away before the refresh."""
    source = Source(root / "returns", Store(root / "interim" / "returns"), read_rules(root))
    _, named = make(source.inbox, Plan(("kent", "surrey"), ("2022-04",), rows=800))
    file = named / "record.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",home,", f",{CANARY},"), encoding="utf-8")
    seal_again(named)
    verdicts = [take_in(source, one, "2022-04")[-1].verdict for one in ("kent", "surrey")]
    assert verdicts == ["accepted", "refused"]


def test_it_is_published_and_the_terminal_gets_text_alone(world: World) -> None:
    assert world.ran.code == 3, world.ran.error
    said = world.ran.said + world.ran.error
    assert ARRIVED in said and not [sign for sign in ACTS if sign in said]


def test_damaged_files_stop_nothing_but_themselves(world: World) -> None:
    said = world.ran.said + world.ran.error
    named = said[said.index("Published, with files set aside") :]
    assert all(name in named for name in ("cut off.xlsx", "page.xlsx", "Table_B2")) and "good.xlsx" not in named
    with duckdb.connect(world.output / "darkfigure.duckdb", read_only=True) as file:
        served = file.sql("SELECT DISTINCT source || '@' || release FROM archive.figure").fetchall()
        aside = file.sql(
            "SELECT place FROM meta.finding WHERE kind IN ('file_set_aside', 'table_set_aside')"
        ).fetchall()
        tables = {row[0] for row in file.sql("SELECT sheet FROM archive.figure WHERE file = 'broken.xlsx'").fetchall()}
    assert {("ons_pfa@ye-2019-06",), ("ons_appendix@ye-2025-12",)} <= set(served)
    assert len(aside) >= 3 and "Table_B9" in tables and "Table_B2" not in tables


@in_validation
def test_released_files_of_every_kind_are_in_it_or_named(world: World) -> None:
    files = smallest_of_each_kind(released_files(OPEN_DATA))
    if not files:
        pytest.skip("no released file is here")
    assert not not_told(files, world.output / "darkfigure.duckdb", world.ran.error)


def test_the_file_holds_it_and_nothing_that_acts(world: World) -> None:
    with duckdb.connect(world.output / "darkfigure.duckdb", read_only=True) as connection:
        for query in ("SELECT title FROM meta.release", "SELECT definition FROM reference.series",
                      "SELECT place FROM meta.finding", "SELECT notes FROM recorded.offence_count"):  # fmt: skip
            texts = [text for (text,) in connection.execute(query).fetchall() if text and ARRIVED in text]
            assert texts, query
            assert not [text for text in texts if any(sign in text for sign in ACTS)], query


def test_no_cell_of_a_locked_return_is_in_the_file_the_tables_or_the_history(world: World) -> None:
    with duckdb.connect(world.output / "darkfigure.duckdb", read_only=True) as connection:
        said = connection.execute(
            "SELECT supplier, verdict, refused_for FROM collection.return ORDER BY ALL"
        ).fetchall()
    assert said == [("kent", "accepted", None), ("surrey", "refused", "R06;R08")]
    places = (world.output / "tables", world.root / "interim")
    files = [path for place in places for path in place.rglob("*") if path.is_file() and "locked" not in path.parts]
    files.append(world.output / "darkfigure.duckdb")
    assert {".db", ".parquet", ".html", ".xlsx", ".duckdb"} <= {path.suffix for path in files}
    assert not [path for path in files if holds(path, CANARY)]
    assert CANARY not in world.ran.said + world.ran.error


def test_no_page_has_an_element_of_it(world: World) -> None:
    shown = 0
    for path in world.files(".html"):
        text = path.read_text(encoding="utf-8")
        page = LexborHTMLParser(text)
        assert not page.css("[onerror], [onclick], img[src=x]"), path
        assert not [sign for sign in ACTS if sign in text], path
        shown += ARRIVED in page.text()
    assert shown > 3


def test_no_cell_of_a_spreadsheet_is_a_formula(world: World) -> None:
    arrived = 0
    for path in world.files(".xlsx"):
        for sheet in openpyxl.load_workbook(path, read_only=True):
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", (path.name, sheet.title, cell.coordinate)
                    arrived += isinstance(cell.value, str) and ARRIVED in cell.value
    for path in world.files(".ods"):
        content = zipfile.ZipFile(path).read("content.xml").decode("utf-8")
        assert "table:formula" not in content, path.name
        arrived += "onerror=alert(1)" in content
    assert arrived


def test_no_cell_of_a_csv_begins_as_a_formula(world: World) -> None:
    arrived = 0
    for path in world.files(".csv"):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            cells = [cell for line in csv.reader(handle) for cell in line if ARRIVED in cell]
        arrived += len(cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))], path
    assert arrived


def test_the_pages_of_markdown_hold_no_markup_of_it(world: World) -> None:
    for path in world.files(".md"):
        text = path.read_text(encoding="utf-8")
        assert "<img" not in text.replace("\\<img", "") and not [sign for sign in ACTS if sign in text], path
