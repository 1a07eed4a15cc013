"""Unions and overlaps of threats from the collection: exact where records exist, bounds elsewhere, never of synthetic returns."""

import datetime
from functools import cache
from typing import Any

import pandas as pd
import pytest
from kit import ROOT, frame

from assets.reconciled.checks import bounds_are_no_wider_than_the_sizes_allow
from assets.reconciled.ground.figure_lookup import NewestFigures
from assets.reconciled.ground.population import Populations
from assets.reconciled.ground.reference_rows import Assumptions
from assets.reconciled.overlaps.bounds_answer import bounds
from assets.reconciled.overlaps.constraint_system import Systems
from assets.reconciled.overlaps.of_collection import collected
from assets.reconciled.overlaps.threat_overlap import threat_overlaps
from assets.reconciled.overlaps.union_bound import union_bounds
from assets.reference.read import read_reference
from assets.tables.conform import conform, validate
from assets.words.problems import BadInput
from schemas.registry import contract

YEAR = {"period_start": datetime.date(2022, 4, 1), "period_end": datetime.date(2023, 3, 31)}
COMMON = YEAR | {"scope": "collection", "cell_status": "normal", "suppliers_counted": 44, "suppliers_expected": 44}
# 400,001 of domestic abuse and 103,000 of RASSO, 33,000 of them both: 470,001 together. 41,500 of CSAE and of no other.
SIZES = {"domestic_abuse": 400_001, "rasso": 103_000, "csae": 41_500}
CELLS = {"D": 367_001, "R": 70_000, "DR": 33_000, "C": 41_500}


def unions(**other: Any) -> pd.DataFrame:
    rows = [{"sets": "domestic_abuse|rasso", "lower": 470_000, "upper": 470_005, "suppliers_exact": 44},
            {"sets": "domestic_abuse|csae", "lower": 410_000, "upper": 441_505, "suppliers_exact": 43}]  # fmt: skip
    return frame("collection.union_bound", [COMMON | {"rounded_to": 5} | row | other for row in rows])


def threats(**other: Any) -> pd.DataFrame:
    common = COMMON | {"area_code": "K04000001", "period_type": "year", "rounded_to": 1}
    rows = [common | {"threat": threat, "offences": size} | other for threat, size in SIZES.items()]
    return frame("collection.threat_count", rows)


def combinations(**other: Any) -> pd.DataFrame:
    common = COMMON | {"area_code": "K04000001", "among": "nine", "rounded_to": 5}
    rows = [common | {"threats": cell, "offences": (n + 2) // 5 * 5} | other for cell, n in CELLS.items()]
    return frame("collection.overlap", rows)


@cache
def limits() -> pd.DataFrame:
    return read_reference(ROOT / "data", "reference.collection_limit")


def systems(one: pd.DataFrame, other: pd.DataFrame, cells: pd.DataFrame | None = None) -> Systems:
    nothing = (frame(f"reference.{key}", []) for key in ("constraint", "set_system", "reading"))
    known = Systems(
        *nothing,
        NewestFigures([]),
        Populations(frame("population.estimate", [])),
        Assumptions(frame("reference.assumption", [])),
    )
    found = collected(one, other, frame("collection.overlap", []) if cells is None else cells, limits())
    if found:
        known.beside(*found)
    return known


def made(key: str, rows: pd.DataFrame) -> pd.DataFrame:
    table = conform(rows, contract(key))
    validate(table, contract(key))
    return table


def found(*given: pd.DataFrame) -> pd.DataFrame:
    table = made("reconciled.union_bound", union_bounds(systems(*given)))
    assert bounds_are_no_wider_than_the_sizes_allow.look(table).passed
    return table.set_index(["sets", "precision"])


def test_a_union_is_exact_where_records_exist_and_bounded_elsewhere() -> None:
    table = found(unions(), threats())
    assert len(table) == 4 and set(table["scope"]) == set(table["system"]) == {"collection"}
    assert set(table["status"]) == {"bounded"}
    exact, bounded = (table.loc[sets, "rounding"] for sets in ("domestic_abuse|rasso", "domestic_abuse|csae"))
    assert (exact["lower"], exact["upper"]) == (470_000, 470_005)
    assert (exact["marginals_lower"], exact["marginals_upper"]) == (400_000, 503_005)
    assert exact["lower_from"] == [
        "domestic abuse or rape and serious sexual offences as collected: 470,000 to 470,005"
    ]
    assert (bounded["lower"], bounded["upper"]) == (410_000, 441_505)
    assert exact["sentence"].startswith("Between 470,000 and 470,005 recorded offences are ")
    assert len(exact["inputs"]) == 1 and "never added to published statistics" in exact["caveats"][1]


def test_an_overlap_follows_from_the_sizes_and_the_union() -> None:
    table = made("reconciled.threat_overlap", threat_overlaps(systems(unions(), threats()))).set_index("second")
    both = table.loc["rasso"]
    # 400,001 and 103,000 less the 470,000 to 470,005 that are one of them are 32,996 to 33,001: rounded outwards.
    assert (both["overlap_lower"], both["overlap_upper"]) == (32_995, 33_005)
    assert (both["first"], both["status"], both["scope"]) == ("domestic_abuse", "bounded", "collection")
    assert round(both["share_of_second_lower"], 2) == round(100 * 32_995 / 103_000, 2)
    assert (table.loc["csae", "overlap_lower"], table.loc["csae", "overlap_upper"]) == (0, 31_505)


def test_combinations_say_what_is_both_and_what_three_are_together() -> None:
    known = systems(unions().iloc[:1], threats(), combinations())
    [row], text = bounds(known, "collection", ["rasso", "domestic_abuse", "csae"])
    # 511,501 by records; each of the four cells may be two more or less, and the sizes hold them together.
    assert row["lower"] <= 511_501 <= row["upper"] and (row["lower"], row["upper"]) == (511_500, 511_505)
    assert "combinations of threats, of suppliers that can tell of every one (44 of 44)" in text


def test_a_late_supplier_leaves_the_country_without_an_upper_end() -> None:
    few = {"suppliers_counted": 43}
    table = found(unions(**few, suppliers_exact=43), threats(**few, rounded_to=5), combinations(**few))
    row = table.loc["domestic_abuse|rasso", "as_printed"]
    assert (row["lower"], row["status"]) == (470_000, "half_bounded") and pd.isna(row["upper"])
    assert pd.isna(row["marginals_lower"]) and "43 of 44 suppliers" in row["caveats"][-1]
    assert row["sentence"].startswith("At least 470,000")
    both = threat_overlaps(systems(unions(**few), threats(**few, rounded_to=5), combinations(**few))).iloc[0]
    # By the combination of both alone: two less than its rounded number, rounded outwards.
    assert both["overlap_lower"] == 32_995 and both["status"] == "half_bounded"


def test_a_size_that_is_not_shown_says_nothing() -> None:
    assert found(unions(), threats(offences=None, cell_status="withheld"))["marginals_lower"].isna().all()


def test_synthetic_returns_are_set_beside_nothing() -> None:
    synthetic = {"scope": "synthetic_collection"}
    known = systems(unions(**synthetic), threats(**synthetic))
    assert union_bounds(known).empty and threat_overlaps(known).empty
    with pytest.raises(BadInput, match="collection"):
        bounds(known, "collection", ["rasso", "csae"])
    assert found(unions(), threats(**synthetic))["marginals_lower"].isna().all()
