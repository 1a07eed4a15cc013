"""What of a supplier's quarter is unlike others (C01 to C11): the smallest case that each rule tells, and the nearest not."""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from kit import frame
from sent import many, rules, send, source

from assets.collection.checks import figures_are_like_others
from assets.collection.comparisons import before, comparisons
from assets.collection.cubes import Collected
from assets.returns.intake.intake import take_in
from assets.returns.intake.store import Judged, Store
from assets.returns.rules.rules import membership_bit

pytestmark = pytest.mark.one_in(2)

SUPPLIERS = ("kent", "surrey", "essex", "sussex", "dorset", "norfolk")
Cells = Mapping[tuple[str, str, str], int]
NOTHING = frame("recorded.force_count", [])


@contextmanager
def held(cells: Cells, scope: str = "collection", store: Store | None = None) -> Iterator[Collected]:
    """A collection with so many offences by supplier, quarter and code; a code of domestic abuse is 8U."""
    quarters = sorted({quarter for _, quarter, _ in cells})
    judged = {
        (supplier, quarter): Judged(
            f"{supplier}.{quarter}", supplier, quarter, "", False, "record", "whole", None, "assumed-1", "", "", "accepted",
            1, 0, 1, "", "first", told=["domestic_abuse", "online"],
        )
        for supplier in {cell for cell, _, _ in cells} for quarter in quarters
    }  # fmt: skip
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE cube(supplier VARCHAR, quarter VARCHAR, month DATE, offence_class VARCHAR, membership SMALLINT, "
            "offences BIGINT, victim_age_band VARCHAR DEFAULT 'not_known', suspect_age_band VARCHAR DEFAULT 'not_known', "
            "relationship VARCHAR DEFAULT 'unknown')"
        )
        connection.execute("CREATE TABLE flags(supplier VARCHAR, quarter VARCHAR)")
        for (supplier, quarter, code), count in cells.items():
            threat = membership_bit("domestic_abuse") if code == "8U" else 0
            connection.execute(
                "INSERT INTO cube(supplier, quarter, month, offence_class, membership, offences) VALUES (?, ?, ?, ?, ?, ?)",
                [supplier, quarter, f"{quarter}-01", code, threat, count],
            )
        yield Collected(connection, store or Store(Path("nowhere")), rules(), scope, list(judged.values()), judged)


def unlike(
    cells: Cells, rule: str, open_data: pd.DataFrame = NOTHING, scope: str = "collection"
) -> list[dict[str, Any]]:
    with held(cells, scope) as collection:
        return [row for row in comparisons(collection, open_data) if row["rule"] == rule]


def everyone(count: int, code: str = "8L", quarter: str = "2022-07") -> dict[tuple[str, str, str], int]:
    return {(supplier, quarter, code): count for supplier in SUPPLIERS}


@pytest.mark.slow
def test_offences_unlike_open_data_are_told_of_codes_that_name_a_woman() -> None:
    """C01: 2% of 2,000 is 40; rape of a female (19C) is like with like, harassment (8L) is not."""
    published = frame(
        "recorded.force_count",
        [{"offence_code": code, "value": 2000.0} for code in ("19C", "8L")],
        area_code=rules().suppliers["kent"]["area_code"], period_type="quarter", period_start=pd.Timestamp("2022-07-01").date(),
        release="r",
    )  # fmt: skip
    kent = {("kent", "2022-07", "8L"): 9}
    assert unlike(kent | {("kent", "2022-07", "19C"): 2040}, "C01", published) == []
    [told] = unlike(kent | {("kent", "2022-07", "19C"): 2041}, "C01", published)
    assert (told["of"], told["value"], told["other_value"], told["deviation"]) == ("19C", 2041.0, 2000.0, 2.0)
    # Synthetic returns are never held against real figures.
    assert unlike(kent | {("kent", "2022-07", "19C"): 9}, "C01", published, "synthetic_collection") == []


@pytest.mark.slow
def test_a_total_that_moved_unlike_those_of_the_others_is_told() -> None:
    """C02: all stood still, and of 1,000 chance alone moves the logarithm by 0.045 (one spread): four of them are 18.7%."""
    last = everyone(1000, quarter="2022-04")
    assert unlike(last | everyone(1000) | {("kent", "2022-07", "8L"): 1185}, "C02") == []
    [told] = unlike(last | everyone(1000) | {("kent", "2022-07", "8L"): 1210}, "C02")
    assert (told["supplier"], told["compared_with"], told["value"], told["other_value"]) == (
        "kent",
        "last_quarter",
        1210.0,
        1000.0,
    )
    assert unlike(last | everyone(2000), "C02") == [], "all moved alike"
    for nothing in (("kent", "2022-04", "8L"), ("kent", "2022-07", "8L")):
        rows = unlike({one: n for one, n in (last | everyone(1000)).items() if one != nothing}, "C02")
        assert [(row["supplier"], row["compared_with"]) for row in rows] == [
            ("kent", "last_quarter"), ("kent", "later_quarter")
        ], "a return of nothing, beside a thousand in the other quarter: either may be wrong"  # fmt: skip


@pytest.mark.slow
def test_a_share_unlike_the_others_is_told_without_its_numbers() -> None:
    """C03: half of 200 are domestic abuse; a spread is 0.035, so that 0.65 is told and 0.63 is not."""
    half = everyone(100) | everyone(100, "8U")
    assert unlike(half | {("kent", "2022-07", "8U"): 126, ("kent", "2022-07", "8L"): 74}, "C03") == []
    [told] = unlike(half | {("kent", "2022-07", "8U"): 130, ("kent", "2022-07", "8L"): 70}, "C03")
    assert (told["supplier"], told["of"], told["value"]) == ("kent", "domestic_abuse", None)
    assert told["deviation"] == round(told["deviation"])
    # Of 36 a spread is three offences, of 34 it is fewer: a whole number of them would say how many there are.
    for few, rules_told in ((18, ["kent"]), (17, [])):
        all_of_few = {("kent", "2022-07", "8U"): 2 * few, ("kent", "2022-07", "8L"): 0}
        assert [row["supplier"] for row in unlike(half | all_of_few, "C03")] == rules_told


@pytest.mark.slow
@pytest.mark.parametrize(("round_ages", "told"), [(125, False), (126, True)])
def test_ages_that_end_in_0_or_5_too_often_are_told(round_ages: int, told: bool, tmp_path: Path) -> None:
    """C04: of 500 ages 125 at 40 and the rest at 41 make Whipple's index 125; one more is told."""
    rows = [row | {"victim_age": "40" if place < round_ages else "41"} for place, row in enumerate(many(500))]
    send(tmp_path / "inbox", rows)
    chosen = source(tmp_path)
    [judged] = take_in(chosen, "kent", "2022-04")
    with held({("kent", "2022-04", "8L"): 500}, store=chosen.store) as collection:
        collection.counting["kent", "2022-04"] = judged
        assert [row["rule"] for row in comparisons(collection, NOTHING)] == (["C04"] if told else [])


@pytest.mark.long
@pytest.mark.parametrize(("again", "told"), [(4, []), (5, [3.0])])
@pytest.mark.parametrize("first_quarter", ["2022-04", "2022-01", "2021-10"])
def test_keys_of_an_earlier_quarter_are_told(again: int, told: list[float], first_quarter: str, tmp_path: Path) -> None:
    """C07: a crime is recorded once. Four rows of 150 are a small count, five are 3%."""
    first = many(150)
    second = [
        row | {"recorded_date": "2022-08-10", "outcome_date": "2022-08-10"}
        for row in many(300)[150 - again : 300 - again]
    ]
    days = {"recorded_date": f"{first_quarter}-10", "offence_start": "", "offence_end": "", "outcome_date": ""}
    send(tmp_path / "inbox", [row | days for row in first], quarter=first_quarter)
    send(tmp_path / "inbox", second, "second", quarter="2022-07", extract_date="2022-10-20")
    chosen = source(tmp_path)
    counting = {("kent", quarter): take_in(chosen, "kent", quarter)[-1] for quarter in (first_quarter, "2022-07")}
    with held({(*key, "8L"): 150 for key in counting}, store=chosen.store) as collection:
        collection.counting.update(counting)
        rows = [row for row in comparisons(collection, NOTHING) if row["rule"] == "C07"]
        assert {*collection.counting} == {*counting}, "it is told, and counts all the same"
    assert [row["deviation"] for row in rows] == told
    assert all(
        (row["supplier"], row["period_start"], row["value"]) == ("kent", datetime.date(2022, 7, 1), None)
        for row in rows
    )


@pytest.mark.slow
@pytest.mark.parametrize(("others", "told"), [(4, []), (5, [3.0]), (74, [49.0]), (75, [50.0])])
def test_rows_of_another_supplier_under_this_name_are_told_of_both(
    others: int, told: list[float], tmp_path: Path
) -> None:
    """C08: the same references, day and age. Numbers that count up are the same too, with another day."""
    rows = many(150)
    days = [row | {"recorded_date": "2022-05-11"} for row in rows[others:]]
    send(tmp_path / "inbox", rows)
    send(
        tmp_path / "inbox",
        [row | {"supplier_code": "surrey"} for row in (*rows[:others], *days)],
        sender="surrey",
        supplier="surrey",
    )
    chosen = source(tmp_path)
    counting = {(supplier, "2022-04"): take_in(chosen, supplier, "2022-04")[-1] for supplier in ("kent", "surrey")}
    with held({(*key, "8L"): 150 for key in counting}, store=chosen.store) as collection:
        collection.counting.update(counting)
        found = {row["supplier"]: row["deviation"] for row in comparisons(collection, NOTHING) if row["rule"] == "C08"}
        assert {*collection.counting} == (set() if others == 75 else {*counting}), "half of them withholds both"
    assert found == {supplier: deviation for deviation in told for supplier in ("kent", "surrey")}


@pytest.mark.slow
def test_a_code_that_vanished_or_is_new_is_told_unless_it_was_not_in_force() -> None:
    """C05: 30 offences may come and go; coercive control (8U) has no first day, a code that ended is no news."""
    common = {("kent", quarter, "8L"): 100 for quarter in ("2022-04", "2022-07")}
    assert unlike(common | {("kent", "2022-04", "8U"): 30}, "C05") == []
    [told] = unlike(common | {("kent", "2022-04", "8U"): 31}, "C05")
    assert (told["of"], told["deviation"], told["value"]) == ("8U", -31.0, 0.0)
    [new] = unlike(common | {("kent", "2022-07", "8U"): 31}, "C05")
    assert new["deviation"] == 31.0
    ended = next(code for code, (_, _, _, ends) in rules().offences.items() if ends < "2022-07-01")
    assert unlike(common | {("kent", "2022-04", ended): 99}, "C05") == []


def test_a_total_that_changed_much_between_versions_is_told() -> None:
    """C06, of the table of revisions, and whatever else is unlike: a warning, with its cases."""
    revision = pd.DataFrame([{"supplier": "kent", "version": 2, "change": 90, "large": True}])
    calm = revision.assign(large=False)
    assert figures_are_like_others(NOTHING, calm).passed
    outcome = figures_are_like_others(NOTHING, revision)
    assert outcome.warning and outcome.cases.to_dict("records") == [
        {"rule": "C06", "supplier": "kent", "version": 2, "change": 90}
    ]


def test_quarters_before_cross_the_year() -> None:
    assert (before("2022-01", 3), before("2022-04", 3), before("2022-07", 12)) == ("2021-10", "2022-01", "2021-07")


def counted(cells: Cells, acknowledged: tuple[dict[str, str], ...] = ()) -> tuple[list[dict[str, Any]], Collected]:
    """What withholds, and what is left to count."""
    with held(cells) as collection:
        rows = comparisons(collection, NOTHING, acknowledged)
        left = {
            (row["supplier"], row["quarter"]) for row in collection.query("SELECT DISTINCT supplier, quarter FROM cube")
        }
        assert left == {*collection.counting}, (
            "the counts of a return that is withheld are gone, of all others they are there"
        )
        return [row for row in rows if row["withholds"]], collection


THREE = ("2022-04", "2022-07", "2022-10")


@pytest.mark.long
@pytest.mark.parametrize("wrong", [45_000, 150, 0])
@pytest.mark.parametrize("suppliers", [6, 1])
def test_a_total_far_outside_counts_nowhere_and_the_next_is_not_held_against_it(wrong: int, suppliers: int) -> None:
    """C02: 45 a quarter and then 1,000 times, three times and none of it; of a supplier alone as beside five others."""
    of_each = {(s, quarter, "8L"): 45 for s in SUPPLIERS[:suppliers] for quarter in THREE}
    [told], collection = counted(of_each | {("kent", "2022-07", "8L"): wrong})
    assert (told["rule"], told["supplier"], told["value"], told["period_start"]) == (
        "C02",
        "kent",
        wrong,
        datetime.date(2022, 7, 1),
    )
    assert of_each.keys() - {(*place, "8L") for place in collection.counting} == {("kent", "2022-07", "8L")}
    assert collection.withheld == {("kent", "2022-07"): {"C02"}}
    known = {
        "return_id": told["return_id"],
        "rule": "C02",
        "reason": "as counted",
        "who": "force crime registrar",
        "day": "2022-09-01",
    }
    later, whole = counted(of_each | {("kent", "2022-07", "8L"): wrong}, (known,))
    assert ("kent", "2022-07") in whole.counting, "acknowledged, and so the quarter after it is far from it"
    assert {row["period_start"] for row in later} == {datetime.date(2022, 10, 1)}
    other = known | {"return_id": "kent.of another version"}
    assert len(counted(of_each | {("kent", "2022-07", "8L"): wrong}, (other,))[0]) == 1
    assert counted(of_each | {("kent", "2022-07", "8L"): 130})[0] == [], "not three times as many"
    year_before = {(s, "2021-07", "8L"): 45 for s in SUPPLIERS[:suppliers]}
    odd = of_each | year_before | {("kent", "2022-04", "8L"): 45_000}
    [told], collection = counted(odd)
    assert collection.withheld == {("kent", "2022-04"): {"C02"}}, "the last before it that counts says so"
    assert told["other_value"] == 45 and told["value"] == 45_000


WRONG = ("kent", "2022-04", "8L")


@pytest.mark.slow
@pytest.mark.parametrize("suppliers", [1, 6])
def test_of_two_quarters_that_are_unlike_nobody_knows_which_is_wrong(suppliers: int) -> None:
    """A first quarter a thousand times too large had counted, and the right one after it had not."""
    of_each = {(s, quarter, "8L"): 45 for s in SUPPLIERS[:suppliers] for quarter in THREE[:2]}
    rows, collection = counted(of_each | {WRONG: 45_000})
    assert [(row["compared_with"], row["value"], row["withholds"]) for row in rows] == [
        ("last_quarter", 45.0, True), ("later_quarter", 45_000.0, True)
    ]  # fmt: skip
    assert not {place for place in collection.counting if place[0] == "kent"}
    # Sent again, the first frees the second; a third quarter says which of them was wrong; so does who acknowledges one.
    assert counted(of_each)[0] == []
    third = {(s, THREE[2], "8L"): 45 for s in SUPPLIERS[:suppliers]}
    [told], collection = counted(of_each | {WRONG: 45_000} | third)
    assert told["compared_with"] == "later_quarter" and collection.withheld == {WRONG[:2]: {"C02"}}
    known = {"rule": "C02", "reason": "as counted", "who": "force crime registrar", "day": "2022-09-01"}
    for acknowledged, out in ((rows[0], THREE[0]), (rows[1], THREE[1])):
        _, collection = counted(of_each | {WRONG: 45_000}, (known | {"return_id": acknowledged["return_id"]},))
        assert collection.withheld == {("kent", out): {"C02"}}


def test_wrong_quarters_one_after_the_other_are_held_against_the_last_that_counts() -> None:
    """The second of them had nothing beside it, as the first counted nowhere, and was published."""
    of_each = {("kent", quarter, "8L"): 45 for quarter in THREE}
    before_them = {("kent", "2022-01", "8L"): 45}
    _, collection = counted(of_each | before_them | {("kent", quarter, "8L"): 45_000 for quarter in THREE[1:]})
    assert collection.withheld == {("kent", quarter): {"C02"} for quarter in THREE[1:]}


@pytest.mark.slow
def test_none_after_a_steady_count_is_told_where_chance_does_not_give_it() -> None:
    """C02: of 14 in two quarters all in the first have a chance of 2^-14 (3.8 spreads), of 15 half of that (4.01)."""
    others = {(s, quarter, "8L"): 1000 for s in SUPPLIERS[1:] for quarter in THREE[:2]}
    for last, now, told in ((14, 0, False), (15, 0, True), (0, 15, True), (0, 14, False), (104, 0, True)):
        cells = others | {("kent", "2022-04", "8L"): last, ("kent", "2022-07", "8L"): now}
        assert [row["supplier"] for row in unlike(cells, "C02")] == ["kent"] * 2 * told, (last, now)


def test_a_share_far_outside_is_missing_from_its_threat_alone() -> None:
    """C03: half of 200 are domestic abuse, a spread is 0.035; none at all is 14 of them, 0.65 is 4."""
    half = everyone(100) | everyone(100, "8U")
    [told], collection = counted(half | {("kent", "2022-07", "8U"): 0, ("kent", "2022-07", "8L"): 200})
    assert (told["rule"], told["of"]) == ("C03", "domestic_abuse")
    assert collection.counting["kent", "2022-07"].told == ["online"] and len(collection.counting) == 6
    assert counted(half | {("kent", "2022-07", "8U"): 130, ("kent", "2022-07", "8L"): 70})[0] == []


@pytest.mark.parametrize(("times", "cells", "told"), [(1000, 5, True), (10, 5, True), (5, 5, False), (1000, 4, False)])
def test_counts_that_are_multiples_of_one_number_count_nowhere(times: int, cells: int, told: bool) -> None:
    """C09, also of a first quarter, which nothing can be held against. Some round to five; four counts are few."""
    codes = ("8L", "8N", "8U", "105A", "3B")[:cells]
    rows, collection = counted({("kent", "2022-04", code): times * (place + 2) for place, code in enumerate(codes)})
    assert [(row["rule"], row["deviation"]) for row in rows] == ([("C09", times)] if told else [])
    assert (("kent", "2022-04") in collection.counting) is not told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("offences", "scope", "told"),
    [
        (301, "collection", "all_recorded_crime"), (300, "collection", None),  # three times a share of 10% of 1,000
        (810_118, "synthetic_collection", "whole_country"), (810_117, "synthetic_collection", None),
    ],
)  # fmt: skip
def test_more_offences_than_there_can_be_count_nowhere_also_in_a_first_quarter(
    offences: int, scope: str, told: str | None
) -> None:
    """C10: all crime recorded there is 1,000 a quarter, of which each has 100 of women and girls; no supplier has a country's."""
    year = {"offence_code": "all_crime_excluding_fraud", "period_type": "year", "release": "r"}
    recorded = frame(
        "recorded.force_count",
        [{"area_code": rules().suppliers[s]["area_code"], "value": 4000.0} for s in SUPPLIERS], **year,
    )  # fmt: skip
    cells = everyone(100) | {("kent", "2022-07", "8L"): offences}
    with held(cells, scope) as collection:
        rows = [row for row in comparisons(collection, recorded) if row["rule"] == "C10"]
        assert (("kent", "2022-07") in collection.counting) is (told is None)
    assert [row["compared_with"] for row in rows] == [told] * (told is not None)
    assert all(row["deviation"] >= 200 for row in rows), "percent above what it is held against"
    # Beside fewer suppliers than a median takes, more than all crime there is.
    for total, out in ((1001, ["kent"]), (1000, [])):
        assert [row["supplier"] for row in unlike({("kent", "2022-07", "8L"): total}, "C10", recorded)] == out
    # None where the others have 10% of 1,000, beside as many suppliers as a median takes: nobody has recorded nothing there.
    none = {("kent", "2022-07", "8L"): 0}
    for others, out in ((everyone(100), ["kent"]), (everyone(29), []), ({("surrey", "2022-07", "8L"): 100}, [])):
        assert [row["supplier"] for row in unlike(others | none, "C10", recorded)] == out
    doubted = recorded.assign(doubt="unlike other releases")
    assert unlike({("kent", "2022-07", "8L"): 1001}, "C10", doubted) == [], "nothing is held against what is doubted"


@pytest.mark.parametrize(
    ("return_id", "out"), [("kent.2022-07", ["kent"]), ("kent.2022-04", []), ("kent.2022-07.1", [])]
)
def test_a_return_that_was_taken_back_counts_nowhere_and_is_held_against_nothing(
    return_id: str, out: list[str]
) -> None:
    """C11: of the quarter it was ten times what the others are; of another quarter, or of another version, nothing changes."""
    said = {
        "return_id": return_id,
        "rule": "C11",
        "reason": "double counted",
        "who": "force crime registrar",
        "day": "2022-11-01",
    }
    with held(everyone(1000) | {("kent", "2022-07", "8L"): 10_000}) as collection:
        rows = comparisons(collection, NOTHING, [said])
        counting = {supplier for supplier, _ in collection.counting}
    assert {*SUPPLIERS} - counting == {*out}
    told = [(row["rule"], row["supplier"], row["withholds"], row["acknowledged"]) for row in rows]
    assert told == [("C11", "kent", True, "double counted (force crime registrar, 2022-11-01)") for _ in out]
