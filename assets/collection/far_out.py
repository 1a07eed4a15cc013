"""How far a supplier lies from the others, in spreads: the one measure of the rules that compare suppliers."""

import statistics
from collections.abc import Iterator, Mapping

FEWEST_SUPPLIERS = 5
# The spread of a normal distribution by the median of distances from the median.
PER_MEDIAN_DISTANCE = 1.4826
# Rule, supplier, what is compared, with what, how far, and the two numbers.
Unlike = tuple[str, str, str, str, float, float | None, float | None]


def far_from_middle(
    values: Mapping[str, float], noise: Mapping[str, float], limit: float
) -> Iterator[tuple[str, float]]:
    """Who lies further from the median than so many spreads: that of the others, and no less than chance alone gives."""
    if len(values) < FEWEST_SUPPLIERS:
        return
    middle = statistics.median(values.values())
    spread = PER_MEDIAN_DISTANCE * statistics.median(abs(value - middle) for value in values.values())
    for supplier, value in values.items():
        z = (value - middle) / max(spread, noise[supplier])
        if abs(z) > limit:
            yield supplier, z
