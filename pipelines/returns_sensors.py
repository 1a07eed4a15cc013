"""Sensors of the collection: one takes in each return that has come, one has all judged again, one publishes what changed."""

import hashlib
from collections.abc import Iterator

import dagster as dg

from assets.returns.assets_returns import ACCEPTED, COUNTS, FIRST_QUARTER, NOWHERE, QUARTERS, key_of
from assets.returns.file.manifest import Manifest
from assets.returns.intake.counted import layout
from assets.returns.intake.intake import Source, judged_otherwise, source_of, unseen, waiting
from assets.returns.intake.landed import Landed
from assets.returns.rules.rules import read_rules
from assets.words.problems import BadInput
from pipelines.jobs import REFRESH, TAKE_IN, judge_returns_again, looking

SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_REFRESHES, OBSERVED = 30, 900, 1_000
OF_RETURN, OF_PARTITION, TIMES_AGAIN = "darkfigure/return", "dagster/partition", 2


@looking(
    name="returns",
    job_name=TAKE_IN,
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    description="Looks at the inbox of returns every half minute and takes in each new return, one run per return; and again one"
    " that counts nowhere since the tables were made, or no longer does: its partition fails, or is made.",
)
def returns_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """One look at the inbox."""
    place = context.resources.workspace
    if not place.returns.is_dir():
        return dg.SensorResult(skip_reason="No return has ever come: there is no inbox.")
    try:
        source = source_of(place, read_rules(place.data))
    except BadInput as error:
        return dg.SensorResult(skip_reason=error.paragraph())
    quarters = set(QUARTERS.get_partition_keys())
    requests = [
        _asked(landed.sender, landed.manifest, context.instance)
        for landed in unseen(source)
        if landed.manifest and landed.manifest.quarter in quarters
    ]
    requests += [*_told_otherwise(context.instance), *_refused_untold(context.instance, source)]
    odd = [why for landed in waiting(source) if (why := _cannot(landed, quarters))]
    return dg.SensorResult(
        run_requests=requests,
        skip_reason=None if requests else f"No new return has come. {' '.join(odd)}".strip(),
    )


def _asked(sender: str, manifest: Manifest, history: dg.DagsterInstance) -> dg.RunRequest:
    """A run for the partition of who sent it, whoever the manifest names.

    Dagster starts one run of a key. One that was killed, or began with half a file, is asked for again, twice at most.
    """
    named = f"{sender}.{manifest.return_id}.{manifest.sha256}.{manifest.said}"
    ended = dg.RunsFilter(tags={OF_RETURN: manifest.return_id}, statuses=[dg.DagsterRunStatus.FAILURE])
    again = min(history.get_runs_count(ended), TIMES_AGAIN)
    return dg.RunRequest(
        run_key=f"{named}.{again}" if again else named,
        partition_key=key_of(sender, manifest.quarter),
        tags={OF_RETURN: manifest.return_id},
    )


def _told_otherwise(history: dg.DagsterInstance) -> list[dg.RunRequest]:
    """A run for each partition whose return counts nowhere by what was observed last, or did before: one for each observation."""
    newest_first = [
        (str(record.partition_key), record.storage_id, record.asset_observation.metadata)
        for record in history.fetch_observations(ACCEPTED, limit=OBSERVED).records
        if record.asset_observation
    ]
    nowhere = {partition for partition, _, told in newest_first if told[COUNTS].value == NOWHERE}
    last = {partition: place for partition, place, _ in reversed(newest_first)}
    return [dg.RunRequest(f"told-{place}", partition_key=name) for name, place in last.items() if name in nowhere]


def _refused_untold(history: dg.DagsterInstance, source: Source) -> Iterator[dg.RunRequest]:
    """A run, that fails, for each partition of which a command has refused the newest return and the last run did not fail."""
    for supplier, quarter in source.store.partitions():
        key = key_of(supplier, quarter)
        for newest in source.store.held(supplier, quarter)[-1:]:
            if newest.refused and not _failed_last(history, key):
                yield dg.RunRequest(f"refused-{newest.return_id}", partition_key=key)


def _failed_last(history: dg.DagsterInstance, key: dg.MultiPartitionKey) -> bool:
    """Did the last run of a partition fail?"""
    last = history.get_runs(dg.RunsFilter(tags={OF_PARTITION: str(key)}), limit=1)
    return any(run.status is dg.DagsterRunStatus.FAILURE for run in last)


def _cannot(landed: Landed, quarters: set[str]) -> str:
    """Why a return cannot be taken in; empty where it can."""
    if landed.manifest is None or landed.manifest.quarter in quarters:
        return landed.problem
    return f"{landed.sender}: {landed.manifest.quarter} is no quarter that has ended since {FIRST_QUARTER}."


@looking(
    name="rules_of_returns",
    job=judge_returns_again,
    minimum_interval_seconds=SECONDS_BETWEEN_REFRESHES,
    description="Every quarter of an hour: where the rules have changed, one run judges every return again.",
)
def rules_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """One look at the rules that the returns were judged by."""
    place = context.resources.workspace
    try:
        source = source_of(place, read_rules(place.data))
    except BadInput as error:
        return dg.SensorResult(skip_reason=error.paragraph())
    remaining = judged_otherwise(source)
    if not remaining:
        return dg.SensorResult(skip_reason="Every return was judged by the rules of today.")
    # A run that is ended leaves some, and others are asked for anew; what cannot be judged is asked for once.
    left = hashlib.sha256(repr(remaining).encode()).hexdigest()[:8]
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"rules-{source.rules.fingerprint}-{layout()}-{left}")])


@looking(
    name="collection",
    job_name=REFRESH,
    minimum_interval_seconds=SECONDS_BETWEEN_REFRESHES,
    description="Every quarter of an hour: where returns have changed what counts, one refresh publishes the collection anew.",
)
def collection_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """One look at what counts."""
    store = context.resources.workspace.returns_store
    indexes = sorted(store.glob("supplier=*/quarter=*/partition.json"))
    if not indexes:
        return dg.SensorResult(skip_reason="No return was taken in yet.")
    state = hashlib.sha256(b"".join(path.read_bytes() for path in indexes)).hexdigest()
    if state == context.cursor:
        return dg.SensorResult(skip_reason="Nothing has changed since the last refresh.", cursor=state)
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"collection-{state[:16]}")], cursor=state)


RETURNS_SENSORS = [returns_sensor, rules_sensor, collection_sensor]
