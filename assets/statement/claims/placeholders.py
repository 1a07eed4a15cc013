"""Sentences of one's own: every number in them is a placeholder, so that none outlives the figure that it came from.

{figure}          the claim's figure as printed
{recomputed} ...  what the check found
{another-claim}   the figure of another claim
{=EXPRESSION}     an expression worked out, in its own unit
"""

import re
from collections.abc import Mapping

from assets.statement.claims import words
from assets.statement.claims.expressions import ExpressionError, Sources, evaluate

_HOLE = re.compile(r"\{([^{}]+)\}")


def names_in(text: str) -> list[str]:
    """What stands in the braces of a text."""
    return [name.strip() for name in _HOLE.findall(text)]


def literal_digits(text: str) -> str | None:
    """The first number that is typed and not filled in; None where all are."""
    match = re.search(r"[£$€]?\d[\d.,]*%?", _HOLE.sub("", text))
    return match[0] if match else None


def filled(text: str, shown: Mapping[str, str], figures: Mapping[str, str | None], sources: Sources) -> str:
    """The text with its placeholders filled; ExpressionError names one that cannot be."""

    def fill(match: re.Match[str]) -> str:
        name = match[1].strip()
        if name.startswith("="):
            value = evaluate(name[1:], sources)
            return words.interval(value.interval, value.unit)
        if name in shown:
            return shown[name]
        if figures.get(name) is not None:
            return str(figures[name])
        raise ExpressionError(
            f"the placeholder {{{name}}}", f"figure, {', '.join(shown)}, a claim with a figure, or =EXPRESSION"
        )

    return _HOLE.sub(fill, text)
