"""The command line: arguments, exit codes, errors as paragraphs. What a command does stands in its own module."""

import argparse
import datetime
import math
import os
import sys
import textwrap
import tomllib
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from assets.returns.rules.quarters import a_quarter
from assets.words.plain import plain
from assets.words.problems import BadInput, Busy
from pipelines.commands.everyday import fault_in_words
from pipelines.commands.formats import FORMATS
from pipelines.commands.stop import Stop
from schemas.returns import PROFILE

Told = dict[str, Any]
COMMANDS = Path(__file__).parent / "commands" / "commands.toml"
EXIT_CODES = """
exit codes: 0 done; 1 something in the data, a failed check, a lock held, an unexpected error; 2 wrong arguments, or a path
or row id that does not exist; 3 published, with files set aside (refresh: each is named, everything else is in the file);
4 a fault that nobody signed (claims check), or a number that no claim covers (claims scan --claims).
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    # Before Arrow is there: its own allocator keeps what was freed, a seventh of the peak of a refresh.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    chosen = parser().parse_args(arguments)
    try:
        chosen.run(chosen)
    except Stop as stop:
        _say(str(stop))
        return stop.code
    except (BadInput, Busy) as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt:
        _say("Stopped. The last published file stays as it was.")
        return 1
    except BrokenPipeError:
        return 0
    except Exception as error:
        _say(fault_in_words(error) or _unexpected(error, chosen))
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """The arguments of every command, as commands.toml says."""
    described = tomllib.loads(COMMANDS.read_text(encoding="utf-8"))
    top = argparse.ArgumentParser(
        prog="darkfigure",
        description="What the Crime Survey for England and Wales estimates beside what the police record.",
        epilog=_examples(described["examples"], ""),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, about in described["command"].items():
        made = _added(commands, name, about, described["shared"])
        made.epilog, made.formatter_class = _examples(described["examples"], name), argparse.RawDescriptionHelpFormatter
        made.set_defaults(run=partial(_run, about.get("module", name), name))
    return top


def _added(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: Told, shared: Told
) -> argparse.ArgumentParser:
    """A command or an action of one, with its arguments and its own actions."""
    does = about["does"]
    made = commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
    for described in about.get("arguments", ()):
        for argument in shared[described] if isinstance(described, str) else [described]:
            read = {key: known[argument[key]] for key, known in READ.items() if isinstance(argument.get(key), str)}
            given = {**argument, **read}
            made.add_argument(given.pop("name"), **given)
    if "actions" in about:
        actions = made.add_subparsers(title="actions", required=True, metavar="ACTION", dest="action")
        for action, more in about["actions"].items():
            _added(actions, action, more, shared)
    return made


def _run(module: str, name: str, chosen: argparse.Namespace) -> None:
    """A command is imported when it runs, so that `show` does not wait for Dagster."""
    getattr(import_module(f"pipelines.commands.{module}"), name)(chosen)


def _examples(every: str, command: str) -> str:
    """The examples of one command, or all of them, and what the exit codes mean."""
    lines = [line for line in every.splitlines() if f"darkfigure {command}" in line]
    return "\n".join(["examples:", *lines, EXIT_CODES])


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return seconds


def _day(text: str) -> datetime.date:
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date as yyyy-mm-dd") from None


def _quarter(text: str) -> str:
    try:
        return a_quarter(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not {error}") from None


def _quarters(text: str) -> tuple[str, ...]:
    return tuple(_quarter(part) for part in text.split(","))


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


# What a text of commands.toml stands for: how an argument is read, and what may be chosen.
READ: dict[str, dict[str, Any]] = {
    "type": {
        "path": Path, "int": int, "seconds": _seconds, "day": _day, "quarter": _quarter, "quarters": _quarters, "count": _count,
    },
    "choices": {"formats": FORMATS, "profiles": list(PROFILE)},
}  # fmt: skip


def _say(paragraph: str) -> None:
    # A path or a row id is never broken: it is there to be copied.
    wrapped = textwrap.TextWrapper(110, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    lines = [wrapped.fill(line) for line in plain(paragraph).split("\n")]
    sys.stderr.write("\n".join(lines) + "\n")


def _unexpected(error: Exception, chosen: argparse.Namespace) -> str:
    from pipelines.commands.folders import keep_traceback

    kept = keep_traceback(error, chosen)
    return (
        f"Unexpected error: {type(error).__name__}: {error}. The last published file stays as it was. "
        f"{f'The details are in {kept}; please' if kept else 'Please'} report them."
    )


if __name__ == "__main__":
    sys.exit(main())
