"""Revisions between releases: per figure and per series."""

import datetime
from typing import Any

import pandas as pd
import pytest

from assets.reconciled.change.revision import revisions_of, summary
from assets.tables.conform import conform, validate
from assets.tables.records import Record, records
from schemas.registry import contract

RELEASES = pd.DataFrame(
    [
        {"source": "ons_appendix", "release": "ye-2025-06", "vintage_order": 20251023},
        {"source": "ons_appendix", "release": "ye-2025-09", "vintage_order": 20260126},
        {"source": "ons_appendix", "release": "ye-2025-12", "vintage_order": 20260423},
        {"source": "press", "release": "copy", "vintage_order": 20260101},
        {"source": "ons_bulletins", "release": "bulletin", "vintage_order": 20250724},
    ]
)


def fact(release: str, value: float | None, series: str = "prc.e2.all_offences", **more: Any) -> dict[str, Any]:
    row = {
        "series": series, "sex": "all", "age": "16+", "area_code": "K04000001", "period_start": datetime.date(2025, 1, 1),
        "period_end": datetime.date(2025, 3, 31), "period_type": "quarter", "source": "ons_appendix", "unit": "offences",
        "release": release, "value": value, "obs_status": "missing" if value is None else "normal",
        "designation": "not_accredited", "printed": "[x]" if value is None else f"{value:,.0f}",
    } | more  # fmt: skip
    return row | {"row_id": f"flagged:{row['series']}:{row['source']}@{release}:{row['period_start']}"}


def made(*facts: dict[str, Any]) -> list[Record]:
    frame = conform(
        revisions_of({"recorded.flagged_count": pd.DataFrame(list(facts))}, RELEASES), contract("reconciled.revision")
    )
    validate(frame, contract("reconciled.revision"))
    return records(frame)


def test_first_previous_latest_in_the_order_of_the_releases() -> None:
    [row] = made(fact("ye-2025-12", 197600.0), fact("ye-2025-06", 188452.0), fact("ye-2025-09", 197554.0))
    assert (row["first"], row["previous"], row["latest"], row["vintages"]) == (188452, 197554, 197600, 3)
    assert (row["first_release"], row["previous_release"], row["latest_release"]) == (
        "ye-2025-06",
        "ye-2025-09",
        "ye-2025-12",
    )
    assert (row["change"], row["last_change"]) == (9148, 46)
    assert row["change_percent"] == pytest.approx(100 * 9148 / 188452)
    assert row["revised"] and len(row["inputs"]) == 3 and row["inputs"][0].endswith("ye-2025-06:2025-01-01")


def test_a_figure_of_one_release_has_no_revision() -> None:
    assert made(fact("ye-2025-06", 1.0), fact("ye-2025-06", 1.0, period_start=datetime.date(2025, 2, 1))) == []


def test_copies_and_other_publications_are_no_vintages() -> None:
    copies = (
        fact("copy", 9.0, source="press", designation="press_copy"),
        fact("bulletin", 8.0, source="ons_bulletins"),
    )
    assert made(fact("ye-2025-06", 1.0), *copies) == []


def test_a_marker_that_became_a_number_is_a_revision_without_a_change() -> None:
    [row] = made(fact("ye-2025-06", None), fact("ye-2025-09", 0.0))
    assert (row["revised"], row["change"], row["change_percent"]) == (True, None, None)
    assert (row["first_obs_status"], row["latest_obs_status"]) == ("missing", "normal")


def test_back_and_forth_is_revised_and_a_nought_has_no_percentage() -> None:
    [row] = made(fact("ye-2025-06", 0.0), fact("ye-2025-09", 4.0), fact("ye-2025-12", 0.0))
    assert (row["revised"], row["change"], row["change_percent"]) == (True, 0, None)
    assert row["last_change_percent"] == -100


def test_unchanged_is_not_revised() -> None:
    [row] = made(fact("ye-2025-06", 5.0), fact("ye-2025-09", 5.0))
    assert (row["revised"], row["change"]) == (False, 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("older", "newer", "revised"),
    [
        # As ONS and the SDG tables print one estimate: only the number of digits differs.
        (("22.4264811898431", 22.4264811898431), ("22.426481", 22.426481), False),
        (("22.4%", 22.4), ("22.4264811898431", 22.4264811898431), False),
        (("1,401", 1_401_000.0), ("1,401,331", 1_401_331.0), False),
        (("0.0", 0.0), ("0.03", 0.03), False),
        # Digits that both of them print.
        (("22.4", 22.4), ("22.5", 22.5), True),
        (("22.4", 22.4), ("22.4564", 22.4564), True),
        (("1,401", 1_401_000.0), ("1,401,731", 1_401_731.0), True),
        (("135,590", 135_590.0), ("135,591", 135_591.0), True),
        (("0.0", 0.0), ("0.06", 0.06), True),
        (("one in five", 20.0), ("20.1", 20.1), True),
    ],
)
def test_what_is_printed_to_fewer_digits_is_not_revised(
    older: tuple[str, float], newer: tuple[str, float], revised: bool
) -> None:
    (said, before), (says, after) = older, newer
    for first, last in (((said, before), (says, after)), ((says, after), (said, before))):
        [row] = made(fact("ye-2025-06", first[1], printed=first[0]), fact("ye-2025-09", last[1], printed=last[0]))
        assert row["revised"] is revised


def test_mean_and_mean_absolute_revision() -> None:
    day = [datetime.date(2024, month, 1) for month in (1, 4, 7)]
    facts = [
        fact(release, value, period_start=start)
        for start, first, last in zip(day, (100.0, 200.0, 100.0), (110.0, 180.0, 100.0), strict=True)
        for release, value in (("ye-2025-06", first), ("ye-2025-09", last))
    ]
    rows = conform(
        revisions_of({"recorded.flagged_count": pd.DataFrame(facts)}, RELEASES), contract("reconciled.revision")
    )
    [row] = records(conform(summary(rows), contract("reconciled.revision_summary")))
    assert (row["figures"], row["revised"], row["largest_revision"]) == (3, 2, -20)
    assert row["mean_revision"] == pytest.approx(-10 / 3) and row["mean_absolute_revision"] == pytest.approx(10)
    assert row["mean_revision_percent"] == pytest.approx(0) and row["mean_absolute_revision_percent"] == pytest.approx(
        20 / 3
    )
    assert len(row["inputs"]) == 2, "the figures that were revised"
