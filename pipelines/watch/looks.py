"""What is looked at of a place: installation, folders, history, the last build and refresh, in the words of the health model.

`looked` gives everything; the command `doctor`, the front's measures and the alerts say it, each in its own form.
"""

import contextlib
import datetime
import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from filelock import FileLock, Timeout

from assets.answers.health import INFO, WARNING, HealthLine, lines
from assets.archive.gate.landing import landed_files
from assets.published.builds import FILE
from assets.published.measured import MEASURED
from assets.tables.asking import asking
from assets.tables.workspace import Workspace
from pipelines.retention import MEGABYTE, retention, size_of
from pipelines.watch.causes import cause_of, first_line

if TYPE_CHECKING:
    import dagster as dg

OLDEST, NEWEST = (3, 11), (3, 14)
ROOM_NEEDED = 500 * 1024 * 1024
HISTORY = "Dagster's history"
MUCH_HISTORY = 500  # megabytes
SAME_VERSION = ("dagster", "dagster-webserver")


def looked(workspace: Workspace) -> list[HealthLine]:
    """Everything that is looked at, of a place and of the file that it publishes."""
    return [line for look in OF_PLACE for line in _looked(look, workspace)]


def everything(workspace: Workspace, instance: "dg.DagsterInstance | None" = None) -> list[HealthLine]:
    """The same, how the last run ended, and what schedules and sensors did, where there is a history.

    instance: the history, where it is open already
    """
    if instance is not None:
        return [*looked(workspace), *_of_history(instance)]
    if not (workspace.dagster_home / "dagster.yaml").is_file():
        return looked(workspace)
    import dagster as dg

    from pipelines.history import history_unreachable

    lines_of_place = looked(workspace)
    try:
        with dg.DagsterInstance.from_config(str(workspace.dagster_home.resolve())) as opened:
            return [*lines_of_place, *_of_history(opened)]
    except history_unreachable() as error:
        if any(line.about == HISTORY and not line.well for line in lines_of_place):
            return lines_of_place  # it is said already
        remedy = "See whether its database runs and lets this user in."
        return [
            *lines_of_place,
            HealthLine(HISTORY, False, f"it cannot be asked: {first_line(str(error)).rstrip('.')}.", remedy),
        ]


def _of_history(instance: "dg.DagsterInstance") -> Iterator[HealthLine]:
    from pipelines.watch.ticks import tick_lines

    yield from _runs(instance)
    yield from tick_lines(instance, datetime.datetime.now(datetime.UTC))


def _runs(instance: "dg.DagsterInstance") -> Iterator[HealthLine]:
    """How the newest run that has ended did; a failed one says why."""
    import dagster as dg

    ended = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
    for run in instance.get_runs(dg.RunsFilter(statuses=ended), limit=1):
        failed = run.status is dg.DagsterRunStatus.FAILURE
        sentence = cause_of(instance, run) if failed else f"{run.job_name} ended well."
        if run.status is dg.DagsterRunStatus.CANCELED:
            sentence = f"{run.job_name} was ended by somebody."
        yield HealthLine("last run", not failed, sentence, f"See the run {run.run_id[:8]} of {run.job_name} in the UI.")


def _looked(look: Callable[[Workspace], Iterator[HealthLine]], workspace: Workspace) -> Iterator[HealthLine]:
    """What a look finds; where it may not look, that."""
    try:
        yield from look(workspace)
    except OSError as error:
        what = look.__name__.strip("_").replace("_", " ")
        yield HealthLine(what, False, f"cannot be looked at: {error}.", "Change who may read and write there.")


def _folders(workspace: Workspace) -> Iterator[HealthLine]:
    """May the folders that a refresh writes to be written?"""
    folders = {
        "staging folder": workspace.interim,
        "output folder": workspace.output,
        "history folder": workspace.dagster_home,
    }
    for what, folder in folders.items():
        there = next(path for path in (folder, *folder.parents) if path.exists())
        try:
            with tempfile.TemporaryFile(dir=there) as file:
                file.write(b"x" * 4096)
                file.flush()
        except OSError as error:
            sentence = f"{folder} may not be written: {error.strerror}."
            yield HealthLine(what, False, sentence, "Change who may write there, or make room.")


def _growth(workspace: Workspace) -> Iterator[HealthLine]:
    """What takes room, and how it is cleared."""
    sizes = {
        "history": workspace.dagster_home,
        "staging": workspace.interim,
        "output": workspace.output,
        "landed": workspace.landing,
    }
    of = {name: size_of(folder) / MEGABYTE for name, folder in sizes.items()}
    if workspace.dagster_home.is_relative_to(workspace.interim):
        of["staging"] -= of["history"]
    sizes_in_words = ", ".join(f"{name} {size:,.0f} MB" for name, size in of.items())
    yield HealthLine(
        "room taken",
        of["history"] < MUCH_HISTORY,
        f"{sizes_in_words}. Kept are {retention()}.",
        "Clear what is old: darkfigure tidy",
    )


def _installation(_: Workspace) -> Iterator[HealthLine]:
    version = sys.version_info[:2]
    fits = OLDEST <= version <= NEWEST
    yield HealthLine(
        "Python", fits, f"{version[0]}.{version[1]}.", "Use Python 3.11 to 3.14: make clean, then make run."
    )
    versions = {name: metadata.version(name) for name in SAME_VERSION}
    same = len({version.split(".", 1)[1] for version in versions.values()}) == 1
    installed = ", ".join(f"{name} {version}" for name, version in versions.items())
    yield HealthLine("packages", same, f"{installed}.", "Install the locked versions anew: make clean, then make run.")


def _data(workspace: Workspace) -> Iterator[HealthLine]:
    figures = [path for path in (workspace.data / "figures").glob("*.csv") if path.name != "left_out.csv"]
    yield HealthLine(
        "data root", bool(figures), f"{workspace.data}, {len(figures)} figure files.", "Restore data/figures."
    )
    free = shutil.disk_usage(workspace.data).free
    yield HealthLine(
        "disk", free > ROOM_NEEDED, f"{free / 1e9:.1f} GB free.", "Make room: a refresh needs about 0.5 GB."
    )


def _landing(workspace: Workspace) -> Iterator[HealthLine]:
    """What has landed, and whether the last build has read it: a file that came since is newer than the build."""
    files = [*landed_files(workspace.landing)]
    build = (workspace.output / FILE).resolve()
    built = build.stat().st_mtime if build.exists() else 0.0
    fresh = [path.name for path in files if max(path.stat().st_mtime, path.stat().st_ctime) > built]
    since = f"{len(fresh)} not read yet: {', '.join(fresh[:3])}." if fresh else "none newer than the last build."
    sentence = f"{workspace.landing}, {len(files)} released files{f', {since}' if files else '.'}"
    yield HealthLine("landing folder", not fresh, sentence, "Run: darkfigure refresh")


def _history(workspace: Workspace) -> Iterator[HealthLine]:
    home = workspace.dagster_home
    known = (home / "dagster.yaml").is_file()
    broken = [path.relative_to(home).as_posix() for path in sorted(home.rglob("*.db")) if not _is_sound(path)]
    sentence = f"{home}." if known else f"{home} does not exist yet; the first refresh makes it."
    remedy = "Restore the folder from a backup, or move it away: the next refresh begins a new history."
    yield HealthLine(HISTORY, not broken, f"{home}, damaged: {', '.join(broken)}." if broken else sentence, remedy)
    lock = workspace.lock_path
    yield HealthLine("lock", is_free(lock), f"{lock}.", "A refresh is running; wait for it, or end it.", WARNING)


def _is_sound(database: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)])
    except sqlite3.Error:
        return False


def is_free(lock: Path) -> bool:
    """Does nobody hold a lock?"""
    if not lock.exists():
        return True
    try:
        with FileLock(lock).acquire(timeout=0):
            return True
    except Timeout:
        return False
    except OSError:
        return True


def _build(workspace: Workspace) -> Iterator[HealthLine]:
    file = workspace.output / FILE
    if not file.exists():
        yield HealthLine("last build", False, "nothing is published yet.", "Run: darkfigure refresh")
        return
    try:
        with asking(file) as asked:
            [build] = asked.rows("SELECT built_at, tables, rows FROM meta.build")
            of_file = lines(asked, datetime.date.today())
    except duckdb.Error as error:
        yield HealthLine("last build", False, f"{file} cannot be read: {error}.", "Run: darkfigure refresh")
        return
    sentence = f"{build['built_at']:%Y-%m-%d %H:%M} UTC, {build['tables']} tables, {build['rows']:,} rows."
    age = datetime.datetime.now(datetime.UTC) - build["built_at"].replace(tzinfo=datetime.UTC)
    yield HealthLine("last build", True, sentence, measure="build_age_seconds", value=round(age.total_seconds()))
    yield from of_file


def _refreshing(workspace: Workspace) -> Iterator[HealthLine]:
    """What the last refresh took."""
    try:
        taken = json.loads((workspace.interim / MEASURED).read_text(encoding="utf-8"))
        seconds, peak, ended = float(taken["seconds"]), int(taken["peak_bytes"]), str(taken["ended_at"])
    except (OSError, ValueError, KeyError, TypeError):  # none was made yet, or by an older version
        return
    sentence = f"{seconds:,.0f} seconds, ended {ended[:16].replace('T', ' ')} UTC."
    yield HealthLine("last refresh", True, sentence, matters=INFO, measure="refresh_seconds", value=seconds)
    sentence = f"{peak / MEGABYTE:,.0f} MB at most."
    yield HealthLine(
        "memory of the last refresh", True, sentence, matters=INFO, measure="refresh_peak_bytes", value=peak
    )


OF_PLACE: tuple[Callable[[Workspace], Iterator[HealthLine]], ...] = (
    _installation,
    _data,
    _folders,
    _landing,
    _history,
    _growth,
    _refreshing,
    _build,
)
