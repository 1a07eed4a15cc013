"""Sensors that watch: one tells what is ill by webhook and mail, one says of each failed run why in its tag."""

import json

import dagster as dg

from pipelines.jobs import looking
from pipelines.watch.alerts import NotTold, is_set, news, send_news, tells_everything
from pipelines.watch.causes import cause_of
from pipelines.watch.looks import everything

SECONDS_BETWEEN_LOOKS = 300
CAUSE, LONGEST = "darkfigure/cause", 250


@looking(
    name="health",
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    description=(
        "Every five minutes: what the health model finds ill is told once by webhook and mail where DARKFIGURE_ALERT_WEBHOOK or"
        " DARKFIGURE_ALERT_SMTP is set, and told again when it is well."
    ),
)
def health_sensor(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """One look at everything; what could not be delivered fails the tick and is tried again."""
    if not is_set():
        return dg.SkipReason("Nobody is to be told: no address is set.")
    place = context.resources.workspace
    what, told_now = news(everything(place, context.instance), json.loads(context.cursor or "{}"), tells_everything())
    if what is None:
        return dg.SkipReason("Nothing has changed since it was last told.")
    try:
        done = send_news(what)
    except NotTold as error:
        raise dg.Failure(str(error), allow_retries=False) from None
    context.update_cursor(json.dumps(told_now))
    return dg.SkipReason(f"Told by {' and '.join(done)}: {what.headline}")


@dg.run_failure_sensor(
    name="failed_runs",
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Gives each failed run a tag with the first line of its cause, so that the list of runs says why.",
)
def failed_runs(context: dg.RunFailureSensorContext) -> None:
    """Tag one failed run."""
    cause = cause_of(context.instance, context.dagster_run)
    context.instance.add_run_tags(context.dagster_run.run_id, {CAUSE: cause[:LONGEST]})


WATCHING = [health_sensor, failed_runs]
