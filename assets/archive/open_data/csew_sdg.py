"""ONS, UK Sustainable Development Goals data: Crime Survey estimates by age base and characteristic, one CSV per indicator.

What a column of an indicator is, and which series its labels name, stands in data/layouts/csew_sdg/.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from assets.archive.open_data.content import csv_rows, is_workbook, sheets
from assets.archive.open_data.figures import figure_frame
from assets.archive.open_data.layouts import Record, layout, pairs
from assets.archive.open_data.long_table import as_text, column_letter
from assets.archive.open_data.names import Names, area_names, plain
from assets.archive.open_data.reading import Finding, Reading, Release, finding
from assets.archive.periods import april_to_march
from assets.words.problems import BadInput, Problem
from schemas.codes import ENGLAND_AND_WALES

UNIT = "percent"
SEXES = {
    "": "all", "all": "all", "female": "female", "females": "female", "women": "female", "male": "male", "males": "male",
    "men": "male",
}  # fmt: skip
PLAIN_STATUSES = ("Normal value", "Undefined")
KIND_OF_ABUSE = "type of abuse"
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")


@dataclass(frozen=True)
class Indicator:
    """One indicator: its columns by role, and its tables of labels."""

    key: str
    columns: list[Record]
    data: Path

    def table(self, name: str) -> list[Record]:
        """The rows of a layout table that speak of this indicator."""
        return [row for row in layout(self.data, f"csew_sdg/{name}") if row["indicator"] == self.key]


def read(path: Path, release: Release, areas: pd.DataFrame, series: pd.DataFrame, data: Path) -> Reading:
    """Rows of `archive.figure`, one per line of the file, in percent.

    A blank under "Normal value" and a value under "Missing data" are findings and never numbers. Regions are areas, every
    other breakdown is a characteristic. BadInput for labels that name no known series, with the nearest ones.
    """
    rows = _rows(path)
    indicator = indicator_of(rows[0], data)
    if indicator is None:
        raise BadInput(
            f"{path.name} is no known indicator",
            [Problem(f"{path.name}, row 1", "", ", ".join(map(str, rows[0])), "the header of a known indicator",
                     "Say what its columns are in data/layouts/csew_sdg/columns.csv.")],
        )  # fmt: skip
    return _Reader(indicator, release, areas, set(series["series"]), path.name).read(rows)


def indicator_of(header: list[Any], data: Path) -> Indicator | None:
    """The indicator whose own columns a header has: the one that shares most of them and lacks none that it must have."""
    labels = {plain(str(cell)) for cell in header}
    best: tuple[int, Indicator] | None = None
    for key, columns in _by_key(data).items():
        needed = {plain(row["header"]) for row in columns if _needed(row)}
        shared = len(labels & {plain(row["header"]) for row in columns})
        if needed <= labels and (best is None or shared > best[0]):
            best = (shared, Indicator(key, columns, data))
    return best[1] if best else None


def refuse_if_nearly(header: list[Any], data: Path, place: str) -> None:
    """BadInput where a header has what the figures of an indicator are of, and lacks one other column that it must have.

    Older releases do not print the age base beside a figure, so they cannot be read: nothing is guessed.
    """
    labels = {plain(str(cell)) for cell in header}
    for key, columns in _by_key(data).items():
        kinds = {plain(row["header"]) for row in columns if row["role"] in ("kind", "subkind")}
        lacking = [row["header"] for row in columns if _needed(row) and plain(row["header"]) not in labels]
        if kinds and kinds <= labels and len(lacking) == 1:
            raise BadInput(
                f"{place} is nearly indicator {key}",
                [Problem(f"{place}, row 1", lacking[0], "no such column", ", ".join(map(str, header)),
                         "Take a release that has the column, or say in data/layouts/csew_sdg/columns.csv what stands for it.")],
            )  # fmt: skip


def _by_key(data: Path) -> dict[str, list[Record]]:
    by_key: dict[str, list[Record]] = {}
    for row in layout(data, "csew_sdg/columns"):
        by_key.setdefault(row["indicator"], []).append(row)
    return by_key


def _needed(row: Record) -> bool:
    """A characteristic may go or come; what the figures are of may not."""
    return row["role"] not in ("characteristic", "region", "geo", "expected")


def _rows(path: Path) -> list[list[Any]]:
    rows = _first_sheet(path) if is_workbook(path) else csv_rows(path)
    if not rows:
        raise BadInput(
            f"{path.name} is empty", [Problem(path.name, "", "no rows", "a header and rows", "Fetch it again.")]
        )
    return rows


def _first_sheet(path: Path) -> list[list[Any]]:
    return [[as_text(cell) for cell in row] for row in next(iter(sheets(path)))[1]]


class _Reader:
    """Reads the lines of one indicator."""

    def __init__(
        self, indicator: Indicator, release: Release, areas: pd.DataFrame, series: set[str], name: str
    ) -> None:
        self.indicator, self.release, self.name = indicator, release, name
        self.sheet = f"indicator_{indicator.key}.csv"
        self.known_series = series
        aliases = pairs(indicator.data, "area_names", "printed", "area_code")
        self.regions = area_names(areas, aliases, ("region", "country"))
        self.codes = set(areas["area_code"])
        self.bases = {(row["printed"]): row for row in indicator.table("age_bases")}
        self.kinds = {(row["part"], row["kind"], row["subkind"]): row for row in indicator.table("series")}
        self.statuses = pairs(indicator.data, "csew_sdg/statuses", "printed", "obs_status")
        self.years = {(row["part"], row["year"]): row for row in indicator.table("years")}
        self.notes = {row["part"]: row["note"] for row in indicator.table("notes")}
        self.findings: list[Finding] = []
        self.problems: list[Problem] = []

    def read(self, rows: list[list[Any]]) -> Reading:
        roles, breakdowns, letter = self._roles(rows)
        made, seen = [], dict[tuple[Any, ...], int]()
        for line, cells in enumerate(rows[1:], start=2):
            if not any(str(cell).strip() for cell in cells):
                continue
            if len(cells) != len(rows[0]):
                self._refuse(
                    line, "", f"{len(cells)} cells", f"{len(rows[0])} as in the header", "Is the file cut off?"
                )
                continue
            row = self._row(
                line,
                {name: str(cells[at]).strip() for name, at in roles.items()},
                list(self._broken(cells, breakdowns)),
            )
            if row is None:
                continue
            key = tuple(row[name] for name in ("series", "sex", "age", "characteristic", "characteristic_value", "area_code",
                                               "period_start", "period_end"))  # fmt: skip
            if key in seen:
                self._refuse(
                    line, "", f"a second line of {row['series']}", f"one; the other is line {seen[key]}", "Which is it?"
                )
            seen[key] = line
            made.append(row | {"cell": f"{letter}{line}"})
        if self.problems:
            raise BadInput(f"{self.name} cannot be read as indicator {self.indicator.key}", self.problems)
        self._undefined_status(rows, roles)
        self._several_years(made)
        return Reading(figure_frame(made, self.release), self.findings)

    def _roles(self, rows: list[list[Any]]) -> tuple[dict[str, int], list[tuple[int, str, int | None]], str]:
        """Position of each role; the breakdowns as (position, name, position of the label above it); the value's letter."""
        positions = {plain(str(cell)): at for at, cell in enumerate(rows[0])}
        roles, breakdowns = {}, []
        for column in self.indicator.columns:
            at = positions.pop(plain(column["header"]), None)
            if at is None:
                continue
            if column["role"] == "characteristic":
                above = next(
                    (
                        i
                        for i, cell in enumerate(rows[0])
                        if column["parent"] and plain(str(cell)) == plain(column["parent"])
                    ),
                    None,
                )
                breakdowns.append((at, column["name"], above))
            elif column["role"] == "expected":
                for line, cells in enumerate(rows[1:], start=2):
                    if at < len(cells) and str(cells[at]).strip() != column["name"]:
                        self._refuse(
                            line,
                            column["header"],
                            repr(cells[at]),
                            repr(column["name"]),
                            "A unit or group that is not known yet.",
                        )
            else:
                roles[column["role"]] = at
        for label, at in positions.items():
            filled = sum(1 for cells in rows[1:] if at < len(cells) and str(cells[at]).strip())
            if label and filled:
                breakdowns.append((at, label, None))
                self.findings.append(
                    finding("new_column", "warning", f"{self._release()}, column {rows[0][at]}",
                            f"{filled:,} lines have a value in a column that no layout names.",
                            "Taken as a characteristic of that name.")
                )  # fmt: skip
        return roles, breakdowns, column_letter(roles["value"])

    def _broken(self, cells: list[Any], breakdowns: list[tuple[int, str, int | None]]) -> Iterator[tuple[str, str]]:
        """Name and value of every breakdown on a line; a label above another is said with it and not for itself."""
        inner = {above for at, _, above in breakdowns if above is not None and str(cells[at]).strip()}
        for at, name, above in breakdowns:
            value = str(cells[at]).strip()
            if value and at not in inner:
                yield name, f"{str(cells[above]).strip()}: {value}" if above is not None else value

    def _row(self, line: int, cells: dict[str, str], broken: list[tuple[str, str]]) -> dict[str, Any] | None:
        base = self.bases.get(cells.get("age_base", ""))
        if base is None:
            self._unknown(line, "age base", cells.get("age_base", ""), list(self.bases))
            return None
        kind = self.kinds.get((base["part"], cells.get("kind", ""), cells.get("subkind", "")))
        if kind is None:
            printed = " / ".join(filter(None, (cells.get("kind"), cells.get("subkind")))) or "(blank)"
            self._unknown(
                line,
                "kind",
                printed,
                [" / ".join(filter(None, key[1:])) for key in self.kinds if key[0] == base["part"]],
            )
            return None
        series = f"csew.{kind['topic']}.{kind['version']}.{base['age_base']}.{kind['measure']}"
        if series not in self.known_series:
            self._refuse(line, "", series, "a key of data/reference/series.csv", "Add the series, with its citation.")
        sex = base["sex"] or SEXES.get(cells.get("sex", "").casefold())
        if sex is None:
            self._unknown(line, "sex", cells.get("sex", ""), list(SEXES))
        period = april_to_march(cells["year"])
        if period is None:
            self._refuse(line, "Year", repr(cells["year"]), "a year such as 2018/19", "Correct it from the source.")
            return None
        area = self._area(line, cells)
        value, status = self._value(line, cells)
        if kind["type_of_abuse"]:
            broken.insert(0, (KIND_OF_ABUSE, kind["type_of_abuse"]))
        year = self.years.get((base["part"], cells["year"]))
        said = [year["note"] if year else "", self.notes.get(base["part"], "")]
        if value is not None and cells["status"] not in PLAIN_STATUSES:
            said.append(f"status: {cells['status']}")
        row: dict[str, Any] = {
            "series": series,
            "sex": sex,
            "age": base["age_base"],
            "characteristic": "; ".join(name for name, _ in broken) or None,
            "characteristic_value": "; ".join(value for _, value in broken) or None,
            "area_code": area,
            "period_start": period.start,
            "period_end": period.end,
            "period_type": "survey_year" if period.period_type == "year" else "multi_year",
            "value": value,
            "unit": UNIT,
            "obs_status": status,
            "printed": cells["value"],
            "sheet": self.sheet,
            "note": "; ".join(filter(None, said)) or None,
            "file": self.name,
            "line": line,
        }
        return row | ({"designation": year["designation"]} if year else {})

    def _value(self, line: int, cells: dict[str, str]) -> tuple[float | None, str]:
        printed, said = cells["value"], cells["status"]
        status = self.statuses.get(said)
        if status is None:
            self._unknown(line, "status", said, list(self.statuses))
            return None, "missing"
        if printed and NUMBER.fullmatch(printed) is None:
            self._refuse(line, "Value", repr(printed), "a number or nothing", "A marker is not a value.")
            return None, "missing"
        if status == "normal" and not printed:
            self._notice(
                "blank_under_normal_value", line, f"Status {said!r} and no value.", "Kept as missing, without a value."
            )
            return None, "missing"
        if status != "normal" and printed:
            self._notice("value_under_missing", line, f"Status {said!r} and the value {printed}.",
                         "Kept as missing; the value stands in `printed` only.")  # fmt: skip
        return (float(printed) if status == "normal" else None), status

    def _area(self, line: int, cells: dict[str, str]) -> str:
        code, region = cells.get("geo", ""), cells.get("region", "")
        if not code and not region:
            return ENGLAND_AND_WALES
        named = self.regions.key(region) if region else None
        if region and named is None:
            self.problems.append(self.regions.problem(f"{self.name}, line {line}", "Region", region))
        if code and code not in self.codes:
            self._refuse(
                line, "GeoCode", repr(code), "a code of data/reference/area.csv", "Add the area, with its citation."
            )
        if code and named and code != named:
            self._notice(
                "code_and_name_differ",
                line,
                f"GeoCode {code} beside region {region!r} ({named}).",
                "The code is taken.",
            )
        return code or named or ENGLAND_AND_WALES

    def _undefined_status(self, rows: list[list[Any]], roles: dict[str, int]) -> None:
        at = roles["status"]
        count = sum(1 for cells in rows[1:] if at < len(cells) and str(cells[at]).strip() == "Undefined")
        if count:
            self.findings.append(
                finding("status_undefined", "info", self._release(), f"{count} lines have the status 'Undefined' beside a value.",
                        "The values are taken as published.")
            )  # fmt: skip

    def _several_years(self, made: list[dict[str, Any]]) -> None:
        several = [row for row in made if row["period_type"] == "multi_year"]
        if several:
            one = several[0]
            self.findings.append(
                finding("years_taken_together", "info", self._release(),
                        f"{len(several)} lines are of several survey years together, as in line {one['line']}; which interviews "
                        "they rest on is not printed.",
                        f"Read from April of the first year to March of the last: {one['period_start']} to {one['period_end']}.")
            )  # fmt: skip

    def _notice(self, kind: str, line: int, evidence: str, handling: str) -> None:
        self.findings.append(finding(kind, "warning", f"{self._release()}, line {line}", evidence, handling))

    def _refuse(self, line: int, column: str, value: str, expected: str, remedy: str) -> None:
        self.problems.append(Problem(f"{self.name}, line {line}", column, value, expected, remedy))

    def _unknown(self, line: int, what: str, printed: str, known: list[str]) -> None:
        names = Names({name: name for name in known}, what, "data/layouts/csew_sdg")
        self.problems.append(names.problem(f"{self.name}, line {line}", what, printed))

    def _release(self) -> str:
        return f"{self.release.source}@{self.release.release}"
