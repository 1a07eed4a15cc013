"""Home Office, Police recorded crime open data: Police Force Area tables. Force x quarter x offence code, one sheet per
financial year in long form, or one such sheet as CSV; and the older table of rolling years by offence group."""

import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.publications.home_office import counts
from assets.archive.publications.home_office.counts import TEXT, take_codes
from assets.archive.publications.home_office.multiplied import set_aside_multiplied
from assets.archive.publications.home_office.quarters import set_aside_exchanged_quarters
from assets.archive.reading.content import heads
from assets.archive.reading.layout_tables import layout
from assets.archive.reading.long_records import WRITTEN_SO, LongRecords, read_tables
from assets.archive.reading.long_table import LongTable, has_table, header_labels
from assets.archive.reading.marks import marks
from assets.archive.reading.periods import Period, day, end_named, financial_quarter, months_to
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Finding, Reading, ReleaseKey, finding
from assets.tables.records import records
from assets.words.problems import BadInput, Problem

HEADERS = "ho_prc_pfa/columns"
QUARTERS, ROLLING = "quarters", "rolling_years"
KEY = ["area_code", "offence_code", "period_start", "period_end"]
FIGURE = ("value", "obs_status")
OF_A_FORCE = ["period_start", "period_end", "area_code"]
OfAForce = tuple[datetime.date, datetime.date, str]
ACCOUNTING_NOUGHT = r"^\s*-0+\s*$"


def read(path: Path, release: ReleaseKey, reference: Reference) -> Reading:
    """Rows of `recorded.offence_count`, one per force, period and offence, in offences.

    Bodies that are no police force are left out and named; counts below nought are kept. Records whose force, code, period or
    number cannot be read are left out, each with a finding; a sheet of which many cannot be is set aside, and so are two
    quarters of a force in each other's place. BadInput where no sheet can be read.
    """
    headers, reading = layout(reference.data, HEADERS), Reading()
    kind = next(
        (
            table
            for _, head, _ in heads(path)
            for table in (QUARTERS, ROLLING)
            if has_table(header_labels(head), headers, table)
        ),
        QUARTERS,
    )
    taken: dict[OfAForce, str] = {}

    def read_one(records: LongRecords) -> list[pa.Table]:
        (_quarters if kind == QUARTERS else _rolling)(records, release, reference, reading)
        _refuse_overlap(records, taken)
        return [counts.count_columns(records, reference, release, "quarter" if kind == QUARTERS else "year")]

    reading.frame = counts.as_frame(read_tables(path, HEADERS, kind, reference.data, reading, read_one))
    if kind == QUARTERS:
        set_aside_multiplied(reading, path.name, reference)
        set_aside_exchanged_quarters(reading, reading.frame, path.name, reference)
    return reading


def _quarters(records: LongRecords, release: ReleaseKey, reference: Reference, reading: Reading) -> None:
    _common(records, reference, reading)
    take_codes(records, release, reference)
    records.period(("year", "quarter"), financial_quarter, "a financial year such as 2017/18 and a quarter 1 to 4")
    _add_legs(records, release, reference)
    records.once(KEY, FIGURE)
    records.refuse_if_many()
    rows, table = pa.table(records.part), records.table
    reading.findings += _noughts(records.part["offences"], table, release)
    reading.findings += counts.negatives(rows, release, table.sheet, "quarter", "info")


def _rolling(records: LongRecords, release: ReleaseKey, reference: Reference, reading: Reading) -> None:
    _common(records, reference, reading)
    records.name("offence", reference.groups(), "offence_code")
    corrected = _year_ends(records, reference)
    records.once(KEY, FIGURE)
    records.refuse_if_many()
    rows, table = pa.table(records.part), records.table
    reading.findings += [_corrected(name, read_as, why, n, table, release) for name, read_as, why, n in corrected]
    reading.findings += counts.negatives(rows, release, table.sheet, "year", "warning")
    reading.findings += _noughts_without_offence(rows, table, release, reference)


def _common(records: LongRecords, reference: Reference, reading: Reading) -> None:
    """What both layouts print: the force, and the number of offences with its cell and notes."""
    counts.leave_out_pseudo_forces(records, reference, reading)
    counts.name_forces(records, reference)
    records.number("offences", marks(reference.data), counts.UNIT)
    records.part["printed"] = records.part["offences"]
    records.part["cell"] = records.cells("offences")
    records.part["notes"] = counts.force_notes(records.part["force"])


def _year_ends(records: LongRecords, reference: Reference) -> list[tuple[str, str, str, int]]:
    """Rolling years by their printed last day; a mis-keyed day that a tracked correction names is read as it says."""
    corrections = {day(row["printed"]): row for row in layout(reference.data, "ho_prc_pfa/corrections")}
    used: dict[str, tuple[str, str]] = {}

    def dates(value: str) -> Period | None:
        end = end_named(value)
        years = months_to(end, 12)
        if years is None and end in corrections:
            row = corrections[end]
            used[value] = (row["read_as"], row["reason"])
            years = months_to(datetime.date.fromisoformat(row["read_as"]), 12)
        return years

    remedy = f"{WRITTEN_SO} Where the source has mis-keyed it, say so in data/layouts/ho_prc_pfa/corrections.csv."
    records.period(("year_ending",), dates, "the last day of a month as dd-mm-yyyy, or its name and year", remedy)
    printed = records.part["year_ending"]
    return [(value, *mark, pc.sum(pc.equal(printed, value)).as_py()) for value, mark in used.items()]


def _add_legs(records: LongRecords, release: ReleaseKey, reference: Reference) -> None:
    """Add up rows that the source prints in several legs under one code; the layout says which codes and how many."""
    legs: dict[str, set[int]] = {}
    for line in layout(reference.data, "ho_prc_pfa/offence_codes"):
        legs.setdefault(line["offence_code"], {1}).add(int(line["rows_of_one_figure"]))
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    of_legs = pc.is_in(records.part["offence_code"], pa.array(list(legs), TEXT))
    wanted = ("row", "value", "printed", "cell", "notes", *KEY)
    for row in pa.table({name: records.part[name] for name in wanted}).filter(of_legs).to_pylist():
        groups.setdefault(tuple(row[name] for name in KEY), []).append(row)
    several = {key: rows for key, rows in groups.items() if len(rows) > 1}
    wrong = {key: rows for key, rows in several.items() if len(rows) not in legs[key[1]]}
    summed = {rows[0]["row"]: rows for key, rows in several.items() if key not in wrong}
    if not several:
        return
    _write_sums(records, summed)
    later = [row["row"] for rows in summed.values() for row in rows[1:]]
    records.keep(pc.invert(pc.is_in(records.part["row"], pa.array(later, pa.int64()))))
    records.drop(
        pc.is_in(records.part["row"], pa.array([row["row"] for rows in wrong.values() for row in rows], pa.int64())),
        [Problem(f"{records.table.place}, row {rows[0]['row']}", records.table.letters["code"], f"{len(rows)} rows of {key[1]}",
                 " or ".join(map(str, sorted(legs[key[1]]))), "Look which rows are new, and say it in the layout.")
         for key, rows in wrong.items()],
    )  # fmt: skip
    if summed:
        codes = ", ".join(sorted({key[1] for key in several.keys() - wrong.keys()}))
        records.findings.append(
            finding("rows_share_a_key", "warning", f"{release.source}@{release.release}, {records.table.sheet}",
                    f"{len(summed):,} figures of {codes} stand on several rows with the same force, quarter, label and code.",
                    "The rows are the legs of one figure whose labels were lost: they are added up, and cell and note say so.")
        )  # fmt: skip


def _write_sums(records: LongRecords, summed: dict[int, list[dict[str, Any]]]) -> None:
    """Put the sum of the legs of each figure in its first row, with the cells and prints of all."""
    made: dict[str, dict[int, Any]] = {"value": {}, "obs_status": {}, "printed": {}, "cell": {}, "notes": {}}
    for first, rows in summed.items():
        values = [row["value"] for row in rows]
        made["value"][first] = None if None in values else sum(values)
        made["obs_status"][first] = "missing" if None in values else "normal"
        made["printed"][first] = " + ".join(row["printed"] for row in rows)
        made["cell"][first] = f"{rows[0]['cell']}:{rows[-1]['cell']}"
        made["notes"][first] = "; ".join(filter(None, [rows[0]["notes"], f"{len(rows)} rows under one code, added up"]))
    mask = pc.is_in(records.part["row"], pa.array(list(summed), pa.int64()))
    order = records.part["row"].filter(mask).to_pylist()
    for name, values_of in made.items():
        column = records.part[name]
        values = pa.array([values_of[row] for row in order], column.type)
        records.part[name] = pc.replace_with_mask(column, mask, values)


def _noughts(printed: pa.Array, table: LongTable, release: ReleaseKey) -> list[Finding]:
    """How the export prints a nought, where it is not `0`."""
    odd = pc.sum(pc.match_substring_regex(printed, ACCOUNTING_NOUGHT)).as_py() or 0
    if not odd:
        return []
    others = pc.sum(pc.equal(printed, "0")).as_py() or 0
    return [
        finding("nought_as_accounting_format", "info", f"{release.source}@{release.release}, {table.sheet}",
                f"{odd:,} cells print '-00' and {others:,} print '0': the number format of a nought.",
                "Read as the number 0; the printed form is kept.")
    ]  # fmt: skip


def _corrected(printed: str, read_as: str, why: str, rows: int, table: LongTable, release: ReleaseKey) -> Finding:
    return finding(
        "date_mis_keyed", "warning", f"{release.source}@{release.release}, {table.sheet}, {printed}",
        f"{rows:,} rows print {printed!r}, which ends no month. {why}", f"Read as {read_as}, as a tracked correction says.",
    )  # fmt: skip


def _noughts_without_offence(
    rows: pa.Table, table: LongTable, release: ReleaseKey, reference: Reference
) -> list[Finding]:
    """Noughts for offences that were not counted in the period, as the validity of the code says."""
    valid = {row["offence_code"]: (row["valid_from"], row["valid_to"])
             for row in records(reference.offences[["offence_code", "valid_from", "valid_to"]])}  # fmt: skip
    grouped = rows.group_by(["offence_code", "period_start", "period_end"]).aggregate(
        [("value", "sum"), ("value", "count")]
    )
    noughts: dict[str, list[dict[str, Any]]] = {}
    for group in grouped.to_pylist():
        first, last = valid.get(group["offence_code"], (None, None))
        outside = (isinstance(last, datetime.date) and group["period_start"] > last) or (
            isinstance(first, datetime.date) and group["period_end"] < first
        )
        if outside:
            noughts.setdefault(group["offence_code"], []).append(group)
    return [
        finding("value_outside_validity", "warning", f"{release.source}@{release.release}, {table.sheet}, {code}",
                f"{sum(o['value_count'] for o in ones):,} figures stand for periods in which the offence was not counted, from "
                f"{min(o['period_end'] for o in ones)} to {max(o['period_end'] for o in ones)}; they add up to "
                f"{sum(o['value_sum'] or 0 for o in ones):,.0f}.",
                "Kept as printed: a nought here says that nothing was counted, not that nothing happened.")
        for code, ones in sorted(noughts.items())
    ]  # fmt: skip


def _refuse_overlap(records: LongRecords, taken: dict[OfAForce, str]) -> None:
    """BadInput where an earlier sheet of the file, which is read, gives a period of this one, and of a force of it."""
    rows = pa.table({name: records.part[name] for name in OF_A_FORCE}).group_by(OF_A_FORCE).aggregate([])
    given: list[OfAForce] = [*zip(*(rows[name].to_pylist() for name in OF_A_FORCE), strict=True)]
    twice = sorted({(first, last, taken[first, last, area]) for first, last, area in taken.keys() & given})
    if twice:
        raise BadInput(
            f"{records.table.place} gives a period again",
            [Problem(records.table.place, "", f"{first} to {last}", f"a period that sheet {sheet} does not have",
                     "Is a sheet copied under another name?") for first, last, sheet in twice],
        )  # fmt: skip
    taken |= dict.fromkeys(given, records.table.sheet.strip())
