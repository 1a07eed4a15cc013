"""`darkfigure home`: Dagster's history folder."""

import argparse
import sys

from pipelines.commands.folders import chosen_settings
from pipelines.home import prepare_home


def home(chosen: argparse.Namespace) -> None:
    """Make the folder and print its path."""
    sys.stdout.write(f"{prepare_home(chosen_settings(chosen))}\n")
