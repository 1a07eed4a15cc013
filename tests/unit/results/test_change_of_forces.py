"""The change that stands beside the count of a police force, SYNTHETIC: also of a total, which the breakdown names otherwise."""

import duckdb
import pytest
from kit import day, frame

from assets.answers.names import sql

KENT, PERIOD = "E23000032", {"period_start": day("2025-01-01"), "period_end": day("2025-12-31")}
PARTS = [
    {"threat": "stalking_harassment", "dimension": "total", "dimension_value": "total", "change_percent": 1.5},
    {"threat": "stalking_harassment", "dimension": "offence_code", "dimension_value": "8Q", "change_percent": -2.5},
    {"threat": "modern_slavery", "dimension": "total", "dimension_value": "total", "change_percent": 7.0},
    {"threat": "modern_slavery", "dimension": "offence_code", "dimension_value": "106", "change_percent": 7.0},
]
COUNTED = {
    "stalking_and_harassment": "stalking_harassment", "8Q": "stalking_harassment", "106": "modern_slavery",
    "sexual_offences": "rasso",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("changes", [PARTS, PARTS[::-1], []])
def test_each_count_of_a_force_has_its_change_once(changes: list[dict[str, object]]) -> None:
    since = {"change_from": day("2024-12-31"), "scope": "ons_prc", "area_code": KENT, **PERIOD}
    compared = [{"offence_code": code, "threats": [threat]} for code, threat in COUNTED.items()]
    totals = [
        {"offence_code": "stalking_and_harassment", "threat": "stalking_harassment"},
        {"offence_code": "106", "threat": "modern_slavery"},
    ]
    tables = {
        "reconciled.threat_breakdown": frame("reconciled.threat_breakdown", changes, **since),
        "reconciled.force_comparison": frame("reconciled.force_comparison", compared, area_code=KENT, scope="ons_prc", **PERIOD),
        "reference.offence_threat": frame("reference.offence_threat", totals, grouping="published_total"),
        "reference.force_availability": frame("reference.force_availability", []),
        "reference.area": frame("reference.area", []),
    }  # fmt: skip
    with duckdb.connect() as connection:
        for name, rows in tables.items():
            connection.execute(f"create schema if not exists {name.split('.')[0]}")
            connection.register("rows", rows)
            connection.execute(f"create table {name} as from rows")
        found = connection.execute(f"select offence_code, change_percent from ({sql('force')}) order by all").fetchall()
    said = {"stalking_and_harassment": 1.5, "8Q": -2.5, "106": 7.0} if changes else {}
    assert found == [(code, said.get(code)) for code in sorted(COUNTED)]
