"""From a Vega-Lite chart to SVG text that takes its colours from the page, so that one picture serves light, dark and print."""

import math
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH = 350
NARROW, LABELS = 304, 120
RIGHT = 22
TICKS = 4
FONT = "Liberation Sans"
# Colours that stand in the chart for the page's own; the page defines each for light, dark and print.
INK, SOFT, GRID, GROUND = "#000001", "#000002", "#000003", "#000004"
ESTIMATE, RECORDED, RATIO, BLOCKED, BREAK, BOUND = "#000011", "#000012", "#000013", "#000014", "#000015", "#000016"
VARIABLES = {
    INK: "ink", SOFT: "soft", GRID: "grid", GROUND: "ground", ESTIMATE: "estimate", RECORDED: "recorded", RATIO: "ratio",
    BLOCKED: "blocked", BREAK: "break", BOUND: "bound",
}  # fmt: skip
CONFIG: dict[str, Any] = {
    "font": FONT,
    "aria": False,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK, "gridColor": GRID, "domainColor": SOFT, "tickColor": SOFT, "labelFontSize": 12,
        "labelPadding": 5,
        # No limit: measuring text is what drawing costs most, and labels are short or wrapped before.
        "labelLimit": 0, "title": None, "labelOverlap": False, "labelBound": False, "labelFlush": False,
    },
    "axisY": {"grid": False, "ticks": False, "domain": False},
    "text": {"color": INK, "fontSize": 12},
}  # fmt: skip
_COLOUR = re.compile("|".join(VARIABLES))


def draw(chart: Any, height: int, *, left: int, width: int = WIDTH, top: int = 6, bottom: int = 24) -> str:
    """SVG of a chart, to stand inline: page colours, the page's font, no marks for assistive technology.

    The figure around it carries the text alternative and the data table. Fixed margins (pixels) line panels up and spare
    a second layout pass.
    """
    import vl_convert

    spec = chart.to_dict(validate=False)
    frame = {
        "width": width - left - RIGHT,
        "height": height,
        "padding": {"left": left, "right": RIGHT, "top": top, "bottom": bottom},
        "autosize": {"type": "none"},
        "config": CONFIG,
    }
    return as_page_svg(vl_convert.vegalite_to_svg(spec | frame))


def as_page_svg(svg: str) -> str:
    """An SVG as vl-convert writes it, with the page's colours and font and without what only a file of its own needs."""
    svg = _COLOUR.sub(lambda found: f"var(--{VARIABLES[found.group()]})", svg)
    svg = re.sub(r' font-family="[^"]*"', "", svg)
    svg = re.sub(r' (?:role|aria-roledescription|aria-hidden|aria-label|pointer-events|class)="[^"]*"', "", svg)
    svg = re.sub(r"(\d+\.\d{2})\d+", r"\1", svg)
    return re.sub(
        r"<svg [^>]*?viewBox=\"([^\"]*)\">", r'<svg viewBox="\1" aria-hidden="true" focusable="false">', svg, count=1
    )


def data(rows: list[dict[str, Any]]) -> Any:
    """Rows as inline data of a chart."""
    import altair as alt

    return alt.Data(values=rows)


def quantity(field: str, top: float, *, vertical: bool = False) -> Any:
    """A channel from zero to `top` with few ticks; large numbers are labelled in thousands (k) or millions (m)."""
    import altair as alt

    unit, mark = (1e6, "m") if top >= 1e6 else (1e3, "k") if top >= 1e4 else (1, "")
    label = f"format(datum.value / {unit:g}, '~g') + '{mark}'"
    axis = alt.Axis(
        values=[top * part / TICKS for part in range(TICKS + 1)], labelExpr=f"datum.value ? {label} : '0'", grid=True
    )
    channel = alt.Y if vertical else alt.X
    return channel(field, axis=axis, scale=alt.Scale(domain=[0, top], nice=False, zero=True))


def round_top(rows: Sequence[Mapping[str, Any]], *names: str) -> float:
    """The end of an axis: the largest value of some fields, up to the next round number that TICKS divide well."""
    largest = max((float(row[name]) for row in rows for name in names if row.get(name) is not None), default=1.0)
    power = 10.0 ** math.floor(math.log10(largest)) if largest > 0 else 1.0
    return next(step * power for step in (1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0, 10.0) if step * power >= largest)


def wrapped(text: str, width: int, lines: int = 3) -> str:
    """Text over several lines for a label, cut with an ellipsis where it does not fit."""
    return "\n".join(textwrap.wrap(text, width, max_lines=lines, placeholder=" \N{HORIZONTAL ELLIPSIS}"))
