"""Types of outcome under each other's number and words: no sum of a force or class tells, what is usual of each group does."""

from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from kit import DATA, reference
from test_ho_outcomes import HEADER, RELEASE
from world import write_csv

from assets.archive.publications.ho_outcomes.read import read
from assets.archive.publications.ho_outcomes.types import SHARES, TYPES
from assets.archive.reading.layout_tables import layout
from assets.words.problems import BadInput

WORDS = {row["outcome_type"]: row["outcome"] for row in layout(DATA, TYPES)}
# One class of each group, and SYNTHETIC counts of it: as many of each type as are usual among twenty thousand outcomes.
CODES = {
    "drug_offences": "92A", "violence_against_the_person": "8N", "theft_offences": "46", "sexual_offences": "19C",
    "public_order_offences": "9A", "possession_of_weapons_offences": "10D",
}  # fmt: skip


def refused(path: Path, exchanged: tuple[str, str] | None = None, **times: float) -> list[str]:
    """What a file says is exchanged; times: of a type (`t1`) so many times as many as are usual."""
    of = dict([exchanged, exchanged[::-1]]) if exchanged else {}
    rows = [
        [
            "2018/19", "1", "Kent", "x", CODES[row["group"]], WORDS[kind], WORDS[kind], kind, "NA",
            round(200 * float(row["percent"]) * times.get(f"t{row['outcome_type']}", 1)),
        ]
        for row in layout(DATA, SHARES)
        if row["group"] in CODES and row["outcome_type"] in WORDS
        for kind in [of.get(row["outcome_type"], row["outcome_type"])]
    ]  # fmt: skip
    try:
        read(write_csv(path / "o.csv", [HEADER, *rows]), RELEASE, reference())
    except BadInput as error:
        return [problem.value for problem in error.problems]
    return []


@pytest.mark.slow
@pytest.mark.parametrize("pair", [("1", "16"), ("1", "15"), ("14", "16"), ("15", "18"), ("3", "8"), ("20", "21")])
def test_two_types_in_each_others_place_are_refused(tmp_path: Path, pair: tuple[str, str]) -> None:
    assert f"{pair[0]} and {pair[1]} in each other's place" in refused(tmp_path, pair)


@pytest.mark.slow
def test_types_as_they_are_are_read_whatever_share_they_have(tmp_path: Path) -> None:
    assert not refused(tmp_path)
    assert not refused(tmp_path, t1=0.4, t16=2.5)  # as charges fell, and victims' support with them
    assert not refused(tmp_path, t6=0, t7=0, t21=4)


def test_a_file_without_types_that_are_given_often_is_refused(tmp_path: Path) -> None:
    """Types 6 and 7 are given so seldom that a year may be without."""
    assert refused(tmp_path, t15=0, t16=0) == ["no outcome of type 15 or 16"]
    assert refused(tmp_path, t1=0) == ["no outcome of type 1"]


def test_every_pair_of_types_has_shares_that_tell_it() -> None:
    """Two of which each is as usual in every group could not be told apart."""
    shares = (
        pd.DataFrame(layout(DATA, SHARES)).pivot(index="group", columns="outcome_type", values="percent").astype(float)
    )
    apart = {pair: (shares[pair[0]] / shares[pair[1]]).max() / (shares[pair[0]] / shares[pair[1]]).min()
             for pair in combinations(["1", "2", "3", "8", "14", "15", "16", "18", "20", "21"], 2)}  # fmt: skip
    assert min(apart.values()) > 3
