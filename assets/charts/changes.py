"""Panels of changes: a point with its interval on either side of nought; what is not tested keeps its line and says so."""

from collections.abc import Sequence
from typing import Any

from assets.charts.drawing import BLOCKED, INK, RATIO, SOFT, data, draw, round_top
from assets.charts.panels import LONG_LABELS, Point, folded, height_of, names_of, rows_of

NOT_TESTED = "break inside: not tested"


def change_panel(points: Sequence[Point]) -> str:
    """Changes with their intervals. Points have `label`, `value`, `lower`, `upper` (each number may be None), `blocked`."""
    import altair as alt

    given = folded(points)
    sizes = [
        {name: abs(point[name]) for name in ("value", "lower", "upper") if point[name] is not None} for point in given
    ]
    top = round_top(sizes, "value", "lower", "upper")
    y = rows_of(given)
    held = [point for point in given if point["value"] is not None and not point["blocked"]]
    layers: list[Any] = [alt.Chart(data([{"nought": 0}])).mark_rule(color=SOFT).encode(x=_x("nought", top))]
    wide = [point for point in held if point["lower"] is not None and point["upper"] is not None]
    if wide:
        rule = alt.Chart(data(wide)).mark_rule(color=RATIO, strokeWidth=2)
        layers.append(rule.encode(y=y, x=_x("lower", top), x2=alt.X2("upper:Q")))
    if held:
        dots = alt.Chart(data(held)).mark_point(color=RATIO, filled=True, size=75, opacity=1)
        layers.append(dots.encode(y=y, x=_x("value", top)))
    blocked = [point | {"said": NOT_TESTED, "left": -top} for point in given if point["blocked"]]
    if blocked:
        text = alt.Chart(data(blocked)).mark_text(align="left", dx=4, color=BLOCKED, fontStyle="italic")
        layers.append(text.encode(y=y, x=_x("left", top), text=alt.Text("said:N")))
    return draw(alt.layer(*layers, *names_of(given, y)), height_of(given), left=LONG_LABELS)


def _x(name: str, top: float) -> Any:
    import altair as alt

    sign = "(datum.value > 0 ? '+' : '')"
    axis = alt.Axis(
        values=[-top, -top / 2, 0, top / 2, top],
        labelExpr=f"{sign} + format(datum.value, '~g')",
        grid=True,
        labelColor=INK,
    )
    return alt.X(f"{name}:Q", axis=axis, scale=alt.Scale(domain=[-top, top], nice=False))
