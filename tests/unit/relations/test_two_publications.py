"""The offences of England and Wales in the force area tables and in the Appendix tables."""

import pandas as pd
import pytest
from kit import Tables, day
from test_agreement import DOUBT, RELATION, held, made

from assets.tables.conform import conform
from schemas.registry import contract

# England and Wales, year to December 2024: Police Force Area data tables, Table P1, and Appendix tables YE December 2025, A5a.
FORCES, APPENDIX = {"sexual_offences": 205_465, "stalking_and_harassment": 606_251}, {
    "sexual_offences": 204_568, "stalking_and_harassment": 603_910,
}  # fmt: skip
NAME = "country_in_two_publications"


def tables_of(tables: Tables, forces: dict[str, int]) -> dict[str, list[dict[str, object]]]:
    pfa = made(tables, *((f"prc.pfa.{key}", "K04000001", float(count)) for key, count in forces.items()))
    rows = ((f"prc.a5a.{key}", "K04000001", float(count)) for key, count in APPENDIX.items())
    a5a = made(tables, *rows, source="ons_appendix", release="ye-2025-12", sheet="Table_A5a")
    both = pd.concat([pfa, a5a]).assign(period_start=day("2024-01-01"), period_end=day("2024-12-31"))
    return held(tables, conform(both.drop(columns=["row_id"]), contract("archive.figure")))  # type: ignore[return-value]


def test_they_count_the_same(tables: Tables) -> None:
    assert [row["agrees"] for row in tables_of(tables, FORCES)[RELATION] if row["relation"] == NAME] == [True, True]


@pytest.mark.long
@pytest.mark.parametrize(
    "forces",
    [
        {"sexual_offences": 606_251, "stalking_and_harassment": 205_465},  # each under the other's header
        {"sexual_offences": 185_000, "stalking_and_harassment": 606_251},  # without a force, and nothing says so
    ],
)
def test_a_total_of_other_offences_or_without_a_force_is_told(tables: Tables, forces: dict[str, int]) -> None:
    result = tables_of(tables, forces)
    wrong = {f"prc.pfa.{key}" for key, count in forces.items() if count != FORCES[key]}
    assert wrong <= {row["figure"].split(":")[1] for row in result[DOUBT]}
