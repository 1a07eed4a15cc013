"""All that is noticed in a set of readings and not repaired: rows of `meta.finding`."""

from collections.abc import Sequence

import pandas as pd

from assets.archive.findings.cells import stray_findings
from assets.archive.findings.forces import force_findings
from assets.archive.findings.headers import header_findings
from assets.archive.findings.notes import note_findings
from assets.archive.findings.series_lost import Held
from assets.archive.findings.shares import share_findings
from assets.archive.findings.totals import total_findings
from assets.archive.findings.vintages import vintage_findings
from assets.archive.readers.reading import Finding, Reading

FORCE_TABLES = "ons_pfa"


def notice(readings: Sequence[Reading], offences: pd.DataFrame, areas: pd.DataFrame) -> list[Finding]:
    """Findings of every reading, and between the releases of each publication; each place once per kind.

    offences, areas: reference.offence and reference.area, which say what is part of what.
    """
    held = [Held(reading) for reading in readings]
    found: list[Finding] = []
    for one in held:
        found += one.reading.findings
        found += header_findings(one.reading)
        found += note_findings(one.reading)
        found += stray_findings(one.reading)
        if one.reading.release["source"] == FORCE_TABLES:
            found += force_findings(one, areas)
        else:
            found += total_findings(one, offences)
            found += share_findings(one)
    found += vintage_findings(held)
    return list({(row["kind"], row["place"]): row for row in reversed(found)}.values())[::-1]
