"""The page: what the published file holds, threat by threat, as one self-contained HTML text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assets.charts.picture import THEME
from assets.published.replacing import replace
from assets.published.report.breakdowns import Counted, counted
from assets.published.report.changes import target
from assets.published.report.claims import ledger
from assets.published.report.comparisons import ShownComparison, comparisons
from assets.published.report.content import ShownFigure, ShownRow, ShownTable, table, templates
from assets.published.report.justice import Bridge, bridges, funnels
from assets.published.report.overlaps import across
from assets.published.report.sources import method, revised, sources
from assets.published.report.trends import ShownTrend, trends
from assets.tables.asking import Asked, asking
from assets.words import wording
from assets.words.counted import STATES, blocked_in_words
from assets.words.wording import number
from schemas.codes import ALL_VAWG, DESIGNATION, PRIORITY_THREATS
from schemas.rows import Record

TEMPLATES = Path(__file__).parent / "templates"
THREATS = "SELECT * FROM reference.threat"
WHY = """
SELECT said.rule, count(DISTINCT gap.row_id) AS rows, mode(said.reason) AS reason
FROM gap, unnest(gap.rules) AS spoken(said) WHERE gap.verdict = 'block' AND said.result = 'block'
GROUP BY said.rule ORDER BY rows DESC, said.rule
"""
SUPPORT = "SELECT * FROM reference.support_service ORDER BY phone = '999' DESC NULLS LAST, service"
NOTHING_COUNTED = Counted(None, (), ())
GLANCE = ("Comparison", "Whom and when", "#Estimated", "#Interval of the estimate", "#Recorded offences",
          "#Recorded per 100 estimated", "#Interval of the ratio", "Standing: estimate / count")  # fmt: skip


@dataclass(frozen=True)
class Section:
    """One threat of the page; what is not held is empty."""

    key: str
    name: str
    kind: str
    definition: str
    citation: str
    comparisons: Sequence[ShownComparison]
    counted: Counted
    trend: ShownTrend | None
    bridge: Bridge | None
    funnel: ShownFigure | None


def report(file: Path) -> str:
    """The whole page over one published file. Reads nothing else and needs no network."""
    with asking(file) as asked:
        return render(asked)


def render(asked: Asked) -> str:
    """The page as text; every text of the file is escaped by the template."""
    compared = comparisons(asked)
    every = [comparison for threat in [*PRIORITY_THREATS, *compared] for comparison in compared.get(threat, [])]
    return (
        templates(TEMPLATES)
        .get_template("page.html.j2")
        .render(
            style="".join(path.read_text(encoding="utf-8") for path in (THEME, TEMPLATES / "style.css")),
            sections=_sections(asked, compared),
            glance=_glance({comparison.key: comparison for comparison in every}.values()),
            together=compared.get(ALL_VAWG, []),
            blocked=blocked_in_words(asked.rows(STATES)),
            support=asked.rows(SUPPORT),
            why=_why(asked),
            across=across(asked),
            target=target(asked),
            ledger=ledger(asked),
            revised=revised(asked),
            sources=sources(asked),
            method=method(asked),
            designations=DESIGNATION,
        )
    )


def _sections(asked: Asked, compared: dict[str, list[ShownComparison]]) -> list[Section]:
    counts, over_time, bridged, funnelled = counted(asked), trends(asked), bridges(asked), funnels(asked)
    rows = {row["threat"]: row for row in asked.rows(THREATS)}
    order = [*PRIORITY_THREATS, *(threat for threat in rows if threat not in PRIORITY_THREATS)]
    every = [rows[threat] for threat in order if threat in rows]
    every.append({
        "threat": ALL_VAWG, "name": "All violence against women and girls together", "priority": False, "definition_kind": "",
        "definition": "No survey measures all of it and threats overlap, so nothing is added up here.", "citation": "",
    })  # fmt: skip
    return [
        Section(
            key=row["threat"],
            name=row["name"],
            kind=_kind(row),
            definition=row["definition"],
            citation=row["citation"],
            comparisons=compared.get(row["threat"], []),
            counted=counts.get(row["threat"], NOTHING_COUNTED),
            trend=over_time.get(row["threat"]),
            bridge=bridged.get(row["threat"]),
            funnel=funnelled.get(row["threat"]),
        )
        for row in every
    ]


def _kind(row: Record) -> str:
    kind = {"flag": "Counted by a flag on any offence.", "offence": "Counted by offence class."}
    priority = "One of the five priority threats of the National Policing Statement 2024. " if row["priority"] else ""
    return priority + kind.get(row["definition_kind"], "")


def _glance(every: Iterable[ShownComparison]) -> ShownTable:
    """The newest figures of every pairing that may be compared."""
    rows = [
        ShownRow((
            wording.capital(comparison.label), f"{side.whom}; {side.when}", side.estimate, side.interval, side.recorded,
            side.ratio, side.ratio_interval,
            f"{wording.designation(side.estimate_designation)} / {wording.designation(side.recorded_designation)}",
        ), side.row_id)
        for comparison in every if comparison.compared for side in comparison.sides
    ]  # fmt: skip
    return table("Newest year of every comparison that the rules allow. England and Wales.", GLANCE, rows)


def _why(asked: Asked) -> ShownTable:
    return table(
        "Rules that block, and how many comparisons each of them blocks; a comparison may be blocked by several.",
        ("Rule", "#Comparisons", "The commonest reason"),
        [ShownRow((row["rule"], number(row["rows"]), row["reason"])) for row in asked.rows(WHY)],
    )


# Write the page beside the published file.
PLACE = Path("report") / "index.html"


def write_report(file: Path, output: Path) -> Path:
    """Make the page over a published file and put it at `output/report/index.html` in one step; returns where it stands."""
    text = report(file)
    return replace(output / PLACE, lambda path: path.write_text(text, encoding="utf-8"))
