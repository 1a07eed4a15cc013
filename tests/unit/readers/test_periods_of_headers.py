"""Headers of several lines and of bare years, tables on their side, and those that end before their release. SYNTHETIC."""

from collections.abc import Callable

import pytest
from small_releases import YEARS, Sheets, appendix, as_released, read
from test_layout_variations import figures

A5A, B2 = " Any sheet ", "Table_B2"
TITLE = "Table A5a:  Police recorded crime by offence, year ending March {} to year ending March 2025"


def with_years(title: str, years: list[object]) -> Sheets:
    """Table A5a with other years, to March."""
    sheets = appendix()
    rows = sheets[A5A]
    rows[0], rows[2] = [title], [*rows[2][:2], *years]
    sheets[A5A] = [*rows[:3], *(row[:5] for row in rows[3:])]
    return sheets


@pytest.mark.slow
@pytest.mark.parametrize("parts", [("Apr 2022", "to", "Mar 2023"), ("Apr", "2022 to", "Mar 2023")])
def test_a_period_may_stand_in_three_lines(parts: tuple[str, str, str]) -> None:
    sheets = appendix()
    rows = sheets[B2]
    lines = [[None, part, *([None] * 2)] for part in parts]
    lines[2] = ["Offence", parts[2], *YEARS[1:]]
    sheets[B2] = [*rows[:2], *lines, *rows[3:]]
    assert figures(read(sheets)) == figures(as_released())


@pytest.mark.slow
@pytest.mark.parametrize("form", [int, "Mar-{}".format, "{}-03-31".format, "{}-03-01".format])
def test_years_called_after_their_last_are_those_that_the_title_says(form: Callable[[int], object]) -> None:
    """Not where its first or last year is none of them, as where 2024/25 is called 2024, and not where it says of two months."""
    years = [f"Apr {year - 1} to Mar {year}" for year in (2023, 2024, 2025)]
    in_full = read(with_years(TITLE.format(2023), list(years)))
    assert figures(read(with_years(TITLE.format(2023), [*map(form, (2023, 2024, 2025))]))) == figures(in_full)
    a_year_less, two_months = (
        with_years(TITLE.format(2023), [*map(form, (2022, 2023, 2024))]),
        TITLE.format(2023).replace("March", "June", 1),
    )
    for sheets in (
        a_year_less,
        with_years(two_months, [*map(form, (2023, 2024, 2025))]),
        with_years(TITLE.format(2022), [*map(form, (2023, 2024, 2025))]),
    ):
        reading = read(sheets)
        assert not reading.frame["series"].str.startswith("prc.a5a").any() and len(reading.frame) > 0


@pytest.mark.slow
@pytest.mark.parametrize("sheet", [A5A, B2])
def test_a_table_on_its_side_is_told_so(sheet: str) -> None:
    sheets = appendix()
    rows = sheets[sheet]
    width = max(map(len, rows[2:]))
    sheets[sheet] = [
        *rows[:2],
        *map(list, zip(*([*row, *[None] * (width - len(row))] for row in rows[2:]), strict=True)),
    ]
    [refused] = read(sheets).set_aside
    assert "Transpose" in refused.problems[0].remedy and "the other way round" in refused.problems[0].value


def test_a_table_that_ends_before_the_others_is_told() -> None:
    """As one does that was left in the workbook from the release before."""
    reading = read(with_years(TITLE.format(2023), [2023, 2024, 2025]))
    [told] = [row for row in reading.findings if "ends_before" in row["kind"] and "A5a" in row["place"]]
    assert told["evidence"] == "Its columns end with 2025-03-31; most tables of the file end with 2025-09-30."
