"""The bridge and the funnel: what is multiplied, what is blocked, which ratios are shares."""

import math
from typing import Any

import pandas as pd
import pytest
from handed import handed
from kit import day, frame, reference_table

from assets.methods.survey import from_standard_error, wilson_interval
from assets.reconciled.justice.attrition import attrition, stages_by_threat
from assets.reconciled.justice.reporting_bridge import reporting_bridges
from assets.tables.records import Record, records

YEAR = {"period_start": day("2022-04-01"), "period_end": day("2023-03-31")}
COMMON = YEAR | {
    "sex": "all", "age": "16+", "area_code": "K04000001", "obs_status": "normal", "designation": "official", "printed": "1,000",
    "source": "ons", "release": "r", "sheet": "s",
}  # fmt: skip
RELEASE = {"source": "ons", "release": "r", "vintage_order": 1, "title": "t", "publisher": "p", "designation": "official",
           "held": False, "licence": "l", "citation": "c"}  # fmt: skip
BOXES = {
    "recorded_overdispersion_phi": (1, 1), "justice_overdispersion_phi": (1, 1), "repeat_beyond_cap": (1, 2),
    "recall_year_mix_factor": (1, 1),
    "household_population_share.all": (1, 1), "deff_self_completion": (1, 1), "self_completion_share": (1, 1),
    "share_female_of_sample": (0.5, 0.5), "household_population_share.female": (1, 1),
}  # fmt: skip


def assumptions() -> pd.DataFrame:
    common = {"unit": "u", "applies_to": "*", "reason": "r", "citation": "c"}
    boxes = [{"assumption": key, "lower": float(low), "upper": float(high)} for key, (low, high) in BOXES.items()]
    return frame("reference.assumption", boxes, **common)


def estimate(series: str, topic: str, measure: str, value: float, unit: str = "percent", **more: Any) -> dict[str, Any]:
    plain = {"instrument": "csew_self_completion_old", "period_type": "survey_year", "lower": value, "upper": value,
             "interval_source": "rounding"}  # fmt: skip
    return plain | {"series": series, "topic": topic, "measure": measure, "value": value, "unit": unit} | more


def flagged(series: str, value: float, **more: Any) -> dict[str, Any]:
    return {"series": series, "value": value, "unit": "offences", "period_type": "year", "scope": "ons_prc",
            "flag": "domestic_abuse", "offence_group": "all", "printed": f"{value:,.0f}"} | more  # fmt: skip


def bridge(estimates: list[dict[str, Any]], counts: list[dict[str, Any]]) -> list[Record]:
    person = {"series": "population.mid_year", "value": 1_000_000.0, "unit": "persons", "period_type": "mid_year",
              "period_start": day("2022-06-30"), "period_end": day("2022-06-30")}  # fmt: skip
    sample = estimate("csew.sample.16+.unweighted_base", "csew_sample", "unweighted_base", 20_000, "persons")
    made = handed(
        reporting_bridges, {"terms": "reference.reporting_bridge"}, terms=reference_table("reporting_bridge"),
        survey=frame("survey.estimate", [sample, *estimates], **COMMON),
        flagged=frame("recorded.flagged_count", counts, **COMMON),
        population=frame("population.estimate", [person], **COMMON), releases=[RELEASE], assumptions=assumptions(),
    )  # fmt: skip
    return records(made)


PARTNER = [
    estimate("csew.partner_abuse.old.16+.prevalence", "partner_abuse", "prevalence", 4.0),
    estimate("csew.partner_abuse.old.16+.told_police", "partner_abuse", "told_police", 20.0),
]
COUNT = [flagged("prc.b9.all_offences", 16_000.0)]


@pytest.mark.slow
def test_the_bridge_multiplies_and_closes() -> None:
    # 4% of 1,000,000 are 40,000; a fifth of them told the police: 8,000; 16,000 recorded are 2 for each.
    row = bridge(PARTNER, COUNT)[0]
    assert (row["estimated"], row["told_percent"], row["known"], row["closing"]) == pytest.approx(
        (40_000, 20, 8_000, 2)
    )
    assert row["known_lower"] < 8_000 < row["known_upper"]
    assert row["closing_lower"] < 2 < row["closing_upper"]
    assert row["closing_least"] == 0
    assert row["verdict"] == "qualify"
    assert "Not a reporting rate" in row["caveats"][0]


def test_the_share_is_limited_by_the_victims_in_the_sample() -> None:
    # 20,000 respondents x 4% are 800 victims.
    row = bridge(PARTNER, COUNT)[0]
    expected = tuple(100 * end for end in wilson_interval(0.2, 800).as_floats())
    assert (row["told_lower"], row["told_upper"]) == pytest.approx(expected)


@pytest.mark.slow
def test_published_limits_of_a_share_and_an_estimate_are_taken_as_they_are() -> None:
    """Limits of a published error: of the share itself; of the estimate as the sample that would give them."""
    told = PARTNER[1] | {"lower": 15.0, "upper": 26.0, "interval_source": "published"}
    [row, *_] = bridge([PARTNER[0], told], COUNT)
    assert (row["told_percent"], row["told_lower"], row["told_upper"]) == pytest.approx((20, 15, 26))
    estimated = (from_standard_error(0.04, 0.004) * 100).as_floats()
    own = PARTNER[0] | {"lower": estimated[0], "upper": estimated[1], "interval_source": "computed"}
    [row, *_] = bridge([own, PARTNER[1]], COUNT)
    limits = [1_000_000 * end / 100 for end in estimated]
    assert (row["estimated_lower"], row["estimated_upper"]) == pytest.approx(limits, rel=1e-6)
    assert "assumption:deff_self_completion" not in row["inputs"]


def test_crimes_per_victim_are_tried_and_not_known() -> None:
    rows = [row for row in bridge(PARTNER, COUNT) if row["bridge"] == "partner_abuse"]
    assert [row["multiplier"] for row in rows] == [1, 2, 3]
    assert [row["closing"] for row in rows] == pytest.approx([2, 1, 2 / 3])


@pytest.mark.slow
def test_without_a_count_or_a_share_nothing_is_bridged() -> None:
    for estimates, counts, lacks in (
        (PARTNER, [], "the recorded count is not held"),
        (PARTNER[:1], COUNT, "the share that the police came to know of is not held"),
    ):
        row = next(row for row in bridge(estimates, counts) if row["bridge"] == "partner_abuse")
        assert row["verdict"] == "block"
        assert lacks in row["reason"]
        assert row["known"] is row["closing"] is row["closing_least"] is None


def test_a_share_bridges_only_its_own_offence_window_and_sex() -> None:
    all_abuse = estimate("csew.domestic_abuse.old.16+.prevalence", "domestic_abuse", "prevalence", 5.0)
    rows = [row for row in bridge([*PARTNER, all_abuse], COUNT) if row["bridge"] == "domestic_abuse"]
    assert [row["verdict"] for row in rows] == ["block"]
    assert "REPORT" in rows[0]["reason"]
    terms = records(reference_table("reporting_bridge"))
    blocked = {row["bridge"] for row in terms if row["blocked"]}
    assert {"partner_abuse_women", "domestic_abuse"} <= blocked
    assert all(row["bridge"] in blocked for row in terms if "since_16" in row["bridge"])


def outcome(series: str, stage: str, value: float, printed: str, unit: str) -> dict[str, Any]:
    return {"series": series, "stage": stage, "topic": "domestic_abuse", "value": value, "printed": printed, "unit": unit,
            "period_type": "year", "scope": "cps_justice"}  # fmt: skip


def funnel(outcomes: list[dict[str, Any]]) -> dict[tuple[str, str, str], Record]:
    counts = [flagged("prc.b9.all_offences", 816_493.0)]
    made = handed(
        attrition, {"stages": "reference.attrition_stage"}, stages=reference_table("attrition_stage"),
        shares=reference_table("attrition_share"), outcomes=frame("recorded.outcome", outcomes, **COMMON),
        flagged=frame("recorded.flagged_count", counts, **COMMON), releases=[RELEASE], assumptions=assumptions(),
    )  # fmt: skip
    return {(row["from_stage"], row["to_stage"], row["figure"]): row for row in records(made)}


J = "justice.domestic_abuse."
# YE March 2025, as printed by the Domestic Abuse Commissioner and ONS.
STAGES = [
    outcome(f"{J}suspects_charged", "suspects_charged", 53_919.0, "53,919", "suspects"),
    outcome(f"{J}prosecutions", "prosecutions", 54_987.0, "54,987", "defendants"),
    outcome(f"{J}convictions", "convictions", 41_070.0, "41,070", "defendants"),
]
RATE = outcome(f"{J}conviction_rate", "conviction_rate", 74.7, "74.7%", "percent")


def test_only_a_true_subset_gets_a_share_and_a_ratio_may_exceed_one() -> None:
    rows = funnel(STAGES)
    convicted = rows["prosecuted", "convicted", "counts"]
    assert convicted["subset"] is True
    assert convicted["per_100"] == pytest.approx(74.7, abs=0.05)
    expected = tuple(100 * end for end in wilson_interval(41_070 / 54_987, 54_987).as_floats())
    assert (convicted["per_100_lower"], convicted["per_100_upper"]) == pytest.approx(expected)
    prosecuted = rows["charged", "prosecuted", "counts"]
    assert prosecuted["per_100"] == pytest.approx(102, abs=0.05)
    assert prosecuted["subset"] is False
    # ln(54,987 / 53,919) +/- 1.96 sqrt(1/54,987 + 1/53,919), overdispersion one; both counts printed to the unit (+/- 0.5).
    reach = 1.959964 * math.sqrt(1 / 54_987 + 1 / 53_919)
    limits = [100 * 54_987 / 53_919 * math.exp(sign * reach) for sign in (-1, 1)]
    assert (prosecuted["per_100_lower"], prosecuted["per_100_upper"]) == pytest.approx(limits, rel=3e-5)
    assert prosecuted["method"].startswith("ratio of two counts")
    assert not any(row["cohort"] for row in rows.values())


def test_a_printed_share_on_a_held_count_implies_the_count() -> None:
    rows = funnel([*STAGES[:2], RATE])
    implied = rows["recorded", "convicted", "implied"]
    assert implied["to_count"] == pytest.approx(0.747 * 54_987)
    assert rows["prosecuted", "convicted", "printed"]["interval_source"] == "computed"
    assert ("prosecuted", "convicted", "implied") not in rows


def test_a_printed_share_without_its_count_has_its_rounding_only() -> None:
    row = funnel([outcome(f"{J}charge_rate", "charge_rate", 79.9, "79.9%", "percent")])["decided", "charged", "printed"]
    assert row["interval_source"] == "rounding"
    assert (row["per_100_lower"], row["per_100_upper"]) == pytest.approx((79.85, 79.95))


def test_a_count_of_nought_has_limits_of_another_method_and_says_so() -> None:
    """Garwood's limits of nought are 0 and 3.689; of 54,987 about 54,528 and 55,449."""
    rows = funnel([STAGES[1], STAGES[2] | {"value": 0.0, "printed": "0"}, STAGES[0] | {"value": 0.0, "printed": "0"}])
    row = rows["recorded", "convicted", "counts"]
    assert row["per_100_lower"] == 0 and row["per_100_upper"] == pytest.approx(100 * 3.689 / 814_723, rel=1e-3)
    assert row["method"].startswith("quotient of the Poisson limits")
    assert ("charged", "prosecuted", "counts") not in rows, "nothing is given for every hundred of nought"


def test_stages_are_in_the_order_of_the_process() -> None:
    order = ["recorded", "referred", "charged", "prosecuted", "convicted"]
    found = stages_by_threat(reference_table("attrition_stage"))
    assert [stage["stage"] for stage in found["domestic_abuse"]] == order
