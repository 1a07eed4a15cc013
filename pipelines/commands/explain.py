"""`darkfigure explain`: the tree from a result down to its published figures."""

import argparse
from collections.abc import Sequence

import duckdb
from rich.text import Text
from rich.tree import Tree

from assets.answers.names import sql
from assets.tables.asking import Asked
from pipelines.commands.folders import published_file
from pipelines.commands.stop import WRONG_CALL, Stop
from pipelines.commands.tables import console
from schemas.rows import AnyRow

STEPS = """
SELECT step.*, title.title, title.publisher
FROM explain($row_id) AS step
LEFT JOIN meta.release AS title ON title.source = step.source AND title.release = step.release
"""
RULES = """
SELECT rule.rule, rule.result, rule.reason
FROM (FROM reconciled.gap SELECT row_id, rules UNION ALL FROM reconciled.answer SELECT row_id, rules) AS ratio,
     unnest(ratio.rules) AS said(rule)
WHERE ratio.row_id = $row_id AND rule.result <> 'pass'
"""
# Of more rows behind one row only the first are printed.
FOLDED = 8
# A row, and the rows behind it.
Branch = tuple[AnyRow, list["Branch"]]
# The database compares sixty thousand ids in the time that Python needs for a few hundred.
NEAREST = """
SELECT row_id FROM (SELECT row_id, jaro_winkler_similarity(row_id, $row_id) AS likeness FROM meta.origin)
WHERE likeness > 0.8 ORDER BY likeness DESC, row_id LIMIT 3
"""


def explain(chosen: argparse.Namespace) -> None:
    """Print what a row says and how it was computed, then its tree; Stop (exit code 2) where there is no such row."""
    out = console()
    with duckdb.connect(published_file(chosen), read_only=True) as connection:
        asked = Asked(connection)
        steps = asked.named(STEPS, {"row_id": chosen.row_id})
        if not steps:
            raise Stop(_unknown(asked, chosen.row_id), WRONG_CALL)
        formulas: Sequence[AnyRow] = asked.named(sql("formula"), {"row_id": chosen.row_id})
        for computed in formulas:
            out.print(Text.assemble((computed["value"], "bold"), f"\n{computed['formula']}\n"))
        tree = Tree(_label(steps[0]))
        for ruling in asked.named(RULES, {"row_id": chosen.row_id}):
            tree.add(Text.assemble((ruling["rule"], "bold"), f" {ruling['result']}: {ruling['reason']}"))
        _grow(tree, _branches(steps), FOLDED if not chosen.all else len(steps))
    out.print(tree)


def _branches(steps: Sequence[AnyRow]) -> list[Branch]:
    """The steps below the first as branches: a step and the branches below it."""
    top: list[Branch] = []
    open_at: dict[int, list[Branch]] = {0: top}
    for step in steps[1:]:
        branch: Branch = (step, [])
        open_at[step["depth"] - 1].append(branch)
        open_at[step["depth"]] = branch[1]
    return top


def _grow(tree: Tree, branches: Sequence[Branch], most: int) -> None:
    """Add branches to a tree, of many only the first; the others are counted, none is lost in silence."""
    figures_first = sorted(branches, key=lambda branch: branch[0]["printed"] is None)
    for step, below in figures_first[:most]:
        _grow(tree.add(_label(step)), below, most)
    if len(branches) > most:
        tree.add(f"and {len(branches) - most} more: with --all")


def _label(step: AnyRow) -> Text:
    """A row in up to four short lines: what, how much, where it is published, where it was read.

    Text, so that no bracket of a source is taken for a style.
    """
    lines = []
    if step["what"]:
        lines.append(step["what"])
    if step["printed"]:
        lines.append(f"printed as {step['printed']} ({step['unit']})")
    if step["title"]:
        place = ", ".join(part for part in (step["title"], step["publisher"], step["sheet"], step["cell"]) if part)
        lines.append(f"{place} [{step['source']}@{step['release']}]")
    elif step["citation"]:
        lines.append(step["citation"])
    if step["url"]:
        lines.append(step["url"])
    return Text.assemble((step["row_id"], "bold"), *(f"\n{line}" for line in lines))


def _unknown(asked: Asked, row_id: str) -> str:
    near = [row["row_id"] for row in asked.named(NEAREST, {"row_id": row_id})]
    hint = f" The nearest are {', '.join(near)}." if near else " Find one with: select row_id from gap."
    return f"There is no row {row_id!r} in the published file.{hint}"
