"""Hierarchy by leading spaces."""

from collections.abc import Sequence


def parents(indents: Sequence[int]) -> list[int | None]:
    """For each row the index of the row above that it is indented under, or None at the top.

    indents: leading spaces of each row, in order.
    """
    found: list[int | None] = []
    open_rows: list[tuple[int, int]] = []
    for index, indent in enumerate(indents):
        while open_rows and open_rows[-1][0] >= indent:
            open_rows.pop()
        found.append(open_rows[-1][1] if open_rows else None)
        open_rows.append((indent, index))
    return found


def paths(labels: Sequence[str], indents: Sequence[int]) -> list[tuple[str, ...]]:
    """For each row its label with those of the rows it stands under, from the top."""
    above = parents(indents)
    found: list[tuple[str, ...]] = []
    for index, text in enumerate(labels):
        parent = above[index]
        found.append((*(found[parent] if parent is not None else ()), text))
    return found
