"""Every comparability rule by itself: what passes, what qualifies, what blocks, and the reason it gives.

The cases are those of `data/reference/rule.csv`. A case is one that every rule lets pass, but for what is changed.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from kit import COUNT, ROOT, YE_MARCH_2023, case, day, read_rows, ye

from assets.methods.interval import Interval
from assets.reconciled.gap import rules
from assets.reconciled.ground.comparison import Break, Case, ComparedPeriod, Fieldwork, Missing, Said

Rule = Callable[[Case], Said]
FULL = tuple(range(12))
BROKEN = Break("b", day("2022-11-01"), day("2022-11-01"), "Devon and Cornwall sends no data", "break:b")
NEW = {"instrument": "csew_self_completion_new"}
WIDE = {"lower": 500.0, "upper": 1900.0}
WOMEN = {"sex": "female"}
# rule, name, what is changed, result, words of the reason
CASES: list[tuple[Rule, str, dict[str, Any], str, str]] = [
    (rules.unit, "UNIT", {}, "qualify", "Victims are set against offences: a ratio only, never a difference"),
    (rules.unit, "UNIT", {"pairing": {"unit": "incidents"}}, "qualify", "Incidents are set against offences"),
    (rules.unit, "UNIT", {"pairing": {"unit": "incidents", "comparable_subset": True}}, "pass", "counts of crimes"),
    (rules.unit, "UNIT", {"pairing": {"comparable_subset": True}}, "qualify", "never a difference"),
    (rules.unit, "UNIT", {"pairing": {"recorded_unit": None}}, "pass", "Only one side"),
    (rules.present, "PRESENT", {}, "pass", "Both sides are held"),
    (rules.present, "PRESENT", {"estimate": False}, "block", "No estimate"),
    (rules.present, "PRESENT", {"count": False}, "block", "No count"),
    (rules.present, "PRESENT", {"estimate": {"value": None}}, "block", "No estimate"),
    (
        rules.present, "PRESENT", {"estimate": False, "count": {"value": None}}, "block",
        "No estimate, and whether one is published is not known; no count",
    ),
    (
        rules.present, "PRESENT", {"estimate": False, "missing": {"estimate": Missing("not_asked", "No module.", None, "a:1")}},
        "block", "No estimate, not asked or counted then: No module.",
    ),
    (
        rules.present, "PRESENT", {"count": False, "missing": {"count": Missing("not_held", "Printed.", "Table B9", "a:1")}},
        "block", "No count, published, or likely to be, but not held: Printed.",
    ),
    (
        rules.present, "PRESENT", {"estimate": {"value": None, "obs_status": "doubted"}},
        "block", "The published estimate contradicts other published figures",
    ),
    (
        rules.present, "PRESENT", {"count": {"value": None, "obs_status": "doubted"}},
        "block", "The published count contradicts other published figures",
    ),
    # A figure that stands there is no reason to block, whatever is said of it; the other side is the one that is missing.
    (rules.present, "PRESENT", {"estimate": {"obs_status": "doubted"}, "count": False}, "block", "No count"),
    (rules.concept, "CONCEPT", {}, "pass", "what the survey asks about"),
    (rules.concept, "CONCEPT", {"pairing": {"concept": "wider"}}, "qualify", "The concept is another one"),
    (rules.concept, "CONCEPT", {"pairing": {"concept": "narrower"}}, "qualify", "The concept is another one"),
    (rules.concept, "CONCEPT", {"pairing": {"concept": "overlapping"}}, "qualify", "The concept is another one"),
    (rules.concept, "CONCEPT", {"pairing": {"concept": "different"}}, "block", "The concept is another one"),
    (rules.concept, "CONCEPT", {"pairing": {"concept": "none"}}, "block", "The concept is another one"),
    (rules.scope, "SCOPE", {}, "pass", "one published scope"),
    (rules.scope, "SCOPE", {"count": False}, "pass", "No count"),
    (rules.scope, "SCOPE", {"count": {"scope": "policing_vawg"}}, "block", "scope policing_vawg"),
    (
        rules.scope, "SCOPE", {"count": {"scope": "policing_vawg"}, "pairing": {"recorded_scope": "policing_vawg"}},
        "qualify", "differs from the published statistics",
    ),
    (
        rules.scope, "SCOPE", {"count": {"scope": "collection"}, "pairing": {"recorded_scope": "collection"}},
        "qualify", "assembled from the forces' returns by an assumed definition",
    ),
    (rules.threat_sum, "THREAT-SUM", {}, "pass", "No threats are added"),
    (rules.threat_sum, "THREAT-SUM", {"pairing": {"recorded_series": ("vawg.total",)}}, "pass", "No threats are added"),
    (
        rules.threat_sum, "THREAT-SUM", {"pairing": {"recorded_series": ("vawg.rasso", "vawg.domestic_abuse")}},
        "block", "rasso, domestic_abuse may not be added",
    ),
    (
        rules.threat_sum, "THREAT-SUM", {"pairing": {"recorded_series": ("collection.rasso", "collection.spiking")}},
        "block", "rasso, spiking may not be added",
    ),
    (rules.threat_sum, "THREAT-SUM", {"pairing": {"recorded_series": ("vawg.rasso",)}}, "pass", "No threats are added"),
    (
        rules.threat_sum, "THREAT-SUM", {"pairing": {"recorded_series": ("prc.a5a.8Q", "prc.a5a.8R")}},
        "pass", "No threats are added",
    ),
    (rules.age, "AGE", {}, "pass", "16 and over"),
    (rules.age, "AGE", {"count": False}, "pass", "Only one side"),
    (rules.age, "AGE", {"count": {"age": "all"}}, "qualify", "The estimate is about ages 16+"),
    (rules.age, "AGE", {"estimate": {"age": "16-59"}}, "qualify", "older than 59"),
    (rules.age, "AGE", {"estimate": {"age": "16-74"}}, "qualify", "older than 74"),
    (rules.age, "AGE", {"estimate": {"age": "16-59"}, "count": {"age": "all"}}, "qualify", "16-59; the count holds children"),
    (rules.age, "AGE", {"count": {"age": "children"}}, "qualify", "the count holds children too"),
    (rules.age, "AGE", {"count": {"age": "10-17"}}, "qualify", "victims of other ages too (10-17)"),
    (rules.age, "AGE", {"estimate": {"age": "16-24"}}, "block", "16-24"),
    (rules.sex, "SEX", {}, "pass", ""),
    (rules.sex, "SEX", {"estimate": WOMEN}, "block", "no female share"),
    (rules.sex, "SEX", {"estimate": WOMEN, "count": WOMEN}, "pass", "carry the victim's sex"),
    (
        rules.sex, "SEX", {"estimate": WOMEN, "count": {"female_share_applied": True}}, "qualify", "female share",
    ),
    (
        rules.sex, "SEX", {"estimate": WOMEN, "count": WOMEN | {"female_share_applied": True}},
        "qualify", "all victims times a sourced female share",
    ),
    (
        rules.sex, "SEX", {"estimate": WOMEN, "count": {"sex": "female", "scope": "policing_vawg"}},
        "qualify", "how sex was established is not printed",
    ),
    (
        rules.sex, "SEX", {"estimate": WOMEN, "count": {"sex": "female", "scope": "collection"}},
        "pass", "The returns say the victim's sex.",
    ),
    (rules.sex, "SEX", {"estimate": {"sex": "all"}, "count": WOMEN}, "pass", "No side is restricted to one sex"),
    (rules.sex, "SEX", {"estimate": WOMEN, "count": False}, "pass", "No side is restricted to one sex"),
    (
        rules.geo, "GEO", {"area": "W92000004"}, "qualify",
        "The count is what the forces of W92000004 recorded, wherever the victims live",
    ),
    (rules.geo, "GEO", {"area": "W92000004", "count": False}, "pass", "Both sides are about W92000004"),
    (rules.geo, "GEO", {"count": {"missing_forces": ("Kent", "Gwent")}}, "qualify", "leaves out Kent, Gwent; the"),
    (rules.geo, "GEO", {}, "pass", "England and Wales"),
    (rules.cover, "COVER", {}, "pass", "twelve months"),
    (rules.cover, "COVER", {"count": False}, "pass", "No count"),
    (
        rules.cover, "COVER", {"count": {"value": None, "missing_forces": ("Kent", "Gwent")}},
        "block", "The year of Kent, Gwent is not held in full",
    ),
    (rules.cover, "COVER", {"count": {"missing_forces": ("Kent",)}}, "pass", "twelve months"),
    (rules.cover, "COVER", {"count": {"value": None}}, "pass", "twelve months"),
    (
        rules.cover, "COVER", {"count": {"period": ComparedPeriod(day("2022-05-01"), day("2023-03-31"), "multi_year")}},
        "block", "11 months only",
    ),
    (
        rules.cover, "COVER", {"count": {"period": ComparedPeriod(day("2022-10-01"), day("2023-03-31"), "half_year")}},
        "block", "6 months only and is never annualised",
    ),
    (rules.period, "PERIOD", {}, "qualify", "up to two years"),
    (rules.period, "PERIOD", {"estimate": False}, "pass", "Only one side"),
    (rules.vintage, "VINTAGE", {"count": {"release": "police@1; police@2"}}, "qualify", "several releases of one source"),
    (rules.vintage, "VINTAGE", {"count": {"release": "police@1; other@2"}}, "pass", "of the count police@1, other@2."),
    (rules.period, "PERIOD", {"period_match": "recall"}, "qualify", "recall window"),
    (rules.period, "PERIOD", {"period_match": "recall_quarters"}, "qualify", "quarters are weighted by the recall window"),
    (rules.period, "PERIOD", {"count": {"period": ye("2023-07-31")}}, "block", "August 2022 to July 2023"),
    (rules.recency, "RECENCY", {}, "pass", "no offences known to be non-recent"),
    (rules.recency, "RECENCY", {"pairing": {"non_recent": True}}, "qualify", "their share is not published"),
    (
        rules.recency, "RECENCY", {"pairing": {"non_recent": True}, "non_recent_share": Interval.closed(20.4, 24.8)},
        "qualify", "20.4 to 24.8%",
    ),
    (rules.series_break, "BREAK", {}, "pass", "No known break"),
    (rules.series_break, "BREAK", {"breaks": (BROKEN,)}, "qualify", "November 2022: Devon and Cornwall sends no data"),
    (rules.series_break, "BREAK", {"breaks": (BROKEN,), "count": False}, "pass", "No known break"),
    (rules.vintage, "VINTAGE", {}, "pass", "of the estimate survey@1; of the count police@1."),
    (rules.vintage, "VINTAGE", {"estimate": False, "count": False}, "pass", "none"),
    (rules.instrument, "INSTRUMENT", {}, "pass", "One instrument"),
    (rules.instrument, "INSTRUMENT", {"estimate": False}, "pass", "No estimate."),
    (rules.instrument, "INSTRUMENT", {"estimate": NEW}, "qualify", "a series of its own"),
    (rules.sample, "SAMPLE", {}, "pass", "full year of interviews"),
    (rules.sample, "SAMPLE", {"estimate": False}, "pass", "No estimate."),
    (
        rules.sample, "SAMPLE",
        {"estimate": {"designation": "in_development"}, "fieldwork": Fieldwork(FULL, 1.0, "half a sample", None)},
        "qualify", "The estimate rests on half a sample; the estimate is a statistic in development.",
    ),
    (rules.sample, "SAMPLE", {"estimate": {"designation": "press_copy"}}, "qualify", "The estimate was read in a copy"),
    (
        rules.sample, "SAMPLE", {"fieldwork": Fieldwork(FULL[:8], 1.0, "eight months of interviews", None)},
        "qualify", "eight months of interviews",
    ),
    (rules.sample, "SAMPLE", {"fieldwork": Fieldwork(FULL, 1.0, None, None)}, "pass", "full year"),
    (rules.sample, "SAMPLE", {"estimate": {"designation": "in_development"}}, "qualify", "in development"),
    (rules.suppress, "SUPPRESS", {}, "pass", "Nothing calls for suppression"),
    (rules.suppress, "SUPPRESS", {"estimate": False}, "pass", "No estimate."),
    (rules.suppress, "SUPPRESS", {"estimate": {"obs_status": "suppressed", "value": None}}, "block", "publisher suppressed"),
    (rules.suppress, "SUPPRESS", {"estimate": {"base": 49.0}}, "block", "base is 49, under 50"),
    (rules.suppress, "SUPPRESS", {"estimate": {"base": 50.0}}, "pass", "Nothing"),
    (rules.suppress, "SUPPRESS", {"estimate": {"lower": 0.0}}, "pass", "Nothing"),
    (rules.suppress, "SUPPRESS", {"estimate": WIDE}, "pass", "Nothing"),
    (rules.confidence, "CI", {}, "pass", "the publisher's"),
    (rules.confidence, "CI", {"estimate": False}, "pass", "No estimate."),
    (rules.confidence, "CI", {"estimate": {"value": None}}, "pass", "No estimate."),
    (rules.confidence, "CI", {"estimate": {"interval_source": "computed"}}, "pass", "computed from a sourced base"),
    (rules.confidence, "CI", {"estimate": {"interval_source": "assumed"}}, "qualify", "not a 95% interval"),
    (rules.confidence, "CI", {"estimate": {"interval_source": None}}, "block", "No sampling error"),
    (rules.confidence, "CI", {"estimate": {"core": None}}, "block", "no interval"),
    (rules.report, "REPORT", {}, "pass", "No reporting rate"),
    (rules.flag, "FLAG", {}, "pass", "not rest on a flag"),
    (rules.flag, "FLAG", {"pairing": {"flagged": True}}, "qualify", "not known"),
    (rules.flag, "FLAG", {"pairing": {"flagged": True}, "count": False}, "pass", "not rest on a flag"),
    (rules.sign, "SIGN", {}, "pass", "either sign"),
    (rules.sign, "SIGN", {"count": {"value": 2000.0}}, "pass", "More is recorded than estimated"),
]  # fmt: skip


def name(value: object) -> str:
    return value.__name__ if callable(value) else ""


@pytest.mark.parametrize(("rule", "key", "changed", "result", "words"), CASES, ids=name)
def test_a_rule_says_what_it_should(rule: Rule, key: str, changed: dict[str, Any], result: str, words: str) -> None:
    given, reason = rule(case(**changed))
    assert (rules.RULES[key], given.value) == (rule, result), reason
    assert words in reason
    assert reason.endswith(".") and (reason[0].isupper() or reason[0].isdigit())


def test_every_rule_is_tried_and_stands_in_the_reference_with_its_words() -> None:
    tried = {rule for rule, *_ in CASES}
    assert tried == set(rules.RULES.values())
    documented = {row["rule"] for row in read_rows(ROOT / "data/reference/rule.csv")}
    assert {key for _, key, *_ in CASES} == documented


@pytest.mark.parametrize("rule", rules.RULES.values(), ids=name)
def test_a_rule_speaks_of_every_case_even_without_sides(rule: Rule) -> None:
    for sides in ({}, {"estimate": False}, {"count": False}, {"estimate": False, "count": False}):
        assert rule(case(**sides))[1]
    empty = {
        "value": None,
        "lower": None,
        "upper": None,
        "core": None,
        "interval_source": None,
        "obs_status": "missing",
    }
    counted = {"value": None, "lower": None, "upper": None, "obs_status": "missing"}
    assert rule(case(estimate=empty, count=counted))[1]


@pytest.mark.parametrize("base", ["16+", "16-74", "16-59"])
def test_age_bases_are_never_joined(base: str) -> None:
    _, reason = rules.age(case(estimate={"age": base}, count={"age": "all"}))
    assert base in reason


def test_a_period_counts_its_months() -> None:
    year = COUNT.period
    assert (year.months, str(year)) == (12, "April 2022 to March 2023")
    assert dataclasses.replace(year, start=day("2023-03-01")).months == 1
    assert YE_MARCH_2023.kind == "survey_year"
