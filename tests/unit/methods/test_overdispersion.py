"""Overdispersion from quarterly counts: recovers what was put in, ignores trend, season and known steps."""

import pytest

from assets.reconciled.methods.overdispersion import quarterly_overdispersion

SEASON = (1.0, 1.2, 0.9, 1.1)


def smooth(n: int = 20) -> list[float]:
    return [10_000 * 1.01**i * SEASON[i % 4] for i in range(n)]


def test_trend_and_season_are_not_overdispersion() -> None:
    found = quarterly_overdispersion(smooth())
    assert found.raw_phi == pytest.approx(0, abs=1e-9)
    assert found.phi == 1 and found.degrees_of_freedom == 20 - 5


def test_phi_is_recovered_from_synthetic_counts() -> None:
    import numpy as np

    rng = np.random.default_rng(20240331)
    mean = np.array(smooth(400)) / np.array([1.01**i for i in range(400)])
    # Negative binomial with variance 9 x mean.
    counts = rng.negative_binomial(mean / 8, 1 / 9)
    found = quarterly_overdispersion([float(c) for c in counts])
    assert found.phi == pytest.approx(9, rel=0.2) and found.interval.contains(9)


def test_a_known_step_is_not_overdispersion() -> None:
    counts = [c * (1.4 if i >= 9 else 1) for i, c in enumerate(smooth())]
    assert quarterly_overdispersion(counts).phi > 50
    assert quarterly_overdispersion(counts, breaks={"Apr 2020": 9}).raw_phi == pytest.approx(0, abs=1e-9)


def test_a_missing_quarter_keeps_its_place() -> None:
    counts: list[float | None] = [*smooth()]
    counts[7] = None
    found = quarterly_overdispersion(counts)
    assert found.raw_phi == pytest.approx(0, abs=1e-9) and found.degrees_of_freedom == 14


def test_too_few_quarters_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot carry"):
        quarterly_overdispersion(smooth(5))
