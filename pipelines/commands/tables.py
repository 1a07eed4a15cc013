"""Readable tables on the terminal that stay readable in a pipe."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assets.words import wording
from assets.words.plain import plain
from schemas.rows import AnyRow, Record

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


# Rows for people: a table where the terminal is wide, else one block per row; no figure is ever cut.
WIDE = 120
GAP = 2


@dataclass(frozen=True)
class TerminalColumn:
    """One column: its heading, the columns of the view that it holds, whether it is a figure, which is never broken, what is
    said where it is empty, and the figure of the row with the column that says why there is none."""

    heading: str
    names: tuple[str, ...]
    figure: bool = False
    empty: str = ""
    why_none: tuple[str, str] | None = None

    def text(self, row: AnyRow) -> str:
        """What stands in a row."""
        if self.why_none and row[self.why_none[0]] is None:
            return _said(row[self.why_none[1]])
        return ", ".join(cell for name in self.names if (cell := _said(row[name]))) or self.empty


def print_rows(title: str, columns: Sequence[TerminalColumn], rows: Sequence[Record]) -> None:
    """Rows as a table, or below 120 columns one under the other."""
    out = console()
    if not rows:
        return
    if out.width < WIDE:
        out.print(Text(title, "bold"))
        for row in rows:
            first, *rest = columns
            print_said(first.text(row), [(shown_column.heading, shown_column.text(row)) for shown_column in rest])
        out.print()
        return
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(
            column.heading,
            justify="right" if column.figure else "left",
            no_wrap=column.figure,
            min_width=len(column.heading) or 24,
        )
    for row in rows:
        made.add_row(*(Text(shown_column.text(row)) for shown_column in columns))
    out.print(made)


def print_said(title: str, lines: Sequence[tuple[str, str]]) -> None:
    """A title and under it what is said, a name before each; the same name is printed once."""
    out = console()
    if title:
        out.print(Text(title, "bold"))
    width = max((len(name) for name, cell in lines if cell), default=0)
    grid = Table.grid(padding=(0, GAP))
    grid.add_column(width=width + 2, no_wrap=True)
    grid.add_column(overflow="fold")
    before = ""
    for name, value in lines:
        if value:
            grid.add_row(Text(f"  {name}" if name != before else "", "dim"), Text(value))
            before = name
    out.print(grid)


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%b %Y}" if (value + wording.ONE_DAY).day == 1 else f"{value:%d %b %Y}"
    if isinstance(value, float):
        return wording.rate(value).removesuffix("0")
    return f"{value:,}" if isinstance(value, int) else str(value)
