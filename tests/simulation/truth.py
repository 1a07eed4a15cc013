"""A synthetic England and Wales whose truth is known. Nothing here is data, and nothing is taken from what it tests.

Crimes happen day by day over the two years that a survey year looks back over. Interviews are spread over the days of their
months; each asks of the 365 days before it. What the survey year is about is therefore the mean, over interview days, of
what happened in the year before each: no weights of quarters are used. Respondents come in clusters, so that the variance
of a share is the design effect times that of a simple random sample. The police record an overdispersed count.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from known_truth import Array, counts

CLUSTER = 20
RISE = 1.3  # crimes of a year over those of the year before


@dataclass(frozen=True)
class SurveyYear:
    """A survey year: its first day, the days on which interviews are held, and the respondents of a full year."""

    start: datetime.date
    interviews: Array
    respondents: float | None

    @property
    def end(self) -> datetime.date:
        return self.start.replace(year=self.start.year + 1) - datetime.timedelta(days=1)

    @property
    def before(self) -> datetime.date:
        return self.start.replace(year=self.start.year - 1)


def survey_year(start: datetime.date, first_day: int, respondents: float | None) -> SurveyYear:
    """The survey year from a first of April, with interviews from a day of it (365 is its first) to its last."""
    return SurveyYear(start, np.arange(first_day, 730), respondents)


FULL = survey_year(datetime.date(2019, 4, 1), 365, 33_734)
SHORT = survey_year(datetime.date(2021, 4, 1), 365 + 183, None)  # interviews from October to March


@dataclass(frozen=True)
class People:
    """Whom a comparison is about. share_prone: of adults, who suffer such crimes; recorded: offences a year, in the first."""

    sex: str
    age: str
    persons: float
    share_prone: float
    recorded: float
    told: float = 0.2


def daily(tilt: float) -> Array:
    """Crimes of each of 730 days, relative to the first: rising, and moved to the middle of the two years by a tilt."""
    days = np.arange(730)
    quarters = np.array([-1.5, -0.5, 0.5, 1.5, 1.5, 0.5, -0.5, -1.5])
    rising: Array = RISE ** (days / 365.0) * (1 + tilt * quarters[np.minimum(days * 8 // 730, 7)])
    return rising


def year_before(crimes: Array, interviews: Array) -> Array:
    """Crimes in the 365 days before each interview."""
    until = np.concatenate([[0.0], np.cumsum(crimes)])
    return until[interviews] - until[interviews - 365]


def looked_back_on(crimes: Array, year: SurveyYear) -> float:
    """Crimes of the year that a survey year's respondents are asked about, in the mean."""
    return float(year_before(crimes, year.interviews).mean())


def mixed(crimes: Array, year: SurveyYear) -> float:
    """Crimes of the two years, mixed by the share of the days looked back on that lie in each."""
    of_first = float(np.clip(730 - year.interviews, 0, 365).mean()) / 365
    return of_first * float(crimes[:365].sum()) + (1 - of_first) * float(crimes[365:].sum())


def crimes_of(year: SurveyYear, factor: float | None) -> Array:
    """Daily crimes for which the year looked back on is a factor times the mix of two years; None for no tilt."""
    if factor is None:
        return daily(0.0)
    low, high = -0.5, 0.5
    for _ in range(60):
        tilt = (low + high) / 2
        crimes = daily(tilt)
        low, high = (tilt, high) if looked_back_on(crimes, year) < factor * mixed(crimes, year) else (low, tilt)
    return crimes


@dataclass(frozen=True)
class Drawn:
    """What is published, one entry per repetition, and what is true (numbers).

    years: recorded offences of the two years; quarters: of their eight quarters
    """

    prevalence: Array
    told: Array
    years: Array
    quarters: Array
    true_victims: float
    true_prevalence: float
    true_recorded: float
    true_years: tuple[float, float]


def draw(
    rng: np.random.Generator, people: People, year: SurveyYear, true: Mapping[str, float], runs: int, by_quarters: bool
) -> Drawn:
    """Samples and counts of one survey year. `true`: the value of every tracked assumption in this world."""
    crimes = crimes_of(year, None if by_quarters else true["recall_year_mix_factor"])
    a_year = float(crimes.sum()) / 2
    respondents = _respondents(people, year, true)
    areas = round(respondents / CLUSTER)
    days = year.interviews[np.linspace(0, len(year.interviews) - 1, areas).round().astype(int)]
    at = people.share_prone * (1 - np.exp(-1.5 * year_before(crimes, days) / a_year))
    everyone = people.share_prone * (1 - np.exp(-1.5 * year_before(crimes, year.interviews) / a_year))
    alike = (true["deff_self_completion"] - 1) / (CLUSTER - 1)
    spread = (1 - alike) / alike
    victims = rng.binomial(CLUSTER, rng.beta(at * spread, (1 - at) * spread, (runs, areas))).sum(axis=1)
    phi = true["recorded_overdispersion_phi.domestic_abuse"]
    scale = people.recorded / a_year * RISE ** (year.start.year - FULL.start.year)
    edges = [round(at * 730 / 8) for at in range(9)]
    quarters = np.array([crimes[a:b].sum() for a, b in pairwise(edges)]) * scale
    two_years = np.array([crimes[:365].sum(), crimes[365:].sum()]) * scale
    drawn_quarters = counts(rng, quarters, phi, runs)
    return Drawn(
        prevalence=victims / (areas * CLUSTER),
        told=rng.binomial(victims, people.told) / np.maximum(victims, 1),
        years=drawn_quarters.reshape(runs, 2, 4).sum(axis=2) if by_quarters else counts(rng, two_years, phi, runs),
        quarters=drawn_quarters,
        true_victims=float(everyone.mean()) * people.persons * true[f"household_population_share.{people.sex}"],
        true_prevalence=float(everyone.mean()),
        true_recorded=looked_back_on(crimes, year) * scale,
        true_years=(float(two_years[0]), float(two_years[1])),
    )


def _respondents(people: People, year: SurveyYear, true: Mapping[str, float]) -> float:
    """Who answered the questions: of all respondents those of the sex and age, in those months, who took the module."""
    found = year.respondents or true["whole_sample_base.ye_2022_03"]
    if year is SHORT:
        found *= true["fieldwork_share.ye_2022_03"]
    if people.sex == "female":
        found *= true["share_female_of_sample"]
    if people.age != "16+":
        found *= true[f"age_base_share.{people.age}"]
    return found * true["self_completion_share"]
