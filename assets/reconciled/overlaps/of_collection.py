"""Unions of threats as the policing collection counts them: a system of its own, beside the others and never added to them.

Only years of a real collection; a synthetic one is never set beside figures, and without returns there is none. Where a supplier
is late the counts are a part of the country's, and say no more than its least.
"""

from collections.abc import Iterator, Sequence

import pandas as pd

from assets.methods.interval import Interval
from assets.methods.unions import frechet_bounds_of_intervals
from assets.reconciled.ground.comparison import Period
from assets.reconciled.overlaps.systems import AS_STATED, in_words
from assets.reconciled.overlaps.union_bound import NOT_A_SUM, size_in_words, things
from assets.tables.records import Record, records
from schemas.codes import ENGLAND_AND_WALES
from schemas.overlap import PRECISION
from schemas.row_types import UnionBoundRow

SYSTEM = SCOPE = "collection"
UNIT, YEAR = "offences", "year"
ITS_OWN = "Assembled from the forces' returns by an assumed definition: a scope of its own, never added to published statistics."


def collected_unions(unions: pd.DataFrame, threats: pd.DataFrame) -> list[UnionBoundRow]:
    """Rows of `reconciled.union_bound` from `collection.union_bound`, with the sizes of the sets from `collection.threat_count`.

    The ends are rounded outwards there, so they hold at either precision.
    """
    sizes = {
        (row["threat"], row["period_start"], row["period_end"]): row
        for row in records(threats)
        if row["scope"] == SCOPE and row["area_code"] == ENGLAND_AND_WALES and row["period_type"] == YEAR
    }
    return [found for row in records(unions) if row["scope"] == SCOPE for found in _rows(row, sizes)]


def _rows(row: Record, sizes: dict[tuple[str, object, object], Record]) -> Iterator[UnionBoundRow]:
    names, whole = row["sets"].split("|"), row["suppliers_counted"] == row["suppliers_expected"]
    counts = [sizes.get((name, row["period_start"], row["period_end"])) for name in names]
    alike = [one for one in counts if one and one["suppliers_counted"] == row["suppliers_counted"]]
    marginal = _marginals(alike, row["rounded_to"]) if len(alike) == len(names) else None
    period = Period(row["period_start"], row["period_end"], YEAR)
    ends = Interval(row["lower"], row["upper"] if whole else float("inf"))
    sentence = (
        f"{size_in_words(ends, UNIT)} {things(UNIT)} {' or '.join(map(in_words, names))} (one or more), {period}."
    )
    known = _known_from(row)
    for precision in PRECISION:
        yield {
            "system": SYSTEM, "scope": SCOPE, "sets": row["sets"], "set_count": len(names), "area_code": ENGLAND_AND_WALES,
            "period_start": period.start, "period_end": period.end, "period_type": YEAR, "sex": "female", "unit": UNIT,
            "reading": AS_STATED, "precision": precision, "lower": float(row["lower"]),
            "upper": float(row["upper"]) if whole else None, "status": "bounded" if whole else "half_bounded",
            "marginals_lower": float(marginal.lower) if marginal else None,
            "marginals_upper": float(marginal.upper) if marginal and whole else None, "overlap_depth_lower": None,
            "overlap_depth_upper": None, "lower_from": known, "upper_from": known if whole else [], "conflict": [],
            "sentence": sentence, "caveats": _caveats(row, whole),
            "inputs": [row["row_id"], *(one["row_id"] for one in alike)],
        }  # fmt: skip


def _marginals(counts: Sequence[Record], base: int) -> Interval | None:
    """What the sizes alone allow, rounded outwards as the bounds are; None where one of them is not shown."""
    if any(one["offences"] is None for one in counts):
        return None
    half = [one["rounded_to"] // 2 for one in counts]
    pairs = zip(counts, half, strict=True)
    found = frechet_bounds_of_intervals(
        [Interval(max(one["offences"] - by, 0), one["offences"] + by) for one, by in pairs]
    )
    return Interval(int(found.lower) // base * base, -(-int(found.upper) // base) * base)


def _known_from(row: Record) -> list[str]:
    exact, others = row["suppliers_exact"], row["suppliers_counted"] - row["suppliers_exact"]
    said = [
        (exact, f"offences of suppliers that can tell of every threat, each counted once ({exact})"),
        (others, f"sizes of the threats of suppliers that cannot ({others})"),
    ]
    return [words for number, words in said if number]


def _caveats(row: Record, whole: bool) -> list[str]:
    late = (
        f"{row['suppliers_counted']} of {row['suppliers_expected']} suppliers are in it: the others can only add to it."
    )
    return [NOT_A_SUM, ITS_OWN, *([] if whole else [late])]
