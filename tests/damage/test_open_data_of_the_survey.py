"""The open data of the survey, damaged so that no figure is out of reach: rows, measures and sexes in each other's place."""

import random
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from damages import Copy
from judging import Release, Tally, damage_and_judge
from kit import VALIDATE, released
from long_releases import load_long

from assets.words.problems import BadInput

pytestmark = pytest.mark.long

VALUES = ("estimate", "standard_error", "unweighted_count")
Rows = list[list[Any]]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Everybody, and people by some of their characteristics: a fifth of its rows."""
    path = released("csew/csew-open-data-personal-crime-prevalence-2018q4.csv.gz")
    if VALIDATE:
        return load_long([path])
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    few = tmp_path_factory.mktemp("csew") / path.stem
    rows[rows["characteristic_var"].isin(["Total", "sex", "agegrp7", "gor", "rural3"])].to_csv(few, index=False)
    return load_long([few])


def down(rows: Rows) -> None:
    """All numbers, how many were asked among them, in the row below."""
    at = [rows[0].index(name) for name in VALUES]
    numbers = [[row[column] for column in at] for row in rows[1:]]
    for row, above in zip(rows[1:], [numbers[-1], *numbers], strict=False):
        for column, number in zip(at, above, strict=True):
            row[column] = number


def exchanged(one: str, other: str) -> Callable[[Rows], None]:
    """Two names exchanged wherever they stand: no row contradicts another."""

    def change(rows: Rows) -> None:
        names = {one: other, other: one}
        for row in rows[1:]:
            row[:] = [names.get(cell, cell) for cell in row]

    return change


@pytest.mark.parametrize(
    "change", [down, exchanged("domest_p", "strang_p"), exchanged("Male", "Female")], ids=["down", "measures", "sexes"]
)
def test_no_figure_goes_out_that_stands_in_the_place_of_another(
    release: Release, change: Callable[[Rows], None]
) -> None:
    """Measures and sexes are known by what the Appendix tables and the SDG indicators print within two years, as transcribed."""
    copy = Copy(release.book)
    rows = copy.rows(release.book.sheet_names[0])
    change(rows)
    found = release.reader(copy)
    true, said = (some.figures.set_index("row_id")["value"].dropna() for some in (release, found))
    wrong = set(said.index[~said.eq(true.reindex(said.index)).fillna(False)])
    told = release.doubted(found)
    assert len(wrong) > 0.045 * len(rows) and wrong <= told


def test_few_wrong_numbers_withhold_few_others(release: Release) -> None:
    """A long file is no sheet that may have been pasted from another release: it had been withheld whole for some of ten."""
    tally = Tally()
    damage_and_judge(release, random.Random(3), 60, 0, 10, tally)
    withheld = sum(true for true, _ in tally.taken)
    assert tally.total >= 60 and not tally.share("published wrong") and withheld < 5 * tally.total


@pytest.fixture(scope="module")
def indicator() -> Release:
    return load_long([released("csew/indicator_16-1-3.csv")])


def test_an_indicator_whose_columns_have_no_names_is_refused_whole(indicator: Release) -> None:
    copy = Copy(indicator.book)
    copy.rows(indicator.book.sheet_names[0])[0][:] = ["unknown"] * len(
        indicator.book.grid(indicator.book.sheet_names[0]).rows[0]
    )
    with pytest.raises(BadInput, match="no known publication"):
        indicator.reader(copy)


@pytest.mark.parametrize(("first", "last"), [(96, 136), (186, 226)])
def test_a_run_of_an_indicator_without_bases_that_stands_one_row_down_is_doubted(
    indicator: Release, first: int, last: int
) -> None:
    """Ages, ethnic groups and places of one year, in the place of their neighbours: each is as large as others are, and what the
    other years say of all of them together is all that contradicts them."""
    copy = Copy(indicator.book)
    rows = copy.rows(indicator.book.sheet_names[0])
    for row, above in zip(rows[first + 1 : last], [row[-1] for row in rows[first : last - 1]], strict=True):
        row[-1] = above
    found = indicator.reader(copy)
    true, said = (some.figures.set_index("row_id")["value"].dropna() for some in (indicator, found))
    wrong = set(said.index[~said.eq(true.reindex(said.index)).fillna(False)])
    assert len(wrong) > 30 and wrong <= indicator.doubted(found)
