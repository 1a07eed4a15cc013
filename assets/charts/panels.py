"""Panels of one row per figure: people estimated, offences recorded, their ratio, bounds. Units never share an axis.

The name of a row stands above its mark, so that long names and narrow screens need no room at the side. A point may have `text`,
its value in words; it stands behind the name. A `heading` stands once above the points that
share it and are one series.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from assets.charts.marks import Axis, Point, bar, chart, dot, line, round_top, short, text, ticks, tipped, wrapped
from assets.words import wording

# A value and its limits in the words of their unit, for the tip of a mark.
Words = tuple[Callable[[float], str], Callable[[float, float], str]]
COUNTED: Words = (wording.number, wording.between)
SURVEYED: Words = (wording.people, wording.people_between)
PER_100: Words = (partial(wording.number, digits=1), partial(wording.between, digits=1))
CHANGES: Words = (wording.signed, partial(wording.between, digits=1))
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

    return rows(points, axis, marks, CHANGES)


NAME_WIDTH, TEXT_LINE = 47, 16
MARK, GAP, FOOT = 16, 9, 18
NOT_COMPARED = "not compared"


def estimate_panel(points: Sequence[Point]) -> str:
    """Estimates with their intervals. Points have `label`, `value`, `lower`, `upper` (each number may be None)."""
    axis = _axis(points)

    def marks(point: Point, top: float) -> list[str]:
        return [*_range(point, axis, top, "estimate"), *_dot(point, axis, top, "estimate")]

    return rows(points, axis, marks, SURVEYED)


def recorded_panel(points: Sequence[Point]) -> str:
    """Counts as bars from zero, with the interval where the count itself is one."""
    axis = _axis(points)

    def marks(point: Point, top: float) -> list[str]:
        if point["value"] is None:
            return []
        wide = point["lower"] is not None and point["upper"] > point["lower"]
        drawn = bar((axis.at(0), axis.at(point["value"])), top - 6, 12, "recorded bar")
        return [drawn, *(_range(point, axis, top, "ink") if wide else [])]

    return rows(points, axis, marks)


def ratio_panel(points: Sequence[Point]) -> str:
    """Ratios with their intervals; a blocked comparison keeps its line and says so. `other` is the second period match."""
    axis = _axis(points)

    def marks(point: Point, top: float) -> list[str]:
        if point["blocked"]:
            return [text(axis.left, top + 4, NOT_COMPARED, "none")]
        other = point.get("other")
        again = [] if other is None else [dot(axis.at(other), top, "ratio hollow", "diamond")]
        return [*_range(point, axis, top, "ratio"), *_dot(point, axis, top, "ratio"), *again]

    return rows(points, axis, marks, PER_100)


def bound_panel(points: Sequence[Point]) -> str:
    """Bounds without a best value: thick lines from `lower` to `upper`; an open end where `upper` is None."""
    axis = _axis(points)

    def marks(point: Point, top: float) -> list[str]:
        if point["lower"] is None:
            return []
        if point["upper"] is None:
            return [dot(axis.at(point["lower"]), top, "bound", "arrow")]
        return [line((axis.at(point["lower"]), axis.at(point["upper"])), (top, top), "bound limits")]

    return rows(points, axis, marks)


def bar_panel(points: Sequence[Point]) -> str:
    """Counts by long names. Points have `label`, `value` and `text`, the value in words."""
    axis = _axis(points)

    def marks(point: Point, top: float) -> list[str]:
        return [bar((axis.at(0), axis.at(point["value"])), top - 6, 12, "recorded bar")]

    return rows(points, axis, marks, labelled=False)


def rows(
    points: Sequence[Point],
    axis: Axis,
    marks: Callable[[Point, float], Sequence[str]],
    words: Words = COUNTED,
    *,
    labelled: bool = True,
) -> str:
    """A row per point: its name, then what `marks(point, height)` draws; an axis below unless values stand in words."""
    drawn, top = list[str](), 0.0
    headings = [point.get("heading") for point in points]
    several = len(set(headings)) > 1
    for number, point in enumerate(points):
        if several and headings[number] != ([None, *headings][number]):
            drawn.append(text(0, top + TEXT_LINE - 3, str(headings[number]), "name"))
            top += TEXT_LINE + GAP
        tip = f"{point['label']}: {point['text']}" if point.get("text") else str(point["label"])
        names = wrapped(tip, NAME_WIDTH)
        drawn += [text(0, top + TEXT_LINE * (place + 1) - 3, name) for place, name in enumerate(names)]
        top += TEXT_LINE * len(names)
        drawn.append(tipped(_tip(point, words), *marks(point, top + MARK / 2)))
        top += MARK + GAP
    grid = list(_grid(axis, top)) if labelled else []
    return chart([*grid, *drawn], top + (FOOT if labelled else 0))


def _tip(point: Point, words: Words) -> str:
    if point.get("tip"):
        return str(point["tip"])
    if point.get("text"):
        return f"{point['label']}: {point['text']}"
    if point.get("value") is None:
        return str(point["label"])
    lower, upper = point.get("lower"), point.get("upper")
    in_words, limits = words
    known = "" if lower is None or upper is None else f" ({limits(lower, upper)})"
    return f"{point['label']}: {in_words(point['value'])}{known}"


def _axis(points: Sequence[Point]) -> Axis:
    return Axis(0, round_top(points, "value", "lower", "upper", "other"))


def _grid(axis: Axis, height: float) -> Iterator[str]:
    marked = ticks(axis.high) if axis.low == 0 else [axis.low, 0, axis.high]
    for number, value in enumerate(marked):
        place = axis.at(value)
        yield line((place, place), (0, height), "grid")
        if number in (0, len(marked) // 2, len(marked) - 1):
            anchor = "start" if number == 0 else "middle" if number < len(marked) - 1 else "end"
            sign = "+" if axis.low < 0 < value else ""
            yield text(
                place, height + 14, sign + short(value, axis.high).replace("-", "\N{MINUS SIGN}"), "tick", anchor
            )


def _range(point: Point, axis: Axis, top: float, kind: str) -> list[str]:
    if point["lower"] is None or point["upper"] is None:
        return []
    look = kind if kind == "ink" else f"{kind} range"
    return [line((axis.at(point["lower"]), axis.at(point["upper"])), (top, top), look)]


def _dot(point: Point, axis: Axis, top: float, kind: str) -> list[str]:
    return [] if point["value"] is None else [dot(axis.at(point["value"]), top, kind)]


# One mark on a line of its own, to stand in a row of a page: an estimate with its interval, a count as a bar.
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
