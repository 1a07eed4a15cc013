"""A refresh killed at any moment, and two refreshes at once, lose nothing."""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import duckdb
import pytest
from kit import ROOT, VALIDATE, Built, command, darkfigure, environment

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a process is killed by a signal")


def start(*arguments: object) -> "subprocess.Popen[str]":
    """A process of its own group, so that a kill leaves nothing of it."""
    return subprocess.Popen(
        list(map(str, arguments)), cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def kill(process: "subprocess.Popen[str]") -> bool:
    """kill -9; False where it had ended by itself."""
    alive = process.poll() is None
    if alive:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return alive


def opens(built: Built) -> int:
    """The last good file opens and answers; gives the number of compared rows."""
    with duckdb.connect(built.file, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM meta.build").fetchall() == [(1,)]
        return int(connection.execute("SELECT count(*) FROM gap WHERE recorded_per_100 IS NOT NULL").fetchall()[0][0])


def hidden(built: Built) -> list[str]:
    """Whatever is left in the output folder beside the link and its finished builds."""
    return [path.name for folder in (built.output, built.output / "builds") for path in folder.glob(".*")]


def killed_after(delay: float, refreshing: list[str]) -> bool:
    """Start a refresh and kill it after some seconds; False where it had ended by itself."""
    process = start(*refreshing)
    time.sleep(delay)
    return kill(process)


def wait_for_staging(built: Built, process: "subprocess.Popen[str]") -> None:
    """Wait until a refresh stages the table that was taken away before it began."""
    until = time.monotonic() + 90
    while not first_staged(built).exists() and time.monotonic() < until and process.poll() is None:
        time.sleep(0.05)


def first_staged(built: Built) -> Path:
    """A table that is made early and rests on no other."""
    return built.staging / "reference" / "threat.parquet"


def test_a_refresh_killed_at_any_moment_loses_nothing_and_others_wait_or_are_told(built_copy: Built) -> None:
    """One story, since a refresh takes its time: kills early and late, one turned away, one that waits its turn."""
    compared, before, finished = opens(built_copy), built_copy.file.resolve(), 0
    # Once killed, it makes what it had not finished, and publishes; --all: before that nothing has changed.
    refreshing = command("refresh", "--no-report", "--data", built_copy.root, "--no-history", "--quiet")
    # Of the time that a refresh takes; `make faults` does so again and again.
    for earliest, latest in ((0.02, 0.15), (0.15, 0.45)) if VALIDATE else ((0.02, 0.25),):
        delay = random.uniform(earliest, latest) * built_copy.ran.seconds
        while not killed_after(delay, [*refreshing, "--all"]):
            # The first refresh read everything from disk and this one did not: be earlier.
            delay, before, finished = delay / 2, built_copy.file.resolve(), finished + 1
        assert built_copy.file.resolve() == before and opens(built_copy) == compared, (
            f"killed after {delay:.2f} seconds"
        )

    first_staged(built_copy).unlink()
    first = start(*refreshing)
    wait_for_staging(built_copy, first)
    turned_away = darkfigure("refresh", "--no-report", "--data", built_copy.root, "--no-history")
    assert turned_away.code == 1 and turned_away.said == ""
    assert "Another refresh is running" in turned_away.error and "--wait SECONDS" in " ".join(turned_away.error.split())
    # Its turn come, it finds that nothing has changed since.
    waiting = start(*refreshing, "--wait", 300)
    for process in (first, waiting):
        said, error = process.communicate(timeout=200)
        assert process.returncode == 0, error
        assert said + error == "", "--quiet says nothing where all went well"
    assert opens(built_copy) == compared and hidden(built_copy) == []
    builds = sorted(path.name for path in (built_copy.output / "builds").iterdir())
    assert len(builds) == min(2 + finished, 3) and built_copy.file.resolve().parent.name == builds[-1]
    assert len({name.split("-")[1] for name in builds}) == 1, "the same input gives the same content"


@pytest.mark.long
def test_a_stop_by_hand_is_one_line_and_changes_nothing(built_copy: Built) -> None:
    before = built_copy.file.resolve()
    first_staged(built_copy).unlink()
    process = start(*command("refresh", "--all", "--no-report", "--data", built_copy.root, "--no-history"))
    wait_for_staging(built_copy, process)
    os.kill(process.pid, signal.SIGINT)
    said, error = process.communicate(timeout=60)
    assert "Traceback" not in error and process.returncode == 1, error
    assert said == "" and "stays" in error and built_copy.file.resolve() == before
