"""What `doctor` says of schedules and sensors: what they did last, why not, and when they look next."""

import datetime
from types import SimpleNamespace
from typing import Any

from dagster._core.scheduler.instigation import InstigatorStatus, InstigatorType, ScheduleInstigatorData, TickStatus

from pipelines.automation import SUNDAYS
from pipelines.watch.ticks import tick_lines

NOW = datetime.datetime(2026, 11, 26, 12, 0, tzinfo=datetime.UTC)  # a Thursday, in winter
THEN = datetime.datetime(2026, 11, 26, 11, 58, tzinfo=datetime.UTC).timestamp()


def state(name: str, kind: InstigatorType, status: InstigatorStatus, data: Any = None) -> Any:
    return SimpleNamespace(
        name=name,
        instigator_type=kind,
        status=status,
        instigator_data=data,
        instigator_origin_id=name,
        selector_id=name,
    )


class History:
    """As much of an instance as is asked."""

    def __init__(self, last: dict[str, Any], *states: Any) -> None:
        self._last, self._states = last, states

    def all_instigator_state(self) -> list[Any]:
        return list(self._states)

    def get_ticks(self, origin: str, selector: str, limit: int) -> list[Any]:
        return [self._last[origin]] if origin in self._last else []


def tick(status: TickStatus, **given: Any) -> Any:
    return SimpleNamespace(
        **{"timestamp": THEN, "status": status, "skip_reason": None, "run_ids": [], "error": None} | given
    )


def test_what_is_on_says_what_it_did_and_when_it_looks_next_and_what_is_off_nothing() -> None:
    history: Any = History(
        {
            "landing_sensor": tick(TickStatus.SKIPPED, skip_reason="No new file in the landing folder."),
            "returns_sensor": tick(TickStatus.SUCCESS, run_ids=["one"]),
            "watching": tick(TickStatus.FAILURE, error=SimpleNamespace(message="OSError: no disk\nmore")),
        },
        state(
            "weekly_tidy", InstigatorType.SCHEDULE, InstigatorStatus.DECLARED_IN_CODE, ScheduleInstigatorData(SUNDAYS)
        ),
        state("landing_sensor", InstigatorType.SENSOR, InstigatorStatus.RUNNING),
        state("returns_sensor", InstigatorType.SENSOR, InstigatorStatus.RUNNING),
        state("watching", InstigatorType.SENSOR, InstigatorStatus.RUNNING),
        state("daily_discovery", InstigatorType.SCHEDULE, InstigatorStatus.STOPPED, ScheduleInstigatorData(SUNDAYS)),
    )
    said = {line.about: (line.well, line.said) for line in tick_lines(history, NOW)}
    looked = "on; it last looked on 26 November 2026, 11:58 UTC"
    assert said == {
        "schedule weekly_tidy": (True, "on; it has not looked yet; next on 29 November 2026, 03:40 GMT."),
        "sensor landing_sensor": (True, f"{looked}: No new file in the landing folder."),
        "sensor returns_sensor": (True, f"{looked} and started 1 run."),
        "sensor watching": (False, f"{looked} and failed: OSError: no disk."),
    }
