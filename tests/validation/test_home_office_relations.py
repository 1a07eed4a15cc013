"""Single counts of the Home Office's long tables, damaged on purpose: what their neighbours and the other table say of them."""

import random
from functools import cache

import pandas as pd
import pytest
from kit import DATA, frame, reference_table
from test_open_data import taken

from assets.reference.releases import all_releases
from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubts import doubts
from assets.relations.tables import looked_at
from assets.tables.conform import conform
from schemas.registry import contract

pytestmark = pytest.mark.long

ROLLING, QUARTERS = "home_office/rec-crime-pfa.csv", "home_office/prc-pfa-mar2013-onwards-tables201718.csv"
# Below so many offences what is twice as many is chance.
LEAST, AT_ONCE = 100, 40


@cache
def held() -> pd.DataFrame:
    """Both tables as the engine looks at them."""
    return pd.concat(
        [looked_at(taken(name)[1].frame, "recorded.force_count") for name in (ROLLING, QUARTERS)], ignore_index=True
    )


def doubted(figures: pd.DataFrame) -> set[str]:
    given = {name: reference_table(name) for name in ("series", "offence", "area", "relation", "relation_term")}
    releases = conform(all_releases(DATA, frame("archive.landed_release", [])), contract("meta.release"))
    return {
        row["figure"] for row in doubts(Engine(figures, given | {"release": releases}), reference_table("acknowledged"))
    }


@pytest.fixture(scope="module")
def before() -> set[str]:
    return doubted(held())


def test_of_a_thousand_counts_at_most_two_are_doubted_as_they_were_released(before: set[str]) -> None:
    """One alarm doubts a figure and its neighbours; real leaps remain: burglary had new classes, fraud left the forces."""
    assert 0 < len(before) <= 2 * len(held()) / 1000


def test_a_count_that_is_not_as_its_neighbours_are_and_a_run_that_stands_one_row_down_are_doubted(
    before: set[str],
) -> None:
    """A quarter by its part in the year of its group, unless it is small; a rolling year by those that overlap with it. In the
    run each offence has the count of the one above: most are as large as others of their own are.
    """
    chance = random.Random(1)
    figures = held().copy()
    run = figures.index[figures["sheet"] == QUARTERS.split("/")[1]][15_600:15_640]
    large = (figures["value"] >= LEAST) & ~figures["area_code"].isin(figures["area_code"][run])
    apart = figures[large & ~figures["row_id"].isin(before)].groupby(["series", "area_code", "release"])
    places = [chance.choice(list(group.index)) for _, group in chance.sample([*apart], AT_ONCE)]
    damaged = {at: chance.choice([0.05, 10, 1000]) for at in places}
    for at, factor in damaged.items():
        figures.loc[at, "value"] = round(figures.at[at, "value"] * factor)
        figures.loc[at, "printed"] = str(figures.at[at, "value"])
    for name in ("value", "printed"):
        figures.loc[run[1:], name] = held().loc[run[:-1], name].to_numpy()
    told = doubted(figures)
    assert not {figures.at[at, "row_id"]: damaged[at] for at in places if figures.at[at, "row_id"] not in told}
    moved = figures["row_id"][run][figures["value"][run].ne(held()["value"][run])]
    assert len(moved) > 25 and told.issuperset(moved)
