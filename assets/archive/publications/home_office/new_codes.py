"""Offence codes that no reference table knows: left out by name, an error where the code could be one of a threat.

A new code for a kind of burglary must not stop the figures of stalking. A code of a group that holds codes of a threat, or one
whose group is not printed, could be missing from a threat: everything else is read, and the finding weighs more.
"""

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.publications.home_office.counts import SERIES, TEXT
from assets.archive.reading.codes import PADDING
from assets.archive.reading.layout_tables import groups_to_know
from assets.archive.reading.long_records import LongRecords
from assets.archive.reading.names import PrintedNames
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Finding, ReleaseKey, finding
from assets.words.problems import Problem

DATE_LIKE_CODE = re.compile(r"4[0-7]\d{3}")
TOTAL = re.compile(r"\btotal\b|\ball (?:crimes?|offences)\b", re.IGNORECASE)
ADD = "Add the code to data/reference/offence.csv and series.csv to have it."
NOT_A_DATE = "A spreadsheet made a date of a code such as 4.10 or 37.2: take the file as published."


def take_codes(records: LongRecords, release: ReleaseKey, reference: Reference) -> None:
    """`offence_code` of the printed codes; records of a code that is not known are left out, with a finding for each code.

    records: with `code` and, where the file prints them, `group` and `label`
    """
    codes, series = reference.codes(), frozenset(reference.series["series"])
    encoded = pc.dictionary_encode(records.part["code"])
    printed = encoded.dictionary.to_pylist()
    plain = (PADDING.sub("", code.replace(" ", "")).removesuffix(".0") for code in printed)
    known = [codes.key(code) or codes.key(bare) or "" for code, bare in zip(printed, plain, strict=True)]
    keys = [key if SERIES + key in series else None for key in known]
    records.part["offence_code"] = pa.array(keys, TEXT).take(encoded.indices)
    new = [code for code, key in zip(printed, keys, strict=True) if key is None]
    told = [_about(code, codes, records, release, reference) for code in new]
    records.findings += told
    records.lost += [
        Problem(it["place"], "", it["evidence"], "a known code of an offence", it["handling"]) for it in told
    ]
    if new:
        records.drop(pc.is_in(records.part["code"], pa.array(new, TEXT)), [])


def _about(code: str, codes: PrintedNames, records: LongRecords, release: ReleaseKey, reference: Reference) -> Finding:
    of_code = pa.table(records.part).filter(pc.equal(records.part["code"], code))
    printed = pc.unique(of_code["group"]).to_pylist() if "group" in of_code.column_names else []
    groups = {_group(known_code, reference) for known_code in printed} or {None}
    threat = None in groups or bool(groups & groups_to_know(reference.data))
    labels = pc.unique(of_code["label"]).to_pylist() if "label" in of_code.column_names else []
    if not code and all(label and (TOTAL.search(label) or _group(label, reference)) for label in labels or [""]):
        return finding(
            "left_out", "info", f"{release.source}@{release.release}, {records.table.sheet.strip()}: {'; '.join(labels)}",
            f"{of_code.num_rows:,} rows without a code.", "Left out: sums of offences are made here.",
        )  # fmt: skip
    near = codes.nearest(code)
    return finding(
        "offence_code_not_known", "error" if threat else "warning",
        f"{release.source}@{release.release}, {records.table.sheet.strip()}, {code or 'no code'}",
        f"{of_code.num_rows:,} records, the first in row {of_code['row'][0].as_py()}, have the code {code!r} "
        f"({'; '.join(labels) or 'without a label'}) of the group {' or '.join(printed) or 'that is not printed'}, which "
        f"data/reference does not know; the nearest are {', '.join(near) or 'none'}.",
        "Left out; the rest is read. "
        + ("It could be of a threat: no sum over its offences has it. " if threat else "No code of that group is of a threat. ")
        + (NOT_A_DATE if DATE_LIKE_CODE.fullmatch(code.strip()) else ADD),
    )  # fmt: skip


def _group(printed: str, reference: Reference) -> Any:
    """The main offence group of a printed group or subgroup; None where it is not known."""
    code = reference.groups().key(printed)
    if code is None:
        return None
    known = reference.offences[reference.offences["offence_code"] == code]
    level, group = known.iloc[0][["level", "group"]] if len(known) else (None, None)
    return code if level == "group" else group or None
