"""What grows, how much of it is kept, and how the rest is cleared: runs of the history, their logs, and what is remembered.

Released files, the published builds (the last three) and everything tracked are never touched. A run that is going on, or waits,
is never touched either.
"""

import contextlib
import datetime
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assets.tables.workspace import Workspace
from pipelines.watch.event_lines import log_path

if TYPE_CHECKING:
    import dagster as dg

DAYS_VARIABLE, RUNS_VARIABLE = "DARKFIGURE_KEEP_DAYS", "DARKFIGURE_KEEP_RUNS"
KEEP_DAYS, KEEP_RUNS = 90, 200
AT_ONCE = 500
SECONDS_OF_DAY = 86_400
MEGABYTE = 1024 * 1024
MUCH_LOG = 50 * MEGABYTE
LOGS = "storage"
AS_OF, REMEMBERED = "as-of-*", "gate"


@dataclass(frozen=True)
class Retention:
    """How much is kept: runs of so many days, and at most so many of them."""

    days: int = KEEP_DAYS
    runs: int = KEEP_RUNS

    def __str__(self) -> str:
        return f"runs of {self.days} days, at most {self.runs} of them ({DAYS_VARIABLE}, {RUNS_VARIABLE})"


def retention() -> Retention:
    """From the environment, else the usual; what is no number counts as not set."""
    days, runs = (os.environ.get(name, "") for name in (DAYS_VARIABLE, RUNS_VARIABLE))
    return Retention(int(days) if days.isdecimal() else KEEP_DAYS, int(runs) if runs.isdecimal() else KEEP_RUNS)


def tidy(chosen: Workspace, instance: "dg.DagsterInstance", keep: Retention) -> list[str]:
    """Clear what is old; gives what was done, a sentence each."""
    before = size_of(chosen.dagster_home) + size_of(chosen.interim)
    runs = _old_runs(instance, keep)
    for run in runs:
        instance.delete_run(run)
        shutil.rmtree(chosen.dagster_home / LOGS / run, ignore_errors=True)
    oldest = time.time() - keep.days * SECONDS_OF_DAY
    folders = [path for path in chosen.interim.glob(AS_OF) if path.is_dir() and path.stat().st_mtime < oldest]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    for remembered in (chosen.interim / REMEMBERED).glob("*"):
        if remembered.stat().st_mtime < oldest:
            remembered.unlink(missing_ok=True)
    _rotate(log_path(chosen.dagster_home))
    _give_back(chosen.dagster_home)
    after = size_of(chosen.dagster_home) + size_of(chosen.interim)
    return [
        f"{len(runs)} old runs were cleared from the history; kept are {keep}.",
        *([f"{len(folders)} rebuilt days of the past were cleared from {chosen.interim}."] if folders else []),
        f"{max(before - after, 0) / MEGABYTE:.1f} MB were given back; {after / MEGABYTE:.1f} MB are in use.",
    ]


def _rotate(log: Path) -> None:
    """The lines of events begin anew when they are many; the file before them is kept, the one before that is not."""
    with contextlib.suppress(OSError):  # there is none
        if log.stat().st_size > MUCH_LOG:
            log.replace(log.with_suffix(f".1{log.suffix}"))


def _old_runs(instance: "dg.DagsterInstance", keep: Retention) -> list[str]:
    """The runs that have ended and are too old or too many, the oldest last."""
    oldest = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=keep.days)
    old: list[str] = []
    cursor, number = None, 0
    while records := instance.get_run_records(limit=AT_ONCE, cursor=cursor):
        for record in records:
            number += 1
            created = record.create_timestamp.replace(tzinfo=record.create_timestamp.tzinfo or datetime.UTC)
            if record.dagster_run.is_finished and (number > keep.runs or created < oldest):
                old.append(record.dagster_run.run_id)
        cursor = records[-1].dagster_run.run_id
    return old


def _give_back(home: Path) -> None:
    """What was deleted within a database is given back to the disk; one that is in use is left as it is."""
    for database in home.rglob("*.db"):
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(database, timeout=1)) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def size_of(folder: Path) -> int:
    """Bytes of all files below a folder; links count as nothing."""
    return sum(path.lstat().st_size for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):  # gone meanwhile
            if path.is_file() and not path.is_symlink():
                yield path
