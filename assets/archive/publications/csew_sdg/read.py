"""ONS, UK Sustainable Development Goals data: Crime Survey estimates by age base and characteristic, one CSV per indicator.

What a column of an indicator is, and which series its labels name, stands in data/layouts/csew_sdg/.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assets.archive.publications.csew_sdg.columns import Labels, columns_of, plain_rows
from assets.archive.publications.csew_sdg.indicator import Indicator, header_row, indicator_of, listed_label, same_unit
from assets.archive.reading.ages import age_in, sex_in
from assets.archive.reading.content import tables
from assets.archive.reading.grid import letters
from assets.archive.reading.layout_tables import tolerated
from assets.archive.reading.long_table import as_text
from assets.archive.reading.names import nearest
from assets.archive.reading.periods import april_to_march
from assets.archive.reading.reference import Reference
from assets.archive.reading.result import (
    FEW,
    Finding,
    Reading,
    ReleaseKey,
    each_marker_once,
    few,
    figure_frame,
    finding,
    unreadable_cell,
    what_to_do,
)
from assets.archive.reading.values import impossible, text_value
from assets.archive.reading.words import Ambiguous, words
from assets.tables.records import grouped
from assets.words.problems import BadInput, Problem
from assets.words.wording import number_of
from schemas.codes import ENGLAND_AND_WALES

UNIT = "percent"
LABELS = 8  # so many labels of a column that are not known are named one by one
PLAIN_STATUSES = ("", "Normal value", "Undefined")
OF_VICTIMS = "nothing: of victims only, and no share of all"  # where a column must be blank
KIND_OF_ABUSE = "type of abuse"
TOTAL = ("series", "sex", "age", "period_start", "period_end")
KEY = ("series", "sex", "age", "characteristic", "characteristic_value", "area_code", "period_start", "period_end")


def read(path: Path, release: ReleaseKey, reference: Reference) -> Reading:
    """Rows of `archive.figure`, one per line of the file, in percent.

    A blank under "Normal value" and a value under "Missing data" are findings and never numbers. Regions are areas, every other
    breakdown is a characteristic. A line with a label that names nothing known is left out and named with the nearest. BadInput
    for a table that is no indicator, and for one of whose lines many cannot be read.
    """
    every = [[[as_text(cell) for cell in row] for row in rows] for _, rows in tables(path)]
    indicator, rows = next(
        ((known, rows) for rows in every if (known := indicator_of(rows, reference.data))), (None, every[0])
    )
    if indicator is None:
        raise BadInput(
            f"{path.name} is no known indicator",
            [Problem(f"{path.name}, row 1", "", ", ".join(map(str, rows[0])), "the header of a known indicator",
                     "Say what its columns are in data/layouts/csew_sdg/columns.csv.")],
        )  # fmt: skip
    above = header_row(rows, reference.data)
    return _Reader(indicator, release, reference, path.name).read(rows[above:], above)


class _LeftOut(Exception):
    """A line that is left out: what of it is not known, what is printed, and the nearest or what is expected."""

    def __init__(self, what: str, printed: str, expected: str) -> None:
        self.about = (what, printed, expected)
        super().__init__(what)


class _Reader:
    """Reads the lines of one indicator."""

    def __init__(self, indicator: Indicator, release: ReleaseKey, reference: Reference, name: str) -> None:
        self.indicator, self.release, self.name = indicator, release, name
        self.sheet = f"indicator_{indicator.number}.csv"
        self.known_series = set(reference.series["series"])
        self.codes = set(reference.areas["area_code"])
        self.labels = Labels(indicator, release.source, reference)
        self.parts = indicator.table("parts")
        self.years = {(row["part"], april_to_march(row["year"])): row for row in indicator.table("years")}
        self.notes = {row["part"]: row["note"] for row in indicator.table("notes")}
        self.findings: list[Finding] = []
        self.unreadable: list[Problem] = []
        self.tracked_ages: Counter[str] = Counter()
        self.disputed: set[tuple[Any, ...]] = set()
        self.left_out: dict[tuple[str, str, str], list[int]] = {}

    def read(self, rows: list[list[Any]], above: int) -> Reading:
        """The lines below the header, which is the first of the rows and has some lines above it."""
        self.columns = columns_of(rows, self.indicator, self.labels, self._new_column)
        rows = plain_rows(rows, self.indicator, self.labels)
        roles = self.columns.roles
        letter = letters(roles["value"])
        made: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        for line, cells in enumerate(rows[1:], start=above + 2):
            if not any(str(cell).strip() for cell in cells):
                continue
            if len(cells) != len(rows[0]):
                self._unreadable(
                    line, "", f"{len(cells)} cells", f"{len(rows[0])} as in the header", "Is the file cut off?"
                )
                continue
            try:
                row = self._row(
                    line,
                    {name: str(cells[at]).strip() for name, at in roles.items()},
                    list(self._broken(cells)),
                )
            except _LeftOut as left:
                self.left_out.setdefault(left.about, []).append(line)
                continue
            if row is not None and row["area_code"]:
                made.setdefault(tuple(row[name] for name in KEY), []).append(row | {"cell": f"{letter}{line}"})
        problems = each_marker_once(self.unreadable)
        if not few(self.unreadable, len(rows)):
            raise BadInput(f"{self.name} cannot be read as indicator {self.indicator.number}", problems)
        self.findings += map(unreadable_cell, problems)
        self._not_known(len(rows) - 1)
        kept = self._of_one_total([some[0] for some in made.values() if self._once(some)])
        if self.tracked_ages:
            many, ages = self.tracked_ages.total(), ", ".join(sorted(self.tracked_ages))
            sentence = f"{many:,} lines do not say which ages they are of; {ages} is tracked."
            self._notice("age_base_not_printed", "header", sentence,
                         "Read as data/layouts/csew_sdg/parts.csv says, with its citation.", "info")  # fmt: skip
        self._undefined_status(rows, roles)
        self._several_years(kept)
        return Reading(figure_frame(kept, self.release), self.findings)

    def _broken(self, cells: list[Any]) -> Iterator[tuple[str, str]]:
        """Name and value of every breakdown on a line; a label above another is said with it and not for itself."""
        for at, expected in self.columns.expected:
            printed = str(cells[at]).strip()
            if printed and not same_unit(printed, expected):
                raise _LeftOut("unit or group", printed, repr(expected) if expected else OF_VICTIMS)
        inner = {above for at, _, above in self.columns.breakdowns if above is not None and str(cells[at]).strip()}
        for at, name, above in self.columns.breakdowns:
            value = str(cells[at]).strip()
            if value and at not in inner:
                if (says := self.labels.of(value)) != ("age" if "age" in words(name) else None):
                    raise _LeftOut(name, value, f"no {says or 'other'} label: have two headers changed places?")
                if above is not None and not str(cells[above]).strip():
                    raise _LeftOut(name, value, "a label above it: have two headers changed places?")
                if at in self.columns.listed:
                    value = listed_label(self.columns.listed[at], value) or value
                yield name, f"{str(cells[above]).strip()}: {value}" if above is not None else value

    def _new_column(self, header: str, filled: list[str], taken: str) -> None:
        sentence = f"{len(filled):,} lines have a value in the column {header!r}, which no layout names."
        self._notice("new_column", f"column {header}", sentence, taken)

    def _row(self, line: int, cells: dict[str, str], broken: list[tuple[str, str]]) -> dict[str, Any] | None:
        part = self._part(cells.get("age_base", ""))
        age = age_in(cells.get("age_base", ""))
        if not age and not self._says_age(cells) and (age := part["age_base"]):
            self.tracked_ages[age] += 1
        if not age:
            raise _LeftOut(
                "age base", cells.get("age_base", "") or "nothing", "ages such as '16 to 59'; none is guessed"
            )
        kind = self._kind(part["part"], cells.get("kind", ""), cells.get("subkind", ""))
        if (period := self.indicator.survey_year(cells["year"])) is None:
            raise _LeftOut("year", cells["year"] or "nothing", "a year such as 2018/19")
        year = self.years.get((part["part"], period))
        version = (year and year["version"]) or kind["version"]
        series = f"csew.{kind['topic']}.{version}.{age}.{kind['measure']}"
        if series not in self.known_series:
            raise _LeftOut(
                "series", series, f"a key of data/reference/series.csv ({nearest(series, self.known_series)})"
            )
        value, status = self._value(line, cells)
        if status is None:
            return None
        if kind["type_of_abuse"]:
            broken.insert(0, (KIND_OF_ABUSE, kind["type_of_abuse"]))
        notes = [year["note"] if year else "", self.notes.get(part["part"], "")]
        if value is not None and cells.get("status", "") not in PLAIN_STATUSES:
            notes.append(f"status: {cells['status']}")
        row: dict[str, Any] = {
            "series": series,
            "sex": self._sex(cells, part),
            "age": age,
            "characteristic": "; ".join(name for name, _ in broken) or None,
            "characteristic_value": "; ".join(value for _, value in broken) or None,
            "area_code": self._area(line, cells),
            "period_start": period.start,
            "period_end": period.end,
            "period_type": "survey_year" if period.period_type == "year" else "multi_year",
            "value": value,
            "unit": UNIT,
            "obs_status": status,
            "printed": cells["value"],
            "sheet": self.sheet,
            "note": "; ".join(filter(None, notes)) or None,
            "file": self.name,
            "line": line,
        }
        return row | ({"designation": year["designation"]} if year else {})

    def _part(self, printed: str) -> dict[str, str]:
        """The part of the indicator that a text names; of an indicator without parts, the whole."""
        if len(self.parts) == 1:
            return self.parts[0]
        given = set(words(printed))
        fits = [part for part in self.parts if set(words(part["words"])) <= given]
        if len(fits) != 1:
            raise _LeftOut("part", printed or "nothing", " or ".join(repr(part["words"]) for part in self.parts))
        return fits[0]

    def _says_age(self, cells: dict[str, str]) -> bool:
        """Does a column say ages, so that none may be taken for granted?"""
        return any(sign.isdigit() for sign in cells.get("age_base", ""))

    def _kind(self, part: str, kind: str, subkind: str) -> dict[str, str]:
        try:
            kind_row = self.indicator.kind(part, kind, subkind)
        except Ambiguous as either:
            raise _LeftOut("kind", f"{kind} / {subkind}", str(either)) from None
        if kind_row is None:
            rows = [row for row in self.indicator.kinds if row["part"] == part]
            known = [" / ".join(filter(None, (row["kind"], row["subkind"]))) for row in rows]
            printed = " / ".join(filter(None, (kind, subkind))) or "(blank)"
            raise _LeftOut("kind", printed, nearest(printed, filter(None, known)))
        return kind_row

    def _sex(self, cells: dict[str, str], part: dict[str, str]) -> str:
        if not cells.get("sex"):
            of_base = sex_in(cells.get("age_base", ""))
            return of_base or ("all" if "sex" in cells else part["sex"] or "all")
        if (sex := sex_in(cells["sex"])) is None:
            raise _LeftOut("sex", cells["sex"], "female, male or all")
        return sex

    def _value(self, line: int, cells: dict[str, str]) -> tuple[float | None, str | None]:
        """Value and status; no status where neither can be read."""
        printed, status_printed = cells["value"], cells.get("status", "")
        status = self.labels.statuses.get(status_printed) if status_printed else "normal" if printed else "missing"
        if status is None:
            raise _LeftOut("status", status_printed, nearest(status_printed, self.labels.statuses))
        value = text_value(printed, self.labels.marks) if printed else None
        if value and value.number is None:
            return None, value.status if status == "normal" else status
        number = value.number if value else None
        expected = "a number or a known marker" if number is None else impossible(number, UNIT, printed)
        if printed and expected:
            self._unreadable(line, "Value", repr(printed), expected, what_to_do(printed))
            return None, None
        if status == "normal" and not printed:
            self._notice("blank_under_normal_value", f"line {line}", f"Status {status_printed!r} and no value.",
                         "Kept as missing, without a value.")  # fmt: skip
            return None, "missing"
        if status != "normal" and printed:
            self._notice("value_under_missing", f"line {line}", f"Status {status_printed!r} and the value {printed}.",
                         "Kept as missing; the value stands in `printed` only.")  # fmt: skip
        return (number if status == "normal" else None), status

    def _area(self, line: int, cells: dict[str, str]) -> str:
        code, region = cells.get("geo", ""), cells.get("region", "")
        named = self.labels.regions.key(region) if region else None
        if region and named is None:
            raise _LeftOut(
                "Region", region, f"nearest: {', '.join(map(repr, self.labels.regions.nearest(region))) or 'none'}"
            )
        if code and code not in self.codes:
            raise _LeftOut("GeoCode", code, "a code of data/reference/area.csv")
        if code and named and code != named:
            self._notice("figure_set_aside", f"line {line}", f"GeoCode {code} beside region {region!r} ({named}).",
                         "Not taken: which of the two is meant is not guessed.", "error")  # fmt: skip
            return ""
        return code or named or ENGLAND_AND_WALES

    def _once(self, some: list[dict[str, Any]]) -> bool:
        """Is a figure given once, or with one value? Two values are both left out: which is meant is not guessed."""
        if len(some) == 1:
            return True
        same = len({row["value"] for row in some}) == 1
        if not same and some[0]["characteristic"] is None and some[0]["area_code"] == ENGLAND_AND_WALES:
            self.disputed.add(tuple(some[0][name] for name in TOTAL))
        lines = ", ".join(str(row["line"]) for row in some)
        self._notice("figure_twice" if same else "figure_set_aside", f"line {some[-1]['line']}",
                     f"Lines {lines} are all of {some[0]['series']}.",
                     "Taken once." if same else "None is taken: which of the values is meant is not guessed.",
                     "info" if same else "error")  # fmt: skip
        return same

    def _of_one_total(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Without the lines by kind of person or region of a total that has two values: of which of them is not known."""
        disputed = grouped(rows, lambda row: tuple(row[name] for name in TOTAL) in self.disputed)
        if parts := disputed[True]:
            self._notice("figure_set_aside", f"line {parts[0]['line']}",
                         f"{len(parts):,} lines are by characteristic or region, of totals that stand there with two values.",
                         "Not taken: of which of the two they are is not printed.", "error")  # fmt: skip
        return disputed[False]

    def _not_known(self, of: int) -> None:
        """A finding for everything that is printed and not known, with its first line; of many of the lines it is set aside."""
        many = max(FEW + 1, tolerated(self.indicator.data, "records_left_out") * of)
        of_what = Counter(what for (what, *_), lines in self.left_out.items() for _ in lines)
        for (what, printed, expected), lines in _each_column_once(self.left_out):
            kind, severity = ("record_set_aside", "error") if of_what[what] >= many else ("label_not_known", "warning")
            sentence = f"{number_of(len(lines), 'line')} with the {what} {printed}; expected {expected}."
            self._notice(kind, f"line {lines[0]}, {what} {printed}", sentence,
                         "Left out; every other line is read. Add it to data/layouts/csew_sdg to have it.", severity)  # fmt: skip

    def _undefined_status(self, rows: list[list[Any]], roles: dict[str, int]) -> None:
        at = roles.get("status")
        count = sum(
            1 for cells in rows[1:] if at is not None and at < len(cells) and str(cells[at]).strip() == "Undefined"
        )
        if count:
            self.findings.append(
                finding("status_undefined", "info", self._release(), f"{count} lines have the status 'Undefined' beside a value.",
                        "The values are taken as published.")
            )  # fmt: skip

    def _several_years(self, made: list[dict[str, Any]]) -> None:
        several = [row for row in made if row["period_type"] == "multi_year"]
        if several:
            first = several[0]
            self.findings.append(
                finding("years_taken_together", "info", self._release(),
                        f"{len(several)} lines are of several survey years together, as in line {first['line']}; which "
                        "interviews they rest on is not printed.",
                        "Read from April of the first year to March of the last: "
                        f"{first['period_start']} to {first['period_end']}.")
            )  # fmt: skip

    def _notice(self, kind: str, where: str, evidence: str, handling: str, severity: str = "warning") -> None:
        self.findings.append(finding(kind, severity, f"{self._release()}, {where}", evidence, handling))

    def _unreadable(self, line: int, column: str, value: str, expected: str, remedy: str) -> None:
        self.unreadable.append(Problem(f"{self.name}, line {line}", column, value, expected, remedy))

    def _release(self) -> str:
        return f"{self.release.source}@{self.release.release}"


def _each_column_once(
    left_out: Mapping[tuple[str, str, str], list[int]],
) -> Iterator[tuple[tuple[str, str, str], list[int]]]:
    """What is not known, with its lines; of a column with many such labels, as another column's values are, all of it at once."""
    for what, some in grouped(left_out.items(), lambda row: row[0][0]).items():
        if len(some) <= LABELS:
            yield from (((what, repr(printed), expected), lines) for (_, printed, expected), lines in some)
            continue
        (_, first, expected), _ = some[0]
        printed = f"{first!r} and {len(some) - 1:,} more that are not known"
        yield (
            (what, printed, f"{expected} (two headers may have changed places)"),
            sorted(line for _, lines in some for line in lines),
        )
