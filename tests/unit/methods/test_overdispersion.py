"""Overdispersion from quarterly counts: recovers what was put in, ignores trend, season and known steps."""

import pytest

from assets.methods.overdispersion import quarterly_overdispersion, widened

SEASON = (1.0, 1.2, 0.9, 1.1)


def smooth(n: int = 20) -> list[float]:
    return [10_000 * 1.01**i * SEASON[i % 4] for i in range(n)]


def test_trend_and_season_are_not_overdispersion() -> None:
    overdispersion = quarterly_overdispersion(smooth())
    assert overdispersion.raw_phi == pytest.approx(0, abs=1e-9)
    assert overdispersion.phi == 1 and overdispersion.degrees_of_freedom == 20 - 5


def test_phi_is_recovered_from_synthetic_counts() -> None:
    import numpy as np

    rng = np.random.default_rng(20240331)
    mean = np.array(smooth(400)) / np.array([1.01**i for i in range(400)])
    # Negative binomial with variance 9 x mean.
    counts = rng.negative_binomial(mean / 8, 1 / 9)
    overdispersion = quarterly_overdispersion([float(c) for c in counts])
    assert overdispersion.phi == pytest.approx(9, rel=0.2) and 9 in overdispersion.interval


def test_a_known_step_is_not_overdispersion() -> None:
    counts = [c * (1.4 if i >= 9 else 1) for i, c in enumerate(smooth())]
    assert quarterly_overdispersion(counts).phi > 50
    assert quarterly_overdispersion(counts, breaks={"Apr 2020": 9}).raw_phi == pytest.approx(0, abs=1e-9)


def test_a_step_within_a_quarter_is_carried_by_its_share() -> None:
    """A break after one third of the tenth quarter: two thirds of that quarter's counts are of the new level."""
    counts = [c * (1.3 if i > 9 else 1.3 ** (2 / 3) if i == 9 else 1) for i, c in enumerate(smooth())]
    assert quarterly_overdispersion(counts, breaks={"x": 9 + 1 / 3}).raw_phi == pytest.approx(0, abs=1e-9)
    assert quarterly_overdispersion(counts, breaks={"x": 9}).raw_phi > 1


def test_an_estimated_phi_is_widened_to_students_t() -> None:
    """t at 97.5% on 3 degrees of freedom is 3.182446, on 40 2.021075 (any table); z is 1.959964."""
    assert widened(20.0, None) == 20
    assert widened(20.0, 3) == pytest.approx(20 * (3.182446 / 1.959964) ** 2, rel=1e-5)
    assert widened(20.0, 40) == pytest.approx(20 * (2.021075 / 1.959964) ** 2, rel=1e-5)
    with pytest.raises(ValueError, match="degrees of freedom"):
        widened(20.0, 0)


def test_a_missing_quarter_keeps_its_place() -> None:
    counts: list[float | None] = [*smooth()]
    counts[7] = None
    overdispersion = quarterly_overdispersion(counts)
    assert overdispersion.raw_phi == pytest.approx(0, abs=1e-9) and overdispersion.degrees_of_freedom == 14


def test_too_few_quarters_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot carry"):
        quarterly_overdispersion(smooth(5))
