"""Panels as one picture that stands by itself, where no page gives it colours: for the Dagster UI."""

import base64
import html
import re
import textwrap
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

COLOURS = Path(__file__).parent / "colours.css"
# All of one width, as the drawing has measured it.
FONT = "'Liberation Sans',Arial,Helvetica,sans-serif"
PAD, LINE, CHARACTERS, BOLD_CHARACTERS = 20, 18, 50, 44
CHARACTER = 7  # pixels that a character needs at most, on average, in any of these
NOTHING_LISTED = ("", ())
_VIEW = re.compile(r'<svg viewBox="0 0 (\S+) (\S+)"')

# The unit of a panel, and its drawing.
Part = tuple[str, str]


def picture(
    draw: Callable[[], Sequence[Part]],
    remarks: Sequence[str],
    listed: tuple[str, Sequence[str]] = NOTHING_LISTED,
    abreast: int = 2,
) -> str:
    """Panels with their titles, so many abreast, a list under a title of its own, then remarks: an SVG file.

    It has the light colours of the report, whatever surrounds it.
    """
    from altair.utils import schemapi

    # Charts are checked by their tests; checking every part again at each build triples the time.
    with schemapi.debug_mode(False):
        parts = draw()
    body, top, widest = list[str](), float(PAD), float(PAD)
    for row in (parts[start : start + abreast] for start in range(0, len(parts), abreast)):
        titles = [_block([title], 0, top, BOLD_CHARACTERS, bold=True)[1] for title, _ in row]
        left, under, below = float(PAD), max(titles) + 4, top
        for title, panel in row:
            width, height = _size(panel)
            place = f'<svg x="{left:g}" y="{under:g}" width="{width:g}" height="{height:g}" overflow="visible" '
            body += [*_block([title], left, top, BOLD_CHARACTERS, bold=True)[0], panel.replace("<svg ", place, 1)]
            left, below = left + width + PAD, max(below, under + height + PAD)
        top, widest = below, max(widest, left)
    characters = int((widest - 2 * PAD) / CHARACTER) if parts else CHARACTERS
    for said, bold in (([listed[0]] if listed[1] else [], True), (listed[1], False), (remarks, False)):
        lines, top = _block(said, PAD, top, characters, bold=bold)
        body += lines
    width, height = max(widest, 2 * PAD + CHARACTERS * CHARACTER), top + PAD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}">'
        f"<style>svg{{{_colours()};font-family:{FONT}}}</style>"
        f'<rect width="{width:g}" height="{height:g}" fill="var(--ground)"/>{"".join(body)}</svg>'
    )


def as_markdown(svg: str, says: str) -> str:
    """A picture inside Markdown, with its text alternative: the form that the Dagster UI shows."""
    alternative = re.sub(r"[\[\]\n]", " ", says)
    return f"![{alternative}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"


def _size(panel: str) -> tuple[float, float]:
    found = _VIEW.match(panel)
    if found is None:
        raise ValueError(f"a panel without a size: {panel[:80]}")
    return float(found[1]), float(found[2])


@cache
def _colours() -> str:
    """The light colours of the report."""
    return re.sub(r"\s", "", COLOURS.read_text(encoding="utf-8").split(":root{", 1)[1].split("}", 1)[0])


def _block(texts: Sequence[str], left: float, top: float, characters: int, *, bold: bool) -> tuple[list[str], float]:
    """Lines of text from a place on, and the height below them."""
    weight = ' font-weight="bold"' if bold else ""
    lines = []
    for line in (line for said in texts for line in textwrap.wrap(said, characters)):
        top += LINE
        lines.append(
            f'<text x="{left:g}" y="{top - 5:g}" font-size="13" fill="var(--ink)"{weight}>{html.escape(line)}</text>'
        )
    return lines, top
