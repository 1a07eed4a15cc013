"""Dagster's history is written without waiting for the disk at every event, and is a whole database all the same."""

import sqlite3
import subprocess
import sys
from pathlib import Path

WRITES = """
import os, sys
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool
from pipelines.history import written_quickly

engine, log = create_engine(f"sqlite:///{sys.argv[1]}", poolclass=NullPool), sys.argv[1] + "-wal"
with written_quickly():
    for number in range(3):
        with engine.begin() as connection:
            assert connection.execute(text("PRAGMA synchronous")).scalar() == 1, "NORMAL"
            connection.execute(text("CREATE TABLE IF NOT EXISTS event (number INTEGER)"))
            connection.execute(text(f"INSERT INTO event VALUES ({number})"))
        assert os.path.exists(log), "closing a connection does not empty the log"
    if sys.argv[2] == "killed":
        os.kill(os.getpid(), 9)
assert not os.path.exists(log), "the file is whole by itself"
with engine.connect() as connection:
    assert connection.execute(text("PRAGMA synchronous")).scalar() == 2, "FULL, as before"
"""


def written(tmp_path: Path, how: str) -> list[int]:
    path = tmp_path / f"{how}.db"
    ended = subprocess.run([sys.executable, "-c", WRITES, path, how], cwd=Path(__file__).parents[2], check=False)
    assert (ended.returncode == 0) is (how == "ended")
    with sqlite3.connect(path) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM event ORDER BY number")]


def test_every_event_is_kept_when_the_process_ends_and_when_it_is_killed(tmp_path: Path) -> None:
    assert written(tmp_path, "ended") == written(tmp_path, "killed") == [0, 1, 2]


def test_a_database_in_memory_is_left_as_it_is() -> None:
    code = (
        "from sqlalchemy import create_engine, text\n"
        "from pipelines.history import written_quickly\n"
        "with written_quickly(), create_engine('sqlite://').connect() as connection:\n"
        "    assert connection.execute(text('SELECT 1')).scalar() == 1\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


def test_for_a_whole_process_it_ends_with_the_process(tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "from sqlalchemy import create_engine, text\n"
        "from sqlalchemy.pool import NullPool\n"
        "from pipelines.history import write_quickly\n"
        "write_quickly()\n"
        "with create_engine(f'sqlite:///{sys.argv[1]}', poolclass=NullPool).begin() as connection:\n"
        "    connection.execute(text('CREATE TABLE event AS SELECT 1 AS number'))\n"
        "assert os.path.exists(sys.argv[1] + '-wal')\n"
    )
    path = tmp_path / "history.db"
    ended = subprocess.run([sys.executable, "-c", code, path], cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == 0 and not path.with_name("history.db-wal").exists()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT number FROM event").fetchall() == [(1,)]
