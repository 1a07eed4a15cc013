"""The pages beside threats and forces: claims, methods, sources and releases, findings, data."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.published.report.claims import CLAIMS, ShownVerdict, by_verdict
from assets.published.report.content import ShownRow, ShownTable, table
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from schemas.rows import Record

CONFLICTS = "SELECT DISTINCT sentence FROM statement.conflict ORDER BY sentence"
# The order of the document; sections that it does not name follow by name.
SECTIONS = (
    "front", "contents", "foreword", "executive_summary", "scale", "prepare", "prevent", "pursue", "protect", "conclusion",
    "references", "notes",
)  # fmt: skip
FINDINGS = "SELECT * FROM meta.finding ORDER BY CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, kind, place"
RELEASES = """
SELECT release.*, count(figure.row_id) AS figures, publication.title AS publication, publication.address
FROM meta.release AS release LEFT JOIN archive.figure AS figure USING (source, release)
LEFT JOIN reference.publication AS publication USING (source)
GROUP BY ALL ORDER BY release.publisher, publication, release.vintage_order DESC, release.title
"""
SOURCES = "SELECT * FROM main.source ORDER BY figures DESC, publication"
DESCRIBED = "datapackage.json"


@dataclass(frozen=True)
class Claims:
    """The ledger section by section."""

    total: int
    verdicts: Sequence[ShownVerdict]
    sections: Sequence[tuple[str, Sequence[Record]]]
    conflicts: Sequence[str]


def claims(asked: Asked) -> Claims | None:
    """The claims ledger; None where no claims are held."""
    rows = asked.rows(CLAIMS)
    if not rows:
        return None
    order = {name: place for place, name in enumerate(SECTIONS)}
    by_section = grouped(rows, lambda row: row["section"])
    sections = sorted(by_section.items(), key=lambda section: (order.get(section[0], len(order)), section[0]))
    conflicts = [row["sentence"] for row in asked.rows(CONFLICTS)]
    named = [(wording.capital(name.replace("_", " ")), those) for name, those in sections]
    return Claims(len(rows), by_verdict(rows), named, conflicts)


def findings(asked: Asked) -> list[tuple[str, ShownTable]]:
    """What readers noticed in the publications, by how much it matters."""
    by_severity = grouped(asked.rows(FINDINGS), lambda row: row["severity"])
    columns = ("Where", "Kind", "What was seen", "What was done")
    return [
        (severity, table(f"{len(rows)} noticed, not repaired.", columns, [
            ShownRow((row["place"], wording.coded(row["kind"]), row["evidence"], row["handling"])) for row in rows
        ]))
        for severity, rows in by_severity.items()
    ]  # fmt: skip


def releases(asked: Asked) -> list[tuple[str, str, Sequence[Record]]]:
    """Every release by publication: its title, where a person finds it, its releases."""

    def whose(row: Record) -> tuple[str, str]:
        address = row["address"] or ""
        return row["publication"] or row["source"], address if address.startswith("https://") else ""

    return [(*of, rows) for of, rows in grouped(asked.rows(RELEASES), whose).items()]


def sources(asked: Asked) -> list[Record]:
    """Every publication with its newest release and when the next is due."""
    return asked.rows(SOURCES)


def resources(tables: Path) -> list[dict[str, Any]]:
    """The tables that were written beside the site, as their package describes them; none where they were not."""
    described = tables / DESCRIBED
    if not described.is_file():
        return []
    package = json.loads(described.read_text(encoding="utf-8"))
    return [resource | {"rows": _lines(tables / resource["path"])} for resource in package["resources"]]


def _lines(file: Path) -> int:
    """Rows of a CSV file below its header, cells of several lines counted once."""
    import csv

    with file.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.reader(lines)) - 1
