"""Row ids are readable, made from key columns only, and unique wherever the keys are."""

import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import Tables

from schemas.registry import contract
from schemas.row_id import row_ids

THREAT = contract("reference.threat")
GAP = contract("reconciled.gap")
PART = st.one_of(
    st.none(), st.text(alphabet=st.characters(codec="utf-8", exclude_characters=":/"), min_size=1, max_size=8)
)


def test_a_period_and_a_release_are_one_part_each() -> None:
    facts = pd.DataFrame(
        {
            "series": ["prc.a5a.8Q"], "sex": ["all"], "age": ["all"], "area_code": ["K04000001"],
            "period_start": [datetime.date(2022, 4, 1)], "period_end": [datetime.date(2023, 3, 31)],
            "source": ["ons_appendix"], "release": ["ye-2025-12"],
        }
    )  # fmt: skip
    made = row_ids(contract("recorded.offence_count"), facts)
    assert made.tolist() == ["count:prc.a5a.8Q:all:all:K04000001:2022-04-01..2023-03-31:ons_appendix@ye-2025-12"]


def test_an_empty_part_is_a_dash_and_a_colon_becomes_a_slash() -> None:
    rows = pd.DataFrame({name: [None, "a:b"] for name in GAP.row_key})
    assert row_ids(GAP, rows).tolist() == ["gap:-:-:-:-:-:-..-:-", "gap:a/b:a/b:a/b:a/b:a/b:a/b..a/b:a/b"]


def test_ids_do_not_depend_on_values_or_on_the_order_of_rows() -> None:
    rows = pd.DataFrame({"threat": ["rasso", "online"], "name": ["x", "y"]})
    other = rows.iloc[::-1].assign(name="z")
    assert row_ids(THREAT, rows).tolist() == row_ids(THREAT, other).tolist()[::-1]


@pytest.mark.slow
@given(st.lists(st.tuples(PART, PART, PART), min_size=1, max_size=20, unique=True))
def test_different_keys_have_different_ids(keys: list[tuple[str | None, ...]]) -> None:
    membership = contract("reference.offence_threat")
    keys = [key for key in keys if "-" not in key]
    rows = pd.DataFrame(keys, columns=list(membership.row_key), dtype="object")
    made = row_ids(membership, rows)
    assert made.nunique() == len(keys)
    assert all(one.count(":") == len(membership.row_key) for one in made)


def test_an_id_of_the_gap_can_be_read(tables: Tables) -> None:
    row = tables.row(
        "reconciled.gap", pairing="da_women", age="16+", period_match="plain", period_end=datetime.date(2023, 3, 31)
    )
    assert row["row_id"] == "gap:da_women:csew_self_completion_old:female:16+:K04000001:2022-04-01..2023-03-31:plain"
