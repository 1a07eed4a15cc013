"""Change: four forms, tests of two counts and two estimates, breaks that forbid one, models net of steps."""

import math
from collections.abc import Sequence
from typing import Any

import pytest
from handed import handed
from kit import day, frame

from assets.methods.interval import Interval
from assets.methods.survey import from_standard_error
from assets.reconciled.change.adjusted_count import adjusted_counts
from assets.reconciled.change.lines import SeriesVintages
from assets.reconciled.change.trend import trends
from assets.reconciled.change.trend_tests import net_of_steps, two_counts, two_estimates
from assets.reconciled.checks import a_linked_count_has_limits_and_no_point
from assets.reconciled.ground.breaks import Breaks
from assets.reconciled.ground.comparison import Break
from assets.reconciled.ground.effective_sample import published_size
from assets.reconciled.ground.force_years import ORIGINS
from assets.reconciled.ground.phi import Phi
from assets.tables.records import records

ORDER = {("ons", "old"): 1, ("ons", "new"): 2, ("press", "copy"): 3}
COUNT = {
    "series": "prc.a5a.8Q", "sex": "all", "age": "all", "area_code": "K04000001", "period_type": "year", "unit": "offences",
    "obs_status": "normal", "designation": "not_accredited", "printed": "1", "source": "ons", "release": "new", "sheet": "A5a",
    "scope": "ons_prc", "offence_code": "8Q", "offence": "Stalking", "level": "class",
    "leaves_out": None, "doubt": None,
}  # fmt: skip


def year(end: int, value: float, **more: Any) -> dict[str, Any]:
    window = {"period_start": day(f"{end - 1}-04-01"), "period_end": day(f"{end}-03-31"), "value": float(value)}
    return COUNT | window | {"row_id": f"count:{end}:{more.get('release', 'new')}"} | more


BREAK = {
    "break_id": "b", "date": day("2019-04-01"), "last_day": day("2019-04-01"), "what_changed": "Counted anew",
    "direction": "up", "breaks_change": True, "scope": "ons_prc",
    "series_pattern": "prc.a5a.8Q;vawg.*", "kind": "recording", "citation": "c",
}  # fmt: skip


RELEASES = frame(
    "meta.release", [{"source": s, "release": r, "vintage_order": o} for (s, r), o in ORDER.items()],
    title="t", publisher="p", designation="official", held=False, licence="l", citation="c",
)  # fmt: skip
FORCE = {"area_code": "E23000005", "name": "Greater Manchester", "area_type": "police_force", "citation": "c"}


def all_trends(
    counts: list[dict[str, Any]],
    breaks: list[dict[str, Any]],
    survey: list[dict[str, Any]] | None = None,
    statements: list[dict[str, Any]] | None = None,
    assumed: Sequence[dict[str, Any]] = (),
    days: tuple[str | None, str | None] = (None, None),
) -> list[dict[str, Any]]:
    phi = {"assumption": "recorded_overdispersion_phi", "lower": 1.0, "upper": 25.0, "unit": "ratio", "applies_to": "prc.*",
           "reason": "r", "citation": "c"}  # fmt: skip
    made = handed(
        trends, survey=survey or [], offences=counts, releases=RELEASES, breaks=breaks, assumptions=[phi, *assumed],
        statements=statements or [], areas=[FORCE],
        codes=[{"offence_code": "8Q", "valid_from": days[0] and day(days[0]), "valid_to": days[1] and day(days[1])}],
        series=[{"series": COUNT["series"], "offence_code": "8Q"}],
    )  # fmt: skip
    return records(made)


def test_the_four_forms_stand_apart() -> None:
    row = all_trends([year(2020, 100), year(2022, 144)], [])[0]
    assert (row["change_percent"], row["fold"], row["yearly_percent"]) == pytest.approx((44, 1.44, 20))
    assert row["change_points"] is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("days", "ends"),
    [
        ((None, None), {2019, 2020, 2021, 2022}),
        ((None, "2020-03-31"), {2019, 2020}),
        (("2019-11-01", None), {2020, 2021, 2022}),
        ((None, "2019-03-31"), set()),
    ],
)
def test_what_stands_under_a_code_out_of_use_is_no_change(days: tuple[str | None, str | None], ends: set[int]) -> None:
    """Table A5a prints 9 and 0 offences of trafficking for sexual exploitation (72) after the code had ended."""
    rows = all_trends([year(2019, 184), year(2020, 9), year(2021, 2), year(2022, 0)], [], days=days)
    assert {row[side].year for row in rows for side in ("from_end", "to_end")} == ends


def test_a_change_of_a_detailed_offence_may_be_of_what_is_assigned_to_none() -> None:
    """Table B2: 8L:008/29 went from 1,796 to 12,825 while 19,471 and 10,724 of its class were assigned to none."""
    kinds = {"8L:008/29": (1_796, 12_825), "8L:unassigned": (19_471, 10_724), "8L:008/30": (40_000, 70_000)}
    counts = [
        year(end, kinds[code][end - 2024], offence_code=code, series=f"prc.b2.{code}", row_id=f"count:{code}:{end}")
        for code in kinds
        for end in (2024, 2025)
    ]
    rows = {row["series"].removeprefix("prc.b2."): row for row in all_trends(counts, [])}
    said = [
        any("assigned to no detailed offence: the change may be" in one for one in rows[code]["caveats"])
        for code in kinds
    ]
    assert said == [True, False, False] and "19,471" in " ".join(rows["8L:008/29"]["caveats"])
    rest = rows["8L:unassigned"]
    assert (rest["before"], rest["after"], rest["verdict"]) == (19_471, 10_724, "block")
    assert rest["change_percent"] is None and rest["significance"] is None and "a matter of recording" in rest["reason"]


def test_without_a_break_the_change_is_tested_at_the_largest_overdispersion() -> None:
    row = all_trends([year(2020, 10_000), year(2022, 12_100)], [])[0]
    reach = 1.959964 * math.sqrt(25 / 10_000 + 25 / 12_100)
    assert (row["fold_lower"], row["fold_upper"]) == pytest.approx(
        (1.21 * math.exp(-reach), 1.21 * math.exp(reach)), rel=1e-6
    )
    assert row["verdict"] == "qualify"
    assert row["interval_source"] == "assumed"


def test_a_break_inside_leaves_the_arithmetic_and_no_test() -> None:
    row = all_trends([year(2019, 100), year(2020, 150)], [BREAK])[0]
    assert row["change_percent"] == pytest.approx(50)
    assert row["obs_status"] == "series_broken"
    assert (row["verdict"], row["breaks"]) == ("block", ["b"])
    assert row["p_value"] is row["method"] is row["fold_lower"] is None
    assert "April 2019: Counted anew" in row["reason"]


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [("2019-04-01", "2021-03-31", False), ("2018-04-01", "2019-03-31", False), ("2018-04-01", "2020-03-31", True),
     ("2018-07-01", "2019-04-01", True)],
)  # fmt: skip
def test_a_break_on_the_first_day_lies_before_and_on_the_last_inside(start: str, end: str, inside: bool) -> None:
    found = Breaks(frame("reference.comparability_break", [BREAK])).inside("vawg.total", day(start), day(end))
    assert bool(found) is inside


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [("2014-04-01", "2018-03-31", True), ("2013-04-01", "2014-03-31", True), ("2018-04-01", "2020-03-31", True),
     ("2018-12-31", "2020-03-31", False), ("2019-04-01", "2021-03-31", False), ("2012-04-01", "2013-12-31", False)],
)  # fmt: skip
def test_a_window_is_broken_when_it_overlaps_a_break_of_years(start: str, end: str, inside: bool) -> None:
    """Crime data integrity: January 2014 to December 2018."""
    long = BREAK | {"date": day("2014-01-01"), "last_day": day("2018-12-31")}
    found = Breaks(frame("reference.comparability_break", [long])).inside("vawg.total", day(start), day(end))
    assert bool(found) is inside
    assert all(
        str(series_break) == "January 2014 to December 2018: Counted anew (raises the figures)"
        for series_break in found
    )


def test_a_change_that_comes_day_by_day_is_told_from_the_trend() -> None:
    """3% a year, and recording that rises by 40% in equal daily steps of the log over two years."""
    first, last = day("2017-04-01"), day("2019-03-31")
    share = {2018: 0.25, 2019: 0.75}
    points = [
        year(end, 100_000 * 1.03 ** (end - 2014) * 1.4 ** (share.get(end, float(end > 2019)))) for end in range(2014, 2025)
    ]  # fmt: skip
    net = net_of_steps(points, [Break("b", first, last, "x", "break:b")])
    assert net is not None and net.value == pytest.approx(3, abs=0.01)
    assert "steps at April 2017 to March 2019" in net.method
    assert net_of_steps(points[:6], [Break("b", first, last, "x", "break:b")]) is None, "no two years after it"


@pytest.mark.parametrize("counted", sorted({f"{origin.split()[0]}.8Q" for origin in ORIGINS}))
def test_a_break_of_a_national_series_is_one_of_every_force_s_count_of_the_same_offence(counted: str) -> None:
    breaks, window = Breaks(frame("reference.comparability_break", [BREAK])), (day("2018-04-01"), day("2020-03-31"))
    assert breaks.inside(counted, *window) == breaks.inside("prc.a5a.8Q", *window) != ()
    assert breaks.inside(counted.replace("8Q", "8L"), *window) == ()


def test_a_break_that_only_touches_releases_is_not_counted() -> None:
    breaks = Breaks(frame("reference.comparability_break", [BREAK | {"breaks_change": False}]))
    assert breaks.inside("vawg.total", day("2018-04-01"), day("2023-03-31")) == ()


def test_an_exceptional_time_is_said_of_what_lies_in_it() -> None:
    times = BREAK | {
        "breaks_change": False,
        "kind": "circumstance",
        "date": day("2020-04-01"),
        "last_day": day("2021-03-31"),
    }
    breaks = Breaks(frame("reference.comparability_break", [BREAK, times]))
    years = [
        {"series": "vawg.total", "period_start": day(f"{end - 1}-04-01"), "period_end": day(f"{end}-03-31")}
        for end in range(2020, 2023)
    ]
    assert [bool(breaks.times(row)) for row in years] == [False, True, False]
    assert breaks.times(*years) and not breaks.times(years[1] | {"series": "csew.stalking"})
    assert breaks.inside("vawg.total", day("2019-04-01"), day("2022-03-31")) == ()


IN_APRIL = Break("b", day("2019-04-01"), day("2019-04-01"), "x", "break:b")


@pytest.mark.parametrize(("yearly", "step"), [(0, 1.3), (5, 1.4)])
def test_a_trend_under_a_step_is_found_again_and_none_where_the_step_is_all_of_the_change(
    yearly: int, step: float
) -> None:
    grown = {end: 100_000 * (1 + yearly / 100) ** (end - 2016) for end in range(2016, 2025)}
    net = net_of_steps([year(end, count * (step if end >= 2020 else 1)) for end, count in grown.items()], [IN_APRIL])
    assert net is not None and "steps at April 2019" in net.method
    assert net.value == pytest.approx(yearly, abs=1e-6)


def test_a_step_without_two_years_on_each_side_cannot_be_told_from_a_trend() -> None:
    points = [year(end, 100_000 + 1000 * end) for end in range(2016, 2021)]
    assert net_of_steps(points, [IN_APRIL]) is None
    assert net_of_steps(points, []) is None


def test_the_newest_release_that_prints_both_years_is_taken() -> None:
    line = SeriesVintages([year(2020, 1), year(2020, 2, release="old"), year(2021, 3, release="old")], ORDER)
    pair = next(line.pairs())
    assert (pair.before["value"], pair.after["value"]) == (2, 3)


def test_a_copy_that_prints_both_years_does_not_stand_in_for_the_publisher() -> None:
    copy = {"source": "press", "release": "copy", "designation": "press_copy"}
    line = SeriesVintages(
        [year(2020, 1, release="old"), year(2021, 3), year(2020, 8, **copy), year(2021, 9, **copy)], ORDER
    )
    pair = next(line.pairs())
    assert (pair.before["value"], pair.after["value"]) == (1, 3)


def test_pairs_are_march_years_and_others_only_in_succession() -> None:
    december = [
        COUNT | {"period_start": day(f"{y}-01-01"), "period_end": day(f"{y}-12-31"), "value": 1.0}
        for y in (2020, 2021, 2022)
    ]
    line = SeriesVintages([*december, year(2020, 1), year(2022, 2), year(2012, 2)], ORDER)
    ends = [(pair.before["period_end"].isoformat(), pair.after["period_end"].isoformat()) for pair in line.pairs()]
    assert ends == [("2020-03-31", "2022-03-31"), ("2020-12-31", "2021-12-31"), ("2021-12-31", "2022-12-31")]


def test_independent_events_are_tested_exactly() -> None:
    # 51 and 93: rate ratio 1.82, exact 95% limits 1.28 to 2.62 (conditional binomial, Clopper-Pearson).
    tested = two_counts(51, 93, None)
    assert tested is not None
    assert (tested.lower, tested.upper) == pytest.approx((1.28, 2.62), abs=0.01)
    assert two_counts(0, 0, None) is None
    assert two_counts(0, 5, Phi(Interval.closed(1, 2), 2, None, "assumption:a", "said")) is None


def published(end: int, value: float, error: float) -> dict[str, Any]:
    lower, upper = (from_standard_error(value / 100, error / 100) * 100).as_floats()
    return {
        "series": "csew.violence.face_to_face.16+.prevalence", "sex": "all", "age": "16+", "unit": "percent",
        "area_code": "K04000001", "period_start": day(f"{end - 1}-04-01"), "period_end": day(f"{end}-03-31"),
        "period_type": "survey_year", "value": value, "lower": lower, "upper": upper, "interval_source": "computed",
        "obs_status": "normal", "designation": "accredited", "printed": "0.1", "source": "ons", "release": "new",
        "sheet": "s", "instrument": "csew_face_to_face", "topic": "violence", "measure": "prevalence",
    }  # fmt: skip


def estimate(value: float, half: float = 0.0) -> dict[str, Any]:
    return {"value": value, "lower": value - half, "upper": value + half, "interval_source": "rounding"}


def test_with_an_estimated_overdispersion_two_counts_are_tested_by_student() -> None:
    """t of 3 degrees of freedom at 97.5% is 3.182446 (any table); p is twice the upper tail of t."""
    phi = Phi(Interval.point(99.0), 4.0, 3, "overdispersion:a", "said")
    tested = two_counts(10_000, 12_100, phi)
    error = math.sqrt(4 / 10_000 + 4 / 12_100)
    assert tested is not None and tested.source == "computed" and "Student's t on 3" in tested.method
    reach = 3.182446 * error
    assert (tested.lower, tested.upper) == pytest.approx((1.21 * math.exp(-reach), 1.21 * math.exp(reach)), rel=1e-6)
    t = math.log(1.21) / error
    # The tail of t on 3 degrees of freedom in closed form.
    angle = t / math.sqrt(3)
    tail = 0.5 - (angle / (1 + angle**2) + math.atan(angle)) / math.pi
    assert tested.p_value == pytest.approx(2 * tail, rel=1e-6)


def test_published_sampling_errors_are_used_as_they_are_and_counted_once() -> None:
    """Logit limits of 10% and 12% with standard errors of 0.5 and 0.6 points: z with exactly these errors."""
    rows = [published(2018, 10.0, 0.5), published(2019, 12.0, 0.6)]
    sizes = [published_size(row) for row in rows]
    assert sizes[0] == pytest.approx(0.1 * 0.9 / 0.005**2) and sizes[1] == pytest.approx(0.12 * 0.88 / 0.006**2)
    tested = two_estimates(rows[0], rows[1], tuple(Interval.point(size) for size in sizes))  # type: ignore[arg-type]
    reach = 1.959964 * math.hypot(0.5, 0.6)
    assert tested is not None and tested.source == "computed" and "published sampling errors" in tested.method
    assert (tested.lower, tested.upper) == pytest.approx((2 - reach, 2 + reach), rel=1e-6)


def test_a_change_of_estimates_with_published_errors_needs_no_assumption() -> None:
    [row] = all_trends([], [], [published(2018, 10.0, 0.5), published(2019, 12.0, 0.6)])
    reach = 1.959964 * math.hypot(0.5, 0.6)
    assert (row["points_lower"], row["points_upper"]) == pytest.approx((2 - reach, 2 + reach), rel=1e-6)
    assert row["interval_source"] == "computed" and not any(one.startswith("assumption:") for one in row["inputs"])


def test_two_estimates_are_tested_at_the_smallest_samples() -> None:
    # z = 2 points over sqrt(10 x 90 / 5000 + 12 x 88 / 5000), percentages.
    tested = two_estimates(estimate(10), estimate(12), (Interval.closed(5000, 9000), Interval.closed(5000, 9000)))
    assert tested is not None
    error = math.sqrt(10 * 90 / 5000 + 12 * 88 / 5000)
    assert (tested.lower, tested.upper) == pytest.approx((2 - 1.959964 * error, 2 + 1.959964 * error), rel=1e-6)
    assert tested.p_value == pytest.approx(math.erfc(2 / error / math.sqrt(2)), rel=1e-6)


def test_rounding_widens_the_interval_and_never_sharpens_the_p_value() -> None:
    sizes = (Interval.point(5000), Interval.point(5000))
    exact, rounded = (two_estimates(estimate(10, half), estimate(12, half), sizes) for half in (0, 0.5))
    assert exact is not None and rounded is not None
    assert rounded.lower == pytest.approx(exact.lower - 1)
    assert rounded.p_value > exact.p_value
    same = two_estimates(estimate(10, 0.5), estimate(10.4, 0.5), sizes)
    assert same is not None and same.p_value == 1
    assert two_estimates(estimate(0), estimate(1), sizes) is None


def test_a_change_is_significant_throughout_nowhere_or_by_the_assumptions() -> None:
    """2 points on 10%: standard errors of 0.42 and 0.46 points at 5,000, 3.3 times those at 80 respondents."""
    answers = {}
    for name, low, high in (("throughout", 5000, 9000), ("depends", 80, 9000), ("nowhere", 80, 90)):
        found = two_estimates(estimate(10), estimate(12), (Interval.closed(low, high), Interval.closed(low, high)))
        assert found is not None and found.p_least <= found.p_value
        answers[name] = found.significance
    assert answers == {name: name for name in answers}
    assumed = two_counts(10_000, 10_400, Phi(Interval.closed(1, 115), 115, None, "assumption:a", "said"))
    assert assumed is not None and assumed.significance == "depends"
    assert assumed.p_least == pytest.approx(math.erfc(math.log(1.04) / math.sqrt(2 * (1e-4 + 1 / 10_400))), rel=1e-6)


@pytest.mark.slow
def test_recorded_counts_are_tested_with_what_varies_from_year_to_year() -> None:
    """Around 100,000 the years go up and down by 5%: X^2 per degree of freedom is near 250, whatever the quarters say."""
    counts = [year(end, 100_000 * (1.05 if end % 2 else 0.95)) for end in range(2012, 2024)]
    rows = all_trends(counts, [])
    step = next(row for row in rows if (row["from_end"].year, row["to_end"].year) == (2022, 2023))
    assert "estimated from the residuals of 12 years around a trend" in step["method"]
    phi = float(step["method"].split("overdispersion ")[1].split(" ")[0])
    assert 100_000 * 0.05**2 * 0.9 < phi < 100_000 * 0.05**2 * 12 / 10 * 1.1
    assert step["significance"] == "nowhere" and "a test of recording" in step["reason"]
    few = all_trends(counts[-3:], [])
    assert all(any("between them, so the overdispersion" in said for said in row["caveats"]) for row in few)


def test_a_series_is_brought_to_its_newest_counting_by_limits_only() -> None:
    """5% a year, and counting that finds 40% more from April 2019 on: the years before by the newest rules are 1.4 times."""
    counts = [year(end, 100_000 * 1.05 ** (end - 2014) * (1.4 if end >= 2020 else 1)) for end in range(2014, 2025)]
    made = handed(adjusted_counts, offences=counts, releases=RELEASES, breaks=[BREAK])
    rows = {row["period_end"].year: row for row in records(made)}
    assert len(rows) == 11 and {end for end, row in rows.items() if row["linked"]} == set(range(2014, 2020))
    for end, row in rows.items():
        if row["linked"]:
            middle = math.sqrt(row["adjusted_lower"] * row["adjusted_upper"])
            assert row["adjusted_lower"] < row["recorded"] * 1.4 < row["adjusted_upper"], end
            assert middle == pytest.approx(row["recorded"] * 1.4, rel=1e-5) and list(row["breaks"]) == ["b"]
        else:
            assert row["adjusted_lower"] == row["adjusted_upper"] == row["recorded"]
    named = made.assign(row_id="adjusted:x")
    assert a_linked_count_has_limits_and_no_point.look(named).passed
    assert not a_linked_count_has_limits_and_no_point.look(named.assign(adjusted_upper=named["adjusted_lower"])).passed


def test_p_values_are_adjusted_within_their_family() -> None:
    rows = all_trends([year(end, 10_000 + 300 * end) for end in (2020, 2021, 2022)], [])
    assert [row["p_value"] <= row["p_adjusted"] for row in rows] == [True] * 3
    assert max(row["p_adjusted"] for row in rows) == pytest.approx(max(row["p_value"] for row in rows))
