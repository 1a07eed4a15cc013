"""Overlaps of threats and the bounds on their unions: threats are never added."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assets.charts.panels import bound_panel
from assets.published.report.content import Panel, ShownFigure, ShownRow, ShownTable, table
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from assets.words.wording import between, coded, number, union_words
from schemas.rows import AnyRow, Record

OVERLAP = """
SELECT * FROM reconciled.threat_overlap WHERE status <> 'conflict'
QUALIFY period_end = max(period_end) OVER (PARTITION BY system, first, second)
ORDER BY system, first, second, reading
"""
UNION = """
SELECT * FROM reconciled.union_bound
QUALIFY period_end = max(period_end) OVER (PARTITION BY system) ORDER BY system, set_count DESC, sets, reading, precision DESC
"""
FLAGS = "SELECT * FROM reconciled.flag_check WHERE result <> 'agree' ORDER BY period_end DESC, result"
# Sets that lie in a threat, beside the threat itself.
WITHIN = {
    "adult_rape": "rasso",
    "sexual_offences": "rasso",
    "coercive_control": "domestic_abuse",
    "sexual_assault": "rasso",
}
PRINTED = "as_printed"
MOST = 8


@dataclass(frozen=True)
class Across:
    """What can be said of several threats together."""

    figures: Sequence[ShownFigure]
    conflicts: Sequence[str]
    flags: Sequence[tuple[str, str]]


def overlaps(asked: Asked) -> dict[str, ShownTable]:
    """What is known of each threat's overlap with others, newest period of every pair; nothing where none is held."""
    by_threat: dict[str, list[Record]] = defaultdict(list)
    for row in asked.rows(OVERLAP):
        for threat in {WITHIN.get(str(row[side]), str(row[side])) for side in ("first", "second")}:
            by_threat[threat].append(row)
    return {threat: _pairs(rows) for threat, rows in by_threat.items()}


def across(asked: Asked) -> Across:
    """Bounds on unions, figures that cannot all hold, and inclusions that fail."""
    unions = asked.rows(UNION)
    by_system = grouped(
        (row for row in unions if row["precision"] == PRINTED and row["lower"] is not None), lambda row: row["system"]
    )
    return Across(
        [_bounds(rows) for rows in by_system.values() if len(rows) > 1],
        list(
            dict.fromkeys(
                row["sentence"] for row in unions if row["status"] == "conflict" and row["precision"] == "rounding"
            )
        )
        or list(dict.fromkeys(row["sentence"] for row in unions if row["status"] == "conflict")),
        [(row["result"].replace("_", " "), row["sentence"]) for row in asked.rows(FLAGS)],
    )


def _pairs(rows: Sequence[Record]) -> ShownTable:
    return table("Pairs, each in the newest period that is published for it.", ("Pair", "Window", "#Overlap", "In words"), [
        ShownRow((
            f"{coded(row['first'])} and {coded(row['second'])}", wording.period(row), _size(row, "overlap_"), row["sentence"],
        ), row["row_id"])
        for row in rows
    ])  # fmt: skip


def _bounds(rows: Sequence[Record]) -> ShownFigure:
    """The bounds of one system of sets: the widest unions first, those drawn that add nothing to the print."""
    first = rows[0]
    plain = [row for row in rows if row["reading"] == "as_stated"] or rows
    shown = plain[:MOST]
    panel = Panel(
        f"Bounds, {first['unit']}",
        bound_panel([{"label": union_words(row), "value": None, "lower": row["lower"], "upper": row["upper"]} for row in shown]),
        " ".join(row["sentence"] for row in shown[:3]) + " All are in the data table.",
        "bound",
    )  # fmt: skip
    rows_table = table(
        f"Bounds as printed. {wording.SCOPES[first['scope']]}, {wording.period(first)}.",
        ("Union", "Reading", "#At least", "#At most", "#From sizes alone"),
        [
            ShownRow((
                coded(row["sets"].replace("|", " or ")), coded(row["reading"].replace("da_", "domestic_abuse_")),
                _one(row["lower"], row), _one(row["upper"], row),
                between(row["marginals_lower"], row["marginals_upper"], _digits(row)),
            ), row["row_id"])
            for row in rows
        ],
    )  # fmt: skip
    remarks = [shown[0]["sentence"]]
    if any(row["upper"] is None for row in shown):
        remarks.append("A triangle: nothing limits the upper end.")
    if len(rows) > len(shown):
        remarks.append(f"{len(shown)} of {len(rows)} are drawn; other unions and readings are in the data table.")
    title = f"{wording.SCOPES[first['scope']]}, {wording.period(first)}"
    return ShownFigure(f"bounds-{first['system']}", title, [panel], rows_table, remarks)


def _size(row: AnyRow, prefix: str) -> str:
    lower, upper = row[f"{prefix}lower"], row[f"{prefix}upper"]
    if lower is not None and upper is not None and abs(upper - lower) < 0.5 and row["unit"] == "offences":
        return number(abs(lower))
    return between(lower, upper, _digits(row)) if upper is not None else f"{number(lower, _digits(row))} or more"


def _one(value: float | None, row: Record) -> str:
    return "[z] no limit" if value is None else number(value, _digits(row))


def _digits(row: AnyRow) -> int:
    return 1 if row["unit"].startswith("percent") else 0
