"""Confidence intervals for a survey proportion.

Units: p and the ends are proportions (0.057, not 5.7 percent); n_eff, the effective sample, is the simple random sample that
would be as precise: the unweighted base in respondents over the design effect (a variance ratio; the square of the deft that
UK tables print).

- logit: logit(p) +/- z sqrt(1 / (n_eff p (1 - p))), taken back by the inverse logit.
- Wilson: (p + z^2/2n +/- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n) with n = n_eff.
- Korn-Graubard: Clopper-Pearson limits (beta quantiles) at n_eff and x = n_eff p.

References: E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998) 193-201, and Analysis of Health
Surveys (1999); E. B. Wilson, JASA 22 (1927) 209-212; C. J. Clopper and E. S. Pearson, Biometrika 26 (1934)
404-413; for the logit form N. Dean and M. Pagano, Journal of Survey Statistics and Methodology 3 (2015)
484-503, where it is compared with the others.
"""

from __future__ import annotations

import math

from assets.methods.interval import Interval
from assets.methods.normal import LEVEL, z_value

SMALL_COUNT = 10.0  # effective cases (or non-cases) below which the logit form is not to be trusted


def logit_interval(p: float, n_eff: float) -> Interval:
    """Logit interval of a proportion on an effective sample size."""
    _inside(p)
    check_size(n_eff)
    return _on_logit_scale(p, 1 / math.sqrt(n_eff * p * (1 - p)))


def small_count_interval(p: float, n_eff: float) -> Interval:
    """The logit interval, or Korn-Graubard where fewer than ten effective cases or non-cases carry it."""
    carried = n_eff * min(p, 1 - p)
    return (korn_graubard_interval if carried < SMALL_COUNT else logit_interval)(p, n_eff)


def from_standard_error(p: float, standard_error: float) -> Interval:
    """Interval from a published standard error, by the delta method: se(logit p) = se(p) / (p (1 - p))."""
    _inside(p)
    if standard_error < 0:
        raise ValueError(f"a standard error is not negative (got {standard_error})")
    return _on_logit_scale(p, standard_error / (p * (1 - p)))


def wilson_interval(p: float, n_eff: float) -> Interval:
    """Wilson score interval; defined at p = 0 and p = 1 too."""
    _inside_or_end(p)
    check_size(n_eff)
    z = z_value()
    centre = p + z * z / (2 * n_eff)
    reach = z * math.sqrt(p * (1 - p) / n_eff + z * z / (4 * n_eff * n_eff))
    scale = 1 + z * z / n_eff
    return Interval.closed(max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale))


def korn_graubard_interval(p: float, n_eff: float) -> Interval:
    """Korn-Graubard interval without the correction for degrees of freedom: no publication prints its strata and areas."""
    from scipy.special import betaincinv

    _inside_or_end(p)
    check_size(n_eff)
    cases, tail = n_eff * p, (1 - LEVEL) / 2
    lower = 0.0 if p == 0 else float(betaincinv(cases, n_eff - cases + 1, tail))
    upper = 1.0 if p == 1 else float(betaincinv(cases + 1, n_eff - cases, 1 - tail))
    return Interval.closed(lower, upper)


def relative_error(share: float, n_eff: float) -> float:
    """Coefficient of variation of a prevalence: sqrt((1 - p) / (n_eff p)), p a proportion."""
    return math.sqrt((1 - share) / (n_eff * share))


def coefficient_of_variation(interval: Interval) -> float:
    """The standard error on the log scale that an interval implies: ln(upper / lower) / 2z."""
    lower, upper = interval.as_floats()
    if lower <= 0 or math.isinf(upper):
        raise ValueError(f"a coefficient of variation needs a bounded interval above zero, not {interval}")
    return math.log(upper / lower) / (2 * z_value())


def standard_error(p: float, interval: Interval) -> float:
    """The standard error of a proportion that its limits imply, on the logit scale: the inverse of `from_standard_error`."""
    _inside(p)
    lower, upper = interval.as_floats()
    if not 0 < lower <= p <= upper < 1:
        raise ValueError(f"a standard error follows from limits between 0 and 1 around the proportion, not {interval}")
    reach = math.log(upper / (1 - upper)) - math.log(lower / (1 - lower))
    return p * (1 - p) * reach / (2 * z_value())


def _on_logit_scale(p: float, standard_error: float) -> Interval:
    logit, reach = math.log(p / (1 - p)), z_value() * standard_error
    return Interval.closed(_expit(logit - reach), _expit(logit + reach))


def _expit(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def check_size(n_eff: float) -> None:
    """Refuse what is no sample."""
    if n_eff <= 0:
        raise ValueError(f"an effective sample size is positive (got {n_eff})")


def _inside(p: float) -> None:
    if not 0 < p < 1:
        raise ValueError(
            f"the logit of {p} is not defined: a proportion strictly between 0 and 1 is needed "
            "(use the Wilson or Korn-Graubard interval at 0 and 1)"
        )


def _inside_or_end(p: float) -> None:
    if not 0 <= p <= 1:
        raise ValueError(f"{p} is not a proportion (percentages are divided by 100 first)")
