"""The units of systemd for a service, and an example of a proxy before it, with the paths of this installation."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from assets.tables.workspace import HOME_VARIABLE, RETURNS_VARIABLE, Workspace
from pipelines.home import POSTGRES_VARIABLE
from pipelines.settings import CHECKOUT, DATA_VARIABLE

FRONT, VIEWER, DAEMON, BACKUP = (f"darkfigure-{name}" for name in ("front", "viewer", "daemon", "backup"))
VIEWER_LISTENS, FRONT_LISTENS = 443, 8443


@dataclass(frozen=True)
class Unit:
    """What one unit runs: the command, what runs before it, and whether it ends by itself."""

    says: str
    command: Sequence[str]
    before: Sequence[Sequence[str]] = ()
    oneshot: bool = False


@dataclass(frozen=True)
class UnitChoices:
    """What the operator chooses: who runs it, the ports, the name that visitors type, where backups go."""

    user: str
    port: int
    viewer_port: int
    host: str
    backups: Path


def unit_files(workspace: Workspace, asked: UnitChoices) -> dict[str, str]:
    """Name -> content of everything that `service install` makes."""
    home, python = workspace.dagster_home.resolve(), sys.executable
    program = [python, "-m", "pipelines.cli"]
    returns = workspace.returns
    writable = dict.fromkeys(
        [
            workspace.data,
            *(path for path in (home, workspace.output, returns) if not path.is_relative_to(workspace.data)),
        ]
    )
    given = {
        "user": asked.user, "checkout": CHECKOUT, "writable": [*writable],
        "postgres": bool(os.environ.get(POSTGRES_VARIABLE)),
        "environment": {DATA_VARIABLE: workspace.data, HOME_VARIABLE: home, RETURNS_VARIABLE: returns,
                        "PYTHONWARNINGS": "ignore"},
        "at_home": any(str(path).startswith(("/home/", "/root")) for path in (CHECKOUT, Path(python).resolve(), *writable)),
        "host": asked.host,
        "served": [
            {"listen": f"{VIEWER_LISTENS} ssl", "port": asked.viewer_port, "passwords": "/etc/darkfigure/viewers"},
            {"listen": f"{FRONT_LISTENS} ssl", "port": asked.port, "passwords": "/etc/darkfigure/operators"},
        ],
    }  # fmt: skip
    serve = [*program, "serve", "--no-daemon", "--output", str(workspace.output)]
    units = {
        DAEMON: Unit("Darkfigure: schedules, sensors and the queue", [python, "-m", "pipelines.front.daemon"],
                     [[*program, "service", "reap"]]),
        FRONT: Unit("Darkfigure: the pages for those who run it",
                    [*serve, "--port", str(asked.port), "--name", f"{asked.host}:{FRONT_LISTENS}"]),
        VIEWER: Unit("Darkfigure: the pages for those who look",
                     [*serve, "--read-only", "--port", str(asked.viewer_port), "--name", asked.host]),
        BACKUP: Unit("Darkfigure: backup", [*program, "service", "backup", str(asked.backups)], oneshot=True),
    }  # fmt: skip
    templates = _templates()
    made = {
        f"{name}.service": templates.get_template("service.j2").render(
            given | {"name": name, "unit": unit} | ({"writable": [*writable, asked.backups]} if unit.oneshot else {})
        )
        for name, unit in units.items()
    }
    made[f"{BACKUP}.timer"] = templates.get_template("timer.j2").render(name=BACKUP, unit=units[BACKUP])
    made["nginx.conf"] = templates.get_template("nginx.j2").render(given)
    return made


def _templates() -> Environment:
    """What is written is no page: nothing is escaped for HTML, but for systemd."""
    made = Environment(
        loader=PackageLoader("pipelines.service"), undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True,
        trim_blocks=False,
    )  # fmt: skip
    made.filters |= {"quoted": unit_word, "unquoted": unquoted, "words": words}
    return made


def words(command: Sequence[str]) -> str:
    """A command of a unit, where `$` begins a variable."""
    return " ".join(unit_word(word).replace("$", "$$") for word in command)


def unit_word(text: object) -> str:
    """A word of a unit, where `%` begins a specifier; one with spaces stands in quotes."""
    plain = unquoted(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"' if set(plain) & set(" \t'\"\\;") else plain


def unquoted(text: object) -> str:
    """A path of a unit that is the whole rest of its line."""
    return str(text).replace("%", "%%")
