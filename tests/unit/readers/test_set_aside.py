"""One file stops one file: what cannot be read is set aside and named, the last good reading stays. SYNTHETIC."""

import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from kit import reference
from small_releases import appendix, changed_sheets, forces_2019, next_quarter, xlsx

from assets.archive.landed import kept
from assets.archive.landed.landed import FIGURES, FILES, FINDINGS, READ_TABLES, RELEASES, read_landing
from assets.archive.landed.read_file import read_file
from assets.archive.set_aside import SET_ASIDE, refusals_told
from assets.tables.conform import conform, validate
from assets.tables.records import records
from schemas.registry import contract

pytestmark = pytest.mark.slow

YEAR = re.compile(r"\b20(\d\d)\b")
Tables = dict[str, list[dict[str, Any]]]


def landed(folder: Path, readings: Path | None = None) -> Tables:
    """Every table of a landing folder, after it has shown that it keeps its contract."""
    made = {}
    for key, frame in read_landing(folder, reference(), readings).items():
        conformed = conform(frame, contract(key))
        validate(conformed, contract(key))
        made[key] = [dict(row) for row in records(conformed)]
    return made


def drop(
    folder: Path, name: str, sheets: dict[str, list[list[Any]]], merged: dict[str, list[str]] | None = None
) -> bytes:
    content = xlsx(sheets, merged)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return content


def aside(tables: Tables) -> list[dict[str, Any]]:
    return [row for row in tables[FINDINGS] if row["kind"] in SET_ASIDE]


def sheets_of(tables: Tables) -> set[str]:
    return {row["sheet"] for row in tables[FIGURES]}


def files_of(tables: Tables) -> set[tuple[object, ...]]:
    return {tuple(row[name] for name in ("path", "kind", "sha256", "bytes", "release")) for row in tables[FILES]}


def broken() -> dict[str, list[list[Any]]]:
    """A release whose Table B2 has a header that no layout knows."""
    sheets = appendix()
    sheets["Table_B2"][2] = ["Kind", "One", "Two", "Three"]
    return sheets


def test_a_table_that_was_saved_alone_is_known_by_its_title(tmp_path: Path) -> None:
    """As a person saves it: one sheet in a workbook of its own, or as CSV."""
    drop(tmp_path, "alone.xlsx", {"Table_B2": appendix()["Table_B2"]})
    tables = landed(tmp_path)
    assert sheets_of(tables) == {"Table_B2"} and not aside(tables)
    assert [row["source"] for row in tables[RELEASES]] == ["ons_appendix"]


@pytest.mark.parametrize("above", [[], [["Table P1"]], [["Year ending September 2024"]]])
def test_a_table_without_its_title_is_told_what_it_lacks(tmp_path: Path, above: list[list[str]]) -> None:
    """Labels of Table P1, YE June 2025; SYNTHETIC counts. Nothing says of when they are, nor whether they are counts or rates."""
    header = [
        "Area Code",
        "Area Name",
        "Total recorded crime\n (excluding fraud) \n[note 2]",
        "Violence against the person",
    ]
    header += ["Homicide", "Stalking and harassment", "Sexual offences", "Robbery", "Population mid-year estim"]
    drop(tmp_path, "without.xlsx", {"P1": [*above, header, ["E23000013", "Cleveland", 9, 5, 0, 2, 2, 1, 10]]})
    drop(tmp_path, "another.xlsx", {"Sales": [["Robbery", "Shop", "Month", "Sum"], ["1", "2", "3", "4"]]})
    said = {row["place"]: row["evidence"] for row in landed(tmp_path)[FINDINGS]}
    assert "has labels of Crime in England and Wales: Police Force Area data tables" in said["without.xlsx"]
    assert "save it with the title" in said["without.xlsx"] and "labels" not in said["another.xlsx"]


def test_a_file_that_is_cut_off_stops_nothing_else(tmp_path: Path) -> None:
    content = drop(tmp_path, "appendix.bin", appendix())
    drop(tmp_path, "forces.xlsx", *forces_2019())
    (tmp_path / "appendix.bin").write_bytes(content[: len(content) // 2])
    tables = landed(tmp_path)
    [found] = aside(tables)
    assert (
        found["kind"] == "file_set_aside" and found["severity"] == "error" and found["place"].startswith("appendix.bin")
    )
    assert "None of its figures is published" in found["handling"] and "fetch" in found["handling"].casefold()
    assert {row["source"] for row in tables[RELEASES]} == {"ons_pfa"}
    assert {(row["path"], row["release"]) for row in tables[FILES]} == {
        ("landing/appendix.bin", None), ("landing/forces.xlsx", "ye-2019-06"),
    }  # fmt: skip
    assert sheets_of(tables) == {"Table P1"}


def test_a_table_that_is_refused_stops_no_other_and_says_where_it_stands(tmp_path: Path) -> None:
    drop(tmp_path, "a.xlsx", broken())
    tables = landed(tmp_path)
    [found] = aside(tables)
    assert found["kind"] == "table_set_aside" and "a.xlsx, sheet 'Table_B2', cell A3, column header" in found["place"]
    assert "'Kind', 'One', 'Two', 'Three'" in found["evidence"]
    assert sheets_of(tables) == {"Any sheet", "Worksheet_B1", "Table_B9", "Sheet for E2"}
    assert {row["layout"] for row in tables[READ_TABLES]} >= {"a5a", "b9a", "b1a"}
    a5a = next(row for row in tables[READ_TABLES] if row["layout"] == "a5a")
    assert a5a["subtitle"] == "England and Wales" and a5a["notes"] == "[1] All forces.\n[3] Homicide Index."


def test_all_refusals_are_told_at_once(tmp_path: Path) -> None:
    sheets = broken()
    sheets["Table_B9"].pop(3)
    drop(tmp_path, "a.xlsx", sheets)
    (tmp_path / "page.xlsx").write_text("<!doctype html><html></html>", encoding="utf-8")
    (tmp_path / "budget.csv").write_text("Item,Cost\nChairs,12\n", encoding="utf-8")
    found = aside(landed(tmp_path))
    said = refusals_told([(row["kind"], row["place"], row["evidence"], row["handling"]) for row in found])
    assert "Table_B2" in said and "no row or column for all_offences" in said and "a web page" in said
    assert "budget.csv: The content is that of no publication" in said
    assert said.startswith("Published, with files set aside:")


def test_the_last_good_reading_of_a_release_stays(tmp_path: Path) -> None:
    folder, readings = tmp_path / "landing", tmp_path / "readings"
    content = drop(folder, "a.xlsx", appendix())
    good = landed(folder, readings)
    (folder / "a.xlsx").write_bytes(content[:2000])
    cut = landed(folder, readings)
    assert cut[FIGURES] == good[FIGURES] and cut[RELEASES] == good[RELEASES]
    assert files_of(cut) == {
        ("landing/a.xlsx", "set_aside", sha256(content[:2000]).hexdigest(), 2000, None),
        ("landing/a.xlsx", "kept", sha256(content).hexdigest(), len(content), "ye-2025-09"),
    }
    [found] = aside(cut)
    assert "The reading of" in found["handling"] and "stays in its place" in found["handling"]
    drop(folder, "a.xlsx", broken())
    partly = landed(folder, readings)
    b2 = [row for row in good[FIGURES] if row["sheet"] == "Table_B2"]
    assert [row for row in partly[FIGURES] if row["sheet"] == "Table_B2"] == b2 and len(partly[FIGURES]) == len(
        good[FIGURES]
    )
    assert "stays in its place" in aside(partly)[0]["handling"]
    assert {(row["kind"], row["release"]) for row in partly[FILES]} == {
        ("landing", "ye-2025-09"),
        ("kept", "ye-2025-09"),
    }
    (folder / "a.xlsx").unlink()
    assert not landed(folder, readings)[FIGURES], "a file that was taken away is no longer there"


def test_a_file_is_read_once_per_content_layouts_and_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, readings = tmp_path / "landing", tmp_path / "readings"
    drop(folder, "a.xlsx", appendix())
    first = landed(folder, readings)

    def unread(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("assets.archive.landed.landed.read_file", unread)
    assert landed(folder, readings) == first
    monkeypatch.setattr("assets.archive.landed.landed.read_file", read_file)
    monkeypatch.setattr("assets.archive.landed.kept._state", lambda world: "another state of the code")
    assert landed(folder, readings) == first
    of_all_readers = {path.name for path in kept.CODE.iterdir()}
    assert of_all_readers >= {"gate", "identity", "landed", "plausible", "publications", "reading", "titled"}


def test_two_files_of_one_release_give_each_figure_once(tmp_path: Path) -> None:
    (tmp_path / "copy of a.xlsx").write_bytes(drop(tmp_path, "a.xlsx", appendix()))
    other = appendix()
    other["Table_B2"][3][1] = 11
    other["Table_B9"][15][1] += 1e-14  # as a spreadsheet saves it
    drop(tmp_path, "b.xlsx", other)
    os.utime(tmp_path / "b.xlsx", (0, 0))
    tables = landed(tmp_path)
    kinds = {row["kind"]: row for row in tables[FINDINGS]}
    assert kinds["file_twice"]["place"] == "copy of a.xlsx"
    assert "1 of them differently" in kinds["release_in_two_files"]["evidence"]
    assert "a.xlsx prints 10.0 in B4, b.xlsx 11.0" in kinds["release_in_two_files"]["evidence"]
    assert {row["file"] for row in tables[FIGURES]} == {"a.xlsx"}


def test_a_figure_that_cannot_be_true_is_set_aside_alone(tmp_path: Path) -> None:
    sheets = appendix()
    sheets["Table_B9"][15][1] = 215.5
    drop(tmp_path, "a.xlsx", sheets)
    tables = landed(tmp_path)
    [found] = aside(tables)
    assert found["kind"] == "figure_set_aside" and "215.5%" in found["evidence"] and "cell B16" in found["place"]
    assert sum(row["sheet"] == "Table_B9" for row in tables[FIGURES]) == 41


def test_a_sheet_of_figures_that_cannot_be_true_stops_no_other(tmp_path: Path) -> None:
    """Percentages under the title of the counts, as of changes below nought: the file was refused whole."""
    whole = landed_of(tmp_path / "whole", xlsx(appendix()))
    sheets = appendix()
    for row in sheets["Table_B9"][2:]:
        row[1:] = [-3.0 if isinstance(cell, int) else cell for cell in row[1:]]
    tables = landed_of(tmp_path / "a", xlsx(sheets))
    assert sheets_of(whole) - sheets_of(tables) == {"Table_B9"}
    told = aside(tables)
    assert {row["kind"] for row in told} == {"table_set_aside"} and all(
        "sheet 'Table_B9', cell " in row["place"] for row in told
    )
    assert len(tables[FIGURES]) == sum(row["sheet"] != "Table_B9" for row in whole[FIGURES])


def test_a_file_without_a_wanted_figure_is_no_release(tmp_path: Path) -> None:
    rows = [["year", "quarter", "measurement_var", "measurement_type", "geography", "sex", "age", "characteristic_var",
             "characteristic", "estimate", "standard_error", "unweighted_count"],
            [2018, 4, "bicycle_p", "Prevalence rate", "England and Wales", "All adults", "16+", "Total", "", 0.1, 0.1,
             100]]  # fmt: skip
    drop(tmp_path, "a.xlsx", {"data": rows})
    tables = landed(tmp_path)
    assert not tables[RELEASES] and "without one figure" in aside(tables)[0]["evidence"]


def test_a_table_that_ends_before_its_release_does_is_told(tmp_path: Path) -> None:
    newer = next_quarter(appendix())
    newer["Table_B2"] = appendix()["Table_B2"]
    drop(tmp_path, "a.xlsx", appendix())
    drop(tmp_path, "b.xlsx", newer)
    [told] = [row for row in landed(tmp_path)[FINDINGS] if row["kind"] == "table_ends_early"]
    assert "prc.b2" in told["place"] and "end with 2025-09-30" in told["evidence"] and "of that one" in told["evidence"]


def test_a_marker_that_is_not_known_is_named_once_and_refuses_no_table(tmp_path: Path) -> None:
    sheets = appendix()
    for row in sheets["Table_B9"][3:9]:
        row[1] = "[hidden]"
    drop(tmp_path, "a.xlsx", sheets)
    tables = landed(tmp_path)
    [found] = aside(tables)
    assert "'[hidden]' in 6 cells" in found["evidence"] and "markers.csv" in found["handling"]
    of_b9 = [row for row in tables[FIGURES] if row["series"].startswith("prc.b9.")]
    assert len(of_b9) == 15 and all(row["value"] is not None for row in of_b9)


def test_a_release_of_a_period_that_is_not_over_is_set_aside(tmp_path: Path) -> None:
    """Every year in it was changed: it would have been the newest of all."""
    sheets = {
        name: [[YEAR.sub(lambda year: f"20{int(year[1]) + 60}", cell) if isinstance(cell, str) else cell for cell in row]
               for row in rows]
        for name, rows in appendix().items()
    }  # fmt: skip
    tables = landed_of(tmp_path / "later", xlsx(sheets))
    [told] = aside(tables)
    assert not tables[FIGURES] and not tables[RELEASES] and told["kind"] == "file_set_aside"
    assert "tables to 2085-09-30" in told["evidence"]


@pytest.mark.long
def test_a_formula_without_its_value_sets_its_figure_aside_and_no_file(tmp_path: Path) -> None:
    """A program that does not compute saves formulas so; one in a table that nobody reads had refused the whole file."""
    sheets = {**appendix(), "Other": [[4711]]}
    whole = len(landed_of(tmp_path / "whole", xlsx(sheets))[FIGURES])
    apart = landed_of(tmp_path / "apart", uncomputed(xlsx(sheets), "4711"))
    assert len(apart[FIGURES]) == whole and not aside(apart)
    cell = next(row["cell"] for row in apart[FIGURES] if row["sheet"] == "Table_B2" and row["value"])
    number = next(f"{row['value']:g}" for row in apart[FIGURES] if row["sheet"] == "Table_B2" and row["cell"] == cell)
    figure = landed_of(tmp_path / "figure", uncomputed(xlsx(sheets), number, cell))
    assert len(figure[FIGURES]) == whole - 1
    [told] = aside(figure)
    assert cell in told["place"] and "a formula without its value" in told["evidence"]


@pytest.mark.parametrize("sign", ["#REF!", "#N/A", "#DIV/0!", "#NAME?"])
def test_a_cell_that_came_to_an_error_is_told_and_every_other_figure_is_read(tmp_path: Path, sign: str) -> None:
    """The library that opens workbooks reads it as an empty cell, of which nothing was said."""
    whole = landed_of(tmp_path / "whole", xlsx(appendix()))[FIGURES]
    broken = xlsx(appendix())
    of_table = [row for row in whole if row["sheet"] == "Table_B2" and row["value"] is not None]
    for row in of_table[:5]:
        broken = changed_sheets(
            broken, rf'<c r="{row["cell"]}"><v>[^<]*</v></c>', f'<c r="{row["cell"]}" t="e"><v>{sign}</v></c>'
        )
    figures = landed_of(tmp_path / "broken", broken)
    assert len(figures[FIGURES]) < len(whole) and {row["sheet"] for row in figures[FIGURES]} == {
        row["sheet"] for row in whole
    }
    told = [row for row in aside(figures) if sign in row["evidence"]]
    assert told and all("did not work it out" in row["handling"] for row in told)


def test_a_hidden_copy_of_a_sheet_is_named_and_costs_no_figure(tmp_path: Path) -> None:
    """An editor's older numbers: of two visible sheets that print one table otherwise neither is believed."""
    sheets = appendix()
    copy = {**sheets, "Table_B2 (2)": [*sheets["Table_B2"][:3], ["Stalking", 9, 11, 13], *sheets["Table_B2"][4:]]}
    whole = landed_of(tmp_path / "whole", xlsx(sheets))
    shown = landed_of(tmp_path / "shown", xlsx(copy))
    hidden = landed_of(
        tmp_path / "hidden", changed_sheets(xlsx(copy), r'(name="Table_B2 \(2\)")', r'\1 state="hidden"')
    )
    assert len(shown[FIGURES]) < len(whole[FIGURES]) == len(hidden[FIGURES])
    assert [row["place"] for row in hidden[FINDINGS] if row["kind"] == "sheet_hidden"] == [
        "a.xlsx, sheet 'Table_B2 (2)'"
    ]


def test_figures_in_hidden_columns_and_rows_are_read_and_told(tmp_path: Path) -> None:
    """A filter hides what is published; a column of another year may have been hidden by mistake."""
    content = xlsx(appendix())
    whole = landed_of(tmp_path / "whole", content)
    of_column = [row for row in whole[FIGURES] if row["sheet"] == "Table_B2" and row["cell"][0] == "C"]
    content = changed_sheets(content, r"<sheetData>", '<cols><col min="3" max="3" hidden="1"/></cols><sheetData>')
    tables = landed_of(tmp_path / "hidden", changed_sheets(content, r'<row r="9"', '<row hidden="1" r="9"'))
    assert len(tables[FIGURES]) == len(whole[FIGURES]) > 0
    [told] = [row for row in tables[FINDINGS] if row["kind"] == "cells_hidden" and "Table_B2" in row["place"]]
    assert told["evidence"].startswith(f"{len(of_column)} figures") and "column C" in told["evidence"]


def test_an_empty_cell_among_figures_is_told(tmp_path: Path) -> None:
    sheets = appendix()
    sheets["Table_B2"][4][2] = None
    tables = landed_of(tmp_path / "a", xlsx(sheets))
    [told] = [row for row in tables[FINDINGS] if row["kind"] == "cell_empty"]
    assert told["severity"] == "warning" and "cell C5" in told["place"] and told["evidence"].startswith("1 of 9 cells")


def landed_of(folder: Path, content: bytes) -> Tables:
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(content)
    return landed(folder)


def uncomputed(content: bytes, number: str, cell: str = r"[A-Z]+\d+") -> bytes:
    """A workbook with a formula that has no value in place of a number."""
    return changed_sheets(content, rf'<c r="({cell})"><v>{number}(?:\.0)?</v></c>', r'<c r="\1"><f>SUM(A1)</f><v/></c>')
