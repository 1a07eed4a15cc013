"""The service killed with all that it started while a run is on, and started again: the queue goes on within a minute."""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from harmed import ROOT, Tally, World, darkfigure, environment, seconds

STARTS_WITHIN, NEXT_WITHIN = 180.0, 60.0
LAUNCH = """mutation($params: ExecutionParams!) { launchPipelineExecution(executionParams: $params) {
 __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }"""
PARAMS = {
    "selector": {
        "repositoryLocationName": "darkfigure", "repositoryName": "__repository__",
        "jobName": "refresh", "pipelineName": "refresh",
    },
    "runConfigData": {}, "mode": "default",
}  # fmt: skip


def asked(port: int, query: str, **variables: object) -> dict[str, object]:
    """What the UI answers to its own question."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/graphql", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        said: dict[str, object] = json.load(answer)["data"]
    return said


def status(port: int, run: str) -> str:
    """How far a run is."""
    said = asked(port, "query($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }", id=run)
    return str(said["runOrError"]["status"])  # type: ignore[index]


def wait_until(port: int, run: str, states: tuple[str, ...], patience: float) -> float:
    """Seconds until a run is in one of some states; infinity where it is not in time."""
    since = time.monotonic()
    while seconds(since) < patience:
        if status(port, run) in states:
            return seconds(since)
        time.sleep(0.5)
    return float("inf")


def serving(world: World, port: int) -> "subprocess.Popen[bytes]":
    """The service with its daemon, when it answers."""
    process = subprocess.Popen(
        darkfigure("serve", "--port", port), cwd=ROOT, env=environment(DARKFIGURE_DATA=str(world.root)),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    since = time.monotonic()
    while seconds(since) < STARTS_WITHIN:
        try:
            asked(port, "{ version }")
            return process
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the service did not answer")


def everything_of(world: World) -> list[int]:
    """The processes of the service, the daemon, their code servers and runs: by the data root in their environment."""
    found = []
    for entry in (path.name for path in Path("/proc").iterdir()):
        if entry.isdecimal() and int(entry) != os.getpid():
            try:
                if f"DARKFIGURE_DATA={world.root}".encode() in Path(f"/proc/{entry}/environ").read_bytes().split(b"\0"):
                    found.append(int(entry))
            except OSError:
                continue
    return found


def kill_everything_of(world: World) -> None:
    """Kill them all at once, and what one of them began meanwhile; one that has just ended needs no killing."""
    while left := everything_of(world):
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def killed_with_all(world: World, chance: random.Random, short: bool) -> list[Tally]:
    """As by a reboot: every process at once, while one run is on and another waits."""
    tally = Tally("service killed with its runs, started again")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = serving(world, port)
    try:
        for _ in range(1 if short else 2):
            first, second = (launched(port) for _ in range(2))
            if wait_until(port, first, ("STARTED",), 120) == float("inf"):
                tally.wrong.append(f"the first run did not start: {status(port, first)}")
            kill_everything_of(world)
            process.wait()
            process = serving(world, port)
            took = wait_until(port, second, ("STARTING", "STARTED", "SUCCESS"), NEXT_WITHIN)
            tally.times += 1
            tally.note = f"the next run began after {took:.0f} s"
            if took == float("inf") or status(port, first) != "FAILURE":
                tally.wrong.append(f"first {status(port, first)}, second {status(port, second)}")
            if not short:
                wait_until(port, second, ("SUCCESS", "FAILURE"), 240)
            world.look(tally)
    finally:
        kill_everything_of(world)
        process.wait()
    return [tally]


def launched(port: int) -> str:
    """A run of `refresh`, as the UI launches it."""
    said = asked(port, LAUNCH, params=PARAMS)["launchPipelineExecution"]
    return str(said["run"]["runId"])  # type: ignore[index]
