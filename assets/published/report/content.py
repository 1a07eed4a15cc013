"""What sections of the page are made of: tables, panels, figures. Text is plain here; the template escapes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from assets.words import wording


@dataclass(frozen=True)
class ShownColumn:
    """A heading with its unit in words; numbers stand right."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True)
class ShownRow:
    """The cells of a row as text, and the row of the file that they were read from."""

    cells: Sequence[str]
    row_id: str = ""


@dataclass(frozen=True)
class ShownTable:
    """A table; its first column names the rows."""

    caption: str
    columns: Sequence[ShownColumn]
    rows: Sequence[ShownRow]

    @property
    def numbers(self) -> str:
        """The columns of numbers as classes, `n2 n3`: said once, not at every cell."""
        return " ".join(f"n{place}" for place, column in enumerate(self.columns, start=1) if column.numeric)


@dataclass(frozen=True)
class Panel:
    """One drawing of a figure: its unit stands in the title, `alt` says in words what it shows."""

    title: str
    svg: str
    alt: str
    kind: str


@dataclass(frozen=True)
class ShownFigure:
    """Panels with one title, one data table and remarks below."""

    key: str
    title: str
    panels: Sequence[Panel]
    table: ShownTable
    remarks: Sequence[str] = ()
    subtitle: str = ""
    table_page: str = ""


def templates(folder: Path) -> jinja2.Environment:
    """The templates of a folder, with what all pages say; every text is escaped, and a name that is missing is told."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.globals |= {"wording": wording, "not_a_rate": wording.NOT_A_RATE, "advice": wording.ADVICE}
    return made


def table(caption: str, columns: Sequence[str], rows: Sequence[ShownRow]) -> ShownTable:
    """A table; headings that begin with `#` are of numbers."""
    return ShownTable(caption, [ShownColumn(column.lstrip("#"), column.startswith("#")) for column in columns], rows)
