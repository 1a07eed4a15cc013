"""Long tables of recorded offences as rows of `recorded.offence_count`: what both layouts of the Home Office share."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.reading.codes import PADDING
from assets.archive.reading.layout_tables import groups_to_know, layout
from assets.archive.reading.long_records import LongRecords
from assets.archive.reading.names import PrintedNames, as_compared, notes_of
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Finding, Reading, ReleaseKey, finding
from assets.archive.reading.words import words
from assets.words.problems import Problem

TEXT = pa.string()
SCOPE, UNIT = "ons_prc", "offences"
SERIES = "prc.ho_pfa."
EXAMPLES = 5
WHOLES = ("region", "country", "country_group")
OF_A_SUM = re.compile(r"\b(?:grand|sub|total|all|police|forces?|regions?|areas?)\b", re.IGNORECASE)


def leave_out_pseudo_forces(records: LongRecords, reference: Reference, reading: Reading) -> None:
    """Leave out, by name, bodies that record offences and are no police force, and the sums of regions and countries."""
    reasons = {as_compared(row["force"]): row["reason"] for row in layout(reference.data, "ho_prc_pfa/left_out")}
    forces, wholes = reference.forces(), reference.places(*WHOLES)
    counted = {entry["values"]: entry["counts"] for entry in pc.value_counts(records.part["force"]).to_pylist()}
    for name in counted:
        if (
            name
            and forces.key(name) is None
            and (not (rest := OF_A_SUM.sub("", name).strip(" :-,")) or wholes.key(rest))
        ):
            reasons.setdefault(as_compared(name), "No police force: a sum of forces, which is made here.")
    bodies = {name: count for name, count in counted.items() if as_compared(name) in reasons}
    reading.left_out += [
        {"what": name, "why": reasons[as_compared(name)], "where": records.table.place, "rows": count}
        for name, count in bodies.items()
    ]
    if bodies:
        records.keep(pc.invert(pc.is_in(records.part["force"], pa.array(list(bodies), TEXT))))


def name_forces(records: LongRecords, reference: Reference) -> None:
    """`area_code` of the printed forces. One that took on the name of a place beside its own ("Kent and Medway") is the force
    of that name, where the file has no other. One that names two forces is neither of them."""
    forces, printed = reference.forces(), pc.unique(records.part["force"]).to_pylist()
    there = {forces.key(name) for name in printed}
    for name in printed if there - {None} else ():
        named = {code: short for short, code in forces.names.items() if {*words(short)} <= {*words(name)}}
        code, short = next(iter(named.items()), (None, ""))
        if (
            len(named) == 1
            and not there & {code, forces.key(name)} - {None}
            and as_compared(name).startswith(as_compared(f"{short} & "))
        ):
            forces.also(name, short)
            records.findings.append(
                finding("force_renamed", "warning", f"{records.table.place}: {name}", f"The file has no {short!r} beside it.",
                        f"Read as {short!r}. Where it is another force, say so in data/layouts/area_names.csv.")
            )  # fmt: skip
    records.name("force", forces, "area_code")


def mapped(keys: pa.Array, mapping: Mapping[str, object], kind: pa.DataType) -> pa.Array:
    """Every key replaced by its value in a mapping, None where it has none."""
    encoded = pc.dictionary_encode(keys)
    return pa.array([mapping.get(key) for key in encoded.dictionary.to_pylist()], kind).take(encoded.indices)


def constant_column(value: str | None, length: int) -> pa.Array:
    """One text on every row."""
    return pa.nulls(length, TEXT) if value is None else pa.repeat(pa.scalar(value, TEXT), length)


def force_notes(force: pa.Array) -> pa.Array:
    """The note marks that stand with force names."""
    encoded = pc.dictionary_encode(force)
    return pa.array([notes_of(name) for name in encoded.dictionary.to_pylist()], TEXT).take(encoded.indices)


def count_columns(records: LongRecords, reference: Reference, release: ReleaseKey, period_type: str) -> pa.Table:
    """The columns of `recorded.offence_count` without row ids.

    records: with `area_code`, `offence_code`, `period_start`, `period_end`, `value`, `obs_status`, `printed`, `cell`, `notes`.
    """
    rows, count = records.part, len(records)
    codes, offences = rows["offence_code"], reference.offences

    def of_offence(column: str) -> pa.Array:
        values = offences[column].astype("object").where(offences[column].notna(), None)
        return mapped(codes, dict(zip(offences["offence_code"], values, strict=True)), TEXT)

    return pa.table(
        {
            "series": pc.binary_join_element_wise(constant_column(SERIES, count), codes, ""),
            "scope": constant_column(SCOPE, count),
            "offence_code": codes,
            "offence": of_offence("name"),
            "level": of_offence("level"),
            "subgroup": of_offence("subgroup"),
            "sex": pc.fill_null(of_offence("victim_sex"), "all"),
            "age": pc.fill_null(of_offence("victim_age"), "all"),
            "area_code": rows["area_code"],
            "period_start": rows["period_start"],
            "period_end": rows["period_end"],
            "period_type": constant_column(period_type, count),
            "value": rows["value"],
            "unit": constant_column(UNIT, count),
            "obs_status": rows["obs_status"],
            "designation": constant_column(release.designation, count),
            "notes": rows["notes"],
            "printed": rows["printed"],
            "source": constant_column(release.source, count),
            "release": constant_column(release.release, count),
            "sheet": constant_column(records.table.sheet.strip(), count),
            "cell": rows["cell"],
            "url": constant_column(release.url, count),
        }
    )


def as_frame(tables: list[pa.Table]) -> pd.DataFrame:
    """The tables below each other as pandas, every column of its Arrow type, without rows that have no status."""
    rows = pa.concat_tables(tables)
    frame: pd.DataFrame = rows.filter(pc.is_valid(rows["obs_status"])).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def negatives(rows: pa.Table, release: ReleaseKey, place: str, per: str, severity: str) -> list[Finding]:
    """A finding that names counts below nought: corrections of earlier periods."""
    below = rows.filter(pc.less(pc.fill_null(rows["value"], 0.0), 0.0))
    if not below.num_rows:
        return []
    some = [f"{row['cell']} {row['value']:g} ({row['offence_code']}, {row['area_code']}, to {row['period_end']})"
            for row in below.slice(0, EXAMPLES).to_pylist()]  # fmt: skip
    more = f" and {below.num_rows - EXAMPLES:,} more" if below.num_rows > EXAMPLES else ""
    return [
        finding(
            f"negative_{per}", severity, f"{release.source}@{release.release}, {place}",
            f"{below.num_rows:,} {per} counts are below nought: {'; '.join(some)}{more}.",
            "Kept as printed: they take back offences counted in earlier periods.",
        )
    ]  # fmt: skip


# Offence codes that no reference table knows: left out by name, an error where the code could be one of a threat.
# A new code for a kind of burglary must not stop the figures of stalking. A code of a group that holds codes of a threat, or one
# whose group is not printed, could be missing from a threat: everything else is read, and the finding weighs more.
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
