"""Forces side by side: a dot per force by its residents, inside the limits of what chance and usual differences give."""

import math
from collections.abc import Sequence

from assets.charts.marks import (
    MILLION,
    Axis,
    Point,
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

HEIGHT, HEAD, FOOT, STEP = 190, 18, 34, 4
LIMITS = (("limit_95", "limit wide"), ("limit_998", "limit"))
PEOPLE = (0.5, 1, 2, 4, 8)  # millions


def funnel(points: Sequence[Point], national: float, chosen: str | None = None) -> str:
    """Rates of forces. Points have `label`, `population`, `value`, the four limits and may have `tip`; `chosen` is labelled."""
    top = round_top(points, "value", "limit_998_upper")
    sizes = [math.log(point["population"]) for point in points]
    axis = Axis(min(sizes) - 0.15, max(sizes) + 0.15, 2, 98)

    def height(value: float) -> float:
        return HEAD + HEIGHT * (1 - max(value, 0) / top)

    drawn = list[str]()
    for value in ticks(top):
        drawn.append(line((0, 100), (height(value), height(value)), "base" if value == 0 else "grid"))
        if value:
            label = f"{short(value, top)} for every 1,000 people" if value == top else short(value, top)
            drawn.append(text(0, height(value) - 4, label, "tick halo"))
    ordered = sorted(points, key=lambda point: float(point["population"]))
    along = [*ordered[::STEP], ordered[-1]]  # limits change smoothly with the number of residents
    for name, look in LIMITS:
        ends = [
            [
                (axis.at(math.log(point["population"])), height(point[f"{name}_{end}"]))
                for point in along if point[f"{name}_{end}"] is not None
            ]
            for end in ("lower", "upper")
        ]  # fmt: skip
        drawn.append(curves(ends, HEAD + HEIGHT, look))
    drawn.append(line((0, 100), (height(national), height(national)), "base"))
    placed = [
        (axis.at(math.log(point["population"])), height(point["value"]), str(point.get("tip") or point["label"]))
        for point in ordered
    ]
    others = (at for at, point in zip(placed, ordered, strict=True) if point["label"] != chosen)
    drawn.append(dots(others, "other"))
    for (place, top_of, tip), point in zip(placed, ordered, strict=True):
        if point["label"] == chosen:
            anchor = "end" if place > 60 else "start"
            away = -1.6 if anchor == "end" else 1.6
            label = f"{point['label']} {point['text']}" if point.get("text") else str(point["label"])
            drawn.append(tipped(tip, dot(place, top_of, "recorded", "diamond")))
            drawn.append(text(place + away, top_of - 8, label, "name halo", anchor))
    for millions in PEOPLE:
        place = axis.at(math.log(millions * MILLION))
        if 6 < place < 97:
            drawn.append(text(place, HEAD + HEIGHT + 15, f"{millions:g}m", "tick", "middle"))
    drawn.append(text(0, HEAD + HEIGHT + 31, "People who live there, in millions (m)", "tick"))
    return chart(drawn, HEAD + HEIGHT + FOOT)
