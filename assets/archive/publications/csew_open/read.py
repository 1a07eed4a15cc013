"""ONS, Crime Survey open data tables: personal crime prevalence with standard error and unweighted base, in long form."""

import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.reading.figure_frame import figure_frame
from assets.archive.reading.layout_tables import layout, pairs
from assets.archive.reading.long_table import LongTable, long_tables
from assets.archive.reading.marks import marks
from assets.archive.reading.names import Names, area_names
from assets.archive.reading.numbers import numbers
from assets.archive.reading.periods import year_ending
from assets.archive.reading.resolved import resolved
from assets.archive.reading.result import Finding, Reading, Release, finding
from assets.words.problems import BadInput, Problem
from schemas.codes import ENGLAND_AND_WALES

HEADERS, TABLE = "csew_open/columns", "personal_prevalence"
# The estimates are shares between 0 and 1, with the standard error on the same scale.
UNIT = "proportion"
SMALL_BASE = 50
TEXTS = (
    "measure", "year", "quarter", "age", "characteristic", "characteristic_value", "geography", "estimate", "cell", "row",
)  # fmt: skip


def read(path: Path, release: Release, areas: pd.DataFrame, data: Path) -> Reading:
    """Rows of `archive.figure`: estimate and standard error as proportions, base in respondents.

    Only measures that the layout ties to a series are read; the others are left out and named. Regions are areas, other
    breakdowns characteristics. A period is the twelve months of interviews that end with the printed quarter.
    """
    reading = Reading(frame=pd.DataFrame())
    rows: list[dict[str, Any]] = []
    for table in long_tables(path, layout(data, HEADERS), TABLE):
        rows += _read_one(table, release, areas, data, reading)
    reading.frame = figure_frame(rows, release)
    return reading


def _read_one(
    table: LongTable, release: Release, areas: pd.DataFrame, data: Path, reading: Reading
) -> list[dict[str, Any]]:
    series = pairs(data, "csew_open/measures", "variable", "series")
    counted = {item["values"]: item["counts"] for item in pc.value_counts(table.columns["measure"]).to_pylist()}
    reading.left_out += [
        {"what": name, "why": "No series of the house measures it.", "where": table.place, "rows": count}
        for name, count in counted.items()
        if name not in series
    ]
    cells = {"row": table.rows(), "cell": table.cells("estimate")}
    wanted = pc.is_in(table.columns["measure"], pa.array(list(series), pa.string()))
    rows = pa.table({**table.columns, **cells}).filter(wanted).combine_chunks()
    part = {name: rows[name].combine_chunks() for name in rows.column_names}
    known = marks(data)
    value, status = numbers(
        part["estimate"], part["row"], table.place, table.letters["estimate"], known, UNIT, reading.findings
    )
    error, _ = numbers(
        part["standard_error"], part["row"], table.place, table.letters["standard_error"], known, UNIT, reading.findings
    )
    base, _ = numbers(
        part["base"], part["row"], table.place, table.letters["base"], known, "respondents", reading.findings
    )
    sexes = Names(pairs(data, "csew_open/sexes", "printed", "sex"), "sex", "data/layouts/csew_open/sexes.csv")
    sex = resolved(sexes, part["sex"], part["row"], table.place, table.letters["sex"])
    regions = area_names(
        areas, pairs(data, "area_names", "printed", "area_code"), ("region", "country", "country_group")
    )
    roles = {row["variable"]: row for row in layout(data, "csew_open/characteristics")}
    made = []
    text = {name: part[name].to_pylist() for name in TEXTS}
    periods = _periods(text, table)
    for at, (v, s, e, b) in enumerate(
        zip(value.to_pylist(), status.to_pylist(), error.to_pylist(), base.to_pylist(), strict=True)
    ):
        if s is None:
            continue
        place = f"{table.place}, row {text['row'][at]}"
        role = roles.get(text["characteristic"][at])
        name, label, area = (
            text["characteristic"][at],
            text["characteristic_value"][at],
            _area(text["geography"][at], regions, place),
        )
        if role is not None and role["role"] == "none":
            name, label = None, None
        elif role is not None and role["role"] == "area":
            area, name, label = _area(label, regions, place), None, None
        elif role is not None:
            name = role["name"]
        start, end = periods[text["year"][at], text["quarter"][at]]
        made.append(
            {
                "series": series[text["measure"][at]], "sex": sex[at].as_py(), "age": text["age"][at],
                "characteristic": name, "characteristic_value": label, "area_code": area,
                "period_start": start, "period_end": end, "period_type": "survey_year", "value": v, "unit": UNIT,
                "obs_status": s, "printed": text["estimate"][at], "standard_error": e, "base": b, "sheet": table.sheet,
                "cell": text["cell"][at], "note": None, "file": table.place, "line": text["row"][at],
            }
        )  # fmt: skip
    reading.findings += _noughts(made, table, release)
    reading.findings += _unknown_characteristics(text["characteristic"], roles, table, release)
    return made


def _area(printed: str, regions: Names, place: str) -> str:
    if printed == "England and Wales":
        return ENGLAND_AND_WALES
    code = regions.key(printed)
    if code is None:
        raise BadInput(f"{place} names an area that is not known", [regions.problem(place, "", printed)])
    return code


def _periods(
    text: dict[str, list[Any]], table: LongTable
) -> dict[tuple[str, str], tuple[datetime.date, datetime.date]]:
    """The twelve months that end with each printed year and quarter."""
    found = {}
    for year, quarter in dict.fromkeys(zip(text["year"], text["quarter"], strict=True)):
        if not (
            year.isascii() and year.isdigit() and len(year) == 4 and year >= "1900" and quarter in ("1", "2", "3", "4")
        ):
            raise BadInput(
                f"{table.place} has a period that cannot be read",
                [
                    Problem(
                        table.place,
                        "",
                        f"{year} {quarter}",
                        "a calendar year and a quarter 1 to 4",
                        "Look at the file.",
                    )
                ],
            )
        one = year_ending(int(year), int(quarter) * 3)
        found[year, quarter] = (one.start, one.end)
    return found


def _noughts(rows: list[dict[str, Any]], table: LongTable, release: Release) -> list[Finding]:
    """Estimates of nought with a standard error of nought: nobody in the sample, not nobody in the population."""
    noughts = [row for row in rows if row["value"] == 0 and row["standard_error"] == 0]
    small = sum(1 for row in rows if row["base"] is not None and row["base"] < SMALL_BASE)
    found = []
    if noughts:
        found.append(
            finding("nought_without_error", "warning", f"{release.source}@{release.release}, {table.sheet}",
                    f"{len(noughts):,} of {len(rows):,} estimates are 0 with a standard error of 0, the first in "
                    f"{noughts[0]['cell']}.",
                    "Kept as printed: no victim among the respondents says nothing of certainty; no interval follows from it.")
        )  # fmt: skip
    if small:
        found.append(
            finding("base_under_50", "info", f"{release.source}@{release.release}, {table.sheet}, base",
                    f"{small:,} estimates rest on fewer than {SMALL_BASE} respondents and are published all the same.",
                    "Kept with their base, so that a comparison can leave them out.")
        )  # fmt: skip
    return found


def _unknown_characteristics(
    printed: list[str], roles: dict[str, Any], table: LongTable, release: Release
) -> list[Finding]:
    new = sorted(set(printed) - set(roles))
    return [
        finding("characteristic_without_name", "info", f"{release.source}@{release.release}, {table.sheet}, {name}",
                f"{printed.count(name):,} rows are broken down by the variable {name}, which no codebook at hand explains.",
                "Kept under the name of the variable.")
        for name in new
    ]  # fmt: skip
