"""Two systems that count one threat against the same people in one year: what each may hold that the other lacks.

Counts of different scopes are never added, and their ratios never stand side by side without this. Nothing published links
their records, so only what follows from the two totals A and B is said: both hold from 0 to min(A, B) records in common, the
first alone from max(0, A - B) to A, the second alone from max(0, B - A) to B.
Reference: M. Frechet, Annales de l'Universite de Lyon A 14 (1951) 53-77.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from operator import itemgetter

import pandas as pd

from assets.methods.interval import Interval
from assets.tables.conform import framed
from assets.tables.records import grouped, records
from assets.words.wording import SCOPES, between, number
from schemas.row_types import ReconciledAnswerRow, ScopePairRow


def scope_pairs(answer: pd.DataFrame) -> pd.DataFrame:
    """Rows of `reconciled.scope_pair` from `reconciled.answer`: two scopes that may be set beside one estimate."""
    compared = [row for row in records(answer) if row["recorded_per_100_lower"] is not None]
    key = itemgetter("threat", "sex", "age", "area_code", "instrument", "period_start", "period_end", "estimate")
    same = grouped(compared, key)
    return framed([row for rows in same.values() for row in _pairs(rows)], "reconciled.scope_pair")


def _pairs(rows: Sequence[ReconciledAnswerRow]) -> Iterator[ScopePairRow]:
    for first, second in combinations(sorted(rows, key=lambda row: str(row["recorded_scope"])), 2):
        if first["recorded_scope"] != second["recorded_scope"]:
            yield _row(first, second)


def _row(first: ReconciledAnswerRow, second: ReconciledAnswerRow) -> ScopePairRow:
    a, b = (Interval.closed(row["recorded_lower"], row["recorded_upper"]) for row in (first, second))
    least = [max(0.0, float(interval.lower) - float(other.upper)) for interval, other in ((a, b), (b, a))]
    return {
        "threat": first["threat"], "sex": first["sex"], "area_code": first["area_code"],
        "period_start": first["period_start"], "period_end": first["period_end"],
        "first_scope": first["recorded_scope"], "second_scope": second["recorded_scope"], "first_pairing": first["pairing"],
        "second_pairing": second["pairing"], "first": first["recorded"], "first_lower": first["recorded_lower"],
        "first_upper": first["recorded_upper"], "second": second["recorded"], "second_lower": second["recorded_lower"],
        "second_upper": second["recorded_upper"], "first_only_lower": least[0], "first_only_upper": float(a.upper),
        "second_only_lower": least[1], "second_only_upper": float(b.upper), "first_per_100": first["recorded_per_100"],
        "second_per_100": second["recorded_per_100"], "sentence": _sentence(first, second, a, b, least),
        "inputs": [first["row_id"], second["row_id"]],
    }  # fmt: skip


def _sentence(
    first: ReconciledAnswerRow, second: ReconciledAnswerRow, a: Interval, b: Interval, least: list[float]
) -> str:
    this, other = (SCOPES[row["recorded_scope"]] for row in (first, second))
    return (
        f"{this} counts {number(first['recorded'])} offences, {other} {number(second['recorded'])}, set beside the same"
        f" estimate. No record is linked: {between(least[0], float(a.upper))} of them may stand in the first alone,"
        f" {between(least[1], float(b.upper))} in the second alone. The two are different definitions, and neither corrects"
        " the other."
    )
