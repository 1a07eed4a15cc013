"""Real Dagster runs, recorded in an instance: what a good run leaves there, and what a bad one does not."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from kit import Built, darkfigure, read_rows

from assets.published.assets_releases import KEY, VERSION
from assets.published.releases_held import changed_releases, releases_held
from assets.survey import checks as of_estimates
from assets.tables import staging
from assets.tables.asking import asking
from assets.tables.contracted import CHECK, asset_key
from assets.tables.surroundings import code_version
from pipelines.commands.refresh import _what_failed
from pipelines.composition import definitions
from pipelines.jobs import PUBLISH, REFRESH
from pipelines.settings import settings
from schemas.registry import CONTRACTS, contract

WAREHOUSE = dg.AssetKey(["published", "warehouse"])


@pytest.fixture
def instance(built: Built) -> Iterator[dg.DagsterInstance]:
    """The history of the session's refresh."""
    with dg.DagsterInstance.from_config(str(built.home)) as dagster_instance:
        yield dagster_instance


def every_check(instance: dg.DagsterInstance, run_id: str | None = None) -> dict[tuple[dg.AssetKey, str], bool]:
    """What the checks of the assets last said, all or those of one run."""
    records = instance.get_event_records(
        dg.EventRecordsFilter(event_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION), limit=10_000, ascending=True
    )
    said = [(record.run_id, record.event_log_entry.dagster_event.asset_check_evaluation_data) for record in records]
    return {(data.asset_key, data.check_name): data.passed for run, data in said if run_id in (None, run)}


def checks_of(instance: dg.DagsterInstance, key: dg.AssetKey, run_id: str | None = None) -> dict[str, bool]:
    """What the checks of one asset last said."""
    return {name: passed for (asset, name), passed in every_check(instance, run_id).items() if asset == key}


def materialisations(instance: dg.DagsterInstance, key: dg.AssetKey) -> int:
    return len(instance.fetch_materializations(key, limit=100).records)


def test_a_refresh_is_one_successful_run_of_the_job(instance: dg.DagsterInstance) -> None:
    [run] = instance.get_runs()
    assert run.job_name == REFRESH and run.status is dg.DagsterRunStatus.SUCCESS


def test_every_table_is_materialised_once_with_its_passed_contract(instance: dg.DagsterInstance) -> None:
    checks = every_check(instance)
    for key in CONTRACTS:
        assert materialisations(instance, asset_key(key)) == 1, key
        assert checks[asset_key(key), CHECK] is True, key
    assert materialisations(instance, WAREHOUSE) == 1
    gap = checks_of(instance, asset_key("reconciled.gap"))
    assert {CHECK, "blocked_rows_give_no_ratio", "every_ratio_has_its_interval"} <= set(gap) and all(gap.values())


def test_a_materialisation_says_rows_columns_releases_and_where_it_is(
    instance: dg.DagsterInstance, built: Built
) -> None:
    found = instance.get_latest_materialization_event(asset_key("recorded.vawg_count"))
    assert found is not None and found.asset_materialization is not None
    metadata = found.asset_materialization.metadata
    assert metadata["dagster/row_count"].value == 9 and "statement@2024-07" in metadata["releases and files"].value
    assert Path(str(metadata["dagster/uri"].value)) == built.staging / "recorded" / "vawg_count.parquet"
    assert len(str(metadata["content_hash"].value)) == 64 and "| row\\_id |" in metadata["preview"].value
    published = instance.get_latest_materialization_event(WAREHOUSE)
    assert published is not None and published.asset_materialization is not None
    assert "audit" in published.asset_materialization.metadata


def test_a_materialisation_has_the_hash_of_its_content_as_its_version_and_the_code_behind_it(
    instance: dg.DagsterInstance, built: Built
) -> None:
    """So that the UI calls a table unsynced where its content, its inputs or the code differ, and nowhere else."""
    for key in ("reconciled.gap", "recorded.flagged_count"):
        event = instance.get_latest_materialization_event(asset_key(key))
        assert event is not None and event.asset_materialization is not None
        tags = event.asset_materialization.tags or {}
        assert tags["dagster/data_version"] == staging.read_staged(built.staging, contract(key)).content_hash
        assert tags["dagster/code_version"] == code_version()
    upstream = {name: value for name, value in tags.items() if name.startswith("dagster/input_data_version/")}
    figures = staging.read_staged(built.staging, contract("archive.figure")).content_hash
    assert upstream["dagster/input_data_version/archive/figure"] == figures


def test_every_release_is_a_partition_told_again_only_where_it_changed(
    instance: dg.DagsterInstance, built: Built
) -> None:
    releases = releases_held(built.file)
    with asking(built.file) as asked:
        known = {f"{row['source']} {row['release']}" for row in asked.rows("SELECT source, release FROM meta.release")}
        [figures] = asked.rows(
            "SELECT count(*) AS figures FROM archive.figure WHERE source = 'ons_appendix' AND release = 'ye-2025-12'"
        )
    assert releases.keys() == known == set(instance.get_dynamic_partitions("release"))
    assert instance.get_materialized_partitions(KEY) == known
    newest = releases["ons_appendix ye-2025-12"]
    assert newest["newest"] and newest["figures"] == figures["figures"] > 1_000

    said = dict(changed_releases(releases, {}))
    told = instance.get_latest_materialization_event(KEY)
    assert told is not None and told.asset_materialization is not None
    assert (told.asset_materialization.tags or {})[VERSION] == said[str(told.asset_materialization.partition)]
    assert not [*changed_releases(releases, said)]
    doubted = {**newest, "doubted": newest["doubted"] + 1}
    assert [name for name, _ in changed_releases({**releases, "ons_appendix ye-2025-12": doubted}, said)] == [
        "ons_appendix ye-2025-12"
    ]


def test_a_result_names_releases_and_files_down_to_its_sources(instance: dg.DagsterInstance) -> None:
    """Also where its rows hold no source: what its inputs, and their inputs, were read from."""
    for key, expected in (
        ("reconciled.gap", "`ons_appendix@ye-2025-12` from `recorded_flags.csv`, `recorded_offences.csv`"),
        ("reconciled.union_bound", "`statement@2024-07` from"),
        ("reconciled.revision_summary", "`ons_appendix@ye-2025-12` from"),
        ("statement.conflict", "none"),
    ):
        found = instance.get_latest_materialization_event(asset_key(key))
        assert found is not None and found.asset_materialization is not None
        said = found.asset_materialization.metadata.get("releases and files")
        assert expected in (said.value if said else "none"), key


def test_assets_say_what_they_are_in_the_definitions(built: Built) -> None:
    defs = definitions(settings(built.root))
    graph = defs.resolve_asset_graph()
    assert {node.group_name for node in graph.asset_nodes if node.is_materializable} >= {
        "archive", "survey", "recorded", "population", "reference", "reconciled", "published",
    }  # fmt: skip
    gap = graph.get(asset_key("reconciled.gap"))
    assert "Not a reporting rate" in gap.description and gap.owners == ["team:darkfigure"]
    columns = {column.name: column for column in gap.metadata["dagster/column_schema"].columns}
    assert "Not a reporting rate" in (columns["recorded_per_100"].description or "")
    assert columns["row_id"].constraints.unique and not columns["row_id"].constraints.nullable
    assert {REFRESH, PUBLISH} <= {job.name for job in defs.resolve_all_job_defs()}


@pytest.fixture
def spoil(built_copy: Built, edit: Callable[[Path, str, str], None]) -> Callable[[str, str, str], str]:
    """Spoil a file of a refreshed data root, refresh again, and give back what was said; nothing may be published."""

    def spoiling(file: str, old: str, new: str) -> str:
        before = built_copy.file.resolve(), built_copy.file.read_bytes()
        edit(built_copy.root / file, old, new)
        ran = darkfigure("refresh", "--no-report", "--data", built_copy.root)
        assert ran.code == 1 and ran.said == ""
        said = " ".join(ran.error.split())
        assert f"The last good file stays: {built_copy.file}" in said
        assert (built_copy.file.resolve(), built_copy.file.read_bytes()) == before
        return said

    return spoiling


def test_a_bad_figure_is_a_failed_check_no_materialisation_and_no_new_file(
    built_copy: Built, spoil: Callable[[str, str, str], str]
) -> None:
    said = spoil("figures/policing_vawg.csv", ",103135,", ",2103135,")
    assert "data/figures/policing_vawg.csv, line" in said and "column value: found 2,103,135 of rasso" in said
    assert "at most the 1,080,157 of vawg" in said and "correct it from the source" in said
    figure = asset_key("archive.figure")
    with dg.DagsterInstance.from_config(str(built_copy.home)) as instance:
        bad, good = instance.get_runs()
        assert (bad.status, good.status) == (dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.SUCCESS)
        assert checks_of(instance, figure, bad.run_id) == {CHECK: False}
        assert materialisations(instance, figure) == 1, "that of the good run"
        assert materialisations(instance, WAREHOUSE) == 1
        [failed] = [
            data
            for record in instance.get_event_records(
                dg.EventRecordsFilter(event_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION), limit=10_000
            )
            for data in [record.event_log_entry.dagster_event.asset_check_evaluation_data]
            if not data.passed and data.severity is dg.AssetCheckSeverity.ERROR
        ]
        assert "last good table stays" in (failed.description or "") and "cases" in failed.metadata
    with duckdb.connect(built_copy.file, read_only=True) as file:
        assert file.execute("SELECT value FROM recorded.vawg_count WHERE series = 'vawg.rasso'").fetchall() == [
            (103_135,)
        ]


@pytest.mark.long
def test_what_stops_several_steps_is_told_once(spoil: Callable[[str, str, str], str]) -> None:
    said = spoil("sources.yaml", "  title: Crime outcomes open data\n", "")
    assert said.count("data/sources.yaml, ho_outcomes, column title: found nothing; expected a title. Fill it in.") == 1


def test_a_check_that_fails_stops_what_is_downstream_and_is_told_in_words(
    built_copy: Built, history: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What data could fail it is refused earlier; so the check itself is made stricter than any figure is."""
    monkeypatch.setattr(of_estimates, "SLACK", -0.1)
    chosen = settings(built_copy.root)
    before = built_copy.file.resolve()
    keys = ["survey.estimate", "reconciled.reporting_bridge"]
    job = definitions(chosen).resolve_implicit_global_asset_job_def()
    result = job.execute_in_process(
        asset_selection=[*map(asset_key, keys), WAREHOUSE], instance=history, raise_on_error=False
    )
    assert not result.success
    assert checks_of(history, asset_key("survey.estimate"), result.run_id)["intervals_hold_their_values"] is False
    assert materialisations(history, asset_key("reconciled.reporting_bridge")) == 1, "that of the good run"
    assert materialisations(history, WAREHOUSE) == 1
    said = " ".join(_what_failed(result, chosen).split())
    assert "intervals_hold_their_values refused survey.estimate" in said and "First: row_id estimate:csew." in said
    assert said.endswith(f"The last good file stays: {built_copy.file}.") and built_copy.file.resolve() == before


def test_every_event_is_a_line_of_json_with_its_run_asset_and_publications(
    instance: dg.DagsterInstance, built: Built
) -> None:
    [run] = instance.get_runs()
    lines = [json.loads(line) for line in (built.home / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["run"] for line in lines} == {run.run_id}
    [made] = [line for line in lines if line["event"] == "asset_materialization" and line["asset"] == "reconciled/gap"]
    assert {"ons_bulletins", "ons_appendix"} <= set(made["source"]) and made["job"] == REFRESH
    assert lines[-1]["event"] in ("pipeline_success", "engine_event"), "the end of the run is told"
    taken = json.loads((built.root / "interim" / "last-refresh.json").read_text(encoding="utf-8"))
    assert taken["run"] == run.run_id and taken["seconds"] > 0 and taken["peak_bytes"] > 100_000_000


@pytest.mark.long
def test_a_single_asset_made_from_other_input_is_refused_by_publishing_and_named(
    built_copy: Built, history: dg.DagsterInstance
) -> None:
    """Somebody clicks one asset in the UI: the set no longer fits together."""
    path = built_copy.root / "reference" / "rule.csv"
    pairing = built_copy.root / "reference" / "pairing.csv"
    assert path.exists()
    rows = read_rows(pairing)
    rows[0]["label"] += " (seen anew)"
    with pairing.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    before = built_copy.file.resolve()
    defs = definitions(settings(built_copy.root))
    alone = defs.resolve_implicit_global_asset_job_def().execute_in_process(
        asset_selection=[asset_key("reference.pairing")], instance=history
    )
    assert alone.success
    refused = defs.resolve_job_def(PUBLISH).execute_in_process(instance=history, raise_on_error=False)
    assert not refused.success
    [failure] = [event for event in refused.all_events if event.is_step_failure]
    said = failure.step_failure_data.user_failure_data.description
    assert "were not made together" in said and "Rematerialise reconciled.gap." in said
    assert built_copy.file.resolve() == before
    remade = {line.split("Rematerialise ")[1].rstrip(".") for line in said.splitlines() if "Rematerialise " in line}
    assert remade, said
    # What it names is what mends it.
    mended = defs.resolve_implicit_global_asset_job_def().execute_in_process(
        asset_selection=[asset_key(key) for key in remade], instance=history
    )
    assert mended.success
    published = defs.resolve_job_def(PUBLISH).execute_in_process(instance=history, raise_on_error=False)
    left = [
        event.step_failure_data.user_failure_data.description for event in published.all_events if event.is_step_failure
    ]
    assert published.success or "were not made together" in left[0]
    assert built_copy.file.exists()
