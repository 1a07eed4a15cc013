"""What was known on a day: a release counts from its own day on, not from the next and not the day before."""

import datetime
from pathlib import Path

import pandas as pd
import pytest

from assets.archive.landed.as_of import released_by
from assets.reference.known_on import figures_known_on, order_of
from assets.reference.releases import read_releases
from assets.words.problems import BadInput

# ONS, Domestic abuse in England and Wales overview: November 2023 (reference/release.csv).
OVERVIEW = ("ons_bulletins", "da-overview-2023-11")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def released(data_root: Path) -> datetime.date:
    rows = read_releases(data_root)
    [order] = rows.loc[(rows["source"] == OVERVIEW[0]) & (rows["release"] == OVERVIEW[1]), "vintage_order"]
    return datetime.datetime.strptime(str(order), "%Y%m%d").date()


def test_a_figure_is_known_from_the_day_of_its_release_on(data_root: Path, released: datetime.date) -> None:
    rows = pd.DataFrame([OVERVIEW], columns=["source", "release"])
    known = {shift: len(figures_known_on(rows, data_root, released + shift * DAY)) for shift in (-1, 0, 1)}
    assert known == {-1: 0, 0: 1, 1: 1}
    assert len(figures_known_on(rows, data_root, None)) == 1


def test_a_release_is_out_on_its_own_day(released: datetime.date) -> None:
    rows = pd.DataFrame({"vintage_order": [order_of(released)]})
    assert len(released_by(rows, released)) == 1
    with pytest.raises(BadInput, match=str(released)):
        released_by(rows, released - DAY)
