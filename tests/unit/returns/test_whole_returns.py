"""What a whole return says (rules of whole.py): the smallest return that is warned of, and the nearest that is not."""

import datetime
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sent import COUNTS, checked, many, rules, send

from schemas.returns import FLAGS

pytestmark = [pytest.mark.slow, pytest.mark.one_in(3)]

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
            "outcome_type": ("0", "16", "18")[number // 4 % 3],
            "suspect_age": str(20 + number % 35), "flag_da": "NY"[kind == "ex_partner"],
        } | {name: "Y" for place, name in enumerate(FLAGS) if name != "flag_da" and number % 8 == place}  # fmt: skip
        rows.append(row | change(number, row))
    random.Random(1).shuffle(rows)  # what follows from a number would count up from row to row
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
    ("W30", "csp_code"): (  # of Essex, and of Kent or of none that is held
        lambda n, row: {"csp_code": "E22000079"} if n == 7 else {},
        lambda n, row: {"csp_code": ("E22000137", "E22999999")[n % 2]} if n in (7, 8) else {},
    ),
    ("W14", "victim_age"): (
        lambda n, row: {"victim_age": "99"} if n < 30 else {}, lambda n, row: {"victim_age": "99"} if n < 29 else {},
    ),
    ("W14", "suspect_age"): (  # beside 14 of 35 and 4 of 37: 55, and 54
        lambda n, row: {"suspect_age": "35" if n < 10 else "36"} if n < 61 else {},
        lambda n, row: {"suspect_age": "35" if n < 10 else "36"} if n < 60 else {},
    ),
    ("W14", "relationship"): (
        lambda n, row: {"relationship": "known" if n < 195 else "family", "flag_da": "NY"[n > 170]},
        lambda n, row: {"relationship": "known" if n < 189 else "family", "flag_da": "NY"[n > 170]},
    ),
    ("W14", "crime_count"): (
        lambda n, row: {"crime_count": "2" if n < 191 else "1"}, lambda n, row: {"crime_count": "2" if n < 189 else "1"},
    ),
    ("W08", "flag_knife"): (
        lambda n, row: {"flag_knife": INVERTED[row["flag_knife"]]}, lambda n, row: {"flag_knife": "YN"[n % 5 == 0]},
    ),
    ("W16", "recorded_date"): (
        lambda n, row: MOVED if 31 <= n % 91 < 46 else {},
        lambda n, row: MOVED if 31 <= n % 91 < 43 else {},
    ),
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(("rule", "column"), CASES)
def test_a_whole_return_that_is_odd_is_warned_of_by_its_column(rule: str, column: str, tmp_path: Path) -> None:
    odd, near = CASES[rule, column]
    assert (rule, column) in warned(tmp_path, ordinary(odd))
    assert warned(tmp_path / "near", ordinary(near)) == []


@pytest.mark.parametrize(
    ("flag", "rows", "told"),
    [("flag_da", 66, True), ("flag_da", 65, False), ("flag_online", 227, True), ("flag_online", 226, False),
     ("flag_knife", 227, False), ("flag_knife", 3_451, True), ("flag_knife", 3_449, False)],
)  # fmt: skip
def test_a_flag_that_is_never_set_is_warned_of_where_chance_would_set_it(
    flag: str, rows: int, told: bool, tmp_path: Path
) -> None:
    """0.9 to the power of 66, 0.97 to that of 227 and 0.998 to that of 3,451 are less than 0.001; one row less is more."""
    body = many(rows, relationship="known", **{flag: "N"})
    found, problems = checked(send(tmp_path, body, flags_available=[flag]))
    assert [one["column"] for one in problems if one["rule"] == "W08"] == [flag] * told and found.verdict == "accepted"


def test_a_force_that_records_on_some_days_of_the_week_is_told_once(tmp_path: Path) -> None:
    """Of 2,600 rows in 91 days 57 are expected of two, and 30 are enough."""
    weekdays = [day for day in (FIRST + datetime.timedelta(n) for n in range(91)) if day.weekday() < 5]
    rows = [
        row
        | {"recorded_date": str(weekdays[n % 65]), "offence_start": "2022-04-01", "offence_end": "", "outcome_date": ""}
        for n, row in enumerate(many(2_600, relationship="known"))
    ]
    _, problems = checked(send(tmp_path, rows))
    [told] = [one["value"] for one in problems if one["rule"] == "W16"]
    assert told == (
        "no record from 2022-04-02 to 2022-04-03, and in 12 more runs of days, the last to 2022-06-26; "
        "none on any Saturday or Sunday"
    )


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
    column = "recorded_date, offence_start, offence_code, relationship, victim_age, suspect_age"

    rows = ordinary()
    assert warned(tmp_path, [*rows, *other_references(rows)]) == [("W20", column)]
    assert warned(tmp_path / "some", [*rows, *other_references(rows[:25])]) == [("W20", column)]
    assert warned(tmp_path / "near", [*rows, *other_references(rows[:24])]) == []


def test_a_person_under_two_references_is_warned_of(tmp_path: Path) -> None:
    """Of 25 crimes the victim stands once more, as somebody else."""
    rows = ordinary()
    again = [row | {"victim_ref": f"vy{place:08d}a"} for place, row in enumerate(rows[:25])]
    assert [rule for rule, _ in warned(tmp_path, [*rows, *again])] == ["W20"]


def test_rows_that_are_alike_by_chance_are_not_warned_of(tmp_path: Path) -> None:
    """Of 200 rows on 91 days in three codes, of which no age is known, 50 have their like by chance, and as many a week later."""
    chance = random.Random(3)
    unknown = {"victim_age": "", "suspect_age": "", "relationship": "unknown", "suspect_known": "N", "flag_da": "N"}
    rows = []
    for row in ordinary():
        day = str(FIRST + datetime.timedelta(chance.randrange(91)))
        rows.append(
            row
            | unknown
            | {
                "recorded_date": day,
                "offence_start": day,
                "outcome_date": "",
                "offence_code": chance.choice(("8L", "8M", "8Q")),
            }
        )
    assert "W20" not in [rule for rule, _ in warned(tmp_path, rows)]


def other_references(rows: list[Row]) -> list[Row]:
    return [row | {"crime_ref": f"cy{place:08d}a", "victim_ref": f"vy{place:08d}a"} for place, row in enumerate(rows)]


def same(columns: tuple[str, str], rows: int) -> Callable[[int, Row], Row]:
    return lambda number, row: {columns[1]: row[columns[0]]} if number < rows else {}


@pytest.mark.parametrize(
    "columns",
    [
        ("crime_ref", "victim_ref"), ("victim_ref", "suspect_ref"), ("victim_age", "suspect_age"),
        ("recorded_date", "outcome_date"),
    ],
)  # fmt: skip
def test_two_columns_that_are_copies_of_each_other_are_warned_of(columns: tuple[str, str], tmp_path: Path) -> None:
    assert warned(tmp_path, ordinary(same(columns, 191))) == [("W22", ", ".join(columns))]
    assert warned(tmp_path / "near", ordinary(same(columns, 170))) == []


def counts(change: Callable[[int, Row], Row] = lambda number, row: {}) -> list[Row]:
    """Sixty rows of counts of three months, three codes, five relationships and bands of ages; each changed by its number."""
    kinds, bands, rows = (
        ("ex_partner", "family", "known", "stranger", "partner"),
        ("18-29", "30-44", "45-59", "60-84"),
        [],
    )
    for number in range(60):
        kind = kinds[number % 5]
        row = COUNTS | {
            "month": f"2022-0{4 + number % 3}-01", "offence_code": ("8L", "8M", "8Q")[number // 15 % 3], "membership": "",
            "relationship": kind, "flag_da": "NY"["partner" in kind], "flag_online": "NY"[number % 7 == 0],
            "victim_age_band": bands[number // 15], "suspect_age_band": bands[number % 4], "offences": str(10 + number % 9),
        }  # fmt: skip
        rows.append(row | change(number, row))
    random.Random(1).shuffle(rows)  # what follows from a number would count up from row to row
    return rows


# Rule and column -> what makes of counts what is warned of, and the nearest that is not.
OF_COUNTS: dict[tuple[str, str], tuple[Callable[[int, Row], Row], Callable[[int, Row], Row]]] = {
    ("W06", "victim_age_band"): (
        lambda n, row: {"victim_age_band": "not_known"} if n < 13 else {},
        lambda n, row: {"victim_age_band": "not_known"} if n < 11 else {},
    ),
    ("W08", "flag_online"): (
        lambda n, row: {"flag_online": ""}, lambda n, row: {"flag_online": "" if n else "Y"},
    ),
    ("W14", "suspect_age_band"): (
        lambda n, row: {"suspect_age_band": "30-44" if n < 59 else "45-59"},
        lambda n, row: {"suspect_age_band": "30-44" if n < 55 else "45-59"},
    ),
    ("W15", "flag_da"): (
        lambda n, row: {"flag_da": INVERTED[row["flag_da"]]},
        lambda n, row: {"flag_da": "N"} if n % 10 == 0 else {},
    ),
    ("W16", "month"): (
        lambda n, row: {"month": row["month"].replace("05", "04")},
        lambda n, row: {"month": row["month"].replace("05", "04"), "offences": "1"},  # 60 a quarter, 20 a month
    ),
    ("W22", "victim_age_band, suspect_age_band"): (
        lambda n, row: {"suspect_age_band": row["victim_age_band"]},
        lambda n, row: {"suspect_age_band": row["victim_age_band"]} if n < 50 else {},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "column"), OF_COUNTS)
def test_counts_that_are_odd_are_warned_of_by_their_column(rule: str, column: str, tmp_path: Path) -> None:
    def told(folder: Path, change: Callable[[int, Row], Row]) -> set[tuple[str, str | None]]:
        found, problems = checked(send(folder, counts(change), profile="aggregate"))
        assert found.verdict == "accepted"
        return {(one["rule"], one["column"]) for one in problems if one["rule"] != "W03"}

    odd, near = OF_COUNTS[rule, column]
    assert (rule, column) in told(tmp_path, odd)
    assert told(tmp_path / "near", near) == set()


@pytest.mark.parametrize(
    ("first", "rows", "aside"), [(59, 60, [2]), (58, 60, []), (48, 49, []), (90_013, 3, []), (90_014, 3, [2])]
)
def test_one_row_of_counts_with_as_many_as_all_others_is_set_aside(
    first: int, rows: int, aside: list[int], tmp_path: Path
) -> None:
    """E15: a total among its parts, or the number of another column; of fewer rows only what the
    whole country has not in a month, 270,039 / 3."""
    sent = [row | {"offences": "1"} for row in counts(lambda number, row: {})[:rows]]
    found, problems = checked(send(tmp_path, [sent[0] | {"offences": str(first)}, *sent[1:]], profile="aggregate"))
    assert [one["line"] for one in problems if one["rule"] == "E15"] == aside and found.quarantined == len(aside)


@pytest.mark.parametrize(
    ("others", "count", "told"),
    [(10, 49, []), (10, 50, ["50"]), (200, 66, ["66"]), (200, 67, []), (0, 18, []), (0, 19, ["19"])],
)
def test_a_count_unlike_the_other_months_is_warned_of(others: int, count: int, told: list[str], tmp_path: Path) -> None:
    """W32: of 20 and 50 in the third month, a chance of 6 in ten thousand millions; of 400 and 66, a little less than a third."""
    rows = [
        COUNTS | {"month": f"2022-0{month}-01", "offence_code": code, "offences": str(n)}
        for month in (4, 5, 6) for code, n in (("8M", 900), ("8Q", 900), ("8L", count if month == 5 else others)) if n
    ]  # fmt: skip
    _, problems = checked(send(tmp_path, rows, profile="aggregate"))
    assert [row["value"].split()[-1] for row in problems if row["rule"] == "W32"] == told


@pytest.mark.parametrize(("totals", "told"), [(10, True), (9, False)])
@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("victim_age_band", ("18-29", "30-44", "45-59", "not_known")),
        ("relationship", ("known", "stranger", "family", "unknown")),
        ("suspect_age_band", ("18-29", "30-44", "45-59", "not_known")),
    ],
)  # fmt: skip
def test_totals_among_the_rows_of_counts_are_warned_of(
    column: str, values: tuple[str, ...], totals: int, told: bool, tmp_path: Path
) -> None:
    """Each group has three rows of what is known, and what is not: their sum, as a pivot table has it, or far more than that."""
    given = COUNTS | {"membership": "", "flag_da": "N", "relationship": "known", "suspect_age_band": "60-84"}
    codes = [
        code for code, (_, sex, begins, ends) in rules().offences.items() if sex is None and begins < "2022" < ends
    ][:15]
    rows = [
        given | {"offence_code": code, column: value, "offences": str((3, 4, 5, 12 if place < totals else 20)[at])}
        for place, code in enumerate(codes)
        for at, value in enumerate(values)
    ]  # fmt: skip
    _, problems = checked(send(tmp_path, rows, profile="aggregate"))
    assert [problem["column"] for problem in problems if problem["rule"] == "W23"] == [column] * told


@pytest.mark.parametrize("share", [1, 0.5])
@pytest.mark.parametrize("of", [("month", "offence_code"), ("month",), ("victim_sex",), ("month", "victim_sex"), ()])
def test_totals_of_any_columns_are_set_aside_though_rows_of_which_nothing_is_known_stand_beside(
    of: tuple[str, ...], share: float, tmp_path: Path
) -> None:
    """In what a total sums over something has to stand: 8R, April, U. Half as much is what is not known of a crime. Of totals
    that are more by one offence it is warned."""
    nothing = COUNTS | {
        "month": "2022-04-01", "offence_code": "8R", "membership": "", "flag_da": "", "flag_online": "", "victim_sex": "U",
        "victim_age_band": "not_known", "suspect_age_band": "not_known", "relationship": "unknown",
    }  # fmt: skip
    codes = ("8L", "8M", "8Q", "8N", "105A")
    rows = counts(lambda number, row: {"victim_sex": "FM"[number % 4 == 0], "offence_code": codes[number % 5]})
    sums: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row[name] for name in of)
        sums[key] = sums.get(key, 0) + int(row["offences"])
    totals = [nothing | dict(zip(of, key, strict=True)) | {"offences": str(int(share * n))} for key, n in sums.items()]
    unknown = [nothing | {"month": f"2022-0{month}-01", "offence_code": "8N", "offences": "3"} for month in (4, 5, 6)]
    _, problems = checked(send(tmp_path / "exact", [*rows, *totals, *unknown], profile="aggregate"))
    lines = [*range(len(rows) + 2, len(rows) + len(totals) + 2)] if share == 1 else []
    assert [problem["line"] for problem in problems if problem["rule"] == "E15"] == lines
    assert not [problem for problem in problems if problem["rule"] == "W23"]
    about = [total | {"offences": str(int(total["offences"]) + 1)} for total in totals]
    _, problems = checked(send(tmp_path / "about", [*rows, *about, *unknown], profile="aggregate"))
    told = {problem["column"] for problem in problems if problem["rule"] == "W23"}
    assert len(told) == (share == 1) and all("suspect_age_band, relationship" in str(columns) for columns in told)


@pytest.mark.parametrize(("offences", "warned_of"), [(10, True), (9, False)])
def test_bands_of_ages_that_have_changed_places_are_warned_of(offences: int, warned_of: bool, tmp_path: Path) -> None:
    """As of records; a band that is partly beyond the age that the offence names (10-15 of under 13) says nothing."""
    child = {"offence_code": "20B", "relationship": "family", "flag_da": "N", "suspect_age_band": "0-9"}
    bands = {0: "30-44", 1: "10-15"}
    found, _ = checked(
        send(tmp_path, counts(lambda number, row: child | {"victim_age_band": bands[number], "offences": str(offences)}
                              if number in bands else {}), profile="aggregate")
    )  # fmt: skip
    assert ("W19" in found.counts) == warned_of


# Of a row of counts -> is it warned of?
THREATS: list[tuple[Row, bool]] = [
    ({}, False), ({"membership": "D"}, True), ({"membership": "S"}, True), ({"membership": "DSO"}, True),
    ({"membership": "-"}, True), ({"flag_online": "Y"}, True), ({"flag_online": "Y", "membership": "DSO"}, False),
    ({"flag_da": "", "membership": "DS"}, False),
    ({"flag_da": "N", "membership": "DS"}, True), ({"victim_sex": "M"}, True), ({"victim_sex": "U"}, False),
    ({"membership": "DSP"}, False), ({"membership": ""}, False), ({"membership": "DSC"}, True),
    ({"offence_code": "88A", "membership": "DC", "victim_age_band": "10-15", "relationship": "known"}, False),
    ({"offence_code": "88A", "membership": "DC", "victim_age_band": "not_known"}, False),
    ({"offence_code": "88A", "membership": "DC"}, True),
    ({"offence_code": "88A", "membership": "D", "victim_age_band": "10-15", "relationship": "known"}, True),
]  # fmt: skip


def test_threats_that_contradict_their_row_are_warned_of(tmp_path: Path) -> None:
    months, bands = ("2022-04-01", "2022-05-01", "2022-06-01"), ("18-29", "30-44", "45-59", "60-84", "85+", "not_known")
    keys = [{"month": month, "suspect_age_band": band} for month in months for band in bands]
    rows = [COUNTS | key | change for key, (change, _) in zip(keys, THREATS, strict=True)]
    found, problems = checked(send(tmp_path, rows, profile="aggregate"))
    lines = sorted(one["line"] for one in problems if one["rule"] == "W18")
    assert (found.verdict, lines) == ("accepted", [line for line, (_, told) in enumerate(THREATS, 2) if told])
