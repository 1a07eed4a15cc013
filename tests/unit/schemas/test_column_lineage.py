"""The column lineage names columns that exist, of tables that are handed over, and it tells the truth."""

from collections.abc import Callable
from functools import cache
from typing import Any

import dagster as dg
import pandas as pd
import pyarrow as pa
import pytest
from kit import Tables, takes_of

from assets.reconciled.gap import assets as assets_gap
from assets.reconciled.gap.gap import gap
from assets.reconciled.threats import assets as assets_threats
from assets.reconciled.threats.threat_breakdown import threat_breakdown
from assets.tables.conform import conform
from schemas.column_lineage import COLUMN_LINEAGE
from schemas.derive import columns
from schemas.registry import contract

MADE: dict[str, Callable[..., pd.DataFrame]] = {"reconciled.gap": gap, "reconciled.threat_breakdown": threat_breakdown}
ALL = pytest.mark.parametrize("key", COLUMN_LINEAGE)


def inputs_of(key: str) -> dict[str, str]:
    """Parameter -> table of the asset that makes a table."""
    [found] = [
        assets_definition
        for assets_definition in [*assets_gap.ASSETS, *assets_threats.ASSETS]
        if dg.AssetKey(key.split(".")) in assets_definition.keys
    ]
    return dict(takes_of(found))


@ALL
def test_every_column_has_its_lineage_and_every_part_of_it_exists(key: str) -> None:
    lineage = COLUMN_LINEAGE[key]
    assert list(lineage) == list(columns(contract(key).model))
    handed = set(inputs_of(key).values())
    for name, parts in lineage.items():
        assert parts and len(set(parts)) == len(parts), name
        for part in parts:
            table, column = part.rsplit(".", 1)
            assert table in handed, f"{name}: {table} is no input of {key}"
            assert column in columns(contract(table).model), f"{name}: {part}"


@ALL
def test_every_table_that_is_handed_over_is_named(key: str) -> None:
    """But for the releases, on which everything depends, and what only chooses rows."""
    named = {part.rsplit(".", 1)[0] for parts in COLUMN_LINEAGE[key].values() for part in parts}
    assert set(inputs_of(key).values()) - named <= {"meta.release", "reference.series", "reference.area"}


def changed(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The frame with another, still possible, content of one column."""
    values = frame[column]
    kind: Any = values.dtype.pyarrow_dtype
    if pa.types.is_floating(kind):
        # Limits stay on their side of the value.
        other = values * {"lower": 0.999}.get(column, 1.001)
    elif column == "designation":
        other = values.where(values != "official", "in_development")
    else:
        other = values.fillna("") + " as changed by a test"
    return frame.assign(**{column: other.astype(values.dtype)})


@pytest.fixture(scope="module")
def before(tables: Tables) -> Callable[[str], tuple[dict[str, pd.DataFrame], pd.DataFrame]]:
    """What a table is made of, and the table."""

    @cache
    def made(key: str) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
        given = {name: tables[upstream] for name, upstream in inputs_of(key).items()}
        if key == "reconciled.gap":  # a few pairings show it as well as all of them
            few = ["da_women", "sexual_assault_women", "rape_or_penetration_women"]
            given["pairing"] = given["pairing"][given["pairing"]["pairing"].isin(few)]
        return given, conform(MADE[key](**given), contract(key))

    return made


@pytest.mark.long
@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("reconciled.gap", "survey.estimate.designation"),
        ("reconciled.gap", "survey.estimate.notes"),
        ("reconciled.gap", "recorded.flagged_count.value"),
        ("reconciled.gap", "recorded.share.lower"),
        ("reconciled.gap", "reference.assumption.upper"),
        ("reconciled.gap", "population.estimate.value"),
        ("reconciled.gap", "reconciled.overdispersion.phi_widened"),
        ("reconciled.gap", "reference.pairing.concept_reason"),
        ("reconciled.threat_breakdown", "population.estimate.value"),
        ("reconciled.threat_breakdown", "recorded.offence_count.value"),
        ("reconciled.threat_breakdown", "reference.comparability_break.what_changed"),
    ],
)
def test_only_columns_that_say_so_change_with_a_column(
    before: Callable[[str], tuple[dict[str, pd.DataFrame], pd.DataFrame]], key: str, part: str
) -> None:
    table, column = part.rsplit(".", 1)
    given, as_it_is = before(key)
    [parameter] = [name for name, upstream in inputs_of(key).items() if upstream == table]
    after = conform(MADE[key](**given | {parameter: changed(given[parameter], column)}), contract(key))
    assert len(as_it_is) == len(after)
    differ = {name for name in as_it_is.columns if as_it_is[name].tolist() != after[name].tolist()}
    said = {name for name, parts in COLUMN_LINEAGE[key].items() if part in parts}
    assert differ and differ <= said, f"{differ - said} change with {part} and do not say so"
