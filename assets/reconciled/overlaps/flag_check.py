"""Inclusions and identities that figures must obey if flags are complete and shares are read as stated."""

from collections.abc import Iterator, Sequence

import pandas as pd

from assets.methods.flags import completeness, flag_is_incomplete
from assets.methods.interval import Interval
from assets.reconciled.ground.comparison import ComparedPeriod
from assets.reconciled.ground.figure_lookup import NewestFigures, Window, figure_interval
from assets.tables.conform import framed
from assets.tables.records import Record, records
from schemas.codes import ENGLAND_AND_WALES
from schemas.row_types import FlagCheckRow, FlagTestRow
from schemas.rows import AnyRow

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
    figures = NewestFigures.newest(releases, offences=offences, flagged=flagged, vawg=vawg, shares=shares)
    return framed([row for test in records(tests) for row in _rows(test, figures)], "reconciled.flag_check")


def _rows(test: Record, figures: NewestFigures) -> Iterator[FlagCheckRow]:
    for window in sorted(figures.windows(test["part_series"].split(";")[0])):
        part, whole = (_size(test, side, figures, window) for side in ("part", "whole"))
        if part is not None and whole is not None and window == _window(test, "part", window):
            yield _row(test, window, part, whole)


def _size(test: AnyRow, side: str, figures: NewestFigures, window: Window) -> tuple[Interval, tuple[str, ...]] | None:
    """The values that a side may have and the rows it is made from; None where one is not held.

    A side is a figure, a sum of counts (series separated by ;), or a share of a count.
    """
    window, value = _window(test, side, window), test[f"{side}_value"]
    of_side = [figures.find(name, window, characteristic_value=value) for name in test[f"{side}_series"].split(";")]
    of, of_window = test[f"{side}_of"], _window(test, f"{side}_of", window)
    base = [figures.find(name, of_window) for name in of.split(";")] if of else []
    rows = [row for row in (*of_side, *base) if row is not None]
    if len(rows) < len(of_side) + len(base):
        return None
    size = _sum(rows[: len(of_side)])
    if base:
        size = size / 100 * _sum(rows[len(of_side) :])
    return size, tuple(row["row_id"] for row in rows)


def _window(test: AnyRow, of: str, otherwise: Window) -> Window:
    """The window that a test names for a side or for the count its share is of."""
    start = test[f"{of}_start"]
    return (start, test[f"{of}_end"]) if start else otherwise


def _sum(rows: Sequence[Record]) -> Interval:
    return sum(map(figure_interval, rows), Interval.point(0))


def _row(
    test: FlagTestRow, window: Window, part: tuple[Interval, tuple[str, ...]], whole: tuple[Interval, tuple[str, ...]]
) -> FlagCheckRow:
    (left, left_rows), (right, right_rows) = part, whole
    agree = not flag_is_incomplete(right, left) if test["relation"] == "at most" else _equal(left, right, test["unit"])
    result = "agree" if agree else "contradict" if test["alike"] else "not_comparable"
    caught = float(completeness(right, left).upper) if test["flag"] else None
    return {
        "check": test["flag_test"], "scope": test["scope"], "area_code": ENGLAND_AND_WALES, "period_start": window[0],
        "period_end": window[1], "relation": test["relation"], "part": test["part"], "part_lower": float(left.lower),
        "part_upper": float(left.upper), "whole": test["whole"], "whole_lower": float(right.lower),
        "whole_upper": float(right.upper), "unit": test["unit"], "completeness_upper": caught, "result": result,
        "sentence": _sentence(test, window, left, right, result, caught), "caveats": [test["caveat"]] if test["caveat"] else [],
        "inputs": [*left_rows, *right_rows],
    }  # fmt: skip


def _equal(left: Interval, right: Interval, unit: str) -> bool:
    slack = Interval.closed(-TOLERANCE, TOLERANCE) if unit == "percent" else Interval.point(0)
    return (left + slack).meets(right)


def _sentence(
    test: FlagTestRow, window: Window, left: Interval, right: Interval, result: str, caught: float | None
) -> str:
    sides = f"{test['part']} ({_shown(left, test['unit'])}) and {test['whole']} ({_shown(right, test['unit'])})"
    sides = sides[0].upper() + sides[1:]
    when = ComparedPeriod(*window, "year")
    must = "the first must be no larger than the second" if test["relation"] == "at most" else "the two must be equal"
    verdict = {
        "agree": "they can hold together",
        "contradict": "they cannot, as read",
        "not_comparable": "they are not, but windows or bases differ",
    }[result]
    sentence = f"{sides}, {when}: {must}, since {test['why']}; {verdict}."
    if result == "contradict" and caught is not None:
        sentence += f" If the inclusion holds, the flag has caught at most {100 * caught:.0f}% of its concept."
    return sentence


def _shown(interval: Interval, unit: str) -> str:
    ends = [f"{end:.1f}%" if unit == "percent" else f"{end:,.0f}" for end in interval.as_floats()]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
