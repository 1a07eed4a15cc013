"""What watches: lines of events, measures, alerts to receivers of this machine, and the first line of a failure."""

import http.server
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import dagster as dg
import pytest
from aiosmtpd.controller import Controller
from kit import ROOT
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parsed
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assets.answers.health import AGE, ERROR, INFO, WARNING, HealthLine, headline
from pipelines.front.guard import Guard
from pipelines.retention import MUCH_LOG, _rotate
from pipelines.settings import settings
from pipelines.watch.alerts import CAUSE, FROM, ON, SMTP, TO, WEBHOOK, failed_runs, health_sensor, news
from pipelines.watch.causes import cause_of
from pipelines.watch.looks import HISTORY, _runs, everything
from pipelines.watch.metrics import Measured, exposition

OLD = HealthLine("Appendix tables", False, "It was due.", "Fetch it.", WARNING, "overdue publication", AGE, 118.0)
NEW = HealthLine("Population", True, "It is held.", "", WARNING, "overdue publication", AGE, 3.0)
BROKEN = HealthLine("disk", False, "0.1 GB free.", "Make room.", ERROR)
ASIDE = HealthLine("files set aside", False, "2 files.", "See.", WARNING, measure="files_set_aside", value=2)
SAID = "The file of Kent cannot be read, cell B7.\nExpected a number."


def test_measures_are_openmetrics_and_say_which_publication() -> None:
    families = {family.name: family for family in parsed(exposition([OLD, NEW, BROKEN, ASIDE]).decode())}
    ages = {sample.labels["about"]: sample.value for sample in families["darkfigure_publication_age_days"].samples}
    assert ages == {"Appendix tables": 118.0, "Population": 3.0}
    assert [(sample.labels, sample.value) for sample in families["darkfigure_files_set_aside"].samples] == [({}, 2.0)]
    well = {sample.labels["about"]: sample.value for sample in families["darkfigure_well"].samples}
    assert well == {"Appendix tables": 0.0, "Population": 1.0, "disk": 0.0, "files set aside": 0.0}


def test_the_front_answers_measures_only_behind_its_guard(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "data" / "reference")
    app = Guard(Measured(Starlette(), settings(tmp_path / "data")), ["figures.example.org"], "a-token-of-the-house")
    client = TestClient(app, base_url="http://figures.example.org")
    assert client.get("/metrics").status_code == 401
    answer = client.get("/metrics", headers={"Authorization": "Bearer a-token-of-the-house"})
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert 'darkfigure_well{about="last build",matters="error"} 0.0' in answer.text, "nothing is published yet"


def test_the_headline_counts_what_was_counted_and_leaves_a_unit_alone() -> None:
    slow = HealthLine("last refresh", False, "It took 900 seconds.", measure="refresh_seconds", value=900)
    assert (
        headline([OLD, OLD, NEW, ASIDE])
        == "Not all that landed is published. To know: 2 files set aside, 2 overdue publications."
    )
    assert headline([BROKEN, slow, ASIDE]) == "Broken: disk, last refresh. To know: 2 files set aside."
    assert headline([OLD, NEW]) == "Nothing is broken. To know: 1 overdue publication."
    assert headline([NEW]) == "All well: 1 thing looked at."


def test_what_is_ill_is_told_once_and_told_again_when_it_is_well() -> None:
    first, told = news([OLD, NEW, BROKEN, HealthLine("memory", False, "said only", matters=INFO)], {})
    assert first is not None and first.text().splitlines()[0] == "disk: 0.1 GB free. Make room.", "what is broken first"
    assert [line.about for line in first.ill] == ["disk", "Appendix tables"]
    assert news([OLD, NEW, BROKEN], told) == (None, told)
    worse, _ = news([OLD, HealthLine("disk", False, "0 GB free.")], told)
    assert worse is not None and [line.said for line in worse.ill] == ["0 GB free."]
    again, now = news([OLD, HealthLine("disk", True, "9 GB free.")], told)
    assert again is not None and list(again.again) == ["disk"] and set(now) == {"Appendix tables"}
    assert news([OLD], {}, everything=False) == (None, {})


class Received(http.server.BaseHTTPRequestHandler):
    """A webhook of somebody else."""

    bodies: ClassVar[list[Any]] = []

    def do_POST(self) -> None:
        self.bodies.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


class Mails:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.kept: list[Any] = []

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        self.kept.append(envelope)
        return "250 OK"


@pytest.fixture
def receivers(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[list[Any], list[Any]]]:
    """A webhook and a mail server of this machine, set as those to be told."""
    Received.bodies, mails = [], Mails()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    mail = Controller(mails, hostname="127.0.0.1", port=port)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Received) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        mail.start()
        monkeypatch.setenv(WEBHOOK, f"http://127.0.0.1:{web.server_port}/alerts")
        monkeypatch.setenv(SMTP, f"smtp://127.0.0.1:{port}")
        monkeypatch.setenv(TO, "desk@example.org")
        monkeypatch.setenv(FROM, "darkfigure@example.org")
        yield Received.bodies, mails.kept
        mail.stop()
        web.shutdown()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A history with the configuration that the project ships."""
    made = tmp_path / "home"
    made.mkdir()
    shutil.copyfile(ROOT / "pipelines" / "instance" / "dagster.yaml", made / "dagster.yaml")
    monkeypatch.setenv("DAGSTER_HOME", str(made))
    return made


@dg.op
def reads_a_file() -> None:
    raise dg.Failure(SAID, allow_retries=False)


@dg.job
def refresh() -> None:
    reads_a_file()


@pytest.mark.slow
def test_a_failed_run_says_its_cause_first_and_is_told_by_webhook_and_mail(
    home: Path, tmp_path: Path, receivers: tuple[list[Any], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One history: the line of the run's end, its tag, the health, what both receivers got, and nothing twice."""
    monkeypatch.setenv(ON, "error")
    first = SAID.splitlines()[0]
    with dg.DagsterInstance.get() as instance:
        failed = refresh.execute_in_process(instance=instance, raise_on_error=False)
        lines = [json.loads(line) for line in (home / "events.jsonl").read_text(encoding="utf-8").splitlines()]
        [end] = [line for line in lines if line["event"] == "pipeline_failure"]
        assert end["cause"] == first and end["run"] == failed.run_id and end["job"] == "refresh"
        assert [line["cause"] for line in lines if line["event"] == "step_failure"] == [first]
        assert cause_of(instance, failed.dagster_run) == first
        [event] = [all_event for all_event in failed.all_events if all_event.event_type_value == "PIPELINE_FAILURE"]
        failed_runs(
            dg.build_run_status_sensor_context("failed_runs", event, instance, failed.dagster_run).for_run_failure()
        )
        tagged = instance.get_run_by_id(failed.run_id)
        assert tagged is not None and tagged.tags[CAUSE] == first
        [line] = _runs(instance)
        assert not line.well and line.said == first

        place = settings(tmp_path / "data")
        context = dg.build_sensor_context(instance, resources={"workspace": place})
        assert "Told by webhook and mail" in str(health_sensor.evaluate_tick(context).skip_message)
        bodies, mails = receivers
        assert f"last run: {first} See the run {failed.run_id[:8]} of refresh in the UI." in bodies[0]["text"]
        assert mails[0].rcpt_tos == ["desk@example.org"] and "last run: " in mails[0].content.decode()
        assert "changed" in str(health_sensor.evaluate_tick(context).skip_message) and len(bodies) == len(mails) == 1


@pytest.mark.slow
def test_an_alert_that_reaches_nobody_fails_the_look_and_does_not_repeat_the_address(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv(WEBHOOK, f"http://127.0.0.1:{free.getsockname()[1]}/secret-path")
        place = settings(tmp_path / "data")
        with dg.DagsterInstance.get() as instance:
            context = dg.build_sensor_context(instance, resources={"workspace": place})
            with pytest.raises(dg.Failure, match=f"{WEBHOOK} could not be told") as failed:
                health_sensor.evaluate_tick(context)
    assert "secret-path" not in str(failed.value.description) and context.cursor is None


def test_the_lines_begin_anew_when_they_are_many(tmp_path: Path) -> None:
    log = tmp_path / "events.jsonl"
    log.write_text("{}\n")
    _rotate(log)
    assert log.exists()
    with log.open("r+b") as much:
        much.truncate(MUCH_LOG + 1)
    _rotate(log)
    assert not log.exists() and (tmp_path / "events.1.jsonl").stat().st_size == MUCH_LOG + 1


def test_a_history_that_cannot_be_asked_is_a_line_and_stops_no_look(home: Path, tmp_path: Path) -> None:
    """A history folder whose database is a folder: SQLite cannot open it."""
    (home / "history" / "runs.db").mkdir(parents=True)
    workspace = settings(tmp_path / "data")
    lines = everything(workspace)
    [said] = [line.said for line in lines if line.about == HISTORY and not line.well]
    assert said.endswith("damaged: history/runs.db.") and "last build" in {line.about for line in lines}
