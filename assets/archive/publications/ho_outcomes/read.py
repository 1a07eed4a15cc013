"""Home Office, Crime outcomes open data: force x quarter x offence code x outcome, in long form."""

from pathlib import Path

import pyarrow as pa

from assets.archive.publications.ho_outcomes.types import refuse_unusual_types, take_types
from assets.archive.publications.ho_outcomes.undecided import set_aside_exchanged_classes
from assets.archive.publications.home_office import counts
from assets.archive.publications.home_office.counts import TEXT, constant_column, mapped, take_codes
from assets.archive.publications.home_office.multiplied import set_aside_multiplied
from assets.archive.publications.home_office.quarters import set_aside_exchanged_quarters
from assets.archive.reading.long_records import LongRecords, read_tables
from assets.archive.reading.marks import marks
from assets.archive.reading.periods import financial_quarter
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Finding, Reading, ReleaseKey, finding

HEADERS, TABLE = "ho_outcomes/columns", "outcomes"
UNIT, SCOPE = "outcomes", "ons_prc"
KEY = ["area_code", "offence_code", "outcome_type", "period_start", "period_end"]
# Column of the source -> series: the two ways in which the publication counts.
MEASURES = {
    "for_offences_recorded": "prc.ho_outcomes.for_offences_recorded",
    "recorded": "prc.ho_outcomes.recorded",
}


def read(path: Path, release: ReleaseKey, reference: Reference) -> Reading:
    """Rows of `archive.landed_outcome`, two per record of the source, in outcomes.

    Records whose force, code or period cannot be read, and records that differ on one key, are left out, each with a finding;
    a table of which many cannot be read is set aside, and so are two quarters of a force, or of an offence, in each other's
    place. BadInput where no table can be read, or two types of outcome are in each other's place.
    """
    reading = Reading()

    def read_one(records: LongRecords) -> list[pa.Table]:
        return _read_one(records, release, reference, reading)

    reading.frame = counts.as_frame(read_tables(path, HEADERS, TABLE, reference.data, reading, read_one))
    set_aside_multiplied(reading, path.name, reference, "series")
    given = reading.frame[reading.frame["series"] == MEASURES["recorded"]]
    refuse_unusual_types(given[["offence_code", "outcome_type", "value"]], reference, path.name)
    offences = reading.frame[reading.frame["series"] == MEASURES["for_offences_recorded"]]
    set_aside_exchanged_quarters(reading, offences, path.name, reference)
    set_aside_exchanged_classes(reading, offences, path.name, reference)
    return reading


def _read_one(records: LongRecords, release: ReleaseKey, reference: Reference, reading: Reading) -> list[pa.Table]:
    counts.leave_out_pseudo_forces(records, reference, reading)
    counts.name_forces(records, reference)
    take_codes(records, release, reference)
    take_types(records)
    records.period(("year", "quarter"), financial_quarter, "a financial year such as 2018/19 and a quarter 1 to 4")
    records.once(KEY, list(MEASURES))
    records.refuse_if_many()
    made = [_measure(name, records, release, reference) for name in MEASURES]
    reading.findings += _two_meanings(records, release)
    return made


def _measure(name: str, records: LongRecords, release: ReleaseKey, reference: Reference) -> pa.Table:
    records.number(name, marks(reference.data), UNIT)
    part, table, count = records.part, records.table, len(records)
    names = reference.name_of_offence
    made = pa.table(
        {
            "series": constant_column(MEASURES[name], count),
            "scope": constant_column(SCOPE, count),
            "offence_code": part["offence_code"],
            "offence": mapped(part["offence_code"], names, TEXT),
            "outcome_type": part["outcome_type"],
            "outcome": part["outcome"],
            "outcome_group": part["outcome_group"],
            "sex": constant_column("all", count),
            "age": constant_column("all", count),
            "area_code": part["area_code"],
            "period_start": part["period_start"],
            "period_end": part["period_end"],
            "period_type": constant_column("quarter", count),
            "value": part["value"],
            "unit": constant_column(UNIT, count),
            "obs_status": part["obs_status"],
            "designation": constant_column(release.designation, count),
            "notes": counts.force_notes(part["force"]),
            "printed": part[name],
            "source": constant_column(release.source, count),
            "release": constant_column(release.release, count),
            "sheet": constant_column(table.sheet.strip(), count),
            "cell": records.cells(name),
            "url": constant_column(release.url, count),
        }
    )
    records.findings += counts.negatives(made, release, f"{table.sheet.strip()}, {name}", "quarter", "info")
    return made


def _two_meanings(records: LongRecords, release: ReleaseKey) -> list[Finding]:
    """Outcome types that carry more than one wording in one file."""
    part, table = records.part, records.table
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
