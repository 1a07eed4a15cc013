"""Dagster's history in SQLite, written without waiting for the disk at each of a refresh's thousand events.

Dagster opens and closes a connection per event. Each close of the last connection empties the write-ahead log into the
file, and each commit waits for the disk: seven thousand waits in a refresh. Here one connection per file stays open until the
run has ended, and a commit waits only when the log is emptied. After a power cut the last events may be lost, never the file.
"""

import atexit
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError


def unreachable() -> tuple[type[Exception], ...]:
    """What is raised where a history cannot be asked or written: by SQLite, by the disk, by Postgres where it is used."""
    try:
        from dagster_postgres.utils import DagsterPostgresException
    except ImportError:
        return (SQLAlchemyError, OSError)
    return (SQLAlchemyError, OSError, DagsterPostgresException)


def write_quickly() -> None:
    """From now on until the process ends: for one that the UI or the daemon starts for a run."""
    stack = ExitStack()
    stack.enter_context(written_quickly())
    atexit.register(stack.close)


@contextmanager
def written_quickly() -> Iterator[None]:
    """For the time of the block, every SQLite file that is opened through SQLAlchemy."""
    held: dict[str, sqlite3.Connection] = {}

    def quickly(connection: Any, _: Any) -> None:
        if not isinstance(connection, sqlite3.Connection):
            return
        connection.execute("PRAGMA synchronous = NORMAL")
        [(_, _, path)] = connection.execute("PRAGMA database_list").fetchall()
        if path and path not in held:
            held[path] = sqlite3.connect(path, check_same_thread=False)
            held[path].execute("PRAGMA journal_mode = WAL").fetchall()
            held[path].execute("SELECT count(*) FROM sqlite_master").fetchall()

    event.listen(Engine, "connect", quickly)
    try:
        yield
    finally:
        event.remove(Engine, "connect", quickly)
        for connection in held.values():
            connection.close()
