"""A small part of `make damage`: cells of a real force table damaged on purpose, and layouts that must be read."""

import random

import judging
import pandas as pd
import pytest
from damages import Cells, Copy, Damage, Place, swapped_columns
from judging import (
    AGREES,
    ALONE,
    BAND,
    CELL,
    DOUBTED,
    RIGHT,
    WRONG,
    Release,
    Tally,
    damage_and_judge,
    judge,
    layout_variations,
    load,
)
from kit import VALIDATE, in_validation, released
from long_releases import load_long
from run import GROUPS, LONG_GROUPS

from assets.archive.reading.book import open_book
from assets.archive.reading.grid import column_number
from assets.tables.records import records

NAMES, AT, _ = GROUPS[-1]


@pytest.fixture(scope="module")
def release() -> Release:
    return load([released(name) for name in NAMES], AT)


def test_a_copy_leaves_the_original_as_it_is(release: Release) -> None:
    copy = Copy(release.book)
    name = copy.sheet_names[-1]
    before = [list(row) for row in release.book.grid(name).rows]
    copy.rows(name)[0][0] = "other"
    assert release.book.grid(name).rows == before and copy.grid(name).rows[0][0] == "other"


def test_no_damaged_cell_that_stands_in_a_relation_is_published_wrong(release: Release) -> None:
    tally = Tally()
    damage_and_judge(release, random.Random(20261125), small=25, large=0, at_once=25, tally=tally)
    assert tally.total >= 20
    assert tally.share(WRONG, RIGHT) == 0, str(tally)
    assert tally.share(DOUBTED) > 0.5 and tally.share(ALONE, AGREES, BAND) < 0.1, str(tally)


@pytest.mark.long
def test_the_half_of_a_table_that_is_of_another_release_is_withheld_alone(release: Release) -> None:
    """People and rates of the upper half of Table P3 are of June 2018: each rate meets its row in two figures."""
    copy, older = Copy(release.book), open_book(released(NAMES[0])).grid("Table P3").rows
    rows = copy.rows("Table P3")
    for at in range(6, 34):
        assert rows[at][0] == older[at][0]
        rows[at][2:] = older[at][2:]
    said = release.reader(copy)
    told = release.doubted(said)
    damaged = said.figures["sheet"].eq("Table P3") & said.figures["cell"].str.extract(r"(\d+)$")[0].astype(int).le(34)
    doubted = said.figures["judged_as"].isin(told)
    assert (damaged & said.figures["value"].notna() & ~doubted).sum() == 0 < damaged.sum()
    assert (doubted & ~damaged).sum() == 0


@pytest.mark.long
@pytest.mark.parametrize(
    ("sheet", "least", "at_most"),
    # Of the percentages of victims to one decimal and their numbers to a thousand three are what both releases may print.
    [("Worksheet_B1", 400, 3), ("Table_A2b", 96, 0), ("Table_A5b", 3000, 0)],
)
def test_a_sheet_of_another_release_is_withheld_though_no_other_release_is_held(
    sheet: str, least: int, at_most: int
) -> None:
    june, september = (f"ons_appendix/appendix-tables-ye-{month}-2025.xlsx" for month in ("june", "september"))
    release = load([released(september)], 0)
    copy, older = Copy(release.book), open_book(released(june)).grid(sheet).rows
    for row, there in zip(copy.rows(sheet), older, strict=True):
        row[:] = [
            there[at] if isinstance(cell, float) and isinstance(there[at], float) else cell
            for at, cell in enumerate(row)
        ]
    said = release.reader(copy)
    told, values = release.doubted(said), said.figures.dropna(subset=["value"])
    wrong = values[~values["value"].eq(values["row_id"].map(release.figures.set_index("row_id")["value"]))]
    assert len(wrong) >= least and (~wrong["judged_as"].isin(told)).sum() <= at_most


def test_two_forces_under_each_other_s_name_are_known_though_one_has_grown(release: Release) -> None:
    """Bedfordshire recorded 16% more than in the release of June 2018; in all its counts it is still nearer to itself."""
    copy, pair = Copy(release.book), [("E23000026", "Bedfordshire"), ("E23000027", "Hertfordshire")]
    new = dict(zip((*pair[0], *pair[1]), (*pair[1], *pair[0]), strict=True))
    for name in copy.sheet_names:
        for row in copy.rows(name):
            row[:] = [new.get(cell, cell) if isinstance(cell, str) else cell for cell in row]
    said = release.reader(copy)
    told = release.doubted(said)
    ours = said.figures["area_code"].isin([code for code, _ in pair]) & said.figures["value"].notna()
    assert ours.sum() > 100 and said.figures["judged_as"][ours].isin(told).all()


@pytest.mark.long
@pytest.mark.one_in(2)
@pytest.mark.parametrize(("tables", "others"), [("123", True), ("12", False), ("1", False), ("13", False)])
def test_two_offences_under_each_other_s_name_are_known_by_the_year_that_changes_compare_with(
    release: Release, tables: str, others: bool
) -> None:
    """Stalking and violence without injury make the same violence in either order, and the rates and changes go with them.

    others: nothing tells which of the two releases is wrong
    """
    copy, pair = Copy(release.book), ("stalking_and_harassment", "violence_without_injury")
    for sheet in (f"Table P{number}" for number in tables):
        of_sheet = release.figures[release.figures["sheet"] == sheet]
        cells = [of_sheet["cell"][of_sheet["series"].str.endswith(name)].iloc[0] for name in pair]
        one, other = (column_number(cell.rstrip("0123456789")) for cell in cells)
        for row in copy.rows(sheet)[6:]:
            row[one], row[other] = row[other], row[one]
    said = release.reader(copy)
    told = release.doubted(said)
    both = pd.concat([release.figures, said.figures]).drop_duplicates(["row_id", "value"], keep=False)
    wrong = set(both["judged_as"])
    assert len(wrong) > 100 and wrong <= told
    assert others == bool(told - set(said.figures["judged_as"])) and (told & set(said.figures["judged_as"])) <= wrong


@in_validation
def test_two_columns_of_counts_that_changed_places_are_doubted_though_people_explain_more_rates() -> None:
    """The people of each partnership stand in both of its rates that fail, and in eighteen that hold."""
    release = load([released(name) for name in GROUPS[1][0]], 0)
    cells, copy, tally = Cells.of(records(release.figures[CELL]), release.book), Copy(release.book), Tally()
    place = next(place for place in sorted(cells.figures) if place[0].startswith("Table C2") and place[2] == 8)
    damage = swapped_columns(copy, cells, random.Random(0), [place])
    assert damage and len(damage.places) > 100
    judge(release, cells, copy, [damage], tally)
    assert tally.share(DOUBTED) == 1, str(tally)


@pytest.fixture(scope="module")
def appendix() -> Release:
    return load([released(name) for name in GROUPS[0][0]], 1)


@pytest.mark.long
def test_a_table_of_months_one_header_late_takes_no_table_of_years_with_it(appendix: Release) -> None:
    """The months that make the years fail with all of Table A5a, and agree with it one column to the left."""
    copy, sheet = Copy(appendix.book), "Table_A5b"
    cells = Cells.of(records(appendix.figures[CELL]), appendix.book)
    first, last = (some(place[2] for place in cells.of_sheet[sheet]) for some in (min, max))
    for row in copy.rows(sheet)[min(place[1] for place in cells.of_sheet[sheet]) :]:
        row[first + 1 : last + 1] = row[first:last]
    found = appendix.reader(copy)
    told = appendix.doubted(found)
    true = appendix.figures.set_index("row_id")["value"]
    said = found.figures.set_index("row_id")[["value", "sheet"]].dropna()
    wrong = said.index[~said["value"].eq(true.reindex(said.index))]
    assert len(wrong) > 3000 and told.issuperset(wrong)
    assert told.isdisjoint(said.index[said["sheet"] == "Table_A5a"])


@pytest.mark.long
def test_months_that_changed_places_are_doubted_of_which_another_release_prints_one_or_none(appendix: Release) -> None:
    """June 2025 stands in the release of June too; July and August in that of September alone, and their sum is as it was."""
    release, cells = appendix, Cells.of(records(appendix.figures[CELL]), appendix.book)
    for header in ("Jun 2025", "Jul 2025") if VALIDATE else ("Jul 2025",):
        copy, tally = Copy(release.book), Tally()
        sheet = "Table_A5b"
        row = next(row for row in copy.rows(sheet) if header in row)
        place = next(place for place in sorted(cells.figures) if place[0] == sheet and place[2] == row.index(header))
        damage = swapped_columns(copy, cells, random.Random(0), [place])
        assert damage and len(damage.places) > 200
        judge(release, cells, copy, [damage], tally)
        assert tally.share(DOUBTED) == 1, str(tally)


@pytest.mark.long
def test_two_quarters_of_flags_that_changed_places_go_with_counts_and_shares(appendix: Release) -> None:
    """Counts or shares alone explain what fails; two quarters of a year leave its sum as it was."""
    cells, tally = Cells.of(records(appendix.figures[CELL]), appendix.book), Tally()
    copy = Copy(appendix.book)
    place = next(place for place in sorted(cells.figures) if place[0] == "Worksheet_E2" and place[2] == 3)
    damage = swapped_columns(copy, cells, random.Random(0), [place])
    assert damage and len(damage.places) > 20
    judge(appendix, cells, copy, [damage], tally)
    assert tally.share(DOUBTED) == 1, str(tally)


def test_another_layout_is_read_all_the_same(release: Release) -> None:
    tally = Tally()
    layout_variations(release, random.Random(20261125), tally)
    assert tally.share(RIGHT) == 1, str(tally)


def test_the_harness_is_seeded(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is damaged, and how: to judge it nothing is drawn."""
    said: dict[int, list[tuple[str, str, list[Place]]]] = {}
    for run, seed in enumerate((7, 7, 8)):

        def noted(_: Release, __: Cells, ___: Copy, made: list[Damage], ____: Tally, run: int = run) -> None:
            said.setdefault(run, []).extend((damage.kind, damage.where, sorted(damage.places)) for damage in made)

        monkeypatch.setattr(judging, "judge", noted)
        damage_and_judge(release, random.Random(seed), small=3, large=1, at_once=3, tally=Tally())
    assert said[0] == said[1] != said[2] and len(said[0]) >= 4


@pytest.mark.long
def test_a_csv_is_damaged_judged_and_read_in_another_layout_too() -> None:
    """The smallest of them: populations by age, sex and area, which add up in several ways."""
    release = load_long([released(name) for name in LONG_GROUPS[-1][0]])
    damaged, layouts = Tally(), Tally()
    damage_and_judge(release, random.Random(20261125), small=5, large=0, at_once=5, tally=damaged)
    layout_variations(release, random.Random(20261125), layouts)
    assert damaged.total >= 5 and damaged.share(WRONG) == 0, str(damaged)
    assert layouts.share(RIGHT) == 1, str(layouts)


@pytest.mark.long
@pytest.mark.one_in(2)
@pytest.mark.parametrize("damage", ["two names exchanged", "counts and shares twice as large"])
def test_online_crime_is_known_by_the_year_that_ends_a_quarter_before(appendix: Release, damage: str) -> None:
    """Table C5 prints one year alone: what moves its total or keeps it is seen by the figures of the release before."""
    copy = Copy(appendix.book)
    rows = copy.rows("Table_C5")
    first, last, *between = [row for row in rows if str(row[1]).strip() in ("Harassment and stalking", "Total")]
    assert not between
    block = rows[rows.index(first) : rows.index(last) + 1]
    if damage == "two names exchanged":
        block[0][:2], block[-3][:2] = block[-3][:2], block[0][:2]
    else:
        for row in block:
            row[2:4] = [2 * value for value in row[2:4]]
    found = appendix.reader(copy)
    told = appendix.doubted(found)
    true, said = (one.set_index("row_id")["value"] for one in (appendix.figures, found.figures))
    wrong = said.index[~said.eq(true.reindex(said.index)) & said.notna()]
    assert len(wrong) in (4, 20) and told.issuperset(wrong)
