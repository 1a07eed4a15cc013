"""Force x quarter x offence code x outcome."""

from pathlib import Path
from typing import Any

import pytest
from kit import DATA, reference
from world import fits, kinds, write_csv

from assets.archive.landed.cut_off import without_cut_periods
from assets.archive.publications.ho_outcomes.read import read
from assets.archive.reading.result import ReleaseKey
from assets.words.problems import BadInput
from schemas.facts import OutcomeCount
from schemas.table import Contract

HEADER = (
    "financial_year", "financial_quarter", "force_name", "offence_description", "offence_code", "outcome_description",
    "outcome_group", "outcome_type", "force_outcomes_for_offences_recorded_in_quarter", "force_outcomes_recorded_in_quarter",
)  # fmt: skip
KEY = ("series", "offence_code", "outcome_type", "area_code", "period_start", "period_end", "source", "release")
TABLE = Contract("recorded.outcome_count", OutcomeCount, KEY, "outcomes")
RELEASE = ReleaseKey("ho_outcomes", "test", "not_accredited")


def row(
    outcome_type: str = "1", for_recorded: Any = 3, recorded: Any = 4, outcome: str = "Charged/Summonsed"
) -> list[Any]:
    return [
        "2018/19",
        "1",
        "Kent",
        "Stalking",
        "8Q",
        outcome,
        "Charged/Summonsed",
        outcome_type,
        for_recorded,
        recorded,
    ]


def test_both_counts_of_a_record(tmp_path: Path) -> None:
    reading = read(write_csv(tmp_path / "o.csv", [HEADER, row(recorded="NA")]), RELEASE, reference())
    rows = {record["series"].rpartition(".")[2]: record for record in fits(reading, TABLE)}
    assert (rows["for_offences_recorded"]["value"], rows["for_offences_recorded"]["cell"]) == (3, "I2")
    assert (rows["recorded"]["value"], rows["recorded"]["obs_status"]) == (None, "missing")
    assert rows["recorded"]["outcome_type"] == "1" and rows["recorded"]["offence"] == "Stalking"


def test_headers_with_spaces_are_the_same(tmp_path: Path) -> None:
    header = [name.replace("_", " ").title() for name in HEADER]
    assert len(read(write_csv(tmp_path / "o.csv", [header, row()]), RELEASE, reference()).frame) == 2


def test_a_record_that_stands_twice_is_taken_once_and_two_that_differ_not_at_all(tmp_path: Path) -> None:
    reading = read(write_csv(tmp_path / "o.csv", [HEADER, row(), row()]), RELEASE, reference())
    assert len(reading.frame) == 2 and kinds(reading) == ["record_twice"]
    reading = read(
        write_csv(tmp_path / "o.csv", [HEADER, row(), row(recorded=5), row("2", outcome="Caution – youths")]),
        RELEASE,
        reference(),
    )
    assert len(reading.frame) == 2 and "record_set_aside" in kinds(reading)


def test_an_odd_force_or_code_costs_its_own_records(tmp_path: Path) -> None:
    odd = [row("1"), row("2", outcome="Caution"), row("3", outcome="Caution")]
    odd[1][2], odd[2][4] = "Kentt", "999Z"
    reading = read(write_csv(tmp_path / "o.csv", [HEADER, *odd]), RELEASE, reference())
    assert {record["outcome_type"] for record in fits(reading, TABLE)} == {"1"}
    assert {"record_set_aside", "offence_code_not_known"} <= set(kinds(reading))


def test_a_type_with_two_wordings_and_a_negative_count(tmp_path: Path) -> None:
    second = ["2018/19", "2", *row(recorded=-2, outcome="Charged")[2:]]
    reading = read(write_csv(tmp_path / "o.csv", [HEADER, row(), second]), RELEASE, reference())
    assert kinds(reading) == ["negative_quarter", "outcome_type_with_two_wordings"]


@pytest.mark.slow
def test_quarters_that_are_cut_off_are_left_out(tmp_path: Path) -> None:
    """SYNTHETIC, in the order of a release of 2018/19: the second quarter is cut off, some records of later ones stand first."""
    forces = ["Avon and Somerset", "Bedfordshire", "Cambridgeshire", "Cheshire", "Cleveland", "Kent"]
    held = [("3", forces[:2]), ("4", forces[:1]), ("1", forces), ("2", forces[:3])]
    lines = [["2018/19", quarter, force, *row()[3:]] for quarter, some in held for force in some]
    frame = read(write_csv(tmp_path / "o.csv", [HEADER, *lines]), RELEASE, reference()).frame
    kept, _, aside = without_cut_periods(frame, "o.csv", DATA, reference().areas)
    assert {f"{end:%Y-%m-%d}" for end in kept["period_end"]} == {"2018-06-30"} and len(kept) == 2 * len(forces)
    assert {problem.place for refused in aside for problem in refused.problems} == {
        f"o.csv, the quarter to {end}" for end in ("30 September 2018", "31 December 2018", "31 March 2019")
    }


def test_two_columns_of_counts_under_each_other_s_header_set_the_table_aside(tmp_path: Path) -> None:
    """Offences that wait for an outcome have none that was given in a quarter: the source prints NA on every such row."""
    waiting = [row("0", 5, "NA", "Not yet assigned an outcome"), row("0", 2, 0, "Not yet assigned an outcome")]
    waiting[1][2] = "Essex"
    given = row("16", outcome="Evidential difficulties: suspect identified; victim does not support further action")
    reading = read(write_csv(tmp_path / "right.csv", [HEADER, given, *waiting]), RELEASE, reference())
    assert len(reading.frame) == 6 and not kinds(reading)
    exchanged = [*HEADER[:8], HEADER[9], HEADER[8]]
    with pytest.raises(BadInput, match="under each other's header"):
        read(write_csv(tmp_path / "wrong.csv", [exchanged, given, *waiting]), RELEASE, reference())


@pytest.mark.parametrize("count", [7, "1,207 [r]"])
def test_one_count_of_outcomes_given_where_none_can_be_costs_itself_alone(tmp_path: Path, count: object) -> None:
    waiting = [row("0", 5, "NA", "Not yet assigned an outcome") for _ in range(3)]
    for force, record in zip(("Kent", "Essex", "Surrey"), waiting, strict=True):
        record[2] = force
    waiting[2][9] = count
    reading = read(write_csv(tmp_path / "o.csv", [HEADER, row(), *waiting]), RELEASE, reference())
    assert len(reading.frame) == 6 and kinds(reading) == ["record_set_aside"]
    assert "a count on 1 of 3 rows of offences without an outcome yet" in reading.findings[0]["evidence"]


def test_a_type_beside_the_words_of_another_is_left_out(tmp_path: Path) -> None:
    wrong = row("18", outcome="Evidential difficulties: suspect identified; victim supports action")
    reworded = row("2A", outcome="Caution - youths [note 3]")
    reading = read(write_csv(tmp_path / "o.csv", [HEADER, row(), wrong, reworded]), RELEASE, reference())
    assert sorted(set(reading.frame["outcome_type"])) == ["1", "2A"] and kinds(reading) == ["record_set_aside"]
    assert "Found 18 beside" in reading.findings[0]["evidence"] and "expected 15" in reading.findings[0]["evidence"]
