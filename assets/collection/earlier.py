"""What was published before of a year that now looks otherwise: kept, since who has it can subtract.

Each publication holds what earlier ones printed, so the newest file has them all. They are read from the published file and
carried on; what looks as it does now is dropped.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from assets.collection.audit import ALL, NATION, Year
from assets.tables.asking import Asked, asking
from assets.tables.records import grouped
from assets.words.problems import BadInput, Problem
from schemas.rows import AnyRow

KEY = "collection.earlier_figure"
THREATS, OVERLAPS, PROFILES = "collection.threat_count", "collection.overlap", "collection.profile"
OFFENCES, UNIONS, FLAGS = "collection.offence_count", "collection.union_bound", "collection.flag"
RETURNS = "collection.return"
# What tells a row of each table from the others of its year.
NAMED = {
    THREATS: ("threat",), OVERLAPS: ("among", "threats"), PROFILES: ("threat", "statistic", "value_label"),
    OFFENCES: ("offence_code",), UNIONS: ("sets",), FLAGS: ("flag", "value"),
}  # fmt: skip
BETWEEN = " / "
NOTED = ("offences", "lower", "upper", "cell_status", "rounded_to", "suppliers_counted", "suppliers_expected")
TOLD_APART = ("table_name", "area_code", "figure")
Period = tuple[datetime.date, datetime.date]
# A year as it is kept, row by row, without saying which publication printed it.
Kept = Sequence[AnyRow]


def kept(year: Year, start: datetime.date, end: datetime.date) -> Kept:
    """The rows of a year as they are kept; offences of the year by code, since that is what is subtracted."""
    codes: dict[tuple[str, str], int] = {}
    for row in year.offences:
        key = (row["area_code"], row["offence_code"])
        codes[key] = codes.get(key, 0) + row["offences"]
    tables: Mapping[str, Sequence[AnyRow]] = {
        THREATS: year.threats, OVERLAPS: year.overlaps,
        PROFILES: [row for row in year.profiles if row["value_label"] != "all"], OFFENCES: [
            {"area_code": area, "offence_code": code, "offences": count} for (area, code), count in codes.items()
        ],
        UNIONS: year.unions, FLAGS: year.flags,
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
    ]  # fmt: skip


def year_of(rows: Kept, plain: Mapping[str, Sequence[str]]) -> Year:
    """A year from its kept rows."""
    tables: dict[str, list[AnyRow]] = {table: [] for table in NAMED}
    for row in rows:
        table = row["table_name"]
        named = dict(zip(NAMED[table], row["figure"].split(BETWEEN), strict=True))
        tables[table].append({**row, **named})
    return Year(
        tables[THREATS], tables[OVERLAPS], tables[PROFILES], tables[OFFENCES], plain, tables[UNIONS], tables[FLAGS]
    )


def printed_before(file: Path | None) -> dict[str, list[AnyRow]]:
    """Build -> kept rows of what it printed, of the published file and of all before it; none where nothing was published.

    Raises BadInput where the file is there and cannot be read: what was printed is not known then.
    """
    if file is None or not file.exists():
        return {}
    try:
        with asking(file) as published:
            return dict(_builds(published))
    except duckdb.CatalogException:  # made before these tables were
        return {}
    except duckdb.Error:
        problem = Problem(
            str(file), "", "a file that DuckDB cannot read", "the file that was published last",
            "Point the link at an older build in `builds/`, or move the file away where nobody has it.",
        )  # fmt: skip
        raise BadInput("What was published before cannot be looked at", [problem]) from None


def _builds(published: Asked) -> Iterator[tuple[str, list[AnyRow]]]:
    earlier: list[AnyRow] = [*published.rows(f"SELECT * EXCLUDE (row_id) FROM {KEY} ORDER BY ALL")]
    yield from grouped(earlier, lambda row: str(row["build_id"])).items()
    [build] = published.rows("SELECT build_id FROM meta.build")
    now = list[AnyRow]()
    tables = {table: published.rows(f"SELECT * FROM {table}") for table in NAMED}
    areas = {row["supplier"]: row["area_code"] for row in published.rows("SELECT * FROM reference.supplier")}
    for start, end in sorted({(row["period_start"], row["period_end"]) for row in tables[OVERLAPS]}):
        year = year_within(tables, areas, {}, start, end)
        now += [{**row, "scope": year.overlaps[0]["scope"]} for row in kept(year, start, end)]
    returns = published.rows(f"SELECT * FROM {RETURNS}")
    for start, end in sorted({(row["period_start"], row["period_end"]) for row in tables[FLAGS]}):
        flags = flags_within(tables, returns, start, end)
        now += [{**row, "scope": flags.flags[0]["scope"]} for row in kept(flags, start, end)]
    if now:
        yield str(build["build_id"]), now


def year_within(
    tables: Mapping[str, Sequence[AnyRow]], areas: Mapping[str, str], plain: Mapping[str, Sequence[str]],
    start: datetime.date, end: datetime.date,
) -> Year:  # fmt: skip
    """A year of published tables, by their names; areas: supplier -> area."""
    threats, overlaps, profiles, unions = (_of(tables[of], start, end) for of in (THREATS, OVERLAPS, PROFILES, UNIONS))
    offences = [
        {**row, "area_code": areas[row["supplier"]]}
        for row in tables[OFFENCES]
        if start <= row["period_start"] and row["period_end"] <= end
    ]
    return Year(threats, overlaps, profiles, offences, plain, unions)


def flags_within(
    tables: Mapping[str, Sequence[AnyRow]], returns: Sequence[AnyRow], start: datetime.date, end: datetime.date
) -> Year:
    """The flags of a quarter of published tables; returns: rows of collection.return, which say who sends records."""
    records = {
        row["supplier"]
        for row in returns
        if row["period_start"] == start and row["counts"] and row["profile"] == "record"
    }
    whole = sum(
        row["offences"] for row in tables[OFFENCES] if row["period_start"] == start and row["supplier"] in records
    )
    return flags_of(_of(tables[FLAGS], start, end), whole)


def flags_of(rows: Sequence[AnyRow], whole: int) -> Year:
    """The flags of a quarter, of which the values of each add up to a plain number."""
    every = {"value": ALL, "offences": whole, "cell_status": "normal", "rounded_to": 1}
    totals: list[AnyRow] = [{"flag": flag, **every} for flag in sorted({row["flag"] for row in rows})]
    return Year([], [], [], [], {}, flags=[*rows, *totals])


def _of(rows: Sequence[AnyRow], start: object, end: object) -> list[AnyRow]:
    return [row for row in rows if (row["period_start"], row["period_end"]) == (start, end)]


def earlier_figures(
    builds: Mapping[str, Sequence[AnyRow]], scope: str | None, now: Mapping[Period, Kept]
) -> list[AnyRow]:
    """Rows of collection.earlier_figure: every earlier publication of a year that looks otherwise than now, each once.

    scope: of what is published now; None where nothing is, and then all is carried on
    """
    found, seen = list[AnyRow](), [(period, _looks(rows)) for period, rows in now.items()]
    for build, rows in builds.items():
        for period in sorted({(row["period_start"], row["period_end"]) for row in rows}):
            mine = [row for row in _of(rows, *period) if scope in (None, row["scope"])]
            if mine and (look := (period, _looks(mine))) not in seen:
                seen.append(look)
                found += [{**row, "build_id": build} for row in mine]
    return sorted(found, key=lambda row: [str(row[name]) for name in ("build_id", "period_start", *TOLD_APART)])


def earlier_years(
    builds: Mapping[str, Sequence[AnyRow]], scope: str, period: Period, plain: Mapping[str, Sequence[str]]
) -> list[Year]:
    """Each earlier publication of a year of the scope, once."""
    rows = earlier_figures(builds, scope, {})
    mine = grouped(_of(rows, *period), lambda row: row["build_id"])
    return [year_of(one, plain) for one in mine.values()]


def _looks(rows: Kept) -> frozenset[tuple[object, ...]]:
    return frozenset(tuple(row[name] for name in (*TOLD_APART, *NOTED)) for row in rows)
