"""Panels over time: counts joined only where no break lies between, estimates with intervals and never joined."""

import datetime
import math
from collections.abc import Sequence
from typing import Any

from assets.charts.drawing import (
    BREAK,
    ESTIMATE,
    RECORDED,
    data,
    draw,
    quantity,
    round_top,
)

HEIGHT, LEFT, LANE = 170, 48, 13
CLOSE = 0.035  # share of the window in which two letters would touch

# Shapes of series as the legend names them; one has another name in Vega.
SHAPES = ("circle", "square", "diamond", "triangle", "cross")
VEGA = {"triangle": "triangle-up"}

Mark = tuple[str, datetime.date]
Point = dict[str, Any]


def recorded_over_time(points: Sequence[Point], breaks: Sequence[Mark]) -> str:
    """Counts over time. Points have `start`, `end` (dates) and `value`; breaks are (letter, first day)."""
    import altair as alt

    days = [day for _, day in breaks]
    rows = [
        point | {"start": None, "end": point["end"].isoformat(), "part": part}
        for point, part in zip(
            points, unbroken([(point["start"], point["end"]) for point in points], days), strict=True
        )
    ]
    top = round_top(rows, "value")
    base = alt.Chart(data(rows)).encode(x=_time(points, breaks), y=quantity("value:Q", top, vertical=True))
    line = base.mark_line(color=RECORDED, strokeWidth=2).encode(detail=alt.Detail("part:N"))
    dots = base.mark_point(color=RECORDED, filled=True, size=45, opacity=1)
    return _draw([*_break_lines(points, breaks), line, dots], points, breaks)


def estimates_over_time(points: Sequence[Point], breaks: Sequence[Mark]) -> str:
    """Estimates over time. Points have `end`, `value`, `lower`, `upper` and `group` (age base and questions)."""
    import altair as alt

    rows = [point | {"end": point["end"].isoformat()} for point in points]
    top = round_top(rows, "value", "upper")
    groups = list(dict.fromkeys(row["group"] for row in rows))
    shapes = alt.Scale(domain=groups, range=[VEGA.get(shape, shape) for shape in SHAPES[: len(groups)]])
    base = alt.Chart(data(rows)).encode(x=_time(points, breaks))
    held = alt.Chart(data([row for row in rows if row["lower"] is not None])).encode(x=_time(points, breaks))
    rule = held.mark_rule(color=ESTIMATE, strokeWidth=2).encode(
        y=quantity("lower:Q", top, vertical=True), y2=alt.Y2("upper:Q")
    )
    dots = base.mark_point(color=ESTIMATE, filled=True, size=70, opacity=1).encode(
        y=quantity("value:Q", top, vertical=True), shape=alt.Shape("group:N", scale=shapes, legend=None)
    )
    return _draw([*_break_lines(points, breaks), rule, dots], points, breaks)


def unbroken(years: Sequence[tuple[datetime.date, datetime.date]], breaks: Sequence[datetime.date]) -> list[int]:
    """The number of the unbroken stretch of each year (first day, last day), in order of time.

    Two years in a row belong together only if no break falls after the first day of the one and up to the last day of the
    other: a year with a break inside it belongs to neither side.
    """
    parts = [0] * len(years)
    for position in range(1, len(years)):
        broken = any(years[position - 1][0] < day <= years[position][1] for day in breaks)
        parts[position] = parts[position - 1] + broken
    return parts


def _draw(layers: list[Any], points: Sequence[Point], breaks: Sequence[Mark]) -> str:
    import altair as alt

    highest = max((lane + 1 for _, _, lane in _lanes(points, breaks)), default=0)
    return draw(alt.layer(*layers), HEIGHT, left=LEFT, top=8 + LANE * highest)


def _time(points: Sequence[Point], breaks: Sequence[Mark]) -> Any:
    import altair as alt

    first, last = _window(points)
    years = range(first.year, last.year + 1)
    step = max(1, math.ceil(len(years) / 4))
    ticks = [alt.DateTime(year=year, month=3, date=31) for year in reversed(years[::-1][::step])]
    axis = alt.Axis(values=ticks, labelExpr="timeFormat(datum.value, 'Mar %Y')", grid=False)
    domain = [alt.DateTime(year=day.year, month=day.month, date=day.day) for day in (first, last)]
    return alt.X("end:T", axis=axis, scale=alt.Scale(domain=domain, nice=False))


def _window(points: Sequence[Point]) -> tuple[datetime.date, datetime.date]:
    ends = [point["end"] for point in points]
    return min(ends) - datetime.timedelta(days=150), max(ends) + datetime.timedelta(days=90)


def _break_lines(points: Sequence[Point], breaks: Sequence[Mark]) -> list[Any]:
    """A dashed line per break with its letter above; letters of breaks that lie close stand on one another."""
    import altair as alt

    placed = _lanes(points, breaks)
    rows = [{"end": day.isoformat(), "letter": letter, "lane": lane} for letter, day, lane in placed]
    if not rows:
        return []
    lines = alt.Chart(data(rows)).mark_rule(color=BREAK, strokeDash=[4, 3]).encode(x=_time(points, breaks))
    letters = [
        alt.Chart(data([row for row in rows if row["lane"] == lane]))
        .mark_text(color=BREAK, baseline="bottom", fontWeight="bold", y=-3 - lane * LANE)
        .encode(x=_time(points, breaks), text=alt.Text("letter:N"))
        for lane in sorted({lane for _, _, lane in placed})
    ]
    return [lines, *letters]


def _lanes(points: Sequence[Point], breaks: Sequence[Mark]) -> list[tuple[str, datetime.date, int]]:
    """The breaks inside the window with the height of their letter: 0 unless the break before it is close."""
    first, last = _window(points)
    found: list[tuple[str, datetime.date, int]] = []
    for letter, day in sorted(breaks, key=lambda one: one[1]):
        if first <= day <= last:
            close = found and day - found[-1][1] < CLOSE * (last - first)
            found.append((letter, day, found[-1][2] + 1 if close else 0))
    return found
