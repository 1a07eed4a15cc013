"""The recorded side of a comparison, against values worked out by hand."""

import dataclasses
from typing import Any

import pytest
from kit import COUNTED, PAIRING, WOMEN_AMONG_FLAGGED, day, frame, ye

from assets.reconciled.gap.counts import RecordedCounts
from assets.reconciled.ground.comparison import Fieldwork
from assets.reconciled.ground.reference_rows import FULL_YEAR, Assumptions, CodeValidity
from schemas.codes import ENGLAND_AND_WALES

YEAR, BEFORE = ye("2023-03-31"), ye("2022-03-31")
EARLIER = {"period_start": BEFORE.start, "period_end": BEFORE.end}
TRACKED = {"assumption": "female_share.domestic_abuse.ye_2023_03", "lower": 72.4, "upper": 74.2}
FACTOR = {"assumption": "recall_year_mix_factor", "lower": 0.9, "upper": 1.2}
ONE = dataclasses.replace(PAIRING, recorded_series=("prc.a5a.8Q",))
TWO = dataclasses.replace(PAIRING, recorded_series=("prc.a5a.19C", "prc.a5a.19J"))
WOMEN = dataclasses.replace(ONE, sex="female", female_share="prc.da_flagged.female_victim_share")


def counts(*rows: dict[str, Any], shares: int = 0, tracked: bool = False) -> RecordedCounts:
    """shares: of so many years, the newest first, the female share is published."""
    known = frame(
        "reference.assumption",
        [FACTOR, TRACKED] if tracked else [FACTOR],
        unit="percent",
        applies_to="x",
        reason="r",
        citation="c",
    )
    share = frame("recorded.share", [WOMEN_AMONG_FLAGGED, WOMEN_AMONG_FLAGGED | EARLIER])
    return RecordedCounts(
        [frame("recorded.offence_count", rows, **COUNTED)],
        share.head(shares),
        Assumptions(known),
        names={"E23000035": "Devon and Cornwall"},
    )


def test_a_count_is_taken_as_printed() -> None:
    count = counts({"value": 117_177.0}).of(ONE, YEAR, ENGLAND_AND_WALES)
    assert count is not None and (count.value, count.lower, count.upper) == (117_177, 117_177, 117_177)
    assert (count.scope, count.unit, count.release, count.obs_status) == (
        "ons_prc",
        "offences",
        "ons_appendix@ye-2025-12",
        "normal",
    )
    assert count.inputs == ("count:prc.a5a.8Q:all:all:K04000001:2022-04-01..2023-03-31:ons_appendix@ye-2025-12",)


def test_series_are_added_up_and_a_missing_one_makes_the_sum_missing() -> None:
    both = counts({"series": "prc.a5a.19C", "value": 40.0}, {"series": "prc.a5a.19J", "value": 2.0})
    found = both.of(TWO, YEAR, ENGLAND_AND_WALES)
    assert found is not None and found.value == 42 and len(found.inputs) == 2
    count = counts({"series": "prc.a5a.19C", "value": 40.0}).of(TWO, YEAR, ENGLAND_AND_WALES)
    assert count is not None and (count.value, count.obs_status) == (None, "missing")
    assert count.notes[-1] == "no figure held of prc.a5a.19J"
    hidden = counts(
        {"series": "prc.a5a.19C", "value": 40.0}, {"series": "prc.a5a.19J", "value": None, "obs_status": "missing"}
    )
    found = hidden.of(TWO, YEAR, ENGLAND_AND_WALES)
    assert found is not None and found.value is None, "missing is not zero"


def test_a_code_that_did_not_exist_yet_is_not_missing() -> None:
    """19J is in use from April 2019: a year before it is whole without it, one that holds that day is not."""
    validity = CodeValidity({"prc.a5a.19J": (day("2019-04-01"), None), "prc.a5a.16": (None, day("2004-04-30"))})
    for end, value in (("2019-03-31", 40.0), ("2019-04-30", None), ("2020-03-31", None)):
        year = ye(end)
        recorded_counts = counts(
            {"series": "prc.a5a.19C", "value": 40.0, "period_start": year.start, "period_end": year.end}
        )
        recorded_counts.validity = validity
        count = recorded_counts.of(TWO, year, ENGLAND_AND_WALES)
        assert count is not None and count.value == value, end
    assert validity.unused(["prc.a5a.19J", "prc.a5a.16"], ye("2019-03-31")) == [
        "prc.a5a.19J was not in use before April 2019",
        "prc.a5a.16 was not in use after April 2004",
    ]
    printed = counts({"series": "prc.a5a.19C", "value": 40.0}, {"series": "prc.a5a.19J", "value": 2.0})
    printed.validity = CodeValidity({"prc.a5a.19J": (day("2024-04-01"), None)})
    count = printed.of(TWO, YEAR, ENGLAND_AND_WALES)
    assert count is not None and count.value == 42, "a printed figure counts, whatever the code's days"


def test_a_recalled_count_of_women_needs_the_share_of_both_years() -> None:
    """The share of YE March 2023 is held, that of YE March 2022 is not: its men would be mixed in."""
    rows = {"value": 911_232.0}, EARLIER | {"value": 910_976.0}
    recorded_counts = counts(*rows, shares=1)
    assert recorded_counts.of(WOMEN, YEAR, ENGLAND_AND_WALES).female_share_applied  # type: ignore[union-attr]
    assert recorded_counts.recalled(WOMEN, YEAR, BEFORE, ENGLAND_AND_WALES, FULL_YEAR) is None
    everybody = dataclasses.replace(WOMEN, sex="all")
    assert recorded_counts.recalled(everybody, YEAR, BEFORE, ENGLAND_AND_WALES, FULL_YEAR) is not None


def test_nought_of_both_years_has_a_recalled_count_of_nought_whatever_the_share() -> None:
    recorded_counts = counts({"value": 0.0}, EARLIER | {"value": 0.0}, shares=2)
    mixed = recorded_counts.recalled(WOMEN, YEAR, BEFORE, ENGLAND_AND_WALES, FULL_YEAR)
    assert mixed is not None and mixed.female_share_applied and (mixed.lower, mixed.value, mixed.upper) == (0, 0, 0)
    some = counts({"value": 100.0}, EARLIER | {"value": 0.0}, shares=2)
    mixed = some.recalled(WOMEN, YEAR, BEFORE, ENGLAND_AND_WALES, FULL_YEAR)
    assert mixed is not None and mixed.value == pytest.approx(0.73 * float(mixed.raw.midpoint))  # type: ignore[union-attr]


def test_nothing_held_is_no_count() -> None:
    assert counts({}).of(TWO, YEAR, ENGLAND_AND_WALES) is None
    assert counts({}).of(ONE, BEFORE, ENGLAND_AND_WALES) is None
    assert counts({}).of(ONE, YEAR, "E92000001") is None
    assert counts({}).periods(ONE, ENGLAND_AND_WALES) == {YEAR}


def test_a_code_that_may_belong_makes_the_upper_side_only() -> None:
    rape = dataclasses.replace(TWO, recorded_upper_series=("prc.a5a.20A",))
    rows = [
        {"series": f"prc.a5a.{code}", "value": value} for code, value in (("19C", 40.0), ("19J", 2.0), ("20A", 50.0))
    ]
    count = counts(*rows).of(rape, YEAR, ENGLAND_AND_WALES)
    assert count is not None and (count.value, count.lower, count.upper) == (42, 42, 92) and len(count.inputs) == 3


def test_a_published_female_share_is_taken_with_its_rounding() -> None:
    """911,232 x 73.0%, between 72.95% and 73.05%."""
    count = counts({"value": 911_232.0}, shares=1).of(WOMEN, YEAR, ENGLAND_AND_WALES)
    assert count is not None and count.value == pytest.approx(911_232 * 0.73)
    assert (count.lower, count.upper) == pytest.approx((911_232 * 0.7295, 911_232 * 0.7305))
    assert (
        count.female_share_applied and count.sex == "female" and any(row.startswith("share:") for row in count.inputs)
    )


def test_a_tracked_interval_stands_in_for_a_share_that_is_not_held() -> None:
    count = counts({"value": 911_232.0}, tracked=True).of(WOMEN, YEAR, ENGLAND_AND_WALES)
    assert count is not None and count.value == pytest.approx(911_232 * 0.733)
    assert (count.lower, count.upper) == pytest.approx((911_232 * 0.724, 911_232 * 0.742))
    assert "assumption:female_share.domestic_abuse.ye_2023_03" in count.inputs


def test_without_a_share_the_count_stays_that_of_all_victims() -> None:
    count = counts({"value": 911_232.0}).of(WOMEN, YEAR, ENGLAND_AND_WALES)
    assert count is not None and count.value == 911_232 and count.sex == "all" and not count.female_share_applied


def test_a_count_of_all_victims_holds_codes_of_one_sex_but_a_count_of_women_never_another_row() -> None:
    both = counts({"series": "prc.a5a.19C", "sex": "female", "value": 40.0}, {"series": "prc.a5a.19J", "value": 2.0})
    count = both.of(TWO, YEAR, ENGLAND_AND_WALES)
    assert count is not None and count.value == 42
    women = dataclasses.replace(ONE, recorded_sex="female")
    assert counts({"sex": "male"}).of(women, YEAR, ENGLAND_AND_WALES) is None
    sexes = counts({"sex": "male", "value": 30.0}, {"sex": "female", "value": 70.0}, {"sex": "all", "value": 100.0})
    count = sexes.of(women, YEAR, ENGLAND_AND_WALES)
    assert count is not None and count.value == 70


@pytest.mark.parametrize(
    ("leaves_out", "forces"),
    [("E23000035", ("Devon and Cornwall",)), ("E23000005;E23000035", ("Devon and Cornwall", "E23000005")), (None, ())],
)
def test_a_force_that_the_source_leaves_out_is_named(leaves_out: str | None, forces: tuple[str, ...]) -> None:
    count = counts({"leaves_out": leaves_out}).of(ONE, YEAR, ENGLAND_AND_WALES)
    assert count is not None and count.missing_forces == forces


def test_two_years_are_mixed_by_the_recall_window_of_a_full_year() -> None:
    """Half of each year by the day of interview; 26/48 of the earlier one by calendar months; a mix is off by 0.9 to 1.2."""
    recorded_counts = counts({"value": 200.0}, EARLIER | {"value": 100.0})
    count = recorded_counts.recalled(ONE, YEAR, BEFORE, ENGLAND_AND_WALES, FULL_YEAR)
    assert count is not None
    low, high = 100 * 26 / 48 + 200 * 22 / 48, 150.0
    assert (count.lower, count.upper) == pytest.approx((0.9 * low, 1.2 * high))
    assert count.value == pytest.approx((low + high) / 2)
    assert (count.period.start, count.period.end) == (day("2021-04-01"), day("2023-03-31"))
    assert count.period.kind == "multi_year" and len(count.inputs) == 3
    assert count.inputs[-1] == "assumption:recall_year_mix_factor"


def test_interviews_of_half_a_year_look_back_on_other_months() -> None:
    """October to March: (0,0,2,6,8,8,6,2)/8 and (0,0,2,5,6,6,4,1)/6, so a quarter or 7/24 of the earlier year."""
    recorded_counts = counts({"value": 200.0}, EARLIER | {"value": 100.0})
    count = recorded_counts.recalled(
        ONE, YEAR, BEFORE, ENGLAND_AND_WALES, Fieldwork(tuple(range(6, 12)), 1.0, "six months", None)
    )
    ends = (0.9 * (100 * 7 / 24 + 200 * 17 / 24), 1.2 * 175)
    assert count is not None and (count.lower, count.upper) == pytest.approx(ends)


def test_nothing_is_mixed_where_a_year_is_missing() -> None:
    assert counts({}).recalled(ONE, YEAR, BEFORE, ENGLAND_AND_WALES, FULL_YEAR) is None
    hidden = counts({}, EARLIER | {"value": None, "obs_status": "missing"})
    assert hidden.recalled(ONE, YEAR, BEFORE, ENGLAND_AND_WALES, FULL_YEAR) is None


def test_quarters_are_no_years() -> None:
    quarter = {"period_type": "quarter", "period_end": day("2022-06-30")}
    assert counts(quarter).periods(ONE, ENGLAND_AND_WALES) == set()


def test_a_sum_stands_as_low_as_the_lowest_of_its_parts() -> None:
    """An official part and a press copy: what is said of the sum is that it rests on a press copy."""
    count = counts(
        {"series": "prc.a5a.19C", "value": 1.0, "designation": "official"},
        {"series": "prc.a5a.19J", "offence_code": "19J", "value": 2.0, "designation": "press_copy"},
    ).of(TWO, YEAR, ENGLAND_AND_WALES)
    assert count is not None and (count.value, count.designation) == (3, "press_copy")
