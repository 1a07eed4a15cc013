"""Dagster's history in SQLite, written without waiting for the disk at each of a refresh's thousand events.

Dagster opens and closes a connection per event. Each close of the last connection empties the write-ahead log into the
file, and each commit waits for the disk: seven thousand waits in a refresh. Here one connection per file stays open while the
process lives, and a commit waits only when the log is emptied. After a power cut the last events may be lost, never the file.
"""

import sqlite3
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

_HELD: dict[str, sqlite3.Connection] = {}


def write_quickly() -> None:
    """From now on, in this process."""
    if not event.contains(Engine, "connect", _quickly):
        event.listen(Engine, "connect", _quickly)


def _quickly(connection: Any, _: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.execute("PRAGMA synchronous = NORMAL")
    [(_, _, path)] = connection.execute("PRAGMA database_list").fetchall()
    if path and path not in _HELD:
        held = sqlite3.connect(path, check_same_thread=False)
        held.execute("PRAGMA journal_mode = WAL").fetchall()
        held.execute("SELECT count(*) FROM sqlite_master").fetchall()
        _HELD[path] = held
