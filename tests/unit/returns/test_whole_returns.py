"""What a whole return says (W08, W13 to W16, W18 to W20): the smallest return that is warned of, and the nearest that is not."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from sent import COUNTS, checked, many, send

from schemas.returns import FLAGS

pytestmark = pytest.mark.slow

ROWS, FIRST = 200, datetime.date(2022, 4, 1)
FLAGS_SET = dict.fromkeys(FLAGS, "N")
Row = dict[str, str]


def ordinary(change: Callable[[int, Row], Row] = lambda number, row: {}) -> list[Row]:
    """Rows of every day of the quarter, of several ages and relationships, flags set in some; each changed by its number."""
    relationships, rows = ("ex_partner", "family", "known", "stranger"), []
    for number, one in enumerate(many(ROWS)):
        day, kind = FIRST + datetime.timedelta(number % 91), relationships[number % 4]
        row = one | FLAGS_SET | {
            "suspect_ref": f"sx{number:08d}a", "recorded_date": str(day), "offence_start": str(day), "offence_end": "",
            "offence_code": ("8L", "8M", "8Q")[number % 3],
            "outcome_date": str(day + datetime.timedelta(number % 9)), "relationship": kind, "victim_age": str(18 + number % 40),
            "suspect_age": str(20 + number % 35), "flag_da": "NY"[kind == "ex_partner"],
        } | {name: "Y" for place, name in enumerate(FLAGS) if name != "flag_da" and number % 8 == place}  # fmt: skip
        rows.append(row | change(number, row))
    return rows


def warned(folder: Path, rows: list[Row]) -> list[tuple[str, str | None]]:
    found, problems = checked(send(folder, rows))
    assert found.verdict == "accepted"
    said = {(one["rule"], one["column"]) for one in problems if one["rule"] in found.counts}
    assert all(one["value"] for one in problems)
    return sorted(said, key=str)


def test_an_ordinary_return_is_not_warned_of(tmp_path: Path) -> None:
    assert warned(tmp_path, ordinary()) == []


REFERENCES = "crime_ref, victim_ref, suspect_ref"
MOVED = {"recorded_date": "2022-05-01", "offence_start": "2022-04-01"}
INVERTED = {"Y": "N", "N": "Y"}
# Rule and column -> what makes of an ordinary return one that is warned of, and the nearest that is not.
CASES: dict[tuple[str, str], tuple[Callable[[int, Row], Row], Callable[[int, Row], Row]]] = {
    ("W13", REFERENCES): (
        lambda n, row: {"suspect_ref": "p999999999"} if n < 31 else {},
        lambda n, row: {"suspect_ref": "p999999999"} if n < 30 else {},
    ),
    ("W14", "victim_age"): (
        lambda n, row: {"victim_age": "99"} if n < 60 else {}, lambda n, row: {"victim_age": "99"} if n < 45 else {},
    ),
    ("W14", "relationship"): (
        lambda n, row: {"relationship": "known" if n < 195 else "family", "flag_da": "NY"[n > 170]},
        lambda n, row: {"relationship": "known" if n < 189 else "family", "flag_da": "NY"[n > 170]},
    ),
    ("W08", "flag_knife"): (
        lambda n, row: {"flag_knife": INVERTED[row["flag_knife"]]}, lambda n, row: {"flag_knife": "YN"[n % 5 == 0]},
    ),
    ("W16", "recorded_date"): (
        lambda n, row: MOVED if 31 <= n % 91 < 46 else {},
        lambda n, row: MOVED if 31 <= n % 91 < 43 else {},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "column"), CASES)
def test_a_whole_return_that_is_odd_is_warned_of_by_its_column(rule: str, column: str, tmp_path: Path) -> None:
    odd, near = CASES[rule, column]
    assert (rule, column) in warned(tmp_path, ordinary(odd))
    assert warned(tmp_path / "near", ordinary(near)) == []


def test_a_flag_of_partners_that_is_turned_round_is_warned_of(tmp_path: Path) -> None:
    """A partner in every second row, since less than 50 tell nothing; W03 is said of each row beside."""

    def partners(number: int, row: Row) -> Row:
        return {"relationship": "partner" if number % 2 else "known", "flag_da": "NY"[number % 2]}

    assert warned(tmp_path, ordinary(partners)) == []
    turned = ordinary(lambda number, row: partners(number, row) | {"flag_da": "YN"[number % 2]})
    assert ("W15", "flag_da") in warned(tmp_path / "turned", turned)


def test_ages_that_have_changed_places_are_warned_of(tmp_path: Path) -> None:
    """20B is sexual assault on a female child under 13 (ONS, Table A5a): of ten victims older, whose suspects are not."""

    def of_children(exchanged: int) -> Callable[[int, Row], Row]:
        ages = [{"victim_age": "40", "suspect_age": "12"}, {"victim_age": "12", "suspect_age": "40"}]
        code = {"offence_code": "20B", "relationship": "family", "flag_da": "N"}
        return lambda number, row: code | ages[number >= exchanged] if number < 15 else {}

    assert ("W19", "victim_age, suspect_age") in warned(tmp_path, ordinary(of_children(10)))
    assert warned(tmp_path / "near", ordinary(of_children(9))) == []


def test_rows_that_are_sent_twice_under_other_references_are_warned_of(tmp_path: Path) -> None:
    column = "recorded_date, offence_start, offence_code, relationship, victim_age, suspect_age, outcome_date"

    def under_others(rows: list[Row]) -> list[Row]:
        return [
            row | {"crime_ref": f"cy{place:08d}a", "victim_ref": f"vy{place:08d}a"} for place, row in enumerate(rows)
        ]

    rows = ordinary()
    assert warned(tmp_path, [*rows, *under_others(rows)]) == [("W20", column)]
    assert warned(tmp_path / "near", [*rows, *under_others(rows[:100])]) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, False), ({"membership": "D"}, True), ({"membership": "S"}, True), ({"membership": "DSO"}, True),
        ({"membership": "-"}, True), ({"flag_online": "Y"}, True), ({"flag_online": "Y", "membership": "DSO"}, False),
        ({"flag_da": "", "membership": "DS"}, False),
        ({"flag_da": "N", "membership": "DS"}, True), ({"victim_sex": "M"}, True), ({"victim_sex": "U"}, False),
        ({"membership": "DSP"}, False), ({"membership": ""}, False), ({"membership": "DSC"}, True),
        ({"offence_code": "88A", "membership": "DC", "victim_age_band": "10-15", "relationship": "known"}, False),
        ({"offence_code": "88A", "membership": "DC", "victim_age_band": "not_known"}, False),
        ({"offence_code": "88A", "membership": "DC"}, True),
        ({"offence_code": "88A", "membership": "D", "victim_age_band": "10-15", "relationship": "known"}, True),
    ],
)  # fmt: skip
def test_threats_that_contradict_their_row_are_warned_of(change: Row, told: bool, tmp_path: Path) -> None:
    found, problems = checked(send(tmp_path, [COUNTS | change], profile="aggregate"))
    assert (found.verdict, "W18" in found.counts) == ("accepted", told)
    assert [one["line"] for one in problems if one["rule"] == "W18"] == ([2] if told else [])
