"""When things run by themselves: a sensor on the landing folder, two schedules, and the conditions of Dagster's automation."""

import datetime

import dagster as dg

from assets.archive.assets_landing import DOWNLOAD
from assets.archive.fetch.reachable import unreachable
from assets.archive.fetch.settings import from_environment
from assets.archive.landed.arrivals import look, seen
from assets.returns.assets_returns import ACCEPTED
from pipelines.jobs import DISCOVER, REFRESH, TIDY, looking
from pipelines.returns_sensors import RETURNS_SENSORS
from pipelines.settings import DOWNLOADS, LONDON, downloads
from pipelines.watch.alerts import WATCHING

# ONS and the Home Office publish at half past nine, on a weekday.
EVERY_MORNING = "15 10 * * *"
# Crime statistics come out in the last third of January, April, July and October, and never after the 30th.
AFTER_THE_QUARTERLY_RELEASES = "30 10 31 1,7,10 *"
AFTER_THE_APRIL_RELEASE = "30 10 30 4 *"
SUNDAYS = "40 3 * * 0"
SECONDS_BETWEEN_LOOKS = 30
# The tables are made at least once per quarter; a month's grace, then two.
STALE = dg.FreshnessPolicy.time_window(
    fail_window=datetime.timedelta(days=153), warn_window=datetime.timedelta(days=123)
)


# Nobody waits for a download: a person asks for it, by the job `refresh_source`, and nothing else does. Nor for a return, and a
# refused one stops no other: who has not sent, or was refused, is said in the tables of the collection.
NOT_WAITED_FOR = dg.AssetSelection.assets(DOWNLOAD, ACCEPTED)
WHEN_INPUTS_CHANGED = (
    dg.AutomationCondition.eager().replace(
        "any_deps_missing", dg.AutomationCondition.any_deps_missing().ignore(NOT_WAITED_FOR)
    )
    & dg.AutomationCondition.all_deps_blocking_checks_passed().ignore(NOT_WAITED_FOR)
).with_label("when its inputs changed and their blocking checks passed")


def automated(spec: dg.AssetSpec) -> dg.AssetSpec:
    """An asset that is remade when what it comes from changed, but never from what a blocking check has refused.

    Returns are taken in when they come, by a sensor of their own.
    """
    if spec.key == ACCEPTED:
        return spec
    return spec.replace_attributes(automation_condition=WHEN_INPUTS_CHANGED, freshness_policy=STALE)


@looking(
    name="landing",
    job_name=REFRESH,
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    description=(
        "Looks at the landing folder every half minute. When released files were added, replaced or taken away, and no file"
        " is still being copied, it starts one `refresh`; the same files start nothing."
    ),
)
def landing_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """One look at the landing folder."""
    seen_now = look(context.resources.workspace.landing, seen(context.cursor))
    if not seen_now.refresh:
        return dg.SensorResult(skip_reason=seen_now.says, cursor=seen_now.remember.dump())
    request = dg.RunRequest(run_key=seen_now.key, tags={"darkfigure/landing": seen_now.key})
    context.log.info(seen_now.says)
    return dg.SensorResult(run_requests=[request], cursor=seen_now.remember.dump())


@dg.schedule(
    name="daily_discovery",
    job_name=DISCOVER,
    cron_schedule=EVERY_MORNING,
    execution_timezone=LONDON,
    default_status=dg.DefaultScheduleStatus.RUNNING if downloads() else dg.DefaultScheduleStatus.STOPPED,
    description=(
        f"Looks for new releases every morning and downloads them. On where {DOWNLOADS}=on is set: it needs the network."
        " A morning without it is skipped, with the reason."
    ),
)
def daily_discovery() -> dg.RunRequest | dg.SkipReason:
    """One look for releases, or why not this morning."""
    away = unreachable(from_environment())
    return dg.SkipReason(f"{away} Nothing was looked for; tomorrow again.") if away else dg.RunRequest()


SENSORS = [landing_sensor, *RETURNS_SENSORS, *WATCHING]
SCHEDULES = [
    daily_discovery,
    dg.ScheduleDefinition(
        name="weekly_tidy",
        job_name=TIDY,
        cron_schedule=SUNDAYS,
        execution_timezone=LONDON,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Clears old runs from the history every Sunday night, as many as the settings say.",
    ),
    dg.ScheduleDefinition(
        name="quarterly_refresh",
        job_name=REFRESH,
        cron_schedule=[AFTER_THE_QUARTERLY_RELEASES, AFTER_THE_APRIL_RELEASE],
        execution_timezone=LONDON,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=(
            "Makes everything anew after the quarterly releases of crime statistics, whatever else has happened since: at the"
            " end of January, April, July and October."
        ),
    ),
]
