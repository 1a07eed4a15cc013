"""Inclusions and identities that figures must obey if flags are complete and shares are read as stated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from assets.methods.flags import completeness, flag_is_incomplete
from assets.methods.interval import Interval
from assets.reconciled.ground.comparison import Period
from assets.reconciled.ground.figure_lookup import Held, Window, figure_interval
from assets.reconciled.ground.vintage import newest_of
from assets.tables.framed import framed
from assets.tables.records import Record, records
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import FlagCheckRow
from schemas.rows import AnyRow


@dataclass(frozen=True)
class Side:
    """One side of a check: a figure, a share of a count, or a sum of counts.

    series: one series, or several separated by ; that are added; of: series of the count that a share is taken of
    """

    words: str
    series: str
    of: str | None = None
    value: str | None = None
    window: Window | None = None
    of_window: Window | None = None


@dataclass(frozen=True)
class FlagTest:
    """What must hold between two sides; `flag` says that the whole counts flags whose completeness the part tests."""

    key: str
    scope: str
    unit: str
    relation: str
    part: Side
    whole: Side
    why: str
    flag: bool = False
    alike: bool = True
    caveats: tuple[str, ...] = ()


def flag_tests(rows: pd.DataFrame) -> list[FlagTest]:
    """The rows of `reference.flag_test`."""
    return [
        FlagTest(
            row["flag_test"], row["scope"], row["unit"], row["relation"], _side(row, "part"), _side(row, "whole"), row["why"],
            row["flag"], row["alike"], (row["caveat"],) if row["caveat"] else (),
        )
        for row in records(rows)
    ]  # fmt: skip


def _side(row: AnyRow, side: str) -> Side:
    def window(of: str) -> Window | None:
        return (row[f"{of}_start"], row[f"{of}_end"]) if row[f"{of}_start"] else None

    return Side(
        row[side], row[f"{side}_series"], row[f"{side}_of"], row[f"{side}_value"], window(side), window(f"{side}_of")
    )


TOLERANCE = 0.01  # percentage points: two tables print one share from workbooks of one release to full precision


def flag_checks(
    offences: pd.DataFrame,
    flagged: pd.DataFrame,
    vawg: pd.DataFrame,
    shares: pd.DataFrame,
    releases: pd.DataFrame,
    tests: pd.DataFrame,
) -> pd.DataFrame:
    """Every test in every period for which both sides are held.

    Fact tables as staged; releases: `meta.release`; tests: `reference.flag_test`.
    """
    facts = {
        "recorded.offence_count": offences, "recorded.flagged_count": flagged, "recorded.vawg_count": vawg,
        "recorded.share": shares,
    }  # fmt: skip
    held = Held(newest_of(frame, releases, key) for key, frame in facts.items())
    return framed([row for test in flag_tests(tests) for row in _rows(test, held)], "reconciled.flag_check")


def _rows(test: FlagTest, held: Held) -> Iterator[FlagCheckRow]:
    for window in sorted(held.windows(test.part.series.split(";")[0])):
        part, whole = (_size(side, held, side.window or window) for side in (test.part, test.whole))
        if part is not None and whole is not None and window == (test.part.window or window):
            yield _row(test, window, part, whole)


def _size(side: Side, held: Held, window: Window) -> tuple[Interval, tuple[str, ...]] | None:
    """The values that a side may have and the rows it is made from; None where one is not held."""
    found = [held.find(name, window, characteristic_value=side.value) for name in side.series.split(";")]
    base = [held.find(name, side.of_window or window) for name in side.of.split(";")] if side.of else []
    rows = [row for row in (*found, *base) if row is not None]
    if len(rows) < len(found) + len(base):
        return None
    size = _sum(rows[: len(found)])
    if base:
        size = size / 100 * _sum(rows[len(found) :])
    return size, tuple(row["row_id"] for row in rows)


def _sum(rows: Sequence[Record]) -> Interval:
    return sum(map(figure_interval, rows), Interval.point(0))


def _row(
    test: FlagTest, window: Window, part: tuple[Interval, tuple[str, ...]], whole: tuple[Interval, tuple[str, ...]]
) -> FlagCheckRow:
    (left, left_rows), (right, right_rows) = part, whole
    agree = not flag_is_incomplete(right, left) if test.relation == "at most" else _equal(left, right, test.unit)
    result = "agree" if agree else "contradict" if test.alike else "not_comparable"
    caught = float(completeness(right, left).upper) if test.flag else None
    return {
        "check": test.key, "scope": test.scope, "area_code": ENGLAND_AND_WALES, "period_start": window[0],
        "period_end": window[1], "relation": test.relation, "part": test.part.words, "part_lower": float(left.lower),
        "part_upper": float(left.upper), "whole": test.whole.words, "whole_lower": float(right.lower),
        "whole_upper": float(right.upper), "unit": test.unit, "completeness_upper": caught, "result": result,
        "sentence": _sentence(test, window, left, right, result, caught), "caveats": list(test.caveats),
        "inputs": [*left_rows, *right_rows],
    }  # fmt: skip


def _equal(left: Interval, right: Interval, unit: str) -> bool:
    slack = Interval.closed(-TOLERANCE, TOLERANCE) if unit == "percent" else Interval.point(0)
    return (left + slack).meets(right)


def _sentence(
    test: FlagTest, window: Window, left: Interval, right: Interval, result: str, caught: float | None
) -> str:
    said = f"{test.part.words} ({_shown(left, test.unit)}) and {test.whole.words} ({_shown(right, test.unit)})"
    said = said[0].upper() + said[1:]
    when = Period(*window, "year")
    must = "the first must be no larger than the second" if test.relation == "at most" else "the two must be equal"
    verdict = {
        "agree": "they can hold together",
        "contradict": "they cannot, as read",
        "not_comparable": "they are not, but windows or bases differ",
    }[result]
    found = f"{said}, {when}: {must}, since {test.why}; {verdict}."
    if result == "contradict" and caught is not None:
        found += f" If the inclusion holds, the flag has caught at most {100 * caught:.0f}% of its concept."
    return found


def _shown(interval: Interval, unit: str) -> str:
    ends = [f"{end:.1f}%" if unit == "percent" else f"{end:,.0f}" for end in interval.as_floats()]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
