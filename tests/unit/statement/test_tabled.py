"""The tables of a document: read alike from every kind of file, and what of their figures does not agree. SYNTHETIC figures."""

from pathlib import Path

import docx
import pytest
from claims_kit import NEAR, file_of, odt, odt_table
from hypothesis import given
from hypothesis import strategies as st

from assets.statement.scan.draft import coverage_report
from assets.statement.scan.scan import scan
from assets.statement.text.grid import Table, TextCell, grid
from assets.statement.text.tabled import tabled
from assets.statement.text.texts import text_of

ROWS = (
    ("Offence", "2024", "2025", "Change"),
    ("Violence with injury", "538,410", "552,010", "3%"),
    ("Violence without injury", "811,200", "790,331", "-3%"),
    ("Stalking and harassment", "640,123", "655,498", "2%"),
    ("Homicide", "567", "518", "-9%"),
    ("Death by driving", "702", "744", "6%"),
    ("Total", "1,991,002", "1,999,101", "0%"),
)
PRINTS = tuple[tuple[str, ...], ...]


def table(rows: PRINTS) -> Table:
    """Each cell a block of its own."""
    width = len(rows[0])
    return tuple(
        tuple(TextCell(row * width + column + 1, 0, text, column) for column, text in enumerate(cells))
        for row, cells in enumerate(rows)
    )


def with_cell(rows: PRINTS, row: int, column: int, text: str) -> PRINTS:
    changed = (*rows[row][:column], text, *rows[row][column + 1 :])
    return (*rows[:row], changed, *rows[row + 1 :])


def failing(rows: PRINTS) -> list[tuple[str, str]]:
    """The cells that do not agree, and what is said of each."""
    cells = {(cell.block, cell.start): cell.text for row in table(rows) for cell in row}
    return [(cells[place], worked.words) for place, worked in tabled(table(rows)).items() if not worked.holds]


def test_the_cells_of_a_word_table_are_read_from_left_to_right(tmp_path: Path) -> None:
    cells = [cell for row in ROWS for cell in row]
    assert [*text_of(file_of(tmp_path, ".docx", "Some text.", ROWS)).blocks[-len(cells) :]] == cells


def merged(folder: Path, ending: str) -> Path:
    """Heads in two rows, the first over three columns, and a name beside two rows; a number over two rows is of the first."""
    path = folder / f"merged{ending}"
    if ending == ".html":
        path.write_text(
            "<table><tr><th rowspan=2>Sex</th><th rowspan=2>Offence</th><th colspan=2>Year ending March</th></tr>"
            "<tr><th>2024</th><th>2025</th></tr>"
            "<tr><th rowspan=2>Women</th><th>Rape</th><td>1,001</td><td rowspan=2>1,102</td></tr>"
            "<tr><th>Stalking</th><td>2,003</td></tr></table>"
        )
        return path
    if ending == ".odt":
        rows = (("Sex", 1, 2), ("Offence", 1, 2), ("Year ending March", 2, 1)), (("2024", 1, 1), ("2025", 1, 1)), (
            ("Women", 1, 2), ("Rape", 1, 1), ("1,001", 1, 1), ("1,102", 1, 2)), (("Stalking", 1, 1), ("2,003", 1, 1))  # fmt: skip
        odt(path, odt_table(rows))
        return path
    made = docx.Document()
    cells = made.add_table(4, 4)
    for (row, column), text in {
        (0, 0): "Sex", (0, 1): "Offence", (0, 2): "Year ending March", (1, 2): "2024", (1, 3): "2025", (2, 0): "Women",
        (2, 1): "Rape", (2, 2): "1,001", (2, 3): "1,102", (3, 1): "Stalking", (3, 2): "2,003",
    }.items():  # fmt: skip
        cells.cell(row, column).text = text
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((2, 0), (3, 0)), ((2, 3), (3, 3))):
        cells.cell(*first).merge(cells.cell(*last))
    made.save(str(path))
    return path


@pytest.mark.parametrize("ending", [".html", ".docx", ".odt"])
def test_a_cell_stands_over_every_column_and_beside_every_row_that_it_spans(tmp_path: Path, ending: str) -> None:
    text = text_of(merged(tmp_path, ending))
    [read] = map(grid, text.tables)
    assert read.heads == {0: "Sex", 1: "Offence", 2: "Year ending March 2024", 3: "Year ending March 2025"}
    assert read.labels == ("Women Rape", "Women Stalking")
    assert [{at: number.value for at, number in row.items()} for row in read.rows] == [{2: 1001, 3: 1102}, {2: 2003}]
    assert len(text.blocks) == 11, "each cell is read once"


@pytest.mark.slow
def test_spans_without_end_are_cut(tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    row = "<tr>" + "<td rowspan=99999 colspan=99999>5</td>" * 50 + "</tr>"
    path.write_text(f"<table>{row * 200}</table>", encoding="utf-8")
    assert len(text_of(path).blocks) == 50 * 200


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".docx", ".odt", ".pdf"])
def test_a_table_is_tested_in_every_kind_of_file(tmp_path: Path, ending: str) -> None:
    wrong = with_cell(ROWS, 5, 3, "16%")
    good, damaged = (
        coverage_report(scan(text_of(file_of(tmp_path, ending, "Some text.", rows)), near=NEAR), every=True)
        for rows in (ROWS, wrong)
    )
    assert "do not agree 0" in good and "Does not work out" not in good
    assert "[16%]" in damaged and "702 to 744 is 5.8 to 6.1%, as in 5 other rows (Death by driving" in damaged
    assert damaged.count("[538,410]") == 1, "each number is told once"


def test_a_table_that_a_text_prints_twice_is_two_tables(tmp_path: Path) -> None:
    once = "\n".join(" ".join(row) for row in ROWS)
    (tmp_path / "twice.txt").write_text(f"{once}\n\nSome text.\n\n{once}", encoding="utf-8")
    text = text_of(tmp_path / "twice.txt")
    assert [len(table) for table in text.tables] == [len(ROWS) - 1] * 2 and len(text.blocks) == 2 * len(ROWS) + 1
    assert [len(tabled(table)) for table in text.tables] == [8, 8]


def test_a_table_that_agrees_is_worked_out_and_says_nothing_else() -> None:
    found = tabled(table(ROWS))
    assert all(worked.holds for worked in found.values())
    # Six changes and two totals.
    assert len(found) == 8 and "538,410 to 552,010 is 2.5%" in found[(8, 0)].words
    assert "538,410 to 702, added up, come to" in found[(26, 0)].words


@pytest.mark.parametrize(
    ("row", "column", "text", "told"),
    [
        (2, 3, "-8%", ("-8%", "811,200 to 790,331 is -2.6%")),
        (3, 3, "21%", ("21%", "640,123 to 655,498 is 2.4%")),
        (1, 2, "582,010", ("582,010", "538,410 to 582,010 is 8.1%")),
    ],
)
def test_a_change_that_its_two_columns_do_not_give_is_told(
    row: int, column: int, text: str, told: tuple[str, str]
) -> None:
    [(cell, words)] = failing(with_cell(ROWS, row, column, text))
    assert cell == told[0] and words.startswith(told[1])


def test_the_figure_that_fails_in_its_row_and_its_column_is_told() -> None:
    rows = (("Force", "Women", "Men", "All"), ("A", "1,201", "317", "1,518"), ("B", "2,442", "519", "2,961"),
            ("C", "873", "204", "1,077"), ("D", "1,660", "451", "2,111"), ("Total", "6,176", "1,491", "7,667"))  # fmt: skip
    assert failing(rows) == []
    [(cell, words)] = failing(with_cell(rows, 2, 1, "2,422"))
    assert cell == "2,422" and "(B, Women)" in words
    [(cell, _)] = failing(with_cell(rows, 5, 3, "7,767"))
    assert cell == "7,767"


def test_shares_of_a_total_and_rates_are_worked_out() -> None:
    shares = (("Outcome", "Number", "%"), ("Charged", "1,412", "7.1"), ("Difficulties", "9,871", "49.6"),
              ("No suspect", "6,020", "30.3"), ("Other", "2,588", "13.0"), ("Total", "19,891", "100.0"))  # fmt: skip
    assert failing(shares) == []
    assert failing(with_cell(shares, 3, 2, "33.0"))[0][1].startswith("6,020 of 19,891 is 30.3%")
    rates = (
        ("Force", "Offences", "Population", "Rate per 1,000"),
        ("A", "14,120", "1,201,400", "11.8"),
        ("B", "98,710", "5,871,200", "16.8"),
        ("C", "6,020", "731,900", "8.2"),
        ("D", "25,880", "1,455,000", "17.8"),
    )
    assert failing(rates) == []
    assert failing(with_cell(rates, 2, 3, "18.6"))[0] == (
        "18.6", "98,710 by 5,871,200 is 16.8 per 1,000, as in 3 other rows (B, Rate per 1,000)",
    )  # fmt: skip


def test_what_is_rounded_one_by_one_agrees() -> None:
    """ONS, User Guide to Crime Statistics: figures may not sum because of rounding."""
    rows = (
        ("Thousands", "2021", "2022", "2023"),
        ("Women", "33", "41", "52"),
        ("Men", "14", "19", "25"),
        ("All", "48", "59", "78"),
    )
    assert failing(rows) == []
    hundreds = (
        ("Year", "Males", "Females", "All"),
        ("2001", "25,574,300", "26,785,700", "52,360,000"),
        ("2002", "25,702,900", "26,869,300", "52,572,200"),
        ("2003", "25,835,100", "26,958,600", "52,793,600"),
        ("2004", "25,949,000", "27,042,000", "52,991,100"),
    )
    assert failing(hundreds) == []


def test_rates_and_shares_beside_counts_do_not_add_up_and_nothing_is_said() -> None:
    rows = (("Force", "2024", "2025", "Rate per 100,000"), ("A", "1,412", "1,518", "301"), ("B", "9,871", "9,961", "450"),
            ("Total", "11,283", "11,479", "422"))  # fmt: skip
    assert failing(rows) == []
    assert [cell for cell, _ in failing(with_cell(rows, 3, 2, "11,749"))] == ["11,749"]


FEW = ((("a", "b"), ("1", "2")), (("2019", "2020"), ("2021", "2022")), (("x", "y"), ("0", "0"), ("0", "0"), ("0", "0")))


@pytest.mark.parametrize("rows", FEW)
def test_few_numbers_years_and_noughts_say_nothing(rows: PRINTS) -> None:
    assert not failing(rows)


PEOPLE = st.lists(st.tuples(st.integers(101, 99_999), st.integers(101, 99_999)), min_size=4, max_size=8)


def test_two_forces_with_the_same_counts_are_no_rate_of_each_other_by_a_third_of_about_100000() -> None:
    assert not failing(of_sexes([(101, 101), (8252, 101), (8252, 101), (99996, 99999)]))


def of_sexes(people: list[tuple[int, int]]) -> PRINTS:
    sums = [(women, men, women + men) for women, men in people]
    rows = [*sums, tuple(map(sum, zip(*sums, strict=True)))]
    labels = [*(f"Force {'ABCDEFGH'[at]}" for at in range(len(people))), "Total"]
    return (("", "Women", "Men", "All"),
            *((label, *(f"{one:,}" for one in row)) for label, row in zip(labels, rows, strict=True)))  # fmt: skip


@pytest.mark.slow
@given(PEOPLE, st.data())
def test_whatever_one_count_is_changed_to_the_table_of_its_sums_tells(
    people: list[tuple[int, int]], data: st.DataObject
) -> None:
    rows = of_sexes(people)
    assert not failing(rows)
    row, column = data.draw(st.integers(1, len(rows) - 1)), data.draw(st.integers(1, 3))
    was = int(rows[row][column].replace(",", ""))
    # Beyond what rounding could hide: half a unit of each of the numbers.
    now = data.draw(st.integers(was // 2 + 1, was * 3 // 2).filter(lambda one: abs(one - was) > 2 + len(people)))
    told = failing(with_cell(rows, row, column, f"{now:,}"))
    assert told, (rows, row, column, now)
