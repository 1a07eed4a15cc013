"""Two releases that print the same number of all: what else they print is the same, or one of them is wrong."""

import pandas as pd
import pytest
from kit import Tables, day
from relation_kit import doubted_in, figures_of

from assets.relations.blame.doubted import UNREVISED
from assets.tables.records import Record

pytestmark = pytest.mark.long


def doubted_beside(tables: Tables, again: pd.DataFrame) -> list[Record]:
    """What is doubted of the tracked figures with those of one release once more, as a SYNTHETIC second release prints them."""
    figures, releases = tables["archive.figure"], tables["meta.release"]
    second = releases[releases["release"].eq(again["release"].iloc[0])].assign(release="synthetic")
    again = again.assign(release="synthetic", printed=again["value"].map("{:.0f}".format))
    figures = figures_of(figures, again)
    return doubted_in(tables, figures, releases=pd.concat([releases, second]))


@pytest.mark.parametrize("change", ["none", "ten times", "another age", "one digit"])
def test_a_second_release_of_the_same_estimate_prints_the_same(tables: Tables, change: str) -> None:
    """The people of mid-2025 once more, as a SYNTHETIC second release would print them: where most of them are others all of both
    are withheld, of one that is another number it and the true one, and of the same nothing."""
    figures = tables["archive.figure"]
    ours = figures[figures["series"].eq("population.mid_year") & figures["release"].eq("mid-2025-copy")]
    again = ours.assign(value=ours["value"] * (10 if change == "ten times" else 1))
    younger = again["age"] != "all"
    a_woman = again["sex"].eq("female") & again["age"].eq("16-59")
    if change == "another age":  # so many children more and grown-up people less, as where rows are one year further
        again.loc[younger, "value"] += again["age"].isin(["10-17", "under 16"]).map({True: 50_000, False: -50_000})
    if change == "one digit":
        again.loc[a_woman, "value"] += 1
    doubted = {
        (row["release"], *row["figure"].split(":")[2:4]): row["how"]
        for row in doubted_beside(tables, again)
        if "population.mid" in row["figure"]
    }
    wrong = {"none": ~younger & younger, "ten times": younger | True, "another age": younger, "one digit": a_woman}[
        change
    ]
    assert doubted.keys() == {
        (release, row["sex"], row["age"])
        for release in ("mid-2025-copy", "synthetic")
        for _, row in again[wrong].iterrows()
    }
    assert change in ("none", "ten times") or {*doubted.values()} == {UNREVISED}


def test_what_a_release_prints_otherwise_of_a_year_that_it_has_not_revised_is_withheld(tables: Tables) -> None:
    """The offences of the year to March 2024 once more, as a SYNTHETIC release would print them that counts as many in all:
    thirty of one class under another are within what is usually revised and in every sum, and told by what the other prints."""
    figures = tables["archive.figure"]
    of_year = figures["period_end"].eq(day("2024-03-31")) & figures["release"].eq("ye-2025-12")
    ours = figures[of_year & figures["series"].str.startswith("prc.a5a.")]
    moved = ours["series"].map({"prc.a5a.20B": -30, "prc.a5a.88C": 30}).fillna(0)
    rows = doubted_beside(tables, ours.assign(value=ours["value"] + moved))
    known = set(tables["archive.doubt"]["figure"])
    doubted = {(row["release"], row["figure"].split(":")[1], row["how"]) for row in rows if row["figure"] not in known}
    assert doubted == {
        (release, series, UNREVISED) for release in ("ye-2025-12", "synthetic") for series in ours["series"][moved != 0]
    }
