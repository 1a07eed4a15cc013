"""The posterior of the parts of a bridge: published figures as data, declared priors for the rest. Experimental.

Model of one bridge in one year (a multi-parameter evidence synthesis: the parts are functions of one another, so every figure
informs every part):

    ln victims, logit told, ln recorded ~ Normal(printed value, standard error of its limits), inside the limits
    offences per victim, share recorded, share flagged, share in scope ~ Beta(alpha, beta) over their bounds
    victims x told x per victim x share recorded x share flagged = recorded x share in scope

The identity holds on the log scale. Each part is drawn by its place in what the parts before it leave of its bounds, the share in
scope between its bound and what was told of, and last how much of the rest was not recorded rather than not flagged (`part`); the
densities are those of the change of variables. Only products of the assumed parts are identified: along them the
posterior is the prior, which is why it is printed beside the identified set and under other priors.

Sampled by the No-U-Turn sampler of NumPyro, an optional extra (`synthesis`): without it ModuleNotFoundError.

Units: those of the parts. References: A. E. Ades and A. J. Sutton, Multiparameter evidence synthesis in epidemiology and
medical decision-making, Journal of the Royal Statistical Society A 169 (2006) 5-35; models that data identify in part,
P. Gustafson, Bayesian Inference for Partially Identified Models, 2015; M. D. Hoffman and A. Gelman, The No-U-Turn Sampler,
Journal of Machine Learning Research 15 (2014) 1593-1623.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
)

Beta = tuple[float, float]
QUANTILES = (0.5, 0.025, 0.975)
CHAINS, WARM_UP = 2, 500
# More divergent steps than this, or chains this far apart, and the draws are of no known distribution.
MOST_DIVERGENT, MOST_APART = 0.01, 1.05
NEARLY = 1e-12


@dataclass(frozen=True)
class Posterior:
    """Median and 95% interval of one part, and how many independent draws they are worth."""

    median: float
    lower: float
    upper: float
    effective: float


def posteriors(given: Evidence, settings: Sequence[Mapping[str, Beta]], draws: int) -> list[dict[str, Posterior]]:
    """The posterior of every part under each setting of the priors (alpha and beta by part); all settings are drawn at once.

    ValueError where no draw agrees with the figures, or the sampler does not settle.
    """
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    import jax
    import numpyro
    from numpyro.infer import MCMC, NUTS

    numpyro.enable_x64()
    priors = {
        name: [jax.numpy.array(ends) for ends in zip(*(setting[name] for setting in settings), strict=True)]
        for name in ASSUMED
    }
    sampler = MCMC(
        NUTS(_model(given, priors, len(settings)), target_accept_prob=0.9), num_warmup=WARM_UP, num_samples=-(-draws // CHAINS),
        num_chains=CHAINS, chain_method="sequential", progress_bar=False,
    )  # fmt: skip
    try:
        sampler.run(jax.random.PRNGKey(1))
    except RuntimeError as error:
        raise ValueError("no draw from the priors agrees with its figures") from error
    drawn, divergent = sampler.get_samples(group_by_chain=True), sampler.get_extra_fields()["diverging"]
    return [
        _summaries({name: drawn[name][:, :, number] for name in (*OBSERVED, *ASSUMED)}, divergent)
        for number in range(len(settings))
    ]


def _model(given: Evidence, priors: Mapping[str, Any], settings: int) -> Callable[[], None]:
    """The model under several settings of the priors side by side."""
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from jax.nn import sigmoid
    from jax.scipy.special import logit

    (per_least, per_most), (scope, _) = (given.bounds[name].as_floats() for name in (PER_VICTIM, IN_SCOPE))
    most_told = given.observed[TOLD].limits.as_floats()[1]
    # What is in scope for certain of the least count must have been told of: each part leaves room for that.
    certain = scope * given.observed[RECORDED].limits.as_floats()[0]

    def model() -> None:
        with numpyro.plate("settings", settings):
            numpyro.factor("density", jnp.asarray(sum(densities())))

    def densities() -> Iterator[Any]:
        """The parts, each drawn level in what the parts before it leave of its bounds, and the logs of their densities."""

        def between(name: str, low: Any, high: Any) -> Any:
            return low + (high - low) * numpyro.sample(f"{name}.place", dist.Uniform())

        def observed(name: str, least: Any = None, greatest: Any = None) -> Iterator[Any]:
            seen = given.observed[name]
            scale, back = (logit, sigmoid) if seen.share else (jnp.log, jnp.exp)
            low: Any
            high: Any
            low, high = map(seen.scale, seen.limits.as_floats())
            low = low if least is None else jnp.maximum(low, scale(least))
            high = high if greatest is None else jnp.minimum(high, scale(greatest))
            value = between(name, low, high)
            parts[name] = numpyro.deterministic(name, back(value))
            yield dist.Normal(seen.centre, seen.error).log_prob(value) + jnp.log(high - low)

        def prior(name: str, share: Any) -> Any:
            return dist.Beta(*priors[name]).log_prob(jnp.clip(share, NEARLY, 1 - NEARLY))

        parts = dict[str, Any]()
        yield from observed(VICTIMS, certain / (most_told * per_most) if certain else None)
        yield from observed(TOLD, certain / (parts[VICTIMS] * per_most) if certain else None)
        known = parts[VICTIMS] * parts[TOLD]
        low = jnp.maximum(per_least, certain / known)
        each = numpyro.deterministic(PER_VICTIM, between(PER_VICTIM, low, per_most))
        if per_most > per_least:
            yield prior(PER_VICTIM, (each - per_least) / (per_most - per_least)) + jnp.log(per_most - low)
        yield from observed(RECORDED, None, known * each / scope if scope else None)
        told_of = known * each / parts[RECORDED]
        room = jnp.minimum(1.0, told_of) - scope
        within = numpyro.deterministic(IN_SCOPE, between(IN_SCOPE, scope, scope + room))
        yield prior(IN_SCOPE, (within - scope) / (1 - scope)) + jnp.log(room)
        lost, part = jnp.log(told_of / within), numpyro.sample("part", dist.Uniform())
        kept = numpyro.deterministic(KEPT, jnp.exp(-part * lost))
        flagged = numpyro.deterministic(FLAGGED, jnp.exp((part - 1) * lost))
        yield prior(KEPT, kept) + prior(FLAGGED, flagged) + jnp.log(kept * flagged * lost)

    return model


def _summaries(draws: Mapping[str, Any], divergent: Any) -> dict[str, Posterior]:
    """draws: by part, a row per chain."""
    import numpy as np
    from numpyro.diagnostics import effective_sample_size, split_gelman_rubin

    parts = {name: np.asarray(values) for name, values in draws.items()}
    apart = max(float(split_gelman_rubin(values)) for values in parts.values() if np.ptp(values) > 0)
    if float(np.mean(divergent)) > MOST_DIVERGENT or not apart < MOST_APART:
        raise ValueError("the sampler did not settle: ask for more with --draws")
    summaries = {}
    for name, values in parts.items():
        median, lower, upper = (float(end) for end in np.quantile(values, QUANTILES))
        summaries[name] = Posterior(median, lower, upper, float(effective_sample_size(values)))
    return summaries
