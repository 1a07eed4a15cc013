"""Force x quarter x offence code x outcome."""

from pathlib import Path
from typing import Any

from kit import DATA, reference
from world import fits, kinds, write_csv

from assets.archive.landed.cut_off import without_cut_periods
from assets.archive.publications.ho_outcomes.read import read
from assets.archive.reading.result import ReleaseKey
from schemas.outcomes import OutcomeCount
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
    reading = read(write_csv(tmp_path / "o.csv", [HEADER, row(), row(recorded=5), row("2")]), RELEASE, reference())
    assert len(reading.frame) == 2 and "record_set_aside" in kinds(reading)


def test_an_odd_force_or_code_costs_its_own_records(tmp_path: Path) -> None:
    odd = [row("1"), row("2"), row("3")]
    odd[1][2], odd[2][4] = "Kentt", "999Z"
    reading = read(write_csv(tmp_path / "o.csv", [HEADER, *odd]), RELEASE, reference())
    assert {record["outcome_type"] for record in fits(reading, TABLE)} == {"1"}
    assert {"record_set_aside", "offence_code_not_known"} <= set(kinds(reading))


def test_a_type_with_two_wordings_and_a_negative_count(tmp_path: Path) -> None:
    second = ["2018/19", "2", *row(recorded=-2, outcome="Charged")[2:]]
    reading = read(write_csv(tmp_path / "o.csv", [HEADER, row(), second]), RELEASE, reference())
    assert kinds(reading) == ["negative_quarter", "outcome_type_with_two_wordings"]


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
