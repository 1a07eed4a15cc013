"""Figures under a period in which nothing beside them stands."""

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubts_of, made, over

# SYNTHETIC estimates of one quantity in three measures, and their changes, in two years.
QUANTITY = "csew.violence.face_to_face.16+"
YEARS = ("2022-04-01/2023-03-31", "2023-04-01/2024-03-31", "2024-04-01/2025-03-31", "2021-04-01/2022-03-31")
MEASURES = ("incidents", "victims", "incidence_rate")


def doubted(tables: Tables, header: str = YEARS[0], base: str = YEARS[0], last: str = YEARS[2]) -> set[tuple[str, str]]:
    """Measure and reason of what is doubted, where the column of a year, of a change or of the last year has another header."""
    figures = []
    for at, measure in enumerate(MEASURES):
        for year in YEARS:
            said = {YEARS[0]: header if at == 0 else year, YEARS[2]: last}.get(year, year)
            figures.append(_made(tables, measure, said, at, value=100.0 + at))
        if at == 1:
            figures += [
                _made(tables, f"{measure}_change", YEARS[2], 5, value=0.0, characteristic="compared_with",
                      characteristic_value=said)
                for said in (base, YEARS[1], YEARS[3])
            ]  # fmt: skip
    rows = doubts_of(tables, *figures)
    return {
        (row["figure"].split(":")[1].split(".")[-1], word)
        for row in rows
        for word in ("not over", "A change on", "no other measure")
        if word in row["reason"]
    }


def _made(tables: Tables, measure: str, period: str, at: int, value: float, **said: object) -> pd.DataFrame:
    return made(
        tables, (f"{QUANTITY}.{measure}", "K04000001", value), source="ons_appendix", release="ye-2025-06", age="16+",
        sheet=f"Table {at}", unit="thousand_incidents", cell=f"D{10 + at}", **said, **over(*period.split("/")),
    )  # fmt: skip


def test_what_one_measure_alone_prints_of_a_year_is_doubted(tables: Tables) -> None:
    assert doubted(tables, header="2012-04-01/2013-03-31") == {("incidents", "no other measure")}


@pytest.mark.long
def test_a_change_on_a_year_that_is_not_printed_or_on_its_own_is_doubted(tables: Tables) -> None:
    for base in ("2012-04-01/2013-03-31", YEARS[2]):
        assert doubted(tables, base=base) == {("victims_change", "A change on")}


def test_what_ends_after_its_release_came_out_is_doubted(tables: Tables) -> None:
    assert doubted(tables, last="2034-04-01/2035-03-31") >= {(measure, "not over") for measure in MEASURES}


def test_figures_under_their_own_years_stand(tables: Tables) -> None:
    assert doubted(tables) == set()


QUARTERS = ["2023-07-01/2023-09-30", "2023-10-01/2023-12-31", "2024-01-01/2024-03-31", "2024-04-01/2024-06-30"]


def of_quarters(tables: Tables, quarters: list[str], says: str) -> list[str]:
    """The periods of a row of quarters of which so is said."""
    figures = [
        made(
            tables, ("prc.e2_share.all_offences", "K04000001", 15.5 + at / 10), source="ons_appendix", unit="percent",
            release="ye-2025-06", sheet="Worksheet_E2", cell=f"{'BCDE'[at]}10", **over(*quarter.split("/")),
        )
        for at, quarter in enumerate(quarters)
    ]  # fmt: skip
    return [row["figure"].split(":")[-2] for row in doubts_of(tables, *figures) if says in row["reason"]]


def test_what_spans_more_than_a_year_in_a_table_of_quarters_is_doubted(tables: Tables) -> None:
    """Table E2b of June and September 2025 is headed "Jan 2023 to Mar 2024" where its twin has January to March 2024."""
    quarters = [*QUARTERS[:2], "2023-01-01/2024-03-31", QUARTERS[3]]
    assert of_quarters(tables, quarters, "more than a year") == ["2023-01-01..2024-03-31"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("at", "quarter"), [(2, "2023-01-01/2023-03-31"), (0, "2024-07-01/2024-09-30"), (3, "2023-04-01/2023-06-30")]
)
def test_a_quarter_of_another_year_than_those_beside_it_is_doubted(tables: Tables, at: int, quarter: str) -> None:
    """The header of Table E2b of June and September 2025 as an editor would mend it: January to March of the year before."""
    quarters = [*QUARTERS[:at], quarter, *QUARTERS[at + 1 :]]
    assert of_quarters(tables, quarters, "of another year than") == [quarter.replace("/", "..")]


def test_quarters_in_their_order_stand(tables: Tables) -> None:
    assert of_quarters(tables, QUARTERS, "") == []
