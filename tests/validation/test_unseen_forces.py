"""The next release of the force tables: SYNTHETIC variants of those of 2018, 2019 and 2024, read like the originals.

Skipped with a reason where the released files are not at hand.
"""

import csv
import io
import re
from collections.abc import Callable
from functools import cache

import pytest
from kit import DATA, known_names, read_released, released
from test_released_workbooks import PFA
from unseen import Merged, Rows, Sheets, figures, forces, is_table, later, moved, on_numbers, on_tables, on_texts, read

from assets.archive.reading.book import Book
from assets.archive.titled.read import TitledReading
from assets.archive.titled.recognise import layouts
from assets.tables.records import records

pytestmark = pytest.mark.one_in(3)

RELEASES = ("ye-2019-06", "ye-2024-12")
NEW = "ye-2024-12"
Change = Callable[[Sheets, Merged], tuple[Sheets, Merged]]


@cache
def as_released(release: str) -> TitledReading:
    return read(*forces(release))


def named(name: Callable[[int, str], str]) -> Change:
    def change(sheets: Sheets, merged: Merged) -> tuple[Sheets, Merged]:
        names = {n: name(at, n) if is_table(n) else n for at, n in enumerate(sheets)}
        return {names[n]: rows for n, rows in sheets.items()}, {names[n]: ranges for n, ranges in merged.items()}

    return change


def renamed(sheets: Sheets, name: str, other: str) -> Sheets:
    return on_tables(sheets, lambda rows: on_texts(rows, lambda text: re.sub(name, other, text)))


def with_shares(rows: Rows) -> Rows:
    """Another column, whose header says more than that of the one before: "Violence against the person (% of total)"."""
    of = "Violence against the person"
    at, place = next(((at, row.index(of) + 1) for at, row in enumerate(rows) if of in row), (len(rows), 0))
    more = ["" if down < at else f"{of} (% of total)" if down == at else 0.4 for down in range(len(rows))]
    return [[*row[:place], *([cell] if place else []), *row[place:]] for row, cell in zip(rows, more, strict=True)]


def in_two(sheets: Sheets, merged: Merged) -> tuple[Sheets, Merged]:
    """Table P1 on two sheets that no release had, half of its areas on each: no table is missing, and it is the last found."""
    name = next(name for name in sheets if name.strip() == "Table P1")
    rows, ranges = sheets.pop(name), merged.pop(name, [])
    first, *_, last = (at for at, row in enumerate(rows) if any(isinstance(cell, float) for cell in row))
    middle, notes = (first + last) // 2, rows[last + 1 :]
    halves = {"Table P1a": rows[:middle] + notes, "Table P1b": rows[:first] + rows[middle : last + 1] + notes}
    return sheets | halves, merged | dict.fromkeys(halves, ranges)


LAYOUTS: dict[str, Change] = {
    "counts on two sheets": in_two,
    "sheets named Worksheet_P1": named(lambda at, name: f"Worksheet_{name.split()[-1]}"),
    "two rows lower": lambda s, m: (on_tables(s, lambda rows: [[], [], *rows]), moved(m, rows=2)),
    "a blank column on the left": lambda s, m: (on_tables(s, lambda r: [["", *row] for row in r]), moved(m, columns=1)),
    "numbers as text": lambda s, m: (on_tables(s, lambda r: on_numbers(r, lambda n: f"{n:,}".removesuffix(".0"))), m),
    "a force under another name": lambda s, m: (renamed(s, "^Cleveland", "Teesside"), m),
    "letters of notes": lambda s, m: (renamed(renamed(s, "^(Kent|Essex)$", r"\1 a"), "^Surrey$", "Surrey (b, c)"), m),
    "no codes of areas": lambda s, m: (renamed(s, r"^[EWK]\d{8}.*", ""), m),
    "a share beside counts": lambda s, m: (on_tables(s, with_shares), m),
    "names of forces in full": lambda s, m: (renamed(s, "^(Kent|Essex)$", r"\1 Police"), m),
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("release", RELEASES)
def test_another_layout_gives_the_same_figures(release: str, layout: str) -> None:
    assert figures(read(*LAYOUTS[layout](*forces(release)))) == figures(as_released(release))


def test_a_later_quarter_is_a_release_of_its_own() -> None:
    sheets, merged = forces(NEW)
    reading = read({name: on_texts(rows, lambda text: later(text, 15)) for name, rows in sheets.items()}, merged)
    assert reading.release["release"] == "ye-2026-03"
    assert [row["value"] for row in records(reading.frame)] == [row["value"] for row in records(as_released(NEW).frame)]


def found(reading: TitledReading, kind: str) -> str:
    """What the findings of a kind say."""
    return " ".join(f"{row['place']}: {row['evidence']}" for row in reading.findings if row["kind"] == kind)


def above(rows: Rows, name: str, row: list[object]) -> Rows:
    """A row of numbers above that of an area."""
    at = next((i for i, cells in enumerate(rows) if any(str(cell).startswith(name) for cell in cells[:4])), None)
    return rows if at is None else [*rows[:at], [*row, *(7.0 for _ in rows[at][len(row) :])], *rows[at:]]


def test_a_new_force_is_named_with_the_nearest_and_the_others_are_read() -> None:
    sheets, merged = forces("ye-2019-06")
    reading = read(on_tables(sheets, lambda rows: above(rows, "E23000013", ["E23000044", "Greater Wessex"])), merged)
    said = found(reading, "area_not_known")
    assert "E23000044 (Greater Wessex)" in said and "nearest" in said
    assert figures(reading) == figures(as_released("ye-2019-06"))


def test_a_known_force_with_an_unknown_code_is_read_as_it_is_named_and_said() -> None:
    sheets, merged = forces("ye-2019-06")
    reading = read(on_tables(sheets, lambda r: on_texts(r, lambda t: t.replace("E23000013", "E23000099"))), merged)
    assert "sheet 'Table P1', cell A10" in found(reading, "area_code_not_known")
    assert figures(reading) == figures(as_released("ye-2019-06"))


@pytest.mark.parametrize(
    ("name", "read_as"),
    [("Teesside", "E23000013"), ("Cleveland and Durham", None), ("Cleveland Constabulary", "E23000013")],
)
def test_a_known_code_beside_a_name_that_joins_another_force_is_left_out(name: str, read_as: str | None) -> None:
    sheets, merged = forces("ye-2019-06")
    reading, released = read(renamed(sheets, "^Cleveland", name), merged), figures(as_released("ye-2019-06"))
    told = found(reading, "area_renamed")
    assert ("Cleveland" in told) == (not name.endswith("Constabulary"))
    kept = {row["area_code"] for row in records(reading.frame)}
    assert ("E23000013" in kept) == bool(read_as) and "E23000008" in kept  # Durham stands in its own row
    assert read_as is None or figures(reading) == released


def without_codes(rows: Rows) -> Rows:
    """The rows of a sheet without the column of area codes; titles and notes keep their first cell."""
    at = next((i for row in rows for i, cell in enumerate(row) if str(cell).casefold().startswith("area code")), None)
    if at is None:
        return rows

    def inside(row: list[object]) -> bool:
        coded = len(row) > at and re.match(r"[EWK]\d{8}|Area code", str(row[at]), re.IGNORECASE)
        return bool(coded) or sum(bool(str(cell).strip()) for cell in row) > 2

    return [[*row[:at], *row[at + 1 :]] if inside(row) else row for row in rows]


@pytest.mark.parametrize("release", RELEASES)
def test_a_table_without_a_column_of_codes_is_read_by_names(release: str) -> None:
    sheets, _ = forces(release)
    reading = read(on_tables(sheets, without_codes))
    assert "no column of area codes" in found(reading, "areas_told_by_names")
    assert not found(reading, "area_not_known"), "a source or a note below the table is no area"
    assert figures(reading) == figures(as_released(release))  # West Midlands, region and force, among them


def test_a_name_of_two_areas_that_stands_once_is_neither() -> None:
    sheets, _ = forces("ye-2019-06")

    def once(rows: Rows) -> Rows:
        first = next((at for at, row in enumerate(rows) if row[:1] == ["West Midlands"]), None)
        return rows if first is None else [*rows[:first], *rows[first + 1 :]]

    reading = read(on_tables(on_tables(sheets, without_codes), once))
    kept = {row["area_code"] for row in records(reading.frame)}
    assert not kept & {"E12000005", "E23000014"} and {"E12000004", "E23000016"} <= kept
    assert "is a force and a region" in found(reading, "area_not_known")


def test_a_force_that_is_missing_is_no_nought() -> None:
    sheets, merged = forces("ye-2019-06")
    reading = read(
        on_tables(sheets, lambda rows: [r for r in rows if "E23000013" not in [str(c)[:9] for c in r]]), merged
    )
    assert "E23000013" not in {row["area_code"] for row in records(reading.frame)}
    assert len(reading.frame) < len(as_released("ye-2019-06").frame)


def test_a_new_partnership_of_a_known_force_is_found_and_the_rest_is_read() -> None:
    sheets, merged = forces(NEW)
    name = next(n for n in sheets if n.strip().endswith("C2"))
    sheets[name] = above(
        sheets[name], "E23000013", ["E23000013", "Cleveland", "E22000999", "Tees", "E06000999", "Tees"]
    )
    reading = read(sheets, merged)
    assert figures(reading) == figures(as_released(NEW))
    [record] = [row for row in reading.findings if row["kind"] == "partnership_not_known"]
    assert "'Tees' (E22000999) in Cleveland" in record["evidence"] and "nearest" in record["evidence"]


def test_a_renamed_column_that_is_a_target_is_named_and_the_others_are_read() -> None:
    sheets, merged = forces(NEW)
    changed = on_tables(sheets, lambda r: on_texts(r, lambda t: t.replace("Sexual offences", "Sexual harms")))
    reading = read(changed, merged)
    [told] = [row for row in reading.findings if row["kind"] == "record_set_aside"]
    assert "no row or column for sexual_offences" in told["evidence"] and "in 8 places" in told["evidence"]
    others = [row for row in figures(as_released(NEW)) if ".sexual_offences" not in row]
    assert figures(reading) == others and not reading.set_aside


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_csv_of_table_c2_in_any_encoding(encoding: str, delimiter: str) -> None:
    path = released(PFA["ye-2025-06"])
    text = path.read_text(encoding="utf-8-sig")
    made = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(text, newline=""))
    csv.writer(made, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    content = made.getvalue().encode(encoding, errors="replace")
    reading = read_released(Book("SYNTHETIC.CSV", content), layouts(DATA), known_names())
    original = read_released(Book("c2.csv", path.read_bytes()), layouts(DATA), known_names())
    assert figures(reading) == figures(original)


def test_headers_of_codes_and_names_in_other_words_give_the_same_figures() -> None:
    """Two areas are called West Midlands: without the column of codes they could not be told apart."""
    sheets, merged = forces(NEW)
    sheets = renamed(renamed(sheets, r"(?i)^area name\s*$", "Police force"), r"(?i)^area codes?\s*$", "ONS geography")
    assert figures(read(sheets, merged)) == figures(as_released(NEW))
