"""What schedules and sensors did when they last looked, and when they look next; nothing before a daemon has run once."""

import datetime
from collections.abc import Iterator
from itertools import islice

import dagster as dg
from dagster._core.scheduler.instigation import InstigatorState, InstigatorStatus, ScheduleInstigatorData, TickStatus
from dagster._utils.schedules import schedule_execution_time_iterator

from assets.answers.health import WARNING, HealthLine
from assets.words.wording import number_of
from pipelines.settings import LONDON
from pipelines.watch.causes import first_line

RUNNING = {InstigatorStatus.RUNNING, InstigatorStatus.DECLARED_IN_CODE}


def tick_lines(instance: dg.DagsterInstance, now: datetime.datetime) -> Iterator[HealthLine]:
    """A line per schedule and sensor that is on; one of which the last look failed is not well."""
    for state in sorted(
        instance.all_instigator_state(), key=lambda instigator: (instigator.instigator_type.value, instigator.name)
    ):
        if state.status not in RUNNING:
            continue
        did, failed = _last(instance, state)
        state_in_words = f"on; {did}{_next(state, now)}."
        yield HealthLine(
            f"{state.instigator_type.value.lower()} {state.name}",
            not failed,
            state_in_words,
            "See it in the UI.",
            WARNING,
        )


def _last(instance: dg.DagsterInstance, state: InstigatorState) -> tuple[str, bool]:
    """What it did, and whether that failed."""
    for tick in instance.get_ticks(state.instigator_origin_id, state.selector_id, limit=1):
        when = f"it last looked {_moment(datetime.datetime.fromtimestamp(tick.timestamp, datetime.UTC))}"
        if tick.status is TickStatus.FAILURE:
            return f"{when} and failed: {first_line(tick.error.message) if tick.error else 'no reason is kept'}", True
        if tick.status is TickStatus.SKIPPED:
            return f"{when}: {(tick.skip_reason or 'nothing to do').rstrip('.')}", False
        started = len(tick.run_ids)
        return f"{when} and started {number_of(started, 'run')}", False
    return "it has not looked yet", False


def _next(state: InstigatorState, now: datetime.datetime) -> str:
    """When a schedule runs next; a sensor looks all the time."""
    given = state.instigator_data
    if not isinstance(given, ScheduleInstigatorData) or not given.cron_schedule:
        return ""
    [due] = islice(schedule_execution_time_iterator(now.timestamp(), given.cron_schedule, LONDON), 1)
    return f"; next {_moment(due)}"


def _moment(when: datetime.datetime) -> str:
    return f"on {when.day} {when:%B %Y, %H:%M %Z}"
