"""A quasi-Poisson log-linear model by iteratively reweighted least squares.

E[y_i] = mu_i, ln mu_i = x_i' beta, Var y_i = phi mu_i. Each step solves the weighted least
squares of z = eta + (y - mu)/mu with weights mu. phi = Pearson X^2 / (n - rank), taken as at least
1; the covariance of beta is phi (X' W X)^-1, and intervals use Student's t on n - rank degrees of freedom.

Units: y in counts; exp(beta) is a ratio per unit of its column. References: R. W. M. Wedderburn, Biometrika
61 (1974) 439-447; P. McCullagh and J. A. Nelder, Generalized Linear Models (2nd ed., 1989) ch. 2 and 6.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.methods.interval import Interval
from assets.methods.normal import exponential, student_p, student_value

MOST_STEPS = 100


@dataclass(frozen=True)
class Effect:
    """exp(beta) of one column: a ratio, its interval, and the p value of "no effect"."""

    ratio: float
    interval: Interval
    p_value: float


@dataclass(frozen=True)
class LogLinearFit:
    """A fitted model. `raw_phi` is X^2 / df as found; `phi` is at least 1; `covariance` is that of the coefficients."""

    coefficients: Mapping[str, float]
    covariance: tuple[tuple[float, ...], ...]
    raw_phi: float
    phi: float
    degrees_of_freedom: int

    def effect(self, name: str) -> Effect:
        """The ratio of one column, its interval and p value."""
        return self.combined({name: 1.0})

    def combined(self, weights: Mapping[str, float]) -> Effect:
        """exp(sum of weighted coefficients), its interval and p value; without weights exactly one."""
        given = [weights.get(name, 0.0) for name in self.coefficients]
        beta = sum(weight * self.coefficients[name] for name, weight in weights.items())
        variance = sum(
            a * b * self.covariance[i][j] for i, a in enumerate(given) if a for j, b in enumerate(given) if b
        )
        if not any(given):
            return Effect(1.0, Interval.point(1), 1.0)
        error = math.sqrt(variance)
        reach = student_value(self.degrees_of_freedom) * error
        p_value = student_p(beta / error, self.degrees_of_freedom)
        return Effect(exponential(beta), Interval.closed(exponential(beta - reach), exponential(beta + reach)), p_value)


def fit_log_linear(counts: Sequence[float], columns: Mapping[str, Sequence[float]]) -> LogLinearFit:
    """Fit the model; `columns` are the named columns of the design (the constant included, if wanted)."""
    import numpy as np

    y = np.asarray(counts, dtype=float)
    design = np.column_stack([np.asarray(column, dtype=float) for column in columns.values()])
    if (y < 0).any():
        raise ValueError("a log-linear model takes no negative count (a correction belongs to its own quarter)")
    if y.sum() == 0:
        raise ValueError("all counts are zero: a log-linear model has nothing to fit")
    if design.shape[0] != len(y) or not np.isfinite(design).all():
        raise ValueError("each column of the design needs one finite number per count")
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError(f"the terms {', '.join(columns)} cannot be told apart with these {len(y)} counts")
    freedom = len(y) - design.shape[1]
    if freedom < 1:
        raise ValueError(f"{len(y)} counts cannot carry {design.shape[1]} terms and an overdispersion")

    mu = y + 0.5
    beta = np.zeros(design.shape[1])
    for _ in range(MOST_STEPS):
        working = np.log(mu) + (y - mu) / mu
        root = np.sqrt(mu)
        previous, beta = beta, np.linalg.lstsq(design * root[:, None], working * root, rcond=None)[0]
        mu = np.exp(np.clip(design @ beta, -700, 700))
        if np.abs(beta - previous).max() <= 1e-10 * max(1.0, np.abs(beta).max()):
            break
    else:
        raise ValueError("the log-linear model did not settle (a term has only zero counts behind it?)")
    raw = float(((y - mu) ** 2 / mu).sum() / freedom)
    phi = max(1.0, raw)
    covariance = phi * np.linalg.inv(design.T @ (design * mu[:, None]))
    return LogLinearFit(
        dict(zip(columns, map(float, beta), strict=True)),
        tuple(tuple(map(float, row)) for row in covariance),
        raw,
        phi,
        freedom,
    )
