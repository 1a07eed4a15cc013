"""Funnel limits: closed form without overdispersion, wider with it, outliers do not set them."""

import math

import pytest

from assets.methods.funnel_plot import funnel_limits, winsorise


def test_closed_form_without_overdispersion() -> None:
    plot = funnel_limits({f"force {i}": (100.0, 1000.0) for i in range(6)})
    assert plot.target == pytest.approx(0.1) and plot.phi == 1
    reach = 1.959963985 * math.sqrt(0.1 / 1000)
    assert plot.points[0].inner.as_floats() == pytest.approx((0.1 - reach, 0.1 + reach))
    assert plot.points[0].outer.covers(plot.points[0].inner) and plot.points[0].position == "inside"


def test_limits_narrow_with_exposure() -> None:
    plot = funnel_limits({f"force {i}": (100.0 * (i + 1), 1000.0 * (i + 1)) for i in range(6)})
    widths = [point.inner.width for point in plot.points]
    assert widths == sorted(widths, reverse=True)


def test_overdispersion_is_the_mean_square_of_winsorised_scores() -> None:
    # Rates 0.1 +/- 4 standard errors in equal numbers: phi 16; nobody is outside any more.
    step = 4 * math.sqrt(0.1 * 1000)
    plot = funnel_limits({f"force {i}": (100 + (-1) ** i * step, 1000.0) for i in range(10)})
    assert plot.phi == pytest.approx(16)
    assert {point.position for point in plot.points} == {"inside"}


def test_one_outlier_does_not_hide_itself() -> None:
    areas = {f"force {i}": (100.0 + (-1) ** i * 5, 1000.0) for i in range(20)}
    areas["outlier"] = (260.0, 1000.0)
    plot = funnel_limits(areas)
    assert plot.phi < 2 and plot.points[-1].position == "above outer limit"


def test_winsorise() -> None:
    assert winsorise([5.0, -9.0, 1.0, 2.0, 3.0, 0.0, 4.0, 1.5, 2.5, 99.0], 0.1) == [
        5.0, 0.0, 1.0, 2.0, 3.0, 0.0, 4.0, 1.5, 2.5, 5.0,
    ]  # fmt: skip


@pytest.mark.parametrize("areas", [
    {"a": (1.0, 1.0)}, {str(i): (0.0, 1.0) for i in range(6)}, {str(i): (1.0, 0.0) for i in range(6)},
])  # fmt: skip
def test_impossible_funnels_are_refused(areas: dict[str, tuple[float, float]]) -> None:
    with pytest.raises(ValueError):
        funnel_limits(areas)
