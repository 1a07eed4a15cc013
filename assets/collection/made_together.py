"""Tables of two columns of a supplier's quarter: what goes with what is unlike in the others' returns (C12)."""

import itertools
import math
from collections.abc import Collection, Mapping

from assets.collection.cubes import Collected
from assets.collection.far_out import far_from_middle

LAST_QUARTER, OTHERS = "last_quarter", "other_suppliers"
# What a supplier's quarter is held against: its own quarter before, or, where that is not there, the quarter of all others.
BESIDE = {LAST_QUARTER: "counts.supplier = of_whom.supplier", OTHERS: "counts.quarter = $quarter"}
# In a table of fewer cells, that it moved would say how one of them did.
FEWEST_CELLS = 4
# Of each supplier the squared distance of the shares of its quarter from those of what it is held against, on Fisher's root
# scale, on which chance alone moves each share by the same; cells in which few would be in the two together are one.
MOVED = """
WITH
  counts AS (
    SELECT supplier, quarter, {first} AS first, {second} AS second, sum(offences) AS offences
    FROM cube WHERE quarter IN ($quarter, $last) AND supplier IN (SELECT unnest($suppliers::VARCHAR[])) GROUP BY ALL),
  cells AS (
    SELECT of_whom.supplier, first, second,
      coalesce(sum(offences) FILTER (counts.supplier = of_whom.supplier AND quarter = $quarter), 0) AS now,
      sum(offences) - now AS beside
    FROM counts JOIN (SELECT unnest($suppliers::VARCHAR[]) AS supplier) AS of_whom ON {beside} GROUP BY ALL),
  sized AS (
    SELECT *, now + beside * sum(now) OVER of_it / sum(beside) OVER of_it >= $fewest AS enough
    FROM cells WINDOW of_it AS (PARTITION BY supplier)),
  told AS (
    SELECT supplier, sum(now) AS now, sum(beside) AS beside
    FROM sized GROUP BY supplier, CASE WHEN enough THEN first END, CASE WHEN enough THEN second END),
  shares AS (
    SELECT supplier, now / sum(now) OVER of_it AS now, beside / sum(beside) OVER of_it AS beside,
      1 / sum(now) OVER of_it + 1 / sum(beside) OVER of_it AS chance
    FROM told WINDOW of_it AS (PARTITION BY supplier))
SELECT supplier, count(*) - 1 AS cells, any_value(chance) AS chance,
  sum((2 * asin(sqrt(least(now, 1))) - 2 * asin(sqrt(least(beside, 1)))) ** 2) AS moved
FROM shares GROUP BY supplier HAVING cells >= $cells AND isfinite(chance) ORDER BY supplier"""


def furthest_tables(
    collected: Collected,
    quarter: str,
    last: str,
    beside: str,
    columns: Mapping[str, str],
    inside: Mapping[str, Collection[str]],
) -> dict[str, str]:
    """Supplier -> the two columns whose table is furthest beyond the limit from that beside it, as those of the others are not.

    beside: LAST_QUARTER or OTHERS; columns: name -> how the cube has it; inside: name -> the suppliers of whom it is told
    """
    limits, furthest = collected.rules.limits, dict[str, tuple[float, str]]()
    for first, second in itertools.combinations(inside, 2):
        asked = MOVED.format(first=columns[first], second=columns[second], beside=BESIDE[beside])
        rows = collected.query(
            asked, quarter=quarter, last=last, suppliers=sorted({*inside[first]} & {*inside[second]}),
            fewest=limits["table_cell"], cells=FEWEST_CELLS,
        )  # fmt: skip
        # Chance alone moves each cell by so much; what is more is what really moved.
        moved = {row["supplier"]: row["moved"] - row["cells"] * row["chance"] for row in rows}
        noise = {row["supplier"]: math.sqrt(2 * row["cells"]) * row["chance"] for row in rows}
        for supplier, z in far_from_middle(moved, noise, limits["table_spreads"]):
            furthest[supplier] = max(furthest.get(supplier, (0.0, "")), (z, f"{first} by {second}"))
    return {supplier: columns for supplier, (z, columns) in sorted(furthest.items()) if z > 0}
