"""Readable tables on the terminal that stay readable in a pipe."""

import contextlib
from collections.abc import Sequence
from typing import Any, Literal

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assets.words.plain import plain

PIPE_WIDTH = 240
ROOMY, WIDEST_FIRST = 150, 56


class PlainConsole(Console):
    """A console on which text from outside does nothing but stand there."""

    def render_str(self, text: str, **how: Any) -> Text:
        """Every text that is given as such, also in the cells of a table."""
        return super().render_str(plain(text), **how)

    def on_broken_pipe(self) -> None:
        """Whoever reads has seen enough: that is no error."""
        with contextlib.suppress(SystemExit):  # with 1
            super().on_broken_pipe()
        raise SystemExit(0)

    def print(self, *objects: Any, **how: Any) -> None:
        """Text that is put together keeps its colours: a sign stands for each character."""
        for shown in objects:
            if isinstance(shown, Text):
                shown.plain = plain(shown.plain)
        super().print(*objects, **how)


def console() -> Console:
    """The terminal; in a pipe plain text, wide enough for the tables.

    What is printed is never markup: brackets and colons of a source, a path or a row id are shown as they are.
    """
    terminal = PlainConsole(highlight=False, markup=False, emoji=False)
    if terminal.is_terminal:
        return terminal
    return PlainConsole(width=PIPE_WIDTH, highlight=False, markup=False, emoji=False, color_system=None)


def terminal_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """A table; columns whose heading begins with `#` are of numbers, and stand right. The first column folds last."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    first = WIDEST_FIRST if console().width >= ROOMY else 0
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for position, heading in enumerate(headings):
        width = max((len(row[position]) for row in cells), default=0) if position == 0 else 0
        justify: Literal["left", "right"] = "right" if heading.startswith("#") else "left"
        made.add_column(heading.lstrip("#"), justify=justify, min_width=min(width, first))
    for row in cells:
        made.add_row(*row)
    return made
