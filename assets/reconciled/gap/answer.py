"""One answer per pairing and year: the plain ratio, with the hull of every reading of the year as its interval.

A year may be read plain (the count of the year of the label), recalled (the count of the months that the interviews are about,
mixed from two whole years) or by quarters. The rule, in this one place: the plain reading is the answer where it may be
compared, else the first other one that may; its interval is the hull of all that may. A count that may hold more than it
prints makes a set: no point of it is the answer.
"""

from collections.abc import Iterable, Sequence
from operator import itemgetter

import pandas as pd

from assets.methods.interval import Interval
from assets.reconciled.ground.vintage import DOUBTED
from assets.tables.records import grouped, records
from assets.words.wording import between, newer_withheld, number
from schemas.row_types import GapRow, ReconciledAnswerRow
from schemas.rows import AnyRow

READINGS = {"plain": "plain", "recall_quarters": "recalled, by quarters", "recall": "recalled, two years mixed"}
SET = "The published counts leave a set, not a number: any ratio in it is possible, and none is more likely."


def answers(gap: pd.DataFrame) -> pd.DataFrame:
    """Rows of `reconciled.answer` from those of `reconciled.gap`: one per pairing, instrument, sex, age, area and period."""
    key = itemgetter("pairing", "instrument", "sex", "age", "area_code", "period_start", "period_end")
    answers = [answer(rows) for rows in grouped(records(gap), key).values()]
    for rows in grouped(answers, itemgetter("pairing", "area_code")).values():
        _say_what_is_newer(rows)
    return pd.DataFrame(answers)


def _say_what_is_newer(rows: Sequence[ReconciledAnswerRow]) -> None:
    """With the newest answers of a pairing in an area the newest year after them of which a side is doubted, if any."""
    newest = max((row["period_end"] for row in rows if row["identified"]), default=None)
    doubted = (row["period_end"] for row in rows if DOUBTED in (row["estimate_obs_status"], row["recorded_obs_status"]))
    withheld = max(doubted, default=newest)
    for row in rows:
        if withheld is not None and newest == row["period_end"] < withheld:
            row["newer_withheld"] = withheld
            row["caveats"] = [newer_withheld(withheld), *row["caveats"]]


def answer(readings: Sequence[GapRow]) -> ReconciledAnswerRow:
    """The answer of one pairing in one year, from its readings."""
    ordered = sorted(readings, key=lambda row: list(READINGS).index(row["period_match"]))
    allowed = [row for row in ordered if row["recorded_per_100_lower"] is not None]
    chosen = allowed[0] if allowed else ordered[0]
    limits = _hull(allowed, "recorded_per_100")
    likely = _hull(allowed, "likely")
    is_set = bool(allowed) and chosen["recorded_per_100"] is None
    return {
        **chosen,
        "recorded_per_100": chosen["recorded_per_100"] if allowed else None,
        "recorded_per_100_lower": limits[0],
        "recorded_per_100_upper": limits[1],
        "likely_lower": likely[0],
        "likely_upper": likely[1],
        "identified": None if not allowed else "set" if is_set else "point",
        "readings": [_reading(row) for row in allowed],
        "newer_withheld": None,
        "caveats": [*([SET] if is_set else []), *dict.fromkeys(why for row in allowed or [chosen] for why in row["caveats"])],
        "inputs": [row["row_id"] for row in allowed or [chosen]],
    }  # fmt: skip


def _hull(rows: Iterable[AnyRow], stem: str) -> tuple[float | None, float | None]:
    """The hull of an interval over some rows; nothing where none of them has it."""
    ends = [(row[f"{stem}_lower"], row[f"{stem}_upper"]) for row in rows]
    known = [Interval.closed(lower, upper) for lower, upper in ends if lower is not None]
    return Interval.hull_of(known).as_floats() if known else (None, None)


def _reading(row: GapRow) -> str:
    """One reading with its interval, in words."""
    limits = between(row["recorded_per_100_lower"], row["recorded_per_100_upper"], 1)
    value = row["recorded_per_100"]
    return f"{READINGS[row['period_match']]}: {limits if value is None else f'{number(value, 1)} ({limits})'}"
