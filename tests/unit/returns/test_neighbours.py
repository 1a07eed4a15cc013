"""What rows say of the rows beside them: columns filled down, references apart from their rows, and what many errors share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sent import checked, many, send
from test_whole_returns import Row, ordinary, warned

from assets.returns.checks.checked import Checked

pytestmark = [pytest.mark.slow, pytest.mark.one_in(2)]
LAST = 139  # of 200 rows so many are as they were


def counted_up(column: str, from_row: int) -> list[Row]:
    """Rows of which a column counts up from a row on, as a spreadsheet fills a series down."""
    rows = ordinary()
    return [row | ({column: str(18 + place % 80)} if place >= from_row else {}) for place, row in enumerate(rows)]


def copied_down(column: str, value: str, from_row: int) -> list[Row]:
    return [row | ({column: value} if place >= from_row else {}) for place, row in enumerate(ordinary())]


@pytest.mark.parametrize("column", ["victim_age", "suspect_age"])
def test_a_column_that_counts_up_from_row_to_row_is_warned_of(column: str, tmp_path: Path) -> None:
    assert ("W26", column) in warned(tmp_path, counted_up(column, 90))
    assert warned(tmp_path / "near", counted_up(column, 110)) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("relationship", "known"), ("location_type", "home"), ("offence_code", "8Q"), ("victim_ethnicity", "W1")],
)
def test_a_column_that_is_copied_down_to_the_end_is_warned_of(column: str, value: str, tmp_path: Path) -> None:
    def mixed(rows: list[Row]) -> list[Row]:
        places, groups = ("home", "public", "venue"), ("W1", "A2", "B1", "NS")
        return [
            {"location_type": places[hash_of(row) % 3], "victim_ethnicity": groups[hash_of(row) % 4]}
            | {name: cell for name, cell in row.items() if cell or name not in ("location_type", "victim_ethnicity")}
            for row in rows
        ]

    assert ("W26", column) in warned(tmp_path, mixed(copied_down(column, value, 150)))
    assert warned(tmp_path / "near", mixed(copied_down(column, value, 160))) == []


def hash_of(row: Row) -> int:
    return int(row["crime_ref"][2:-1]) * 7 // 5


@pytest.mark.parametrize("by", [("relationship",), ("offence_code", "relationship"), ("recorded_date", "victim_age")])
def test_rows_that_are_sorted_are_not_warned_of(by: tuple[str, ...], tmp_path: Path) -> None:
    rows = sorted(ordinary(), key=lambda row: [row[name] for name in by])
    assert warned(tmp_path, rows) == []


def test_a_column_by_which_rows_are_sorted_is_not_warned_of(tmp_path: Path) -> None:
    """Of four days of fifty rows each the last would not come by chance, were the others mixed."""
    rows = ordinary(lambda number, row: {"offence_start": f"2022-03-0{number // 50 + 1}"})
    assert warned(tmp_path, sorted(rows, key=lambda row: row["offence_start"])) == []


@pytest.mark.parametrize("by", ["offence_code", "suspect_known"])
def test_a_column_that_is_copied_down_in_rows_sorted_by_another_is_warned_of(by: str, tmp_path: Path) -> None:
    """From within a group on; where it begins with a group, that may be what such rows have."""
    rows = sorted(
        ordinary(lambda number, row: {"victim_ethnicity": ("W1", "A2", "B1", "NS")[number * 7 // 5 % 4],
                                      "suspect_known": "NY"[number < 140]}),
        key=lambda row: row[by],
    )  # fmt: skip
    groups = [row[by] for row in rows]
    begins = groups.index(groups[-1])
    within = begins + (len(rows) - begins) // 2
    copied = [row | ({"victim_ethnicity": "A2"} if place >= within - 20 else {}) for place, row in enumerate(rows)]
    assert ("W26", "victim_ethnicity") in warned(tmp_path, copied)
    natural = [row | ({"victim_ethnicity": "A2"} if place >= begins else {}) for place, row in enumerate(rows)]
    assert "W26" not in [rule for rule, _ in warned(tmp_path / "natural", natural)]


def test_rows_that_are_sorted_by_what_they_do_not_hold_are_not_warned_of(tmp_path: Path) -> None:
    """Of two kinds of offences one is never online; beside the flag other columns change at the same row."""
    rows = sorted(ordinary(), key=lambda row: row["relationship"] in ("ex_partner", "family"))
    online = [row | {"flag_online": "NY"[hash_of(row) % 2] if place < 100 else "N"} for place, row in enumerate(rows)]
    assert warned(tmp_path, online) == []


def with_references(rows: list[Row], form: str, which: slice, names: tuple[str, ...]) -> list[Row]:
    for place, row in enumerate(rows[which]):
        row |= {name: form.format(name[0].upper(), place * 7919 % 100_000) for name in names}
    return rows


@pytest.mark.long
def test_references_of_two_systems_are_warned_of(tmp_path: Path) -> None:
    both, system = ("crime_ref", "victim_ref"), "{}/22/{:05d}"
    assert warned(tmp_path, with_references(ordinary(), system, slice(50), both)) == [("W28", "crime_ref, victim_ref")]
    assert warned(tmp_path / "few", with_references(ordinary(), system, slice(49), both)) == []
    assert warned(tmp_path / "all", with_references(ordinary(), system, slice(None), both)) == []
    one = with_references(
        with_references(ordinary(), system, slice(50), ("crime_ref",)), system, slice(50, 100), ("victim_ref",)
    )
    assert warned(tmp_path / "apart", one) == [], "each is written in two ways, and not in the same rows"


def of_several_rows(names: tuple[str, ...], count: int = 40) -> list[Row]:
    """Rows of which pairs have the same reference, and with it the same day or person."""
    rows = ordinary()
    return [
        row | ({name: rows[place - 1][name] for name in names} if place % 2 and place < count else {})
        for place, row in enumerate(rows)
    ]


def moved(rows: list[Row], name: str, by: int = 1) -> list[Row]:
    return [row | {name: rows[place - by][name]} for place, row in enumerate(rows)]


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("crime_ref", ("crime_ref", "recorded_date", "offence_start", "outcome_date")),
        ("victim_ref", ("victim_ref", "victim_age", "victim_sex")),
    ],
)
def test_references_that_stand_in_other_rows_than_their_own_are_warned_of(
    name: str, names: tuple[str, ...], tmp_path: Path
) -> None:
    assert warned(tmp_path, of_several_rows(names)) == []
    assert ("W27", name) in warned(tmp_path / "moved", moved(of_several_rows(names), name))
    assert warned(tmp_path / "few", moved(of_several_rows(names, 18), name)) == []


def refused(folder: Path, change: Callable[[int], Row]) -> tuple[Checked, str]:
    rows = [row | change(number) for number, row in enumerate(many(120))]
    found, _ = checked(send(folder, rows))
    return found, found.refused["R06"]


def test_of_many_errors_it_is_said_in_which_column_and_from_which_line_on(tmp_path: Path) -> None:
    _, said = refused(tmp_path, lambda number: {"supplier_code": "surrey"} if number >= 60 else {})
    assert (
        "60 by E07" in said
        and "nearly all in supplier_code" in said
        and "every row from line 62 on is in error" in said
    )
    _, said = refused(tmp_path / "here and there", lambda number: {"supplier_code": "surrey"} if number % 2 else {})
    assert "from line" not in said and "month and day" not in said


@pytest.mark.long
def test_days_of_which_month_and_day_are_exchanged_are_told(tmp_path: Path) -> None:
    day = {"offence_start": "2022-05-01", "offence_end": "", "outcome_date": ""}
    _, said = refused(tmp_path, lambda number: day | ({"recorded_date": "2022-09-05"} if number % 2 else {}))
    assert "in 60 of 60 rows the days fit once month and day are exchanged" in said
    started = {"recorded_date": "2022-05-09", "offence_end": "", "outcome_date": ""}
    _, said = refused(
        tmp_path / "start", lambda number: started | ({"offence_start": "2022-08-05"} if number % 2 else {})
    )
    assert "in 60 of 60 rows" in said
    _, said = refused(
        tmp_path / "quarter", lambda number: day | ({"recorded_date": "2022-09-25"} if number % 2 else {})
    )
    assert "month and day" not in said
