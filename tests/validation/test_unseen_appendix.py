"""The next release of the Appendix tables: SYNTHETIC variants of the one of YE September 2025, read like the original.

Skipped with a reason where the released file is not at hand.
"""

import csv
import datetime
import io
import re
from collections.abc import Callable

import pytest
from kit import DATA, known_names, notice, read_released
from unseen import (
    MONTHS,
    RANGE,
    Rows,
    Sheets,
    appendix,
    as_released,
    figures,
    header_of,
    is_table,
    later,
    ods,
    on_numbers,
    on_tables,
    on_texts,
    read,
)

from assets.archive.reading.book import Book
from assets.archive.titled.read import TitledReading
from assets.archive.titled.recognise import layouts
from assets.tables.records import records

pytestmark = pytest.mark.one_in(3)


def lines_above_header(rows: Rows) -> Rows:
    at = header_of(rows)
    return [*rows[:at], ["An additional line about this table."], [], *rows[at:]]


def preamble_reversed(rows: Rows) -> Rows:
    titles = [at for at, row in enumerate(rows) if row and isinstance(row[0], str) and re.match(r"Table \w+:", row[0])]
    end = next((at for at in titles if at), header_of(rows))
    return rows[:1] + rows[1:end][::-1] + rows[end:]


def hundreds_apart(space: str) -> Callable[[Rows], Rows]:
    return lambda rows: on_numbers(
        rows, lambda n: f"{n:,.0f}".replace(",", space) if n.is_integer() and n >= 1000 else n
    )


def header_form(form: Callable[[re.Match[str]], str]) -> Callable[[Rows], Rows]:
    """Headers of years in another form; quarters stay as they are."""

    def changed(match: re.Match[str]) -> str:
        first, last = (int(match[at + 1]) * 12 + MONTHS.index(match[at]) for at in (1, 3))
        return form(match) if last - first == 11 else match[0]

    return lambda rows: on_texts(rows, lambda text: RANGE.sub(changed, text))


LAYOUTS: dict[str, Callable[[Sheets], Sheets]] = {
    "sheets named B9": lambda s: {re.sub(r".*_", "", n) if is_table(n) else n: r for n, r in s.items()},
    "sheets named 'Table B9 '": lambda s: {f"Table {n.split('_')[-1]} " if is_table(n) else n: r for n, r in s.items()},
    "sheets named by numbers": lambda s: {str(at) if is_table(n) else n: r for at, (n, r) in enumerate(s.items())},
    "sheets the other way round": lambda s: dict(reversed(list(s.items()))),
    "three rows lower": lambda s: on_tables(s, lambda rows: [[], [], [], *rows]),
    "lines above the header": lambda s: on_tables(s, lines_above_header),
    "preamble in another order": lambda s: on_tables(s, preamble_reversed),
    "a blank column on the left": lambda s: on_tables(s, lambda rows: [["", *row] for row in rows]),
    "blank columns on the right": lambda s: on_tables(s, lambda rows: [[*row, "", ""] for row in rows]),
    "numbers as text": lambda s: on_tables(s, lambda rows: on_numbers(rows, lambda n: f"{n:,}".removesuffix(".0"))),
    "thin spaces between thousands": lambda s: on_tables(s, hundreds_apart("\u2009")),
    "no-break spaces between thousands": lambda s: on_tables(s, hundreds_apart("\u00a0")),
    "headers: year ending": lambda s: on_tables(s, header_form(lambda m: f"Year ending {m[3]} {m[4]}")),
    "headers: YE with short years": lambda s: on_tables(s, header_form(lambda m: f"YE {m[3]} {m[4][2:]}")),
    "headers: with dashes": lambda s: on_tables(s, header_form(lambda m: f"{m[1]} {m[2]} – {m[3]} {m[4]}")),
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("layout", LAYOUTS)
def test_another_layout_gives_the_same_figures(layout: str) -> None:
    assert figures(read(LAYOUTS[layout](appendix()))) == figures(as_released())


def test_an_ods_gives_the_same_figures() -> None:
    reading = read_released(Book("synthetic.xlsx", ods(appendix())), layouts(DATA), known_names())
    assert figures(reading) == figures(as_released())


@pytest.mark.parametrize("sheet", ["Table_A5a", "Table_B2", "Worksheet_B9", "Table_B10", "Worksheet_B1", "Table_C5"])
def test_one_sheet_as_csv_gives_its_figures(sheet: str) -> None:
    """Without the notes, which stand on another sheet."""
    made = io.StringIO(newline="")
    csv.writer(made).writerows(appendix()[sheet])
    reading = read_released(Book("meaningless.csv", made.getvalue().encode()), layouts(DATA), known_names())
    names = ["series", "period_start", "period_end", "characteristic_value", "value", "obs_status", "cell"]
    # The base rows of A3 and B1 are one figure, kept where it stands first: alone, each sheet keeps its own.
    only = read({"Cover": appendix()["Cover Sheet"], sheet: appendix()[sheet]})
    alone = [str([row[n] for n in names]) for row in records(only.frame)]
    assert reading.release["release"] == "ye-2025-09"
    assert [str([row[n] for n in names]) for row in records(reading.frame)] == alone


def test_a_later_quarter_is_a_release_of_its_own() -> None:
    """Every period moved by a quarter; the cover says the new day (three quarters later: test_unseen_landing)."""
    day = "23 April 2026"
    sheets = {name: on_texts(rows, lambda text: later(text, 3)) for name, rows in appendix().items()}
    cover = next(name for name in sheets if "over" in name)
    sheets[cover] = on_texts(
        sheets[cover], lambda text: re.sub(r"published on \d+ \w+ \d{4}", f"published on {day}", text)
    )
    reading = read(sheets)
    assert reading.release["release"] == "ye-2025-12"
    assert reading.release["released"] == datetime.datetime.strptime(day, "%d %B %Y").date()
    before, after = records(as_released().frame), records(reading.frame)
    assert [row["value"] for row in after] == [row["value"] for row in before]
    assert {row["period_type"] for row in after} == {row["period_type"] for row in before}
    assert max(row["period_end"] for row in after) == reading.release["period_end"]


def test_one_more_year_is_one_more_column_of_figures() -> None:
    """March 2026: the newest year stands behind the last one, as the March releases print it."""
    sheets = appendix("Table_B2", "Table_B10")

    def longer(rows: Rows) -> Rows:
        newest = [[c for c, cell in enumerate(row) if isinstance(cell, str) and RANGE.match(cell) and "Sep 2025" in cell]
                  for row in rows]  # fmt: skip
        heads = {at: max(columns) for at, columns in enumerate(newest) if columns}
        made, column = [], None
        for at, row in enumerate(rows):
            column = heads.get(at, column)
            if column is None or len(row) <= column or row[column] == "":
                made.append(row)
                continue
            new = "Apr 2025 to\n Mar 2026" if at in heads else row[column]
            made.append([*row[: column + 1], new, *row[column + 1 :]])
        return made

    sheets["Table_B2"] = longer(sheets["Table_B2"])
    cover = next(name for name in sheets if "over" in name)
    sheets[cover] = on_texts(
        sheets[cover], lambda text: re.sub(r"published on \d+ \w+ \d{4}", "published on 23 July 2026", text)
    )
    reading = read(sheets)
    new = [row for row in records(reading.frame) if row["period_end"] == datetime.date(2026, 3, 31)]
    latest = [row for row in records(as_released("Table_B2", "Table_B10").frame)
              if row["sheet"] == "Table_B2" and row["period_end"] == datetime.date(2025, 9, 30)]  # fmt: skip
    assert [(row["series"], row["value"]) for row in new] == [(row["series"], row["value"]) for row in latest]
    assert len(reading.frame) == len(as_released("Table_B2", "Table_B10").frame) + len(new)
    found = notice([reading])
    assert any(f["kind"] == "header_differs_from_title" and "Table B2" in f["place"] for f in found)


def test_marks_behind_figures_and_headers_are_kept_and_change_no_number() -> None:
    sheets = appendix("Table_B2", "Table_B10")
    row = next(r for r in sheets["Table_B2"] if r[0] == "Stalking")
    row[7] = f"{row[7]:,.0f} [r]"
    head = sheets["Table_B2"][header_of(sheets["Table_B2"])]
    head[7] = f"{head[7]} [p]"
    reading = read(sheets)
    before = records(as_released("Table_B2", "Table_B10").frame)
    assert [r["value"] for r in records(reading.frame)] == [r["value"] for r in before]
    marked = [r for r in records(reading.frame) if r["note"] and "[p] provisional" in r["note"]]
    assert {r["sheet"] for r in marked} == {"Table_B2"}
    assert [r["printed"] for r in marked if r["printed"].endswith("[r]")] == [row[7]]


def test_a_marker_is_never_a_number() -> None:
    sheets, markers = appendix("Table_B2"), ["[c]", "[low]", "[w]", "[z]", "[u]", "[x]", ".."]
    next(r for r in sheets["Table_B2"] if r[0] == "Stalking")[1:] = markers
    rows = [r for r in records(read(sheets).frame) if r["series"] == "prc.b2.8Q.total"]
    assert [row["printed"] for row in rows] == markers
    assert all(row["value"] is None and row["obs_status"] != "normal" for row in rows)


def found(reading: TitledReading, kind: str) -> list[dict[str, object]]:
    return [row for row in reading.findings if row["kind"] == kind]


def test_what_is_no_number_is_left_out_with_its_cell() -> None:
    sheets = appendix("Table_B2", "Table_B10")
    at = next(i for i, r in enumerate(sheets["Table_B2"]) if r[0] == "Stalking")
    sheets["Table_B2"][at][7] = "[r]"
    reading = read(sheets)
    [one] = found(reading, "figure_set_aside")
    assert f"sheet 'Table_B2', cell H{at + 1}" in str(one["place"]) and "'[r]'" in str(one["evidence"])
    assert (
        "markers.csv" in str(one["handling"])
        and len(reading.frame) == len(as_released("Table_B2", "Table_B10").frame) - 1
    )


def test_new_codes_are_found_and_those_that_could_be_of_a_threat_weigh_more_and_the_rest_is_read() -> None:
    sheets, told = (
        appendix("Table_A5a", "Table_B10"),
        {"28K": "warning", "9C": "warning", "88F": "error", "8W": "error"},
    )
    rows, below = sheets["Table_A5a"], ("Burglary", "Violent disorder", "Exposure", "Stalking")
    for code, label in zip(told, below, strict=True):
        at = next(
            i for i, r in enumerate(rows) if len(r) > 1 and isinstance(r[1], str) and r[1].strip().startswith(label)
        )
        new = [code, f"Synthetic {label.lower()}", *(7.0 if isinstance(cell, float) else cell for cell in rows[at][2:])]
        rows.insert(at + 1, new)
    reading = read(sheets)
    assert figures(reading) == figures(as_released("Table_A5a", "Table_B10"))
    records_of_codes = found(reading, "offence_code_not_known")
    assert len(records_of_codes) == len(told)
    for code, severity in told.items():
        [one] = [row for row in records_of_codes if code in str(row["evidence"]).split("nearest")[0]]
        assert one["severity"] == severity and "nearest" in str(one["evidence"]) and "Table_A5a" in str(one["place"])
        assert severity == "warning" or "could be of a threat" in str(one["handling"])


def test_a_new_detailed_code_of_table_b2_is_named_with_candidates() -> None:
    sheets = appendix("Table_B2", "Table_B10")
    at = next(i for i, r in enumerate(sheets["Table_B2"]) if r[0] == "Stalking")
    sheets["Table_B2"].insert(at + 1, ["008/99 - A synthetic offence", *sheets["Table_B2"][at][1:]])
    reading = read(sheets)
    [one] = found(reading, "offence_code_not_known")
    assert "8Q.008_99" in str(one["evidence"]) and "nearest" in str(one["evidence"])
    assert figures(reading) == figures(as_released("Table_B2", "Table_B10"))


def test_a_renamed_header_is_named_and_a_renamed_title_is_read() -> None:
    sheets = appendix("Table_B2", "Table_B10")
    rows = sheets["Table_B10"]
    rows[header_of(rows)][3] = "Twelve months of nowhere"
    [one] = found(read(sheets), "column_not_known")
    assert "cell D8" in str(one["place"])
    sheets = appendix("Table_B2", "Table_B10")
    sheets["Table_B2"][0][0] = sheets["Table_B2"][0][0].replace("Breakdown of selected", "Detailed codes of some")
    reading = read(sheets)
    assert figures(reading) == figures(as_released("Table_B2", "Table_B10")) and found(reading, "title_reworded")


def test_a_table_that_is_gone_is_found_and_the_others_are_read() -> None:
    sheets = appendix()
    del sheets["Table_B2"]
    reading = read(sheets)
    assert [row["place"] for row in reading.findings if row["kind"] == "table_not_in_release"] == [
        "synthetic variant of a release.xlsx, b2"
    ]
    wanted = sum(row["sheet"] != "Table_B2" for row in records(as_released().frame))
    assert len(reading.frame) == wanted


class TestSections:
    """Tables whose rows stand again and again, each time below a heading that says of whom."""

    PREVALENCE = "Table_A3a"

    def of(self, *headings: str) -> TitledReading:
        sheets = appendix(self.PREVALENCE, "Table_B10")
        rows = sheets[self.PREVALENCE]
        at = header_of(rows) + 1
        sheets[self.PREVALENCE] = [*rows[:at], *(line for text in headings for line in ([text], *rows[at:]))]
        return read(sheets)

    @pytest.mark.parametrize("others", [("Women", "Men"), ("Female victims",), ("Wales",), ("Adults aged 16 to 59",)])
    def test_beside_those_of_all_the_rows_of_others_are_left_out(self, others: tuple[str, ...]) -> None:
        reading = self.of("All adults aged 16 and over", *others)
        assert figures(reading) == figures(as_released(self.PREVALENCE, "Table_B10")) and not reading.set_aside
        found = [row["evidence"] for row in reading.findings if row["kind"] == "rows_of_others"]
        assert len(found) == len(others) and all(text in said for text, said in zip(others, found, strict=True))

    @pytest.mark.parametrize("headings", [("Women",), ("Women", "Men")])
    def test_no_rows_of_women_alone_are_those_of_all(self, headings: tuple[str, ...]) -> None:
        """One section of women was published as that of all."""
        [refused] = self.of(*headings).set_aside
        assert self.PREVALENCE in refused.what and "below 'Women'" in refused.problems[0].value
        assert "has sections" in refused.problems[0].remedy


def test_changes_beside_figures_under_a_header_of_their_own_cost_no_table() -> None:
    """They had been a second column of the same period, which refused the table."""
    sheets = appendix("Table_A5a", "Table_B10")
    rows = sheets["Table_A5a"]
    at = header_of(rows)
    width = max(map(len, rows))
    for row, cells in enumerate(rows):
        more = {at - 1: ["Percentage change from", ""], at: rows[at][-2:]}.get(row, [5.3, 2.1] if row > at else [])
        rows[row] = [*cells, *[""] * (width - len(cells)), *more]
    assert figures(read(sheets)) == figures(as_released("Table_A5a", "Table_B10"))


def test_a_row_that_numbers_the_columns_is_no_offence() -> None:
    """Its "1" below the header of codes had been a second row of murder, and both were left out."""
    sheets = appendix("Table_A5a", "Table_B10")
    rows = sheets["Table_A5a"]
    at = header_of(rows) + 1
    sheets["Table_A5a"] = [*rows[:at], [float(number + 1) for number in range(len(rows[at]))], *rows[at:]]
    assert figures(read(sheets)) == figures(as_released("Table_A5a", "Table_B10"))
