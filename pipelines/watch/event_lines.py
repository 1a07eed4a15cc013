"""One JSON line per event of a run, for whoever collects logs: when, which run, which asset, which publications, what.

The instance configuration (dagster.yaml) names `handler`. The file lies beside the history, or where DARKFIGURE_LOG says; it is
opened anew when it was moved away, by `darkfigure tidy` or anything else that rotates.
"""

import datetime
import json
import logging
import logging.handlers
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.tables.workspace import HOME_VARIABLE
from pipelines.watch.causes import causes, first_line

if TYPE_CHECKING:
    import dagster as dg

LOG_VARIABLE, LOG = "DARKFIGURE_LOG", "events.jsonl"
SOURCE_TAG = "source/"
# Asset -> publications, of the definitions that this process has loaded: an event names its asset only.
SOURCES: dict[str, list[str]] = {}
# Run -> its first cause, until it has ended; Dagster makes handlers anew within a run.
CAUSES: dict[str, str] = {}
RUN_FAILED = "PIPELINE_FAILURE"


def knows(specs: Iterable["dg.AssetSpec"]) -> None:
    """From now on lines name the publications behind these assets, by their tags."""
    for spec in specs:
        of = sorted(tag.removeprefix(SOURCE_TAG) for tag in spec.tags if tag.startswith(SOURCE_TAG))
        SOURCES["/".join(spec.key.path)] = of


def log_path(home: Path) -> Path:
    """Where the lines of a history go."""
    return Path(os.environ.get(LOG_VARIABLE) or home / LOG)


def handler() -> logging.Handler:
    """Writes lines to the file of this process's history; made when the first event comes."""
    home = os.environ.get(HOME_VARIABLE)
    if not home:  # a history that was opened by its folder alone
        return logging.NullHandler()
    made = logging.handlers.WatchedFileHandler(log_path(Path(home)), encoding="utf-8", delay=True)
    made.setFormatter(EventLine())
    return made


class EventLine(logging.Formatter):
    """A record as Dagster hands it on, as one line of JSON. A run that failed says its first cause."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        message: Mapping[str, Any] = getattr(record, "dagster_meta", {})
        event = message.get("dagster_event")
        run, asset = message.get("run_id"), _asset(message, event)
        line = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": event.event_type_value.lower() if event is not None else "said",
            "run": run,
            "job": message.get("job_name"),
            "asset": asset,
            "source": SOURCES.get(asset or "", []),
            "message": first_line(message.get("orig_message") or record.getMessage()),
            "process": record.process,
        }
        if event is not None:
            line |= self._outcome(str(run), event)
        return json.dumps({name: value for name, value in line.items() if value is not None}, ensure_ascii=False)

    def _outcome(self, run: str, event: "dg.DagsterEvent") -> dict[str, Any]:
        """What an event adds: a check with its result, the cause of what failed."""
        outcome: dict[str, Any] = {}
        if event.event_type_value == "ASSET_CHECK_EVALUATION":
            evaluation = event.asset_check_evaluation_data
            outcome = {"check": evaluation.check_name, "passed": evaluation.passed}
        for cause in causes([event]):
            CAUSES.setdefault(run, first_line(cause))
            outcome["cause"] = first_line(cause)
        if event.event_type_value == RUN_FAILED:
            outcome["cause"] = CAUSES.pop(run, first_line(event.message or ""))
        return outcome


def _asset(message: Mapping[str, Any], event: "dg.DagsterEvent | None") -> str | None:
    """The asset that an event is about: as it says, else the one of its step."""
    key = event.asset_key if event is not None else None
    if key is not None:
        return "/".join(key.path)
    named = (message.get("step_key") or "").replace("__", "/")
    return named if named in SOURCES else None
