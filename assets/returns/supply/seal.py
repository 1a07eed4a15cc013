"""Fill in what a manifest says of its file: fingerprint, rows and sum. So nobody has to count.

That nothing was recorded is never filled in: an export that failed has no rows either.
"""

import datetime
import secrets
from pathlib import Path
from typing import Any

import duckdb

from assets.returns.checks.malformed import UNREADABLE, hardly_rows, lost_rows, read_from, set_aside
from assets.returns.file.beside import filled_in
from assets.returns.file.csv_file import csv_source, odd_columns, opened, without_ends
from assets.returns.file.manifest import MANIFEST, Manifest, manifest_of, manifest_text
from assets.words.problems import BadInput, Problem
from schemas.returns import FLAGS, TEMPLATES, VERSION

# What a manifest says of its file, until that is looked at.
FOLLOWS: dict[str, Any] = {"sha256": "0" * 64, "rows": 0, "crime_count_sum": 0}
EXPECTED, SEE = (
    "a CSV file in UTF-8 with the columns of the template",
    "Use the header of the template, and save as CSV UTF-8 (comma delimited).",
)


def blank(supplier: str, quarter: str, profile: str, definition_version: str) -> dict[str, Any]:
    """A manifest to be filled in, as the template gives it."""
    today = datetime.date.today().isoformat()
    return {
        "template_version": VERSION, "definition_version": definition_version, "synthetic": False, "supplier": supplier,
        "quarter": quarter, "profile": profile, "content": "whole", "replaces": None, "file": f"{profile}.csv",
        **FOLLOWS, "zero_return": False, "flags_available": list(FLAGS), "flag_source": dict.fromkeys(FLAGS, "officer"),
        "extract_date": today, "sent_date": today, "route": "template",
        "qa_done_by": "force crime registrar", "contact_role": "performance analyst",
    }  # fmt: skip


def measured(file: Path, profile: str) -> dict[str, Any]:
    """What follows from the file: sha256, rows, sum; BadInput where it cannot be read."""
    if not file.is_file():
        beside = f", so no rows; {lying}" if (lying := filled_in(file)) else ""
        problem = Problem(
            file.name, "", f"no such file{beside}", "the file that the manifest names", "Put it beside the manifest."
        )
        raise BadInput(f"{file.name} is not there", [problem])
    scanned, header = opened(file, TEMPLATES[profile])
    trouble = scanned.trouble or odd_columns(header, TEMPLATES[profile])
    amount = "crime_count" if profile == "record" else "offences"
    if not trouble:
        with duckdb.connect() as connection, read_from(connection, file, scanned) as text:
            number = f"TRY_CAST({without_ends(amount, scanned.signs)} AS BIGINT)"
            sums = f"SELECT count(*), coalesce(sum({number}), 0) FROM {csv_source(text, header.names)}"
            try:
                trouble = hardly_rows(connection, text, scanned, header)
                [(rows, total)] = [(0, 0)] if trouble else connection.execute(sums).fetchall()
            except duckdb.Error:
                trouble = UNREADABLE
            if not trouble:
                trouble = set_aside(connection, text, scanned, int(rows), header, None)
                lost = lost_rows(connection) if not trouble else 0
    whole = 0 if trouble else int(rows) + lost
    if not trouble and not whole and (beside := filled_in(file)):
        trouble = (
            f"no rows, though {beside}: save them as {file.name}, CSV UTF-8, or take away what is not of the return"
        )
    if trouble:
        raise BadInput(f"{file.name} cannot be read (R03)", [Problem(file.name, "", trouble, EXPECTED, SEE)])
    return {"sha256": scanned.sha256, "rows": whole, "crime_count_sum": int(total)}


def seal(folder: Path, filled: dict[str, Any]) -> Manifest:
    """Write the manifest of a folder: what was filled in, what follows from the file and, of a real one, a salt.

    BadInput where something is filled in wrong, or the file is not there or cannot be read.
    """
    path = folder / MANIFEST
    told = manifest_of(path, {"zero_return": False} | filled | FOLLOWS)
    salt = told.salt or (None if told.synthetic else secrets.token_hex(16))
    manifest = told.model_copy(update={"salt": salt} | measured(folder / told.file, told.profile))
    path.write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return manifest


def seal_again(folder: Path) -> Manifest:
    """Seal a folder whose manifest is filled in but for what follows from the file."""
    return seal(folder, manifest_text(folder / MANIFEST))
