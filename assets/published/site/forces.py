"""Police forces and regions: what each recorded, at what rate, where among all forces, and what nobody publishes by force."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.charts.funnel import funnel
from assets.charts.lines import recorded_over_time, time_shown
from assets.published.report.content import Panel, ShownFigure, ShownRow, ShownTable, table
from assets.published.report.trends import breaks_of, counted_points, known_breaks, marks_of, series_behind
from assets.published.site.threats import page_of
from assets.published.site.words import slug
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from assets.words.wording import month, number
from schemas.rows import Record

AREAS = "SELECT * FROM reference.area WHERE area_type IN ('police_force', 'region', 'country') ORDER BY name"
COMPARED = """
SELECT forces.*, area.area_type FROM reconciled.force_comparison AS forces JOIN reference.area AS area USING (area_code)
WHERE forces.period_type = 'year' ORDER BY offence_code, period_end, area_name, forces.row_id
"""
SAID = (
    "SELECT * FROM force_for() ORDER BY force, recorded IS NULL, year_ending DESC, recorded DESC, threat, part, row_id"
)
COUNTED = """
SELECT counts.* FROM main.force_count AS counts JOIN reference.area AS area USING (area_code)
WHERE area.area_type IN ('region', 'country') AND counts.period_type = 'year' AND counts.value IS NOT NULL
    AND counts.offence_code IN (SELECT offence_code FROM reconciled.force_comparison)  -- a threat's, not burglary
ORDER BY counts.offence_code, counts.period_end DESC, counts.row_id
"""
FORCE, CARDS = "police_force", 5
COLUMNS = (
    "What was counted",
    "Threat",
    "Year ending",
    "#Recorded",
    "#For every 1,000 people",
    "Change",
    "Among forces",
)
FUNNEL_COLUMNS = ("Force", "#Recorded", "#People who live there", "#For every 1,000 people", "Against the limits")
TREND_COLUMNS = ("Year ending", "#Recorded", "#For every 1,000 people", "What is held")


@dataclass(frozen=True)
class Card:
    """One number of a force with its place among forces."""

    name: str
    when: str
    recorded: str
    rate: str
    national: str
    place: str
    row_id: str


@dataclass(frozen=True)
class ForcePage:
    """A force's page."""

    code: str
    name: str
    page: str
    region: str
    region_page: str
    cards: Sequence[Card]
    figures: Sequence[ShownFigure]
    every: ShownTable | None
    missing: Sequence[tuple[str, Sequence[str]]]
    caveats: Sequence[str]


@dataclass(frozen=True)
class RegionPage:
    """The page of a region, or of Wales: its forces, and what is printed of it."""

    name: str
    page: str
    forces: Sequence[ForcePage]
    counts: ShownTable | None


@dataclass(frozen=True)
class ForcePages:
    """All forces and regions, and per threat the newest funnel of forces."""

    forces: Sequence[ForcePage]
    regions: Sequence[RegionPage]
    funnels: Mapping[str, ShownFigure]
    missing: Sequence[Record]


def force_pages(asked: Asked) -> ForcePages:
    """Forces and regions of a published file."""
    areas = {row["area_code"]: row for row in asked.rows(AREAS)}
    compared = grouped(
        (row for row in asked.rows(COMPARED) if row["area_type"] == FORCE), lambda row: row["offence_code"]
    )
    statements = grouped(asked.rows(SAID), lambda row: row["force"])
    series = series_behind(asked, ["recorded.force_count"], ["force_comparison"])
    newest = max((rows[-1]["period_end"] for rows in compared.values()), default=None)
    leading = {code: rows for code, rows in compared.items() if rows[-1]["period_end"] == newest}
    breaks = known_breaks(asked)
    forces = [
        _force(row, areas, leading, statements[row["name"]], series, breaks)
        for row in areas.values()
        if row["area_type"] == FORCE
    ]
    counted = grouped(asked.rows(COUNTED), lambda row: row["area_code"])
    regions = [
        RegionPage(row["name"], region_page(row["name"]), [force for force in forces if force.region == row["name"]],
                   _printed(counted[code]))
        for code, row in areas.items()
        # A force and a region may have one name.
        if row["area_type"] != FORCE and any(force.region == row["name"] for force in forces)
    ]  # fmt: skip
    funnels = {threat: _funnel(_last(rows), None) for rows in leading.values() for threat in rows[-1]["threats"]}
    gaps = [row for row in statements[forces[0].name] if row["recorded"] is None] if forces else []
    return ForcePages(forces, regions, funnels, gaps)


def force_page(name: str) -> str:
    """The page of a force."""
    return f"forces/{slug(name)}.html"


def region_page(name: str) -> str:
    """The page of a region: a region and a force may have one name."""
    return f"regions/{slug(name)}.html"


def _force(
    area: Record,
    areas: Mapping[str, Record],
    leading: Mapping[str, Sequence[Record]],
    statements: Sequence[Record],
    series: Mapping[str, set[str]],
    breaks: Sequence[Record],
) -> ForcePage:
    cards, figures, caveats = list[Card](), list[ShownFigure](), dict[str, None]()
    for rows in leading.values():
        own = [row for row in rows if row["area_code"] == area["area_code"] and row["offences"] is not None]
        if not own:
            continue
        cards.append(_card(own[-1], statements))
        if own[-1]["rate_per_1000"] is not None:
            figures.append(_funnel([row for row in rows if row["period_end"] == own[-1]["period_end"]], area["name"]))
        figures.append(_trend(own, series, breaks))
        caveats |= dict.fromkeys(own[-1]["caveats"])
    missing: dict[str, list[str]] = defaultdict(list)
    for row in statements:
        if row["recorded"] is None:
            missing[row["threat"]].append(row["part"])
    region = areas.get(area["parent_code"] or "")
    name = region["name"] if region else ""
    return ForcePage(
        code=area["area_code"],
        name=area["name"],
        page=force_page(area["name"]),
        region=name,
        region_page=region_page(name) if name else "",
        cards=sorted(cards, key=lambda card: card.name)[:CARDS],
        figures=figures,
        every=_every([row for row in statements if row["recorded"] is not None]),
        missing=list(missing.items()),
        caveats=list(caveats),
    )


def _card(row: Record, statements: Sequence[Record]) -> Card:
    place = next((record["among_forces"] or "" for record in statements if record["row_id"] == row["row_id"]), "")
    rate = row["rate_per_1000"]
    return Card(
        name=_name(row),
        when=wording.year_to(row["period_end"]),
        recorded=number(row["offences"]),
        rate="" if rate is None else number(rate, 1),
        national="" if row["national_rate_per_1000"] is None else number(row["national_rate_per_1000"], 1),
        place=wording.sentence(place),
        row_id=row["row_id"],
    )


def _name(row: Record) -> str:
    """An offence's name as a sentence begins it; print in capitals is no name."""
    name = str(row["offence"])
    return wording.capital(name.lower().removeprefix("total ")) if name.isupper() else name


def _last(rows: Sequence[Record]) -> list[Record]:
    return [row for row in rows if row["period_end"] == rows[-1]["period_end"]]


def _funnel(rows: Sequence[Record], chosen: str | None) -> ShownFigure:
    """All forces in one year; the chosen one is named."""
    given = [row for row in rows if row["rate_per_1000"] is not None]
    first = given[0]
    points = [
        {"label": row["area_name"], "population": row["population"], "value": row["rate_per_1000"],
         "text": number(row["rate_per_1000"], 1),
         "tip": f"{row['area_name']}: {number(row['rate_per_1000'], 1)}"}
        | {name: row[name] for name in ("limit_95_lower", "limit_95_upper", "limit_998_lower", "limit_998_upper")}
        for row in given
    ]  # fmt: skip
    name, when = _name(first), wording.year_to(first["period_end"])
    own = next((row for row in given if row["area_name"] == chosen), None)
    title = (
        f"{name}: {chosen} is {own['position']}" if own and own["position"] else f"{name}: rates of {len(given)} forces"
    )
    drawn = funnel(points, first["national_rate_per_1000"], chosen)
    caption = f"Recorded offences for every 1,000 people, {len(given)} forces, {when}."
    alt = f"{caption} All of them together: {number(first['national_rate_per_1000'], 1)}." + (
        f" {chosen}: {number(own['rate_per_1000'], 1)}." if own else ""
    )
    cells = [
        ShownRow((row["area_name"], number(row["offences"]), number(row["population"]), wording.rate(row["rate_per_1000"]),
             row["position"] or wording.NOTHING), row["row_id"])
        for row in sorted(given, key=lambda row: str(row["area_name"]))
    ]  # fmt: skip
    remarks = [
        "Dashed lines: 95% limits. Solid lines: 99.8% limits. They show how far rates of forces usually lie apart."
    ]
    if first["forces_missing"]:
        remarks.append(f"Not compared: {wording.listed(first['forces_missing'])}.")
    return ShownFigure(
        key=f"funnel-{slug(first['offence_code'])}",
        title=title,
        panels=[Panel("", drawn, alt, "recorded")],
        table=table(f"{name}, {when}, by force.", FUNNEL_COLUMNS, cells),
        remarks=remarks,
        subtitle=caption,
        table_page=page_of(first["threats"][0]) if chosen else "",
    )


def _trend(rows: Sequence[Record], series: Mapping[str, set[str]], breaks: Sequence[Record]) -> ShownFigure:
    """A force's count over the years held, the newest kept where two years overlap."""
    kept: list[Record] = []
    for row in reversed(rows):
        if not kept or row["period_end"] < kept[-1]["period_start"]:
            kept.append(row)
    kept.reverse()
    touched = breaks_of(
        set().union(*(series.get(row["row_id"], set()) for row in kept)),
        breaks,
        kept[0]["period_start"],
        kept[-1]["period_end"],
    )
    points = counted_points(kept, "offences")
    first, last, name = kept[0], kept[-1], _name(rows[-1])
    place = last["area_name"]
    between = "; the counting changed in between" if touched else ""
    ends = ", ".join(f"{number(row['offences'])} in the {wording.year_to(row['period_end'])}" for row in (first, last))
    coverages = [str(row["coverage"] or "").split(";")[0] for row in kept]
    unlike = len(set(coverages)) > 1  # what is true of every year is said once
    cells = [
        ShownRow(
            (month(row["period_end"]), number(row["offences"]), wording.rate(row["rate_per_1000"]), *([of_it] if unlike else [])),
            row["row_id"],
        )
        for row, of_it in zip(kept, coverages, strict=True)
    ]  # fmt: skip
    named = "; ".join(dict.fromkeys(record["name"] for record in touched))
    drawn = recorded_over_time(points, marks_of(touched), time_shown(points))
    return ShownFigure(
        f"trend-{slug(rows[-1]['offence_code'])}-{slug(place)}",
        f"{name} in {place}: {ends}{between}" if len(kept) > 1 else f"{name} in {place}: one year is held",
        [Panel("", drawn, f"{ends}. Changes drawn: {named or 'none'}.", "recorded")],
        table(
            f"{name}, {place}, by year{'' if unlike else f': {coverages[0]}'}.",
            TREND_COLUMNS[: 4 if unlike else 3],
            cells,
        ),
        ["No line is drawn across a change of rules, or over years that are not held."],
        subtitle="Offences recorded in twelve months.",
    )


def _every(rows: Sequence[Record]) -> ShownTable | None:
    if not rows:
        return None
    threats: dict[str, list[str]] = defaultdict(list)  # a count may be one of two threats
    for row in rows:
        threats[row["row_id"]].append(row["threat"])
    return table("Everything that is held of this force, the newest year of each.", COLUMNS, [
        ShownRow((
            row["part"], "; ".join(threats[row["row_id"]]), month(row["year_ending"]), number(row["recorded"]),
            "" if row["rate"] is None else wording.rate(row["rate"]), row["change"] or "",
            (row["among_forces"] or "").split(" (")[0],
        ), row["row_id"])
        for row in {row["row_id"]: row for row in rows}.values()
    ])  # fmt: skip


def _printed(rows: Sequence[Record]) -> ShownTable | None:
    if not rows:
        return None
    return table("What the publisher prints of the whole region.", ("What was counted", "Year ending", "#Recorded"), [
        ShownRow((_name(row), month(row["period_end"]), number(row["value"])), row["row_id"]) for row in rows
    ])  # fmt: skip
