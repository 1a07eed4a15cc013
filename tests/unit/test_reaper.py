"""Runs whose process is gone are marked failed with the reason; those that live are left alone."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.events import EngineEventData
from dagster._core.storage.tags import DOCKER_IMAGE_TAG, GRPC_INFO_TAG

from assets.published.lock import only_one
from pipelines.reaper import ENDED, reap

STARTED, STARTING, FAILED = dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.FAILURE


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def begun(
    instance: dg.DagsterInstance, status: dg.DagsterRunStatus, pid: int | None = None, **tags: str
) -> dg.DagsterRun:
    """A run of the history, as a process has reported it."""
    run = dg.DagsterRun(job_name="refresh", run_id=dg.DagsterRun(job_name="refresh").run_id, status=status, tags=tags)
    instance.add_run(run)
    if pid is not None:
        instance.report_engine_event("Started process for run.", run, EngineEventData.in_process(pid))
    return run


def status(instance: dg.DagsterInstance, run: dg.DagsterRun) -> dg.DagsterRunStatus:
    record = instance.get_run_by_id(run.run_id)
    assert record is not None
    return record.status


@pytest.mark.slow
def test_only_what_is_gone_is_marked(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    unreachable = json.dumps({"host": "localhost", "socket": str(tmp_path / "no-such-server")})
    dead = [
        begun(instance, STARTED, gone.pid),
        begun(instance, STARTED),
        begun(instance, STARTING, **{GRPC_INFO_TAG: unreachable}),
    ]
    alive = begun(instance, STARTED, os.getpid())
    elsewhere = begun(instance, STARTED, gone.pid, **{DOCKER_IMAGE_TAG: "darkfigure:0.1.0"})
    waiting, done = begun(instance, dg.DagsterRunStatus.NOT_STARTED), begun(instance, dg.DagsterRunStatus.SUCCESS)
    assert sorted(reap(instance, tmp_path / "refresh.lock")) == sorted(run.run_id for run in dead)
    assert [status(instance, run) for run in dead] == [FAILED] * 3
    assert [status(instance, run) for run in (alive, elsewhere, waiting, done)] == [
        STARTED, STARTED, waiting.status, done.status
    ]  # fmt: skip
    said = [entry.message for entry in instance.all_logs(dead[0].run_id, of_type=dg.DagsterEventType.RUN_FAILURE)]
    assert said == [ENDED]
    assert reap(instance, tmp_path / "refresh.lock") == []


def test_the_number_of_a_process_may_be_anothers_since(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    """The process that has the number now began after the run reported it."""
    later = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    run = begun(instance, STARTED, later.pid)
    [entry] = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ENGINE_EVENT)
    assert entry.dagster_event is not None
    assert reap(instance, tmp_path / "refresh.lock") == []
    storage = instance.event_log_storage
    storage.delete_events(run.run_id)
    storage.store_event(entry._replace(timestamp=entry.timestamp - 3600))
    assert reap(instance, tmp_path / "refresh.lock") == [run.run_id]
    later.communicate(b"\n")


@pytest.mark.slow
def test_a_refresh_of_the_command_line_lives_while_it_holds_the_lock(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    lock = tmp_path / "refresh.lock"
    code = f"from filelock import FileLock\nwith FileLock({str(lock)!r}):\n print('held', flush=True)\n input()"
    holds = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holds.stdout is not None and holds.stdout.readline() == "held\n"
    run = begun(instance, STARTED)
    assert reap(instance, lock) == []
    holds.communicate("\n")
    with only_one(lock):  # as `refresh` itself does when it begins
        assert reap(instance, lock) == [run.run_id]
