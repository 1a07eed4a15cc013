"""Every comparability rule by itself: what passes, what qualifies, what blocks, and the reason it gives.

The cases are those of `data/reference/rule.csv`. A case is one that every rule lets pass, but for what is changed.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from kit import COUNT, ROOT, YE_MARCH_2023, case, day, read_rows, ye

from assets.methods.interval import Interval
from assets.reconciled.gap.rules import flags, judge, kind, people, survey, time
from assets.reconciled.ground.comparison import Break, Case, ComparedPeriod, Fieldwork, Missing, Said

Rule = Callable[[Case], Said]
FULL = tuple(range(12))
BROKEN = Break("b", day("2022-11-01"), day("2022-11-01"), "Devon and Cornwall sends no data", "break:b")
NEW = {"instrument": "csew_self_completion_new"}
WIDE = {"lower": 500.0, "upper": 1900.0}
WOMEN = {"sex": "female"}
# rule, name, what is changed, result, words of the reason
CASES: list[tuple[Rule, str, dict[str, Any], str, str]] = [
    (kind.unit, "UNIT", {}, "qualify", "Victims are set against offences: a ratio only, never a difference"),
    (kind.unit, "UNIT", {"pairing": {"unit": "incidents"}}, "qualify", "Incidents are set against offences"),
    (kind.unit, "UNIT", {"pairing": {"unit": "incidents", "comparable_subset": True}}, "pass", "counts of crimes"),
    (kind.unit, "UNIT", {"pairing": {"comparable_subset": True}}, "qualify", "never a difference"),
    (kind.unit, "UNIT", {"pairing": {"recorded_unit": None}}, "pass", "Only one side"),
    (kind.present, "PRESENT", {}, "pass", "Both sides are held"),
    (kind.present, "PRESENT", {"estimate": False}, "block", "No estimate"),
    (kind.present, "PRESENT", {"count": False}, "block", "No count"),
    (kind.present, "PRESENT", {"estimate": {"value": None}}, "block", "No estimate"),
    (
        kind.present, "PRESENT", {"estimate": False, "count": {"value": None}}, "block",
        "No estimate, and whether one is published is not known; no count",
    ),
    (
        kind.present, "PRESENT", {"estimate": False, "missing": {"estimate": Missing("not_asked", "No module.", None, "a:1")}},
        "block", "No estimate, not asked or counted then: No module.",
    ),
    (
        kind.present, "PRESENT", {"count": False, "missing": {"count": Missing("not_held", "Printed.", "Table B9", "a:1")}},
        "block", "No count, published, or likely to be, but not held: Printed.",
    ),
    (
        kind.present, "PRESENT", {"estimate": {"value": None, "obs_status": "doubted"}},
        "block", "The published estimate contradicts other published figures",
    ),
    (
        kind.present, "PRESENT", {"count": {"value": None, "obs_status": "doubted"}},
        "block", "The published count contradicts other published figures",
    ),
    # A figure that stands there is no reason to block, whatever is said of it; the other side is the one that is missing.
    (kind.present, "PRESENT", {"estimate": {"obs_status": "doubted"}, "count": False}, "block", "No count"),
    (kind.concept, "CONCEPT", {}, "pass", "what the survey asks about"),
    (kind.concept, "CONCEPT", {"pairing": {"concept": "wider"}}, "qualify", "The concept is another one"),
    (kind.concept, "CONCEPT", {"pairing": {"concept": "narrower"}}, "qualify", "The concept is another one"),
    (kind.concept, "CONCEPT", {"pairing": {"concept": "overlapping"}}, "qualify", "The concept is another one"),
    (kind.concept, "CONCEPT", {"pairing": {"concept": "different"}}, "block", "The concept is another one"),
    (kind.concept, "CONCEPT", {"pairing": {"concept": "none"}}, "block", "The concept is another one"),
    (kind.scope, "SCOPE", {}, "pass", "one published scope"),
    (kind.scope, "SCOPE", {"count": False}, "pass", "No count"),
    (kind.scope, "SCOPE", {"count": {"scope": "policing_vawg"}}, "block", "scope policing_vawg"),
    (
        kind.scope, "SCOPE", {"count": {"scope": "policing_vawg"}, "pairing": {"recorded_scope": "policing_vawg"}},
        "qualify", "differs from the published statistics",
    ),
    (
        kind.scope, "SCOPE", {"count": {"scope": "collection"}, "pairing": {"recorded_scope": "collection"}},
        "qualify", "assembled from the forces' returns by an assumed definition",
    ),
    (kind.threat_sum, "THREAT-SUM", {}, "pass", "No threats are added"),
    (kind.threat_sum, "THREAT-SUM", {"pairing": {"recorded_series": ("vawg.total",)}}, "pass", "No threats are added"),
    (
        kind.threat_sum, "THREAT-SUM", {"pairing": {"recorded_series": ("vawg.rasso", "vawg.domestic_abuse")}},
        "block", "rasso, domestic_abuse may not be added",
    ),
    (
        kind.threat_sum, "THREAT-SUM", {"pairing": {"recorded_series": ("collection.rasso", "collection.spiking")}},
        "block", "rasso, spiking may not be added",
    ),
    (kind.threat_sum, "THREAT-SUM", {"pairing": {"recorded_series": ("vawg.rasso",)}}, "pass", "No threats are added"),
    (
        kind.threat_sum, "THREAT-SUM", {"pairing": {"recorded_series": ("prc.a5a.8Q", "prc.a5a.8R")}},
        "pass", "No threats are added",
    ),
    (people.age, "AGE", {}, "pass", "16 and over"),
    (people.age, "AGE", {"count": False}, "pass", "Only one side"),
    (people.age, "AGE", {"count": {"age": "all"}}, "qualify", "The estimate is about ages 16+"),
    (people.age, "AGE", {"estimate": {"age": "16-59"}}, "qualify", "older than 59"),
    (people.age, "AGE", {"estimate": {"age": "16-74"}}, "qualify", "older than 74"),
    (people.age, "AGE", {"estimate": {"age": "16-59"}, "count": {"age": "all"}}, "qualify", "16-59; the count holds children"),
    (people.age, "AGE", {"count": {"age": "children"}}, "qualify", "the count holds children too"),
    (people.age, "AGE", {"count": {"age": "10-17"}}, "qualify", "victims of other ages too (10-17)"),
    (people.age, "AGE", {"estimate": {"age": "16-24"}}, "block", "16-24"),
    (people.sex, "SEX", {}, "pass", ""),
    (people.sex, "SEX", {"estimate": WOMEN}, "block", "no female share"),
    (people.sex, "SEX", {"estimate": WOMEN, "count": WOMEN}, "pass", "carry the victim's sex"),
    (
        people.sex, "SEX", {"estimate": WOMEN, "count": {"female_share_applied": True}}, "qualify", "female share",
    ),
    (
        people.sex, "SEX", {"estimate": WOMEN, "count": WOMEN | {"female_share_applied": True}},
        "qualify", "all victims times a sourced female share",
    ),
    (
        people.sex, "SEX", {"estimate": WOMEN, "count": {"sex": "female", "scope": "policing_vawg"}},
        "qualify", "how sex was established is not printed",
    ),
    (
        people.sex, "SEX", {"estimate": WOMEN, "count": {"sex": "female", "scope": "collection"}},
        "pass", "The returns say the victim's sex.",
    ),
    (people.sex, "SEX", {"estimate": {"sex": "all"}, "count": WOMEN}, "pass", "No side is restricted to one sex"),
    (people.sex, "SEX", {"estimate": WOMEN, "count": False}, "pass", "No side is restricted to one sex"),
    (
        people.geo, "GEO", {"area": "W92000004"}, "qualify",
        "The count is what the forces of W92000004 recorded, wherever the victims live",
    ),
    (people.geo, "GEO", {"area": "W92000004", "count": False}, "pass", "Both sides are about W92000004"),
    (people.geo, "GEO", {"count": {"missing_forces": ("Kent", "Gwent")}}, "qualify", "leaves out Kent, Gwent; the"),
    (people.geo, "GEO", {}, "pass", "England and Wales"),
    (people.cover, "COVER", {}, "pass", "twelve months"),
    (people.cover, "COVER", {"count": False}, "pass", "No count"),
    (
        people.cover, "COVER", {"count": {"value": None, "missing_forces": ("Kent", "Gwent")}},
        "block", "The year of Kent, Gwent is not held in full",
    ),
    (people.cover, "COVER", {"count": {"missing_forces": ("Kent",)}}, "pass", "twelve months"),
    (people.cover, "COVER", {"count": {"value": None}}, "pass", "twelve months"),
    (
        people.cover, "COVER", {"count": {"period": ComparedPeriod(day("2022-05-01"), day("2023-03-31"), "multi_year")}},
        "block", "11 months only",
    ),
    (
        people.cover, "COVER", {"count": {"period": ComparedPeriod(day("2022-10-01"), day("2023-03-31"), "half_year")}},
        "block", "6 months only and is never annualised",
    ),
    (time.period, "PERIOD", {}, "qualify", "up to two years"),
    (time.period, "PERIOD", {"estimate": False}, "pass", "Only one side"),
    (time.vintage, "VINTAGE", {"count": {"release": "police@1; police@2"}}, "qualify", "several releases of one source"),
    (time.vintage, "VINTAGE", {"count": {"release": "police@1; other@2"}}, "pass", "of the count police@1, other@2."),
    (time.period, "PERIOD", {"period_match": "recall"}, "qualify", "recall window"),
    (time.period, "PERIOD", {"period_match": "recall_quarters"}, "qualify", "quarters are weighted by the recall window"),
    (time.period, "PERIOD", {"count": {"period": ye("2023-07-31")}}, "block", "August 2022 to July 2023"),
    (time.recency, "RECENCY", {}, "pass", "no offences known to be non-recent"),
    (time.recency, "RECENCY", {"pairing": {"non_recent": True}}, "qualify", "their share is not published"),
    (
        time.recency, "RECENCY", {"pairing": {"non_recent": True}, "non_recent_share": Interval.closed(20.4, 24.8)},
        "qualify", "20.4 to 24.8%",
    ),
    (time.series_break, "BREAK", {}, "pass", "No known break"),
    (time.series_break, "BREAK", {"breaks": (BROKEN,)}, "qualify", "November 2022: Devon and Cornwall sends no data"),
    (time.series_break, "BREAK", {"breaks": (BROKEN,), "count": False}, "pass", "No known break"),
    (time.vintage, "VINTAGE", {}, "pass", "of the estimate survey@1; of the count police@1."),
    (time.vintage, "VINTAGE", {"estimate": False, "count": False}, "pass", "none"),
    (survey.instrument, "INSTRUMENT", {}, "pass", "One instrument"),
    (survey.instrument, "INSTRUMENT", {"estimate": False}, "pass", "No estimate."),
    (survey.instrument, "INSTRUMENT", {"estimate": NEW}, "qualify", "a series of its own"),
    (survey.sample, "SAMPLE", {}, "pass", "full year of interviews"),
    (survey.sample, "SAMPLE", {"estimate": False}, "pass", "No estimate."),
    (
        survey.sample, "SAMPLE",
        {"estimate": {"designation": "in_development"}, "fieldwork": Fieldwork(FULL, 1.0, "half a sample", None)},
        "qualify", "The estimate rests on half a sample; the estimate is a statistic in development.",
    ),
    (survey.sample, "SAMPLE", {"estimate": {"designation": "press_copy"}}, "qualify", "The estimate was read in a copy"),
    (
        survey.sample, "SAMPLE", {"fieldwork": Fieldwork(FULL[:8], 1.0, "eight months of interviews", None)},
        "qualify", "eight months of interviews",
    ),
    (survey.sample, "SAMPLE", {"fieldwork": Fieldwork(FULL, 1.0, None, None)}, "pass", "full year"),
    (survey.sample, "SAMPLE", {"estimate": {"designation": "in_development"}}, "qualify", "in development"),
    (survey.suppress, "SUPPRESS", {}, "pass", "Nothing calls for suppression"),
    (survey.suppress, "SUPPRESS", {"estimate": False}, "pass", "No estimate."),
    (survey.suppress, "SUPPRESS", {"estimate": {"obs_status": "suppressed", "value": None}}, "block", "publisher suppressed"),
    (survey.suppress, "SUPPRESS", {"estimate": {"base": 49.0}}, "block", "base is 49, under 50"),
    (survey.suppress, "SUPPRESS", {"estimate": {"base": 50.0}}, "pass", "Nothing"),
    (survey.suppress, "SUPPRESS", {"estimate": {"lower": 0.0}}, "pass", "Nothing"),
    (survey.suppress, "SUPPRESS", {"estimate": WIDE}, "pass", "Nothing"),
    (survey.confidence, "CI", {}, "pass", "the publisher's"),
    (survey.confidence, "CI", {"estimate": False}, "pass", "No estimate."),
    (survey.confidence, "CI", {"estimate": {"value": None}}, "pass", "No estimate."),
    (survey.confidence, "CI", {"estimate": {"interval_source": "computed"}}, "pass", "computed from a sourced base"),
    (survey.confidence, "CI", {"estimate": {"interval_source": "assumed"}}, "qualify", "not a 95% interval"),
    (survey.confidence, "CI", {"estimate": {"interval_source": None}}, "block", "No sampling error"),
    (survey.confidence, "CI", {"estimate": {"core": None}}, "block", "no interval"),
    (survey.report, "REPORT", {}, "pass", "No reporting rate"),
    (flags.flag, "FLAG", {}, "pass", "not rest on a flag"),
    (flags.flag, "FLAG", {"pairing": {"flagged": True}}, "qualify", "not known"),
    (flags.flag, "FLAG", {"pairing": {"flagged": True}, "count": False}, "pass", "not rest on a flag"),
    (flags.sign, "SIGN", {}, "pass", "either sign"),
    (flags.sign, "SIGN", {"count": {"value": 2000.0}}, "pass", "More is recorded than estimated"),
]  # fmt: skip


def name(value: object) -> str:
    return value.__name__ if callable(value) else ""


@pytest.mark.parametrize(("rule", "key", "changed", "result", "words"), CASES, ids=name)
def test_a_rule_says_what_it_should(rule: Rule, key: str, changed: dict[str, Any], result: str, words: str) -> None:
    given, reason = rule(case(**changed))
    assert (judge.RULES[key], given.value) == (rule, result), reason
    assert words in reason
    assert reason.endswith(".") and (reason[0].isupper() or reason[0].isdigit())


def test_every_rule_is_tried_and_stands_in_the_reference_with_its_words() -> None:
    tried = {rule for rule, *_ in CASES}
    assert tried == set(judge.RULES.values())
    documented = {row["rule"] for row in read_rows(ROOT / "data/reference/rule.csv")}
    assert {key for _, key, *_ in CASES} == documented


@pytest.mark.parametrize("rule", judge.RULES.values(), ids=name)
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
    _, reason = people.age(case(estimate={"age": base}, count={"age": "all"}))
    assert base in reason


def test_a_period_counts_its_months() -> None:
    year = COUNT.period
    assert (year.months, str(year)) == (12, "April 2022 to March 2023")
    assert dataclasses.replace(year, start=day("2023-03-01")).months == 1
    assert YE_MARCH_2023.kind == "survey_year"
