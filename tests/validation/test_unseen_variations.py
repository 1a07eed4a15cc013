"""Twenty variations that nobody announced, SYNTHETIC, of released workbooks and files: read right, or set aside in words.

Others stand beside the publication that they vary: `test_unseen_appendix.py`, `_forces.py` and `_open_data.py`.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
import test_unseen_open_data as of_files
from kit import why_refused
from unseen import (
    RANGE,
    Merged,
    Rows,
    Sheets,
    appendix,
    as_released,
    figures,
    forces,
    later,
    on_numbers,
    on_texts,
    read,
)
from unseen import header_of as header

from assets.archive.reading.grid import a1
from assets.archive.titled.read import TitledReading

pytestmark = pytest.mark.one_in(2)

NEW, ROLLING = "ye-2024-12", "home_office/rec-crime-pfa.csv"


def below(rows: Rows, change: Callable[[int, list[object]], list[object]]) -> Rows:
    """Every row from the header on changed; it is given how far below the header each one is."""
    head = header(rows)
    return [change(at - head, row) if at >= head else row for at, row in enumerate(rows)]


def heads(rows: Rows, form: Callable[[re.Match[str]], object]) -> list[object]:
    """The header with every period in another form."""
    cells = rows[header(rows)]
    return [form(match) if isinstance(cell, str) and (match := RANGE.match(cell)) else cell for cell in cells]


def over_two_rows(rows: Rows) -> Rows:
    at = header(rows)
    upper = [cell if cell != rows[at][c] else "" for c, cell in enumerate(heads(rows, lambda m: f"{m[1]} {m[2]} to"))]
    return [*rows[:at], upper, heads(rows, lambda m: f"{m[3]} {m[4]}"), *rows[at + 1 :]]


def kinds_below(rows: Rows) -> Rows:
    """Periods alone in the upper row of a header, "Change" and "Significance" below those of changes."""
    made: Rows = []
    for row in rows:
        if any(str(cell).endswith("Significance") for cell in row):
            marks = [str(cell).endswith("Significance") for cell in row]
            changes = [*marks[1:], False]
            made.append(
                [cell if RANGE.match(str(cell)) and not mark else "" for cell, mark in zip(row, marks, strict=True)]
            )
            row = [
                "Significance" if mark else "Change" if change else "" if RANGE.match(str(cell)) else cell
                for cell, mark, change in zip(row, marks, changes, strict=True)
            ]  # fmt: skip
        made.append(row)
    return made


def notes_beside(rows: Rows) -> Rows:
    return below(rows, lambda down, row: [*row, "see note 3" if down else "Notes"])


def averages(rows: Rows) -> Rows:
    return below(rows, lambda down, row: [*row[:14], 77.0 if down else "Five-year average", *row[14:]])


def only(sheet: str, change: Callable[[Rows], Rows]) -> Callable[[Sheets], Sheets]:
    return lambda sheets: {name: change(rows) if name == sheet else rows for name, rows in sheets.items()}


def in_two(sheets: Sheets, sheet: str, parts: Mapping[str, Rows]) -> Sheets:
    return {n: r for name, rows in sheets.items() for n, r in (parts if name == sheet else {name: rows}).items()}


def by_years(sheets: Sheets) -> Sheets:
    """A table too wide for a sheet."""
    rows = sheets["Table_A5a"]
    titled, at = [[f"{rows[0][0]} (continued)"], *rows[1:]], header(rows)
    later_years = [*titled[:at], *([*row[:2], *row[14:]] for row in rows[at:])]
    return in_two(sheets, "Table_A5a", {"A5a (1)": [row[:14] for row in rows], "A5a (2)": later_years})


def revised(rows: Rows) -> Rows:
    return on_numbers(rows, lambda n: f"{n:,.0f} [r]" if n >= 1000 and n.is_integer() else n)


def labels(change: Callable[[str], str]) -> Callable[[Rows], Rows]:
    def one(down: int, row: list[object]) -> list[object]:
        return [change(row[0]) if down and isinstance(row[0], str) and row[0].strip() else row[0], *row[1:]]

    return lambda rows: below(rows, one)


APPENDIX: dict[str, Callable[[Sheets], Sheets]] = {
    "a table on two sheets": by_years,
    "periods over two rows": only("Table_A5a", over_two_rows),
    "periods over changes and their significance": only("Worksheet_B1", kinds_below),
    "titles without a colon": lambda s: {n: [[str(r[0][0]).replace(":", " ", 1)], *r[1:]] for n, r in s.items()},
    "newest first": only("Table_A5a", lambda r: below(r, lambda _, row: [*row[:2], *row[2:26][::-1], *row[26:]])),
    "a column of notes": only("Table_B2", notes_beside),
    "a column of averages": only("Table_A5a", averages),
    "revised figures": only("Table_A5a", revised),
    "notes stuck to labels": only("Table_B2", labels(lambda text: f"{text.rstrip()}3,4")),
    "bullets before labels": only("Table_B2", labels(lambda text: f"– {text.strip()}")),
    "of which": only("Worksheet_B1", labels(lambda t: f"of which: {t.strip()}" if t.startswith("   ") else t)),
    "a sheet copied": lambda s: {**s, "Table_A5a (2)": s["Table_A5a"]},
    "a line of text inside": only(
        "Table_A5a", lambda r: [*r[: header(r) + 40], ["Rules changed."], *r[header(r) + 40 :]]
    ),
}


VARIED = ("Table_A5a", "Worksheet_B1", "Table_B2")


@cache
def forces_as_released() -> list[str]:
    return figures(read(*forces(NEW)))


@pytest.mark.parametrize("variation", APPENDIX)
def test_a_variation_of_the_appendix_is_read_right(variation: str) -> None:
    assert figures(read(APPENDIX[variation](appendix(*VARIED)))) == figures(as_released(*VARIED))


def test_a_merged_header_over_years_is_read_with_them() -> None:
    sheets = appendix(*VARIED)
    rows = sheets["Table_A5a"]
    at, years = header(rows), heads(rows, lambda m: float(m[4]) if m[1] == "Apr" else m[0])
    upper = ["", "", "Year ending March", *[""] * (len(years) - 3)]
    sheets["Table_A5a"] = [*rows[:at], upper, years, *rows[at + 1 :]]
    last = max(c for c, year in enumerate(years) if isinstance(year, float))
    assert figures(read(sheets, {"Table_A5a": [f"{a1(at, 2)}:{a1(at, last)}"]})) == figures(as_released(*VARIED))


def test_a_next_release_with_other_sheets_headers_and_a_column_of_notes() -> None:
    def next_one(name: str, rows: Rows) -> Rows:
        moved = on_texts(rows, lambda text: later(text, 3))
        if not name.startswith(("Table_", "Worksheet_")):
            return moved
        return on_texts(notes_beside(moved), lambda t: RANGE.sub(r"\1 \2 – \3 \4 [note 9]", t))

    reading = read({re.sub(".*_", "Tab ", name): next_one(name, rows) for name, rows in appendix().items()})
    assert reading.release["release"] == "ye-2025-12" and len(reading.frame) == len(as_released().frame)
    assert reading.frame["value"].sum() == pytest.approx(as_released().frame["value"].sum())


def two_nations(sheets: Sheets, merged: Merged) -> tuple[Sheets, Merged]:
    rows = next(rows for name, rows in sheets.items() if name.strip() == "Table P1")
    wales = next(at for at, row in enumerate(rows) if str(row[0]).startswith("W92"))
    parts = {"P1 England": rows[:wales], "P1 Wales": [*rows[: header(rows) + 1], *rows[wales:]]}
    return in_two(sheets, "Table P1", parts), {}


def continued(sheets: Sheets, merged: Merged) -> tuple[Sheets, Merged]:
    """The forces from some row on below "Table P1 (continued): ...", on a sheet of its own."""
    made, merged = two_nations(sheets, merged)
    title = made["P1 Wales"][0]
    made["P1 Wales"][0] = [str(title[0]).replace("P1:", "P1 (continued):"), *title[1:]]
    return {name.replace("P1 Wales", "Table P1 continued"): rows for name, rows in made.items()}, merged


def merged_group(sheets: Sheets, merged: Merged) -> tuple[Sheets, Merged]:
    """ "Violence against the person" above Total, Homicide and so on."""
    name = next(name for name in sheets if name.strip() == "Table P1")
    rows, at = sheets[name], header(sheets[name])
    first = next(c for c, cell in enumerate(rows[at]) if str(cell).startswith("Violence against"))
    upper, lower = [""] * len(rows[at]), [*rows[at]]
    upper[first], lower[first] = rows[at][first], "Total"
    sheets[name] = [*rows[:at], upper, lower, *rows[at + 1 :]]
    return sheets, {name: [f"{a1(at, first)}:{a1(at, first + 4)}"]}


def reworded(sheets: Sheets, merged: Merged) -> tuple[Sheets, Merged]:
    """One of the two tables of counts, of this year and of the one before, under another title: it was lost without a word."""
    name = next(name for name in sheets if name.strip() == "Table P1")
    title, *beside = sheets[name][0]
    sheets[name][0] = [str(title).replace("by offence group", "by type of offence"), *beside]
    return sheets, merged


def header_again(sheets: Sheets, merged: Merged) -> tuple[Sheets, Merged]:
    """The header on each page: it was an area that is not known, and so the region above it no whole."""
    name = next(name for name in sheets if name.strip() == "Table P1")
    rows, at = sheets[name], header(sheets[name])
    sheets[name] = [*rows[: at + 20], rows[at], *rows[at + 20 :]]
    assert "area_not_known" not in {row["kind"] for row in read(sheets, merged).findings}
    return sheets, merged


@pytest.mark.long
@pytest.mark.parametrize("change", [two_nations, continued, merged_group, reworded, header_again])
def test_a_variation_of_the_force_tables_is_read_right(
    change: Callable[[Sheets, Merged], tuple[Sheets, Merged]],
) -> None:
    assert figures(read(*change(*forces(NEW)))) == forces_as_released()


def set_aside(reading: TitledReading) -> str:
    return " ".join(problem.sentence() for refused in reading.set_aside for problem in refused.problems)


def test_figures_in_another_unit_are_set_aside_and_everything_else_is_read() -> None:
    sheets = appendix()
    sheets["Worksheet_B1"] = on_texts(sheets["Worksheet_B1"], lambda text: text.replace("(1,000s)", "(numbers)"))
    reading = read(sheets)
    assert "figures in thousand incidents" in set_aside(reading) and "thousand persons" in set_aside(reading)
    assert "csew.domestic_violence.face_to_face.16+.incidents" not in set(reading.frame["series"])
    assert len(reading.frame) > 12_000
    rates, merged = forces(NEW)
    rates = {n: on_texts(rows, lambda t: t.replace("per 1,000 pop", "per 100,000 pop")) for n, rows in rates.items()}
    reading = read(rates, merged)
    assert "expected figures in per 1000" in set_aside(reading)
    assert not reading.frame["series"].str.startswith("prc.pfa_rate").any() and len(reading.frame) > 30_000


@pytest.mark.parametrize(
    ("name", "worded"),
    [
        (ROLLING, {"PFA": "Policing body", "Rolling year total number of offences": "Offences in the year"}),
        (of_files.FORCES, {"Force Name": "Policing body", "Number of Offences": "Recorded offences"}),
        ("csew/indicator_16-1-3.csv", {"Year": "Survey year", "Value": "Observation"}),
    ],
)
def test_a_file_with_two_reworded_headers_is_told_with_both(tmp_path: Path, name: str, worded: dict[str, str]) -> None:
    lines = of_files.lines_of(name)[:2000]
    content = of_files.written([[worded.get(head, head) for head in lines[0]], *lines[1:]])
    error = why_refused(lambda: of_files.taken(tmp_path, content))
    said = error.paragraph()
    assert "is nearly" in said and len(error.problems) == 2
    assert all(head.casefold() in said.casefold() for head in worded.values())


@pytest.mark.parametrize(
    ("name", "at", "change"),
    [
        (of_files.FORCES, 1, lambda q: {"1": "Apr-Jun", "2": "July to September", "3": "Oct-Dec", "4": "Jan-Mar"}[q]),
        (ROLLING, 0, lambda day: f"{day[6:]}-{day[3:5]}-{day[:2]}"),
        ("csew/indicator_16-1-3.csv", 0, lambda y: re.sub(r"(\d{4})/(\d\d)$", r"April \1 to March 20\2", y)),
    ],
)
def test_periods_of_a_file_in_other_words_are_the_same(
    tmp_path: Path, name: str, at: int, change: Callable[[str], str]
) -> None:
    lines = of_files.forces() if name == of_files.FORCES else of_files.lines_of(name)[:3000]
    [before, after] = [
        of_files.taken(tmp_path, of_files.written(one))[1] for one in (lines, of_files.each(lines, at, change))
    ]
    assert of_files.figures(after) == of_files.figures(before) and len(after.frame) > 1000
