"""Offence codes that no reference table knows: left out by name, an error where the code could be one of a threat.

A new code for a kind of burglary must not stop the figures of stalking. A code of a group that holds codes of a threat, or one
whose group is not printed, could be missing from a threat: everything else is read, and the finding weighs more.
"""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.publications.home_office.counts import DATE_LIKE_CODE, TEXT, Reference
from assets.archive.reading.codes import CODE
from assets.archive.reading.long_table import LongTable
from assets.archive.reading.result import Finding, Release, finding
from assets.archive.threat_groups import groups_to_know


def without_new_codes(
    rows: pa.Table, table: LongTable, release: Release, reference: Reference
) -> tuple[pa.Table, list[Finding]]:
    """The records without those whose code is new, and a finding for each code.

    rows: `code`, `row` and, where the file prints them, `group` and `label`. What is no code at all stays, and is refused when
    it is resolved.
    """
    codes = reference.codes()
    printed = pc.unique(rows["code"]).to_pylist()
    new = [code for code in printed if codes.key(code) is None and _is_code(code)]
    left = [_about(code, rows, table, release, reference) for code in new]
    if not left:
        return rows, []
    keep = pc.invert(pc.is_in(rows["code"], pa.array([code for code, _ in left], TEXT)))
    return rows.filter(keep), [found for _, found in left]


def _is_code(printed: str) -> bool:
    text = printed.strip()
    return bool(CODE.fullmatch(text)) and not DATE_LIKE_CODE.fullmatch(text)


def _about(code: str, rows: pa.Table, table: LongTable, release: Release, reference: Reference) -> tuple[str, Finding]:
    """The code with its finding."""
    of_code = rows.filter(pc.equal(rows["code"], code))
    printed = pc.unique(of_code["group"]).to_pylist() if "group" in of_code.column_names else []
    groups = {_group(one, reference) for one in printed} or {None}
    threat = None in groups or bool(groups & groups_to_know(reference.data))
    labels = pc.unique(of_code["label"]).to_pylist() if "label" in of_code.column_names else []
    near = reference.codes().nearest(code)
    return code, finding(
        "offence_code_not_known", "error" if threat else "warning",
        f"{release.source}@{release.release}, {table.sheet.strip()}, {code}",
        f"{of_code.num_rows:,} records, the first in row {of_code['row'][0].as_py()}, have the code {code} "
        f"({'; '.join(labels) or 'without a label'}) of the group {' or '.join(printed) or 'that is not printed'}, which "
        f"data/reference/offence.csv does not know; the nearest are {', '.join(near) or 'none'}.",
        "Left out; the rest is read. "
        + ("It could be of a threat: no sum over its offences has it. " if threat else "No code of that group is of a threat. ")
        + "Add the code to data/reference/offence.csv and series.csv to have it.",
    )  # fmt: skip


def _group(printed: str, reference: Reference) -> Any:
    """The main offence group of a printed group or subgroup; None where it is not known."""
    code = reference.groups().key(printed)
    if code is None:
        return None
    known = reference.offences[reference.offences["offence_code"] == code]
    level, group = known.iloc[0][["level", "group"]] if len(known) else (None, None)
    return code if level == "group" else group or None
