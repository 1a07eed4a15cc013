"""What of a threat is counted, and how it divides: totals by scope, and recorded offences by kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.charts.panels import bar_panel
from assets.published.report.content import Panel, ShownFigure, ShownRow, ShownTable, table
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from assets.words.wording import month, number
from schemas.codes import ENGLAND_AND_WALES
from schemas.rows import Record

BREAKDOWN = """
SELECT breakdown.*, offence.name AS offence
FROM threat_breakdown AS breakdown LEFT JOIN reference.offence AS offence ON offence.offence_code = breakdown.dimension_value
WHERE breakdown.area_code = ? AND breakdown.offences IS NOT NULL AND breakdown.period_type = 'year'
ORDER BY breakdown.threat, breakdown.scope DESC, breakdown.period_end, breakdown.row_id
"""
TOTALS = ("total", "grouping")
DRAWN = {
    "offence_group": "by offence group",
    "offence_code": "by offence class",
    "victim_sex": "by the sex of victims that the class names",
    "part": "by part",
}
LISTED = DRAWN | {
    "grouping": "by published grouping and candidate set", "group": "main group", "subgroup": "subgroup",
    "sub_code": "by detailed offence", "total": "total",
}  # fmt: skip
GROUPINGS = {
    "ons_c5": "group that ONS prints in Table C5",
    "ons_b10": "group that ONS prints in Table B10",
    "ons_a5a": "classes of Table A5a",
    "total": "all",
}
BARS = 10
TOTAL_COLUMNS = (
    "What is counted", "Year ending", "#Offences", "#Share of the policing VAWG total (%)", "#Share of all recorded crime (%)",
    "#Per day", "#Rate per 1,000", "#Arithmetic change (%)", "Standing of the change",
)  # fmt: skip
PART_COLUMNS = (
    "Part",
    "#Offences",
    "#Share of the threat (%)",
    "#Arithmetic change on the year before (%)",
    "Standing of the change",
)
COUNTS_ONLY = "Recorded counts are full counts: they have no sampling interval, and they miss what was never recorded."
BROKEN = "[b] a break lies inside the window: no claim about crime"


@dataclass(frozen=True)
class Counted:
    """What is counted of a threat: totals in each scope by itself, then figures by kind."""

    totals: ShownTable | None
    remarks: Sequence[str]
    figures: Sequence[ShownFigure]


def counted(asked: Asked) -> dict[str, Counted]:
    """Totals and breakdowns by threat, England and Wales, the newest year of each scope."""
    by_threat = grouped(asked.rows(BREAKDOWN, ENGLAND_AND_WALES), lambda row: row["threat"])
    return {
        threat: Counted(_totals(rows), _remarks(rows), _figures(threat, rows)) for threat, rows in by_threat.items()
    }


def name_of(row: Record) -> str:
    """The value of a dimension in words."""
    value = str(row["dimension_value"])
    if row["dimension"] in ("offence_code", "sub_code"):
        return f"{value} {row['offence']}" if row["offence"] else value
    if value.startswith("candidate_"):
        return f"candidate set {value.removeprefix('candidate_')} (no source prints it)"
    if row["dimension"] in ("group", "subgroup"):
        return row["offence"] or value.replace("_", " ")
    return GROUPINGS.get(value, value[0].upper() + value[1:])


def _newest(rows: Sequence[Record]) -> list[Record]:
    last = max((row["period_end"] for row in rows), default=None)
    return [row for row in rows if row["period_end"] == last]


def _headline(rows: Sequence[Record]) -> list[Record]:
    """Per scope and kind of total the year ending March 2023, where all scopes meet, and the newest year."""
    totals = [
        row for row in rows
        if row["dimension"] == "total" or (row["dimension"] == "grouping" and row["dimension_value"].startswith("ons_"))
    ]  # fmt: skip
    chosen = grouped(totals, lambda row: (row["scope"], row["dimension"], row["dimension_value"]))
    return [
        row
        for those in chosen.values()
        for row in those
        if row is those[-1] or (row["period_end"].year, row["period_end"].month) == (2023, 3)
    ]


def _totals(rows: Sequence[Record]) -> ShownTable | None:
    shown = _headline(rows)
    if not shown:
        return None
    return table("Recorded counts, each scope by itself. Scopes are never added. England and Wales.", TOTAL_COLUMNS, [
        ShownRow((
            f"{wording.SCOPES[row['scope']]}: {name_of(row)}", month(row["period_end"]), number(row["offences"]),
            number(row["share_of_vawg"], 1), number(row["share_of_all_recorded"], 1), number(row["per_day"], 1),
            _rate(row), wording.change_on(row), standing(row),
        ), row["row_id"])
        for row in shown
    ])  # fmt: skip


def _rate(row: Record) -> str:
    rate = row["rate_per_1000"]
    return wording.NOTHING if rate is None else f"{number(rate, 2)} {row['rate_population']}"


def standing(row: Record) -> str:
    """Does a break lie inside the change of a row?"""
    return (
        BROKEN if row["obs_status"] == "series_broken" else "[z]" if row["change_percent"] is None else "no known break"
    )


def _remarks(rows: Sequence[Record]) -> list[str]:
    return list(dict.fromkeys(caveat for row in _headline(rows) for caveat in row["caveats"]))


def _figures(threat: str, rows: Sequence[Record]) -> list[ShownFigure]:
    figures = []
    for dimension in LISTED:
        for scope in dict.fromkeys(row["scope"] for row in rows):
            newest = _newest([row for row in rows if row["dimension"] == dimension and row["scope"] == scope])
            if dimension not in TOTALS and dimension in DRAWN and len(newest) > 1:
                figures.append(_figure(threat, dimension, scope, sorted(newest, key=lambda row: -row["offences"])))
    rest = [row for row in rows if row["dimension"] in ("grouping", "group", "subgroup", "sub_code")]
    kept = [row for row in rest if row["period_end"] == max(record["period_end"] for record in rest)]
    if len(kept) > 1:
        figures.append(ShownFigure(f"groups-{threat}", "Groups, candidate sets and detailed offences", [], _table(
            "Other ways in which the same offences are grouped; sets overlap and are never added.", kept
        )))  # fmt: skip
    return figures


def _figure(threat: str, dimension: str, scope: str, rows: Sequence[Record]) -> ShownFigure:
    first = rows[0]
    shown = rows[:BARS]
    points = [{"label": name_of(row), "value": row["offences"], "text": number(row["offences"])} for row in shown]
    title = f"Recorded offences {DRAWN[dimension]}"
    largest = "; ".join(f"{name_of(row)} {number(row['offences'])}" for row in rows[:3])
    panel = Panel(
        f"Offences recorded in the {wording.period(first)}",
        bar_panel(points),
        f"{title}, {wording.period(first)}, {len(rows)} parts. Largest: {largest}. All are in the data table.",
        "recorded",
    )
    caption = f"{title}. {wording.SCOPES[scope]}, {wording.period(first)}, England and Wales."
    more = [f"The {BARS} largest of {len(rows)} are drawn; all are in the data table."] if len(rows) > BARS else []
    return ShownFigure(f"{dimension}-{threat}-{scope}", title, [panel], _table(caption, rows), [*more, COUNTS_ONLY])


def _table(caption: str, rows: Sequence[Record]) -> ShownTable:
    return table(caption, PART_COLUMNS, [
        ShownRow((
            name_of(row), number(row["offences"]), number(row["share_of_threat"], 1), wording.change_on(row), standing(row),
        ), row["row_id"])
        for row in rows
    ])  # fmt: skip


# What is published of a threat beside counts: ages, relationships, shares; rows are not comparable unless they say so.
PROFILE = "SELECT * FROM reconciled.threat_profile ORDER BY threat, statistic, of, period_end DESC NULLS LAST, scope"
COLUMNS = (
    "Statistic",
    "Of whom or what",
    "Population",
    "#As printed",
    "Year ending",
    "Standing",
    "May be set beside",
    "Source",
)
CAPTION = (
    "Ages, relationships and shares, one statistic a row. Rows of different scopes and populations are not comparable."
)


def profiles(asked: Asked) -> dict[str, ShownTable]:
    """The profile of each threat; nothing where none is held."""
    by_threat = grouped(asked.rows(PROFILE), lambda row: row["threat"])
    return {threat: table(CAPTION, COLUMNS, [_row(row) for row in rows]) for threat, rows in by_threat.items()}


def _row(row: Record) -> ShownRow:
    whom = f"{row['of']}, {row['sex']}" if row["sex"] not in (None, "all") else row["of"]
    cells = (
        wording.capital(row["statistic"]),
        whom,
        row["population"],
        f"{row['printed']} ({row['unit']})",
        wording.month(row["period_end"]) if row["period_end"] else "not printed",
        wording.designation(row["designation"]),
        row["comparable"],
        row["origin"],
    )
    return ShownRow(cells, row["row_id"])
