"""`darkfigure tidy`: clear what is old of the history and of what is remembered."""

import argparse
from dataclasses import replace

from assets.published.lock import only_one
from pipelines.commands.folders import chosen_settings
from pipelines.commands.tables import console
from pipelines.home import history
from pipelines.retention import retention
from pipelines.retention import tidy as clear


def tidy(chosen: argparse.Namespace) -> None:
    """Clear, under the lock of a refresh, and say what was cleared."""
    workspace, keep = chosen_settings(chosen), retention()
    keep = replace(keep, days=keep.days if chosen.days is None else chosen.days)
    with only_one(workspace.lock_path), history(workspace) as instance:
        cleared = clear(workspace, instance, keep)
    for line in cleared:
        console().print(line, soft_wrap=True)
