"""Home Office, Crime outcomes open data: force x quarter x offence code x outcome, in long form."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.publications.home_office import counts
from assets.archive.publications.home_office.counts import TEXT, Reference, constant, mapped
from assets.archive.publications.home_office.new_codes import without_new_codes
from assets.archive.reading.layout_tables import layout
from assets.archive.reading.long_table import LongTable, long_tables
from assets.archive.reading.marks import marks
from assets.archive.reading.numbers import numbers
from assets.archive.reading.periods import financial_quarter
from assets.archive.reading.resolved import resolved, taken_periods
from assets.archive.reading.result import Finding, Reading, Release, finding

HEADERS, TABLE = "ho_outcomes/columns", "outcomes"
UNIT, SCOPE = "outcomes", "ons_prc"
KEY = ["area_code", "offence_code", "outcome_type", "period_start", "period_end"]
# Column of the source -> series: the two ways in which the publication counts.
MEASURES = {
    "for_offences_recorded": "prc.ho_outcomes.for_offences_recorded",
    "recorded": "prc.ho_outcomes.recorded",
}


def read(path: Path, release: Release, reference: Reference) -> Reading:
    """Rows of `recorded.outcome_count`, two per record of the source, in outcomes.

    BadInput with place and nearest candidates for what does not resolve, and for a record that stands twice.
    """
    reading, tables = Reading(frame=pd.DataFrame()), []
    for table in long_tables(path, layout(reference.data, HEADERS), TABLE):
        tables += _read_one(table, release, reference, reading)
    reading.frame = counts.as_frame(tables)
    return reading


def _read_one(table: LongTable, release: Release, reference: Reference, reading: Reading) -> list[pa.Table]:
    keep, left = counts.without_pseudo_forces(table, table.columns["force"], reference)
    keep = pc.and_(keep, pc.not_equal(table.columns["force"], ""))
    reading.left_out += left
    cells = {f"{name}_cell": table.cells(name) for name in MEASURES}
    rows = pa.table({**table.columns, **cells, "row": table.rows()}).filter(keep).combine_chunks()
    rows, new = without_new_codes(rows, table, release, reference)
    reading.findings += new
    part = {name: rows[name].combine_chunks() for name in rows.column_names}
    place, letters = table.place, table.letters
    start, end = taken_periods(
        pc.binary_join_element_wise(part["year"], part["quarter"], "\t"),
        lambda text: financial_quarter(*text.split("\t")),
        part["row"], place, "a financial year such as 2018/19 and a quarter 1 to 4",
    )  # fmt: skip
    common = {
        "area_code": resolved(reference.forces(), part["force"], part["row"], place, letters["force"]),
        "offence_code": counts.checked_codes(reference.codes(), part["code"], part["row"], place, letters["code"]),
        "outcome_type": pc.utf8_trim_whitespace(part["outcome_type"]),
        "period_start": start,
        "period_end": end,
        "row": part["row"],
    }
    counts.refuse_twice(pa.table(common), KEY, place)
    made = [_measure(name, part, common, table, release, reference, reading) for name in MEASURES]
    reading.findings += _two_meanings(part, table, release)
    return made


def _measure(
    name: str, part: dict[str, pa.Array], common: dict[str, pa.Array], table: LongTable, release: Release,
    reference: Reference, reading: Reading,
) -> pa.Table:  # fmt: skip
    value, status = numbers(
        part[name], part["row"], table.place, table.letters[name], marks(reference.data), UNIT, reading.findings
    )
    codes, count = common["offence_code"], len(value)
    names = dict(zip(reference.offences["offence_code"], reference.offences["name"], strict=True))
    made = pa.table(
        {
            "series": constant(MEASURES[name], count),
            "scope": constant(SCOPE, count),
            "offence_code": codes,
            "offence": mapped(codes, names, TEXT),
            "outcome_type": common["outcome_type"],
            "outcome": pc.utf8_trim_whitespace(part["outcome"]),
            "outcome_group": pc.utf8_trim_whitespace(part["outcome_group"]),
            "sex": constant("all", count),
            "age": constant("all", count),
            "area_code": common["area_code"],
            "period_start": common["period_start"],
            "period_end": common["period_end"],
            "period_type": constant("quarter", count),
            "value": value,
            "unit": constant(UNIT, count),
            "obs_status": status,
            "designation": constant(release.designation, count),
            "notes": counts.force_notes(part["force"]),
            "printed": pc.utf8_trim_whitespace(part[name]),
            "source": constant(release.source, count),
            "release": constant(release.release, count),
            "sheet": constant(table.sheet.strip(), count),
            "cell": part[f"{name}_cell"],
            "url": constant(release.url, count),
        }
    )
    below = counts.negatives(made, release, f"{table.sheet.strip()}, {name}", "quarter", "info")
    reading.findings += below
    return made


def _two_meanings(part: dict[str, pa.Array], table: LongTable, release: Release) -> list[Finding]:
    """Outcome types that carry more than one wording in one file."""
    pairs = (
        pa.table({"type": part["outcome_type"], "outcome": part["outcome"]}).group_by(["type", "outcome"]).aggregate([])
    )
    worded: dict[str, set[str]] = {}
    for pair in pairs.to_pylist():
        worded.setdefault(pair["type"], set()).add(pair["outcome"])
    return [
        finding("outcome_type_with_two_wordings", "warning", f"{release.source}@{release.release}, {table.sheet}, type {kind}",
                "; ".join(sorted(words)), "Kept as printed, under one outcome type.")
        for kind, words in sorted(worded.items()) if len(words) > 1
    ]  # fmt: skip
