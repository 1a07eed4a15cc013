"""Fill in what a manifest says of its file: fingerprint, rows and sum. So nobody has to count."""

import datetime
import json
from pathlib import Path
from typing import Any

import duckdb

from assets.returns.csv_file import Header, below, csv_source, header_of, odd_columns, scan
from assets.returns.malformed import UNREADABLE, lost_rows, read_from, set_aside
from assets.returns.manifest import MANIFEST, Manifest
from assets.words.problems import BadInput, Problem
from schemas.returns import FLAGS, TEMPLATES, VERSION

EXPECTED, SEE = "a CSV file in UTF-8 with the columns of the template", "Use the header of the template."


def blank(supplier: str, quarter: str, profile: str, definition_version: str) -> dict[str, Any]:
    """A manifest to be filled in, as the template gives it."""
    today = datetime.date.today().isoformat()
    return {
        "template_version": VERSION, "definition_version": definition_version, "synthetic": False, "supplier": supplier,
        "quarter": quarter, "profile": profile, "content": "whole", "replaces": None, "file": f"{profile}.csv",
        "sha256": "0" * 64, "rows": 0, "crime_count_sum": 0, "zero_return": True, "flags_available": list(FLAGS),
        "flag_source": dict.fromkeys(FLAGS, "officer"), "extract_date": today, "sent_date": today,
        "qa_done_by": "force crime registrar", "contact_role": "performance analyst",
    }  # fmt: skip


def measured(file: Path, profile: str) -> dict[str, Any]:
    """What follows from the file: sha256, rows, sum, and whether it is a zero return; BadInput where it cannot be read."""
    scanned = scan(file)
    header = Header([]) if scanned.trouble else header_of(file, TEMPLATES[profile])
    scanned = below(scanned, header.above)
    trouble = scanned.trouble or odd_columns(header, TEMPLATES[profile])
    amount = "crime_count" if profile == "record" else "offences"
    if not trouble:
        with duckdb.connect() as connection, read_from(connection, file, scanned) as text:
            try:
                [(rows, total)] = connection.execute(
                    f"SELECT count(*), coalesce(sum(TRY_CAST({amount} AS BIGINT)), 0) FROM {csv_source(text, header.names)}"
                ).fetchall()
            except duckdb.Error:
                trouble = UNREADABLE
            else:
                trouble = set_aside(connection, text, scanned, int(rows), None)
                lost = lost_rows(connection) if not trouble else 0
    if trouble:
        raise BadInput(f"{file.name} cannot be read (R03)", [Problem(file.name, "", trouble, EXPECTED, SEE)])
    whole = int(rows) + lost
    return {"sha256": scanned.sha256, "rows": whole, "crime_count_sum": int(total), "zero_return": whole == 0}


def seal(folder: Path, filled: dict[str, Any]) -> Manifest:
    """Write the manifest of a folder: what was filled in, and what follows from the file."""
    manifest = Manifest.model_validate(filled | measured(folder / filled["file"], filled["profile"]))
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return manifest


def seal_again(folder: Path) -> Manifest:
    """Seal a folder whose manifest is filled in but for what follows from the file."""
    return seal(folder, json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
