"""Runs that the history calls started although nothing works on them any more: a reboot, a kill, no memory left.

Dagster keeps such a run as started until its time limit, and, one refresh at a time, every later run waits behind it. A run of
the UI, a schedule or the sensor tells in its log which process it is; one that never came so far names the code server that
should have started it; a refresh of the command line holds the refresh lock. What is gone is marked failed, with the reason.
"""

import json
from pathlib import Path

import dagster as dg
import psutil
from dagster._core.storage.tags import DOCKER_IMAGE_TAG, GRPC_INFO_TAG

from assets.published.lock import only_one
from assets.words.problems import Busy

BEGUN = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
PID = "pid"
# A process is older than what it reports; the two clocks may differ by a little.
SAME_MOMENT = 2.0
ENDED = "Its process is gone: killed, out of memory, or the machine was restarted. What is published is whole; run it again."


def reap(instance: dg.DagsterInstance, lock: Path) -> list[str]:
    """Mark every run failed whose process is gone; gives their ids.

    lock: that of a refresh, which a run of the command line holds as long as it lives
    """
    dead = gone(instance, lock)
    for run in dead:
        instance.report_run_failed(run, ENDED)
    return [run.run_id for run in dead]


def gone(instance: dg.DagsterInstance, lock: Path) -> list[dg.DagsterRun]:
    """The runs that are called started and whose process is gone; nothing is marked."""
    return [run for run in instance.get_runs(dg.RunsFilter(statuses=BEGUN)) if not _lives(instance, run, lock)]


def _lives(instance: dg.DagsterInstance, run: dg.DagsterRun, lock: Path) -> bool:
    if DOCKER_IMAGE_TAG in run.tags:  # in a container of its own: not seen from here, its launcher looks after it
        return True
    for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ENGINE_EVENT):
        event = entry.dagster_event
        process = event.engine_event_data.metadata.get(PID) if event is not None else None
        if process is not None:
            return _is_process(int(str(process.value)), entry.timestamp)
    server = run.tags.get(GRPC_INFO_TAG)
    if server is not None:
        return _answers(json.loads(server))
    try:
        with only_one(lock):
            return False
    except Busy:
        return True


def _is_process(pid: int, reported: float) -> bool:
    """Is there still the process that reported itself then? Its number may be another's since."""
    try:
        process = psutil.Process(pid)
        return bool(process.status() != psutil.STATUS_ZOMBIE and process.create_time() <= reported + SAME_MOMENT)
    except psutil.NoSuchProcess:
        return False


def _answers(server: dict[str, str]) -> bool:
    """Does the code server that was asked to start a run still answer?"""
    from dagster._core.errors import DagsterUserCodeUnreachableError
    from dagster._grpc.client import DagsterGrpcClient

    port = server.get("port")
    client = DagsterGrpcClient(
        host=server.get("host", "localhost"), port=int(port) if port else None, socket=server.get("socket")
    )
    try:
        client.ping("alive")
    except DagsterUserCodeUnreachableError:
        return False
    return True
