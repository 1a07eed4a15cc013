"""Dagster's history in SQLite, written without waiting for the disk at each of a refresh's thousand events.

Dagster makes an engine and opens a connection per event: it reads the same statements anew, each close of the last
connection empties the write-ahead log into the file, and each commit waits for the disk. Here one engine per file, with its
connections, stays until the run has ended, and a commit waits only when the log is emptied. After a power cut the last events
may be lost, never the file. What is said and drawn of a table stands in the event of its materialisation, not in that of
its step's output too. In Postgres, for which Dagster opens a connection per event as well, one stays open.

Without a history it keeps one all the same, in a database in memory that is made for the run and thrown away with it: here
what it would write there is let go of at once.
"""

import atexit
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import dagster as dg
from dagster._core.execution.plan import execute_step
from dagster._core.execution.plan.outputs import StepOutputData
from dagster._core.storage.event_log import in_memory as events_in_memory
from dagster._core.storage.event_log.sqlite import sqlite_event_log
from dagster._core.storage.runs import in_memory as runs_in_memory
from dagster._core.storage.runs.sqlite import sqlite_run_storage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from pipelines.home import POSTGRES_VARIABLE

# Where Dagster makes its engines.
MAKING = (sqlite_event_log, sqlite_run_storage)
WAITS = {"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}
# One connection, asked before use whether it still stands; more where threads ask at once.
HELD_OPEN = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": -1, "pool_pre_ping": True}


def history_unreachable() -> tuple[type[Exception], ...]:
    """What is raised where a history cannot be asked or written: by SQLite, by the disk, by Postgres where it is used."""
    try:
        from dagster_postgres.utils import DagsterPostgresException
    except ImportError:
        return (SQLAlchemyError, OSError)
    return (SQLAlchemyError, OSError, DagsterPostgresException)


def unkept() -> dg.DagsterInstance:
    """An instance for a run without a history."""
    with ExitStack() as stack:
        for module in (events_in_memory, runs_in_memory):
            # Which migration a database in memory stands at is asked by nobody, and finding out reads every migration there was.
            stack.enter_context(patch.object(module, "stamp_alembic_rev"))
        instance = dg.DagsterInstance.ephemeral()
    # What it would be told and asked at every step; those who run the job are told of each event all the same.
    answers: dict[str, object] = {
        "store_event": None,
        "get_asset_records": [],
        "fetch_observations": dg.EventRecordsResult([], "", has_more=False),
    }
    for name, answer in answers.items():
        setattr(instance.event_log_storage, name, lambda *_, _answer=answer, **__: _answer)
    return instance


def write_quickly() -> None:
    """From now on until the process ends: for one that the UI or the daemon starts for a run."""
    stack = ExitStack()
    stack.enter_context(written_quickly())
    atexit.register(stack.close)


@contextmanager
def written_quickly() -> Iterator[None]:
    """For the time of the block, every history that Dagster keeps in a SQLite file or in Postgres."""
    engines: dict[str, Engine] = {}

    def engine(url: str, **_: Any) -> Engine:
        if url not in engines:
            engines[url] = create_engine(url, connect_args=WAITS)
            event.listen(engines[url], "connect", _quickly)
            engines[url].dispose = lambda close=True: None  # type: ignore[method-assign] # Dagster does so after each event
        return engines[url]

    def of_postgres(url: str, **given: Any) -> Engine:
        if url not in engines:
            engines[url] = create_engine(url, **(given | HELD_OPEN))
        return engines[url]

    with ExitStack() as stack:
        for module in MAKING:
            stack.enter_context(patch.object(module, "create_engine", engine))
        if os.environ.get(POSTGRES_VARIABLE):
            from dagster_postgres import utils

            stack.enter_context(patch.object(utils, "create_engine", of_postgres))
        stack.enter_context(patch.object(execute_step, "StepOutputData", _unadorned))
        try:
            yield
        finally:
            for database in engines.values():
                database.pool.dispose()


def _unadorned(**given: Any) -> StepOutputData:
    return StepOutputData(**(given | {"metadata": None}))


def _quickly(connection: Any, _: Any) -> None:
    # Of a new file: most events take two such pages, and would fill a third of one of 4096.
    connection.execute("PRAGMA page_size = 1024")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
