"""The posterior of the parts of a bridge: published figures as data, declared priors for the rest. Experimental.

Model of one bridge in one year (a multi-parameter evidence synthesis: the parts are functions of one another, so every figure
informs every part):

    ln victims, logit told, ln recorded ~ Normal(printed value, standard error of its limits), inside the limits
    offences per victim, share recorded, share flagged, share in scope ~ Beta(alpha, beta) over their bounds
    victims x told x per victim x share recorded x share flagged = recorded x share in scope

All parts but the share recorded are drawn; that one is what the identity makes of them. A draw is weighted by the prior of its
share recorded (d share = share d ln share), and has no weight where that passes one: importance sampling, exact but for the
number of draws, of which the effective number (sum w)^2 / sum w^2 is given. Only products of the assumed parts are identified:
along them the posterior is the prior, which is why it is printed beside the identified set and under other priors.

Units: those of the parts. References: A. E. Ades and A. J. Sutton, Multiparameter evidence synthesis in epidemiology and
medical decision-making, Journal of the Royal Statistical Society A 169 (2006) 5-35; models that data identify in part,
P. Gustafson, Bayesian Inference for Partially Identified Models, 2015; A. Kong, A note on importance sampling using
standardized weights, University of Chicago, 1992.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.methods.interval import Interval
from assets.synthesis.parts import ASSUMED, KEPT, LEFT, RIGHT, Evidence, Observed

QUANTILES = (0.025, 0.5, 0.975)
Beta = tuple[float, float]
Draws = NDArray[np.float64]


@dataclass(frozen=True)
class Posterior:
    """Median and 95% interval of one part, and how many independent draws they are worth."""

    median: float
    lower: float
    upper: float
    effective: float


def posterior(
    given: Evidence, sets: Mapping[str, Interval], priors: Mapping[str, Beta], draws: int, seed: int = 1
) -> dict[str, Posterior]:
    """The posterior of every part; sets: its identified set, outside of which nothing need be drawn; priors: alpha and beta.

    ValueError where no draw satisfies the identity.
    """
    source = np.random.default_rng(seed)
    parts = {name: _observed(one, source, draws) for name, one in given.observed.items()}
    for name in (one for one in ASSUMED if one != KEPT):
        parts[name] = _assumed(given.bounds[name], sets[name], priors[name], source, draws)
    others = _product(parts, LEFT, draws)
    kept = np.divide(_product(parts, RIGHT, draws), others, out=np.full(draws, 2.0), where=others > 0)
    parts[KEPT], weights = kept, _weights(kept, priors[KEPT])
    if not weights.any():
        raise ValueError("no draw from the priors agrees with its figures")
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    return {name: _summary(values, weights, effective) for name, values in parts.items()}


def _observed(one: Observed, source: np.random.Generator, draws: int) -> Draws:
    """Draws of a published figure: normal on its scale, inside its limits."""
    from scipy.special import ndtr, ndtri

    low, high = ((one.scale(end) - one.centre) / one.error for end in one.limits.as_floats())
    chance = source.uniform(float(ndtr(low)), float(ndtr(high)), draws)
    return one.back(one.centre + one.error * np.asarray(ndtri(chance)))


def _assumed(bounds: Interval, left: Interval, prior: Beta, source: np.random.Generator, draws: int) -> Draws:
    """Draws of a beta distribution over bounds, inside what is left of them."""
    from scipy.special import betainc, betaincinv

    low, high = bounds.as_floats()
    least, most = (
        float(betainc(*prior, (end - low) / (high - low) if high > low else 0.0)) for end in left.as_floats()
    )
    chance = source.uniform(least, most, draws)
    return np.asarray(low + (high - low) * betaincinv(*prior, chance))


def _product(parts: Mapping[str, Draws], names: tuple[str, ...], draws: int) -> Draws:
    whole = np.ones(draws)
    for name in names:
        whole = whole * parts.get(name, 1.0)
    return whole


def _weights(kept: Draws, prior: Beta) -> Draws:
    """The density of the logarithm of the share recorded; none above one."""
    alpha, beta = prior
    inside = (kept > 0) & (kept < 1)
    share = np.where(inside, kept, 0.5)
    return np.where(inside, np.exp(alpha * np.log(share) + (beta - 1) * np.log1p(-share)), 0.0)


def _summary(values: Draws, weights: Draws, effective: float) -> Posterior:
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    lower, median, upper = (float(values[order][np.searchsorted(reached, chance)]) for chance in QUANTILES)
    return Posterior(median, lower, upper, effective)
