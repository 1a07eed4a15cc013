"""From the survey to the police, and from recorded offences to convictions: units change at every step."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.charts.panels import ratio_panel
from assets.published.report.content import Panel, ShownFigure, ShownRow, table
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from assets.words.wording import between, noted, number
from schemas.rows import AnyRow, Record

FUNNEL = """
SELECT * FROM reconciled.attrition
QUALIFY period_end = max(period_end) OVER (PARTITION BY threat) ORDER BY threat, from_stage = 'recorded' DESC, per_100 DESC
"""
BRIDGE = """
SELECT * FROM reconciled.reporting_bridge WHERE verdict <> 'block'
QUALIFY period_end = max(period_end) OVER (PARTITION BY bridge, sex, age) ORDER BY bridge, multiplier
"""
BLOCKED = """
SELECT reason, bridge, min(period_end) AS first_end, max(period_end) AS last_end FROM reconciled.reporting_bridge
WHERE verdict = 'block' GROUP BY ALL ORDER BY bridge, reason
"""
# Funnels and bridges of the file under the threats of the page.
FUNNEL_OF = {"rape": "rasso", "stalking": "stalking_harassment"}
BRIDGE_OF = {"partner": "domestic_abuse", "domestic": "domestic_abuse", "rape": "rasso"}
COLUMNS = ("Step", "#Earlier stage", "Its unit", "#Later stage", "Its unit", "#Per 100", "#Interval", "What the interval is",
           "Same cases")  # fmt: skip
NO_COHORT = (
    "Not the same cases: those convicted in a year need not be of the offences recorded in it; a ratio may exceed 100."
)


@dataclass(frozen=True)
class Bridge:
    """What follows for reporting: sentences of the newest year, and the bridges that are blocked."""

    sentences: Sequence[tuple[str, str]]
    reason: str
    blocked: Sequence[tuple[str, str]]


def funnels(asked: Asked) -> dict[str, ShownFigure]:
    """The newest justice funnel of each threat; nothing where none is held."""
    by_threat = grouped(asked.rows(FUNNEL), lambda row: FUNNEL_OF.get(str(row["threat"]), str(row["threat"])))
    return {threat: _funnel(threat, rows) for threat, rows in by_threat.items()}


def bridges(asked: Asked) -> dict[str, Bridge]:
    """The newest reporting bridges of each threat, and why others are blocked; nothing where none is held."""
    allowed, blocked = asked.rows(BRIDGE), asked.rows(BLOCKED)
    return {
        threat: Bridge(
            [(row["row_id"], row["sentence"]) for row in allowed if _threat(row) == threat],
            " ".join(dict.fromkeys(row["reason"] for row in allowed if _threat(row) == threat)),
            [(_years(row), row["reason"]) for row in blocked if _threat(row) == threat],
        )
        for threat in dict.fromkeys(_threat(row) for row in [*allowed, *blocked])
    }


def _threat(row: Record) -> str:
    return BRIDGE_OF.get(str(row["bridge"]).split("_")[0], "")


def _years(row: AnyRow) -> str:
    name = (
        str(row["bridge"]).replace("_", " ").replace("16 plus", "aged 16 and over").replace("16 to 59", "aged 16 to 59")
    )
    first, last = wording.month(row["first_end"]), wording.month(row["last_end"])
    return f"{wording.sentence(name)[:-1]}, year ending {first}" + ("" if first == last else f" to {last}")


def _funnel(threat: str, rows: Sequence[Record]) -> ShownFigure:
    first = rows[0]
    points = [
        {"label": f"{_step(row)}", "value": row["per_100"], "lower": row["per_100_lower"], "upper": row["per_100_upper"],
         "other": None, "blocked": False}
        for row in rows
    ]  # fmt: skip
    when = wording.period(first | {"period_type": "year"})
    panel = Panel(
        "Later stage per 100 of the earlier stage",
        ratio_panel(points),
        f"Steps of the {when}: " + " ".join(row["sentence"] for row in rows[:4]) + " All are in the data table.",
        "ratio",
    )
    rows_table = table(
        f"Steps between two stages, {when}. {NO_COHORT}",
        COLUMNS,
        [
            ShownRow((
                _step(row), number(row["from_count"]), row["from_unit"], number(row["to_count"]), row["to_unit"],
                number(row["per_100"], 1), between(row["per_100_lower"], row["per_100_upper"], 1), row["method"],
                "a part of the earlier stage" if row["subset"] else "not the same cases",
            ), row["row_id"])
            for row in rows
        ],
    )  # fmt: skip
    coverage = noted(row["coverage"] or "" for row in rows)
    return ShownFigure(
        f"funnel-{threat}",
        f"From recorded to convicted, {when}",
        [panel],
        rows_table,
        [NO_COHORT, *dict.fromkeys(coverage)],
    )


def _step(row: Record) -> str:
    printed = " (printed)" if row["figure"] == "printed" else " (implied)" if row["figure"] == "implied" else ""
    return f"{row['to_stage']} per 100 {row['from_stage']}{printed}"
