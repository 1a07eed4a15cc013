"""`darkfigure refresh`: run the refresh job in this process and say what came of it."""

import argparse
import datetime
import gc
import sys
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from assets.published.lock import only_one
from assets.tables.workspace import Workspace
from pipelines import unchanged
from pipelines.commands.everyday import SAFE, fault_in_words
from pipelines.commands.findings import set_aside
from pipelines.commands.folders import chosen_settings
from pipelines.commands.interrupted import heeded
from pipelines.commands.show import print_summary
from pipelines.commands.stop import SET_ASIDE, WRONG_CALL, Stop
from pipelines.home import prepare_home
from pipelines.watch.causes import causes

if TYPE_CHECKING:
    import dagster as dg

WAREHOUSE = "published__warehouse"
# Made over the published file: a refresh without them is quicker, and what they fail at is not the file.
REPORT = ("answers", "report", "spreadsheets", "site")
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def refresh(chosen: argparse.Namespace) -> None:
    """Make every table anew and publish; Stop with what was found where that fails (1), or where files were set aside (3)."""
    workspace = replace(chosen_settings(chosen), as_of=chosen.as_of)
    past = workspace.as_of is not None
    if workspace.as_of is not None:
        _refuse_unknown(workspace, workspace.as_of)
    # A day of the past is no part of the history: its tables would pass for the newest ones there.
    history, report = not (chosen.no_history or past), not (chosen.no_report or past)
    with only_one(workspace.lock_path, chosen.wait):
        before = None if past else unchanged.state(workspace)
        same = (
            before is not None
            and not chosen.all
            and unchanged.unchanged(workspace, before, report=report, history=history)
        )
        if not same:
            unchanged.forget(workspace)
            result = _recorded(workspace, history=history, quiet=chosen.quiet, report=report, anew=chosen.all)
            if not result.success:
                raise Stop(_what_failed(result, workspace))
            if before is not None:
                unchanged.remember(workspace, before, report=report, history=history)
    if not chosen.quiet:
        print_summary(workspace.published_path, chosen)
        if same:
            print("Nothing has changed since the last refresh: nothing was made anew (refresh --all does).")
        if said := not_taken_in(workspace):
            print(said)
    if files_set_aside := set_aside(workspace.published_path):
        raise Stop(files_set_aside, SET_ASIDE)


def not_taken_in(workspace: Workspace) -> str:
    """What lies in the inbox of returns, of which no table has anything yet; empty where nothing does."""
    if workspace.as_of or not workspace.returns.is_dir():
        return ""
    from assets.returns.intake.intake import source_of, waiting
    from assets.returns.rules.rules import read_rules
    from assets.words.wording import number_of

    left = len(waiting(source_of(workspace, read_rules(workspace.data))))
    say = "`darkfigure returns land` takes it in, or says why not"
    return f"{number_of(left, 'return')} of {workspace.returns} not taken in: {say}." if left else ""


def _refuse_unknown(workspace: Workspace, day: datetime.date) -> None:
    """Stop (exit code 2) for a day before the first release that is held, and for one that is yet to come."""
    from assets.archive.landed.as_of import earliest, nothing_known
    from assets.reference.known_on import order_of

    today = datetime.date.today()
    if day > today:
        raise Stop(
            f"--as-of {day}: this day is yet to come; what is known today is what `darkfigure refresh` makes.",
            WRONG_CALL,
        )
    first = earliest(workspace.data, workspace.landing)
    if order_of(day) < first:
        raise Stop(nothing_known(day, first).paragraph(), WRONG_CALL)


def _recorded(
    workspace: Workspace, *, history: bool, quiet: bool, report: bool, anew: bool
) -> "dg.ExecuteInProcessResult":
    """The run; without the history where that cannot be written, for it must not stop publishing."""
    if not history:
        return _run(workspace, history=False, quiet=quiet, report=report, anew=anew)
    from pipelines.history import history_unreachable

    try:
        prepare_home(workspace)
        return _run(workspace, history=True, quiet=quiet, report=report, anew=anew)
    except history_unreachable() as error:
        reason = fault_in_words(error) or f"{type(error).__name__}: {error}."
        home = workspace.dagster_home
        print(f"This run is not recorded in the history {home}. {reason.replace(f' {SAFE}', '')}", file=sys.stderr)
        return _run(workspace, history=False, quiet=quiet, report=report, anew=anew)


def _run(workspace: Workspace, *, history: bool, quiet: bool, report: bool, anew: bool) -> "dg.ExecuteInProcessResult":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.disable()  # importing makes few cycles and much that stays: looking for some takes as long as a third of the libraries
        import dagster as dg

        from assets.tables.made_of import ANEW
        from assets.tables.metadata import NO_PICTURES
        from pipelines.code_location import belongs
        from pipelines.composition import definitions
        from pipelines.history import unkept, written_quickly
        from pipelines.jobs import REFRESH
        from pipelines.reaper import reap

        recorded = dg.DagsterInstance.get if history else unkept
        with heeded(), written_quickly(), recorded() as instance, _progress(quiet) as progress:
            if history:
                reap(instance, workspace.lock_path)  # the lock is ours: what was begun without it is gone
                belongs(instance, REFRESH)
            hooks = _hooks(progress) if progress is not None else frozenset[dg.HookDefinition]()
            job = definitions(workspace, hooks).resolve_job_def(REFRESH)
            if progress is not None:
                progress.add_task("refresh", total=len(job.graph.node_defs))
            keys = [key for key in job.asset_layer.executable_asset_keys if report or key.path[-1] not in REPORT]
            gc.freeze()  # libraries and definitions stay: no later collection need look at them again
            gc.enable()
            return job.execute_in_process(
                run_config=QUIET,
                instance=instance,
                raise_on_error=False,
                asset_selection=keys,
                tags={**({} if report else {NO_PICTURES: "true"}), **({ANEW: "true"} if anew else {})},
            )


class _progress:  # noqa: N801 - used as a context manager, like the library's own
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self, quiet: bool) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.fields[step]}"), BarColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=console, transient=True) if console.is_terminal and not quiet else None

    def __enter__(self) -> Progress | None:
        return self._bar.__enter__() if self._bar is not None else None

    def __exit__(self, *error: Any) -> None:
        if self._bar is not None:
            self._bar.__exit__(*error)


def _hooks(progress: Progress) -> "frozenset[dg.HookDefinition]":
    import dagster as dg

    @dg.success_hook
    def step_done(context: dg.HookContext) -> None:
        progress.update(progress.task_ids[0], advance=1, step=context.op.name.replace("__", "."))

    return frozenset({step_done})


def _what_failed(result: "dg.ExecuteInProcessResult", workspace: Workspace) -> str:
    """Every check and every step that failed, in words; then what was left in place."""
    file = workspace.published_path
    done = {event.step_key for event in result.all_events if event.event_type_value == "STEP_SUCCESS"}
    kept = f"The last good file stays: {file}" if file.exists() else "Nothing was published"
    if WAREHOUSE in done:
        kept = f"The file itself is published: {file}"
    reasons = causes(result.all_events, workspace.interim_of_day / "last-error.txt")
    return "\n".join([*reasons, f"{kept}."])
