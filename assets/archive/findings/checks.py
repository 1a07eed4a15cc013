"""All that is noticed in a set of readings and not repaired: rows of `meta.finding`."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from assets.archive.findings.cells import stray_findings
from assets.archive.findings.headers import header_findings
from assets.archive.findings.notes import note_findings
from assets.archive.findings.series_lost import Held
from assets.archive.findings.vintages import vintage_findings
from assets.archive.reading.result import Finding
from assets.archive.titled.read import TitledReading


def notice_in(reading: TitledReading) -> list[Finding]:
    """Findings of one reading, each place once per kind. What figures say of each other is held by `assets.relations`."""
    return _once([*reading.findings, *header_findings(reading), *note_findings(reading), *stray_findings(reading)])


def notice_between(read: Sequence[tuple[pd.DataFrame, Mapping[str, Any]]]) -> list[Finding]:
    """Findings between the releases of each publication: figures and row of `meta.release` of each."""
    return _once(list(vintage_findings([Held(frame, release) for frame, release in read])))


def _once(found: Sequence[Finding]) -> list[Finding]:
    return list({(row["kind"], row["place"]): row for row in reversed(found)}.values())[::-1]
