"""The Dagster UI behind the guard, with the daemon beside it, until it is interrupted."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import dagster as dg
import uvicorn
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import WorkspaceFileTarget
from dagster_webserver.app import create_app_from_workspace_process_context
from dagster_webserver.version import __version__

from assets.tables.workspace import Workspace
from pipelines.code_location import WORKSPACE
from pipelines.commands.stop import Stop
from pipelines.front.address import Address, listen
from pipelines.front.daemon import RUNS_ALREADY, WITH_PARENT
from pipelines.front.guard import Guard
from pipelines.reaper import reap
from pipelines.settings import CHECKOUT
from pipelines.watch.metrics import Measured

POLL_MILLISECONDS = 2000
SECONDS_TO_END = 20


def serve(at: Address, workspace: Workspace, *, read_only: bool, daemon: bool) -> None:
    """Serve until interrupted; Stop in words where the port is taken or the daemon ends by itself.

    workspace: the folders; read_only: nothing can be started or changed; daemon: run it beside
    """
    port = listen(at)
    with contextlib.ExitStack() as stack:
        instance = stack.enter_context(dg.DagsterInstance.get())
        instance.optimize_for_webserver(statement_timeout=15_000, pool_recycle=3600, max_overflow=20)
        if not read_only:
            reap(instance, workspace.lock_path)
        context = stack.enter_context(
            WorkspaceProcessContext(
                instance, WorkspaceFileTarget([str(WORKSPACE)]), __version__, read_only, code_server_log_level="warning"
            )
        )
        app = create_app_from_workspace_process_context(context, live_data_poll_rate=POLL_MILLISECONDS)
        server = uvicorn.Server(
            uvicorn.Config(
                Guard(Measured(app, workspace), at.hosts, at.token),
                log_level="warning", proxy_headers=False, server_header=False, timeout_graceful_shutdown=5,
            )
        )  # fmt: skip
        ended = stack.enter_context(_daemon_beside(server)) if daemon else []
        sys.stdout.write(f"The UI is at {at.url}{', for viewing only' if read_only else ''}. Ctrl+C ends it.\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it anew when it has ended well
            server.run(sockets=[port])
    if ended:
        raise Stop(f"The daemon ended by itself (exit code {ended[0]}), so the UI was ended too. Start it again.")


@contextlib.contextmanager
def _daemon_beside(server: uvicorn.Server) -> Iterator[list[int]]:
    """The daemon as a child that ends with this process; gives its exit code where it ended first and something is wrong."""
    ended: list[int] = []
    child = subprocess.Popen(
        [sys.executable, "-m", "pipelines.front.daemon", WITH_PARENT],
        cwd=CHECKOUT, env=dict(os.environ), stdin=subprocess.PIPE, start_new_session=os.name != "nt",
    )  # fmt: skip

    def watch() -> None:
        code = child.wait()
        if code != RUNS_ALREADY and not server.should_exit:
            ended.append(code)
            server.should_exit = True

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield ended
    finally:
        server.should_exit = True
        if child.stdin is not None:
            child.stdin.close()
        try:
            child.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            child.kill()
