"""The pipeline over a synthetic world with a known truth: published intervals hold it as often as they say.

The world is written as figures files and read, made tidy, matched, judged and divided by the functions that the assets run.
The truth and the sampling are independent of them (`truth.py`). Long with DARKFIGURE_VALIDATE=1.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from kit import frame
from scores import (
    LEAST,
    LONG,
    MOST,
    PRECISE,
    Group,
    Noted,
    at_least_95,
    build,
    central,
    corners,
    coverage,
    ending,
    held,
    true_ratio,
)
from synthetic_world import Made, World, group_of, survey_stem
from truth import FULL, SHORT

from assets.methods import recall
from assets.methods.interval import Interval
from assets.reconciled.gap import counts
from assets.reconciled.ground import effective_sample
from assets.reconciled.ground.assumed import Assumed, Sample, product

pytestmark = pytest.mark.long

RUNS, CORNER_RUNS, OVERLAPS = (1_500, 60, 300) if LONG else (120, 10, 20)
RATIO, LIKELY = ("recorded_per_100_lower", "recorded_per_100_upper"), ("likely_lower", "likely_upper")
Synthetic = tuple[World, Made]
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Synthetic:
    worst = [Group("least", PRECISE, LEAST, RUNS // 2), Group("most", PRECISE, MOST, RUNS // 2)]
    groups = [*central(RUNS), *corners(CORNER_RUNS, every=LONG), *worst]
    return build(groups, tmp_path_factory.mktemp("synthetic") / "data", 12, OVERLAPS)


@pytest.fixture(scope="module")
def gap(synthetic: Synthetic) -> Rows:
    return [row for row in synthetic[1].gap() if row["recorded_per_100"] is not None]


@pytest.fixture(scope="module")
def noted(request: pytest.FixtureRequest) -> Iterator[Noted]:
    """What is found, written into docs/signing.md where the long form passes whole."""
    before, noted = request.session.testsfailed, Noted()
    yield noted
    if LONG and request.session.testsfailed == before:
        noted.write()


def scored(world: World, rows: Rows, ends: tuple[str, str]) -> list[bool]:
    return held(rows, [true_ratio(world, row) for row in rows], *ends)


def of(rows: Rows, *groups: str) -> Rows:
    return [row for row in rows if group_of(row["pairing"]) in groups]


def test_every_year_is_compared_plain_and_recalled(gap: Rows) -> None:
    for group, match in (("all", "recall"), ("women", "recall"), ("quarters", "recall_quarters")):
        for end in (FULL.end, SHORT.end):
            assert len(ending(of(gap, group), end, "plain")) == len(ending(of(gap, group), end, match)) == RUNS


@pytest.mark.parametrize("group", ["all", "women", "quarters"])
def test_likely_intervals_cover_at_the_central_truth(synthetic: Synthetic, gap: Rows, noted: Noted, group: str) -> None:
    # 240 samples of each in the short form: one standard error is 1.4 points.
    slack = 0.0 if LONG else 0.015
    rows = of(gap, group)
    truths = [synthetic[0].truths[row["pairing"], row["period_end"]].true_victims for row in rows]
    for outcomes in (
        scored(synthetic[0], rows, LIKELY), held(rows, truths, "estimate_likely_lower", "estimate_likely_upper"),
    ):  # fmt: skip
        noted.add("likely intervals of ratios and estimates, central truth, 6 groups", outcomes, "93 to 97%")
        assert 0.93 - slack <= coverage(outcomes) <= 0.97 + slack


def test_envelopes_cover_at_the_central_truth_and_in_every_corner(
    synthetic: Synthetic, gap: Rows, noted: Noted
) -> None:
    outcomes: dict[tuple[str, str], list[bool]] = {}
    for row, held_it in zip(gap, scored(synthetic[0], gap, RATIO), strict=True):
        outcomes.setdefault((group_of(row["pairing"]), row["period_match"]), []).append(held_it)
    worst = min(outcomes.values(), key=coverage)
    noted.add(f"envelope of the ratio, worst of {len(outcomes)} corners and matches", worst, "95% or more")
    assert [where for where, outcome in outcomes.items() if not at_least_95(outcome)] == []


def test_an_envelope_is_never_inside_the_likely_interval(gap: Rows) -> None:
    for row in gap:
        assert (
            row["recorded_per_100_lower"] <= row["likely_lower"] <= row["likely_upper"] <= row["recorded_per_100_upper"]
        )


# Four wrong changes of the code. Each must make the scores above fail.


def reversed_kernel(patch: pytest.MonkeyPatch) -> None:
    right = recall._quarters
    patch.setattr(recall, "_quarters", lambda months, reading: tuple(reversed(right(months, reading))))


def times_the_design_effect(patch: pytest.MonkeyPatch) -> None:
    def size(sample: Sample) -> tuple[Interval, float]:
        respondents, central = product((sample.base, *sample.shares))
        return respondents * sample.design_effect.interval, central * sample.design_effect.central

    patch.setattr(Sample, "interval", property(lambda sample: size(sample)[0]))
    patch.setattr(Sample, "central", property(lambda sample: size(sample)[1]))


def everybody_answers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(effective_sample, "share_that_answered", lambda instrument, tracked: ())


def no_mix_factor(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(counts, "mix_factor", lambda tracked: Assumed.known("recall_year_mix_factor", 1.0, ""))


@pytest.mark.parametrize("change", [reversed_kernel, times_the_design_effect, everybody_answers])
def test_a_wrong_change_leaves_likely_intervals_too_short(
    synthetic: Synthetic, monkeypatch: pytest.MonkeyPatch, noted: Noted, change: Callable[[pytest.MonkeyPatch], None]
) -> None:
    change(monkeypatch)
    rows = [row for row in synthetic[1].gap("all") if row["recorded_per_100"] is not None]
    if change is reversed_kernel:
        rows = ending(rows, SHORT.end, "recall")
    outcomes = scored(synthetic[0], rows, LIKELY)
    noted.add(f"likely interval, wrong on purpose: {change.__name__.replace('_', ' ')}", outcomes, "fail")
    assert coverage(outcomes) < 0.918


def test_without_the_mix_factor_envelopes_are_too_short(
    synthetic: Synthetic, monkeypatch: pytest.MonkeyPatch, noted: Noted
) -> None:
    no_mix_factor(monkeypatch)
    rows = [row for row in synthetic[1].gap("least", "most") if row["period_match"] == "recall"]
    outcomes = scored(synthetic[0], rows, RATIO)
    noted.add("envelope, wrong on purpose: no mix factor", outcomes, "fail")
    assert not at_least_95(outcomes)


# What else is published of the same world.


def test_changes_between_two_survey_years(synthetic: Synthetic, noted: Noted) -> None:
    world, made = synthetic
    outcomes: dict[str, list[bool]] = {"survey": [], "flagged_offences": []}
    for row in made.trends("all"):
        if (row["from_end"], row["to_end"]) != (FULL.end, SHORT.end):
            continue
        name = row["series"].removeprefix("prc.b9.") if row["family"] != "survey" else row["series"].split(".")[1]
        before, after = (world.truths[name, end] for end in (FULL.end, SHORT.end))
        if row["family"] == "survey":
            change = 100 * (after.true_prevalence - before.true_prevalence)
            outcomes["survey"].append(row["points_lower"] <= change <= row["points_upper"])
        else:
            fold = after.true_years[1] / before.true_years[1]
            outcomes["flagged_offences"].append(row["fold_lower"] <= fold <= row["fold_upper"])
    assert all(len(found) == RUNS for found in outcomes.values())
    for outcome in outcomes.values():
        noted.add("changes of estimates and counts between two years", outcome, "95% or more")
        assert at_least_95(outcome)


def test_bridges(synthetic: Synthetic, noted: Noted) -> None:
    world, made = synthetic
    asked = [
        {"bridge": name, "topic": name, "instrument": "csew_self_completion_old", "unit": "victims", "sex": people.sex,
         "estimate_series": f"{survey_stem(name, people)}.prevalence", "told_series": f"{survey_stem(name, people)}.told_police",
         "recorded_series": f"prc.b9.{name}", "kind": "synthetic", "citation": "synthetic"}
        for name, people in world.people.items()
        if group_of(name) in ("all", "least", "most")
    ]  # fmt: skip
    outcomes: dict[str, list[bool]] = {}
    for row in made.bridges(frame("reference.reporting_bridge", asked)):
        if row["verdict"] == "block" or row["multiplier"] != 1:
            continue
        group = group_of(row["bridge"])
        truth = world.truths[row["bridge"], row["period_end"]]
        told = truth.true_victims * world.people[row["bridge"]].told
        outcomes.setdefault(f"known, {group}", []).append(row["known_lower"] <= told <= row["known_upper"])
        closes = row["closing_lower"] <= truth.true_recorded / told <= row["closing_upper"]
        outcomes.setdefault(f"closing, {group}", []).append(closes)
    assert len(outcomes) == 6 and all(len(outcome) >= RUNS // 2 for outcome in outcomes.values())
    noted.add(
        f"bridge, worst of {len(outcomes)} values and corners", min(outcomes.values(), key=coverage), "95% or more"
    )
    assert [name for name, outcome in outcomes.items() if not at_least_95(outcome)] == []


def test_bounds_hold_every_union(synthetic: Synthetic, noted: Noted) -> None:
    world, made = synthetic
    assert len(world.cells) == OVERLAPS
    unions = (("a", "b"), ("a", "b", "c"))
    asked = [
        {"set_system": name, "scope": "ons_prc", "unit": "offences", "sex": "all", "period_type": "year",
         "unions": ";".join("|".join(sets) for sets in unions), "citation": "synthetic"}
        for name in world.cells
    ]  # fmt: skip
    outcomes = list[bool]()
    for name, bounds in made.bounds(frame("reference.set_system", asked), *world.cells).items():
        rows = [row for row in bounds if row["precision"] == "rounding"]
        assert len(rows) == len(unions)
        for row in rows:
            sets = set(row["sets"].split("|"))
            union = sum(count for cell, count in world.cells[name].items() if sets & set(cell))
            outcomes.append(row["status"] == "bounded" and row["lower"] - 1e-3 <= union <= row["upper"] + 1e-3)
    noted.add("bounds of unions", outcomes, "100%")
    assert all(outcomes)
