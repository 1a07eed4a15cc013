"""Home Office, Police recorded crime open data: Police Force Area tables. Force x quarter x offence code, one sheet per
financial year in long form, or one such sheet as CSV; and the older table of rolling years by offence group."""

import datetime
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.publications.home_office import counts
from assets.archive.publications.home_office.counts import TEXT, Reference
from assets.archive.publications.home_office.new_codes import without_new_codes
from assets.archive.reading.content import csv_bytes, csv_head, is_workbook
from assets.archive.reading.layout_tables import layout
from assets.archive.reading.long_table import LongTable, has_table, long_tables
from assets.archive.reading.marks import marks
from assets.archive.reading.numbers import numbers
from assets.archive.reading.periods import Period, financial_quarter, twelve_months_to
from assets.archive.reading.resolved import resolved, taken_periods
from assets.archive.reading.result import Finding, Reading, Release, finding
from assets.tables.records import records
from assets.words.problems import BadInput, Problem

HEADERS = "ho_prc_pfa/columns"
QUARTERS, ROLLING = "quarters", "rolling_years"
KEY = ["area_code", "offence_code", "period_start", "period_end"]
ACCOUNTING_NOUGHT = r"^\s*-0+\s*$"


def read(path: Path, release: Release, reference: Reference) -> Reading:
    """Rows of `recorded.offence_count`, one per force, period and offence, in offences.

    Bodies that are no police force are left out and named; counts below nought are kept. BadInput with place and nearest
    candidates for a force, code or period that does not resolve, a figure given twice, and text that is no number.
    """
    headers = layout(reference.data, HEADERS)
    if not is_workbook(path):
        raw, encoding = csv_bytes(path)
        if has_table(csv_head(raw, encoding), headers, ROLLING):
            return _read_all(path, release, reference, ROLLING)
    return _read_all(path, release, reference, QUARTERS)


def _read_all(path: Path, release: Release, reference: Reference, kind: str) -> Reading:
    read_one = _quarters if kind == QUARTERS else _rolling
    reading = Reading(frame=pd.DataFrame())
    tables = [
        read_one(table, release, reference, reading)
        for table in long_tables(path, layout(reference.data, HEADERS), kind)
    ]
    period_type = "quarter" if kind == QUARTERS else "year"
    _refuse_overlap(tables, path.name)
    reading.frame = counts.as_frame(
        [
            counts.offence_counts(rows, reference, release, rows.schema.metadata[b"sheet"].decode(), period_type)
            for rows in tables
        ]
    )
    return reading


def _quarters(table: LongTable, release: Release, reference: Reference, reading: Reading) -> pa.Table:
    columns, place = table.columns, table.place
    keep, left = counts.without_pseudo_forces(table, columns["force"], reference)
    keep = pc.and_(keep, pc.not_equal(columns["force"], ""))
    reading.left_out += left
    rows = pa.table({**columns, "row": table.rows(), "cell": table.cells("offences")}).filter(keep).combine_chunks()
    rows, new = without_new_codes(rows, table, release, reference)
    reading.findings += new
    part = {name: rows[name].combine_chunks() for name in rows.column_names}
    start, end = taken_periods(
        pc.binary_join_element_wise(part["year"], part["quarter"], "\t"),
        lambda text: financial_quarter(*text.split("\t")),
        part["row"], place, "a financial year such as 2017/18 and a quarter 1 to 4",
    )  # fmt: skip
    value, status = numbers(
        part["offences"],
        part["row"],
        place,
        table.letters["offences"],
        marks(reference.data),
        counts.UNIT,
        reading.findings,
    )
    codes = reference.codes()
    found_rows = pa.table(
        {
            "area_code": resolved(reference.forces(), part["force"], part["row"], place, table.letters["force"]),
            "offence_code": counts.checked_codes(codes, part["code"], part["row"], place, table.letters["code"]),
            "period_start": start,
            "period_end": end,
            "value": value,
            "obs_status": status,
            "printed": pc.utf8_trim_whitespace(part["offences"]),
            "cell": part["cell"],
            "notes": counts.force_notes(part["force"]),
            "row": part["row"],
        }
    )
    found_rows, found = _legs_added(found_rows, table, release, reference)
    counts.refuse_twice(found_rows, KEY, place)
    reading.findings += found
    reading.findings += _noughts(part["offences"], table, release)
    reading.findings += counts.negatives(found_rows, release, table.sheet, "quarter", "info")
    reading.findings += _coverage(found_rows, table, release)
    return _with_sheet(found_rows, table)


def _rolling(table: LongTable, release: Release, reference: Reference, reading: Reading) -> pa.Table:
    columns, place = table.columns, table.place
    keep, left = counts.without_pseudo_forces(table, columns["force"], reference)
    reading.left_out += left
    rows = pa.table({**columns, "row": table.rows(), "cell": table.cells("offences")}).filter(keep).combine_chunks()
    part = {name: rows[name].combine_chunks() for name in rows.column_names}
    start, end, corrected = _year_ends(part["year_ending"], part["row"], place, reference)
    value, status = numbers(
        part["offences"],
        part["row"],
        place,
        table.letters["offences"],
        marks(reference.data),
        counts.UNIT,
        reading.findings,
    )
    found_rows = pa.table(
        {
            "area_code": resolved(reference.forces(), part["force"], part["row"], place, table.letters["force"]),
            "offence_code": resolved(reference.groups(), part["offence"], part["row"], place, table.letters["offence"]),
            "period_start": start,
            "period_end": end,
            "value": value,
            "obs_status": status,
            "printed": pc.utf8_trim_whitespace(part["offences"]),
            "cell": part["cell"],
            "notes": counts.force_notes(part["force"]),
            "row": part["row"],
        }
    )
    counts.refuse_twice(found_rows, KEY, place)
    reading.findings += [_corrected(name, read_as, why, n, table, release) for name, read_as, why, n in corrected]
    reading.findings += counts.negatives(found_rows, release, table.sheet, "year", "warning")
    reading.findings += _noughts_without_offence(found_rows, table, release, reference)
    return _with_sheet(found_rows, table)


def _year_ends(
    printed: pa.Array, rows: pa.Array, place: str, reference: Reference
) -> tuple[pa.Array, pa.Array, list[tuple[str, str, str, int]]]:
    """Rolling years by their printed last day; a mis-keyed day that a tracked correction names is read as it says."""
    corrections = {day(row["printed"]): row for row in layout(reference.data, "ho_prc_pfa/corrections")}
    used: dict[str, tuple[str, str]] = {}

    def dates(value: str) -> Period | None:
        end = day(value)
        years = twelve_months_to(end) if end else None
        if years is None and end in corrections:
            row = corrections[end]
            used[value] = (row["read_as"], row["reason"])
            years = twelve_months_to(datetime.date.fromisoformat(row["read_as"]))
        return years

    start, ends = taken_periods(printed, dates, rows, place, "the last day of a month as dd-mm-yyyy")
    counted = [(value, *said, pc.sum(pc.equal(printed, value)).as_py()) for value, said in used.items()]
    return start, ends, counted


DAYS = ("%d-%m-%Y", "%Y-%m-%d", "%d %m %Y", "%d %B %Y", "%d %b %Y", "%d %b %y", "%d-%b-%Y", "%d-%b-%y", "%Y %m %d")


def day(printed: str) -> datetime.date | None:
    """A printed day, its parts apart by dashes, slashes, dots or spaces, the month as a number or a name; None for anything else.

    Day before month, as the publisher prints it; a time behind a day is passed over.
    """
    plain = re.sub(r"[ T]0?0:00(?::00)?(?:\.0+)?$", "", printed.strip())
    for text in (plain, re.sub(r"[-/. ]", " ", plain)):
        for form in DAYS:
            try:
                return datetime.datetime.strptime(text, form).date()
            except ValueError:
                continue
    return None


def _legs_added(
    rows: pa.Table, table: LongTable, release: Release, reference: Reference
) -> tuple[pa.Table, list[Finding]]:
    """Rows that the source prints in several legs under one code, added up; the layout says which codes and how many."""
    legs: dict[str, set[int]] = {}
    for line in layout(reference.data, "ho_prc_pfa/offence_codes"):
        legs.setdefault(line["offence_code"], set()).add(int(line["rows_of_one_figure"]))
    several = pc.is_in(rows["offence_code"], pa.array(list(legs), TEXT))
    part = rows.filter(several)
    if not part.num_rows:
        return rows, []
    added, counted = [], 0
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in part.to_pylist():
        groups.setdefault(tuple(row[name] for name in KEY), []).append(row)
    for key, found in groups.items():
        if len(found) == 1:
            added.append(found[0])
            continue
        if len(found) not in legs[key[1]]:
            raise BadInput(
                f"{table.place} has another number of rows of one figure",
                [Problem(f"{table.place}, row {found[0]['row']}", table.letters["code"], f"{len(found)} rows of {key[1]}",
                         " or ".join(map(str, sorted(legs[key[1]] | {1}))),
                         "Look which rows are new, and say it in the layout of the publication.")],
            )  # fmt: skip
        counted += 1
        first, last = found[0], found[-1]
        values = [row["value"] for row in found]
        whole = None if None in values else sum(values)
        added.append(
            first
            | {
                "value": whole,
                "obs_status": "normal" if whole is not None else "missing",
                "printed": " + ".join(row["printed"] for row in found),
                "cell": f"{first['cell']}:{last['cell']}",
                "notes": "; ".join(filter(None, [first["notes"], f"{len(found)} rows under one code, added up"])),
            }
        )
    whole_rows = pa.concat_tables([rows.filter(pc.invert(several)), pa.Table.from_pylist(added, schema=rows.schema)])
    codes = ", ".join(sorted({key[1] for key, found in groups.items() if len(found) > 1}))
    evidence = f"{counted:,} figures of {codes} stand on several rows with the same force, quarter, label and code."
    found_all = [
        finding("rows_share_a_key", "warning", f"{release.source}@{release.release}, {table.sheet}", evidence,
                "The rows are the legs of one figure whose labels were lost: they are added up, and cell and note say so.")
    ] if counted else []  # fmt: skip
    return whole_rows.take(pc.sort_indices(whole_rows["row"])), found_all


def _noughts(printed: pa.Array, table: LongTable, release: Release) -> list[Finding]:
    """How the export prints a nought, where it is not `0`."""
    odd = pc.sum(pc.match_substring_regex(printed, ACCOUNTING_NOUGHT)).as_py() or 0
    if not odd:
        return []
    others = pc.sum(pc.equal(pc.utf8_trim_whitespace(printed), "0")).as_py() or 0
    return [
        finding("nought_as_accounting_format", "info", f"{release.source}@{release.release}, {table.sheet}",
                f"{odd:,} cells print '-00' and {others:,} print '0': the number format of a nought.",
                "Read as the number 0; the printed form is kept.")
    ]  # fmt: skip


def _coverage(rows: pa.Table, table: LongTable, release: Release) -> list[Finding]:
    """Forces that lack a quarter which others have."""
    pairs = rows.select(["area_code", "period_end"]).group_by(["area_code", "period_end"]).aggregate([]).to_pylist()
    quarters = {pair["period_end"] for pair in pairs}
    held: dict[str, set[Any]] = {}
    for pair in pairs:
        held.setdefault(pair["area_code"], set()).add(pair["period_end"])
    return [
        finding("quarter_missing_for_force", "warning", f"{release.source}@{release.release}, {table.sheet}, {area}",
                f"No rows for the quarters to {', '.join(map(str, sorted(quarters - has)))}.",
                "Nothing is put in their place: a missing quarter is not a nought.")
        for area, has in sorted(held.items()) if quarters - has
    ]  # fmt: skip


def _corrected(printed: str, read_as: str, why: str, rows: int, table: LongTable, release: Release) -> Finding:
    return finding(
        "date_mis_keyed", "warning", f"{release.source}@{release.release}, {table.sheet}, {printed}",
        f"{rows:,} rows print {printed!r}, which ends no month. {why}", f"Read as {read_as}, as a tracked correction says.",
    )  # fmt: skip


def _noughts_without_offence(rows: pa.Table, table: LongTable, release: Release, reference: Reference) -> list[Finding]:
    """Noughts for offences that were not counted in the period, as the validity of the code says."""
    valid = {row["offence_code"]: (row["valid_from"], row["valid_to"])
             for row in records(reference.offences[["offence_code", "valid_from", "valid_to"]])}  # fmt: skip
    grouped = rows.group_by(["offence_code", "period_start", "period_end"]).aggregate(
        [("value", "sum"), ("value", "count")]
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for one in grouped.to_pylist():
        first, last = valid.get(one["offence_code"], (None, None))
        outside = (isinstance(last, datetime.date) and one["period_start"] > last) or (
            isinstance(first, datetime.date) and one["period_end"] < first
        )
        if outside:
            found.setdefault(one["offence_code"], []).append(one)
    return [
        finding("value_outside_validity", "warning", f"{release.source}@{release.release}, {table.sheet}, {code}",
                f"{sum(o['value_count'] for o in ones):,} figures stand for periods in which the offence was not counted, from "
                f"{min(o['period_end'] for o in ones)} to {max(o['period_end'] for o in ones)}; they add up to "
                f"{sum(o['value_sum'] or 0 for o in ones):,.0f}.",
                "Kept as printed: a nought here says that nothing was counted, not that nothing happened.")
        for code, ones in sorted(found.items())
    ]  # fmt: skip


def _with_sheet(rows: pa.Table, table: LongTable) -> pa.Table:
    return rows.drop_columns(["row"]).replace_schema_metadata({b"sheet": table.sheet.strip().encode()})


def _refuse_overlap(tables: list[pa.Table], name: str) -> None:
    """BadInput where two sheets give the same force, offence and period."""
    seen: dict[tuple[datetime.date, datetime.date], str] = {}
    for rows in tables:
        sheet = rows.schema.metadata[b"sheet"].decode()
        for one in (
            rows.select(["period_start", "period_end"])
            .group_by(["period_start", "period_end"])
            .aggregate([])
            .to_pylist()
        ):
            period = (one["period_start"], one["period_end"])
            if period in seen:
                raise BadInput(
                    f"{name} gives a period on two sheets",
                    [Problem(f"{name}, sheet {sheet}", "", f"{period[0]} to {period[1]}",
                             f"a period that sheet {seen[period]} does not have", "Is a sheet copied under another name?")],
                )  # fmt: skip
            seen[period] = sheet
