"""`darkfigure show`: the gap, the priority threats and the sources, read from the published file."""

import argparse
import sys
from pathlib import Path
from typing import Any

import duckdb

from pipelines.commands.findings import print_noticed
from pipelines.commands.folders import published_file
from pipelines.commands.formats import formatted
from pipelines.commands.tables import console, limits, number, people, people_between, table
from schemas.codes import PRIORITY_THREATS

GAP = """
SELECT pairing.label, gap.age, gap.instrument, gap.period_end, gap.estimate, gap.estimate_lower, gap.estimate_upper,
       gap.recorded, gap.recorded_scope, gap.recorded_per_100, gap.recorded_per_100_lower, gap.recorded_per_100_upper,
       gap.verdict, gap.interval_source, gap.estimate_designation, gap.recorded_designation, gap.row_id
FROM gap JOIN reference.pairing AS pairing USING (pairing)
WHERE gap.verdict <> 'block' AND gap.period_match = 'plain' AND gap.area_code = 'K04000001'
{newest}
ORDER BY pairing.label, gap.period_end, gap.instrument, gap.age
"""
NEWEST = """
QUALIFY gap.period_end = DATE '2023-03-31' OR gap.period_end = max(gap.period_end) OVER (PARTITION BY gap.pairing)
"""
GAP_NEWEST = GAP.format(newest=NEWEST)
BLOCKED = """
SELECT rule.rule, first(rule.reason ORDER BY rule.reason) AS example, count(DISTINCT gap.row_id) AS rows
FROM gap, unnest(gap.rules) AS said(rule)
WHERE gap.verdict = 'block' AND rule.result = 'block'
GROUP BY ALL ORDER BY rows DESC
"""
PRIORITY = ", ".join(f"'{threat}'" for threat in PRIORITY_THREATS)
THREATS = f"""
SELECT threat.name, breakdown.scope, breakdown.period_start, breakdown.period_end, breakdown.offences,
       breakdown.share_of_vawg, breakdown.share_of_all_recorded, breakdown.per_day, breakdown.rate_per_1000,
       breakdown.rate_population, breakdown.change_percent, breakdown.change_from, breakdown.obs_status
FROM threat_breakdown AS breakdown LEFT JOIN reference.threat AS threat USING (threat)
WHERE (breakdown.dimension = 'total' OR (breakdown.threat IN ('rasso', 'csae') AND breakdown.dimension_value = 'ons_c5'))
  AND (breakdown.threat IN ({PRIORITY}) OR breakdown.threat = 'all_vawg') AND breakdown.period_type = 'year'
  AND breakdown.scope IN ('policing_vawg', 'ons_prc') AND breakdown.offences IS NOT NULL
  AND breakdown.area_code = 'K04000001'
QUALIFY breakdown.period_end = max(breakdown.period_end) OVER (PARTITION BY breakdown.threat, breakdown.scope)
     OR breakdown.period_end = DATE '2023-03-31'
ORDER BY breakdown.scope DESC, threat.name NULLS FIRST, breakdown.period_end
"""
SOURCES = """
SELECT release.publisher, release.title, release.release, release.released, release.designation, count(figure.row_id) AS figures
FROM meta.release AS release LEFT JOIN archive.figure AS figure USING (source, release)
GROUP BY ALL ORDER BY release.publisher, release.title
"""
QUERIES = {"gap": GAP.format(newest=""), "threats": THREATS, "sources": SOURCES}
DESIGNATIONS = {
    "accredited": "acc.", "official": "off.", "not_accredited": "not acc.", "in_development": "in dev.", "press_copy": "copy",
}  # fmt: skip
LEGEND = (
    "Sources: acc. accredited official statistics; off. official; not acc. not accredited; in dev. in development;"
    " policing the policing collection; copy read in a copy."
)
NOT_A_RATE = "Not a reporting rate. One victim may have many recorded offences or none."


def show(chosen: argparse.Namespace) -> None:
    """Print one table of the published file, for people or in a form for other programs."""
    with duckdb.connect(published_file(chosen), read_only=True) as connection:
        if chosen.format != "table":
            sys.stdout.write(formatted(_rows(connection, QUERIES[chosen.what]), chosen.format))
            return
        {"gap": _gap, "threats": _threats, "sources": _sources}[chosen.what](connection)


def print_summary(file: Path) -> None:
    """What a refresh ends with: the gap, the threats, what is blocked, and how to open the file."""
    out = console()
    with duckdb.connect(file, read_only=True) as connection:
        _gap(connection, GAP_NEWEST)
        _threats(connection)
        print_noticed(connection)
    out.print(f"\nThe file: {file}", soft_wrap=True)
    out.print(f"Open it:  duckdb -readonly {file}   then: select * from gap;", soft_wrap=True)
    out.print("          or in Python: duckdb.connect(path, read_only=True).sql('select * from gap')")
    out.print("          and for any row: darkfigure explain ROW_ID")
    for name in ("report/index.html", "tables"):
        if (file.parent / name).exists():
            out.print(f"And:      {file.parent / name}", soft_wrap=True)


def _gap(connection: duckdb.DuckDBPyConnection, query: str | None = None) -> None:
    rows = _rows(connection, query or QUERIES["gap"])
    columns = [("estimate v count", "left"), ("ages", "left"), ("year ending", "left"), ("estimated", "right"),
               ("interval", "left"), ("recorded", "right"), ("per 100", "right"), ("interval", "left"),
               ("sources", "left")]  # fmt: skip
    body = [
        [
            row["label"], _ages(row), f"{row['period_end']:%b %Y}", people(row["estimate"]),
            people_between(row["estimate_lower"], row["estimate_upper"]), number(row["recorded"]),
            number(row["recorded_per_100"], 1), limits(row["recorded_per_100_lower"], row["recorded_per_100_upper"], 1),
            f"{_designation(row['estimate_designation'])} / {_designation(row['recorded_designation'])}",
        ]
        for row in rows
    ]  # fmt: skip
    out = console()
    out.print(table("The gap: victims estimated, offences recorded", columns, body))
    out.print(NOT_A_RATE)
    out.print(
        "Intervals are outer envelopes over tracked assumptions, or the rounding of print:"
        " see interval_source and caveats."
    )
    out.print(LEGEND)
    _blocked(connection)


def _blocked(connection: duckdb.DuckDBPyConnection) -> None:
    total, blocked = connection.execute("SELECT count(*), count(*) FILTER (verdict = 'block') FROM gap").fetchall()[0]
    rows = _rows(connection, BLOCKED)
    by_rule: dict[str, list[Any]] = {}
    for row in rows:
        by_rule.setdefault(row["rule"], []).append(row)
    body = [[rule, number(sum(row["rows"] for row in found)), found[0]["example"]] for rule, found in by_rule.items()]
    columns = [("rule", "left"), ("rows", "right"), ("the commonest reason", "left")]
    title = f"{blocked} of {total} comparisons are blocked; each keeps its row, its figures and its reason"
    console().print(table(title, columns, body))


def _threats(connection: duckdb.DuckDBPyConnection) -> None:
    rows = _rows(connection, QUERIES["threats"])
    columns = [("threat", "left"), ("scope", "left"), ("period", "left"), ("offences", "right"), ("% of VAWG", "right"),
               ("% of all", "right"), ("per day", "right"), ("per 1,000", "right"), ("change", "right")]  # fmt: skip
    body = [
        [
            row["name"] or "all VAWG", row["scope"], f"{row['period_start']:%b %Y} to {row['period_end']:%b %Y}",
            number(row["offences"]), number(row["share_of_vawg"], 1), number(row["share_of_all_recorded"], 1),
            number(row["per_day"]), number(row["rate_per_1000"], 2), _change(row),
        ]
        for row in rows
    ]  # fmt: skip
    out = console()
    out.print(table("The five priority threats: offences recorded, in each scope by itself", columns, body))
    out.print(
        "Scopes are never added. Threats overlap and are never summed. * a break lies inside the window: no claim about crime."
    )


def _sources(connection: duckdb.DuckDBPyConnection) -> None:
    columns = [("publisher", "left"), ("title", "left"), ("release", "left"), ("released", "left"), ("designation", "left"),
               ("figures", "right")]  # fmt: skip
    body = [
        [
            row["publisher"],
            row["title"],
            row["release"],
            str(row["released"] or "not printed"),
            row["designation"],
            number(row["figures"]),
        ]
        for row in _rows(connection, QUERIES["sources"])
    ]
    out = console()
    out.print(table("Sources: every release that figures come from", columns, body))
    out.print("Contains public sector information licensed under the Open Government Licence v3.0.")


def _designation(designation: str) -> str:
    return DESIGNATIONS.get(designation, designation)


def _change(row: dict[str, Any]) -> str:
    if row["change_percent"] is None:
        return "-"
    mark = "*" if row["obs_status"] == "series_broken" else ""
    return f"{row['change_percent']:+.1f}%{mark} on {row['change_from']:%b %Y}"


def _ages(row: dict[str, Any]) -> str:
    return f"{row['age']}, new questions" if row["instrument"].endswith("_new") else str(row["age"])


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
