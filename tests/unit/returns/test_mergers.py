"""A force that becomes part of another inside a year: nothing that was sent is lost, and nobody is taken to be late."""

import csv
import datetime
from pathlib import Path

import pandas as pd
import pytest
from sent import many, send
from test_collection import BESIDE, QUARTERS, audited, held_against, small_data

from assets.collection.comparisons import comparisons
from assets.collection.cubes import collected
from assets.collection.disclosure import control
from assets.collection.national import _threats, national
from assets.returns.chase import chased
from assets.returns.intake import Source, take_in
from assets.returns.rules import read_rules
from assets.returns.store import Store
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


def test_nobody_is_late_and_no_change_is_given_where_others_sent_a_year_before(place: Place) -> None:
    tables = place[1]
    coverage = tables["collection.coverage"].set_index("period_start")
    assert list(coverage["suppliers_in"]) == list(coverage["suppliers_expected"]) == [3, 3, 2, 2, 2]
    assert coverage["missing"].isna().all() and coverage["share_of_offences"].isna().all()
    assert tables["collection.late_estimate"].empty and tables["collection.threat_count"]["change"].isna().all()


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


def test_who_takes_the_place_of_another_answers_for_its_quarters(place: Place) -> None:
    """It is asked for what is missing of them (assumed), and a crime of them is not recorded by it once more (C07)."""
    data, rules = place[0], read_rules(place[0])
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
