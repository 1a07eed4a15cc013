"""Dagster's own history: a folder with an instance configuration, shared by the command line and the UI."""

import os
import shutil
from pathlib import Path

from pipelines.settings import HOME_VARIABLE, Settings

TEMPLATE = Path(__file__).parent / "instance" / "dagster.yaml"


def prepare_home(chosen: Settings) -> Path:
    """Make the history folder if it is new, and tell Dagster of it through the environment."""
    home = chosen.dagster_home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    if not (home / TEMPLATE.name).exists():
        shutil.copyfile(TEMPLATE, home / TEMPLATE.name)
    os.environ[HOME_VARIABLE] = str(home)
    return home
