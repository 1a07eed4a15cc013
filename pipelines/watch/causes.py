"""Why a run failed, in words, from its events: checks that refused, steps that failed."""

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.commands.everyday import fault_in_words

if TYPE_CHECKING:
    import dagster as dg

CONTRACT = "contract"


def causes(events: Iterable["dg.DagsterEvent"], log: Path | None = None) -> list[str]:
    """Every check and every step that failed, a paragraph each; what stopped several steps is said once.

    log: where the details of an error that nobody foresaw are kept; None where they are not
    """
    refused, failed = list[str | None](), list[str | None]()
    for event in events:
        if event.event_type_value == "ASSET_CHECK_EVALUATION":
            refused.append(_refusal(event))
        elif event.event_type_value == "STEP_FAILURE":
            failed.append(_failure(event, log))
    return [*dict.fromkeys(cause for cause in refused + failed if cause)]


def cause_of(instance: "dg.DagsterInstance", run: "dg.DagsterRun") -> str:
    """The first cause of a failed run of the history, its first line; what the history says where no step failed."""
    import dagster as dg

    kinds = {dg.DagsterEventType.ASSET_CHECK_EVALUATION, dg.DagsterEventType.STEP_FAILURE}
    ended_by = causes(
        all_log.dagster_event for all_log in instance.all_logs(run.run_id, of_type=kinds) if all_log.dagster_event
    )
    if not ended_by:
        ended = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.RUN_FAILURE)
        ended_by = [event.dagster_event.message or "" for event in ended if event.dagster_event]
    return first_line(ended_by[0]) if ended_by and ended_by[0] else "The history does not say why."


def first_line(text: str) -> str:
    """The first line that says something."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _refusal(event: "dg.DagsterEvent") -> str | None:
    """What a failed check found; a failed contract is told by its step."""
    evaluation = event.asset_check_evaluation_data
    if evaluation.passed or evaluation.check_name == CONTRACT or evaluation.severity.value == "WARN":
        return None
    table = ".".join(evaluation.asset_key.path)
    return f"The check {evaluation.check_name} refused {table}. {evaluation.description}"


def _failure(event: "dg.DagsterEvent", log: Path | None) -> str | None:
    """What a failed step said; None where a check has said it already."""
    data = event.step_failure_data
    if data.user_failure_data is not None and data.user_failure_data.description:
        return str(data.user_failure_data.description)
    error = data.error
    if error is not None and error.cls_name == "DagsterAssetCheckFailedError":
        return None
    if error is not None and (reason := fault_in_words(error)):
        return reason
    table = (event.step_key or "").replace("__", ".")
    first = first_line(error.message) if error is not None else "no message"
    unforeseen = f"Unexpected error while making {table}: {first}."
    if log is None:
        return unforeseen
    with contextlib.suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(str(error), encoding="utf-8")
    return f"{unforeseen} The details are in {log}; please report them."
