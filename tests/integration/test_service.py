"""As a service: the two processes and the viewer started exactly as the units say, watched, checked, backed up and restored."""

import base64
import datetime
import json
import os
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from kit import ROOT, VALIDATE, Built, Ran, darkfigure, environment
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parsed

from pipelines.commands.stop import Stop
from pipelines.service.backup import restore
from pipelines.settings import settings

Unit = dict[str, list[str]]
STARTS_WITHIN = 240  # on a busy machine
HOST = "figures.example.org"
LAUNCH = """mutation($params: ExecutionParams!) { launchPipelineExecution(executionParams: $params) {
 __typename ... on LaunchRunSuccess { run { runId } } } }"""
TIDY = {
    "selector": {
        "repositoryLocationName": "darkfigure", "repositoryName": "__repository__", "jobName": "tidy", "pipelineName": "tidy",
    },
    "runConfigData": {}, "mode": "default",
}  # fmt: skip


def free_ports(number: int) -> list[int]:
    held = [socket.socket() for _ in range(number)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in held]
    for one in held:
        one.close()
    return ports


def read_unit(path: Path) -> Unit:
    """The settings of a unit, each with all its values; `%%` and `$$` as systemd reads them."""
    found: Unit = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith(("#", "[")):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value.replace("%%", "%").replace("$$", "$"))
    return found


class Service:
    """What the units make of a data root."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder
        self.port, self.viewer = free_ports(2)
        self.ports = ("--port", self.port, "--viewer-port", self.viewer)
        made = darkfigure("service", "install", "--to", folder, "--data", root, "--name", HOST, *self.ports)
        assert made.code == 0, made.error
        self.started: dict[str, subprocess.Popen[bytes]] = {}

    def unit(self, name: str) -> Unit:
        return read_unit(self.folder / f"darkfigure-{name}.service")

    def ran(self, name: str, command: str) -> "subprocess.Popen[bytes]":
        """A command as the unit has it run: its folder, its environment, its umask; all it starts is of its group."""
        unit = self.unit(name)
        variables = dict(shlex.split(one)[0].split("=", 1) for one in unit["Environment"])
        log = (self.root / f"{name}.log").open("ab")
        return subprocess.Popen(
            shlex.split(command), cwd=unit["WorkingDirectory"][0], env=environment(**variables), stdout=log, stderr=log,
            umask=int(unit["UMask"][0], 8), start_new_session=True,
        )  # fmt: skip

    def start(self, name: str) -> None:
        for before in self.unit(name).get("ExecStartPre", []):
            assert self.ran(name, before).wait(STARTS_WITHIN) == 0, self.said(name)
        self.started[name] = self.ran(name, self.unit(name)["ExecStart"][0])

    def end(self, name: str, how: signal.Signals) -> None:
        """Mixed, as the units have it: the signal to the first process, then the end of whatever is left."""
        first = self.started.pop(name)
        first.send_signal(how)
        first.wait(STARTS_WITHIN)
        try:
            os.killpg(first.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def said(self, name: str) -> str:
        return (self.root / f"{name}.log").read_text(encoding="utf-8")

    def until_it_answers(self, port: int) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info", timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.3)
        raise AssertionError("\n".join(map(self.said, self.started)))

    def asked(self, port: int, query: str, **variables: object) -> Any:
        body = json.dumps({"query": query, "variables": variables}).encode()
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/graphql", body, {"content-type": "application/json"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.load(answer)

    def check(self) -> Ran:
        return darkfigure("service", "check", "--data", self.root, *self.ports)


@pytest.fixture(scope="module")
def running(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Daemon, front and viewer over a copy of the refreshed data root, in a folder with a space and a percent sign."""
    folder = tmp_path_factory.mktemp("service")
    root = Path(shutil.copytree(built.root, folder / "100% own" / "data", symlinks=True))
    service = Service(root, folder / "units")
    try:
        for name in ("daemon", "front", "viewer"):
            service.start(name)
        service.until_it_answers(service.port)
        service.until_it_answers(service.viewer)
        yield service
    finally:
        for name in [*service.started]:
            service.end(name, signal.SIGTERM)


@pytest.mark.long
def test_the_units_are_what_systemd_reads(running: Service) -> None:
    for name in ("daemon", "front"):
        unit = running.unit(name)
        assert unit["Restart"] == ["on-failure"] and unit["KillMode"] == ["mixed"] and unit["UMask"] == ["0027"]
        assert all(
            Path(shlex.split(line)[0]).is_absolute() for line in [*unit["ExecStart"], *unit.get("ExecStartPre", [])]
        )
    assert running.unit("daemon")["ExecStartPre"][0].endswith("service reap")
    verify = shutil.which("systemd-analyze")
    if not verify:
        pytest.skip("systemd-analyze is not here: what systemd makes of the units was not asked")
    units = sorted(map(str, running.folder.glob("darkfigure-*.*")))
    said = subprocess.run([verify, "verify", "--man=no", *units], capture_output=True, text=True, timeout=60)
    assert said.returncode == 0 and not said.stderr.strip(), said.stderr


def test_all_is_well_and_the_front_says_what_it_measures(running: Service) -> None:
    """The daemon's parts beat within a minute of its start; the front is asked for that, as each check is a process."""
    beats = "{ instance { daemonHealth { allDaemonStatuses { healthy required } } } }"
    until = time.monotonic() + STARTS_WITHIN
    while not all(
        one["healthy"] or not one["required"]
        for one in running.asked(running.port, beats)["data"]["instance"]["daemonHealth"]["allDaemonStatuses"]
    ):
        assert time.monotonic() < until, running.said("daemon")
        time.sleep(0.5)
    ran = running.check()
    assert ran.code == 0, ran.said
    for line in (
        "front:",
        "viewer:",
        "daemon: all its parts are well.",
        "rights of the viewer: a visitor may only look.",
    ):
        assert f"well  {line}" in ran.said
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/metrics", timeout=30) as answer:
        families = {one.name: one.samples for one in parsed(answer.read().decode())}
    [age], [peak] = (families[f"darkfigure_{name}"] for name in ("build_age_seconds", "refresh_peak_bytes"))
    assert age.value > 0 and peak.value > 1e8
    assert len(families["darkfigure_publication_age_days"]) > 5
    assert (running.root / "interim" / "dagster" / "daemon.lock").stat().st_mode & 0o007 == 0, (
        "nobody else reads the history"
    )


def test_a_run_asked_of_the_front_is_run_by_the_daemon_and_the_viewer_starts_none(running: Service) -> None:
    refused = running.asked(running.viewer, LAUNCH, params=TIDY)
    assert refused["data"]["launchPipelineExecution"]["__typename"] == "UnauthorizedError"
    launched = running.asked(running.port, LAUNCH, params=TIDY)["data"]["launchPipelineExecution"]
    run, until = launched["run"]["runId"], time.monotonic() + STARTS_WITHIN
    query = "query($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
    while (status := running.asked(running.port, query, id=run)["data"]["runOrError"]["status"]) != "SUCCESS":
        assert time.monotonic() < until and status not in ("FAILURE", "CANCELED"), status
        time.sleep(0.5)
    lines = (running.root / "interim" / "dagster" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert [line for line in map(json.loads, lines) if line["run"] == run and line["event"] == "pipeline_success"]


@pytest.mark.long
def test_a_backup_of_the_running_service_is_restored_elsewhere(running: Service, tmp_path: Path) -> None:
    """The history of runs, the build that is published, and nothing over what stands there already."""
    (running.root / "landing").mkdir(exist_ok=True)
    (running.root / "landing" / "dropped.csv").write_text("released,once\n", encoding="utf-8")
    ran = darkfigure("service", "backup", tmp_path, "--data", running.root)
    assert ran.code == 0, ran.error
    (running.root / "landing" / "dropped.csv").unlink()  # before the sensor takes it for settled and starts a refresh
    [kept] = tmp_path.glob("darkfigure-*.tar.gz")
    assert kept.stat().st_mode & 0o077 == 0
    with pytest.raises(Stop, match="hold something already"):
        restore(settings(running.root), kept)
    other = tmp_path / "data"
    shutil.copytree(running.root / "reference", other / "reference")
    damaged = tmp_path / "half.tar.gz"
    damaged.write_bytes(kept.read_bytes()[: kept.stat().st_size // 2])
    with pytest.raises(Stop, match="no whole backup"):
        restore(settings(other), damaged)
    assert not (other / "landing").exists()
    [said, _] = restore(settings(other), kept)
    assert "landing, history, builds" in said
    assert (other / "landing" / "dropped.csv").read_text(encoding="utf-8") == "released,once\n"
    here, there = (root / "output" / "darkfigure.duckdb" for root in (running.root, other))
    assert there.resolve().parent.name == here.resolve().parent.name and there.read_bytes() == here.read_bytes()
    # The order of an upgrade: what stands in docs/running-as-a-service.md, over the restored history.
    home = {"DAGSTER_HOME": str(other / "interim" / "dagster")}
    migrate = [
        str(Path(shlex.split(running.unit("front")["ExecStart"][0])[0]).with_name("dagster")),
        "instance",
        "migrate",
    ]
    done = subprocess.run(migrate, env=environment(**home), cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    with dg.DagsterInstance.from_config(home["DAGSTER_HOME"]) as history:
        assert {run.job_name for run in history.get_runs()} >= {"refresh"}


def proxied(running: Service, folder: Path, port: int) -> str:
    """The example of a proxy, with files and ports of this test."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "certificate.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(pem, form, plain))
    for file in ("viewers", "operators"):
        (folder / file).write_text("reader:{PLAIN}only-a-test\n", encoding="utf-8")
    example = (running.folder / "nginx.conf").read_text(encoding="utf-8").replace("/etc/darkfigure", str(folder))
    example = example.replace("listen 443 ", f"listen 127.0.0.1:{port} ").replace(
        "listen 8443 ", f"listen 127.0.0.1:{port} "
    )
    return (
        f"daemon off; user root; pid {folder}/pid; error_log stderr; events {{}}\nhttp {{ access_log off;"
        f" client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;"
        f" uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;\n{example}}}\n"
    )


def test_the_proxy_of_the_example_asks_who_you_are_and_hands_on(running: Service, tmp_path: Path) -> None:
    nginx = shutil.which("nginx")
    if not nginx:
        pytest.skip("nginx is not here: the example of a proxy was not run")
    [port] = free_ports(1)
    (tmp_path / "nginx.conf").write_text(proxied(running, tmp_path, port), encoding="utf-8")
    proxy = subprocess.Popen([nginx, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")], stderr=subprocess.PIPE)
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE

    def status(password: str | None) -> int:
        said = base64.b64encode(f"reader:{password}".encode()).decode()
        headers = {"Host": HOST} | ({"Authorization": f"Basic {said}"} if password else {})
        asked = urllib.request.Request(f"https://127.0.0.1:{port}/server_info", headers=headers)
        try:
            with urllib.request.urlopen(asked, timeout=20, context=trusting) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    try:
        until = time.monotonic() + 20
        while not (tmp_path / "pid").exists():
            assert proxy.poll() is None and time.monotonic() < until
            time.sleep(0.1)
        assert (status(None), status("guessed"), status("only-a-test")) == (401, 401, 200)
    finally:
        proxy.terminate()
        proxy.communicate(timeout=20)


@pytest.mark.long
def test_a_service_of_which_the_daemon_was_killed_is_told_and_mended_by_starting_it_again(running: Service) -> None:
    """Last in the file: what is killed here is started again as systemd would, by `make validate` (all starts are alike)."""
    running.end("daemon", signal.SIGKILL)
    ran = running.check()
    assert ran.code == 1 and "look  daemon: no daemon works" in ran.said and "darkfigure-daemon" in ran.said
    if VALIDATE:
        running.start("daemon")
    assert running.said("daemon").count("0 runs were marked failed") == 1 + ("daemon" in running.started)


@pytest.mark.long
def test_a_daemon_whose_parent_ends_while_it_begins_ends_too(tmp_path: Path) -> None:
    """Begun from the background of a shell, which ignores interrupts: it once stayed, and held the history for good."""
    daemon = subprocess.Popen(
        [sys.executable, "-m", "pipelines.front.daemon", "--with-parent"],
        cwd=ROOT,
        env=environment(DAGSTER_HOME=str(tmp_path), DARKFIGURE_DATA=str(tmp_path)),
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    assert daemon.stdin is not None
    daemon.stdin.close()
    try:
        assert daemon.wait(120) == 0
    finally:
        daemon.kill()
