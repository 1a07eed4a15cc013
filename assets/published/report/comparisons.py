"""Estimates beside counts: one comparison per pairing, with what may be compared and what is blocked, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from assets.charts import panels
from assets.charts.marks import Point, sides
from assets.published.report.content import Panel, ShownFigure, ShownRow, table
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from assets.words.side_by_side import Side, side
from assets.words.wording import (
    between,
    month,
    number,
    people,
    people_between,
    thousands,
    thousands_between,
)
from schemas.codes import ENGLAND_AND_WALES
from schemas.rows import AnyRow, Record

ANSWERS, GAP = (
    f"""
SELECT ratio.*, pairing.label, pairing.title
FROM {table} AS ratio JOIN reference.pairing AS pairing USING (pairing)
WHERE ratio.area_code = ? ORDER BY ratio.pairing, ratio.period_end, ratio.instrument, ratio.age
"""
    for table in ("reconciled.answer", "reconciled.gap")
)
COLUMNS = (
    "Year ending", "Victims", "#Estimated (thousands)", "#Interval (thousands)", "#Recorded offences", "#Interval of the count",
    "#Recorded per 100 estimated", "#Interval of the ratio", "#Per 100, months matched by recall", "May they be compared",
)  # fmt: skip
Given = TypeVar("Given", bound=AnyRow)
DIAMOND = "Hollow diamond: the same with recorded quarters, or two whole years, weighted by the recall window of the interviews."


@dataclass(frozen=True)
class Blocked:
    """Comparisons of a pairing that are blocked for one reason."""

    periods: str
    reason: str


@dataclass(frozen=True)
class ShownComparison:
    """One pairing: the newest figures, every year held, and every block with its reason."""

    key: str
    label: str
    title: str
    threat: str
    compared: bool
    sides: Sequence[Side]
    reason: str
    caveats: Sequence[str]
    figure: ShownFigure | None
    blocked: Sequence[Blocked]


def comparisons(asked: Asked) -> dict[str, list[ShownComparison]]:
    """Every pairing of the gap table by threat, those that may be compared first."""
    answered, readings = (
        grouped(asked.rows(query, ENGLAND_AND_WALES), lambda row: row["pairing"]) for query in (ANSWERS, GAP)
    )
    made = [comparison(answered[pairing], rows) for pairing, rows in readings.items()]
    return grouped(sorted(made, key=lambda shown: not shown.compared), lambda shown: shown.threat)


def comparison(answers: Sequence[Record], rows: Sequence[Record]) -> ShownComparison:
    """One pairing from its answers and their readings, rows of the gap table, both in order of time."""
    allowed = [row for row in answers if row["verdict"] != "block"]
    answered = [row for row in answers if row["estimate"] is not None or row["recorded"] is not None]
    newest = _newest(allowed or answered)
    first = rows[0]
    shown = [row for row in answers if row["estimate"] is not None]
    return ShownComparison(
        key=first["pairing"],
        label=first["label"],
        title=first["title"],
        threat=first["threat"],
        compared=bool(allowed),
        sides=[side(row) for row in newest],
        reason=newest[-1]["reason"].replace("in `rules`", "below") if allowed else "",
        caveats=[caveat for caveat in newest[-1]["caveats"] if caveat != wording.NOT_A_RATE] if allowed else [],
        figure=_figure(shown, [row for row in rows if row["period_match"] != "plain"]) if len(shown) > 1 else None,
        blocked=_blocked([row for row in rows if row["verdict"] == "block"]),
    )


def _newest(rows: Sequence[Record]) -> list[Record]:
    """The rows of the newest period; of blocked ones those with most figures."""
    if not rows:
        return []
    rank = {id(row): (row["estimate"] is not None and row["recorded"] is not None, row["period_end"]) for row in rows}
    best = max(rank.values())
    return [row for row in rows if rank[id(row)] == best]


def _blocked(rows: Sequence[Record]) -> list[Blocked]:
    """Blocked rows by reason, the reason with the newest period first."""
    by_reason = grouped(sorted(rows, key=lambda row: row["period_end"], reverse=True), lambda row: row["reason"])
    return [Blocked(wording.periods(those), reason) for reason, those in by_reason.items()]


def _figure(rows: Sequence[Record], recall: Sequence[Record]) -> ShownFigure:
    """Three panels over all years with an estimate, those of one age and one set of questions together, and their data table."""
    rows = [row for group in _bases(rows).values() for row in group]
    matched = {_key(row): row["recorded_per_100"] for row in recall}
    points = [_point(row, matched.get(_key(row))) for row in rows]
    first = rows[0]
    unit = wording.unit_words(first["estimate_unit"])
    ratio = [point | point["ratio"] for point in points]
    drawn = [
        Panel(f"Estimated {unit}", panels.estimate_panel([point | point["estimate"] for point in points]), _say(rows, "estimate"),
              "estimate"),
    ]  # fmt: skip
    if any(row["recorded"] is not None for row in rows):
        counts = panels.recorded_panel([point | point["count"] for point in points])
        drawn.append(Panel("Recorded offences", counts, _say(rows, "recorded"), "recorded"))
        title = f"Recorded offences per 100 estimated {first['estimate_unit']}"
        drawn.append(Panel(title, panels.ratio_panel(ratio), _say(rows, "recorded_per_100"), "ratio"))
    remarks = [wording.interval_remark(rows)]
    if any(point["ratio"]["other"] is not None for point in points):
        remarks.append(DIAMOND)
    if len(_bases(rows)) > 1:
        remarks.append("Ages and questions differ between years: each heading is a series of its own.")
    rows_table = table(
        f"{wording.sentence(first['label'])} England and Wales.",
        COLUMNS,
        [_row(row, matched.get(_key(row))) for row in rows],
    )
    return ShownFigure(f"gap-{first['pairing']}", "Every year with an estimate", drawn, rows_table, remarks)


def _bases(rows: Sequence[Given]) -> dict[str, list[Given]]:
    """Rows by their ages and questions, which are series of their own; the oldest series first."""
    return grouped(rows, _basis)


def _basis(row: AnyRow) -> str:
    return f"Ages {wording.basis(row)}"


def _key(row: Record) -> tuple[object, ...]:
    return (row["instrument"], row["sex"], row["age"], row["period_end"])


def _point(row: Record, other: float | None) -> Point:
    drawn = sides(row)
    ratio = drawn["ratio"] | {"other": other, "blocked": row["verdict"] == "block"}
    return {"label": month(row["period_end"]), "heading": _basis(row), **drawn, "ratio": ratio}


def _row(row: Record, other: float | None) -> ShownRow:
    cells = (
        month(row["period_end"]),
        f"{wording.WHOM[row['sex']]}, {wording.basis(row)}",
        thousands(row["estimate"]),
        thousands_between(row["estimate_lower"], row["estimate_upper"]),
        number(row["recorded"]),
        between(row["recorded_lower"], row["recorded_upper"]),
        number(row["recorded_per_100"], 1) if row["verdict"] != "block" else "[z]",
        between(row["recorded_per_100_lower"], row["recorded_per_100_upper"], 1)
        if row["verdict"] != "block"
        else "[z]",
        number(other, 1) if row["verdict"] != "block" else "[z]",
        wording.VERDICTS[row["verdict"]],
    )
    return ShownRow(cells, row["row_id"])


def _say(rows: Sequence[AnyRow], name: str) -> str:
    """A panel in words: first and last figure with their intervals, and how many are blocked."""
    stated = [row for row in rows if row[name] is not None]
    what = {
        "estimate": "Estimates",
        "recorded": "Recorded offences",
        "recorded_per_100": "Recorded offences per 100 estimated",
    }[name]
    if not stated:
        return f"{what}: none may be given. All {len(rows)} comparisons are blocked; the reasons are listed below."
    reasons = "; ".join(
        f"{wording.small(basis)}: "
        + "; ".join(
            f"year ending {month(row['period_end'])} {_figure_words(row, name)}" for row in (group[:1] + group[1:][-1:])
        )
        for basis, group in _bases(stated).items()
    )
    blocked = sum(row["verdict"] == "block" for row in rows) if name == "recorded_per_100" else 0
    more = f" {blocked} of {len(rows)} are not compared." if blocked else ""
    return f"{what}, {len(stated)} figures: {reasons}.{more} All figures are in the data table."


def _figure_words(row: AnyRow, name: str) -> str:
    if name == "recorded":
        return number(row["recorded"])
    lower, upper = row[f"{name}_lower"], row[f"{name}_upper"]
    if name == "estimate":
        return f"{people(row['estimate'])} ({people_between(lower, upper)})"
    return f"{number(row[name], 1)} ({between(lower, upper, 1)})"
