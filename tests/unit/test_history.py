"""Dagster's history is written without waiting for the disk at every event, and is a whole database all the same."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

RUN = "8f1e5a3c-0000-4000-8000-000000000000"
WRITES = f"""
import os, sys
from dagster import DagsterEventType, EventLogEntry
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from pipelines.history import write_quickly, written_quickly
from sqlalchemy import text

folder, how = sys.argv[1:]
log = os.path.join(folder, "{RUN}.db-wal")

def write():
    storage = SqliteEventLogStorage(folder)
    for number in range(3):
        storage.store_event(EventLogEntry(None, 10, str(number), "{RUN}", 1.0))
        assert os.path.exists(log), "closing a connection does not empty the log"
    with storage.run_connection("{RUN}") as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 1, "NORMAL"

if how == "process":
    write_quickly()
    write()
else:
    with written_quickly():
        write()
        if how == "killed":
            os.kill(os.getpid(), 9)
    assert not os.path.exists(log), "the file is whole by itself"
    with SqliteEventLogStorage(folder).run_connection("{RUN}") as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2, "FULL, as before"
"""


def written(folder: Path, how: str) -> int:
    """Runs the writing in a process of its own, and counts the events that stand in the file then."""
    code = [sys.executable, "-c", WRITES, folder, how]
    ended = subprocess.run(code, cwd=Path(__file__).parents[2], check=False)
    assert (ended.returncode == 0) is (how != "killed")
    assert how == "killed" or not (folder / f"{RUN}.db-wal").exists()
    with sqlite3.connect(folder / f"{RUN}.db") as connection:
        [(events,)] = connection.execute("SELECT count(*) FROM event_logs").fetchall()
    return int(events)


@pytest.mark.long
def test_every_event_is_kept_when_the_block_or_the_process_ends_and_when_it_is_killed(tmp_path: Path) -> None:
    assert {how: written(tmp_path / how, how) for how in ("ended", "process", "killed")} == {
        "ended": 3, "process": 3, "killed": 3,
    }  # fmt: skip
