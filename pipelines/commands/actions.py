"""The actions of a command that has several."""

import argparse
from collections.abc import Callable

Adding = Callable[[argparse.ArgumentParser], None]
Action = Callable[[str, str], argparse.ArgumentParser]


def actions_of(command: argparse.ArgumentParser, to_each: Adding | None = None) -> Action:
    """What adds an action by its name and what it does; `to_each` adds the arguments that all of them have."""
    actions = command.add_subparsers(title="actions", required=True, metavar="ACTION", dest="action")

    def action(name: str, does: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
        if to_each is not None:
            to_each(made)
        return made

    return action
