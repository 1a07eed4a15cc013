"""`darkfigure bounds`: how many are at least one of several threats, as far as the published figures allow to say."""

import argparse
import sys

from assets.reconciled.overlaps.assets import COLLECTED, SYSTEMS, systems_held
from assets.reconciled.overlaps.bounds_answer import bounds as bounds_of
from assets.words.problems import BadInput
from pipelines.commands.published import frames
from pipelines.commands.stop import WRONG_CALL, Stop


def bounds(chosen: argparse.Namespace) -> None:
    """Print the bounds and what they follow from; Stop (exit code 2) where there is no such scope, set or reading."""
    asked = SYSTEMS | COLLECTED
    tables = frames(chosen, asked.values())
    systems = systems_held(**{parameter: tables[key] for parameter, key in asked.items()})
    threats = [threat.strip() for threat in chosen.threats.split(",") if threat.strip()]
    try:
        _, text = bounds_of(systems, chosen.scope, threats, chosen.reading)
    except BadInput as error:
        raise Stop(error.paragraph(), WRONG_CALL) from None
    sys.stdout.write(f"{text}\n")
