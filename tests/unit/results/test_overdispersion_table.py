"""Which quarters phi is estimated from, where steps fall, when it is used, and what stands in for it."""

import datetime
from typing import Any

import numpy as np
import pytest
from handed import handed
from kit import COUNTED, Tables, day, frame

from assets.methods.overdispersion import quarterly_overdispersion
from assets.reconciled.ground.overdispersion import overdispersion
from assets.reconciled.ground.phi import Phis
from assets.reconciled.ground.reference_rows import Assumptions
from assets.recorded.parts_of_year import month_after, window_from
from assets.tables.records import Record, records

RELEASES = {"title": "t", "publisher": "p", "designation": "official", "held": False, "licence": "l", "citation": "c"}
ORDER = [("ons_appendix", "old", 1), ("ons_appendix", "ye-2025-12", 2), ("ho_prc_pfa", "ho", 3)]
BREAK = {
    "break_id": "b", "what_changed": "Counted anew", "direction": "up",
    "breaks_change": True, "scope": "ons_prc", "series_pattern": "prc.a5a.8Q",
    "kind": "recording", "citation": "c",
}  # fmt: skip
START = datetime.date(2020, 1, 1)
COUNTS = [1000.0, 1100, 1240, 1030, 1050, 1190, 1270, 1090, 1120, 1260, 1300, 1150]


def part(at: int, months: int, value: float, series: str = "prc.a5b.8Q", **more: Any) -> dict[str, Any]:
    start, end = window_from(month_after(START, at * months), months)
    kind = "quarter" if months == 3 else "month"
    return {"series": series, "period_start": start, "period_end": end, "period_type": kind, "value": value} | more


def months_of(quarters: list[float], **more: Any) -> list[dict[str, Any]]:
    return [
        part(3 * at + m, 1, count / 4 * (1, 1, 2)[m], **more) for at, count in enumerate(quarters) for m in range(3)
    ]


def made(
    tables: Tables, national: list[dict[str, Any]], by_force: list[dict[str, Any]] | None = None, breaks: Any = ()
) -> list[Record]:
    made = handed(
        overdispersion,
        offences=frame("recorded.offence_count", national, **COUNTED),
        forces=frame("recorded.force_count", by_force or [], **COUNTED),
        releases=[{"source": s, "release": r, "vintage_order": o} | RELEASES for s, r, o in ORDER],
        pairing=tables["reference.pairing"], memberships=tables["reference.offence_threat"], areas=tables["reference.area"],
        breaks=[BREAK | {"last_day": break_["date"]} | break_ for break_ in breaks],
    )  # fmt: skip
    return records(made)


def test_months_are_added_to_quarters_and_fitted_after_trend_and_season(tables: Tables) -> None:
    [row] = made(tables, months_of(COUNTS))
    by_hand = quarterly_overdispersion(COUNTS, first_quarter=1)
    assert (row["series"], row["counted_as"], row["quarters"]) == ("prc.a5a.8Q", "prc.a5b.8Q", 12)
    assert row["phi_found"] == pytest.approx(by_hand.raw_phi) and row["degrees_of_freedom"] == 12 - 5
    assert (row["phi_lower"], row["phi_upper"]) == pytest.approx(by_hand.interval.as_floats())
    assert row["used"] and len(row["inputs"]) == 36 and row["period_end"] == day("2022-12-31")


def test_one_release_is_taken_the_one_with_most_quarters_then_the_newest(tables: Tables) -> None:
    revised = [count + 40 for count in COUNTS[:8]]
    both = months_of(revised) + months_of(COUNTS, release="old")
    [row] = made(tables, both)
    assert row["quarters"] == 12 and row["release"] == "ons_appendix@old", "twelve quarters of the older one"
    [row] = made(tables, months_of(revised) + months_of(COUNTS[:8], release="old"))
    assert row["release"] == "ons_appendix@ye-2025-12"
    assert {name.rsplit("@", 1)[1] for name in row["inputs"]} == {"ye-2025-12"}


def test_fewer_than_eight_quarters_make_no_row(tables: Tables) -> None:
    assert made(tables, months_of(COUNTS[:7])) == []
    assert made(tables, months_of(COUNTS[:8])[:-1]) == [], "a month is missing, so its quarter is"


def test_a_break_is_a_step_and_too_little_freedom_leaves_the_assumption(tables: Tables) -> None:
    stepped = [count * (1.5 if at >= 6 else 1) for at, count in enumerate(COUNTS)]
    inside = [{"date": month_after(START, 18)}]
    [row] = made(tables, months_of(stepped), breaks=inside)
    assert row["steps"] == ["b"] and "a step at July 2021" in row["method"] and "break:b" in row["inputs"]
    assert row["phi_found"] == pytest.approx(quarterly_overdispersion(stepped, 1, {"x": 6}).raw_phi)
    [without] = made(tables, months_of(stepped))
    assert row["phi"] < without["phi"], "the step is not taken for noise"
    [short] = made(tables, months_of(stepped[:8]), breaks=inside)
    assert not short["used"] and short["degrees_of_freedom"] == 2 and "tracked assumption" in short["reason"]


def test_a_break_in_the_middle_of_a_quarter_counts_by_its_days(tables: Tables) -> None:
    [row] = made(tables, months_of(COUNTS), breaks=[{"date": datetime.date(2021, 8, 1)}])
    share = 31 / 92  # July of the third quarter
    assert row["phi_found"] == pytest.approx(quarterly_overdispersion(COUNTS, 1, {"x": 6 + share}).raw_phi)


def test_forces_are_added_up_where_all_of_them_are_held(tables: Tables) -> None:
    areas = [
        row["area_code"]
        for row in tables.rows("reference.area")
        if row["area_type"] in ("police_force", "special_force")
    ]
    assert len(areas) == 44
    source = {"series": "prc.ho_pfa.8Q", "source": "ho_prc_pfa", "release": "ho"}
    rows = [
        part(at, 3, count + 3 * i, area_code=area, **source)
        for at, count in enumerate(COUNTS)
        for i, area in enumerate(areas)
    ]
    [row] = made(tables, [], rows)
    whole = [44 * count + 3 * sum(range(44)) for count in COUNTS]
    assert (
        row["phi_found"] == pytest.approx(quarterly_overdispersion(whole).raw_phi)
        and row["counted_as"] == "prc.ho_pfa.8Q"
    )
    lost = [
        record
        for record in rows
        if not (record["area_code"] == areas[0] and record["period_start"] == month_after(START, 12))
    ]
    [row] = made(tables, [], lost)
    assert row["quarters"] == 11, "a quarter without one force has no national count, and keeps its place"
    gap: list[float | None] = [*whole]
    gap[4] = None
    assert row["phi_found"] == pytest.approx(quarterly_overdispersion(gap).raw_phi)


def test_the_sum_that_a_pairing_compares_has_its_own_overdispersion(tables: Tables) -> None:
    codes = {"8L": 1.0, "8M": 0.1, "8R": 0.5}
    rows = [one for code, f in codes.items() for one in months_of([f * c for c in COUNTS], series=f"prc.a5b.{code}")]
    found = {row["series"]: row for row in made(tables, rows)}
    together = quarterly_overdispersion([1.6 * count for count in COUNTS])
    assert found["prc.a5a.8L+prc.a5a.8M+prc.a5a.8R"]["phi_found"] == pytest.approx(together.raw_phi)
    assert len(found) == 4


def test_what_cannot_be_fitted_says_why(tables: Tables) -> None:
    [row] = made(tables, months_of([0.0] * 8))
    assert row["phi"] is None and not row["used"] and "all counts are zero" in row["reason"]


def test_the_estimate_is_taken_before_the_assumption_and_each_says_which_it_is(tables: Tables) -> None:
    tracked = Assumptions(tables["reference.assumption"])
    phis = Phis(tracked, tables["reconciled.overdispersion"])
    row = tables.row("reconciled.overdispersion", series="prc.a5a.8Q")
    estimated = phis.of(("prc.a5a.8Q",))
    assert (estimated.freedom, estimated.value, estimated.row_id) == (
        row["degrees_of_freedom"],
        row["phi"],
        row["row_id"],
    )
    assert estimated.largest == row["phi_widened"] and "is estimated" in estimated.said
    assumed = phis.of(("vawg.total",))
    assert assumed.freedom is None and assumed.row_id == "assumption:recorded_overdispersion_phi"
    assert (assumed.largest, assumed.value) == (115, 115) and "tracked assumption" in assumed.said
    unused = next(row for row in tables.rows("reconciled.overdispersion") if not row["used"])
    assert phis.of(tuple(unused["series"].split("+"))).freedom is None


def test_the_tracked_months_are_fitted_as_by_hand(tables: Tables) -> None:
    """8Q by quarter, October 2023 to September 2025, from the months of Table A5b of YE September 2025."""
    months = tables.rows("recorded.offence_count", series="prc.a5b.8Q")
    values = [row["value"] for row in sorted(months, key=lambda row: row["period_start"])]
    quarters = [sum(values[at : at + 3]) for at in range(0, 24, 3)]
    # The last four are the year to September 2025 that Table A5a prints.
    assert len(values) == 24 and sum(quarters[4:]) == 141_645
    season = np.array([(3 + at) % 4 for at in range(8)])
    design = np.column_stack([np.ones(8), np.arange(8), *(season == s for s in (0, 1, 2))]).astype(float)
    mu = np.array(quarters)
    for _ in range(25):  # iteratively reweighted least squares, written out
        z = np.log(mu) + (np.array(quarters) - mu) / mu
        beta = np.linalg.solve(design.T @ (design * mu[:, None]), design.T @ (mu * z))
        mu = np.exp(design @ beta)
    phi = float((((np.array(quarters) - mu) ** 2) / mu).sum() / 3)
    row = tables.row("reconciled.overdispersion", series="prc.a5a.8Q")
    assert row["phi_found"] == pytest.approx(phi, rel=1e-6) and row["degrees_of_freedom"] == 3
