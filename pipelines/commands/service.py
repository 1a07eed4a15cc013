"""`darkfigure service ...`: units for systemd, is a running service well, dead runs, backup and restore."""

import argparse
import os
import sys

from pipelines.commands.doctor import print_lines
from pipelines.commands.folders import chosen_settings
from pipelines.commands.serve import TOKEN_VARIABLE
from pipelines.commands.stop import WRONG_CALL, Stop
from pipelines.front.address import token_of
from pipelines.home import history
from pipelines.service.backup import backup, restore
from pipelines.service.units import UnitChoices, unit_files


def service(chosen: argparse.Namespace) -> None:
    """Do one of the actions."""
    {"install": _install, "check": _check, "reap": _reap, "backup": _backup, "restore": _restore}[chosen.action](chosen)


def _install(chosen: argparse.Namespace) -> None:
    if not (chosen.printed or chosen.to):
        raise Stop("service install: --print shows the units, --to DIR writes them.", WRONG_CALL)
    workspace = chosen_settings(chosen)
    asked = UnitChoices(chosen.user, chosen.port, chosen.viewer_port, chosen.name, chosen.backups.resolve())
    made = unit_files(workspace, asked)
    for name, content in made.items():
        if chosen.printed:
            sys.stdout.write(f"{content.rstrip()}\n\n")
        if chosen.to:
            chosen.to.mkdir(parents=True, exist_ok=True)
            (chosen.to / name).write_text(content, encoding="utf-8")


def _check(chosen: argparse.Namespace) -> None:
    workspace = chosen_settings(chosen)
    token = token_of(chosen.token_file, os.environ.get(TOKEN_VARIABLE))
    viewer = "" if chosen.no_viewer else f"http://127.0.0.1:{chosen.viewer_port}"
    with history(workspace) as instance:
        from pipelines.service.check import of_service

        print_lines(
            of_service(workspace, instance, f"http://127.0.0.1:{chosen.port}", viewer, token, chosen.only), chosen
        )


def _reap(chosen: argparse.Namespace) -> None:
    workspace = chosen_settings(chosen)
    with history(workspace) as instance:
        from pipelines.reaper import reap

        dead = reap(instance, workspace.lock_path)
    sys.stdout.write(f"{len(dead)} runs were marked failed: their process is gone.\n")


def _backup(chosen: argparse.Namespace) -> None:
    made = backup(chosen_settings(chosen), chosen.folder)
    sys.stdout.write(f"{made} ({made.stat().st_size / 1e6:,.1f} MB)\n")


def _restore(chosen: argparse.Namespace) -> None:
    for line in restore(chosen_settings(chosen), chosen.file):
        sys.stdout.write(f"{line}\n")
