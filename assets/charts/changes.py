"""Panels of changes: a point with its interval on either side of nought; what is not tested keeps its line and says so."""

from collections.abc import Sequence

from assets.charts.marks import Axis, Point, dot, line, round_top, text
from assets.charts.panels import rows

NOT_TESTED = "break inside: not tested"


def change_panel(points: Sequence[Point]) -> str:
    """Changes with their intervals. Points have `label`, `value`, `lower`, `upper` (each number may be None), `blocked`."""
    sizes = [
        {name: abs(point[name]) for name in ("value", "lower", "upper") if point[name] is not None} for point in points
    ]
    top = round_top(sizes, "value", "lower", "upper")
    axis = Axis(-top, top)

    def marks(point: Point, height: float) -> list[str]:
        if point["blocked"]:
            return [text(axis.left, height + 4, NOT_TESTED, "none")]
        lower, upper = point["lower"], point["upper"]
        known = lower is not None and upper is not None
        limits = [line((axis.at(lower), axis.at(upper)), (height, height), "ratio range")] if known else []
        return [*limits, *([dot(axis.at(point["value"]), height, "ratio")] if point["value"] is not None else [])]

    return rows(points, axis, marks)
