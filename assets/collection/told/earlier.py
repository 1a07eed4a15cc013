"""What was published before and looks otherwise now: kept, since who has it can subtract.

Each publication holds what earlier ones printed, so the newest file has them all. They are read from the published file and
carried on; what looks as it does now is dropped.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from assets.collection.told.defined import Defined
from assets.collection.told.tallies import (
    BETWEEN,
    FLAGS,
    NOTED,
    OFFENCES,
    RETURNS,
    RULES,
    Period,
    Tally,
    kind_of,
    tallies,
    tally_of,
)
from assets.collection.told.year import Year
from assets.tables.asking import Asked, asking
from assets.tables.records import grouped
from assets.words.problems import BadInput, Problem
from schemas.codes import ENGLAND_AND_WALES as NATION
from schemas.registry import contract
from schemas.rows import AnyRow

EARLIER = "collection.earlier_figure"
THREATS, OVERLAPS, PROFILES = "collection.threat_count", "collection.overlap", "collection.profile"
UNIONS = "collection.union_bound"
# What tells a row of each table from the others of its year.
NAMED = {
    THREATS: ("threat",), OVERLAPS: ("among", "threats"), PROFILES: ("threat", "statistic", "value_label"),
    OFFENCES: ("offence_code",), UNIONS: ("sets",),
}  # fmt: skip
TOLD_APART = ("table_name", "area_code", "figure")
# What is looked at together: a year by its period, a tally by that, its table, area and kind.
Unit = tuple[object, ...]
# A year or a tally as it is kept, row by row, without saying which publication printed it.
Kept = Sequence[AnyRow]


def kept(year: Year, start: datetime.date, end: datetime.date, *, printed_again: bool = False) -> Kept:
    """The rows of a year as they are kept; offences of the year by code, since that is what is subtracted.

    Without those that are not counted anew, unless asked: the publication that counted them has them.
    """
    tables: Mapping[str, Sequence[AnyRow]] = {
        THREATS: year.threats, OVERLAPS: year.overlaps,
        PROFILES: [row for row in year.profiles if row["value_label"] != "all"], OFFENCES: [
            {"area_code": area, "offence_code": code, "offences": count}
            for area, codes in year.plain_counts.items()
            for code, count in codes.items()
        ],
        UNIONS: year.unions,
    }  # fmt: skip
    as_counted = {"cell_status": "normal", "rounded_to": 1}
    return [
        {
            "table_name": table, "area_code": row.get("area_code", NATION), "period_start": start,
            "period_end": end, "figure": BETWEEN.join(str(row[name]) for name in NAMED[table]),
            **{name: row.get(name, as_counted.get(name)) for name in NOTED},
        }
        for table, rows in tables.items()
        for row in rows
        if printed_again or not row.get("held_from")
    ]  # fmt: skip


def year_of(rows: Kept, definitions: Defined) -> Year:
    """A year from its kept rows."""
    tables: dict[str, list[AnyRow]] = {table: [] for table in NAMED}
    for row in rows:
        table = row["table_name"]
        named = dict(zip(NAMED[table], row["figure"].split(BETWEEN), strict=True))
        tables[table].append({**row, **named})
    return Year(tables[THREATS], tables[OVERLAPS], tables[PROFILES], tables[OFFENCES], definitions, tables[UNIONS])


@dataclass(frozen=True)
class PrintedBefore:
    """What was printed before.

    builds: build -> kept rows of what it counted, of the published file and of all before it; tables: those of the published
    file by name, as they stand in it, if this version made it; build: its id; all empty where nothing was published
    """

    builds: Mapping[str, Sequence[AnyRow]] = field(default_factory=dict)
    tables: Mapping[str, Sequence[AnyRow]] = field(default_factory=dict)
    build: str = ""


def printed_before(file: Path | None) -> PrintedBefore:
    """What the published file and those before it printed.

    Raises BadInput where the file is there and cannot be read: what was printed is not known then.
    """
    if file is None or not file.exists():
        return PrintedBefore()
    try:
        with asking(file) as published:
            return _printed(published)
    except (duckdb.Error, KeyError) as error:
        found = "a file that DuckDB cannot read" if isinstance(error, duckdb.Error) else f"a file without {error}"
        problem = Problem(
            str(file), "", found, "the file that was published last",
            "Point the link at another build in `builds/`, or move the file away where nobody has it.",
        )  # fmt: skip
        raise BadInput("What was published before cannot be looked at", [problem]) from None


def _printed(published: Asked) -> PrintedBefore:
    known = published.rows(
        "SELECT concat(table_schema, '.', table_name) AS name, column_name FROM information_schema.columns"
    )
    columns = {
        name: {row["column_name"] for row in some} for name, some in grouped(known, lambda row: row["name"]).items()
    }

    def rows(table: str) -> list[AnyRow]:
        for name in {*NOTED} & {*contract(table).model.to_schema().columns} - columns[table]:
            raise KeyError(name)
        return [*published.rows(f"SELECT * EXCLUDE (row_id) FROM {table} ORDER BY ALL")]

    if EARLIER not in columns:  # made before there was a collection
        return PrintedBefore()
    builds = grouped(rows(EARLIER), lambda row: str(row["build_id"]))
    names = (*NAMED, FLAGS, RULES, RETURNS)
    tables = {table: rows(table) for table in names}
    # What an older version published has other columns, and is printed by no newer one again.
    alike = all({*contract(table).model.to_schema().columns} <= columns[table] for table in names)
    [build] = published.rows("SELECT build_id FROM meta.build")
    areas = {row["supplier"]: row["area_code"] for row in published.rows("SELECT * FROM reference.supplier")}
    name = str(build["build_id"])
    if now := all_kept(tables, areas):
        scope = tables[RETURNS][0]["scope"]
        builds |= {name: [{**row, "scope": scope} for row in now]}
    return PrintedBefore(dict(sorted(builds.items())), tables if alike else {}, name)


def all_kept(
    tables: Mapping[str, Sequence[AnyRow]], areas: Mapping[str, str], *, printed_again: bool = False
) -> list[AnyRow]:
    """All that is kept of published tables, by their names: what they count, and if asked what they print again, too.

    areas: supplier -> area
    """
    periods = [(period, year_within(tables, areas, {}, *period)) for period in periods_in(tables)]
    of_periods = [row for period, year in periods for row in kept(year, *period, printed_again=printed_again)]
    counted = (tally for tally in tallies(tables, areas) if printed_again or not tally.held)
    return [*of_periods, *(row for tally in counted for row in tally.kept())]


def periods_in(tables: Mapping[str, Sequence[AnyRow]]) -> list[Period]:
    """The quarters and years of published tables."""
    rows = [*tables[THREATS], *tables[OVERLAPS], *tables[PROFILES]]
    return sorted({(row["period_start"], row["period_end"]) for row in rows})


def protected_of(rows: Kept, area: str) -> list[AnyRow]:
    """Those of the kept rows of an area that are not printed as counted."""
    return [row for row in rows if row["rounded_to"] > 1 and row["area_code"] == area]


def year_within(
    tables: Mapping[str, Sequence[AnyRow]], areas: Mapping[str, str], definitions: Defined,
    start: datetime.date, end: datetime.date,
) -> Year:  # fmt: skip
    """A year of published tables, by their names; areas: supplier -> area."""
    threats, overlaps, profiles, unions = (_of(tables[of], start, end) for of in (THREATS, OVERLAPS, PROFILES, UNIONS))
    offences = [
        {**row, "area_code": areas[row["supplier"]]}
        for row in tables[OFFENCES]
        if start <= row["period_start"] and row["period_end"] <= end
    ]
    quarters = [
        row for row in tables[THREATS]
        if row["area_code"] == NATION and start <= row["period_start"] and row["period_end"] <= end
        and row["period_type"] == "quarter"
    ]  # fmt: skip
    return Year(threats, overlaps, profiles, offences, definitions, unions, quarters)


def _of(rows: Sequence[AnyRow], start: object, end: object) -> list[AnyRow]:
    return [row for row in rows if (row["period_start"], row["period_end"]) == (start, end)]


def unit_of(row: AnyRow) -> Unit:
    """What a kept row is looked at together with."""
    table = row["table_name"]
    own = (table, row["area_code"], kind_of(row)) if table in (FLAGS, RULES) else ()
    return row["period_start"], row["period_end"], *own


def earlier_figures(builds: Mapping[str, Sequence[AnyRow]], scope: str | None, now: Sequence[AnyRow]) -> list[AnyRow]:
    """Rows of collection.earlier_figure: all that earlier publications printed otherwise than now, each once.

    scope: of what is published now; None where nothing is, and then all is carried on; now: its rows as they are kept
    """
    kept_rows = list[AnyRow]()
    seen = {(unit, looks(rows)) for unit, rows in grouped(now, unit_of).items()}
    for build, rows in builds.items():
        mine = [row for row in rows if scope in (None, row["scope"])]
        for unit, some in grouped(mine, unit_of).items():
            if (look := (unit, looks(some))) not in seen:
                seen.add(look)
                kept_rows += [{**row, "build_id": build} for row in some]
    return sorted(kept_rows, key=lambda row: [str(row[name]) for name in ("build_id", "period_start", *TOLD_APART)])


class Earlier:
    """Each earlier publication of the years and tallies of a scope, once."""

    def __init__(self, builds: Mapping[str, Sequence[AnyRow]], scope: str) -> None:
        by_unit = grouped(earlier_figures(builds, scope, ()), unit_of)
        self._held = {unit: [*grouped(rows, lambda row: row["build_id"]).values()] for unit, rows in by_unit.items()}

    def years(self, period: Period, definitions: Defined) -> list[Year]:
        """Those of a year, each beside its quarters."""
        return [
            replace(year_of(rows, definitions), quarters=[*self._quarters(period, rows[0]["build_id"])])
            for rows in self._held.get(period, ())
        ]

    def _quarters(self, period: Period, build: str) -> Iterator[AnyRow]:
        """Threats of the country in the quarters of a year, as a build printed them: what is not kept of it looked as before, or
        as it did next.
        """
        for unit, printed in self._held.items():
            of_period = len(unit) == len(period) and unit != period
            if of_period and str(period[0]) <= str(unit[0]) <= str(unit[1]) <= str(period[1]):
                then = [rows for rows in printed if rows[0]["build_id"] <= build][-1:] or printed[:1]
                for row in then[0]:
                    if row["table_name"] == THREATS and row["area_code"] == NATION:
                        yield {**row, "threat": row["figure"]}

    def counted(self, rows: Kept, area: str) -> bool:
        """Did one of them print those of these rows, which are of one unit, that are of an area just so?"""
        mine = looks([row for row in rows if row["area_code"] == area])
        return any(mine <= looks(printed) for printed in self._held.get(unit_of(rows[0]), ()))

    def tallies(self, tally: Tally) -> list[Tally]:
        """Those of a tally."""
        return [tally_of(rows) for rows in self._held.get((*tally.period, tally.table, tally.area, tally.kind), ())]


def looks(rows: Kept) -> frozenset[tuple[object, ...]]:
    """Kept rows as they look: alike where their numbers are."""
    return frozenset(tuple(row[name] for name in (*TOLD_APART, *NOTED)) for row in rows)
