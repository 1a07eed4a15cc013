"""Commands that a command prints run as they stand, and ask the folders that were named to it."""

import argparse
import shlex
from pathlib import Path

from pipelines.cli import parser
from pipelines.commands.printed import called, program, with_commands

ROOT = Path("/srv/the force's figures")
NAMED = argparse.Namespace(data=ROOT, output=None)


def test_a_command_asks_the_folder_that_was_named_whatever_its_name() -> None:
    asks, *words = shlex.split(called("show stalking --force 'Avon and Somerset'", NAMED))
    understood = parser().parse_args(words)
    assert asks == shlex.split(program())[0]
    assert (understood.data, understood.output, understood.what, understood.force) == (
        ROOT, None, ["stalking"], "Avon and Somerset",
    )  # fmt: skip
    assert called("doctor", argparse.Namespace(data=None)) == f"{program()} doctor"


def test_commands_in_a_remedy_are_of_that_folder_too() -> None:
    first, second = with_commands("Run: darkfigure fetch ons_pfa, then: darkfigure service reap", NAMED)[5:].split(
        ", then: "
    )
    fetch, reap = (parser().parse_args(shlex.split(command)[1:]) for command in (first, second))
    assert (fetch.data, fetch.source, reap.data, reap.action) == (ROOT, ["ons_pfa"], ROOT, "reap")
