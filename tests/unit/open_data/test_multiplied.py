"""Counts of a force, an offence or a quarter that were multiplied: some small number is never among them. SYNTHETIC."""

from pathlib import Path

import pandas as pd
import pytest
from kit import reference
from test_ho_prc_pfa import RELEASE
from test_quarters_of_forces import CODES, FORCES, HEADER, as_released
from world import write_csv

from assets.archive.publications.ho_prc_pfa.read import read
from assets.archive.publications.home_office.multiplied import never
from assets.words.problems import BadInput

FACTORS = (1.1, 1.3, 1.5, 2, 10)


def counts(times: float, force: str | None = None, quarter: int | None = None) -> list[list[object]]:
    """Counts of 1 to 12, the smaller the more often, those of a force or a quarter so many times as many."""
    rows: list[list[object]] = [HEADER]
    for f, name in enumerate(FORCES):
        for c, code in enumerate(CODES):
            for q in range(1, 5):
                count = 1 + (f * 7 + c * 5 + q * 3) % 12 * ((f + c + q) % 3 + 1) // 3
                factor = times if (force in (None, name) and quarter in (None, q)) else 1
                rows.append(["2017/18", q, name, "x", "y", code, round(count * factor)])
    return rows


def test_counts_of_a_quarter_times_one_and_a_half_are_set_aside_and_all_else_is_read(tmp_path: Path) -> None:
    whole = read(write_csv(tmp_path / "a.csv", counts(1)), RELEASE, reference())
    assert not whole.set_aside and len(whole.frame) == 12 * 12 * 4
    reading = read(write_csv(tmp_path / "b.csv", counts(1.5, quarter=2)), RELEASE, reference())
    assert [refused.what for refused in reading.set_aside] == ["The counts of b.csv, quarter to 30 September 2017"]
    assert len(reading.frame) == len(whole.frame) - 12 * 12


def test_a_file_all_of_whose_counts_were_multiplied_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="counts that were multiplied"):
        read(write_csv(tmp_path / "a.csv", counts(3)), RELEASE, reference())


@pytest.mark.slow
def test_no_count_as_released_was_multiplied_and_those_of_every_force_would_be_told() -> None:
    name = "home_office/outcomes-open-data-2018-19.csv.gz"
    rows = as_released(name, ("force", "offence", "quarter", "value"), (2, 6, 1, 11))
    for column in ("force", "offence", "quarter"):
        assert not [key for key, some in rows.groupby(column)["value"] if never(some.to_numpy(float))]
    of_forces = [some for _, some in rows.groupby("force")["value"]]
    assert len(of_forces) == 44
    for factor in FACTORS:
        assert all(never((some * factor).round().to_numpy(float)) for some in of_forces)
    assert not never(pd.Series([40.0, 70.0, 90.0]).to_numpy())
