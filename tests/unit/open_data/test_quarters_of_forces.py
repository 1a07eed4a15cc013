"""Two quarters of a force or an offence in each other's place, in both publications of the Home Office."""

import csv
import gzip
import io
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from kit import reference, released
from test_ho_prc_pfa import RELEASE
from world import write_csv

from assets.archive.publications.ho_outcomes.undecided import exchanged_classes
from assets.archive.publications.ho_prc_pfa.read import read
from assets.archive.publications.home_office.quarters import exchanged

# SYNTHETIC: offences of twelve classes in the quarters of a year, each with a season of its own, in twelve forces.
CODES = ["8N", "105A", "19C", "30C", "46", "92A", "9A", "10D", "126", "49", "45", "48"]
FORCES = [
    "Kent",
    "Essex",
    "Surrey",
    "Norfolk",
    "Suffolk",
    "Cumbria",
    "Dorset",
    "Gwent",
    "Durham",
    "Cleveland",
    "Cheshire",
    "Sussex",
]
HEADER = ["Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group", "Offence Code",
          "Number of Offences"]  # fmt: skip


def count(force: int, code: int, quarter: int) -> int:
    season = 1 + 0.3 * ((code + quarter) % 4 - 1.5) / 1.5
    return round((200 + 40 * force) * season * (1 + 0.02 * ((3 * force + 5 * code + 7 * quarter) % 5 - 2)))


def landed(folder: Path, order: str, force: str = "Kent") -> list[list[object]]:
    """A file in which the quarters of a force stand under the numbers of others."""
    return [
        HEADER,
        *(
            ["2017/18", int(order[quarter]) if name == force else quarter + 1, name, "x", "y", code, count(f, c, quarter)]
            for f, name in enumerate(FORCES) for c, code in enumerate(CODES) for quarter in range(4)
        ),
    ]  # fmt: skip


def test_two_quarters_of_a_force_are_set_aside_and_all_else_is_read(tmp_path: Path) -> None:
    whole = read(write_csv(tmp_path / "a.csv", landed(tmp_path, "1234")), RELEASE, reference())
    assert not whole.set_aside and len(whole.frame) == 12 * 12 * 4
    reading = read(write_csv(tmp_path / "b.csv", landed(tmp_path, "1432")), RELEASE, reference())
    [refused] = reading.set_aside
    assert refused.what == "Two quarters of b.csv, Kent, the quarters to 30 September 2017 and to 31 March 2018"
    assert len(reading.frame) == len(whole.frame) - 2 * 12
    left = reading.frame[reading.frame["area_code"] == "E23000032"]
    assert {f"{end:%m}" for end in left["period_end"]} == {"06", "12"}


ENDS = {str(at): end.date() for at, end in enumerate(pd.date_range("2018-06-30", periods=4, freq="QE"), 1)}


def as_released(name: str, called: tuple[str, ...], columns: tuple[int, ...]) -> pd.DataFrame:
    """Some columns of a released file; its quarters are taken for those of 2018/19."""
    content = released(name).read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8-sig")
    lines = [[line[at].strip() for at in columns] for line in csv.reader(io.StringIO(text))][1:]
    rows = pd.DataFrame(lines, columns=list(called))
    rows["value"] = pd.to_numeric(rows["value"].str.replace(",", ""), errors="coerce").fillna(0)
    return rows.assign(period_end=rows["quarter"].map(ENDS))


@pytest.mark.parametrize(
    ("name", "columns", "least"),
    [
        ("home_office/outcomes-open-data-2018-19.csv.gz", (2, 6, 1, 11), 34),
        ("home_office/prc-pfa-mar2013-onwards-tables201718.csv", (2, 6, 1, 7), 32),
    ],
)
@pytest.mark.slow
def test_no_quarter_as_released_is_taken_for_another(name: str, columns: tuple[int, int, int, int], least: int) -> None:
    """Of six forces all pairs are exchanged, one after the other."""
    rows = as_released(name, ("area_code", "offence_code", "quarter", "value"), columns)
    assert not list(exchanged(rows))
    seen = 0
    for force in ("Kent", "Essex", "Durham", "Gwent", "Merseyside", "Norfolk"):
        for first, second in combinations(ENDS, 2):
            other = rows["quarter"].replace({first: second, second: first}).map(ENDS)
            told = list(exchanged(rows.assign(period_end=other.where(rows["area_code"] == force, rows["period_end"]))))
            seen += told == [(force, ENDS[first], ENDS[second])]
    assert seen >= least


@pytest.mark.slow
def test_two_quarters_of_an_offence_are_told_by_what_has_no_outcome_yet() -> None:
    """Of shoplifting and stalking each other quarter is told from the newest; no pair as released is taken for another."""
    name = "home_office/outcomes-open-data-2018-19.csv.gz"
    rows = as_released(name, ("offence_code", "quarter", "outcome_type", "value"), (6, 1, 10, 11))
    assert not list(exchanged_classes(rows))
    for code in ("46", "8Q"):
        for quarter in "123":
            other = rows["quarter"].replace({"4": quarter, quarter: "4"}).map(ENDS)
            told = exchanged_classes(
                rows.assign(period_end=other.where(rows["offence_code"] == code, rows["period_end"]))
            )
            assert list(told) == [(code, ENDS[quarter], ENDS["4"])]
