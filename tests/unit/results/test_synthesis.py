"""The experimental synthesis: identified sets, a posterior inside them, and how far it is only its priors."""

import argparse
import dataclasses
import sys
from collections.abc import Mapping

import numpy as np
import pytest
from kit import Tables, frame

from assets.methods.interval import Interval
from assets.synthesis.model import Beta, Posterior, posteriors
from assets.synthesis.parts import (
    ASSUMED,
    FLAGGED,
    IN_SCOPE,
    KEPT,
    OBSERVED,
    PER_VICTIM,
    RECORDED,
    TOLD,
    VICTIMS,
    Evidence,
    Observed,
    evidence,
    identified,
)
from assets.synthesis.synthesis import BridgePart, part_rows, prior_settings, synthesis
from pipelines.commands import synthesis as command
from pipelines.commands.stop import Stop

LEVEL: dict[str, Beta] = dict.fromkeys(ASSUMED, (1.0, 1.0))
# Two offences each, all flagged, all in scope, as nearly as a beta distribution says it.
KNOWN = LEVEL | {PER_VICTIM: (4_000.0, 4_000.0), FLAGGED: (4_000.0, 1.0), IN_SCOPE: (4_000.0, 1.0)}
TRIED = {"level": LEVEL, "known": KNOWN} | {
    f"{name}.{end}": LEVEL | {name: beta}
    for name in ASSUMED
    for end, beta in (("low", (1.0, 6.0)), ("high", (6.0, 1.0)))
}
DRAWS = 4_000
# 1,000 victims, a fifth of whom told; 100 offences recorded.
GIVEN = Evidence(
    "synthetic", "2023-03",
    {
        VICTIMS: Observed(1_000, Interval.closed(900, 1_100)),
        TOLD: Observed(0.2, Interval.closed(0.15, 0.25), share=True),
        RECORDED: Observed(100, Interval.closed(95, 105)),
    },
    {PER_VICTIM: Interval.closed(1, 3), KEPT: Interval.closed(0, 1), FLAGGED: Interval.closed(0, 1),
     IN_SCOPE: Interval.closed(0.5, 1)},
    (),
)  # fmt: skip
# 600 recorded, half of them in scope for certain, of 135 to 825 that can have been told of.
NARROW = dataclasses.replace(GIVEN, observed=GIVEN.observed | {RECORDED: Observed(600, Interval.closed(590, 610))})


def test_the_identified_set_is_what_the_identity_leaves_of_each_part() -> None:
    sets = GIVEN.sets()
    assert sets is not None
    # At least 95 x 0.5 of 1,100 x 0.25 x 3 x 1 can have been recorded: 0.0576.
    assert sets[KEPT].as_floats() == pytest.approx((95 * 0.5 / (1_100 * 0.25 * 3), 1))
    assert sets[KEPT] == sets[FLAGGED] and sets[VICTIMS].as_floats() == (900, 1_100)
    left = NARROW.sets()
    # 590 of at most 1,100 x 0.25 x 3 = 825 known: half of them are in scope at least, and all others may be.
    assert left is not None and left[KEPT].as_floats()[0] == pytest.approx(295 / 825)
    many = dataclasses.replace(
        GIVEN, observed=GIVEN.observed | {RECORDED: Observed(2_000, Interval.closed(1_900, 2_100))}
    )
    assert many.sets() is None, "950 in scope cannot come of 825 known"
    assert identified({"a": Interval.closed(1, 2), "b": Interval.closed(3, 4)}, ["a"], ["b"]) is None


@pytest.fixture(scope="module")
def drawn() -> dict[str, dict[str, Posterior]]:
    """The posteriors under every setting of the priors that is tried."""
    pytest.importorskip("numpyro", reason="the optional extra is not installed (make synthesis)")
    return dict(zip(TRIED, posteriors(GIVEN, list(TRIED.values()), DRAWS), strict=True))


def by_weights(priors: Mapping[str, Beta], given: Evidence = GIVEN, draws: int = 400_000) -> dict[str, float]:
    """Medians by another way: all parts but the share recorded drawn from their priors, that one by the identity, weighted."""
    source = np.random.default_rng(1)
    found = {}
    for name, observed in given.observed.items():
        low, high = map(observed.scale, observed.limits.as_floats())
        values = source.normal(observed.centre, observed.error, 3 * draws)
        inside = values[(values >= low) & (values <= high)][:draws]
        found[name] = 1 / (1 + np.exp(-inside)) if observed.share else np.exp(inside)
    for name in (PER_VICTIM, FLAGGED, IN_SCOPE):
        low, high = given.bounds[name].as_floats()
        found[name] = low + (high - low) * source.beta(*priors[name], draws)
    told_of = found[VICTIMS] * found[TOLD] * found[PER_VICTIM]
    kept = found[KEPT] = found[RECORDED] * found[IN_SCOPE] / (told_of * found[FLAGGED])
    (alpha, beta), inside = priors[KEPT], kept < 1
    weights = np.where(inside, kept**alpha * np.where(inside, 1 - kept, 1) ** (beta - 1), 0)
    medians = {}
    for name, values in found.items():
        order = np.argsort(values)
        medians[name] = float(values[order][np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)])
    return medians


@pytest.mark.parametrize("setting", [one for one in TRIED if one != "known"])
def test_the_sampler_finds_what_weighted_draws_find(drawn: dict[str, dict[str, Posterior]], setting: str) -> None:
    for name, median in by_weights(TRIED[setting]).items():
        posterior = drawn[setting][name]
        assert posterior.effective > 500
        assert posterior.median == pytest.approx(median, abs=0.08 * (posterior.upper - posterior.lower))


def test_the_sampler_finds_it_too_where_few_draws_from_the_priors_agree_with_the_figures() -> None:
    pytest.importorskip("numpyro", reason="the optional extra is not installed (make synthesis)")
    [found], sets = posteriors(NARROW, [LEVEL], DRAWS), NARROW.sets()
    assert sets is not None
    for name, median in by_weights(LEVEL, NARROW).items():
        posterior = found[name]
        assert posterior.median == pytest.approx(median, abs=0.08 * (posterior.upper - posterior.lower))
        assert sets[name].lower <= posterior.lower and posterior.upper <= sets[name].upper


def test_where_all_but_one_part_is_known_the_posterior_is_what_the_identity_makes_of_it(
    drawn: dict[str, dict[str, Posterior]],
) -> None:
    """100 of 1,000 x 0.2 x 2 = 400 were recorded, a quarter."""
    kept = drawn["known"][KEPT]
    assert kept.median == pytest.approx(0.25, rel=0.05)
    # The errors of victims, share and count together: 5%, 13% (15 to 25%) and 3%, on the log scale.
    assert kept.upper / kept.median == pytest.approx(1.30, abs=0.06)


def test_the_posterior_stays_inside_the_set_and_moves_with_the_priors_along_what_no_figure_says(
    drawn: dict[str, dict[str, Posterior]],
) -> None:
    sets = GIVEN.sets()
    assert sets is not None
    parts = {
        name: BridgePart(name, sets[name], drawn["level"][name], [(key, one[name]) for key, one in drawn.items()])
        for name in (*OBSERVED, *ASSUMED)
    }
    assert all(part.inside for part in parts.values())
    kept = dict(parts[KEPT].others)
    assert kept[f"{KEPT}.low"].median < kept["level"].median < kept[f"{KEPT}.high"].median
    assert kept[f"{FLAGGED}.high"].median < kept[f"{FLAGGED}.low"].median, "only their product is identified"
    assert drawn["level"][RECORDED].median == pytest.approx(100, rel=0.01)
    outside = dataclasses.replace(parts[KEPT], identified=Interval.closed(kept["level"].median, 1))
    assert not outside.inside and {row["inside_the_set"] for row in part_rows(GIVEN, [outside])} == {"no"}


def test_without_the_optional_extra_the_command_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jax", None)
    monkeypatch.setattr(command, "_asked", lambda found, chosen: GIVEN)
    level = [{"prior": name, "parameter": name, "setting": "declared", "alpha": 1.0, "beta": 1.0} for name in ASSUMED]
    held = {
        command.BRIDGE: frame(command.BRIDGE, []),
        command.PRIOR: frame(command.PRIOR, level, reason="r", citation="c"),
    }
    monkeypatch.setattr(command, "frames", lambda chosen, keys: held)
    with pytest.raises(Stop, match="needs jax, which is not installed"):
        command.synthesis(argparse.Namespace(draws=10, format="table"))


def test_every_setting_of_the_priors_changes_one_of_the_declared() -> None:
    priors = frame("reference.prior", [
        {"prior": f"{name}.{setting}", "parameter": name, "setting": setting, "alpha": alpha, "beta": beta}
        for name in ASSUMED for setting, alpha, beta in (("declared", 1.0, 1.0), ("low", 1.0, 6.0), ("high", 6.0, 1.0))
    ], reason="r", citation="c")  # fmt: skip
    (_, declared), *others = prior_settings(priors)
    assert len(others) == 2 * len(ASSUMED)
    assert all(sum(other[name] != declared[name] for name in ASSUMED) == 1 for _, other in others)


def test_figures_that_contradict_each_other_have_no_synthesis() -> None:
    many = dataclasses.replace(
        GIVEN, observed=GIVEN.observed | {RECORDED: Observed(2_000, Interval.closed(1_900, 2_100))}
    )
    with pytest.raises(ValueError, match="cannot all hold"):
        synthesis(many, frame("reference.prior", []), DRAWS)


def test_the_published_bridges(tables: Tables) -> None:
    """Partner abuse, year to March 2023: 18.9% of 1.44 million told, 911,232 flagged offences; the set of each is its limits."""
    found = {(one.bridge, one.year): one for one in evidence(tables.rows("reconciled.reporting_bridge"))}
    one = found["partner_abuse", "2023-03"]
    assert one.observed[TOLD].value == pytest.approx(0.189) and one.observed[RECORDED].value == 911_232
    assert one.bounds[PER_VICTIM].as_floats() == (1, 3) and one.bounds[IN_SCOPE].as_floats() == (0, 1)
    pytest.importorskip("numpyro", reason="the optional extra is not installed (make synthesis)")
    for part in synthesis(one, tables["reference.prior"], DRAWS):
        assert part.inside and part.effective > 500
