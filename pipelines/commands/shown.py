"""Rows for people: a table where the terminal is wide, else one block per row; no figure is ever cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from assets.words import wording
from pipelines.commands.tables import console
from schemas.rows import AnyRow, Record

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
