"""`darkfigure synthesis`: experimental; the posterior of a reporting bridge beside what its figures alone identify."""

import argparse
import sys

from assets.synthesis.parts import Evidence, evidence
from assets.synthesis.synthesis import FEWEST, part_rows
from assets.synthesis.synthesis import synthesis as parts_of
from assets.tables.records import records
from assets.words import wording
from pipelines.commands.formats import formatted
from pipelines.commands.published import frames
from pipelines.commands.stop import FOUND, WRONG_CALL, Stop
from pipelines.commands.tables import console, terminal_table

BRIDGE, PRIOR = "reconciled.reporting_bridge", "reference.prior"
COLUMNS = ("Part", "#Identified set", "#Posterior (95%)", "#Median, other priors", "Moved most by", "Inside")
SHOWN = ("part", "identified_set", "posterior", "median_under_other_priors", "moved_most_by", "inside_the_set")
INSTALL = "make synthesis, or pip install --require-hashes -r requirements-synthesis.lock"
REMARKS = (
    "Experimental. The identified set is what published figures allow; the posterior adds declared priors (reference.prior) and"
    " is worth no more than they are: where the median moves with them, the figures do not say it.",
    wording.NOT_A_RATE,
    "It gives no number of missing crimes: no figure tells what share of what was told was recorded.",
)


def synthesis(chosen: argparse.Namespace) -> None:
    """Print the parts of a bridge in a year; Stop where there is no such bridge or year, or the posterior leaves the set."""
    tables = frames(chosen, (BRIDGE, PRIOR))
    given = _asked(evidence(records(tables[BRIDGE])), chosen)
    try:
        parts = parts_of(given, tables[PRIOR], chosen.draws)
    except ModuleNotFoundError as error:
        raise Stop(
            f"The synthesis needs {error.name}, which is not installed. Install it with: {INSTALL}.", WRONG_CALL
        ) from None
    except ValueError as error:
        raise Stop(f"{given.bridge}, year to {given.year}: {error}.") from None
    made = part_rows(given, parts)
    if chosen.format == "table":
        out = console()
        title = f"Experimental: {given.bridge.replace('_', ' ')}, year to {given.year}"
        out.print(terminal_table(title, COLUMNS, [[row[name] for name in SHOWN] for row in made]))
        for remark in REMARKS:
            out.print(remark)
    else:
        sys.stdout.write(formatted(made, chosen.format))
    faults = [row["part"] for row, part in zip(made, parts, strict=True) if not part.inside]
    if faults:
        raise Stop(f"The posterior leaves the identified set for: {', '.join(faults)}. Use none of it.", FOUND)
    least = min(part.effective for part in parts)
    if least < FEWEST:
        why = "under a prior that hardly agrees with the figures"
        raise Stop(f"The {chosen.draws:,} draws are worth only {least:,.0f} {why}: ask for more with --draws.", FOUND)


def _asked(candidates: list[Evidence], chosen: argparse.Namespace) -> Evidence:
    of_bridge = [evidence for evidence in candidates if evidence.bridge == chosen.bridge]
    fitting = [evidence for evidence in of_bridge if chosen.year in (None, evidence.year)]
    if not fitting:
        known = wording.listed(
            dict.fromkeys(evidence.year if of_bridge else evidence.bridge for evidence in of_bridge or candidates)
        )
        asked = f"year {chosen.year} of the bridge {chosen.bridge}" if of_bridge else f"bridge {chosen.bridge}"
        raise Stop(f"There is no {asked} with figures on every side. There is: {known or 'none'}.", WRONG_CALL)
    return fitting[-1]
