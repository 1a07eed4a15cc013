"""The code location as workspace.yaml declares it: what makes the UI show a run of the command line under its job."""

from pathlib import Path

import dagster as dg
from dagster._core.definitions.repository_definition import SINGLETON_REPOSITORY_NAME
from dagster._core.remote_origin import RemoteJobOrigin, RemoteRepositoryOrigin
from dagster._core.workspace.load_target import WorkspaceFileTarget

WORKSPACE = Path(__file__).parent / "instance" / "workspace.yaml"


def belongs(instance: dg.DagsterInstance, job: str) -> None:
    """From now on the runs that an instance creates belong to a job of the code location.

    `execute_in_process` takes no origin, so without this such a run stands in the history under no job and no timeline.
    """
    [location] = WorkspaceFileTarget([str(WORKSPACE)]).create_origins()
    origin = RemoteJobOrigin(RemoteRepositoryOrigin(location, SINGLETON_REPOSITORY_NAME), job)
    create = instance.create_run_for_job

    def create_run(*given: object, **named: object) -> dg.DagsterRun:
        return create(*given, **(named | {"remote_job_origin": origin}))  # type: ignore[arg-type]

    instance.create_run_for_job = create_run  # type: ignore[method-assign]
