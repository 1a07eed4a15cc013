"""`darkfigure doctor`: is everything in place to refresh and to read, and what to do where it is not."""

import argparse
from collections.abc import Sequence

from rich.text import Text

from assets.answers.health import ERROR, HealthLine, headline
from pipelines.commands.folders import chosen_settings
from pipelines.commands.printed import with_commands
from pipelines.commands.stop import Stop
from pipelines.commands.tables import console
from pipelines.watch.looks import everything


def doctor(chosen: argparse.Namespace) -> None:
    """Print what was looked at, in the words of `meta.health`; Stop where something is broken."""
    print_lines(everything(chosen_settings(chosen)), chosen)


def print_lines(lines: Sequence[HealthLine], chosen: argparse.Namespace) -> None:
    """Print lines of health, each with what to do where it is not well; Stop where something is broken."""
    out = console()
    for line in lines:
        mark = ("well", "green") if line.well else ("look", "red") if line.matters == ERROR else ("know", "yellow")
        remedy = "" if line.well else f" {with_commands(line.remedy, chosen)}"
        out.print(Text.assemble(mark, f"  {line.about}: {line.said}{remedy}"), soft_wrap=True)
    broken = [line.about for line in lines if not line.well and line.matters == ERROR]
    if broken:
        raise Stop(f"{len(broken)} of {len(lines)} need a look: {', '.join(broken)}.")
    out.print(headline(lines))
