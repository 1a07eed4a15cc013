"""When a release came out, and that a guessed day never outranks a known one. SYNTHETIC."""

import datetime
from dataclasses import replace
from typing import Any

from assets.archive.gate.sidecar import Sidecar
from assets.archive.landed.dated import dated

DAY = datetime.date(2026, 1, 22)
ROW: dict[str, Any] = {
    "source": "csew_sdg", "release": "sdg-5-2-1", "released": None, "period_end": datetime.date(2019, 3, 31),
    "vintage_order": 20200731, "note": None,
}  # fmt: skip
FETCHED = Sidecar(
    "csew_sdg", "sdg-5-2-1", "a.csv", "https://example.org/a.csv", "A", 1, "0", "2026-02-01T00:00:00+00:00"
)


def test_a_printed_day_and_a_tracked_one_are_taken_as_they_are() -> None:
    assert dated(ROW | {"released": DAY}, None, "a", False).row["vintage_order"] == 20200731
    assert dated(ROW, None, "a", True).row == ROW
    known = {"released": "2019-07-18", "vintage_order": ""}
    of_file = dated(ROW, None, "a", False, known)
    assert (of_file.row["released"], of_file.row["vintage_order"]) == (datetime.date(2019, 7, 18), 20190718)
    of_file = dated(ROW, None, "a", False, known | {"released": "", "vintage_order": "20190901"})
    assert (of_file.row["released"], of_file.row["vintage_order"], of_file.findings) == (None, 20190901, [])


def test_the_download_says_it_before_anything_is_guessed() -> None:
    said = dated(
        ROW, replace(FETCHED, released="2026-01-22", last_modified="Fri, 23 Jan 2026 09:30:00 GMT"), "a", False
    )
    assert (said.row["released"], said.row["vintage_order"], said.findings) == (DAY, 20260122, [])
    said = dated(ROW, replace(FETCHED, last_modified="Fri, 23 Jan 2026 09:30:00 GMT"), "a", False)
    assert (said.row["released"], said.row["vintage_order"]) == (None, 20260123) and "2026-01-23" in said.row["note"]
    assert dated(ROW, replace(FETCHED, last_modified="yesterday"), "a", False).findings


def test_a_guess_is_the_earliest_day_and_asks() -> None:
    """An issue of early 2020 with figures to March 2019 against one known to be of October 2021."""
    guessed = dated(ROW, None, "a.csv", False)
    assert guessed.row["vintage_order"] == 20190515 < 20211021
    [asked] = guessed.findings
    assert asked["kind"] == "release_day_not_known" and "a.csv" in asked["place"] and "2019-05-15" in asked["evidence"]
    assert "earliest that it can be" in guessed.row["note"]
