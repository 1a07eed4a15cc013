"""Change over time: estimates and recorded counts in panels of their own, with the breaks that lie between."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.charts.lines import SHAPES, Mark, estimates_over_time, recorded_over_time
from assets.published.report.breakdowns import name_of
from assets.published.report.content import Figure, Panel, Row, table
from assets.reconciled.ground.breaks import breaks_inside
from assets.tables.asking import Asked
from assets.tables.records import Record
from assets.words import wording
from assets.words.wording import month, number, people, people_between, thousands, thousands_between
from schemas.codes import ENGLAND_AND_WALES

COUNTS = """
SELECT breakdown.*, offence.name AS offence FROM threat_breakdown AS breakdown
LEFT JOIN reference.offence AS offence ON offence.offence_code = breakdown.dimension_value
WHERE breakdown.area_code = ? AND breakdown.period_type = 'year' AND breakdown.offences IS NOT NULL
ORDER BY breakdown.period_end
"""
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
SELECT lineage.row_id, origin.what AS series FROM meta.lineage AS lineage
JOIN meta.origin AS origin ON origin.row_id = lineage.input_row_id
WHERE origin.table_name IN ('survey.estimate', 'recorded.offence_count', 'recorded.flagged_count', 'recorded.vawg_count')
  AND (lineage.row_id LIKE 'gap:%' OR lineage.row_id LIKE 'breakdown:%')
"""
BREAKS = "SELECT * FROM reference.comparability_break ORDER BY date, break_id"
# The recorded series drawn for a threat: dimension and value; scopes are kept apart.
DRAWN = {
    "domestic_abuse": (("total", "total"),),
    "rasso": (("subgroup", "rape"), ("grouping", "ons_c5")),
    "stalking_harassment": (("total", "total"), ("offence_code", "8Q")),
    "csae": (("grouping", "ons_c5"),),
    "online": (("total", "total"),),
    "modern_slavery": (("total", "total"),),
    "sex_work": (("offence_code", "24"),),
    "honour_based_abuse": (("total", "total"),),
    "all_vawg": (("total", "total"),),
}
FEWEST, MARCH = 3, 3
LETTERS = "abcdefghijklmnopqrstuvwxyz"
NEVER_JOINED = "Estimates of different ages or questions are different series and are never joined."
JOINED = "Counts are joined only where no break lies between them; the arithmetic change across a break says nothing about crime."


@dataclass(frozen=True)
class BreakNote:
    """One break that is drawn: its letter, its day and what changed."""

    letter: str
    when: str
    what: str
    direction: str
    citation: str


@dataclass(frozen=True)
class Trend:
    """A threat over time."""

    figures: Sequence[Figure]
    breaks: Sequence[BreakNote]


def trends(asked: Asked) -> dict[str, Trend]:
    """Figures over time by threat, where at least three years of one series are held."""
    breaks = asked.rows(BREAKS)
    series: dict[str, set[str]] = defaultdict(set)
    for row in asked.rows(SERIES):
        series[row["row_id"]].add(row["series"])
    counts, estimates = (
        _grouped(asked.rows(COUNTS, ENGLAND_AND_WALES)),
        _grouped(asked.rows(ESTIMATES, ENGLAND_AND_WALES)),
    )
    return {
        threat: found
        for threat in DRAWN
        if (found := _trend(threat, estimates.get(threat, []), counts.get(threat, []), breaks, series)).figures
    }


def breaks_of(
    series: set[str], breaks: Sequence[Record], first: datetime.date, last: datetime.date, *, every: bool = False
) -> list[Record]:
    """The breaks that touch some series between two days; `every` takes in changes that block nothing by themselves."""
    return breaks_inside((one for one in breaks if one["breaks_change"] or every), series, first, last)


def _grouped(rows: Sequence[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row["threat"]].append(row)
    return found


def _trend(
    threat: str,
    estimates: Sequence[Record],
    counts: Sequence[Record],
    breaks: Sequence[Record],
    series: Mapping[str, set[str]],
) -> Trend:
    wanted: list[tuple[str, Sequence[Record], list[Record]]] = []
    groups: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for row in estimates:
        groups[row["topic"], row["sex"]].append(row)
    for (topic, sex), rows in groups.items():
        if len({row["period_end"] for row in rows}) >= FEWEST:
            touched = breaks_of(
                _series(rows, series), breaks, rows[0]["period_start"], rows[-1]["period_end"], every=True
            )
            wanted.append(
                (f"Estimated {rows[0]['estimate_unit']}: {_topic(topic)}, {wording.WHOM[sex]}", rows, touched)
            )
    for dimension, value in DRAWN[threat]:
        for scope in dict.fromkeys(row["scope"] for row in counts):
            rows = [
                row
                for row in counts
                if (row["dimension"], row["dimension_value"], row["scope"]) == (dimension, value, scope)
                and row["period_end"].month == MARCH
            ]
            if len(rows) >= FEWEST:
                touched = breaks_of(_series(rows, series), breaks, rows[0]["period_start"], rows[-1]["period_end"])
                wanted.append((_counted(rows[0]), rows, touched))
    letters = {one["break_id"]: letter for one, letter in zip(_once(wanted), LETTERS, strict=False)}
    notes = [
        BreakNote(letters[one["break_id"]], wording.day_words(one["date"]), wording.sentence(one["what_changed"]),
                  one["direction"] or "", one["citation"])
        for one in _once(wanted) if one["break_id"] in letters
    ]  # fmt: skip
    figures = [_figure(threat, number, *one, letters) for number, one in enumerate(wanted, start=1)]
    return Trend(figures, notes)


def _once(wanted: Sequence[tuple[str, Sequence[Record], list[Record]]]) -> list[Record]:
    found = {one["break_id"]: one for _, _, touched in wanted for one in touched}
    return sorted(found.values(), key=lambda one: (one["date"], one["break_id"]))


def _series(rows: Sequence[Record], series: Mapping[str, set[str]]) -> set[str]:
    """The series of some rows: of an estimate those of the survey, of a count the recorded ones."""
    found = set().union(*(series.get(row["row_id"], set()) for row in rows))
    return {name for name in found if name.startswith("csew.")} if "estimate" in rows[0] else found


def _topic(topic: str) -> str:
    return topic.replace("_", " ")


def _counted(row: Record) -> str:
    name = name_of(row)
    return wording.SCOPES[row["scope"]] if row["dimension"] == "total" else f"Recorded: {name}"


def _figure(
    threat: str,
    position: int,
    title: str,
    rows: Sequence[Record],
    touched: Sequence[Record],
    letters: Mapping[str, str],
) -> Figure:
    marks = [(letters[one["break_id"]], one["date"]) for one in touched if one["break_id"] in letters]
    drawn = ", ".join(letter for letter, _ in marks)
    said = f"Breaks drawn: {drawn}." if marks else "No break is known inside this window."
    draw = _estimates if "estimate" in rows[0] else _counts
    return draw(f"trend-{threat}-{position}", title, rows, marks, said)


def _estimates(key: str, title: str, rows: Sequence[Record], marks: Sequence[Mark], said: str) -> Figure:
    points = [
        {"end": row["period_end"], "value": row["estimate"], "lower": row["estimate_lower"], "upper": row["estimate_upper"],
         "group": _group(row)}
        for row in rows
    ]  # fmt: skip
    words = "; ".join(
        f"{month(row['period_end'])} {people(row['estimate'])}"
        f" ({people_between(row['estimate_lower'], row['estimate_upper'])})"
        for row in (rows[0], rows[-1])
    )
    unit = wording.unit_words(rows[0]["estimate_unit"])
    alt = f"{title}. From {words}. {said}"
    panel = Panel(f"Estimated {unit}", estimates_over_time(points, marks), alt, "estimate")
    cells = [
        Row((month(row["period_end"]), _group(row), thousands(row["estimate"]),
             thousands_between(row["estimate_lower"], row["estimate_upper"])), row["row_id"])
        for row in rows
    ]  # fmt: skip
    groups = list(dict.fromkeys(_group(row) for row in rows))
    several = len(groups) > 1
    return Figure(
        key=key,
        title=title,
        panels=[panel],
        table=table(
            title, ("Year ending", "Ages and questions", "#Estimated (thousands)", "#Interval (thousands)"), cells
        ),
        remarks=[wording.interval_remark(rows), *([NEVER_JOINED] if several else [])],
        legend=list(zip(SHAPES, groups, strict=False)) if several else [],
    )


def _counts(key: str, title: str, rows: Sequence[Record], marks: Sequence[Mark], said: str) -> Figure:
    points = [{"start": row["period_start"], "end": row["period_end"], "value": row["offences"]} for row in rows]
    words = "; ".join(f"{month(row['period_end'])} {number(row['offences'])}" for row in (rows[0], rows[-1]))
    unit = "Victims recorded" if rows[0]["scope"] == "homicide_index" else "Recorded offences"
    panel = Panel(unit, recorded_over_time(points, marks), f"{title}. From {words}. {said}", "recorded")
    cells = [
        Row((month(row["period_end"]), number(row["offences"]), wording.signed(row["change_percent"]),
             "[b] broken" if row["obs_status"] == "series_broken" else "no known break"), row["row_id"])
        for row in rows
    ]  # fmt: skip
    columns = ("Year ending", f"#{unit}", "#Arithmetic change on the baseline (%)", "Series")
    return Figure(key, title, [panel], table(title, columns, cells), [JOINED])


def _group(row: Record) -> str:
    asked = wording.questions(row["instrument"])
    return f"{row['age']}" + (f", {asked}" if asked else "")
