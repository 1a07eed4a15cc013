"""What runs by itself: real ticks of the sensor, the schedules and the automation, over the definitions that the daemon loads."""

import datetime
import os
import sys
from pathlib import Path

import dagster as dg
import duckdb
import pandas as pd
import pytest
from dagster._utils.schedules import schedule_execution_time_iterator
from kit import Built, darkfigure, frame
from publishers import DATASET, EDITION, FILE, publishers

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "readers"))

from small_releases import appendix, next_quarter, xlsx

from assets.archive.assets_landing import DOWNLOAD, SOURCE_KEYS
from assets.archive.checks import release_is_not_overdue
from assets.archive.fetch.reachable import PROXIES
from assets.archive.landed.arrivals import Look, Seen, look, seen
from assets.archive.landed.holdings import NOTHING, PUBLICATIONS, holdings
from assets.reference.releases import read_releases, read_sources
from assets.tables.contracted import asset_key
from assets.tables.metadata import NO_PICTURES
from pipelines.automation import daily_discovery
from pipelines.commands.refresh import REPORT
from pipelines.composition import definitions
from pipelines.jobs import DISCOVER, REFRESH, REFRESH_SOURCE, fetchable
from pipelines.settings import settings
from schemas.registry import CONTRACTS

NOON = datetime.datetime(2026, 11, 24, 12, 1, tzinfo=datetime.UTC)
BROKEN_HEADER = "Crime"


def release(broken: bool = False) -> bytes:
    """A small release of the Appendix tables; a broken one is of the next quarter, with a header that no layout knows."""
    sheets = next_quarter(appendix()) if broken else appendix()
    if broken:
        sheets["Table_B2"][2] = [BROKEN_HEADER, "One", "Two", "Three"]
    return xlsx(sheets, None)


def drop(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def looks(landing: Path, before: Seen, times: int = 2) -> Look:
    """Some looks in a row; the last of them."""
    for _ in range(times):
        found = look(landing, before)
        before = found.remember
    return found


class TestArrivals:
    """The pure part of the sensor."""

    def test_an_empty_or_missing_folder_starts_nothing(self, tmp_path: Path) -> None:
        assert not looks(tmp_path / "landing", Seen()).refresh

    def test_a_file_is_acted_on_when_two_looks_see_it_the_same_and_only_once(self, tmp_path: Path) -> None:
        drop(tmp_path / "a.csv", b"one")
        first = look(tmp_path, Seen())
        assert not first.refresh and "Waiting" in first.says and "a.csv" in first.says
        second = look(tmp_path, first.remember)
        assert second.refresh and second.key.startswith("1-")
        assert not looks(tmp_path, second.remember).refresh

    def test_a_file_that_grows_is_waited_for(self, tmp_path: Path) -> None:
        path, before = tmp_path / "a.csv", Seen()
        for size in (1, 2, 3):
            drop(path, b"x" * size)
            found = look(tmp_path, before)
            assert not found.refresh and "Waiting" in found.says
            before = found.remember
        assert look(tmp_path, before).refresh

    def test_touching_a_file_starts_nothing(self, tmp_path: Path) -> None:
        path = drop(tmp_path / "a.csv", b"one")
        done = looks(tmp_path, Seen())
        os.utime(path, (1, 1))
        assert done.refresh and not looks(tmp_path, done.remember, 3).refresh

    def test_a_file_taken_away_and_put_back_starts_runs_of_their_own(self, tmp_path: Path) -> None:
        drop(tmp_path / "a.csv", b"one")
        keys, before = [], Seen()
        for step in range(4):
            (tmp_path / "b.csv").unlink() if step % 2 else drop(tmp_path / "b.csv", b"two")
            found = looks(tmp_path, before)
            assert found.refresh
            keys.append(found.key)
            before = found.remember
        assert len(set(keys)) == 4

    def test_what_is_remembered_survives_as_text(self, tmp_path: Path) -> None:
        drop(tmp_path / "a.csv", b"one")
        remembered = looks(tmp_path, Seen()).remember
        assert seen(remembered.dump()) == remembered and seen("no json") == seen(None) == Seen()


class TestHoldings:
    def test_a_publication_has_the_version_of_its_files_whatever_they_are_called(
        self, data_root: Path, tmp_path: Path
    ) -> None:
        none = holdings(tmp_path, data_root)
        assert set(none) == set(PUBLICATIONS) and {holding.version for holding in none.values()} == {NOTHING}
        drop(tmp_path / "x" / "dropped.xlsx", release())
        held = holdings(tmp_path, data_root)
        assert held["ons_appendix"].releases == {"ye-2025-09"}
        assert {source for source, holding in held.items() if holding.files} == {"ons_appendix"}
        (tmp_path / "x" / "dropped.xlsx").rename(tmp_path / "renamed.bin")
        assert holdings(tmp_path, data_root)["ons_appendix"].version == held["ons_appendix"].version

    def test_every_publication_that_lands_is_registered(self, data_root: Path) -> None:
        assert set(PUBLICATIONS) <= set(read_sources(data_root))
        assert set(fetchable(data_root)) <= set(PUBLICATIONS)


class TestOverdue:
    def test_the_next_release_is_due_the_cadence_after_the_newest(self) -> None:
        common = {
            "title": "T",
            "publisher": "P",
            "designation": "official",
            "held": True,
            "licence": "L",
            "citation": "C",
        }
        rows = [
            {"source": "a", "release": "old", "released": datetime.date(2025, 7, 24), "vintage_order": 20250724},
            {"source": "a", "release": "new", "released": datetime.date(2025, 10, 23), "vintage_order": 20251023},
            {"source": "b", "release": "only", "released": datetime.date(2020, 1, 1), "vintage_order": 20200101},
        ]
        releases = frame("meta.release", rows, **common)
        sources = {"a": {"cadence": "quarterly"}, "b": {"cadence": "once"}}
        assert release_is_not_overdue(releases, sources, datetime.date(2026, 1, 23)).passed
        outcome = release_is_not_overdue(releases, sources, datetime.date(2026, 1, 25))
        assert outcome.warning and outcome.checked == 1 and outcome.cases.to_dict("records") == [
            {"publication": "a", "newest held": "new", "next due": datetime.date(2026, 1, 23), "days overdue": 2}
        ]  # fmt: skip


@pytest.fixture
def daemon(built_copy: Built, history: dg.DagsterInstance) -> tuple[Built, dg.Definitions, dg.DagsterInstance]:
    """A refreshed data root, its definitions and its history, as the daemon has them."""
    (built_copy.root / "landing").mkdir(exist_ok=True)
    return built_copy, definitions(settings(built_copy.root)), history


def tick(defs: dg.Definitions, instance: dg.DagsterInstance, cursor: str | None):  # type: ignore[no-untyped-def]
    context = dg.build_sensor_context(
        instance=instance, cursor=cursor, definitions=defs, resources={"workspace": defs.resources["workspace"]}
    )
    return defs.get_sensor_def("landing").evaluate_tick(context)


def carried_out(
    job: dg.JobDefinition, instance: dg.DagsterInstance, config: object = None
) -> dg.ExecuteInProcessResult:
    """A job up to the published file, without what is made over it."""
    keys = [key for key in job.asset_layer.executable_asset_keys if key.path[-1] not in REPORT]
    return job.execute_in_process(
        config, instance=instance, raise_on_error=False, asset_selection=keys, tags={NO_PICTURES: "true"}
    )


def observe(defs: dg.Definitions, instance: dg.DagsterInstance) -> bool:
    job = defs.resolve_implicit_global_asset_job_def()
    return bool(job.execute_in_process(instance=instance, asset_selection=SOURCE_KEYS).success)


@pytest.mark.long
def test_a_broken_table_is_set_aside_and_a_release_is_downloaded_read_and_published_in_one_run(
    daemon: tuple[Built, dg.Definitions, dg.DagsterInstance], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sensor asks once for what was dropped; the job that downloads first runs with the publisher away, then there."""
    built, defs, instance = daemon
    published = built.file.resolve()
    nothing = tick(defs, instance, None)
    assert not nothing.run_requests and "Nothing new" in nothing.skip_message
    landed = drop(built.root / "landing" / "dropped.xlsx", release(broken=True))
    waiting = tick(defs, instance, nothing.cursor)
    assert not waiting.run_requests and "Waiting" in waiting.skip_message
    asked = tick(defs, instance, waiting.cursor)
    assert len(asked.run_requests) == 1 and (asked.run_requests[0].job_name or REFRESH) == REFRESH
    again = tick(defs, instance, asked.cursor)
    assert not again.run_requests and "Nothing new" in again.skip_message

    job, config = defs.resolve_job_def(REFRESH_SOURCE), {"source": "ons_appendix"}
    with publishers() as server:
        server.file(f"/file?uri={EDITION}/{FILE}", release())
        monkeypatch.setenv("DARKFIGURE_BASE_ONS", server.base)
        page = server.pages.pop(f"{DATASET}/data")
        away = carried_out(job, instance, config)
        assert not away.success and built.file.resolve() == published
        [failed] = [event for event in away.all_events if event.is_step_failure]
        assert "404" in failed.step_failure_data.user_failure_data.description
        assert list((built.root / "landing").rglob("*.xlsx")) == [landed]

        server.pages[f"{DATASET}/data"] = page
        result = carried_out(job, instance, config)
    assert result.success and built.file.resolve() != published
    [warned] = [
        asset_check_evaluation
        for asset_check_evaluation in result.get_asset_check_evaluations()
        if asset_check_evaluation.check_name == "every_landed_file_was_read"
    ]
    assert not warned.passed and warned.severity is dg.AssetCheckSeverity.WARN and "Table_B2" in warned.description
    told = next(event for event in result.all_events if event.is_step_materialization and event.asset_key == DOWNLOAD)
    assert FILE in str(told.step_materialization_data.materialization.metadata["downloaded"].value)
    with duckdb.connect(built.file, read_only=True) as file:
        [(place, evidence)] = file.execute(
            "SELECT place, evidence FROM meta.finding WHERE kind = 'table_set_aside'"
        ).fetchall()
        assert "dropped.xlsx" in place and "Table_B2" in place and BROKEN_HEADER in evidence
        read = file.execute("SELECT DISTINCT sheet FROM archive.figure WHERE file = 'dropped.xlsx'").fetchall()
        assert ("Any sheet",) in read and ("Table_B2",) not in read
        of_file = "SELECT source, release, url, fetched_at IS NOT NULL FROM meta.source_file WHERE path LIKE ?"
        assert file.execute(of_file, [f"landing/%{FILE}"]).fetchall() == [
            ("ons_appendix", "ye-2025-09", f"{server.base}/file?uri={EDITION}/{FILE}", True)
        ]
        figures = "SELECT count(*) > 0, count(*) = count(cell) FROM archive.figure WHERE file LIKE ?"
        assert file.execute(figures, [f"%{FILE}"]).fetchall() == [(True, True)]

    drop(landed, release())
    mended = tick(defs, instance, tick(defs, instance, again.cursor).cursor)
    assert len(mended.run_requests) == 1 and mended.run_requests[0].run_key != asked.run_requests[0].run_key


@pytest.mark.long
def test_the_automation_requests_exactly_what_depends_on_a_new_release(
    daemon: tuple[Built, dg.Definitions, dg.DagsterInstance],
) -> None:
    built, defs, instance = daemon
    cursor, minutes = None, 0

    def requested() -> set[dg.AssetKey]:
        nonlocal cursor, minutes
        minutes += 1
        at = NOON + datetime.timedelta(minutes=minutes)
        found = dg.evaluate_automation_conditions(defs, instance, cursor=cursor, evaluation_time=at)
        cursor = found.cursor
        return set(found._requested_partitions_by_asset_key)

    assert observe(defs, instance)
    requested()  # the first tick only takes the state as it is
    assert requested() == set()
    minutes = 10
    assert requested() == set(SOURCE_KEYS), "every ten minutes the landing folder is looked at, and nothing is made"
    assert observe(defs, instance)
    assert requested() == set(), "the same files request nothing"

    drop(built.root / "landing" / "dropped.xlsx", release())
    assert observe(defs, instance)
    graph = defs.resolve_asset_graph()
    chain = dg.AssetSelection.assets(dg.AssetKey(["landing", "ons_appendix"])).downstream().resolve(graph)
    chain &= graph.materializable_asset_keys  # the releases are told by the run that publishes
    found = requested()
    assert found == chain and asset_key("reconciled.gap") in found
    # What is made of returns rests on populations too, and waits for no return: none was taken in here.
    assert asset_key("collection.offence_count") in found
    untouched = {asset_key(key) for key in CONTRACTS if key.startswith("reference.")} | {DOWNLOAD}
    assert not found & untouched
    assert requested() == set()


def test_schedules_run_when_the_publishers_release(data_root: Path) -> None:
    defs = definitions(settings(data_root))
    quarterly, daily = (defs.get_schedule_def(name) for name in ("quarterly_refresh", "daily_discovery"))
    assert quarterly.job_name == REFRESH and daily.job_name == DISCOVER
    context = dg.build_schedule_context(scheduled_execution_time=NOON)
    assert len(quarterly.evaluate_tick(context).run_requests) == 1
    assert quarterly.default_status is dg.DefaultScheduleStatus.RUNNING
    assert daily.default_status is dg.DefaultScheduleStatus.STOPPED, "downloads are switched on by their setting"
    assert quarterly.description and daily.description
    ticks = schedule_execution_time_iterator(
        datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).timestamp(), quarterly.cron_schedule, "Europe/London"
    )
    days = [next(ticks).date() for _ in range(4)]
    assert days == [
        datetime.date(2026, 1, 31),
        datetime.date(2026, 4, 30),
        datetime.date(2026, 7, 31),
        datetime.date(2026, 10, 31),
    ]


def test_a_morning_without_network_is_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    context = dg.build_schedule_context(scheduled_execution_time=NOON)
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    for base in ("ONS", "GOV_UK", "GITHUB_API", "GITHUB_RAW"):
        monkeypatch.setenv(f"DARKFIGURE_BASE_{base}", "http://127.0.0.1:9")
    away = daily_discovery.evaluate_tick(context)
    assert not away.run_requests and away.skip_message is not None
    assert away.skip_message.startswith("There is no network") and "127.0.0.1" in away.skip_message
    with publishers() as server:
        monkeypatch.setenv("DARKFIGURE_BASE_GOV_UK", server.base)
        assert len(daily_discovery.evaluate_tick(context).run_requests or ()) == 1


def test_the_jobs_say_what_they_do_and_refuse_an_unknown_publication(data_root: Path) -> None:
    defs = definitions(settings(data_root))
    for job in defs.resolve_all_job_defs():
        assert job.name.startswith("__") or job.description, job.name
    job = defs.resolve_job_def(REFRESH_SOURCE)
    assert dg.validate_run_config(job, {"source": "ons_pfa"})
    with pytest.raises(dg.DagsterInvalidConfigError, match="Publication got onspfa"):
        dg.validate_run_config(job, {"source": "onspfa"})
    with pytest.raises(dg.DagsterInvalidConfigError, match='Missing required config entry "source"'):
        dg.validate_run_config(job, {})
    # A run of everything, as from the UI, names no publication and needs no network.
    assert DOWNLOAD not in defs.resolve_job_def(REFRESH).asset_layer.executable_asset_keys


def test_discovery_lands_what_it_can_and_says_in_words_what_it_cannot(
    own_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    defs = definitions(settings(own_root))
    with publishers() as server:
        for base in ("ONS", "GOV_UK", "GITHUB_API", "GITHUB_RAW"):
            monkeypatch.setenv(f"DARKFIGURE_BASE_{base}", server.base)
        result = defs.resolve_job_def(DISCOVER).execute_in_process(raise_on_error=False)
    assert not result.success
    [failed] = [event for event in result.all_events if event.is_step_failure]
    said = failed.step_failure_data.user_failure_data.description
    assert "policeforceareadatatables" in said and "404" in said and DATASET not in said
    assert [path.name for path in (own_root / "landing" / "ons_appendix").rglob(FILE)] == [FILE], EDITION


@pytest.mark.long
def test_as_of_a_day_nothing_is_known_that_came_out_later(own_root: Path) -> None:
    """ONS flagged 889,918 offences of the year to March 2023 first, and revised them in later releases."""
    drop(own_root / "landing" / "later.xlsx", release())
    ran = darkfigure("refresh", "--data", own_root, "--as-of", "2024-01-01", "--quiet")
    assert ran.code == 0, ran.error
    output = own_root / "output"
    assert [path.name for path in output.iterdir()] == ["darkfigure-as-of-2024-01-01.duckdb"]
    with duckdb.connect(output / "darkfigure-as-of-2024-01-01.duckdb", read_only=True) as file:
        [(newest,)] = file.execute(
            "SELECT arg_max(value, vintage_order) FROM recorded.flagged_count JOIN meta.release USING (source, release)"
            " WHERE series = 'prc.b9.all_offences' AND flagged_count.period_end = DATE '2023-03-31'"
            " AND release.designation <> 'press_copy'"
        ).fetchall()
        assert newest == 889_918
        assert file.execute("SELECT as_of FROM meta.build").fetchall() == [(datetime.date(2024, 1, 1),)]
        assert file.execute("SELECT max(vintage_order) <= 20240101, count(*) > 20 FROM meta.release").fetchone() == (
            True,
            True,
        )
        for key in ("archive.figure", "recorded.force_count", "recorded.outcome_count"):
            late = f"SELECT count(*) FROM {key} ANTI JOIN meta.release USING (source, release)"
            assert file.execute(late).fetchone() == (0,), key
        failed = {
            name for (name,) in file.execute("SELECT check_name FROM meta.check_result WHERE NOT passed").fetchall()
        }
        # Warnings, true on that day too: the issue of 2018 of an indicator does not agree with itself.
        assert failed <= {"no_test_contradicts_the_publisher", "figures_agree"}
        doubted = file.execute("SELECT DISTINCT release FROM archive.doubt ORDER BY ALL")
        assert doubted.fetchall() == [("prc-pfa-to-2018-03",), ("sdg-5-2-2-f87243e",)]
        assert file.execute("SELECT count(*) FROM meta.source_file WHERE path LIKE 'landing/%'").fetchone() == (0,)
    # What was remembered of files that were looked at before they were read is of no day.
    assert {path.name for path in (own_root / "interim").iterdir()} == {"as-of-2024-01-01", "gate"}


@pytest.mark.long
@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2014-02-11", "expected 2014-02-12 or later"),
        ("2999-01-01", "this day is yet to come"),
        ("1 January 2024", "is no date as yyyy-mm-dd"),
    ],
)
def test_a_day_of_which_nothing_is_known_is_refused(data_root: Path, day: str, said: str) -> None:
    ran = darkfigure("refresh", "--data", data_root, "--as-of", day)
    assert ran.code == 2 and said in " ".join(ran.error.split())


def test_everything_tracked_is_dated(data_root: Path) -> None:
    releases: pd.DataFrame = read_releases(data_root)
    assert (releases["vintage_order"] > 20_000_000).all()
