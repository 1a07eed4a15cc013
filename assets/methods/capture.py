"""Capture-recapture, refused.

The Lincoln-Petersen estimate n1 n2 / m needs m, the persons found on both lists. A survey total and a
recorded total share no list of persons: no m exists, and any figure made without it would be an invention.

Reference: Y. M. M. Bishop, S. E. Fienberg and P. W. Holland, Discrete Multivariate Analysis, 1975, ch. 6
(matched lists, closed population, independence).
"""

from __future__ import annotations

from typing import NoReturn


class RefusedError(ValueError):
    """A method that the data cannot carry."""


def capture_recapture(*totals: object, **unused: object) -> NoReturn:
    """Always refuses: two totals cannot give a number of victims unknown to both."""
    raise RefusedError(
        "Capture-recapture needs lists linked person by person: how many of the same people stand on both. "
        "A survey total and a recorded total are not linked, so no such estimate is made. "
        "Use the bounds on unions or the reporting bridge instead."
    )
