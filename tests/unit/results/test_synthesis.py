"""The experimental synthesis: identified sets, a posterior inside them, and how far it is only its priors."""

import dataclasses

import pytest
from kit import Tables, frame

from assets.methods.interval import Interval
from assets.synthesis.identified import identified
from assets.synthesis.model import posterior
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
)
from assets.synthesis.synthesis import Part, rows, settings, synthesis

LEVEL = dict.fromkeys(ASSUMED, (1.0, 1.0))
DRAWS = 20_000
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


def test_the_identified_set_is_what_the_identity_leaves_of_each_part() -> None:
    sets = GIVEN.sets()
    assert sets is not None
    # At least 95 x 0.5 of 1,100 x 0.25 x 3 x 1 can have been recorded: 0.0576.
    assert sets[KEPT].as_floats() == pytest.approx((95 * 0.5 / (1_100 * 0.25 * 3), 1))
    assert sets[KEPT] == sets[FLAGGED] and sets[VICTIMS].as_floats() == (900, 1_100)
    few = dataclasses.replace(GIVEN, observed=GIVEN.observed | {RECORDED: Observed(600, Interval.closed(590, 610))})
    left = few.sets()
    # 590 of at most 1,100 x 0.25 x 3 = 825 known: half of them are in scope at least, and all others may be.
    assert left is not None and left[KEPT].as_floats()[0] == pytest.approx(295 / 825)
    many = dataclasses.replace(
        GIVEN, observed=GIVEN.observed | {RECORDED: Observed(2_000, Interval.closed(1_900, 2_100))}
    )
    assert many.sets() is None, "950 in scope cannot come of 825 known"
    assert identified({"a": Interval.closed(1, 2), "b": Interval.closed(3, 4)}, ["a"], ["b"]) is None


def test_where_all_but_one_part_is_known_the_posterior_is_what_the_identity_makes_of_it() -> None:
    """Two offences each, all flagged, all in scope: 100 of 1,000 x 0.2 x 2 = 400 were recorded, a quarter."""
    known = dataclasses.replace(
        GIVEN,
        bounds=GIVEN.bounds | {PER_VICTIM: Interval.point(2), FLAGGED: Interval.point(1), IN_SCOPE: Interval.point(1)},
    )
    sets = known.sets()
    assert sets is not None
    found = posterior(known, sets, LEVEL, DRAWS)
    assert found[KEPT].median == pytest.approx(0.25, rel=0.05)
    # The errors of victims, share and count together: 5%, 13% (15 to 25%) and 3%, on the log scale.
    assert found[KEPT].upper / found[KEPT].median == pytest.approx(1.30, abs=0.06)


def test_the_posterior_stays_inside_the_set_and_moves_with_the_priors_along_what_no_figure_says() -> None:
    priors = frame("reference.prior", [
        {"prior": f"{name}.{setting}", "parameter": name, "setting": setting, "alpha": alpha, "beta": beta}
        for name in ASSUMED for setting, alpha, beta in (("declared", 1.0, 1.0), ("low", 1.0, 6.0), ("high", 6.0, 1.0))
    ], reason="r", citation="c")  # fmt: skip
    assert len(settings(priors)) == 1 + 2 * len(ASSUMED)
    parts = {part.name: part for part in synthesis(GIVEN, priors, DRAWS)}
    assert all(part.inside for part in parts.values()) and set(parts) == {*OBSERVED, *ASSUMED}
    kept = dict(parts[KEPT].others)
    assert kept[f"{KEPT}.low"].median < parts[KEPT].declared.median < kept[f"{KEPT}.high"].median
    assert kept[f"{FLAGGED}.high"].median < kept[f"{FLAGGED}.low"].median, "only their product is identified"
    assert parts[RECORDED].declared.median == pytest.approx(100, rel=0.01)
    one = parts[KEPT]
    outside = dataclasses.replace(one, identified=Interval.closed(one.declared.median, 1))
    assert isinstance(outside, Part) and not outside.inside
    assert {row["inside_the_set"] for row in rows(GIVEN, [outside])} == {"no"}


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
    for part in synthesis(one, tables["reference.prior"], DRAWS):
        assert part.inside and part.effective > 100
