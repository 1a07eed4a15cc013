"""The command line: arguments, exit codes, errors as paragraphs. What a command does stands in its own module."""

import argparse
import datetime
import math
import sys
import textwrap
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from assets.words.plain import plain
from assets.words.problems import BadInput, Busy
from pipelines.commands.everyday import in_words
from pipelines.commands.formats import FORMATS
from pipelines.commands.release_arguments import release_arguments
from pipelines.commands.returns_arguments import returns_arguments
from pipelines.commands.service_arguments import service_arguments
from pipelines.commands.stop import Stop

EXAMPLES = """\
  darkfigure refresh                          make every table anew and publish
  darkfigure refresh --output /srv/figures    publish somewhere else
  darkfigure refresh --wait 600               wait up to ten minutes for another refresh
  darkfigure refresh --as-of 2024-01-01       what was known on that day, in a file of its own
  darkfigure show stalking                    how far apart, comparable or not, from where, what changed
  darkfigure show stalking --force 'Avon and Somerset'     the same, and your force
  darkfigure show gap                         every comparison, newest year
  darkfigure show threats --threat stalking   what the recorded side is made of
  darkfigure show forces --force E23000036    what one police force recorded
  darkfigure show changes                     what can be said of change, and what cannot
  darkfigure show gap --format csv            the same for a program
  darkfigure explain 'gap:da_women:...'       from a result down to its published figures
  darkfigure compare OLD.duckdb               which rows differ from the published file
  darkfigure bounds --scope policing_vawg --threats rasso,domestic_abuse   bounds on the two together
  darkfigure synthesis --bridge partner_abuse experimental: a model beside what the figures identify
  darkfigure claims --verdict conflict        claims of the Statement that cannot all be true
  darkfigure claims check FILE.yaml           the same checks over another document
  darkfigure releases                         what is held, and when the next release is due
  darkfigure fetch ons_appendix               download the newest release of a publication
  darkfigure returns template --supplier kent --quarter 2022-04 --to blank    the template that a force fills in
  darkfigure returns check blank              every line to mend, without sending anything
  darkfigure returns chase --quarter 2022-04  whom the collection team asks, and for what
  darkfigure doctor                           is everything in its place
  darkfigure home                             where the history of runs lies
  darkfigure tidy --days 30                   clear the history of runs older than 30 days
  darkfigure serve                            the UI on http://127.0.0.1:3000, with schedules and the landing sensor
  darkfigure serve --read-only --port 3001    the same for viewers: nothing can be started or changed
  darkfigure service install --print          units for systemd, with the paths of here
  darkfigure service check                    what is wrong with a service that should be running
  darkfigure service backup /var/backups      back up what nothing makes anew
  darkfigure release publish s3://bucket/vawg put the published build where others read it, signed
  darkfigure release verify PLACE/releases/BUILD   is a release whole, and by whom
"""
EXIT_CODES = """
exit codes: 0 done; 1 something in the data, a failed check, a lock held, an unexpected error; 2 wrong arguments, or a path
or row id that does not exist; 3 published, with files set aside (refresh: each is named, everything else is in the file);
4 a fault that nobody signed (claims check), or a number that no claim covers (claims scan --claims).
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
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
        _say(in_words(error) or _unexpected(error, chosen))
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    top = argparse.ArgumentParser(
        prog="darkfigure",
        description="What the Crime Survey for England and Wales estimates beside what the police record.",
        epilog=_examples(""),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    refresh = _command(commands, "refresh", "make every table anew and publish")
    _folders(refresh)
    refresh.add_argument("--landing", type=Path, metavar="DIR", help="folder of released files")
    refresh.add_argument(
        "--wait", type=_seconds, default=0, metavar="SECONDS", help="wait for another refresh (default 0)"
    )
    refresh.add_argument(
        "--as-of",
        type=_day,
        metavar="DATE",
        help="rebuild what was known on a day (yyyy-mm-dd) into darkfigure-as-of-DATE.duckdb; the published file stays",
    )
    refresh.add_argument("--all", action="store_true", help="make everything anew, also where nothing has changed")
    refresh.add_argument("--no-history", action="store_true", help="do not record the run in Dagster's history")
    refresh.add_argument(
        "--no-report", action="store_true", help="publish the file only, without site, report and spreadsheets"
    )
    refresh.add_argument("--quiet", action="store_true", help="print nothing when all went well")

    show = _command(commands, "show", "print the answers of the published file")
    show.add_argument(
        "what", metavar="WHAT", help="gap, threats, forces, changes, sources; or a threat, as in stalking"
    )
    show.add_argument("--threat", help="only this threat, by any name, as in stalking or 'domestic violence'")
    show.add_argument("--force", help="this police force, by name or code, as in 'Avon & Somerset' or E23000036")
    show.add_argument(
        "--year",
        metavar="YEAR",
        help="only years that end then, as in 2025, 2025-03, 2024/25 or March 2025 (default the newest)",
    )
    show.add_argument("--format", choices=FORMATS, default="table", help="table for people, the others for programs")
    _folders(show)

    explain = _command(commands, "explain", "print where a row comes from")
    explain.add_argument("row_id", metavar="ROW_ID", help="row_id of any table, as in: select row_id from gap")
    explain.add_argument("--all", action="store_true", help="print every row behind it, not only the first of many")
    _folders(explain)

    compare = _command(commands, "compare", "which rows of two builds differ")
    compare.add_argument(
        "old", type=Path, metavar="OLD", help="a DuckDB file, or its folder, as in data/output/builds/ID"
    )
    compare.add_argument("new", nargs="?", type=Path, metavar="NEW", help="another (default: the published file)")
    compare.add_argument("--all", action="store_true", help="every row, not the first ten of each table")
    _folders(compare)

    bounds = _command(commands, "bounds", "bounds on how many are at least one of several threats")
    bounds.add_argument(
        "--scope",
        required=True,
        help="policing_vawg, ons_prc or csew; collection, where forces' returns of a year are held",
    )
    bounds.add_argument("--threats", required=True, metavar="A,B,...", help="two or more, as in rasso,domestic_abuse")
    bounds.add_argument("--reading", help="one reading of the figures only, as in da_flag")
    _folders(bounds)

    synthesis = _command(
        commands, "synthesis", "experimental: a model of a reporting bridge beside what its figures identify"
    )
    synthesis.add_argument(
        "--bridge", default="partner_abuse", help="key of reference.reporting_bridge (partner_abuse)"
    )
    synthesis.add_argument("--year", help="the year that ends in this month, as in 2023-03; default: the newest")
    synthesis.add_argument("--draws", type=int, default=4_000, help="draws under each prior (4000)")
    synthesis.add_argument("--format", choices=FORMATS, default="table", help="table, csv, json, markdown")
    _folders(synthesis)

    claims = _command(
        commands, "claims", "what the Statement claims, and whether it agrees with itself and with statistics"
    )
    claims.add_argument(
        "action",
        nargs="?",
        choices=["check", "scan", "series", "page", "export", "sign", "mutants", "schema"],
        help="check a claims file; scan a document for numbers; find a series by words; make a page of a document with its"
        " claims in place; export a ledger; sign a fault; change every figure on purpose; print the form as JSON Schema",
    )
    claims.add_argument("words", nargs="*", metavar="FILE|WORD", help="a file, or words (see data/statement/README.md)")
    claims.add_argument("--verdict", metavar="V,...", help="only these verdicts, as in conflict,period")
    claims.add_argument("--claims", type=Path, metavar="FILE.yaml", help="scan, page: the claims file of the document")
    claims.add_argument(
        "--draft", type=Path, metavar="OUT.yaml", help="scan: write a draft claims file of what is open"
    )
    claims.add_argument("--all", action="store_true", help="scan: every number and word, not only those that are open")
    claims.add_argument("--to", type=Path, metavar="PATH", help="page: the file; export: the folder")
    claims.add_argument("--by", metavar="NAME", help="sign: who signs")
    claims.add_argument(
        "--known", type=Path, metavar="CSV", help="check: faults that are known (document, claim, verdict)"
    )
    _folders(claims)

    releases = _command(
        commands, "releases", "what is held of each publication, and when the next release is due", "landing"
    )
    releases.add_argument("--landing", type=Path, metavar="DIR", help="folder of released files")
    _folders(releases)

    fetch = _command(commands, "fetch", "download the newest release of the publications", "landing")
    fetch.add_argument("source", nargs="*", metavar="SOURCE", help="keys of data/sources.yaml (default: all)")
    fetch.add_argument("--landing", type=Path, metavar="DIR", help="folder of released files")
    fetch.add_argument("--quiet", action="store_true", help="print nothing when all went well")
    _folders(fetch)

    tidy = _command(commands, "tidy", "clear old runs from the history, and what else grows")
    tidy.add_argument(
        "--days", type=int, metavar="N", help="keep runs of N days (default DARKFIGURE_KEEP_DAYS, else 90)"
    )
    _folders(tidy)

    serve = _command(commands, "serve", "the Dagster UI, with the daemon that runs schedules and the landing sensor")
    serve.add_argument("--host", default="127.0.0.1", help="address to serve on (default 127.0.0.1: this machine only)")
    serve.add_argument("--port", type=int, default=3000, help="port (default 3000)")
    serve.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST[:PORT]",
        help="further name that visitors type, as of a proxy",
    )
    serve.add_argument("--token-file", type=Path, metavar="FILE", help="what visitors must know (or DARKFIGURE_TOKEN)")
    serve.add_argument("--read-only", action="store_true", help="for viewers: nothing can be started or changed")
    serve.add_argument("--no-daemon", action="store_true", help="the UI only; schedules and the queue run elsewhere")
    _folders(serve)
    returns_arguments(_command(commands, "returns", "force returns: template, check, take in, chase"), _folders, _day)

    service_arguments(_command(commands, "service", "as a service: units, check, reap, backup, restore"), _folders)

    release_arguments(_command(commands, "release", "signed releases for others: key, publish, list, verify"), _folders)

    doctor = _command(
        commands, "doctor", "look at the installation, the folders and the last build, and say what to do"
    )
    _folders(doctor)

    instance = _command(commands, "home", "make Dagster's history folder and print its path")
    _folders(instance)
    return top


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, does: str, module: str | None = None
) -> argparse.ArgumentParser:
    """A command, which is the function of its name in the module of its name, or in another of the same folder."""
    made = commands.add_parser(
        name, help=does, description=f"{does[0].upper()}{does[1:]}.", epilog=_examples(name),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    made.set_defaults(run=partial(_run, module or name, name))
    return made


def _run(module: str, name: str, chosen: argparse.Namespace) -> None:
    """A command is imported when it runs, so that `show` does not wait for Dagster."""
    getattr(import_module(f"pipelines.commands.{module}"), name)(chosen)


def _examples(command: str) -> str:
    """The examples of one command, or all of them, and what the exit codes mean."""
    lines = [line for line in EXAMPLES.splitlines() if f"darkfigure {command}" in line]
    return "\n".join(["examples:", *lines, EXIT_CODES])


def _folders(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--output", type=Path, metavar="DIR", help="folder of the published file (default data/output)"
    )
    command.add_argument("--data", type=Path, metavar="DIR", help="data root (default DARKFIGURE_DATA, else data)")


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
