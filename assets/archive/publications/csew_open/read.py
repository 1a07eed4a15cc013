"""ONS, Crime Survey open data tables: personal crime prevalence with standard error and unweighted base, in long form."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.reading.ages import age_in, sex_in
from assets.archive.reading.layout_tables import layout, pairs
from assets.archive.reading.long_records import LongRecords, read_tables
from assets.archive.reading.long_table import LongTable
from assets.archive.reading.marks import marks
from assets.archive.reading.periods import QUARTER_NUMBER, Period, year_ending
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import Finding, Reading, ReleaseKey, figure_frame, finding
from assets.archive.reading.words import of_all, words
from assets.words.problems import Problem, cannot

HEADERS, TABLE = "csew_open/columns", "personal_prevalence"
# The estimates are shares between 0 and 1, with the standard error on the same scale.
UNIT = "proportion"
SMALL_BASE = 50
FROM_SOURCE = "Look at the source; take the file as published."
KEY = ("measure", "sex", "age", "broken_by", "broken_value", "area_code", "period_start", "period_end")
# What the column of kinds says of a share of people; a rate per 1,000, or of incidents, is another figure.
PREVALENCE = {"prevalence", "rate", "proportion"}


def read(path: Path, release: ReleaseKey, reference: Reference) -> Reading:
    """Rows of `archive.figure`: estimate and standard error as proportions, base in respondents.

    Only measures that the layout ties to a series are read; the others are left out and named. Regions are areas, other
    breakdowns characteristics. A period is the twelve months of interviews that end with the printed quarter.
    """
    reading = Reading()

    def read_one(records: LongRecords) -> list[dict[str, Any]]:
        return _read_one(records, release, reference, reading)

    reading.frame = figure_frame(read_tables(path, HEADERS, TABLE, reference.data, reading, read_one), release)
    return reading


def _read_one(
    records: LongRecords, release: ReleaseKey, reference: Reference, reading: Reading
) -> list[dict[str, Any]]:
    data = reference.data
    series, table = pairs(data, "csew_open/measures", "variable", "series"), records.table
    _leave_out_kinds(records, reading)
    roles = {row["variable"]: row for row in layout(data, "csew_open/characteristics")}
    _in_known_letters(records, "measure", series)
    of_everybody = next(name for name, row in roles.items() if row["role"] == "none")
    _in_known_letters(records, "characteristic", roles, of_everybody)
    counted = {item["values"]: item["counts"] for item in pc.value_counts(records.part["measure"]).to_pylist()}
    reading.left_out += [
        {"what": name, "why": "No series of the house measures it.", "where": table.place, "rows": count}
        for name, count in counted.items()
        if name not in series
    ]
    records.keep(pc.is_in(records.part["measure"], pa.array(list(series), pa.string())))
    if not len(records):
        return []
    known = marks(data)
    records.number("estimate", known, UNIT)
    records.number("standard_error", known, UNIT, "error", "error_status")
    records.number("base", known, "respondents", "respondents", "base_status")
    _drop_halves(records)
    records.text("sex", sex_in, "women, men or all adults", FROM_SOURCE)
    records.text("age", age_in, "ages such as 16+ or 25-34", FROM_SOURCE)
    records.period(("year", "quarter"), twelve_months, "a calendar year and a quarter 1 to 4")
    _take_areas(records, reference, roles)
    records.once(KEY, ("value", "error", "respondents"))
    records.refuse_if_many()
    made = [
        {
            "series": series[row["measure"]], "sex": row["sex"], "age": row["age"], **_characteristic(row, roles),
            "area_code": row["area_code"], "period_start": row["period_start"], "period_end": row["period_end"],
            "period_type": "survey_year", "value": row["value"], "unit": UNIT, "obs_status": row["obs_status"],
            "printed": row["estimate"], "standard_error": row["error"], "base": row["respondents"], "sheet": table.sheet,
            "cell": row["cell"], "note": None, "file": table.place, "line": row["row"],
        }
        for row in pa.table(records.part | {"cell": records.cells("estimate")}).to_pylist()
        if row["obs_status"] is not None
    ]  # fmt: skip
    reading.findings += _noughts(made, table, release)
    printed = records.part["characteristic"].to_pylist()
    reading.findings += _unknown_characteristics(printed, roles, table, release)
    return made


def _leave_out_kinds(records: LongRecords, reading: Reading) -> None:
    """Leave out, by name, what is no share of people; BadInput where nothing else is there."""
    place, counted = records.table.place, pc.value_counts(records.part["kind"]).to_pylist()
    others = {item["values"]: item["counts"] for item in counted if not _of_people(item["values"])}
    if len(others) == len(counted):
        found = ", ".join(map(repr, others))
        raise cannot(f"{place} has no share of people", place, found, "'Prevalence rate'", FROM_SOURCE)
    reading.left_out += [
        {"what": name, "why": "No share of people.", "where": place, "rows": count} for name, count in others.items()
    ]
    records.keep(pc.invert(pc.is_in(records.part["kind"], pa.array(list(others), pa.string()))))


def _of_people(kind: str) -> bool:
    """Does a kind say a share of people, and of no thousand?"""
    said = {*words(kind)}
    return bool(said - {"rate"}) and said <= PREVALENCE and not any(sign.isdigit() or sign == "%" for sign in kind)


def _in_known_letters(records: LongRecords, column: str, known: Iterable[str], of_everybody: str = "") -> None:
    """Variables in the letters in which they are known, small or large; "All", or a blank, as the one that says so."""
    lower = {name.casefold(): name for name in known}
    encoded = pc.dictionary_encode(records.part[column])
    names = [
        of_everybody if of_everybody and of_all(name) else lower.get(name.casefold(), name)
        for name in encoded.dictionary.to_pylist()
    ]
    records.part[column] = pa.array(names, pa.string()).take(encoded.indices)


def _drop_halves(records: LongRecords) -> None:
    """Leave out estimates without their error, and errors of no estimate: one of the two is not as it was published."""
    half = pc.xor(pc.is_null(records.part["value"]), pc.is_null(records.part["error"]))
    rows = records.part["row"].filter(half).to_pylist()
    place, letter = records.table.place, records.table.letters["estimate"]
    records.drop(
        half,
        [
            Problem(
                f"{place}, row {row}",
                letter,
                "one of estimate and standard error",
                "both or neither",
                "Look at the source.",
            )
            for row in rows
        ],
    )


def _take_areas(records: LongRecords, reference: Reference, roles: dict[str, Any]) -> None:
    """`area_code`: the geography, or the region where the breakdown is by region."""
    by_area = pa.array([name for name, row in roles.items() if row["role"] == "area"], pa.string())
    regional = pc.is_in(records.part["characteristic"], by_area)
    records.part["geography"] = pc.if_else(regional, records.part["characteristic_value"], records.part["geography"])
    records.name("geography", reference.places("region", "country", "country_group"), "area_code")
    whole = [name for name, row in roles.items() if row["role"] in ("none", "area")]
    of_all = pc.is_in(records.part["characteristic"], pa.array(whole, pa.string()))
    for name, of in (("broken_by", "characteristic"), ("broken_value", "characteristic_value")):
        records.part[name] = pc.if_else(of_all, "", records.part[of])


def _characteristic(row: dict[str, Any], roles: dict[str, Any]) -> dict[str, Any]:
    """The breakdown of a record: none for all people and for areas."""
    role = roles.get(row["characteristic"])
    if role is not None and role["role"] in ("none", "area"):
        return {"characteristic": None, "characteristic_value": None}
    name = role["name"] if role is not None else row["characteristic"]
    return {"characteristic": name, "characteristic_value": row["characteristic_value"]}


def twelve_months(year: str, quarter: str) -> Period | None:
    """The twelve months that end with a printed year and quarter."""
    number = QUARTER_NUMBER.fullmatch(quarter.casefold())
    plain = year.isascii() and year.isdigit() and len(year) == 4 and year >= "1900"
    return year_ending(int(year), int(number[1]) * 3) if plain and number else None


def _noughts(rows: list[dict[str, Any]], table: LongTable, release: ReleaseKey) -> list[Finding]:
    """Estimates of nought with a standard error of nought: nobody in the sample, not nobody in the population."""
    noughts = [row for row in rows if row["value"] == 0 and row["standard_error"] == 0]
    small = sum(1 for row in rows if row["base"] is not None and row["base"] < SMALL_BASE)
    findings = []
    if noughts:
        findings.append(
            finding("nought_without_error", "warning", f"{release.source}@{release.release}, {table.sheet}",
                    f"{len(noughts):,} of {len(rows):,} estimates are 0 with a standard error of 0, the first in "
                    f"{noughts[0]['cell']}.",
                    "Kept as printed: no victim among the respondents says nothing of certainty; no interval follows from it.")
        )  # fmt: skip
    if small:
        findings.append(
            finding("base_under_50", "info", f"{release.source}@{release.release}, {table.sheet}, base",
                    f"{small:,} estimates rest on fewer than {SMALL_BASE} respondents and are published all the same.",
                    "Kept with their base, so that a comparison can leave them out.")
        )  # fmt: skip
    return findings


def _unknown_characteristics(
    printed: list[str], roles: dict[str, Any], table: LongTable, release: ReleaseKey
) -> list[Finding]:
    new = sorted(set(printed) - set(roles))
    return [
        finding("characteristic_without_name", "info", f"{release.source}@{release.release}, {table.sheet}, {name}",
                f"{printed.count(name):,} rows are broken down by the variable {name}, which no codebook at hand explains.",
                "Kept under the name of the variable.")
        for name in new
    ]  # fmt: skip
