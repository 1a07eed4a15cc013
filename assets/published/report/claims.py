"""The claims ledger: what a document says, recomputed, with the verdict and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.charts.panels import bar_panel, estimate_panel
from assets.published.report.content import Panel, ShownFigure, ShownRow, ShownTable, table
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from assets.words.wording import NOTHING, between, number
from schemas.codes import CLAIM_VERDICT
from schemas.rows import Record

CLAIMS = "SELECT * FROM statement.claim ORDER BY document, section, paragraph, item, claim"
CONFLICTS = "SELECT DISTINCT document, sentence FROM statement.conflict WHERE leads ORDER BY document, sentence"
CHARTS = {
    "statement.chart_estimated_v_recorded": "Estimated victims and police recorded crime, rebuilt",
    "statement.chart_victims_by_type": "Estimated female victims aged 16 and over by type, rebuilt",
}
REBUILT = "The document's text lacks this chart; it is rebuilt here from the tables. People and offences have axes of their own."
# Verdicts in which a claim does not simply hold are shown open; the rest folded.
OPEN = ("conflict", "implausible", "external_differs", "period", "scope", "wording", "ambiguous", "citation")


@dataclass(frozen=True)
class ShownVerdict:
    """The claims of one verdict."""

    code: str
    name: str
    meaning: str
    count: int
    open: bool
    claims: ShownTable


@dataclass(frozen=True)
class Ledger:
    """Every claim of the documents held, by verdict."""

    total: int
    verdicts: Sequence[ShownVerdict]
    conflicts: Sequence[str]
    charts: Sequence[ShownFigure]


def ledger(asked: Asked) -> Ledger | None:
    """The ledger, or None where no claims are held."""
    rows = asked.rows(CLAIMS)
    if not rows:
        return None
    return Ledger(
        len(rows),
        by_verdict(rows),
        [row["sentence"] for row in asked.rows(CONFLICTS)],
        [_chart(key, title, asked) for key, title in CHARTS.items() if asked.holds(key)],
    )


def by_verdict(rows: Sequence[Record]) -> list[ShownVerdict]:
    """Claims by their verdict, in the order of the codes."""
    by_verdict = grouped(rows, lambda row: row["verdict"])
    return [
        ShownVerdict(
            code,
            code.replace("_", " "),
            meaning,
            len(by_verdict[code]),
            code in OPEN,
            _table(meaning, by_verdict[code]),
        )
        for code, meaning in CLAIM_VERDICT.items()
        if code in by_verdict
    ]


def _chart(key: str, title: str, asked: Asked) -> ShownFigure:
    """One rebuilt chart: estimated people in one panel, recorded offences in another."""
    rows = asked.rows(f"SELECT * FROM {key} WHERE value IS NOT NULL ORDER BY position")
    sides = {side: [row for row in rows if row["side"] == side] for side in ("estimated", "recorded")}
    panels = []
    if sides["estimated"]:
        points = [{name: row[name] for name in ("label", "value", "lower", "upper")} for row in sides["estimated"]]
        panels.append(
            Panel("Estimated victims (people)", estimate_panel(points), _said(sides["estimated"]), "estimate")
        )
    if sides["recorded"]:
        points = [
            {"label": row["label"], "value": row["value"], "text": number(row["value"])} for row in sides["recorded"]
        ]
        panels.append(Panel("Recorded offences", bar_panel(points), _said(sides["recorded"]), "recorded"))
    columns = ("Bar", "Unit", "#Value", "#Interval", "Scope", "Standing", "Release", "Remarks")
    rows_table = table(f"{title}, {wording.period(rows[0] | {'period_type': 'year'})}.", columns, [
        ShownRow((
            row["label"], row["unit"], number(row["value"]), between(row["lower"], row["upper"]), wording.SCOPES[row["scope"]],
            wording.designation(row["designation"]), row["release"], " ".join(row["caveats"]),
        ), row["row_id"])
        for row in rows
    ])  # fmt: skip
    return ShownFigure(key.replace(".", "-"), title, panels, rows_table, [REBUILT])


def _said(rows: Sequence[Record]) -> str:
    return "; ".join(f"{row['label']} {number(row['value'])}" for row in rows) + ". All are in the data table."


def _table(meaning: str, rows: Sequence[Record]) -> ShownTable:
    columns = ("Section", "As printed", "#Recomputed", "Unit", "Weight", "Why")
    return table(wording.sentence(meaning), columns, [
        ShownRow((
            wording.capital(row["section"].replace("_", " ")), row["printed"], _recomputed(row), row["unit"] or "",
            "" if row["weight"] == "none" else row["weight"], row["sentence"],
        ), row["row_id"])
        for row in rows
    ])  # fmt: skip


def _recomputed(row: Record) -> str:
    lower, upper = row["recomputed_lower"], row["recomputed_upper"]
    if lower is None and upper is None:
        return NOTHING
    if lower is None or upper is None:
        return f"at most {_short(upper)}" if lower is None else f"at least {_short(lower)}"
    return _short(lower) if lower == upper else f"{_short(lower)} to {_short(upper)}"


def _short(value: float | None) -> str:
    return number(value, 0 if value is None or abs(value) >= 1000 or value == int(value) else 2)
