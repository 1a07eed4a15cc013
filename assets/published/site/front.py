"""The front page: all threats at a glance, your force, what moved, how well it is, where to find help."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assets.answers.health import headline, written
from assets.charts.inline import estimate_mark, recorded_mark
from assets.charts.marks import round_top
from assets.published.site.compared import ComparisonInWords, foremost
from assets.published.site.words import slug
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from schemas.codes import ALL_VAWG

MOVED = "SELECT sentence FROM release_note ORDER BY position LIMIT 3"
# What was read in a copy is no release of its publisher.
NEWEST = "SELECT title FROM meta.release WHERE designation <> 'press_copy' ORDER BY vintage_order DESC LIMIT 1"


@dataclass(frozen=True)
class Glance:
    """A row of the front page: one comparison with its two marks; its year is told where it is another than most rows'."""

    of: ComparisonInWords
    page: str
    estimate: str
    count: str
    who: str
    other_year: str


@dataclass(frozen=True)
class Front:
    """What the front page says."""

    year: str
    compared: Sequence[Glance]
    uncompared: Sequence[Glance]
    moved: Sequence[str]
    newest: str
    health: str


def front(asked: Asked, every: Sequence[ComparisonInWords]) -> Front:
    """The front page over a published file."""
    by_threat = grouped(
        (comparison for comparison in every if comparison.threat != ALL_VAWG), lambda comparison: comparison.threat
    )
    shown = [comparison for those in by_threat.values() for comparison in foremost(those)]
    rows = [comparison.row for comparison in shown]
    people = round_top([row for row in rows if row["verdict"] != "block"], "estimate", "estimate_upper")
    offences = round_top(rows, "recorded", "recorded_upper")
    [(year, _)] = Counter(comparison.year for comparison in shown if comparison.compared).most_common(1) or [("", 0)]
    glances = [_glance(comparison, people, offences, year) for comparison in shown]
    newest = asked.rows(NEWEST)
    return Front(
        year=year,
        compared=[glance for glance in glances if glance.of.compared],
        uncompared=[glance for glance in glances if not glance.of.compared],
        moved=[row["sentence"] for row in asked.rows(MOVED)],
        newest=newest[0]["title"] if newest else "",
        health=headline(written(asked)),
    )


def page_of(threat: str) -> str:
    """The page of a threat."""
    return f"threats/{slug(threat)}.html"


def _glance(comparison: ComparisonInWords, people: float, offences: float, year: str) -> Glance:
    row = comparison.row
    estimate = count = ""
    if row["estimate"] is not None:
        estimate_in_words = f"{comparison.estimated} {comparison.people} ({comparison.estimated_between})"
        limits = {"lower": row["estimate_lower"], "upper": row["estimate_upper"], "tip": estimate_in_words}
        estimate = estimate_mark({"value": row["estimate"]} | limits, people)
    if row["recorded"] is not None:
        limits = {
            "lower": row["recorded_lower"],
            "upper": row["recorded_upper"],
            "tip": f"{comparison.recorded} {comparison.recorded_unit}",
        }
        count = recorded_mark({"value": row["recorded"]} | limits, offences)
    # Whom it is about stands beside the number ("739,000 women"): here their ages.
    who = comparison.who.split(" in England")[0]
    year_ended = [] if comparison.year == year else [f"year to {wording.month(row['period_end'])}"]
    year_ended += [f"that to {wording.month(row['newer_withheld'])} is withheld"] if row["newer_withheld"] else []
    return Glance(comparison, page_of(comparison.threat), estimate, count, who[who.find("aged") :] if "aged" in who else who,
                  "; ".join(year_ended))  # fmt: skip
