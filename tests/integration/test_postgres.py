"""The history in Postgres, on a throw-away cluster of this machine: refresh, ticks of the daemon, UI, backup and restore."""

import contextlib
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from kit import Built, command, darkfigure, environment

from pipelines.commands.everyday import fault_in_words
from pipelines.commands.stop import Stop
from pipelines.home import POSTGRES_VARIABLE, prepare_home
from pipelines.service.backup import backup, restore
from pipelines.settings import settings
from pipelines.watch.looks import HISTORY, everything

pytestmark = pytest.mark.long

WITHIN = 240  # on a busy machine


def program(name: str) -> str | None:
    """A program of the server, which Debian keeps outside the path; the newest one."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of an empty cluster on loopback, without its database; removed with all that is in it."""
    initdb, server = program("initdb"), program("postgres")
    if not initdb or not server or not shutil.which("pg_dump"):
        pytest.skip("no initdb, postgres or pg_dump here: the history in Postgres was not tried")
    pytest.importorskip("dagster_postgres", reason="the extra postgres is not installed")
    # It refuses to run as root.
    user = {"user": "nobody"} if os.getuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="darkfigure-postgres-"))
    if user:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    try:
        made = subprocess.run(
            [initdb, "-D", folder / "db", "-A", "trust", "-U", "darkfigure", "--no-sync", "-E", "UTF8", "--locale=C"],
            cwd=folder, capture_output=True, text=True, **user,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        options = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), "-F"]
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(
                [server, "-D", folder / "db", *options], cwd=folder, stdout=log, stderr=log, **user
            )
        address = f"postgresql://darkfigure@127.0.0.1:{port}"
        until = time.monotonic() + WITHIN
        while subprocess.run(["psql", "-c", "", f"{address}/postgres"], capture_output=True).returncode:
            assert running.poll() is None and time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.2)
        yield address
        running.send_signal(signal.SIGINT)
        running.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def database(cluster: str, name: str) -> str:
    subprocess.run(["psql", "-q", "-c", f"CREATE DATABASE {name}", f"{cluster}/postgres"], check=True)
    return f"{cluster}/{name}"


def counted(address: str, table: str) -> int:
    asked = ["psql", "-At", "-c", f"SELECT count(*) FROM {table}", address]
    return int(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)


@pytest.fixture(scope="module")
def root(cluster: str, built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root with the session's tables and no history."""
    ignored = shutil.ignore_patterns("dagster", "last-good-refresh.json")
    return Path(
        shutil.copytree(built.root, tmp_path_factory.mktemp("postgres") / "data", symlinks=True, ignore=ignored)
    )


@pytest.fixture(scope="module")
def history(cluster: str, root: Path) -> str:
    """Its history after a refresh by the command line."""
    address = database(cluster, "history")
    ran = darkfigure("refresh", "--no-report", "--data", root, **{POSTGRES_VARIABLE: address})
    assert ran.code == 0 and "not recorded" not in ran.error, ran.error
    return address


def test_a_refresh_is_recorded_there_and_the_next_one_has_nothing_to_do(history: str, root: Path) -> None:
    assert counted(history, "runs WHERE status = 'SUCCESS'") == 1 and counted(history, "event_logs") > 500
    connections = "(SELECT generate_series(1, sessions) FROM pg_stat_database WHERE datname = 'history') AS opened"
    assert counted(history, connections) < 300, "no connection of its own for each event"
    assert not list((root / "interim" / "dagster").rglob("*.db"))
    again = darkfigure("refresh", "--no-report", "--data", root, **{POSTGRES_VARIABLE: history})
    assert "Nothing has changed since the last refresh" in again.said


def test_the_ui_shows_the_run_and_the_daemon_ticks(history: str, root: Path) -> None:
    """The service over it: the run of the command line in the UI, and looks of the sensors in the database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    log = root / "served.log"
    with log.open("wb") as sink:
        served = subprocess.Popen(
            command("serve", "--port", port, "--data", root), env=environment(**{POSTGRES_VARIABLE: history}),
            stdout=sink, stderr=sink, start_new_session=True,
        )  # fmt: skip
    query = json.dumps({"query": "{ runsOrError { ... on Runs { results { jobName status } } } }"}).encode()
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/graphql", query, {"content-type": "application/json"})
    runs: list[dict[str, str]] = []
    try:
        until = time.monotonic() + WITHIN
        while not runs or not counted(history, "job_ticks WHERE type = 'SENSOR'"):
            assert served.poll() is None and time.monotonic() < until, log.read_text()
            with (
                contextlib.suppress(urllib.error.URLError, OSError),
                urllib.request.urlopen(asked, timeout=20) as answer,
            ):
                runs = json.load(answer)["data"]["runsOrError"]["results"]
            time.sleep(0.5)
    finally:
        served.terminate()
        served.wait(30)
        for process in psutil.process_iter():  # also a run that a sensor has begun, which is of another group
            with contextlib.suppress(psutil.Error):
                if process.environ().get("DARKFIGURE_DATA") == str(root):
                    process.kill()
    assert {"jobName": "refresh", "status": "SUCCESS"} in runs


def test_its_history_is_backed_up_and_restored_into_an_empty_database_only(
    history: str, cluster: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(POSTGRES_VARIABLE, history)
    kept = backup(settings(root), tmp_path)
    other = settings(tmp_path / "data")
    with pytest.raises(Stop, match="pg_restore failed"):  # its tables stand there already
        restore(other, kept)
    assert not other.landing.exists() and not other.dagster_home.exists()
    empty = database(cluster, "restored")
    monkeypatch.setenv(POSTGRES_VARIABLE, empty)
    restore(other, kept)
    for table in ("runs", "event_logs", "job_ticks"):
        assert counted(empty, table) == counted(history, table) > 0, table


def test_a_history_of_the_other_kind_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.delenv(POSTGRES_VARIABLE, raising=False)
    prepare_home(settings(tmp_path))
    monkeypatch.setenv(POSTGRES_VARIABLE, "postgresql://nowhere/history")
    with pytest.raises(Stop, match=re.escape("keeps the history in SQLite")):
        prepare_home(settings(tmp_path))


def test_a_database_that_does_not_answer_is_said_in_words_and_stops_no_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    utils = pytest.importorskip("dagster_postgres.utils", reason="the extra postgres is not installed")
    monkeypatch.setattr(utils.time, "sleep", lambda _: None)  # it waits between its tries
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv(POSTGRES_VARIABLE, f"postgresql://x@127.0.0.1:{nobody.getsockname()[1]}/history")
        prepare_home(settings(tmp_path))
        lines = everything(settings(tmp_path))
    [said] = [line.said for line in lines if line.about == HISTORY and not line.well]
    assert said.startswith("it cannot be asked: too many retries"), said
    assert "does not answer" in (
        fault_in_words(utils.DagsterPostgresException("too many retries for DB connection")) or ""
    )
