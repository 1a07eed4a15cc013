"""What is old is cleared: runs by age and number, with their logs; what goes on, waits or was published stays."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.runs.schema import RunsTable

from assets.tables.workspace import Workspace
from pipelines.home import prepare_home
from pipelines.retention import Retention, retention, size_of, tidy

DONE, STARTED = dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.STARTED


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Workspace, dg.DagsterInstance]]:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    chosen = Workspace(tmp_path, tmp_path / "landing", tmp_path / "output")
    monkeypatch.setenv("DAGSTER_HOME", str(prepare_home(chosen)))
    with dg.DagsterInstance.get() as instance:
        yield chosen, instance


def run(instance: dg.DagsterInstance, status: dg.DagsterRunStatus, days: int) -> str:
    """A run of so many days ago, with a log."""
    made = dg.DagsterRun(job_name="refresh", run_id=dg.DagsterRun(job_name="x").run_id, status=status)
    instance.add_run(made)
    instance.report_engine_event("x" * 2000, made)
    when = datetime.datetime.now(datetime.UTC).replace(tzinfo=None) - datetime.timedelta(days=days)
    with instance.run_storage.connect() as connection:  # type: ignore[attr-defined]
        connection.execute(RunsTable.update().where(RunsTable.c.run_id == made.run_id).values(create_timestamp=when))
    logs = Path(os.environ["DAGSTER_HOME"]) / "storage" / made.run_id
    logs.mkdir(parents=True)
    (logs / "log.out").write_bytes(b"x" * 10_000)
    return made.run_id


@pytest.mark.slow
def test_old_runs_and_those_beyond_the_number_are_cleared(world: tuple[Workspace, dg.DagsterInstance]) -> None:
    chosen, instance = world
    going_on, old = run(instance, STARTED, 400), run(instance, DONE, 100)
    young = [run(instance, DONE, 5) for _ in range(4)]
    published = chosen.output / "builds" / "a" / "darkfigure.duckdb"
    published.parent.mkdir(parents=True)
    published.write_bytes(b"x")
    os.utime(published, (0, 0))
    remembered, past = chosen.interim / "gate" / "abc", chosen.interim / "as-of-2020-01-01"
    remembered.parent.mkdir()
    remembered.touch()
    past.mkdir()
    for path in (remembered, past):
        os.utime(path, (0, 0))
    before = size_of(chosen.dagster_home)
    said = tidy(chosen, instance, Retention(days=90, runs=3))
    left = {dagster_run.run_id for dagster_run in instance.get_runs()}
    assert left == {going_on, *young[1:]} and old not in left
    logs = {path.name for path in (chosen.dagster_home / "storage").iterdir()}
    assert left <= logs and old not in logs
    assert published.exists() and not remembered.exists() and not past.exists()
    assert said[0].startswith("2 old runs were cleared") and "DARKFIGURE_KEEP_DAYS" in said[0]
    logs_of_two = 2 * 10_000
    assert size_of(chosen.dagster_home) <= before - logs_of_two
    assert tidy(chosen, instance, Retention(days=90, runs=3))[0].startswith("0 old runs")


def test_how_much_is_kept_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DARKFIGURE_KEEP_DAYS", "7")
    monkeypatch.setenv("DARKFIGURE_KEEP_RUNS", "many")
    assert retention() == Retention(days=7, runs=200)
