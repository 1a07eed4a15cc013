"""Tables of two columns of a supplier's quarter: what goes with what moved unlike in the others' returns (C12)."""

import itertools
import math
from collections.abc import Collection, Mapping

from assets.collection.cubes import Collected
from assets.collection.far_out import far_from_middle

# In a table of fewer cells, that it moved would say how one of them did.
FEWEST_CELLS = 4
# Of each supplier the squared distance of the shares of one quarter from those of the other, on Fisher's root scale, on which
# chance alone moves each share by the same; cells of few offences in both quarters are one.
MOVED = """
WITH
  cells AS (
    SELECT supplier, {first} AS first, {second} AS second,
      coalesce(sum(offences) FILTER (quarter = ?), 0) AS now, coalesce(sum(offences) FILTER (quarter <> ?), 0) AS before_it
    FROM cube WHERE quarter IN (?, ?) AND supplier IN (SELECT unnest(?::VARCHAR[])) GROUP BY ALL),
  told AS (
    SELECT supplier, sum(now) AS now, sum(before_it) AS before_it FROM cells
    GROUP BY supplier, CASE WHEN now + before_it >= ? THEN first END, CASE WHEN now + before_it >= ? THEN second END),
  shares AS (
    SELECT supplier, now / sum(now) OVER of_it AS now, before_it / sum(before_it) OVER of_it AS before_it,
      1 / sum(now) OVER of_it + 1 / sum(before_it) OVER of_it AS chance
    FROM told WINDOW of_it AS (PARTITION BY supplier))
SELECT supplier, count(*) - 1 AS cells, any_value(chance) AS chance,
  sum((2 * asin(sqrt(least(now, 1))) - 2 * asin(sqrt(least(before_it, 1)))) ** 2) AS moved
FROM shares GROUP BY supplier HAVING cells >= ? AND isfinite(chance) ORDER BY supplier"""


def furthest_tables(
    collected: Collected, quarter: str, last: str, columns: Mapping[str, str], inside: Mapping[str, Collection[str]]
) -> dict[str, str]:
    """Supplier -> the two columns whose table moved between two quarters furthest beyond the limit, beside those of the others.

    columns: name -> how the cube has it; inside: name -> the suppliers of whom it is told
    """
    limits, furthest = collected.rules.limits, dict[str, tuple[float, str]]()
    for first, second in itertools.combinations(columns, 2):
        both = sorted({*inside[first]} & {*inside[second]})
        asked = MOVED.format(first=columns[first], second=columns[second])
        rows = collected.query(asked, quarter, quarter, quarter, last, both, *[limits["table_cell"]] * 2, FEWEST_CELLS)
        # Chance alone moves each cell by so much; what is more is what really moved.
        moved = {row["supplier"]: row["moved"] - row["cells"] * row["chance"] for row in rows}
        noise = {row["supplier"]: math.sqrt(2 * row["cells"]) * row["chance"] for row in rows}
        for supplier, z in far_from_middle(moved, noise, limits["table_spreads"]):
            furthest[supplier] = max(furthest.get(supplier, (0.0, "")), (z, f"{first} by {second}"))
    return {supplier: columns for supplier, (z, columns) in sorted(furthest.items()) if z > 0}
