"""`darkfigure serve`: the UI and its daemon, for this machine unless it is told otherwise."""

import argparse
import os
import warnings

from pipelines.commands.folders import chosen_settings
from pipelines.front.address import address, token_of
from pipelines.home import prepare_home
from pipelines.settings import DATA_VARIABLE

TOKEN_VARIABLE = "DARKFIGURE_TOKEN"


def serve(chosen: argparse.Namespace) -> None:
    """Serve until interrupted; Stop where the address is not safe or taken."""
    workspace = chosen_settings(chosen)
    at = address(chosen.host, chosen.port, chosen.name, token_of(chosen.token_file, os.environ.get(TOKEN_VARIABLE)))
    prepare_home(workspace)
    os.environ[DATA_VARIABLE] = str(workspace.data)
    # What Dagster says of its own interfaces is for developers; the code servers and the daemon inherit it.
    os.environ["PYTHONWARNINGS"] = "ignore"
    warnings.simplefilter("ignore")
    from pipelines.front.serve import serve as serve_ui

    serve_ui(at, workspace, read_only=chosen.read_only, daemon=not (chosen.read_only or chosen.no_daemon))
