"""The recall kernel on released quarters: the Home Office open data by force, and the months of the Appendix tables.

Every expectation is added up again from the cells with the csv module, by formulas written out here. Skipped with a reason
where the released files are not at hand.
"""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import pandas as pd
import pytest
from kit import PAIRING, Tables, frame, reference, reference_table, ye
from test_open_data import APPENDIX, PSEUDO, number, plain, taken
from test_released_workbooks import cells

from assets.methods.overdispersion import quarterly_overdispersion
from assets.reconciled.gap.counts import RecordedCounts
from assets.reconciled.gap.recall_count import RecallCounts
from assets.reconciled.ground.comparison import Pairing
from assets.reconciled.ground.reference_rows import FULL_YEAR, Assumptions
from assets.recorded.parts_of_year import PartsOfYear, force_rows_of
from assets.tables.records import records
from schemas.derive import columns
from schemas.registry import contract

ROLLING, QUARTERS = "home_office/rec-crime-pfa.csv", "home_office/prc-pfa-mar2013-onwards-tables201718.csv"
GROUPS = {"Sexual offences": "sexual_offences", "Stalking and harassment": "stalking_and_harassment"}
YEARS = range(2009, 2019)
MIS_KEYED = {"2017-12-31": "30-12-2017"}  # as the file prints it; the reader's tracked correction says the same


@cache
def printed_years() -> Counter[tuple[str, str]]:
    """Offences of all forces by group and printed last day of the rolling year, added up from the cells."""
    added: Counter[tuple[str, str]] = Counter()
    for row in plain(ROLLING):
        if row["PFA"] not in PSEUDO:
            added[row["Offence"], row["12 months ending"]] += number(row["Rolling year total number of offences"])
    return added


def rolling(group: str, year: int) -> list[int]:
    """The five rolling years that end with the quarters from March of the year before to March of a year."""
    ends = [f"{year - 1}-03-31", f"{year - 1}-06-30", f"{year - 1}-09-30", f"{year - 1}-12-31", f"{year}-03-31"]
    named = [MIS_KEYED.get(end) or "-".join(reversed(end.split("-"))) for end in ends]
    return [printed_years()[group, name] for name in named]


def pairing(code: str) -> Pairing:
    return dataclasses.replace(PAIRING, recorded_series=(f"prc.a5a.{code}",))


@cache
def released(lost: tuple[str, str] | None = None) -> RecallCounts:
    """The rolling years by force as read, and nothing national; `lost` takes one force's year away."""
    forces, areas = taken(ROLLING)[1].frame, reference().areas
    if lost:
        forces = forces[~((forces["area_code"] == lost[0]) & (forces["period_end"].astype(str) == lost[1]))]
    few, known = force_rows_of(forces, areas, GROUPS.values())
    share = pd.DataFrame(columns=list(columns(contract("recorded.share").model)))
    tracked = frame("reference.assumption", [{"assumption": "a", "lower": 1.0, "upper": 1.0}], unit="u", applies_to="x",
                    reason="r", citation="c")  # fmt: skip
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    return RecallCounts(RecordedCounts([], share, Assumptions(tracked)), PartsOfYear([], records(few), known), names)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("group", GROUPS)
def test_the_matched_count_of_all_forces_is_that_of_the_cells(group: str, year: int) -> None:
    count = released().of(pairing(GROUPS[group]), ye(f"{year}-03-31", "survey_year"), FULL_YEAR)
    r = rolling(group, year)
    day = Fraction(r[0] + 2 * r[1] + 2 * r[2] + 2 * r[3] + r[4], 8)
    months = Fraction(2 * r[0] + 3 * r[1] + 3 * r[2] + 3 * r[3] + r[4], 12)
    assert count is not None and count.missing_forces == () and len(count.inputs) == 5 * 44
    assert (count.lower, count.upper) == pytest.approx(tuple(map(float, sorted((day, months)))))
    assert min(r) <= count.lower <= count.upper <= max(r)
    if r == sorted(r):  # in years of steady growth it lies between the two financial years
        assert r[0] < count.lower < r[4]


@pytest.mark.parametrize("group", GROUPS)
def test_quarters_and_rolling_years_give_one_kernel(group: str) -> None:
    """The four quarters of 2017/18, and those of 2016/17 by Q(t - 4) = Q(t) - (R(t) - R(t - 1)), under the printed weights.

    The two files are of two releases: the year to March 2018 differs by a few hundred offences, and so does the result.
    """
    added: Counter[str] = Counter()
    for row in plain(QUARTERS):
        if row["Force Name"] not in PSEUDO and group in (row["Offence Group"], row["Offence Subgroup"]):
            added[row["Financial Quarter"]] += number(row["Number of Offences"])
    now, r = [added[str(quarter)] for quarter in range(1, 5)], rolling(group, 2018)
    before = [now[at] - (r[at + 1] - r[at]) for at in range(4)]
    kernel = Fraction(sum(w * q for w, q in zip((1, 3, 5, 7, 7, 5, 3, 1), before + now, strict=True)), 8)
    count = released().of(pairing(GROUPS[group]), ye("2018-03-31", "survey_year"), FULL_YEAR)
    between_releases = sum(now) - r[4]
    assert count is not None and abs(between_releases) < 0.003 * r[4]
    assert float(kernel) - count.upper == pytest.approx(between_releases)


@pytest.mark.parametrize("group", [*GROUPS, "Violence with injury", "Violence without injury"])
def test_a_mix_of_two_years_is_off_by_no_more_than_the_tracked_factor(group: str) -> None:
    """A mix takes no account of when in the two years counts rose; the factor of `reference.assumption` says how much."""
    tracked = Assumptions(reference_table("assumption")).interval("recall_year_mix_factor")
    low, high = tracked.as_floats()
    for year in range(2008, 2019):
        r = rolling(group, year)
        by_day = (r[0] + 2 * r[1] + 2 * r[2] + 2 * r[3] + r[4]) / 8 / (r[0] / 2 + r[4] / 2)
        by_months = (2 * r[0] + 3 * r[1] + 3 * r[2] + 3 * r[3] + r[4]) / 12 / (r[0] * 13 / 24 + r[4] * 11 / 24)
        assert low < by_day < high and low < by_months < high, year


def test_a_force_without_one_rolling_year_is_left_out_of_all_and_named() -> None:
    lost = ("E23000005", "2017-09-30")  # Greater Manchester
    period = ye("2018-03-31", "survey_year")
    whole = released().of(pairing("sexual_offences"), period, FULL_YEAR)
    count = released(lost).of(pairing("sexual_offences"), period, FULL_YEAR)
    own = [
        number(row["Rolling year total number of offences"])
        for end in ("31-03-2017", "30-06-2017", "30-09-2017", "30-12-2017", "31-03-2018")
        for row in plain(ROLLING)
        if (row["PFA"], row["Offence"], row["12 months ending"]) == ("Greater Manchester", "Sexual offences", end)
    ]
    assert whole is not None and count is not None and count.missing_forces == ("Greater Manchester",)
    by_day = Fraction(own[0] + 2 * own[1] + 2 * own[2] + 2 * own[3] + own[4], 8)
    assert whole.upper is not None and count.upper == pytest.approx(whole.upper - float(by_day))


def month_rows(release: str) -> Iterator[tuple[str, list[float]]]:
    """Codes of Table A5b with their 24 months, as the workbook has them."""
    for row in cells(f"ons_appendix/{APPENDIX[release]}")["Table_A5b"]:
        if str(row[0]) and len(row) >= 26 and all(isinstance(cell, int | float) for cell in row[2:26]):
            yield str(row[0]), [float(cell) for cell in row[2:26]]


def test_the_tracked_months_give_the_overdispersion_of_the_workbook(tables: Tables) -> None:
    held = {row["series"]: row for row in tables.rows("reconciled.overdispersion")}
    seen = 0
    for code, months in month_rows("ye-2025-09"):
        row = held.get(f"prc.a5a.{code}")
        if row is None or row["steps"] or code == "21":  # 21 stands for two offences in the table
            continue
        quarters = [sum(months[at : at + 3]) for at in range(0, 24, 3)]
        assert row["phi_found"] == pytest.approx(quarterly_overdispersion(quarters, first_quarter=4).raw_phi), code
        assert (row["period_start"], row["period_end"]) == (datetime.date(2023, 10, 1), datetime.date(2025, 9, 30))
        seen += 1
    assert seen >= 20


@pytest.mark.parametrize("code", ["8Q", "19C", "20A", "8L"])
def test_rolling_years_of_the_months_are_those_that_are_printed(tables: Tables, code: str) -> None:
    """The twelve months to June 2024 of Table A5b (YE June 2025) are the rolling year that the matched count took."""
    months = dict(month_rows("ye-2025-06"))[code]
    period = ye("2024-06-30")
    row = tables.row("recorded.offence_count", series=f"prc.a5a.{code}", period_end=period.end, release="ye-2025-06")
    assert sum(months[:12]) == row["value"]
