"""The posterior of the parts of a bridge: published figures as data, declared priors for the rest. Experimental.

Model of one bridge in one year (a multi-parameter evidence synthesis: the parts are functions of one another, so every figure
informs every part):

    ln victims, logit told, ln recorded ~ Normal(printed value, standard error of its limits), inside the limits
    offences per victim, share recorded, share flagged, share in scope ~ Beta(alpha, beta) over their bounds
    victims x told x per victim x share recorded x share flagged = recorded x share in scope

The identity holds on the log scale. What the figures leave of the shares is drawn by where it lies: the share in scope between
its bound and what was told of, then how much of the rest was not recorded rather than not flagged (`part`, level); the density of
these against the shares is that of the change of variables. Only products of the assumed parts are identified: along them the
posterior is the prior, which is why it is printed beside the identified set and under other priors.

Sampled by the No-U-Turn sampler of NumPyro, an optional extra (`synthesis`): without it ModuleNotFoundError.

Units: those of the parts. References: A. E. Ades and A. J. Sutton, Multiparameter evidence synthesis in epidemiology and
medical decision-making, Journal of the Royal Statistical Society A 169 (2006) 5-35; models that data identify in part,
P. Gustafson, Bayesian Inference for Partially Identified Models, 2015; M. D. Hoffman and A. Gelman, The No-U-Turn Sampler,
Journal of Machine Learning Research 15 (2014) 1593-1623.
"""

import os
from collections.abc import Callable, Mapping, Sequence
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
        name: [jax.numpy.array(ends) for ends in zip(*(one[name] for one in settings), strict=True)] for name in ASSUMED
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

    per, scope = (given.bounds[name].as_floats() for name in (PER_VICTIM, IN_SCOPE))

    def model() -> None:
        with numpyro.plate("settings", settings):
            each_setting()

    def each_setting() -> None:
        drawn = {}
        for name, one in given.observed.items():
            low, high = map(one.scale, one.limits.as_floats())
            error = numpyro.sample(f"{name}.scale", dist.TruncatedNormal(one.centre, one.error, low=low, high=high))
            drawn[name] = numpyro.deterministic(name, sigmoid(error) if one.share else jnp.exp(error))
        tried = numpyro.sample("tried", dist.Beta(*priors[PER_VICTIM]))
        each = numpyro.deterministic(PER_VICTIM, per[0] + (per[1] - per[0]) * tried)
        told_of = drawn[VICTIMS] * drawn[TOLD] * each / drawn[RECORDED]
        room = jnp.minimum(1.0, told_of) - scope[0]
        within = numpyro.deterministic(IN_SCOPE, scope[0] + room * numpyro.sample("within", dist.Uniform()))
        lost, part = jnp.log(told_of / within), numpyro.sample("part", dist.Uniform())
        shares = {
            KEPT: numpyro.deterministic(KEPT, jnp.exp(-part * lost)),
            FLAGGED: numpyro.deterministic(FLAGGED, jnp.exp((part - 1) * lost)),
            IN_SCOPE: (within - scope[0]) / (1 - scope[0]),
        }
        of_priors = sum(
            dist.Beta(*priors[name]).log_prob(jnp.clip(share, NEARLY, 1 - NEARLY)) for name, share in shares.items()
        )
        density = of_priors + jnp.log(shares[KEPT] * shares[FLAGGED] * lost * room)
        numpyro.factor("identity", jnp.where(room > 0, density, -jnp.inf))

    return model


def _summaries(draws: Mapping[str, Any], divergent: Any) -> dict[str, Posterior]:
    """draws: by part, a row per chain."""
    import numpy as np
    from numpyro.diagnostics import effective_sample_size, split_gelman_rubin

    parts = {name: np.asarray(values) for name, values in draws.items()}
    apart = max(float(split_gelman_rubin(values)) for values in parts.values() if np.ptp(values) > 0)
    if float(np.mean(divergent)) > MOST_DIVERGENT or not apart < MOST_APART:
        raise ValueError("the sampler did not settle: ask for more with --draws")
    found = {}
    for name, values in parts.items():
        median, lower, upper = (float(end) for end in np.quantile(values, QUANTILES))
        found[name] = Posterior(median, lower, upper, float(effective_sample_size(values)))
    return found
