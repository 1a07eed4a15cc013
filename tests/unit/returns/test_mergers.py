"""A force that becomes part of another inside a year: nothing that was sent is lost, and nobody is taken to be late."""

import csv
import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sent import many, rules, send, source
from test_collection import BESIDE, QUARTERS, audited, held_against, small_data
from test_comparisons import NOTHING, SUPPLIERS, Cells, held

from assets.collection.comparisons import comparisons
from assets.collection.cubes import collected
from assets.collection.national import _threats, national
from assets.collection.told.control import control
from assets.returns.intake.chase import chased
from assets.returns.intake.intake import Source, take_in
from assets.returns.intake.store import Judged, Store
from assets.returns.rules.rules import read_rules
from assets.returns.synthetic.make import Plan, make
from pipelines.cli import main

pytestmark = pytest.mark.slow

JOINED, LAST_DAY, NEXT_DAY = "kent_and_surrey", "2022-09-30", "2022-10-01"
EVERY = ("city_of_london", "kent", "surrey", JOINED)
START = pd.Timestamp("2023-04-01")
Place = tuple[Path, dict[str, pd.DataFrame], dict[tuple[str, str], str]]


def merged(folder: Path) -> Path:
    """A data root in which two of three suppliers become one in October."""
    data = small_data(folder)
    file = data / "reference" / "supplier.csv"
    with file.open(encoding="utf-8", newline="") as source:
        ends = {"valid_to": LAST_DAY, "succeeded_by": JOINED}
        rows = [row | (ends if row["supplier"] in JOINED else {}) for row in csv.DictReader(source)]
    joined = rows[0] | {"supplier": JOINED, "name": "Kent and Surrey", "area_code": "E23000099", "valid_from": NEXT_DAY}
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, joined])
    with (data / "reference" / "area.csv").open("a", encoding="utf-8") as areas:
        areas.write("E23000099,Kent and Surrey,police_force,E12000008,,,synthetic\n")
    return data


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The data root, the tables of five quarters, and the words of each refusal: every supplier sends for every quarter."""
    root = tmp_path_factory.mktemp("merged")
    data, refused = merged(root / "data"), {}
    source = Source(root / "inbox", Store(root / "store"), read_rules(data))
    make(source.inbox, Plan(EVERY, QUARTERS[:5], rows=8_000))
    for supplier in EVERY:
        for quarter in QUARTERS[:5]:
            [judged] = take_in(source, supplier, quarter)
            if "R04" in judged.refused:
                refused[supplier, quarter] = judged.refused["R04"]
    tables = national(root / "store", data, *BESIDE)
    return data, {key: held_against(key, one) for key, one in tables.items()}, refused


@pytest.mark.long
def test_a_year_holds_what_was_sent_before_and_after(place: Place) -> None:
    """All counts of the four quarters are of the country's year; the parts of a year are no force's year."""
    data, tables, _ = place
    years = tables["collection.threat_count"].query("period_type == 'year'").set_index(["threat", "area_code"])
    country = years.loc["all_vawg", "K04000001"]
    sent = tables["collection.offence_count"].query("period_start < @START.date()")
    assert set(sent["supplier"]) == {*EVERY} and country["offences"] == sent["offences"].sum() > 4_000
    assert country["suppliers_counted"] == country["suppliers_expected"] == 4
    assert {area for _, area in years.index} == {"K04000001", "E23000034"}
    whole = tables["collection.overlap"].query("area_code == 'K04000001'")
    assert set(whole["suppliers_counted"]) == {4} and set(tables["collection.overlap"]["area_code"]) == {"K04000001"}
    assert (tables["collection.union_bound"]["suppliers_expected"] == 4).all()
    assert audited((data, Path()), tables) == (True, True)


@pytest.mark.long
def test_no_rate_is_over_people_who_are_counted_in_two_areas(place: Place) -> None:
    class Hundred:
        """A hundred people live in every area."""

        def rate(self, offences: int, areas: list[str], *days: object) -> float | None:
            return offences / (100 * len(areas)) if areas else None

    data, held_rules = place[0], control(read_rules(place[0]).limits)
    with collected(Store(data.parent / "store"), data) as held:
        assert held is not None
        rows = _threats(held, held_rules, Hundred(), "year", datetime.date(2022, 4, 1), datetime.date(2023, 3, 31))  # type: ignore[arg-type]
    assert {row["rate"] for row in rows} == {None}, "the City of London has no rate of its own"


@pytest.mark.long
def test_nobody_is_late_and_no_change_is_given_where_others_sent_a_year_before(place: Place) -> None:
    tables = place[1]
    coverage = tables["collection.coverage"].set_index("period_start")
    assert list(coverage["suppliers_in"]) == list(coverage["suppliers_expected"]) == [3, 3, 2, 2, 2]
    assert coverage["missing"].isna().all() and coverage["share_of_offences"].isna().all()
    assert tables["collection.late_estimate"].empty and tables["collection.threat_count"]["change"].isna().all()


@pytest.mark.long
def test_who_sends_no_more_or_not_yet_is_told_so(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    data, _, refused = place
    assert {quarter for supplier, quarter in refused if supplier == "kent"} == set(QUARTERS[2:5])
    assert {quarter for supplier, quarter in refused if supplier == JOINED} == set(QUARTERS[:2])
    assert "kent sends until 2022-09-30; then kent_and_surrey does" in refused["kent", "2022-10"]
    assert "kent_and_surrey sends from 2022-10-01" in refused[JOINED, "2022-04"]
    asked = [
        "returns",
        "template",
        "--supplier",
        "kent",
        "--quarter",
        "2022-10",
        "--to",
        str(data / "x"),
        "--data",
        str(data),
    ]
    assert main(asked) == 2 and "kent sends until 2022-09-30" in capsys.readouterr().err


def test_who_takes_the_place_of_another_answers_for_its_quarters(tmp_path: Path) -> None:
    """It is asked for what is missing of them (assumed), and a crime of them is not recorded by it once more (C07)."""
    data = merged(tmp_path / "data")
    rules = read_rules(data)
    source = Source(data.parent / "nothing", Store(data.parent / "empty"), rules)
    asked = {row[0]: row[4] for row in chased(source, QUARTERS[0], datetime.date(2022, 11, 1))}
    assert (asked["kent"], asked["city_of_london"]) == ("of kent_and_surrey: a return", "a return")
    assert {row[0]: row[4] for row in chased(source, QUARTERS[0], datetime.date(2022, 9, 30))}["kent"] == "a return"
    again = Source(data.parent / "again", Store(data.parent / "again_store"), rules)
    rows, days = many(60), {"recorded_date": "2022-10-10", "outcome_date": ""}
    send(again.inbox, rows)
    send(again.inbox, [row | days | {"supplier_code": JOINED} for row in rows], sender=JOINED, supplier=JOINED, quarter="2022-10",
         extract_date="2023-01-20")  # fmt: skip
    for supplier, quarter in (("kent", "2022-04"), (JOINED, "2022-10")):
        assert take_in(again, supplier, quarter)[-1].accepted
    with collected(again.store, data) as held:
        assert held is not None
        told = [row for row in comparisons(held, BESIDE[0]) if row["rule"] == "C07"]
    assert [(row["supplier"], str(row["period_start"]), row["deviation"]) for row in told] == [
        (JOINED, "2022-10-01", 100.0)
    ]


def joined_on(
    day: str, cells: Cells, store: Store | None = None, counting: dict[tuple[str, str], Judged] | None = None
) -> list[dict[str, Any]]:
    """What is unlike others where kent and surrey have become one the day after."""
    last = datetime.date.fromisoformat(day)
    suppliers = dict(rules().suppliers)
    suppliers |= {
        before: suppliers[before] | {"valid_to": last, "succeeded_by": JOINED} for before in ("kent", "surrey")
    }
    suppliers[JOINED] = suppliers["essex"] | {"supplier": JOINED, "valid_from": last + datetime.timedelta(1)}
    with held(cells, store=store) as collection:
        sent = {of: judged for of, judged in collection.counting.items() if of in {cell[:2] for cell in cells}}
        return comparisons(
            replace(collection, rules=replace(rules(), suppliers=suppliers), counting=sent | (counting or {})), NOTHING
        )


OTHERS = {(supplier, quarter, "8L"): 1000 for supplier in SUPPLIERS[2:] for quarter in (*QUARTERS[:3], "2021-10")}


@pytest.mark.long
@pytest.mark.parametrize(
    ("day", "last"), [("2022-09-30", "2022-07"), ("2022-09-30", "2021-10"), ("2022-11-15", "2022-07")]
)
def test_who_takes_the_place_of_others_is_held_against_all_of_them(day: str, last: str) -> None:
    """C02, C05: of two forces 600 and 400 were sent; in the quarter in which they end all three send a part."""
    parts = {"kent": 200, "surrey": 100} if day > "2022-10" else {}

    def told(now: int, of_code: int = 0, **before: int) -> list[tuple[str, str, str, float]]:
        then = {
            (supplier, last, "8L"): count
            for supplier, count in ({"kent": 600, "surrey": 400} | before).items()
            if count
        }
        then |= {("kent", last, "8U"): 40} if before.get("kent") != 0 else {}
        cells = OTHERS | then | {(supplier, "2022-10", "8L"): count for supplier, count in parts.items()}
        cells |= {(JOINED, "2022-10", "8L"): now - sum(parts.values()), (JOINED, "2022-10", "8U"): of_code}
        rows = joined_on(day, cells)
        return [
            (row["rule"], row["supplier"], row["of"], row["deviation"])
            for row in rows
            if row["period_start"] == datetime.date(2022, 10, 1)
        ]

    assert told(1000, 40) == []
    assert told(1260, 40) == [("C02", JOINED, "all", 5.0)]
    assert told(1000) == ([("C05", JOINED, "8U", -40.0)] if last == "2022-07" else [])
    assert told(1000, kent=0) == [], "one of the two had not sent"


def test_rows_of_the_quarter_in_which_a_force_ends_are_another_supplier_s_and_of_no_earlier_quarter(
    tmp_path: Path,
) -> None:
    """C08, and not C07: both sent them for the same quarter."""
    chosen, counting = source(tmp_path), {}
    for supplier in ("kent", "surrey"):
        send(chosen.inbox, [row | {"supplier_code": supplier} for row in many(150)], sender=supplier, supplier=supplier)
        counting[supplier, "2022-04"] = take_in(chosen, supplier, "2022-04")[-1]
    cells = {(supplier, "2022-04", "8L"): 150 for supplier, _ in counting}
    rows = joined_on("2022-05-31", cells, chosen.store, counting)
    assert sorted((row["rule"], row["supplier"]) for row in rows) == [("C08", "kent"), ("C08", "surrey")]
