"""Dagster's own history: a folder with an instance configuration, shared by the command line and the UI.

Its records lie in SQLite in that folder, or in Postgres where DARKFIGURE_POSTGRES names a database (postgresql://host/name).
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assets.tables.workspace import HOME_VARIABLE, Workspace
from pipelines.commands.stop import WRONG_CALL, Stop

if TYPE_CHECKING:
    import dagster as dg

TEMPLATE = Path(__file__).parent / "instance" / "dagster.yaml"
POSTGRES = Path(__file__).parent / "instance" / "postgres.yaml"
POSTGRES_VARIABLE = "DARKFIGURE_POSTGRES"


def prepare_home(chosen: Workspace) -> Path:
    """Make the history folder if it is new, and tell Dagster of it through the environment.

    Stop (exit code 2) where the folder was made for the other kind of history.
    """
    home = chosen.dagster_home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    file, in_postgres = home / TEMPLATE.name, bool(os.environ.get(POSTGRES_VARIABLE))
    if not file.exists():
        parts = [TEMPLATE, *([POSTGRES] if in_postgres else [])]
        file.write_text("\n".join(part.read_text(encoding="utf-8") for part in parts), encoding="utf-8")
    if in_postgres and POSTGRES_VARIABLE not in file.read_text(encoding="utf-8"):
        raise Stop(
            f"{POSTGRES_VARIABLE} is set, and {file} keeps the history in SQLite. Name another folder with {HOME_VARIABLE}, or"
            f" add the lines of {POSTGRES} to it; what is in SQLite stays there.",
            WRONG_CALL,
        )
    os.environ[HOME_VARIABLE] = str(home)
    return home


@contextmanager
def history(chosen: Workspace) -> Iterator["dg.DagsterInstance"]:
    """The history of a place, open; what Dagster says of its own interfaces is for developers."""
    prepare_home(chosen)
    warnings.simplefilter("ignore")
    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        yield instance
