"""What in the README and the docs comes from the published file: `python -m pipelines.cookbook` writes it anew."""

import re
import sys
import textwrap
from pathlib import Path
from typing import Any

import duckdb

from assets.answers.dictionary import page
from assets.reconciled.gap.shown import drawing
from assets.tables.staging import to_frame
from pipelines.settings import CHECKOUT, settings

README, ANSWERS, PICTURE = CHECKOUT / "README.md", CHECKOUT / "docs" / "answers.md", CHECKOUT / "docs" / "stalking.svg"
DRAWN = "stalking_8q"
FEW, FIRST, WIDTH, LINE = 4, 2, 72, 126
QUERY = re.compile(r"(```sql\n(.*?)```\n)(?:\n```text\n.*?```\n)?", re.DOTALL)


def with_answers(text: str, file: Path) -> str:
    """A page with, under each of its queries, the first rows of the answer that a published file gives."""
    with duckdb.connect(file, read_only=True) as connection:
        return QUERY.sub(lambda match: f"{match[1]}\n```text\n{_answer(connection, match[2])}```\n", text)


def picture(file: Path) -> str:
    """The comparisons of one topic drawn (SVG): the README's first picture."""
    with duckdb.connect(file, read_only=True) as connection:
        pairings = to_frame(connection.sql(f"FROM reference.pairing WHERE pairing = '{DRAWN}'").to_arrow_table())
        gap = to_frame(connection.sql(f"FROM reconciled.gap WHERE pairing = '{DRAWN}'").to_arrow_table())
    return drawing(gap, {"pairing": pairings})[0]


def _answer(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    rows = result.fetchall()
    lines = []
    shown = rows if len(rows) <= FEW else rows[:FIRST]
    for row in shown:
        cells = ", ".join(
            f"{name} {_short(value)}" for name, value in zip(names, row, strict=True) if value is not None
        )
        lines += textwrap.wrap(cells, LINE, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    return "\n".join([*lines, *([f"... {len(rows)} rows"] if len(rows) > len(shown) else [])]) + "\n"


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}".removesuffix(".0")
    text = " ".join(str(value).split())
    return text if len(text) <= WIDTH else text[: WIDTH - 3].rstrip() + "..."


if __name__ == "__main__":
    published = settings().output / "darkfigure.duckdb"
    if not published.exists():
        sys.exit(f"{published} does not exist: run `darkfigure refresh` first.")
    README.write_text(with_answers(README.read_text(encoding="utf-8"), published), encoding="utf-8")
    ANSWERS.write_text(page(), encoding="utf-8")
    PICTURE.write_text(picture(published), encoding="utf-8")
