"""A synthetic world with a known truth: victims, a survey that asks some of them, and a police that records some crimes.

Nothing here is data. People are prone to victimisation or not; those who are suffer crimes at a monthly rate (so some are
victims of several, and some of none), the rate may rise over the years; a clustered sample is interviewed over the months
of a survey year and asked about the twelve before; the police record crimes that are told, some wrongly, in overdispersed
quarterly counts, by several forces.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

RUNS = 20_000 if os.environ.get("DARKFIGURE_VALIDATE") else 2_000
FULL_YEAR = tuple(range(12))
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class World:
    """The truth. Months are offsets from the first month of the survey year: -12 to 11 are the two years that it spans.

    prone: share of adults who suffer crimes at all; rate: crimes per prone adult and month at month 0; growth: factor per
    year; told: share of victims who tell the police; per_victim: recorded offences per victim known to the police;
    phi: variance of a recorded count over its mean; areas, asked, rho: sampled areas, respondents in each, and how alike
    the respondents of an area are.
    """

    adults: int = 5_000_000
    prone: float = 0.09
    rate: float = 0.08
    growth: float = 1.0
    told: float = 0.2
    per_victim: float = 1.4
    phi: float = 40.0
    areas: int = 400
    asked: int = 20
    rho: float = 0.02

    @property
    def deff(self) -> float:
        """Variance of a sample share over that of a simple random sample, by the likeness within areas."""
        return 1 + (self.asked - 1) * self.rho

    def monthly_rate(self, month: int) -> float:
        """Crimes per prone adult in a month."""
        return self.rate * float(self.growth ** (month / 12))

    def prevalence_before(self, month: int) -> float:
        """Share of adults with a crime in the twelve full months before an interview month."""
        events = sum(self.monthly_rate(m) for m in range(month - 12, month))
        return self.prone * (1 - float(np.exp(-events)))

    def prevalence(self, fieldwork: Sequence[int] = FULL_YEAR) -> float:
        """What the survey year estimates: the mean over its interview months."""
        return float(np.mean([self.prevalence_before(month) for month in fieldwork]))

    def victims(self, fieldwork: Sequence[int] = FULL_YEAR) -> float:
        """Adults who are victims in the survey year's sense."""
        return self.adults * self.prevalence(fieldwork)

    def expected_quarters(self) -> Array:
        """Expected recorded offences of the eight quarters of the two years, oldest first."""
        crimes = [sum(self.monthly_rate(m) for m in range(q, q + 3)) for q in range(-12, 12, 3)]
        yearly = self.prone * 12 * self.rate
        return self.adults * np.array(crimes) * self.prone * self._recorded_per_crime(yearly)

    def _recorded_per_crime(self, crimes_per_adult: float) -> float:
        """Recorded offences per crime, so that a flat world records `per_victim` for each victim who told."""
        flat = self.prone * (1 - float(np.exp(-12 * self.rate)))
        return flat * self.told * self.per_victim / crimes_per_adult


@dataclass(frozen=True)
class Survey:
    """What the sample said, one entry per run."""

    share: Array
    told: Array
    cases: Array
    respondents: int


def counts(rng: np.random.Generator, expected: Array, phi: float, runs: int) -> Array:
    """Recorded counts with variance phi x mean: a row per run, a column per expected count."""
    if phi <= 1:
        return rng.poisson(expected, (runs, len(expected))).astype(float)
    return rng.poisson(rng.gamma(expected / (phi - 1), phi - 1, (runs, len(expected)))).astype(float)


def survey(
    rng: np.random.Generator, world: World, runs: int, fieldwork: Sequence[int] = FULL_YEAR, sample_share: float = 1.0
) -> Survey:
    """Clustered samples: each area is interviewed in one month of the fieldwork."""
    areas = round(world.areas * sample_share)
    months = np.array(fieldwork)[np.arange(areas) % len(fieldwork)]
    mean = np.array([world.prevalence_before(int(month)) for month in months])
    spread = (1 - world.rho) / world.rho
    area_share = rng.beta(mean * spread, (1 - mean) * spread, (runs, areas))
    victims = rng.binomial(world.asked, area_share).sum(axis=1)
    told = rng.binomial(victims, world.told)
    respondents = areas * world.asked
    return Survey(victims / respondents, told / np.maximum(victims, 1), victims.astype(float), respondents)


def matched(quarters: Array, fieldwork: Sequence[int] = FULL_YEAR) -> Array:
    """Quarterly counts over the twelve full months before each interview month, in the mean: a year's count per run."""
    asked = np.zeros((len(fieldwork), 24))
    for at, interview in enumerate(fieldwork):
        asked[at, interview : interview + 12] = 1.0
    weights: Array = asked.mean(axis=0).reshape(8, 3).mean(axis=1)
    return quarters @ weights


def covered(truth: float, intervals: Sequence[tuple[float, float]]) -> float:
    """Share of intervals that hold the truth."""
    ends = np.array(intervals)
    return float(((ends[:, 0] <= truth) & (truth <= ends[:, 1])).mean())


def nominal(share: float) -> bool:
    """Is a coverage that of a 95% interval, within two points?"""
    return 0.93 <= share <= 0.97
