"""Dagster's daemon, which runs schedules, the sensor and the queue: `python -m pipelines.front.daemon`.

When it begins, and every half minute, runs whose process is gone are marked failed, so that the queue goes on. There is one
daemon per history: a second one says so and ends. With `--with-parent` it ends when its standard input does, and so with
whoever started it.
"""

import contextlib
import os
import signal
import sys
import threading
import time
from pathlib import Path

import click
import dagster as dg
from dagster._daemon.cli import run_command
from dagster_shared.ipc import send_interrupt
from filelock import FileLock, Timeout

from pipelines.code_location import WORKSPACE
from pipelines.history import history_unreachable
from pipelines.home import prepare_home
from pipelines.reaper import reap
from pipelines.settings import settings

WITH_PARENT = "--with-parent"
LOCK = "daemon.lock"
RUNS_ALREADY = 4
SECONDS_BETWEEN_LOOKS = 30


def main() -> int:
    """Run until interrupted."""
    chosen = settings()
    lock = FileLock(prepare_home(chosen) / LOCK)
    try:
        with lock.acquire(timeout=0):
            if WITH_PARENT in sys.argv:
                # In the background of a shell interrupts are ignored until Dagster looks for them: too late for a parent that
                # ends while this begins.
                signal.signal(signal.SIGINT, signal.default_int_handler)
                threading.Thread(target=_end_with_parent, daemon=True).start()
            # Two that open a new history at once both make its tables, and leave it with two versions.
            with contextlib.suppress(*history_unreachable()), dg.DagsterInstance.get():
                threading.Thread(target=_reap, args=(chosen.lock_path,), daemon=True).start()
            run_command.main(["-w", str(WORKSPACE), "--log-level", "warning"], standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        return 0
    except Timeout:
        sys.stderr.write(f"Another daemon works for {lock.lock_file}; this one is not needed.\n")
        return RUNS_ALREADY
    return 0


def _reap(refresh: Path) -> None:
    with dg.DagsterInstance.get() as instance:
        while True:
            with contextlib.suppress(*history_unreachable()):  # a history that cannot be asked now may be asked later
                for run in reap(instance, refresh):
                    sys.stderr.write(f"Run {run[:8]} was begun and its process is gone: it is marked failed.\n")
            time.sleep(SECONDS_BETWEEN_LOOKS)


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    send_interrupt()


if __name__ == "__main__":
    sys.exit(main())
