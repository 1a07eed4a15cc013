"""The command line: arguments, exit codes, errors as paragraphs. What a command does stands in its own module."""

import argparse
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from pipelines.commands.formats import FORMATS
from pipelines.commands.stop import Stop

EXAMPLES = """
examples:
  darkfigure refresh                          make every table anew and publish
  darkfigure refresh --output /srv/figures    publish somewhere else
  darkfigure show gap                         the estimated-versus-recorded gap
  darkfigure show threats                     the five priority threats
  darkfigure explain 'gap:da_women:...'       from a result down to its published figures

exit codes: 0 done; 1 something in the data, a failed check, a lock held, an unexpected error; 2 wrong arguments, or a path
or row id that does not exist.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    chosen = parser().parse_args(arguments)
    try:
        chosen.run(chosen)
    except Stop as stop:
        _say(str(stop))
        return stop.code
    except KeyboardInterrupt:
        _say("Stopped. The last published file stays as it was.")
        return 1
    except BrokenPipeError:
        return 0
    except Exception as error:
        _say(_unexpected(error, chosen))
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    top = argparse.ArgumentParser(
        prog="darkfigure",
        description="What the Crime Survey for England and Wales estimates beside what the police record.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    refresh = commands.add_parser("refresh", help="make every table anew and publish", epilog=EXAMPLES,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    _folders(refresh)
    refresh.add_argument("--landing", type=Path, metavar="DIR", help="folder of released files")
    refresh.add_argument(
        "--wait", type=_seconds, default=0, metavar="SECONDS", help="wait for another refresh (default 0)"
    )
    refresh.add_argument("--no-history", action="store_true", help="do not record the run in Dagster's history")
    refresh.add_argument("--quiet", action="store_true", help="print nothing when all went well")
    refresh.set_defaults(run=_refresh)

    show = commands.add_parser("show", help="print a table of the published file")
    show.add_argument("what", choices=["gap", "threats", "sources"])
    show.add_argument("--format", choices=FORMATS, default="table", help="table for people, the others for programs")
    _folders(show)
    show.set_defaults(run=_show)

    explain = commands.add_parser("explain", help="print where a row comes from")
    explain.add_argument("row_id", metavar="ROW_ID", help="row_id of any table, as in: select row_id from gap")
    _folders(explain)
    explain.set_defaults(run=_explain)

    doctor = commands.add_parser(
        "doctor", help="look at the installation, the folders and the last build, and say what to do"
    )
    _folders(doctor)
    doctor.set_defaults(run=_doctor)

    instance = commands.add_parser("home", help="make Dagster's history folder and print its path")
    _folders(instance)
    instance.set_defaults(run=_home)
    return top


def _folders(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--output", type=Path, metavar="DIR", help="folder of the published file (default data/output)"
    )
    command.add_argument("--data", type=Path, metavar="DIR", help="data root (default DARKFIGURE_DATA, else data)")


def _seconds(text: str) -> float:
    seconds = float(text)
    if seconds < 0:
        raise argparse.ArgumentTypeError("seconds are not negative")
    return seconds


# Each command is imported when it runs, so that `show` does not wait for Dagster.
def _refresh(chosen: argparse.Namespace) -> None:
    from pipelines.commands.refresh import refresh

    refresh(chosen)


def _show(chosen: argparse.Namespace) -> None:
    from pipelines.commands.show import show

    show(chosen)


def _explain(chosen: argparse.Namespace) -> None:
    from pipelines.commands.explain import explain

    explain(chosen)


def _doctor(chosen: argparse.Namespace) -> None:
    from pipelines.commands.doctor import doctor

    doctor(chosen)


def _home(chosen: argparse.Namespace) -> None:
    from pipelines.commands.folders import chosen_settings
    from pipelines.home import prepare_home

    sys.stdout.write(f"{prepare_home(chosen_settings(chosen))}\n")


def _say(paragraph: str) -> None:
    lines = [textwrap.fill(line, 110, subsequent_indent="  ") for line in paragraph.splitlines()]
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
