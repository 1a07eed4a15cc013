"""`darkfigure releases` and `darkfigure fetch`: what is held of each publication, and its newest release."""

import argparse
import datetime

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from assets.archive.fetch.discover import Offered
from assets.archive.fetch.download import Fetched
from assets.archive.fetch.reachable import unreachable
from assets.archive.fetch.releases import fetch as fetch_newest
from assets.archive.fetch.releases import held_releases
from assets.archive.fetch.settings import from_environment
from assets.archive.identity.identify import identify_or_none
from assets.reference.releases import read_releases, read_sources
from assets.tables.workspace import Workspace
from pipelines.commands.folders import chosen_settings
from pipelines.commands.stop import WRONG_CALL, Stop
from pipelines.commands.tables import console, terminal_table

DIGITS = 12


def releases(chosen: argparse.Namespace) -> None:
    """Print every publication with what is held of it and when the next release is due."""
    workspace = chosen_settings(chosen)
    rows = held_releases(
        read_sources(workspace.data),
        read_releases(workspace.data),
        workspace.landing,
        datetime.date.today(),
        lambda path: identify_or_none(path, workspace.data),
    )
    columns = ("publication", "release", "held as", "period to", "released", "sha256", "next expected")
    body = [
        [
            row.source, row.release or "nothing held", row.where, row.period_end, row.released,
            (row.sha256 or "")[:DIGITS], f"{row.next_expected or ''}{' (overdue)' if row.overdue else ''}",
        ]
        for row in rows
    ]  # fmt: skip
    console().print(terminal_table("Publications and their releases", columns, body))


def fetch(chosen: argparse.Namespace) -> None:
    """Download the newest release of the publications named, or of all; Stop where one fails."""
    workspace = chosen_settings(chosen)
    sources = read_sources(workspace.data)
    unknown = [source for source in chosen.source if source not in sources]
    if unknown:
        raise Stop(f"There is no publication {', '.join(unknown)}; there are {', '.join(sources)}.", WRONG_CALL)
    if away := unreachable(from_environment()):
        raise Stop(f"{away} Nothing was fetched, and what is held stays. Try again with a network.")
    rows = _with_progress(workspace, chosen.source, chosen.quiet)
    for row in rows:
        if row.status != "failed" and not chosen.quiet:
            place = f": {row.path}" if row.path else ""
            console().print(f"{row.source} {row.release}: {row.status}{place}", soft_wrap=True)
    failed = [row for row in rows if row.error is not None]
    if failed:
        raise Stop("\n".join(row.error.paragraph() for row in failed if row.error is not None))


def _with_progress(workspace: Workspace, wanted: list[str], quiet: bool) -> list[Fetched]:
    sources = read_sources(workspace.data)
    out = console()
    with Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=out, transient=True,
                  disable=quiet or not out.is_terminal) as bar:  # fmt: skip

        def of_file(discovered: Offered):  # type: ignore[no-untyped-def]
            task = bar.add_task(f"{discovered.source} {discovered.release}", total=None)
            return lambda done, total: bar.update(task, completed=done, total=total)

        return fetch_newest(sources, workspace.landing, from_environment(), wanted, of_file)
