"""Unions of threats from the collection: exact where records exist, bounds elsewhere, and never of synthetic returns."""

import datetime
from typing import Any

import pandas as pd
import pytest
from kit import frame

from assets.reconciled.overlaps.checks import bounds_are_no_wider_than_the_sizes_allow
from assets.reconciled.overlaps.of_collection import collected_unions
from assets.tables.conform import conform, validate
from schemas.registry import contract

YEAR = {"period_start": datetime.date(2022, 4, 1), "period_end": datetime.date(2023, 3, 31)}
SIZES = {"domestic_abuse": 400_001, "rasso": 103_000, "csae": 41_500}


def unions(**other: Any) -> pd.DataFrame:
    common = {
        "scope": "collection",
        "cell_status": "normal",
        "rounded_to": 5,
        "suppliers_expected": 44,
        "suppliers_counted": 44,
    }
    rows = [{"sets": "domestic_abuse|rasso", "lower": 470_000, "upper": 470_005, "suppliers_exact": 44},
            {"sets": "domestic_abuse|csae", "lower": 410_000, "upper": 441_505, "suppliers_exact": 43}]  # fmt: skip
    return frame("collection.union_bound", [common | YEAR | row | other for row in rows])


def threats(**other: Any) -> pd.DataFrame:
    common = {"scope": "collection", "area_code": "K04000001", "period_type": "year", "cell_status": "normal", "rounded_to": 1,
              "suppliers_counted": 44, "suppliers_expected": 44}  # fmt: skip
    rows = [common | YEAR | {"threat": threat, "offences": size} | other for threat, size in SIZES.items()]
    return frame("collection.threat_count", rows)


def found(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    key = "reconciled.union_bound"
    table = conform(pd.DataFrame(collected_unions(one, other), dtype="object"), contract(key))
    validate(table, contract(key))
    assert bounds_are_no_wider_than_the_sizes_allow(table).passed
    return table.set_index(["sets", "precision"])


def test_a_union_is_exact_where_records_exist_and_bounded_elsewhere() -> None:
    made = found(unions(), threats())
    assert (
        len(made) == 4
        and set(made["scope"]) == set(made["system"]) == {"collection"}
        and set(made["status"]) == {"bounded"}
    )
    exact, bounded = (made.loc[sets, "rounding"] for sets in ("domestic_abuse|rasso", "domestic_abuse|csae"))
    assert (exact["lower"], exact["upper"]) == (470_000, 470_005)
    # The larger set, and the sum: rounded outwards, as the bounds are.
    assert (exact["marginals_lower"], exact["marginals_upper"]) == (400_000, 503_005)
    assert exact["lower_from"] == ["offences of suppliers that can tell of every threat, each counted once (44)"]
    assert bounded["upper_from"][1] == "sizes of the threats of suppliers that cannot (1)"
    assert exact["sentence"].startswith("Between 470,000 and 470,005 recorded offences are domestic abuse or rape")
    assert len(exact["inputs"]) == 3


def test_a_late_supplier_leaves_the_country_without_an_upper_end() -> None:
    made = found(unions(suppliers_counted=43, suppliers_exact=43), threats(suppliers_counted=43, rounded_to=5))
    row = made.loc["domestic_abuse|rasso", "as_printed"]
    assert (row["lower"], row["status"]) == (470_000, "half_bounded") and pd.isna(row["upper"])
    # Rounded: the size may be two less.
    assert row["marginals_lower"] == 399_995 and pd.isna(row["marginals_upper"])
    assert "43 of 44 suppliers" in row["caveats"][-1] and row["sentence"].startswith("At least 470,000")


@pytest.mark.parametrize("other", [{"suppliers_counted": 40}, {"offences": None, "cell_status": "withheld"}])
def test_sizes_of_other_suppliers_or_none_say_nothing(other: dict[str, Any]) -> None:
    assert found(unions(), threats(**other))["marginals_lower"].isna().all()


def test_synthetic_returns_are_set_beside_nothing() -> None:
    assert collected_unions(unions(scope="synthetic_collection"), threats(scope="synthetic_collection")) == []
    assert collected_unions(unions(), threats(scope="synthetic_collection"))[0]["marginals_lower"] is None
