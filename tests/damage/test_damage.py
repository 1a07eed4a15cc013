"""A small part of `make damage`: cells of a real force table damaged on purpose, and layouts that must be read."""

import random

import pytest
from damages import Cells, Copy, swapped_columns
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
from kit import released
from long_releases import load_long
from run import GROUPS, LONG_GROUPS

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


def test_two_columns_of_counts_that_changed_places_are_doubted_though_people_explain_more_rates() -> None:
    """The people of each partnership stand in both of its rates that fail, and in eighteen that hold."""
    release = load([released(name) for name in GROUPS[1][0]], 0)
    cells, copy, tally = Cells.of(records(release.figures[CELL]), release.book), Copy(release.book), Tally()
    place = next(place for place in sorted(cells.figures) if place[0].startswith("Table C2") and place[2] == 8)
    damage = swapped_columns(copy, cells, random.Random(0), [place])
    assert damage and len(damage.places) > 100
    judge(release, cells, copy, [damage], tally)
    assert tally.share(DOUBTED) == 1, str(tally)


def test_months_that_changed_places_are_doubted_of_which_another_release_prints_one_or_none() -> None:
    """June 2025 stands in the release of June too; July and August in that of September alone, and their sum is as it was."""
    release = load([released(name) for name in GROUPS[0][0]], 1)
    cells = Cells.of(records(release.figures[CELL]), release.book)
    for header in ("Jun 2025", "Jul 2025"):
        copy, tally = Copy(release.book), Tally()
        sheet = "Table_A5b"
        row = next(row for row in copy.rows(sheet) if header in row)
        place = next(place for place in sorted(cells.figures) if place[0] == sheet and place[2] == row.index(header))
        damage = swapped_columns(copy, cells, random.Random(0), [place])
        assert damage and len(damage.places) > 200
        judge(release, cells, copy, [damage], tally)
        assert tally.share(DOUBTED) == 1, str(tally)


def test_another_layout_is_read_all_the_same(release: Release) -> None:
    tally = Tally()
    layout_variations(release, random.Random(20261125), tally)
    assert tally.share(RIGHT) == 1, str(tally)


def test_the_harness_is_seeded(release: Release) -> None:
    said = []
    for _ in range(2):
        tally = Tally()
        damage_and_judge(release, random.Random(7), small=3, large=0, at_once=3, tally=tally)
        said.append(str(tally))
    assert said[0] == said[1]


def test_a_csv_is_damaged_judged_and_read_in_another_layout_too() -> None:
    """The smallest of them: populations by age, sex and area, which add up in several ways."""
    release = load_long([released(name) for name in LONG_GROUPS[-1][0]])
    damaged, layouts = Tally(), Tally()
    damage_and_judge(release, random.Random(20261125), small=5, large=0, at_once=5, tally=damaged)
    layout_variations(release, random.Random(20261125), layouts)
    assert damaged.total >= 5 and damaged.share(WRONG) == 0, str(damaged)
    assert layouts.share(RIGHT) == 1, str(layouts)
