"""Panels as one picture that stands by itself, where no page gives it colours: for the Dagster UI."""

import base64
import html
import re
import textwrap
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

THEME = Path(__file__).parent / "theme.css"
# All of one width, as the drawing has measured it.
FONT = "'Liberation Sans',Arial,Helvetica,sans-serif"
PAD, LINE, CHARACTERS, BOLD_CHARACTERS = 20, 18, 50, 44
CHARACTER = 7  # pixels that a character needs at most, on average, in any of these
NOTHING_LISTED = ("", ())
PANEL_WIDTH = 350
_HEIGHT = re.compile(r'<svg class="chart" width="100%" height="(\S+)"')
_TIP = re.compile("<title>.*?</title>")

# The unit of a panel, and its drawing.
Part = tuple[str, str]


def picture(
    draw: Callable[[], Sequence[Part]],
    remarks: Sequence[str],
    listed: tuple[str, Sequence[str]] = NOTHING_LISTED,
    abreast: int = 2,
) -> str:
    """Panels with their titles, so many abreast, a list under a title of its own, then remarks: an SVG file.

    It has the light colours of the theme, whatever surrounds it, and no tips: an image has no pointer.
    """
    parts = draw()
    body, top, widest = list[str](), float(PAD), float(PAD)
    for row in (parts[start : start + abreast] for start in range(0, len(parts), abreast)):
        titles = [_block([title], 0, top, BOLD_CHARACTERS, bold=True)[1] for title, _ in row]
        left, under, below = float(PAD), max(titles) + 4, top
        for title, panel in row:
            placed = _TIP.sub("", panel).replace('width="100%"', f'x="{left:g}" y="{under:g}" width="{PANEL_WIDTH}"', 1)
            body += [*_block([title], left, top, BOLD_CHARACTERS, bold=True)[0], placed]
            left, below = left + PANEL_WIDTH + PAD, max(below, under + _height(panel) + PAD)
        top, widest = below, max(widest, left)
    characters = int((widest - 2 * PAD) / CHARACTER) if parts else CHARACTERS
    for texts_of_kind, bold in (([listed[0]] if listed[1] else [], True), (listed[1], False), (remarks, False)):
        lines, top = _block(texts_of_kind, PAD, top, characters, bold=bold)
        body += lines
    width, height = max(widest, 2 * PAD + CHARACTERS * CHARACTER), top + PAD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}">'
        f"<style>{_theme()}svg{{font-family:{FONT}}}</style>"
        f'<rect width="{width:g}" height="{height:g}" fill="var(--ground)"/>{"".join(body)}</svg>'
    )


def as_markdown(svg: str, says: str) -> str:
    """A picture inside Markdown, with its text alternative: the form that the Dagster UI shows."""
    alternative = re.sub(r"[\[\]\n]", " ", says)
    return f"![{alternative}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"


def _height(panel: str) -> float:
    match = _HEIGHT.match(panel)
    if match is None:
        raise ValueError(f"a panel without a size: {panel[:80]}")
    return float(match[1])


@cache
def _theme() -> str:
    """The theme of all charts in its light colours."""
    light, rest = THEME.read_text(encoding="utf-8").split("@media", 1)
    return re.sub(r"\n", "", light.replace(":root", "svg") + rest.split("}}", 1)[1])


def _block(texts: Sequence[str], left: float, top: float, characters: int, *, bold: bool) -> tuple[list[str], float]:
    """Lines of text from a place on, and the height below them."""
    weight = ' font-weight="bold"' if bold else ""
    lines = []
    for line in (line for text in texts for line in textwrap.wrap(text, characters)):
        top += LINE
        lines.append(
            f'<text x="{left:g}" y="{top - 5:g}" font-size="13" fill="var(--ink)"{weight}>{html.escape(line)}</text>'
        )
    return lines, top
