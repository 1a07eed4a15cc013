"""Returns in Dagster: what the sensors ask for, one run after a change of the rules, and what a run says of each partition."""

import shutil
from pathlib import Path

import dagster as dg
import pytest
from kit import copy_of_data, read_rows, write_csv
from searched import holds

from assets.returns.assets_returns import ACCEPTED, COUNTS, NOWHERE, OF_RETURN
from assets.returns.intake.intake import source_of, take_in
from assets.returns.rules.rules import read_rules
from assets.returns.supply.seal import seal_again
from assets.returns.synthetic.make import Plan, make
from pipelines.composition import definitions
from pipelines.jobs import JUDGE_AGAIN, TAKE_IN
from pipelines.settings import settings

QUARTERS = ("2022-04", "2022-07")
World = tuple[Path, dg.Definitions, dg.DagsterInstance]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A data root with four returns in its inbox, and the definitions over it."""
    root = copy_of_data(tmp_path / "data")
    make(root / "returns", Plan(("kent", "surrey"), QUARTERS, rows=800))
    return root, definitions(settings(root)), dg.DagsterInstance.ephemeral()


def tick(world: World, name: str) -> dg.SensorResult:
    _, defs, instance = world
    context = dg.build_sensor_context(
        instance=instance, definitions=defs, resources={"workspace": defs.resources["workspace"]}
    )
    return defs.get_sensor_def(name).evaluate_tick(context)  # type: ignore[return-value]


def run(world: World, job: str, partition: str | None = None) -> dg.ExecuteInProcessResult:
    _, defs, instance = world
    return defs.get_job_def(job).execute_in_process(instance=instance, partition_key=partition, raise_on_error=False)


def made(world: World) -> dict[str, str]:
    """Partition -> verdict of its newest materialisation."""
    events = world[2].fetch_materializations(ACCEPTED, limit=100).records
    return {
        str(event.partition_key): str(event.asset_materialization.metadata["verdict"].value)
        for event in reversed(events)
    }  # type: ignore[union-attr]


def test_every_return_is_asked_for_and_after_a_change_of_rules_one_run_judges_all_again(world: World) -> None:
    root = world[0]
    shutil.rmtree(root / "returns" / "surrey" / "2022-07")  # three tell as much as four
    asked = tick(world, "returns").run_requests or []
    partitions = {"2022-04|kent", "2022-07|kent", "2022-04|surrey"}
    assert {str(one.partition_key) for one in asked} == partitions
    for run_request in asked:
        assert run(world, TAKE_IN, str(run_request.partition_key)).success
    assert made(world) == dict.fromkeys(partitions, "accepted")
    assert not tick(world, "returns").run_requests and not tick(world, "rules_of_returns").run_requests

    limits = root / "reference" / "collection_limit.csv"
    rows = read_rows(limits)
    write_csv(limits, [row | ({"value": "40"} if row["limit"] == "flag_rows" else {}) for row in rows])
    assert not tick(world, "returns").run_requests, "nothing has come"
    [again] = tick(world, "rules_of_returns").run_requests or []
    [same] = tick(world, "rules_of_returns").run_requests or []
    take_in(source_of(settings(root), read_rules(root)), "kent", "2022-04")  # as a run that is ended does
    [rest] = tick(world, "rules_of_returns").run_requests or []
    assert again.run_key == same.run_key != rest.run_key, "Dagster never starts a second run of one key"
    judged = run(world, JUDGE_AGAIN)
    assert judged.success and len(judged.all_events) > 0
    reported = [event for event in judged.all_events if event.is_step_materialization]
    assert {str(event.partition) for event in reported} == partitions - {"2022-04|kent"}
    assert not tick(world, "rules_of_returns").run_requests and again.run_key.startswith("rules-")


@pytest.mark.long
def test_what_a_command_has_refused_fails_its_partition_once(world: World) -> None:
    root = world[0]
    refused = root / "returns" / "surrey" / "2022-07"
    file = refused / "record.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",recorded,", ",cousin,"), encoding="utf-8")
    seal_again(refused)
    source = source_of(settings(root), read_rules(root))
    for supplier in ("kent", "surrey"):
        for quarter in QUARTERS:
            take_in(source, supplier, quarter)
    [fails] = tick(world, "returns").run_requests or []
    ran = run(world, TAKE_IN, str(fails.partition_key))
    assert fails.partition_key == "2022-07|surrey" and not ran.success
    shown = next(event for event in ran.all_events if event.is_step_failure).step_failure_data.error
    assert shown and shown.to_string().startswith("surrey.2022-07.") and "Stack Trace" not in shown.to_string()
    assert not tick(world, "returns").run_requests


@pytest.mark.long
@pytest.mark.parametrize(("which", "makes"), [("this", False), ("an older one", True)])
def test_a_partition_fails_where_its_return_counts_nowhere_and_not_where_another_did(
    world: World, which: str, makes: bool
) -> None:
    place, (root, _, instance) = "2022-04|kent", world
    [judged] = take_in(source_of(settings(root), read_rules(root)), "kent", "2022-04")
    named = judged.return_id if which == "this" else f"{judged.return_id}0"
    told = {COUNTS: NOWHERE, OF_RETURN: named}
    instance.report_runless_asset_event(dg.AssetObservation(ACCEPTED, partition=place, metadata=told))
    asked = [
        one.partition_key
        for one in tick(world, "returns").run_requests or []
        if (one.run_key or "").startswith("told-")
    ]
    assert asked == [place], "once for what is observed, whichever return it is of"
    ran = run(world, TAKE_IN, place)
    assert (ran.success, place in made(world)) == (makes, makes)
    assert makes or "report.html" in str(next(event for event in ran.all_events if event.is_step_failure))


CANARY = "Canary Wharfinger"


def test_no_cell_of_a_locked_return_is_in_any_log_history_or_report(world: World, tmp_path: Path) -> None:
    """A return with a name in a column of codes, by a run with a history on disk: everything that it wrote is searched."""
    root, defs, _ = world
    named = root / "returns" / "kent" / "2022-04"
    file = named / "record.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",home,", f",{CANARY},"), encoding="utf-8")
    seal_again(named)
    assert holds(file, CANARY)
    home = tmp_path / "history"
    home.mkdir()
    with dg.DagsterInstance.local_temp(str(home)) as instance:
        ran = run((root, defs, instance), TAKE_IN, "2022-04|kent")
        assert not ran.success and "R08" in str(next(event for event in ran.all_events if event.is_step_failure))
        told = [str(event) for event in ran.all_events]
    assert not any(CANARY in one for one in told)
    [locked] = (root / "interim" / "returns" / "locked").iterdir()
    assert holds(locked / "record.csv", CANARY) and not named.exists()
    files = [
        path for folder in (home, root) for path in folder.rglob("*") if path.is_file() and "locked" not in path.parts
    ]
    assert any(path.suffix == ".db" for path in files) and any(path.name == "report.html" for path in files)
    assert not [path for path in files if holds(path, CANARY)]


@pytest.mark.long
def test_a_return_in_the_folder_of_another_a_day_to_come_and_a_spoilt_manifest_stop_no_other(world: World) -> None:
    inbox = world[0] / "returns"
    (inbox / "essex").mkdir()
    shutil.move(inbox / "surrey" / "2022-04", inbox / "essex" / "2022-04")  # its manifest names surrey
    for name, change in (("to come", ('"2022-07"', '"2049-07"')), ("spoilt", ('"sha256"', '"sha"'))):
        manifest = shutil.copytree(inbox / "kent" / "2022-07", inbox / "kent" / name) / "manifest.json"
        manifest.write_text(manifest.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    shutil.copytree(inbox / "kent" / "2022-07", inbox / "elsewhere" / "2022-07")
    asked = tick(world, "returns").run_requests or []
    assert {str(run_request.partition_key) for run_request in asked} == {
        "2022-04|kent",
        "2022-07|kent",
        "2022-07|surrey",
        "2022-04|essex",
    }
    mistaken = run(world, TAKE_IN, "2022-04|essex")
    [failed] = [event for event in mistaken.all_node_events if event.is_step_failure]
    assert not mistaken.success and "R04" in str(failed.event_specific_data)
    for one in ("2022-04|kent", "2022-07|kent", "2022-07|surrey"):
        assert run(world, TAKE_IN, one).success
    # Sent once more, to its own folder, it counts.
    shutil.copytree(inbox / "essex" / "2022-04", inbox / "surrey" / "2022-04")
    assert [str(run_request.partition_key) for run_request in tick(world, "returns").run_requests or []] == [
        "2022-04|surrey"
    ]
    assert run(world, TAKE_IN, "2022-04|surrey").success
    quiet = tick(world, "returns")
    assert not quiet.run_requests and quiet.skip_message is not None
    # Words of a folder's name that are on no list may be a person's: they are not shown.
    for word in ("(not shown)/2022-07: no supplier", "kent/to (not shown): manifest", "kent/(not shown): manifest"):
        assert word in quiet.skip_message
    assert "elsewhere" not in quiet.skip_message and "spoilt" not in quiet.skip_message


@pytest.mark.long
def test_a_return_whose_run_was_killed_is_asked_for_again_and_not_for_ever(world: World) -> None:
    """Dagster starts no second run of a key. What was judged is not asked for, though its run failed."""
    shutil.rmtree(world[0] / "returns" / "surrey")
    shutil.rmtree(world[0] / "returns" / "kent" / "2022-07")
    keys = list[str | None]()
    for _ in range(4):
        [asked] = tick(world, "returns").run_requests or []
        keys.append(asked.run_key)
        world[2].add_run(dg.DagsterRun(TAKE_IN, status=dg.DagsterRunStatus.FAILURE, tags=dict(asked.tags)))
    assert len({*keys}) == 3 and keys[2] == keys[3]
    assert run(world, TAKE_IN, str(asked.partition_key)).success
    assert not tick(world, "returns").run_requests
