"""Police forces side by side: rates per 1,000 with funnel-plot limits, and coverage beside each rate."""

from collections import defaultdict
from operator import itemgetter
from typing import Any

import pandas as pd

from assets.methods.funnel_plot import LEAST_AREAS, LEAST_EXPECTED, FunnelPlot, funnel_limits
from assets.methods.interval import Interval
from assets.reconciled.ground.force_population import PEOPLE, WOMEN, ForcePopulations, RatePopulation
from assets.reconciled.ground.force_years import HO_QUARTERS, QUARTERS, force_years, preferred
from assets.reconciled.ground.reference_rows import CodeValidity, period_of
from assets.reconciled.ground.vintage import DOUBTED
from assets.tables.conform import framed
from assets.tables.records import Record, grouped, records
from assets.words.wording import contradicts, noted
from schemas.codes import FORCE_TYPES
from schemas.force import POSITION

TERRITORIAL, _ = FORCE_TYPES
NO_RANKING = (
    "The limits show how far rates of forces usually lie from the rate of all of them. A rate outside them differs more "
    "than that; it does not say why. Reporting, recording, the ages of residents, and people who visit or work in an area "
    "without living there differ between forces, so this says nothing about the work of a force or how much crime there is."
)
RECORDED = "Recorded offences, not victims: one person may be the victim of several, and many are never reported."
FEW = f"No limits are given: fewer than {LEAST_AREAS} forces have a rate."
NONE_RECORDED = "No limits are given: no offence was recorded in the forces compared."
FEW_EXPECTED = (
    f"No limits are given: at the rate of all forces fewer than {LEAST_EXPECTED} offences are expected here, and chance alone"
    " makes such a count several times larger, or none."
)
RatePopulations = dict[str, tuple[Record, RatePopulation | str]]


def force_comparison(
    forces: pd.DataFrame,
    population: pd.DataFrame,
    releases: pd.DataFrame,
    memberships: pd.DataFrame,
    areas: pd.DataFrame,
    codes: pd.DataFrame,
    series: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of `reconciled.force_comparison`, of offences in years in which their code was in use; none where no counts by force
    are held.

    Every row is per 1,000 people; the limits are those of `methods.funnel_plot` over the territorial forces that have both
    a count of the whole year and a population; where few offences are expected there are none. The transport police and the City
    of London keep their count without a rate.
    """
    if not len(forces):
        return framed([], "reconciled.force_comparison")
    kinds = {row["area_code"]: row for row in records(areas) if row["area_type"] in FORCE_TYPES}
    of_code: dict[str, list[str]] = defaultdict(list)
    for member in records(memberships):
        if member["threat"] not in of_code[member["offence_code"]]:
            of_code[member["offence_code"]].append(member["threat"])
    years = force_years(forces, releases, areas, of_code)
    compared = years[years["area_code"].isin(kinds) & years["offence_code"].isin(of_code)]
    plots = grouped(records(preferred(compared)), itemgetter("offence_code", "period_start", "period_end"))
    populations, validity = ForcePopulations(population, releases), CodeValidity.of_tables(codes, series)
    rows = [
        row
        for (code, _, _), of_plot in sorted(plots.items())
        if validity.existed(code, period_of(of_plot[0]))
        for row in _side_by_side(of_plot, sorted(of_code[code]), populations, kinds)
    ]
    return framed(rows, "reconciled.force_comparison")


def _side_by_side(
    years: list[Record], threats: list[str], populations: ForcePopulations, kinds: dict[str, Any]
) -> list[dict[str, Any]]:
    """The rows of one offence and year."""
    compared = _with_populations(years, populations)
    rated = {
        area: (year["value"], people.people.persons)
        for area, (year, people) in compared.items()
        if year["value"] is not None and not isinstance(people, str) and kinds[area]["area_type"] == TERRITORIAL
    }
    missing = sorted(
        kind["name"] for area, kind in kinds.items() if kind["area_type"] == TERRITORIAL and area not in rated
    )
    plot: FunnelPlot | None = None
    no_limits = FEW if len(rated) < LEAST_AREAS else NONE_RECORDED
    if len(rated) >= LEAST_AREAS and any(count for count, _ in rated.values()):
        plot, no_limits = funnel_limits(rated), FEW_EXPECTED
    points = {point.area: point for point in plot.points if point.expected >= LEAST_EXPECTED} if plot else {}
    rows = list[dict[str, Any]]()
    for area, (year, people) in sorted(compared.items()):
        caveats = [RECORDED, *noted(year["notes"])]
        point = points.get(area)
        base = None if isinstance(people, str) or year["value"] is None else people
        if isinstance(people, str):
            caveats.append(people)
        elif base is not None:
            caveats += [*base.caveats, NO_RANKING if point else no_limits]
        rows.append(
            {
                "threats": threats,
                "scope": year["scope"],
                "offence_code": year["offence_code"],
                "offence": year["offence"],
                "area_code": area,
                "area_name": kinds[area]["name"],
                "period_start": year["period_start"],
                "period_end": year["period_end"],
                "period_type": year["period_type"],
                "offences": year["value"],
                "obs_status": year["obs_status"],
                "quarters_held": year["quarters"],
                "population": base.people.persons if base else None,
                "rate_population": f"{base.name}, mid-{base.day.year}" if base else None,
                "rate_per_1000": 1000 * (year["value"] / base.people.persons)
                if base and year["value"] is not None
                else None,
                "national_rate_per_1000": 1000 * plot.target if plot and base else None,
                **_limits("limit_95", point.inner if point else None),
                **_limits("limit_998", point.outer if point else None),
                "phi": plot.phi if plot and point else None,
                "position": POSITION[point.position] if point else None,
                "forces_compared": len(rated),
                "forces_missing": missing,
                "coverage": _coverage(year, len(rated), missing if base else None),
                "caveats": caveats,
                "release": "; ".join(year["release"]),
                "inputs": sorted({*year["inputs"], *(base.people.inputs if base else ())}),
            }
        )
    return rows


def _with_populations(years: list[Record], populations: ForcePopulations) -> RatePopulations:
    """Every force with its population; women only where all forces that have one have women, so that rates are alike."""

    def people(year: Record, sex: str, age: str) -> RatePopulation | str:
        return populations.of(year["area_code"], period_of(year), sex, age, year["release"][0], year["leaves_out"])

    compared: RatePopulations = {year["area_code"]: (year, people(year, year["sex"], year["age"])) for year in years}
    names = {people.name for _, people in compared.values() if isinstance(people, RatePopulation)}
    if {PEOPLE[2], WOMEN[2]} <= names:
        return {year["area_code"]: (year, people(year, *PEOPLE[:2])) for year in years}
    return compared


def _limits(stem: str, limits: Interval | None) -> dict[str, float | None]:
    lower, upper = (1000 * end for end in limits.as_floats()) if limits else (None, None)
    return {f"{stem}_lower": lower, f"{stem}_upper": upper}


def _coverage(year: Record, compared: int, missing: list[str] | None) -> str:
    """How much of the year and how many forces are held; `missing` is none of a force that is not compared itself."""
    if year["obs_status"] == DOUBTED:
        contradicted = contradicts("count")
    elif year["origin"] == HO_QUARTERS:
        contradicted = f"{year['quarters']} of {QUARTERS} quarters held"
    else:
        contradicted = "printed as a whole year" if year["value"] is not None else "no figure printed"
    if not compared:
        return f"{contradicted}; no territorial force has a rate"
    others = f"compared without {', '.join(missing)}" if missing else f"all {compared} forces compared"
    return contradicted if missing is None else f"{contradicted}; {others}"
