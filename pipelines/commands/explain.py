"""`darkfigure explain`: the tree from a result down to its published figures."""

import argparse
from typing import Any

import duckdb
from rich.text import Text
from rich.tree import Tree

from pipelines.commands.folders import published_file
from pipelines.commands.stop import WRONG_CALL, Stop
from pipelines.commands.tables import console

STEPS = """
SELECT step.*, title.title, title.publisher
FROM explain($row_id) AS step
LEFT JOIN meta.release AS title ON title.source = step.source AND title.release = step.release
"""
RULES = """
SELECT rule.rule, rule.result, rule.reason FROM gap, unnest(gap.rules) AS said(rule)
WHERE gap.row_id = $row_id AND rule.result <> 'pass'
"""
# The database compares sixty thousand ids in the time that Python needs for a few hundred.
NEAREST = """
SELECT row_id FROM (SELECT row_id, jaro_winkler_similarity(row_id, $row_id) AS likeness FROM meta.origin)
WHERE likeness > 0.8 ORDER BY likeness DESC, row_id LIMIT 3
"""


def explain(chosen: argparse.Namespace) -> None:
    """Print the tree of a row; Stop (exit code 2) where there is no such row."""
    with duckdb.connect(published_file(chosen), read_only=True) as connection:
        steps = _rows(connection, STEPS, chosen.row_id)
        if not steps:
            raise Stop(_unknown(connection, chosen.row_id), WRONG_CALL)
        tree = Tree(_label(steps[0]))
        for said in _rows(connection, RULES, chosen.row_id):
            tree.add(Text.assemble((said["rule"], "bold"), f" {said['result']}: {said['reason']}"))
        branch = {0: tree}
        for step in steps[1:]:
            branch[step["depth"]] = branch[step["depth"] - 1].add(_label(step))
    console().print(tree)


def _label(step: dict[str, Any]) -> Text:
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


def _unknown(connection: duckdb.DuckDBPyConnection, row_id: str) -> str:
    near = [row["row_id"] for row in _rows(connection, NEAREST, row_id)]
    hint = f" The nearest are {', '.join(near)}." if near else " Find one with: select row_id from gap."
    return f"There is no row {row_id!r} in the published file.{hint}"


def _rows(connection: duckdb.DuckDBPyConnection, query: str, row_id: str) -> list[dict[str, Any]]:
    found = connection.execute(query, {"row_id": row_id})
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
