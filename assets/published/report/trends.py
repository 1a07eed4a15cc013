"""Change over time: estimates and recorded counts in panels of their own, with the breaks that lie between."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.charts.lines import Mark, Window, estimates_over_time, intervals_over_time, recorded_over_time, time_shown
from assets.charts.marks import Point
from assets.published.report.breakdowns import BREAKDOWN, name_of, standing
from assets.published.report.content import Panel, ShownFigure, ShownRow, ShownTable, table
from assets.reconciled.change import shown_linked
from assets.reconciled.ground.breaks import breaks_inside
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from assets.words.wording import basis, month, number, people, thousands, thousands_between
from schemas.codes import DIRECTION, ENGLAND_AND_WALES
from schemas.row_types import LinkedSeriesRow
from schemas.rows import Record

ESTIMATES = """
SELECT DISTINCT pairing.threat, pairing.estimate_topic AS topic, gap.sex, gap.age, gap.instrument, gap.period_start,
       gap.period_end, gap.period_type, gap.estimate, gap.estimate_lower, gap.estimate_upper, gap.estimate_unit,
       gap.interval_source, gap.row_id
FROM gap JOIN reference.pairing AS pairing USING (pairing)
WHERE gap.estimate IS NOT NULL AND gap.period_match = 'plain' AND gap.area_code = ?
QUALIFY row_number() OVER (
    PARTITION BY pairing.threat, topic, gap.sex, gap.age, gap.instrument, gap.period_end ORDER BY gap.pairing) = 1
  AND month(gap.period_end) = 3
ORDER BY gap.estimate_unit DESC, gap.period_end, gap.instrument, gap.age
"""
SERIES = """
SELECT lineage.row_id, list(DISTINCT origin.what) AS series FROM meta.lineage AS lineage
JOIN meta.origin AS origin ON origin.row_id = lineage.input_row_id
WHERE list_contains(?, origin.table_name) AND list_contains(?, split_part(lineage.row_id, ':', 1))
GROUP BY lineage.row_id
"""
FIGURES = ("survey.estimate", "recorded.offence_count", "recorded.flagged_count", "recorded.vawg_count")
LINKED = "SELECT * FROM reconciled.linked_series WHERE area_code = ? ORDER BY topic, sex, period_end, row_id"
BREAKS = "SELECT * FROM reference.comparability_break ORDER BY date, break_id"
WORDS = "SELECT key, name FROM reference.plain_word WHERE kind = 'break'"
# What is drawn of a threat: the recorded series (dimension and value), and the survey topic and sex to stand above it.
# Scopes are kept apart; estimates that stand above nothing are drawn by themselves.
DRAWN: dict[str, tuple[tuple[str, str, tuple[str, str] | None], ...]] = {
    "domestic_abuse": (("total", "total", ("domestic_abuse", "all")),),
    "rasso": (
        ("grouping", "ons_c5", ("sexual_assault", "female")),
        ("subgroup", "rape", ("rape_or_penetration", "female")),
    ),
    "stalking_harassment": (("offence_code", "8Q", ("stalking", "all")), ("total", "total", ("harassment", "all"))),
    "csae": (("grouping", "ons_c5", None),),
    "online": (("total", "total", None),),
    "modern_slavery": (("total", "total", None),),
    "sex_work": (("offence_code", "24", None),),
    "honour_based_abuse": (("total", "total", None),),
    "all_vawg": (("total", "total", None),),
}
FEWEST, MARCH = 3, 3
EARLIEST = datetime.date(2004, 1, 1)
NEVER_JOINED = "Estimates of different ages or questions are different series and are never joined."
JOINED = "Counts are joined only where no break lies between them; the arithmetic change across a break says nothing about crime."


@dataclass(frozen=True)
class BreakNote:
    """One break that is drawn: its name on the chart, its day, what changed and to what effect."""

    name: str
    when: str
    what: str
    effect: str
    citation: str


@dataclass(frozen=True)
class TrendLine:
    """One series as it is drawn, with the changes that touch it."""

    rows: Sequence[Record]
    breaks: Sequence[Record]


@dataclass(frozen=True)
class ShownTrend:
    """A threat over time."""

    figures: Sequence[ShownFigure]
    breaks: Sequence[BreakNote]


def trends(asked: Asked) -> dict[str, ShownTrend]:
    """Figures over time by threat, where at least three years of one series are held."""
    breaks = known_breaks(asked)
    series = series_behind(asked, FIGURES, ("gap", "breakdown"))
    counts, estimates = (
        grouped(asked.rows(query, ENGLAND_AND_WALES), lambda row: row["threat"]) for query in (BREAKDOWN, ESTIMATES)
    )
    linked = shown_linked.one_basis(asked.rows(LINKED, ENGLAND_AND_WALES))
    return {
        threat: trend
        for threat in DRAWN
        if (trend := _trend(threat, estimates[threat], counts[threat], breaks, series, linked)).figures
    }


def series_behind(asked: Asked, tables: Sequence[str], kinds: Sequence[str]) -> dict[str, set[str]]:
    """The series of some tables from whose figures each row of some kinds was made, by its id."""
    return {row["row_id"]: set(row["series"]) for row in asked.rows(SERIES, list(tables), list(kinds))}


def known_breaks(asked: Asked) -> list[Record]:
    """Every break with the name that it has on a chart."""
    names = {row["key"]: row["name"] for row in asked.rows(WORDS)}
    return [row | {"name": names.get(row["break_id"], f"{row['date']:%Y}: change")} for row in asked.rows(BREAKS)]


def breaks_of(
    series: set[str], breaks: Sequence[Record], first: datetime.date, last: datetime.date, *, every: bool = False
) -> list[Record]:
    """The breaks that touch some series between two days; `every` takes in changes that block nothing by themselves."""
    return breaks_inside((row for row in breaks if row["breaks_change"] or every), series, first, last)


def _trend(
    threat: str,
    estimates: Sequence[Record],
    counts: Sequence[Record],
    breaks: Sequence[Record],
    series: Mapping[str, set[str]],
    linked: Mapping[tuple[str, str], Sequence[LinkedSeriesRow]],
) -> ShownTrend:
    groups = grouped(estimates, lambda row: (row["topic"], row["sex"]))
    above = {
        key: TrendLine(rows, _touched(rows, breaks, series, every=True))
        for key, rows in groups.items()
        if len({row["period_end"] for row in rows}) >= FEWEST
    }
    pairs = list[tuple[TrendLine | None, TrendLine | None]]()
    for dimension, value, topic in DRAWN[threat]:
        for scope in dict.fromkeys(row["scope"] for row in counts):
            rows = [
                row
                for row in counts
                if (row["dimension"], row["dimension_value"], row["scope"]) == (dimension, value, scope)
                and row["period_end"].month == MARCH
            ]
            if len(rows) >= FEWEST:
                pairs.append(
                    (above.pop(topic, None) if topic else None, TrendLine(rows, _touched(rows, breaks, series)))
                )
    pairs += [(line, None) for line in above.values()]
    drawn = [line for pair in pairs for line in pair if line]
    touched = {row["break_id"]: row for line in drawn for row in line.breaks}
    notes = [
        BreakNote(row["name"], wording.day_words(row["date"]), wording.sentence(row["what_changed"]),
                  wording.sentence(DIRECTION[row["direction"]]), row["citation"])
        for row in sorted(touched.values(), key=lambda touched_break: (touched_break["date"], touched_break["break_id"]))
    ]  # fmt: skip
    figures = [_figure(f"trend-{threat}-{number}", *pair) for number, pair in enumerate(pairs, start=1)]
    several = [key for key, rows in groups.items() if key in linked and len({basis(row) for row in rows}) > 1]
    return ShownTrend(
        [*figures, *(_on_one_basis(f"linked-{threat}-{'-'.join(key)}", linked[key]) for key in several)], notes
    )


def _on_one_basis(key: str, rows: Sequence[LinkedSeriesRow]) -> ShownFigure:
    """Years asked otherwise, brought onto the newest questions and ages: intervals beside the published points."""
    name, ends = shown_linked.drawn_name(rows[-1]), (rows[0], rows[-1])
    words = "; ".join(f"{month(row['period_end'])} {shown_linked.year_in_words(row)}" for row in ends)
    cells = [
        ShownRow((month(row["period_end"]), f"{number(row['published'], 1)} ({basis(row)})",
             wording.between(row["lower"], row["upper"], 1), wording.between(row["likely_lower"], row["likely_upper"], 1),
             "; ".join(row["links"]) or "none: published on this basis"), row["row_id"])
        for row in rows
    ]  # fmt: skip
    columns = ("Year ending", "#As published (%)", "#On one basis (%)", "#Likely (%)", "Links")
    return ShownFigure(
        key, name, [Panel("Percent of people", intervals_over_time(shown_linked.points(rows)), f"{name}. {words}.", "estimate")],
        table(f"{name}.", columns, cells), (shown_linked.WHAT, shown_linked.LIMITS, shown_linked.HELD),
        subtitle="Years to March, England and Wales.",
    )  # fmt: skip


def _touched(
    rows: Sequence[Record], breaks: Sequence[Record], series: Mapping[str, set[str]], *, every: bool = False
) -> list[Record]:
    return breaks_of(_series(rows, series), breaks, rows[0]["period_start"], rows[-1]["period_end"], every=every)


def _series(rows: Sequence[Record], series: Mapping[str, set[str]]) -> set[str]:
    """The series of some rows: of an estimate those of the survey, of a count the recorded ones."""
    inputs = set().union(*(series.get(row["row_id"], set()) for row in rows))
    return {name for name in inputs if name.startswith("csew.")} if "estimate" in rows[0] else inputs


def _counted(row: Record) -> str:
    name = name_of(row)
    return wording.SCOPES[row["scope"]] if row["dimension"] == "total" else name


def _figure(key: str, above: TrendLine | None, below: TrendLine | None) -> ShownFigure:
    """People above, offences below, one window of time; either may be missing."""
    lines = [line for line in (above, below) if line]
    window = time_shown([{"end": row["period_end"]} for line in lines for row in line.rows])
    window = (max(window[0], EARLIEST), window[1])
    panels, tables, remarks, subtitles = list[Panel](), list[ShownTable](), list[str](), list[str]()
    if above:
        panel, caption = _estimates(above, window, alone=below is None)
        panels.append(panel)
        tables.append(caption)
        groups = dict.fromkeys(basis(row) for row in above.rows)
        remarks += [wording.interval_remark(above.rows), *([NEVER_JOINED] if len(groups) > 1 else [])]
        subtitles.append(f"{wording.capital(panel.title)}.")
    if below:
        panel, caption = _counts(below, window)
        panels.append(panel)
        tables.append(caption)
        remarks.append(JOINED)
        subtitles.append(f"{panel.title}.")
    return ShownFigure(
        key=key,
        title=_finding(above, below),
        panels=panels,
        table=tables[0] if len(tables) == 1 else _together(tables),
        remarks=remarks,
        subtitle=" ".join([*subtitles, "Years to March, England and Wales."]),
    )


def _finding(above: TrendLine | None, below: TrendLine | None) -> str:
    """What the figure shows, as far as it may be said."""
    if below:
        ends = [f"{number(row['offences'])} in the {_when(row)}" for row in (below.rows[0], below.rows[-1])]
        last = below.rows[-1]
        # A finding is told in words: no code of a class before its name, and a scope for what it is of.
        name = re.sub(r"^\d+[A-Z]* ", "", _counted(last))
        name = f"Offences in all ({name})" if last["dimension"] == "total" else name
        changed = "; the counting changed in between" if below.breaks else ""
        return f"{wording.capital(name)}: {', '.join(ends)}{changed}"
    assert above
    last = above.rows[-1]
    asked = "; earlier years were asked otherwise" if len({basis(row) for row in above.rows}) > 1 else ""
    whom = f"{wording.capital(wording.coded(last['topic']))}, {wording.WHOM[last['sex']]}"
    return f"{whom}: {people(last['estimate'])} in the {_when(last)}{asked}"


def _when(row: Record) -> str:
    return wording.year_to(row["period_end"])


def marks_of(breaks: Sequence[Record]) -> list[Mark]:
    """Breaks as a chart over time draws them."""
    return [Mark(row["name"], row["date"], row["last_day"] or row["date"]) for row in breaks]


def counted_points(rows: Sequence[Record], unit: str) -> list[Point]:
    """Counts of years as a chart over time draws them."""
    return [
        {"start": row["period_start"], "end": row["period_end"], "value": row["offences"],
         "tip": f"{wording.capital(wording.year_to(row['period_end']))}: {number(row['offences'])} {unit}"}
        for row in rows
    ]  # fmt: skip


def _named(line: TrendLine) -> str:
    names = list(dict.fromkeys(row["name"] for row in line.breaks))
    return f"Changes drawn: {'; '.join(names)}." if names else "No change of rules is known inside this window."


def _estimates(line: TrendLine, window: Window, *, alone: bool) -> tuple[Panel, ShownTable]:
    rows = line.rows
    points = [
        {"end": row["period_end"], "value": row["estimate"], "lower": row["estimate_lower"], "upper": row["estimate_upper"],
         "group": basis(row), "tip": f"{wording.capital(wording.year_to(row['period_end']))}, {basis(row)}: {_people(row)}"}
        for row in rows
    ]  # fmt: skip
    words = "; ".join(f"{month(row['period_end'])} {_people(row)}" for row in (rows[0], rows[-1]))
    unit = "incidents" if rows[0]["estimate_unit"] == "incidents" else "people"
    title = f"Estimated {unit}: {wording.coded(rows[0]['topic'])}, {wording.WHOM[rows[0]['sex']]}"
    draw = estimates_over_time(points, marks_of(line.breaks), None if alone else window, unit)
    cells = [
        ShownRow((month(row["period_end"]), basis(row), thousands(row["estimate"]),
             thousands_between(row["estimate_lower"], row["estimate_upper"])), row["row_id"])
        for row in rows
    ]  # fmt: skip
    columns = ("Year ending", "Ages and questions", "#Estimated (thousands)", "#Interval (thousands)")
    return Panel(title, draw, f"{title}. From {words}. {_named(line)}", "estimate"), table(title, columns, cells)


def _people(row: Record) -> str:
    return f"{people(row['estimate'])} ({wording.limits_of_estimate(row)})"


def _counts(line: TrendLine, window: Window) -> tuple[Panel, ShownTable]:
    rows = line.rows
    unit = "victims" if rows[0]["scope"] == "homicide_index" else "offences"
    words = "; ".join(f"{month(row['period_end'])} {number(row['offences'])}" for row in (rows[0], rows[-1]))
    title = f"Recorded {unit}: {_counted(rows[0])}"
    draw = recorded_over_time(counted_points(rows, unit), marks_of(line.breaks), window, unit)
    cells = [
        ShownRow(
            (month(row["period_end"]), number(row["offences"]), wording.change_on(row), standing(row)), row["row_id"]
        )
        for row in rows
    ]
    columns = ("Year ending", f"#Recorded {unit}", "#Arithmetic change (%)", "Standing of the change")
    return Panel(title, draw, f"{title}. From {words}. {_named(line)}", "recorded"), table(title, columns, cells)


def _together(tables: Sequence[ShownTable]) -> ShownTable:
    """Two tables as one: what is counted stands in the first column."""
    heads = (
        "Series",
        "Year ending",
        "Ages and questions, or standing of the change",
        "#Figure",
        "#Interval, or change (%)",
    )
    rows = list[ShownRow]()
    for caption, (unit, order) in zip(tables, (("thousands", (0, 1, 2, 3)), ("", (0, 3, 1, 2))), strict=True):
        named = f"{caption.caption} ({unit})" if unit else caption.caption
        rows += [ShownRow((named, *(row.cells[place] for place in order)), row.row_id) for row in caption.rows]
    return table("Both panels, year by year.", heads, rows)
