"""All that is noticed in a set of readings and not repaired: rows of `meta.finding`."""

from collections.abc import Sequence

from assets.archive.findings.cells import stray_findings
from assets.archive.findings.headers import header_findings
from assets.archive.findings.notes import note_findings
from assets.archive.findings.series_lost import Held
from assets.archive.findings.vintages import vintage_findings
from assets.archive.readers.reading import Finding, Reading


def notice(readings: Sequence[Reading]) -> list[Finding]:
    """Findings of every reading, and between the releases of each publication; each place once per kind.

    What figures say of each other is held by `assets.relations`.
    """
    held = [Held(reading) for reading in readings]
    found: list[Finding] = []
    for one in held:
        found += one.reading.findings
        found += header_findings(one.reading)
        found += note_findings(one.reading)
        found += stray_findings(one.reading)
    found += vintage_findings(held)
    return list({(row["kind"], row["place"]): row for row in reversed(found)}.values())[::-1]
