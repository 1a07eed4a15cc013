"""Frames and texts as Markdown: what the Dagster UI shows of a table."""

from collections.abc import Iterable, Sequence

import pandas as pd

LONGEST = 50
# Characters that Markdown or HTML would take for something else.
_SPECIAL = str.maketrans({"|": "\\|", "\n": " ", "<": "&lt;", "*": "\\*", "_": "\\_", "[": "\\[", "`": "\\`"})


def plain_markdown(value: object) -> str:
    """A value as text that Markdown shows as it stands; nothing for an empty one."""
    text = "" if value is None or value is pd.NA or value != value else str(value)
    return text.translate(_SPECIAL)


def markdown_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; every cell is plain text."""
    lines = [headings, *rows]
    head, *body = ["| " + " | ".join(map(plain_markdown, line)) + " |" for line in lines]
    return "\n".join([head, "|" + " --- |" * len(headings), *body])


def preview(rows: pd.DataFrame) -> str:
    """The first rows of a table, of long values their beginning."""
    return markdown_table(
        list(map(str, rows.columns)), ([_begun(value) for value in row] for row in rows.itertuples(index=False))
    )


def _begun(value: object) -> object:
    text = str(value)
    return value if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def bullets(lines: Iterable[str], nothing: str = "none") -> str:
    """A list; lines are Markdown already."""
    return "\n".join(f"- {line}" for line in lines) or nothing
