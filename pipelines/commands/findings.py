"""What a refresh noticed and did not repair, and what of the landed files it left unread."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from assets.answers.health import UNREAD
from assets.archive.set_aside import SET_ASIDE, refusals_told
from assets.words.wording import number_of
from pipelines.commands.tables import console

SHOWN = 5
COUNTED = "SELECT count(*) FILTER (severity = 'error'), count(*) FILTER (severity = 'warning') FROM meta.finding"
ASIDE = "SELECT kind, place, evidence, handling FROM meta.finding WHERE list_contains(?, kind) ORDER BY kind, place"
LEFT = "SELECT place, evidence, count(*) OVER () FROM meta.finding WHERE list_contains(?, kind) ORDER BY kind, place LIMIT ?"


def print_noticed(connection: duckdb.DuckDBPyConnection) -> None:
    """How many findings there are by severity, and the first of what was not read."""
    for line in noticed(connection):
        console().print(line, soft_wrap=True)


def set_aside(published: Path) -> str:
    """Everything of the landed files that was set aside, in words; empty where everything was read."""
    with duckdb.connect(published, read_only=True) as connection:
        return refusals_told(connection.execute(ASIDE, [list(SET_ASIDE)]).fetchall())


def noticed(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The lines; none where nothing was noticed."""
    [(errors, warnings)] = connection.execute(COUNTED).fetchall()
    if errors or warnings:
        yield (
            f"Noticed in the publications and not repaired: {number_of(errors, 'error')}, {number_of(warnings, 'warning')}."
            " See: select * from meta.finding where severity <> 'info'"
        )
    left = connection.execute(LEFT, [list(UNREAD), SHOWN]).fetchall()
    for place, evidence, _ in left:
        yield f"Not read: {place}. {evidence}"
    if left and left[0][2] > len(left):
        yield f"          and {left[0][2] - len(left):,} more of the kind"
