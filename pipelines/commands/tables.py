"""Readable tables on the terminal that stay readable in a pipe."""

import contextlib
from collections.abc import Sequence
from typing import Any

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
        for one in objects:
            if isinstance(one, Text):
                one.plain = plain(one.plain)
        super().print(*objects, **how)


def console() -> Console:
    """The terminal; in a pipe plain text, wide enough for the tables.

    What is printed is never markup: brackets and colons of a source, a path or a row id are shown as they are.
    """
    terminal = PlainConsole(highlight=False, markup=False, emoji=False)
    if terminal.is_terminal:
        return terminal
    return PlainConsole(width=PIPE_WIDTH, highlight=False, markup=False, emoji=False, color_system=None)


def table(title: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> Table:
    """A table of text; each column has a heading and a justification (left or right). The first column folds last."""
    first = WIDEST_FIRST if console().width >= ROOMY else 0
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for position, (heading, justify) in enumerate(columns):
        width = max((len(row[position]) for row in rows), default=0) if position == 0 else 0
        made.add_column(heading, justify="right" if justify == "right" else "left", min_width=min(width, first))
    for row in rows:
        made.add_row(*row)
    return made
