"""Pairings of the collection as assembled from returns: by rule, a scope of its own, and never of synthetic returns."""

import datetime
from typing import Any

import pandas as pd
import pytest
from kit import Tables, frame, takes_of

from assets.reconciled.gap.assets import ASSETS
from assets.reconciled.gap.gap import collected_counts, gap
from assets.tables.records import records

NATION = "K04000001"
YEARS = {
    end: {"period_start": datetime.date(end - 1, 4, 1), "period_end": datetime.date(end, 3, 31)} for end in (2023, 2025)
}
# A whole real collection as it might count, made up for this test.
COUNTS = {"all_vawg": 1_000_000, "domestic_abuse": 400_000, "csae": 40_000, "online": 120_000}


def collection(**other: Any) -> pd.DataFrame:
    rows = [
        {"scope": "collection", "threat": threat, "area_code": NATION, "offences": count,
         "period_type": "year", "cell_status": "normal", "rounded_to": 1, "suppliers_counted": 44, "suppliers_expected": 44}
        | year | other
        for threat, count in COUNTS.items()
        for year in YEARS.values()
    ]  # fmt: skip
    return frame("collection.threat_count", rows)


@pytest.fixture(scope="module")
def given(tables: Tables) -> dict[str, pd.DataFrame]:
    """What the gap is made from."""
    [made] = [
        assets_definition
        for assets_definition in ASSETS
        if any(key.path == ["reconciled", "gap"] for key in assets_definition.keys)
    ]
    return {name: tables[key] for name, key in takes_of(made).items()}


def test_each_pairing_of_the_collection_has_the_years_that_it_counts(given: dict[str, pd.DataFrame]) -> None:
    every = records(gap(**given | {"collected": collection()}))
    mine = [row for row in every if row["recorded_scope"] == "collection"]
    rows = {(row["pairing"], row["period_end"].year): row for row in mine if row["period_match"] == "plain"}
    # The combined measure was first made for the year to March 2024.
    assert {key: row["recorded"] for key, row in rows.items()} == {
        ("combined_women_collection", 2025): 1_000_000,
        **{("da_women_collection", year): 400_000 for year in YEARS},
        **{("csae_collection", year): 40_000 for year in YEARS},
        **{("online_collection", year): 120_000 for year in YEARS},
    }
    # The same rules as of the Statement's figure, but for what the returns say of the victim's sex.
    abuse = rows["da_women_collection", 2023]
    [statement] = [row for row in every if row["pairing"] == "da_women_policing" and row["recorded"] == 400_213]
    assert abuse["verdict"] == statement["verdict"] == "qualify"
    assert abuse["recorded_per_100"] == pytest.approx(100 * 400_000 / abuse["estimate"])
    assert {one["rule"] for one in abuse["rules"] if one not in statement["rules"]} >= {"SCOPE", "SEX"}
    assert "assumed definition" in abuse["reason"]
    assert rows["csae_collection", 2023]["verdict"] == rows["combined_women_collection", 2025]["verdict"] == "block"
    # Beside each other, and never added: every other row is as without returns.
    assert len(every) - len(mine) == len(given_gap(given))


def given_gap(given: dict[str, pd.DataFrame]) -> pd.DataFrame:
    found = gap(**given)
    assert "collection" not in set(found["recorded_scope"])
    return found


@pytest.mark.parametrize(
    "other",
    [
        {"scope": "synthetic_collection"}, {"suppliers_counted": 43}, {"offences": None}, {"period_type": "quarter"},
        {"area_code": "E23000001"},
    ],
    ids=["synthetic", "a supplier late", "withheld", "a quarter", "a force"],
)  # fmt: skip
def test_what_is_no_whole_real_year_is_paired_with_nothing(other: dict[str, Any]) -> None:
    assert len(collected_counts(collection())) == 8 and collected_counts(collection(**other)).empty


def test_a_count_that_is_rounded_says_so() -> None:
    for base, said in ((1, False), (5, True)):
        assert collected_counts(collection(rounded_to=base))["notes"].str.endswith("rounded to 5").eq(said).all()
