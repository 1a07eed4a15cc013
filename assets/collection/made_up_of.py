"""What a supplier's quarter is made up of: parts that moved unlike those of the others (C12), counts that are another's (C13)."""

import math
from collections.abc import Iterator

from assets.collection.cubes import Collected, of_any
from assets.collection.far_out import FEWEST_SUPPLIERS, Unlike, far_from_middle
from assets.collection.made_together import LAST_QUARTER, OTHERS, furthest_tables
from assets.collection.told.control import COUNTRY_ONLY
from assets.returns.rules.quarters import before

SHARES = ("domestic_abuse", "online")
# What is compared -> how the cube has it. All but codes are protected.
CODES = "offence_class"
PARTS = {CODES: CODES} | {name: name for name in ("relationship", "victim_age_band", "suspect_age_band")}
CELL = "offence_class, membership, victim_age_band, suspect_age_band, relationship"
# Returns of nearly as many cells, and in how many of them the same is counted.
ALIKE = f"""
WITH
  cells AS (SELECT supplier, quarter, {CELL}, sum(offences) AS counted FROM cube WHERE quarter IN (?, ?) GROUP BY ALL),
  sized AS (SELECT supplier, quarter, count(*) AS cells FROM cells GROUP BY ALL HAVING count(*) >= ?),
  pairs AS (
    SELECT now.supplier, other.supplier AS of_supplier, other.quarter AS of_quarter, greatest(now.cells, other.cells) AS most
    FROM sized AS now JOIN sized AS other
      ON (now.supplier = other.supplier) <> (now.quarter = other.quarter)
      AND least(now.cells, other.cells) >= ? * greatest(now.cells, other.cells)
    WHERE now.quarter = ?)
SELECT supplier, supplier = of_supplier AS own, max(alike / most) AS share
FROM (
  SELECT supplier, of_supplier, most, count(*) AS alike
  FROM pairs JOIN (FROM cells WHERE quarter = ?) AS mine USING (supplier)
    JOIN cells AS other ON other.supplier = of_supplier AND other.quarter = of_quarter AND mine.counted = other.counted
      AND {" AND ".join(f"mine.{name} = other.{name}" for name in CELL.split(", "))}
  GROUP BY ALL)
GROUP BY ALL HAVING share >= ? ORDER BY ALL"""


def parts(collected: Collected, quarter: str) -> Iterator[Unlike]:
    """C12: the part that a code, relationship, age or threat has of a quarter moved since the quarter before, unlike elsewhere.

    Of each supplier and of each kind of part the one that moved most; on a scale on which chance moves every part alike.
    Of each supplier of whom none did also the two columns that go together most unlike before: a column that was shuffled or
    exchanged has the same parts. Where its quarter before does not count, they are held against those of the others.
    """
    last = before(quarter, 3)
    kinds = PARTS | {threat: f"CASE WHEN {of_any([threat])} THEN '{threat}' ELSE '' END" for threat in SHARES}
    both = _counting(collected, quarter, last)
    inside = {kind: _protected(collected, both, kind, quarter, last) for kind in kinds}
    moved = set[str]()
    for kind, of_a_row in kinds.items():
        told: dict[str, tuple[float, str]] = {}
        of_whom = both if kind == CODES else inside[kind]
        for (supplier, part), z in _moved(collected, quarter, last, of_a_row, of_whom, plain=kind == CODES):
            if part and abs(z) > abs(told.get(supplier, (0.0, ""))[0]):
                told[supplier] = z, part
        for supplier, (z, part) in sorted(told.items()):
            yield "C12", supplier, part if kind in (part, CODES) else f"{kind} {part}", LAST_QUARTER, z, None, None
        moved |= told.keys()
    now = _counting(collected, quarter)
    of_all = {kind: _protected(collected, now, kind, quarter) for kind in kinds} if {*now} - {*both} else {}
    for beside, those, known in ((LAST_QUARTER, inside, moved), (OTHERS, of_all, {*both})):
        for supplier, columns in furthest_tables(collected, quarter, last, beside, kinds, those).items():
            if supplier not in known:  # by how many spreads would say something of single cells
                yield "C12", supplier, columns, beside, collected.rules.limits["table_spreads"], None, None


def _counting(collected: Collected, *quarters: str) -> list[str]:
    """The suppliers of the first of some quarters of whom each counts."""
    return [s for s in collected.suppliers(quarters[0]) if {(s, of) for of in quarters} <= collected.counting.keys()]


def _protected(collected: Collected, suppliers: list[str], kind: str, *quarters: str) -> list[str]:
    """Those of whom a kind of part is told in each of some quarters, and is not of a country alone."""
    return [
        supplier
        for supplier in suppliers
        if supplier not in COUNTRY_ONLY
        and (kind in PARTS or all(kind in collected.counting[supplier, of].told for of in quarters))
    ]


def _moved(
    collected: Collected, quarter: str, last: str, of_a_row: str, inside: list[str], *, plain: bool
) -> Iterator[tuple[tuple[str, str], float]]:
    """Supplier and part, and how far it moved, of those that moved far. plain: is the part of no protected column?"""
    rows = collected.query(
        f"SELECT supplier, quarter, {of_a_row} AS part, sum(offences)::BIGINT AS offences FROM cube "
        "WHERE quarter IN (?, ?) AND supplier IN (SELECT unnest(?::VARCHAR[])) GROUP BY ALL ORDER BY ALL",
        quarter, last, inside,
    )  # fmt: skip
    counts = {(row["supplier"], row["quarter"], row["part"]): row["offences"] for row in rows}
    limits, size = collected.rules.limits, dict[tuple[str, str], int]()
    for (supplier, of, _), count in counts.items():
        size[supplier, of] = size.get((supplier, of), 0) + count
    whole = [supplier for supplier in inside if all(size.get((supplier, of), 0) > 0 for of in (quarter, last))]
    if len(whole) < FEWEST_SUPPLIERS:
        return
    for part in sorted({part for _, _, part in counts}):
        now, then = ({s: counts.get((s, of, part), 0) / size[s, of] for s in whole} for of in (quarter, last))
        moved = {s: 2 * (math.asin(math.sqrt(now[s])) - math.asin(math.sqrt(then[s]))) for s in whole}
        noise = {s: math.sqrt(1 / size[s, quarter] + 1 / size[s, last]) for s in whole}
        for supplier, z in far_from_middle(moved, noise, limits["part_spreads"]):
            shares = {quarter: now[supplier], last: then[supplier]}
            apart = abs(now[supplier] - then[supplier]) * size[supplier, quarter]
            # A whole spread of few offences would say how many of them are of the part.
            fewest = min(_within(share, noise[supplier]) * size[supplier, of] for of, share in shares.items())
            if apart > limits["few"] and (plain or fewest >= limits["narrowest_interval"]):
                yield (supplier, part), z


def _within(share: float, spread: float) -> float:
    """How much of all one spread about a share is; of a small share less than of one in the middle."""
    middle = 2 * math.asin(math.sqrt(share))
    low, high = max(middle - spread / 2, 0.0), min(middle + spread / 2, math.pi)
    return math.sin(high / 2) ** 2 - math.sin(low / 2) ** 2


def same_counts(collected: Collected, quarter: str) -> Iterator[Unlike]:
    """C13: nearly every cell of a return counts what that of the quarter before does, or that of another supplier."""
    limits, last = collected.rules.limits, before(quarter, 3)
    share = limits["same_cells_share"]
    for row in collected.query(ALIKE, quarter, last, limits["flag_rows"], share, quarter, quarter, share):
        yield "C13", row["supplier"], "all", LAST_QUARTER if row["own"] else OTHERS, 100 * row["share"], None, None
