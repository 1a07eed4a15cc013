"""One mark on a line of its own, to stand in a row of a page: an estimate with its interval, a count as a bar."""

from assets.charts.marks import Axis, Point, bar, chart, dot, line, tipped

HEIGHT = 16


def estimate_mark(point: Point, top: float) -> str:
    """An estimate with its interval on an axis from nought to `top`. Point: `value`, `lower`, `upper`, `tip`."""
    axis = Axis(0, top)
    known = point["lower"] is not None and point["upper"] is not None
    limits = [line((axis.at(point["lower"]), axis.at(point["upper"])), (8, 8), "estimate range")] if known else []
    return chart([_nought(), tipped(point["tip"], *limits, dot(axis.at(point["value"]), 8, "estimate"))], HEIGHT)


def recorded_mark(point: Point, top: float) -> str:
    """A count as a bar on an axis from nought to `top`; its range where it is one."""
    axis = Axis(0, top)
    known = point["lower"] is not None and point["upper"] > point["lower"]
    limits = [line((axis.at(point["lower"]), axis.at(point["upper"])), (8, 8), "ink")] if known else []
    drawn = bar((axis.at(0), axis.at(point["value"])), 3, 10, "recorded bar")
    return chart([_nought(), tipped(point["tip"], drawn, *limits)], HEIGHT)


def _nought() -> str:
    return line((0.5, 0.5), (0, HEIGHT), "base")
