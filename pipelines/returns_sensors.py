"""Two sensors of the collection: one takes in each return that has come, one publishes what they have changed."""

import hashlib

import dagster as dg

from assets.returns.assets_returns import source_of
from assets.returns.intake import unseen
from assets.words.problems import BadInput
from pipelines.jobs import REFRESH, TAKE_IN

SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_REFRESHES = 30, 900


@dg.sensor(
    name="returns",
    job_name=TAKE_IN,
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    required_resource_keys={"workspace"},
    description="Looks at the inbox of returns every half minute and takes in each new return, one run per return.",
)
def returns_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """One look at the inbox."""
    place = context.resources.workspace
    if not place.returns_path.is_dir():
        return dg.SensorResult(skip_reason="No return has ever come: there is no inbox.")
    try:
        source = source_of(place, place.data_path)
    except BadInput as error:
        return dg.SensorResult(skip_reason=error.paragraph())
    new = [one.manifest for one in unseen(source) if one.manifest]
    requests = [
        dg.RunRequest(
            run_key=f"{one.return_id}.{one.sha256}",
            partition_key=dg.MultiPartitionKey({"supplier": one.supplier, "quarter": one.quarter}),
            tags={"darkfigure/return": one.return_id},
        )
        for one in new
        if one.supplier in source.rules.suppliers
    ]
    return dg.SensorResult(run_requests=requests, skip_reason=None if requests else "No new return has come.")


@dg.sensor(
    name="collection",
    job_name=REFRESH,
    minimum_interval_seconds=SECONDS_BETWEEN_REFRESHES,
    default_status=dg.DefaultSensorStatus.RUNNING,
    required_resource_keys={"workspace"},
    description="Every quarter of an hour: where returns have changed what counts, one refresh publishes the collection anew.",
)
def collection_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """One look at what counts."""
    store = context.resources.workspace.returns_store_path
    indexes = sorted(store.glob("supplier=*/quarter=*/partition.json"))
    if not indexes:
        return dg.SensorResult(skip_reason="No return was taken in yet.")
    state = hashlib.sha256(b"".join(path.read_bytes() for path in indexes)).hexdigest()
    if state == context.cursor:
        return dg.SensorResult(skip_reason="Nothing has changed since the last refresh.", cursor=state)
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"collection-{state[:16]}")], cursor=state)


RETURNS_SENSORS = [returns_sensor, collection_sensor]
