"""A threat's page: the finding, three numbers, may they be compared, over time, made of what, who, where, which sources."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.answers.health import headline, written
from assets.charts.marks import round_top
from assets.charts.panels import estimate_mark, recorded_mark
from assets.published.report.breakdowns import Counted, counted, profiles
from assets.published.report.changes import changes
from assets.published.report.content import ShownFigure, ShownTable
from assets.published.report.justice import Bridge, bridges, funnels
from assets.published.report.overlaps import Across, across, overlaps
from assets.published.report.trends import ShownTrend, trends
from assets.published.site.compared import ComparisonInWords, foremost
from assets.published.site.words import PlainWords, slug
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from schemas.codes import ALL_VAWG
from schemas.rows import Record

# The front page: all threats at a glance, your force, what moved, how well it is, where to find help.
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


THREATS = "SELECT * FROM reference.threat"
CHANGE = "SELECT * FROM main.change"


@dataclass(frozen=True)
class ThreatPage:
    """One threat's page; what is not held is empty."""

    key: str
    name: str
    page: str
    plain: str
    definition: str
    citation: str
    headline: str
    lead: Sequence[str]
    main: Sequence[ComparisonInWords]
    others: Sequence[ComparisonInWords]
    trend: ShownTrend | None
    counted: Counted | None
    changes: ShownTable | None
    said: Sequence[Record]
    overlaps: ShownTable | None
    across: Across | None
    bridge: Bridge | None
    funnel: ShownFigure | None
    profile: ShownTable | None
    forces: ShownFigure | None


def threats(
    asked: Asked, words: PlainWords, every: Sequence[ComparisonInWords], by_force: Mapping[str, ShownFigure]
) -> list[ThreatPage]:
    """All threats in their order, and all of them together last."""
    compared = grouped(every, lambda comparison: comparison.threat)
    counts, over_time, tested = counted(asked), trends(asked), changes(asked)
    bridged, funnelled, overlapping, profiled = bridges(asked), funnels(asked), overlaps(asked), profiles(asked)
    changes_of = grouped(asked.rows(CHANGE), lambda row: row["comparison"])
    known: list[Record] = [*asked.rows(THREATS), {"threat": ALL_VAWG, "definition": "", "citation": ""}]
    known.sort(key=lambda row: words.of("threat", row["threat"]).rank)
    threats_told = []
    for row in known:
        key, word = row["threat"], words.of("threat", row["threat"])
        main = foremost(compared[key]) if compared[key] else []
        threats_told.append(ThreatPage(
            key=key,
            name=word.name,
            page=page_of(key),
            plain=word.says,
            definition=row["definition"],
            citation=row["citation"],
            headline=_headline(word.name, main),
            lead=_lead(main),
            main=main,
            others=[comparison for comparison in compared[key] if comparison not in main],
            trend=over_time.get(key),
            counted=counts.get(key),
            changes=tested.get(key),
            said=[row for comparison in compared[key] for row in changes_of.get(comparison.row["comparison"], [])],
            overlaps=overlapping.get(key),
            across=across(asked) if key == ALL_VAWG else None,
            bridge=bridged.get(key),
            funnel=funnelled.get(key),
            profile=profiled.get(key),
            forces=by_force.get(key),
        ))  # fmt: skip
    return threats_told


def _headline(name: str, main: Sequence[ComparisonInWords]) -> str:
    """The finding in one sentence, as far as people against offences can carry one."""
    if not main:
        return name
    made = [compared for compared in main if compared.compared]
    if made:
        # A page of stalking and harassment tells both, in their own order.
        numbers = [f"about {compared.per_100}" if compared.per_100 else compared.per_100_between for compared in made]
        if len(made) == 1:
            return f"{name}: {numbers[0]} recorded offences for every 100 people estimated"
        rest = wording.listed(
            [
                f"{number} ({wording.small(compared.name)})"
                for number, compared in zip(numbers[1:], made[1:], strict=True)
            ]
        )
        return f"{name}: {numbers[0]} recorded offences for every 100 people ({wording.small(made[0].name)}), {rest}"
    comparison = main[0]
    if comparison.recorded and comparison.estimated:
        return f"{name}: the survey and the police count different things, so no ratio is given"
    if comparison.recorded:
        counted = f"{comparison.recorded} {comparison.recorded_unit} on record in a year"
        return f"{name}: {counted}, and no survey figure to set beside them"
    return f"{name}: no figure on either side"


def _lead(main: Sequence[ComparisonInWords]) -> list[str]:
    """Each comparison in a few short sentences."""
    sentences = []
    for comparison in main:
        who = f"{comparison.estimated} {comparison.people}"
        if comparison.estimated and comparison.recorded and comparison.compared:
            ratio = (
                f"That is about {comparison.per_100} offences for every 100 people ({comparison.per_100_between})."
                if comparison.per_100
                else f"That is somewhere from {comparison.per_100_between} offences for every 100 people."
            )
            count = f"from {comparison.recorded_between}" if comparison.recorded_between else comparison.recorded
            sentences.append(
                f"{comparison.name}: in the {comparison.year}, the survey puts it at {who}. Only some people are asked, so it"
                f" could be anywhere from {comparison.estimated_between}. The police recorded {count} {comparison.recorded_unit}."
                f" {ratio} It does not say how many people told the police."
            )
        elif comparison.recorded:
            sentences.append(
                f"In the {comparison.year}, the police recorded {comparison.recorded} {comparison.recorded_unit}."
                f" {comparison.why_not} How many people it happened to is not known."
            )
        else:
            sentences.append(comparison.why_not)
    return sentences
