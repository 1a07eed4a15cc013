"""What is wrong with a running service, as lines of health: does the front answer, does the daemon work, is anything stuck."""

import datetime
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import dagster as dg

from assets.answers.health import HealthLine
from assets.tables.workspace import Workspace
from pipelines.front.daemon import LOCK
from pipelines.reaper import gone
from pipelines.watch.causes import first_line
from pipelines.watch.looks import everything, is_free

PATIENCE = 15.0
SECONDS_IN_QUEUE = 1800
QUESTION = """{ version permissions { permission value }
 workspaceOrError { ... on Workspace { locationEntries { name loadStatus
   locationOrLoadError { __typename ... on PythonError { message } } } } } }"""
LAUNCH = "launch_pipeline_execution"


def of_service(
    workspace: Workspace,
    instance: dg.DagsterInstance,
    front: str,
    viewer: str,
    token: str | None,
    only: str | None = None,
) -> list[HealthLine]:
    """Everything that is looked at of a service that should be running.

    front, viewer: where they answer, as http://127.0.0.1:3000; empty for one that is not served
    only: look at this part alone
    """
    looks: dict[str, Callable[[], Iterable[HealthLine]]] = {
        "front": lambda: _front("front", front, token, may_launch=True) if front else (),
        "viewer": lambda: _front("viewer", viewer, token, may_launch=False) if viewer else (),
        "daemon": lambda: _daemon(workspace, instance),
        "runs": lambda: _queue(workspace, instance),
        "place": lambda: everything(workspace, instance),
    }
    return [line for name, look in looks.items() if only in (None, name) for line in look()]


def _front(what: str, address: str, token: str | None, *, may_launch: bool) -> Iterator[HealthLine]:
    """Does it answer, has it loaded the definitions, may a visitor start runs who should, and not who should not?"""
    unit = f"See: systemctl status darkfigure-{what}, journalctl -u darkfigure-{what}"
    try:
        answer = _asked(address, token)
    except urllib.error.HTTPError as error:
        why = error.read(300).decode(errors="replace").strip() or error.reason
        answer = f"{address} refuses ({error.code}): {why}"
        yield HealthLine(what, False, answer, "Name the address and token that it is served with.")
        return
    except (OSError, ValueError) as error:
        yield HealthLine(what, False, f"{address} does not answer: {error}.", unit)
        return
    yield HealthLine(what, True, f"{address} answers, Dagster {answer['version']}.")
    for entry in answer["workspaceOrError"]["locationEntries"]:
        loaded = entry["locationOrLoadError"] or {"__typename": "nothing", "message": "still loading"}
        well = loaded["__typename"] != "PythonError" and entry["loadStatus"] == "LOADED"
        said_of = "the definitions are loaded." if well else f"not loaded: {first_line(loaded.get('message', ''))}"
        yield HealthLine(f"definitions of the {what}", well, said_of, unit)
    launches = {permission["permission"]: permission["value"] for permission in answer["permissions"]}[LAUNCH]
    rights = "may start runs." if launches else "may only look."
    yield HealthLine(
        f"rights of the {what}", launches is may_launch, f"a visitor {rights}", "Serve the viewer with --read-only."
    )


def _asked(address: str, token: str | None) -> Any:
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    asked = urllib.request.Request(f"{address}/graphql", json.dumps({"query": QUESTION}).encode(), headers)
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        return json.load(answer)["data"]


def _daemon(workspace: Workspace, instance: dg.DagsterInstance) -> Iterator[HealthLine]:
    """Is there a daemon, and do its parts beat?"""
    unit = "See: systemctl status darkfigure-daemon, journalctl -u darkfigure-daemon"
    if is_free(workspace.dagster_home / LOCK):
        yield HealthLine("daemon", False, "no daemon works: no sensor looks, nothing that was queued is started.", unit)
        return
    ill = [daemon for daemon in instance.get_daemon_statuses().values() if daemon.required and not daemon.healthy]
    names = ", ".join(sorted(daemon.daemon_type.lower().replace("_", " ") for daemon in ill))
    errors = [
        first_line(error.message)
        for daemon in ill
        if daemon.last_heartbeat
        for error in daemon.last_heartbeat.errors or ()
    ]
    verdict = f"not well: {names}. {' '.join(errors)}".strip() if ill else "all its parts are well."
    yield HealthLine("daemon", not ill, verdict, unit)


def _queue(workspace: Workspace, instance: dg.DagsterInstance) -> Iterator[HealthLine]:
    """Is a run called started although its process is gone, and does one wait for long?"""
    dead = gone(instance, workspace.lock_path)
    sentence = f"{len(dead)} are called started and their process is gone: {', '.join(run.run_id[:8] for run in dead)}."
    yield HealthLine(
        "runs", not dead, sentence if dead else "those that are on have their process.", "Run: darkfigure service reap"
    )
    waiting = instance.get_run_records(dg.RunsFilter(statuses=[dg.DagsterRunStatus.QUEUED]), ascending=True)
    now = datetime.datetime.now(datetime.UTC)
    oldest = max((_seconds(now, run_record.create_timestamp) for run_record in waiting), default=0.0)
    well = oldest < SECONDS_IN_QUEUE
    sentence = f"{len(waiting)} wait{f', the first of them for {oldest / 60:,.0f} minutes' if waiting else ''}."
    remedy = "See whether the daemon works, and what the run before them does."
    yield HealthLine("queue", well, sentence, remedy, measure="runs_queued", value=len(waiting))


def _seconds(now: datetime.datetime, then: datetime.datetime) -> float:
    return (now - (then if then.tzinfo else then.replace(tzinfo=datetime.UTC))).total_seconds()
