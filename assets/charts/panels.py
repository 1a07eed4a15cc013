"""Panels of one row per figure: people estimated, offences recorded, their ratio, bounds. Units never share an axis."""

from collections.abc import Sequence
from typing import Any

from assets.charts.drawing import (
    BLOCKED,
    BOUND,
    ESTIMATE,
    GROUND,
    INK,
    LABELS,
    NARROW,
    RATIO,
    RECORDED,
    data,
    draw,
    quantity,
    round_top,
    wrapped,
)

ROW, BAR = 27, 17
NOT_COMPARED = "not compared"
LONG_LABELS, LONG_WIDTH, TEXT_LINE, NUMBER_ROOM = 158, 25, 15, 1.28

Point = dict[str, Any]


def estimate_panel(points: Sequence[Point], *, long: bool = False) -> str:
    """Estimates with their intervals. Points have `label`, `value`, `lower`, `upper` (each number may be None).

    `long`, here and below, folds long labels and gives them more room.
    """
    points = folded(points) if long else points
    return _panel(points, [*_ranges(points, points, ESTIMATE), *_dots(points, ESTIMATE)], left=_left(long))


def recorded_panel(points: Sequence[Point], *, long: bool = False) -> str:
    """Counts as bars from zero, with the interval where the count itself is one."""
    import altair as alt

    points = folded(points) if long else points
    held = [point for point in points if point["value"] is not None]
    bars = alt.Chart(data(held)).mark_bar(color=RECORDED, height=12).encode(y=rows_of(points), x=_x(points, "value"))
    wide = [point for point in held if point["lower"] is not None and point["upper"] > point["lower"]]
    return _panel(points, [bars, *_ranges(points, wide, INK)], left=_left(long))


def ratio_panel(points: Sequence[Point], *, long: bool = False) -> str:
    """Ratios with their intervals; a blocked comparison keeps its line and says so. `other` is the second period match."""
    import altair as alt

    points = folded(points) if long else points
    allowed = [point for point in points if point["value"] is not None]
    known = [point for point in points if point["lower"] is not None]  # a set has limits and no point
    layers = [*_ranges(points, known, RATIO), *_dots(allowed, RATIO, points)]
    again = [point | {"value": point["other"]} for point in allowed if point.get("other") is not None]
    if again:
        diamond = {"shape": "diamond", "size": 70, "fill": GROUND, "stroke": RATIO, "strokeWidth": 1.5, "opacity": 1}
        mark = alt.Chart(data(again)).mark_point(filled=True, **diamond)
        layers.append(mark.encode(y=rows_of(points), x=_x(points, "value")))
    blocked = [point | {"said": NOT_COMPARED, "nought": 0} for point in points if point["blocked"]]
    if blocked:
        text = alt.Chart(data(blocked)).mark_text(align="left", dx=4, color=BLOCKED, fontStyle="italic")
        layers.append(text.encode(y=rows_of(points), x=_x(points, "nought"), text=alt.Text("said:N")))
    return _panel(points, layers, left=_left(long))


def bound_panel(points: Sequence[Point]) -> str:
    """Bounds without a best value: thick lines from `lower` to `upper`; an open end where `upper` is None."""
    import altair as alt

    points = folded(points)
    closed = [point for point in points if point["upper"] is not None and point["lower"] is not None]
    layers = _ranges(points, closed, BOUND, 6)
    half = [point for point in points if point["upper"] is None and point["lower"] is not None]
    if half:
        arrow = {"shape": "triangle-right", "filled": True, "size": 80, "color": BOUND, "opacity": 1}
        layers.append(alt.Chart(data(half)).mark_point(**arrow).encode(y=rows_of(points), x=_x(points, "lower")))
    return _panel(points, layers, left=LONG_LABELS)


def bar_panel(points: Sequence[Point]) -> str:
    """Counts by long names, the number at the end of each bar. Points have `label`, `value` and `text`."""
    import altair as alt

    given = folded(points)
    top = round_top(given, "value") * NUMBER_ROOM
    y = alt.Y(
        "label:N", sort=None, scale=alt.Scale(domain=[one["label"] for one in given], paddingInner=0.3), axis=None
    )
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, top], nice=False))
    base = alt.Chart(data(given)).encode(y=y, x=x)
    layers = [
        base.mark_bar(color=RECORDED, height=BAR),
        base.mark_text(align="left", dx=5).encode(text=alt.Text("text:N")),
        *names_of(given, y),
    ]
    return draw(alt.layer(*layers), height_of(given), left=LONG_LABELS, bottom=4)


def _left(long: bool) -> int:
    return LONG_LABELS if long else LABELS


def _panel(points: Sequence[Point], layers: list[Any], *, left: int = LABELS) -> str:
    import altair as alt

    if left == LABELS:
        return draw(alt.layer(*layers), ROW * len(points), left=left, width=NARROW)
    return draw(alt.layer(*layers, *names_of(points, rows_of(points))), height_of(points), left=left)


def height_of(points: Sequence[Point]) -> int:
    """Rows of one height, high enough for the label of most lines."""
    lines = max(str(point["label"]).count("\n") + 1 for point in points)
    return max(ROW, lines * TEXT_LINE + 8) * len(points)


def folded(points: Sequence[Point]) -> list[Point]:
    """The points with labels of several lines; labels that are the same once cut are told apart by a number."""
    found: list[Point] = []
    for point in points:
        label = wrapped(point["label"], LONG_WIDTH, 5)
        same = sum(one["folded"] == label for one in found)
        found.append(point | {"label": f"{label} ({same + 1})" if same else label, "folded": label})
    return found


def names_of(points: Sequence[Point], y: Any) -> list[Any]:
    """Labels of several lines, centred on their row: an axis would hang them from their first line."""
    import altair as alt

    style = {"align": "right", "baseline": "middle", "lineBreak": "\n", "lineHeight": TEXT_LINE - 1, "x": -6}
    by_lines: dict[int, list[Point]] = {point["label"].count("\n"): [] for point in points}
    for point in points:
        by_lines[point["label"].count("\n")].append({"label": point["label"]})
    return [
        alt.Chart(data(rows)).mark_text(dy=-more * (TEXT_LINE - 1) / 2, **style).encode(y=y, text=alt.Text("label:N"))
        for more, rows in by_lines.items()
    ]


def _ranges(points: Sequence[Point], shown: Sequence[Point], colour: str, width: int = 2) -> list[Any]:
    import altair as alt

    held = [point for point in shown if point["lower"] is not None and point["upper"] is not None]
    if not held:
        return []
    ends = [{"label": point["label"], "limit": point[name]} for point in held for name in ("lower", "upper")]
    rule = alt.Chart(data(held)).mark_rule(color=colour, strokeWidth=width)
    tick = alt.Chart(data(ends)).mark_tick(color=colour, thickness=width, size=10, opacity=1)
    return [
        rule.encode(y=rows_of(points), x=_x(points, "lower"), x2=alt.X2("upper:Q")),
        tick.encode(y=rows_of(points), x=_x(points, "limit")),
    ]


def _dots(shown: Sequence[Point], colour: str, points: Sequence[Point] | None = None) -> list[Any]:
    import altair as alt

    held = [point for point in shown if point["value"] is not None]
    if not held:
        return []
    mark = alt.Chart(data(held)).mark_point(color=colour, filled=True, size=75, opacity=1)
    return [mark.encode(y=rows_of(points or shown), x=_x(points or shown, "value"))]


def rows_of(points: Sequence[Point]) -> Any:
    """The channel of the rows: one per label, in the order given."""
    import altair as alt

    scale = alt.Scale(domain=[point["label"] for point in points])
    return alt.Y("label:N", sort=None, scale=scale, axis=None if "folded" in points[0] else alt.Undefined)


def _x(points: Sequence[Point], name: str) -> Any:
    return quantity(f"{name}:Q", round_top(points, "value", "lower", "upper", "other"))
