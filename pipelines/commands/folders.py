"""The folders that a command was given, checked before anything is done in them."""

import argparse
import traceback
from pathlib import Path

from assets.tables.workspace import Workspace
from pipelines.commands.printed import called
from pipelines.commands.stop import WRONG_CALL, Stop
from pipelines.settings import CHECKOUT, DATA_VARIABLE, settings

MUST_EXIST = ("data", "landing")


def chosen_settings(chosen: argparse.Namespace) -> Workspace:
    """Workspace from the arguments; Stop (exit code 2) where a folder does not exist."""
    for name in MUST_EXIST:
        path = getattr(chosen, name, None)
        if path is not None and not path.is_dir():
            raise Stop(f"--{name} {path}: there is no such folder.", WRONG_CALL)
    if chosen.output is not None and chosen.output.exists() and not chosen.output.is_dir():
        raise Stop(f"--output {chosen.output}: this is a file, not a folder.", WRONG_CALL)
    workspace = settings(chosen.data, getattr(chosen, "landing", None), chosen.output)
    if not (workspace.data / "reference").is_dir():
        raise Stop(
            f"{workspace.data} is no data root: it has no folder `reference`. Darkfigure is used from its checkout "
            f"({CHECKOUT} is where this code lies); name the data root with --data DIR or {DATA_VARIABLE}.",
            WRONG_CALL,
        )
    return workspace


def published_file(chosen: argparse.Namespace) -> Path:
    """The published file; Stop (exit code 2) where there is none."""
    file = settings(chosen.data, None, chosen.output).output / "darkfigure.duckdb"
    if not file.exists():
        raise Stop(
            f"{file} does not exist: nothing was published there yet. Run {called('refresh', chosen)} first.",
            WRONG_CALL,
        )
    return file


def keep_traceback(error: Exception, chosen: argparse.Namespace) -> Path | None:
    """Write the traceback of an unexpected error below the data root; None where that is not possible."""
    try:
        file = settings(chosen.data).interim / "last-error.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return None
    return file
