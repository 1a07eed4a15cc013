"""The newest release wins, per figure; a copy stands in only where nothing else is held."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import FIGURE, Tables, day, frame

from assets.reconciled.ground.vintage import newest
from assets.tables.records import records
from schemas.registry import contract

KEY = contract("recorded.flagged_count").row_key
COMMON = {name: value for name, value in FIGURE.items() if name not in ("file", "line", "note")} | {
    "series": "prc.b9.all_offences", "scope": "ons_prc", "flag": "domestic_abuse", "offence_group": "All",
}  # fmt: skip


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return frame("recorded.flagged_count", rows, **COMMON)


def releases(**orders: int) -> pd.DataFrame:
    """A release table: `source@release` written with underscores for the mark."""
    return pd.DataFrame(
        [(*key.split("__"), order) for key, order in orders.items()], columns=["source", "release", "vintage_order"]
    )


def test_the_newest_release_of_a_figure_is_kept() -> None:
    rows = table({"source": "a", "release": "old", "value": 1.0}, {"source": "a", "release": "new", "value": 2.0})
    kept = newest(rows, releases(a__old=20230101, a__new=20240101), KEY)
    assert kept["value"].tolist() == [2.0] and list(kept.columns) == list(rows.columns)


def test_a_doubted_release_is_not_used_while_a_trusted_one_is_held() -> None:
    rows = table(
        {"source": "a", "release": "old", "value": 1.0},
        {"source": "a", "release": "new", "value": 10.0, "doubt": "Does not agree."},
    )
    order = releases(a__old=20230101, a__new=20240101)
    assert newest(rows, order, KEY)["value"].tolist() == [1.0]
    [left] = records(newest(rows.tail(1), order, KEY))
    assert (left["value"], left["obs_status"], left["notes"]) == (None, "doubted", "Withheld: Does not agree.")


def test_another_period_is_another_figure() -> None:
    rows = table({"source": "a", "release": "old"}, {"source": "a", "release": "new", "period_end": day("2024-03-31")})
    assert len(newest(rows, releases(a__old=1, a__new=2), KEY)) == 2


def test_a_newer_copy_never_replaces_the_publishers_own_release() -> None:
    rows = table(
        {"source": "a", "release": "own", "value": 1.0},
        {"source": "press", "release": "copy", "value": 2.0, "designation": "press_copy"},
    )
    order = releases(a__own=20230101, press__copy=20250101)
    assert newest(rows, order, KEY)["value"].tolist() == [1.0]
    assert newest(rows.iloc[1:], order, KEY)["value"].tolist() == [2.0]


def test_a_marker_in_the_newest_release_is_the_newest_figure() -> None:
    """A publisher that withdraws a figure is followed: missing is not filled from an older release."""
    rows = table(
        {"source": "a", "release": "old", "value": 1.0},
        {"source": "a", "release": "new", "value": None, "obs_status": "missing"},
    )
    assert newest(rows, releases(a__old=1, a__new=2), KEY)["obs_status"].tolist() == ["missing"]


@pytest.mark.slow
@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=6, unique=True), st.randoms())
def test_the_order_of_rows_does_not_matter(orders: list[int], random: Any) -> None:
    rows = table(*({"source": "a", "release": f"r{order}", "value": float(order)} for order in orders))
    shuffled = rows.iloc[random.sample(range(len(rows)), len(rows))]
    order = releases(**{f"a__r{order}": order for order in orders})
    assert newest(shuffled, order, KEY)["value"].tolist() == [float(max(orders))]


def test_domestic_abuse_of_year_ending_march_2023_is_911232_and_the_first_print_is_kept_as_a_vintage(
    tables: Tables,
) -> None:
    """Table B9 of YE December 2025 prints 911,232; the November 2023 overview printed 889,918, without Devon and Cornwall."""
    held = tables.rows("recorded.flagged_count", series="prc.b9.all_offences", period_end=day("2023-03-31"))
    assert {911_232.0, 889_918.0} <= {row["value"] for row in held}
    kept = newest(tables["recorded.flagged_count"], tables["meta.release"], KEY)
    chosen = kept[(kept["series"] == "prc.b9.all_offences") & (kept["period_end"] == day("2023-03-31"))]
    assert chosen["value"].tolist() == [911_232.0] and len(kept) < len(tables["recorded.flagged_count"])
