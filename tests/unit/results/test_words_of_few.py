"""What is said of very few offences, of doubted values and of files that were set aside. SYNTHETIC."""

import datetime
from typing import Any

import duckdb
import pytest

from assets.answers.health import ASIDE, RETURNS, collection, headline, unread
from assets.answers.recorded import force
from assets.reconciled.ground.force_population import CITY_OF_LONDON, NO_RATE
from assets.relations.blame.moved import power_of_ten
from assets.tables.asking import Asked
from assets.words.wording import rate, rate_digits
from pipelines.commands.tables import TerminalColumn
from schemas.views import VIEWS, Rows

ROW: dict[str, Any] = {
    "row_id": "x", "area_name": "Dorset", "threat": "rasso", "offence": "Exposure", "period_end": datetime.date(2018, 3, 31),
    "offences": 3.0, "rate_per_1000": 0.0031, "change_percent": None, "change_from": None, "obs_status": None, "place": 10,
    "forces_compared": 42, "position": "within the 95% limits", "limit_95_lower": 0.0004, "limit_95_upper": 0.0048,
    "national_rate_per_1000": 0.0021, "coverage": None,
}  # fmt: skip


def test_forces_with_very_few_offences_are_not_put_in_order_and_their_limits_are_no_noughts() -> None:
    said = force(ROW)  # type: ignore[arg-type]
    assert said["rate"] == 0.0031
    assert said["among_forces"] == (
        "fewer than 10 offences: too few for a place among forces; within the 95% limits (0.0004 to 0.0048 per 1,000); "
        "all forces 0.0021"
    )
    many = force(
        ROW | {"offences": 10.0, "limit_95_lower": 0.12, "limit_95_upper": 0.2, "national_rate_per_1000": 0.16}
    )  # type: ignore[arg-type]
    assert str(many["among_forces"]).startswith(
        "10th highest of 42 forces; within the 95% limits (0.12 to 0.20 per 1,000)"
    )
    first = force(ROW | {"offences": 10.0, "place": 1})  # type: ignore[arg-type]
    assert str(first["among_forces"]).startswith("highest of 42 forces; within")
    unrated = force(ROW | {"rate_per_1000": None, "caveats": ["A count.", NO_RATE[CITY_OF_LONDON]]})  # type: ignore[arg-type]
    assert (
        unrated["among_forces"]
        == "no rate is given: ONS suppresses rates of the City of London, which has few residents"
    )


@pytest.mark.parametrize(
    ("per_1000", "digits"), [(0.0, 2), (0.004, 4), (0.0381, 3), (0.00002, 6), (0.1, 2), (12.0, 2), (None, 2)]
)
def test_a_rate_has_decimals_that_show_it(per_1000: float | None, digits: int) -> None:
    assert rate_digits(per_1000) == digits


def test_a_small_rate_is_not_printed_as_nought() -> None:
    assert [rate(value) for value in (10.616, 3.0, 0.00055, None)] == ["10.62", "3.00", "0.00055", "[x]"]
    assert TerminalColumn("per 1,000", ("rate",), figure=True).text({"rate": 0.00055}) == "0.00055"


def test_every_view_that_may_show_a_doubted_value_says_so() -> None:
    meanings = {view.name: view.meaning for view in VIEWS}
    for name in ("share", "estimate", "offence_count", "force_count", "flagged_count"):
        assert "doubted value" in meanings[name] and "doubt says why" in meanings[name]
    assert not [view.name for view in VIEWS if view.rows is Rows.EVERY and "doubted value" in view.meaning]


def findings(*rows: tuple[str, str]) -> Asked:
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA meta; CREATE TABLE meta.source_file AS FROM (VALUES ('landing/a.xlsx', 'landing'), "
                       "('landing/a.xlsx.csv', 'set_aside'), ('figures/b.csv', 'figures')) AS t(path, kind)")  # fmt: skip
    connection.execute("CREATE TABLE meta.finding (kind VARCHAR, place VARCHAR)")
    connection.executemany("INSERT INTO meta.finding VALUES (?, ?)", rows)
    return Asked(connection)


def test_files_are_counted_and_not_what_is_wrong_in_them() -> None:
    asked = findings(
        ("table_set_aside", "a.xlsx, sheet 'B9', cell A4"), ("table_set_aside", "a.xlsx, sheet 'B9', label"),
        ("file_set_aside", "a.xlsx.csv, cell B2"), ("file_set_aside", "a.xlsx.csv, cell B3"),
        ("row_not_known", "a.xlsx, sheet 'B2'"),
        ("publication_set_aside", "data/layouts/made_up/tables.csv, line 2, column title"),
        ("publication_set_aside", "data/layouts/made_up/rows.csv, line 1, column group"),
    )  # fmt: skip
    [line] = unread(asked, datetime.date(2026, 11, 29))
    assert (line.measure, line.value, line.well) == (ASIDE, 3, False)
    assert line.said.startswith("3 files set aside, whole or in part: a.xlsx, a.xlsx.csv, data/layouts/made_up.")
    assert "1 finding of tables, rows or columns that are not known" in line.said
    assert headline([line]) == "Not all that landed is published. To know: 3 files set aside."


def test_what_is_only_not_known_sets_no_file_aside() -> None:
    [line] = unread(findings(("row_not_known", "a.xlsx, sheet 'B2'")), datetime.date(2026, 11, 29))
    assert line.well and line.said.startswith("Every file that landed was read. 1 finding")


COLLECTION = """
CREATE SCHEMA collection; CREATE SCHEMA reference;
CREATE TABLE reference.supplier AS FROM (VALUES ('kent', 'Kent'), ('btp', 'British Transport Police')) AS t(supplier, name);
CREATE TABLE reference.collection_limit AS SELECT 'due_days' AS "limit", 45.0 AS value;
CREATE TABLE collection.coverage (
    scope VARCHAR, period_start DATE, period_end DATE, suppliers_expected INT, suppliers_in INT, suppliers_refused INT,
    suppliers_withheld INT, suppliers_missing INT, missing VARCHAR
)
"""


def collected(*quarters: tuple[object, ...]) -> Asked:
    connection = duckdb.connect()
    connection.execute(COLLECTION)
    for quarter in quarters:
        connection.execute("INSERT INTO collection.coverage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", quarter)
    return Asked(connection)


OLD = ("synthetic_collection", "2022-10-01", "2022-12-31", 3, 0, 1, 1, 1, "btp;kent;nobody")
SPRING = ("synthetic_collection", "2023-01-01", "2023-03-31", 3, 3, 0, 0, 0, None)


def test_returns_that_are_not_in_the_collection_are_said_with_whom_to_ask() -> None:
    [line] = collection(collected(OLD, SPRING), datetime.date(2023, 6, 30))
    assert not line.well and (line.measure, line.value) == (RETURNS, 3)
    assert line.said == (
        "Synthetic force returns of October 2022 to December 2022: 0 of 3 suppliers count; not British Transport Police, Kent, "
        "nobody. Of 2 quarters together: 1 not sent, 1 refused, 1 so unlike others that they count nowhere."
    )
    assert line.remedy.endswith("darkfigure returns chase --quarter 2022-10")
    assert headline([line]) == "Nothing is broken. To know: 3 returns missing from the collection."
    [well] = collection(collected(SPRING), datetime.date(2023, 6, 30))
    assert well.well and well.said == "Synthetic force returns of January 2023 to March 2023: 3 of 3 suppliers count."
    assert not [*collection(collected(), datetime.date(2023, 6, 30))], (
        "of a collection that nobody began nothing is said"
    )


def test_a_return_is_missing_from_the_day_after_it_is_due_and_a_refused_one_at_once() -> None:
    autumn = ("collection", "2023-07-01", "2023-09-30", 2, 1, 0, 0, 1, "kent")
    due = datetime.date(2023, 9, 30) + datetime.timedelta(days=45)
    assert not [*collection(collected(autumn), due)]
    [late] = collection(collected(autumn), due + datetime.timedelta(days=1))
    assert late.said.startswith("Force returns of July 2023 to September 2023: 1 of 2 suppliers count; not Kent.")
    refused = (*autumn[:5], 1, 0, 0, "kent")
    [line] = collection(collected(refused), datetime.date(2023, 10, 1))
    assert line.value == 1 and line.said.endswith("Of 1 quarter together: 1 refused.")


class _Ratios:
    """Stands for the engine: how many times another release's figures are printed, in powers of ten."""

    def __init__(self, *powers: float) -> None:
        self.powers = powers

    def ask(self, _: str) -> list[dict[str, float]]:
        return [{"power": power} for power in self.powers]


@pytest.mark.parametrize(
    ("powers", "power"),
    [((-2, -2.001, -1.99, 0.3), -2), ((3, 3, 3), 3), ((0, 0.01, 0), 0), ((-2, -2, 0.1, 0.2), 0), ((), 0)],
)
def test_figures_of_another_unit_are_told_from_those_of_another_place(powers: tuple[float, ...], power: int) -> None:
    assert power_of_ten(_Ratios(*powers), [1]) == power  # type: ignore[arg-type]
