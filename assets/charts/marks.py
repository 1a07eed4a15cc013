"""SVG written at once: marks at percent positions, text at its own size, colours by class of `theme.css`.

One copy serves a phone, a desk, dark, paper and no script; no style stands in it, so that a page may forbid inline styles.
"""

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

Point = Mapping[str, Any]
TICKS = 4
MILLION = 1_000_000
# The shapes of series, as a legend names them, round a place of their own.
SHAPES = {
    "circle": "",
    "square": '<rect x="-4.5" y="-4.5" width="9" height="9"/>',
    "diamond": '<path d="M0 -6.5L6.5 0L0 6.5L-6.5 0Z"/>',
    "triangle": '<path d="M0 -6L6 5L-6 5Z"/>',
    "cross": '<path d="M-2 -6h4v4h4v4h-4v4h-4v-4h-4v-4h4z"/>',
    "arrow": '<path d="M0 -6L9 0L0 6Z"/>',
}


@dataclass(frozen=True)
class Axis:
    """From values to percent of the width."""

    low: float
    high: float
    left: float = 0.5
    right: float = 97.0

    def at(self, value: float) -> float:
        """The place of a value, in percent."""
        return self.left + (self.right - self.left) * (value - self.low) / (self.high - self.low)


def sides(row: Point) -> dict[str, dict[str, Any]]:
    """The estimate, the count and the ratio of a comparison, each as a panel draws it; a count's limits where they are apart."""
    wide = row["recorded_lower"] is not None and row["recorded_upper"] > row["recorded_lower"]
    limits = (row["recorded_lower"], row["recorded_upper"]) if wide else (None, None)
    return {
        "estimate": numbers(row["estimate"], row["estimate_lower"], row["estimate_upper"]),
        "count": numbers(row["recorded"], *limits),
        "ratio": numbers(row["recorded_per_100"], row["recorded_per_100_lower"], row["recorded_per_100_upper"]),
    }


def chart(parts: Iterable[str], height: float) -> str:
    """An SVG to stand inline: the figure around it carries the text alternative and the data table."""
    return f'<svg class="chart" width="100%" height="{height:g}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'


def text(place: float, top: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """A line of text; `place` in percent, `top` (of its foot) in pixels."""
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    look = f' class="{kind}"' if kind else ""
    at = f'x="{_tenth(place)}%" ' if place else ""
    return f'<text {at}y="{_tenth(top)}"{look}{end}>{escape(words)}</text>'


def line(ends: tuple[float, float], heights: tuple[float, float], kind: str) -> str:
    """A straight line between two places (percent) and heights (pixels)."""
    first = f'x1="{_tenth(ends[0])}%" ' if ends[0] else ""  # nought is where a line begins unless told otherwise
    across = f'{first}x2="{_tenth(ends[1])}%"'
    return f'<line {across} y1="{_tenth(heights[0])}" y2="{_tenth(heights[1])}" class="{kind}"/>'


def bar(ends: tuple[float, float], top: float, height: float, kind: str) -> str:
    """A rectangle between two places."""
    width = _tenth(max(ends[1] - ends[0], 0.3))
    return f'<rect x="{_tenth(ends[0])}%" width="{width}%" y="{top:g}" height="{height:g}" class="{kind}"/>'


def dot(place: float, top: float, kind: str, shape: str = "circle") -> str:
    """A mark of a shape at a place."""
    if shape == "circle":
        return f'<circle cx="{_tenth(place)}%" cy="{_tenth(top)}" r="5" class="{kind} dot"/>'
    return f'<svg x="{_tenth(place)}%" y="{_tenth(top)}" overflow="visible" class="{kind} dot">{SHAPES[shape]}</svg>'


def dots(points: Iterable[tuple[float, float, str]], kind: str, shape: str = "circle") -> str:
    """Many marks of one kind, circles or squares: place, height, what each says. There are thousands: the kind is said once."""
    drawn = list[str]()
    for place, top, words in points:
        title = f"<title>{escape(words)}</title>"
        if shape == "circle":
            drawn.append(f'<circle cx="{_tenth(place)}%" cy="{_tenth(top)}" r="5">{title}</circle>')
        else:
            drawn.append(f'<rect x="{_tenth(place)}%" y="{_tenth(top)}" width="9" height="9">{title}</rect>')
    moved = "" if shape == "circle" else ' transform="translate(-4.5 -4.5)"'
    return f'<g class="{kind} dots"{moved}>{"".join(drawn)}</g>'


def curves(stretches: Iterable[Sequence[tuple[float, float]]], height: float, kind: str) -> str:
    """Lines through places (percent, pixels), as wide on a phone as on a desk."""
    through = "".join(
        "M" + " ".join(f"{_tenth(place)} {_tenth(top)}" for place, top in points)
        for points in stretches if len(points) > 1
    )  # fmt: skip
    return "" if not through else (
        f'<svg width="100%" height="{height:g}" viewBox="0 0 100 {height:g}" preserveAspectRatio="none">'
        f'<path d="{through}" class="{kind}" vector-effect="non-scaling-stroke"/></svg>'
    )  # fmt: skip


def _tenth(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")


def tipped(words: str, *parts: str) -> str:
    """Marks that say something when pointed at, or reached by the arrow keys."""
    title = f"<title>{escape(words)}</title>"
    return f'<g class="mark">{title}{"".join(parts)}</g>'


def numbers(value: float | None, lower: float | None, upper: float | None) -> dict[str, float | None]:
    """A value with its limits, as part of a point."""
    return {"value": value, "lower": lower, "upper": upper}


def ticks(top: float) -> list[float]:
    """Where an axis from nought to `top` is labelled."""
    return [top * part / TICKS for part in range(TICKS + 1)]


def short(value: float, top: float) -> str:
    """A number of an axis in few characters."""
    return f"{value / MILLION:g} million" if top >= MILLION and value else f"{value:,.10g}"


def round_top(rows: Sequence[Point], *names: str) -> float:
    """The end of an axis: the largest value of some fields, up to the next round number that TICKS divide well."""
    largest = max((float(row[name]) for row in rows for name in names if row.get(name) is not None), default=1.0)
    power = 10.0 ** math.floor(math.log10(largest)) if largest > 0 else 1.0
    return next(step * power for step in (1.0, 1.2, 1.6, 2.0, 2.4, 3.2, 4.0, 6.0, 8.0, 10.0) if step * power >= largest)


def wrapped(words: str, width: int, lines: int = 5) -> list[str]:
    """Text over several lines, cut with an ellipsis where it does not fit."""
    return textwrap.wrap(words, width, max_lines=lines, placeholder=" \N{HORIZONTAL ELLIPSIS}") or [""]
