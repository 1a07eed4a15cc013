"""Panels over time: counts joined only where no break lies between, estimates with intervals and never joined."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assets.charts.marks import (
    SHAPES,
    Axis,
    Point,
    bar,
    chart,
    curves,
    dot,
    dots,
    line,
    round_top,
    short,
    text,
    ticks,
    tipped,
)

HEIGHT, LANE, FOOT = 150, 15, 20
BAND_DAYS = 45  # a change that takes longer is a band, not a line
# What the name of a break takes of a phone's width, in percent: 358 pixels, 6.4 a character.
CHARACTER = 100 * 6.4 / 358
SERIES_SHAPES = tuple(shape for shape in SHAPES if shape != "arrow")
Window = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class Mark:
    """A break as it is drawn: its name, its first and its last day."""

    name: str
    first: datetime.date
    last: datetime.date


def time_shown(points: Sequence[Point]) -> Window:
    """The time that a panel shows; two panels below one another share one."""
    ends = [point["end"] for point in points]
    return min(ends) - datetime.timedelta(days=300), max(ends) + datetime.timedelta(days=120)


def recorded_over_time(
    points: Sequence[Point], breaks: Sequence[Mark], window: Window | None = None, unit: str = "offences"
) -> str:
    """Counts over time. Points have `start`, `end` (dates), `value` and `tip`."""
    frame = _Frame(points, breaks, window or time_shown(points), unit, years=True)
    parts = unbroken([(point["start"], point["end"]) for point in points], [mark.first for mark in breaks])
    stretches: dict[int, list[tuple[float, float]]] = {}
    for point, part in zip(points, parts, strict=True):
        stretches.setdefault(part, []).append(frame.place(point["end"], point["value"]))
    joined = curves(stretches.values(), frame.foot, "recorded curve")
    marked = dots(
        ((*frame.place(point["end"], point["value"]), point["tip"]) for point in points), "recorded", "square"
    )
    return frame.drawn([joined, marked])


def estimates_over_time(
    points: Sequence[Point], breaks: Sequence[Mark], window: Window | None = None, unit: str = "people"
) -> str:
    """Estimates over time. Points have `end`, `value`, `lower`, `upper`, `group` (age base and questions) and `tip`."""
    frame = _Frame(points, breaks, window or time_shown(points), unit, years=window is None)
    groups = list(dict.fromkeys(point["group"] for point in points))
    shapes = {group: SERIES_SHAPES[number % len(SERIES_SHAPES)] for number, group in enumerate(groups)}
    drawn = list[str]()
    for point in points:
        place, top = frame.place(point["end"], point["value"])
        limits = [frame.place(point["end"], point[name])[1] for name in ("lower", "upper") if point[name] is not None]
        known = [line((place, place), (limits[0], limits[1]), "estimate range")] if len(limits) == 2 else []
        drawn.append(tipped(point["tip"], *known, dot(place, top, "estimate", shapes[point["group"]])))
    names = _names(points, groups, frame) if len(groups) > 1 else []
    return frame.drawn([*drawn, *names])


def intervals_over_time(points: Sequence[Point]) -> str:
    """Percentages over time as intervals, joined by nothing. Points have `end`, `lower`, `upper`, `likely_lower`, `likely_upper`,
    `value` (None where nothing was published) and `tip`."""
    frame = _Frame(points, (), time_shown(points), "%", years=True)
    drawn = list[str]()
    for point in points:
        place, _ = frame.place(point["end"], 0)
        ranges = [
            line(
                (place, place),
                (frame.place(point["end"], point[low])[1], frame.place(point["end"], point[high])[1]),
                look,
            )
            for low, high, look in (("lower", "upper", "estimate"), ("likely_lower", "likely_upper", "estimate range"))
        ]
        known = [] if point["value"] is None else [dot(*frame.place(point["end"], point["value"]), "estimate")]
        drawn.append(tipped(point["tip"], *ranges, *known))
    return frame.drawn(drawn)


def unbroken(years: Sequence[tuple[datetime.date, datetime.date]], breaks: Sequence[datetime.date]) -> list[int]:
    """The number of the unbroken stretch of each year (first day, last day), in order of time.

    Two years in a row belong together only if no break falls after the first day of the one and up to the last day of the
    other: a year with a break inside it belongs to neither side. Nor do two years belong together with a year between them.
    """
    parts = [0] * len(years)
    for position in range(1, len(years)):
        (first, ended), (begins, last) = years[position - 1], years[position]
        apart = begins > ended + datetime.timedelta(days=366)
        parts[position] = parts[position - 1] + (apart or any(first < day <= last for day in breaks))
    return parts


def lanes(breaks: Sequence[Mark], axis: Axis, window: Window) -> list[tuple[Mark, float, int]]:
    """The breaks inside a window with their place and the height of their name: names that would touch stand on one another."""
    ends: list[list[tuple[float, float]]] = []
    marks = []
    for mark in sorted(breaks, key=lambda break_: (break_.first, break_.name)):
        if not window[0] <= mark.first <= window[1]:
            continue
        place, width = axis.at(mark.first.toordinal()), CHARACTER * (len(mark.name) + 1)
        span = (place - width, place) if place > 50 else (place, place + width)
        lane = next(
            (
                number
                for number, taken in enumerate(ends)
                if all(span[1] < low or high < span[0] for low, high in taken)
            ),
            len(ends),
        )
        if lane == len(ends):
            ends.append([])
        ends[lane].append(span)
        marks.append((mark, place, lane))
    return marks


class _Frame:
    """Axes, grid and breaks of a panel over time."""

    def __init__(
        self, points: Sequence[Point], breaks: Sequence[Mark], window: Window, unit: str, *, years: bool
    ) -> None:
        self.axis = Axis(window[0].toordinal(), window[1].toordinal())
        self.window, self.unit, self.years = window, unit, years
        self.top = round_top(points, "value", "upper")
        self.breaks = lanes(breaks, self.axis, window)
        self.head = 18 + LANE * max((lane + 1 for _, _, lane in self.breaks), default=0)
        self.foot = self.head + HEIGHT

    def place(self, day: datetime.date, value: float) -> tuple[float, float]:
        """Where a value of a day stands: percent and pixels."""
        return self.axis.at(day.toordinal()), self.foot - HEIGHT * value / self.top

    def drawn(self, marks: Sequence[str]) -> str:
        """The panel."""
        return chart([*self._breaks(), *self._grid(), *marks], self.foot + (FOOT if self.years else 6))

    def _grid(self) -> Iterator[str]:
        for value in ticks(self.top):
            top = self.foot - HEIGHT * value / self.top
            yield line((0, 100), (top, top), "base" if value == 0 else "grid")
            if value:
                label = short(value, self.top)
                yield text(0, top - 4, f"{label} {self.unit}" if value == self.top else label, "tick halo")
        if self.years:
            first, last = (day.year for day in self.window)
            step = max(1, -(-(last - first) // 5))
            for year in range(last, first, -step):
                place = self.axis.at(datetime.date(year, 3, 31).toordinal())
                if 4 < place < 97:
                    yield text(place, self.foot + 15, str(year), "tick", "middle")

    def _breaks(self) -> Iterator[str]:
        for mark, place, lane in self.breaks:
            top = LANE * (lane + 1)
            if (mark.last - mark.first).days > BAND_DAYS:
                end = min(self.axis.at(mark.last.toordinal()), 100)
                yield bar((place, end), top + 3, self.foot - top - 3, "band")
            yield line((place, place), (top - 10, self.foot), "break")
        for mark, place, lane in self.breaks:
            right = place > 50
            yield text(
                place + (-0.6 if right else 0.6), LANE * (lane + 1), mark.name, "said halo", "end" if right else "start"
            )


def _names(points: Sequence[Point], groups: Sequence[str], frame: _Frame) -> list[str]:
    """The name of each group at its last point: above it and below it by turns."""
    named = []
    for number, group in enumerate(groups):
        last = [point for point in points if point["group"] == group][-1]
        edge = last["lower" if number % 2 else "upper"]
        place, top = frame.place(last["end"], last["value"] if edge is None else edge)
        anchor = "end" if place > 70 else "start" if place < 30 else "middle"
        named.append(text(place, top + (16 if number % 2 else -8), group, "name halo", anchor))
    return named
