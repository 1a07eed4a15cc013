"""Adjusted p values for a table of tests.

Benjamini-Hochberg: with p_(1) <= ... <= p_(m), the adjusted value of p_(i) is min over j >= i of m p_(j) /
j, at most 1. It holds the expected share of false discoveries under independence (or positive dependence).

Units: probabilities. Reference: Y. Benjamini and Y. Hochberg, JRSS B 57 (1995) 289-300.
"""

from __future__ import annotations

from collections.abc import Sequence


def benjamini_hochberg(p_values: Sequence[float | None]) -> list[float | None]:
    """Adjusted p values in the order given; a row without a test (None) stays None and is not counted."""
    tested = sorted((p, i) for i, p in enumerate(p_values) if p is not None)
    if any(not 0 <= p <= 1 for p, _ in tested):
        raise ValueError("a p value lies between 0 and 1")
    adjusted: list[float | None] = [None] * len(p_values)
    running = 1.0
    for rank in range(len(tested), 0, -1):
        p, i = tested[rank - 1]
        running = min(running, p * (len(tested) / rank))
        adjusted[i] = running
    return adjusted
