"""Synthetic figures as they are published, for a text to be held against."""

import datetime
from collections.abc import Sequence
from functools import cache
from typing import Any

import pandas as pd
from claims_kit import NEAR
from kit import Tables, frame, reference_table

from assets.statement.claims.ledger import TABLES
from assets.statement.quoted.facts import Fact
from assets.statement.quoted.published_figures import PublishedFigures
from assets.statement.scan.scan import Scan, scan
from assets.statement.scan.verdicts import verdicts
from assets.statement.text.texts import Text
from pipelines.commands.claims import BESIDE

COMMON: dict[str, Any] = {
    "source": "synthetic", "release": "first", "designation": "official", "obs_status": "normal", "age": "all", "sex": "all",
    "period_type": "year", "url": "https://example.org", "area_code": "K04000001", "sheet": "Table 1", "cell": "B2",
}  # fmt: skip
SERIES = {
    "offences.sexual": ("sexual_offences", "offences", "Sexual offences: recorded by the police."),
    "offences.rape": ("rape", "offences", "Rape: recorded by the police."),
    "survey.domestic_abuse": ("domestic_abuse", "victims", "Number of victims of domestic abuse in the last year."),
    "survey.partner_abuse": ("partner_abuse", "victims", "Number of victims of partner abuse in the last year."),
    "share.domestic_abuse": ("domestic_abuse", "prevalence", "Share of people who were victims of domestic abuse."),
    "share.stalking": ("stalking", "prevalence", "Share of people who were victims of stalking."),
    "survey.rape": ("rape", "victims", "Number of victims of rape in the last year."),
    "rate.stalking": ("stalking", "incidence_rate", "Incidents per 1,000 adults of stalking in the last year."),
    "change.sexual": ("sexual_offences", "annual_change", "Sexual offences: change on the year before."),
    "share.theft": ("theft", "share", "Share of thefts that were recorded by the police."),
}
AREAS = {
    "Kent": "E23000032",
    "Essex": "E23000028",
    "Surrey": "E23000031",
    "Avon and Somerset": "E23000036",
    "Metropolitan Police": "E23000001",
    "Yorkshire and The Humber": "E12000003",
    "Wales": "W92000004",
    "England and Wales": "K04000001",
}
OF_ONE_NAME = {"E12000005": "West Midlands", "E23000014": "West Midlands"}
REVISED = {
    "relation": "release_before", "kind": "revision", "form": "mul", "anchor": r"offences\..*", "lower": 0.97, "upper": 1.03
}  # fmt: skip
GROUPS = {"offences.rape": "Sexual offences"}
LEVELS: dict[str, str] = {}
# Measures that many series have.
SERIES |= {
    f"other.{measure}.{at}": (f"crime {at}", measure, f"Crime {at}.")
    for measure in ("offences", "victims", "prevalence", "share")
    for at in range(10)
}


def fact(series: str, value: float, year: int = 2024, **more: Any) -> dict[str, Any]:
    """A figure of a year that ends in March."""
    unit = "percent" if series.startswith("share") else "persons" if series.startswith("survey") else "offences"
    unit = "percent" if series.startswith("change") else unit
    unit = "per_1000_adults" if series.startswith("rate") else unit
    start, end = datetime.date(year - 1, 4, 1), datetime.date(year, 3, 31)
    printed = f"{value:g}" if unit.startswith("per") and unit != "persons" else f"{value:,.0f}"
    return {
        "series": series,
        "value": value,
        "unit": unit,
        "printed": printed,
        "period_start": start,
        "period_end": end,
    } | more


@cache
def _beside(_: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Series, areas and relations of all synthetic figures, for what SERIES says: a test may add to it."""
    series = [
        {"series": key, "topic": topic, "measure": measure, "definition": definition, "offence_group": GROUPS.get(key)}
        | {"level": LEVELS.get(key)}
        | {"reference_window": None if key.startswith("offences") else "last_year"}
        for key, (topic, measure, definition) in SERIES.items()
    ]
    names = OF_ONE_NAME | {code: name for name, code in AREAS.items()}
    areas = [
        {"area_code": code, "name": name, "area_type": "police_force" if code.startswith("E23") else None}
        for code, name in names.items()
    ]
    return frame("reference.series", series), frame("reference.area", areas), frame("reference.relation", [REVISED])


PUBLISHED: dict[str, PublishedFigures] = {}


def published(
    *facts: dict[str, Any], breaks: Sequence[dict[str, Any]] = (), out: datetime.date | None = None
) -> PublishedFigures:
    """What is looked up in: these figures, and breaks of their series; out: the day of all releases.

    It is only read, so tests of the same figures look them up in the same.
    """
    asked = repr((facts, breaks, out, SERIES))
    if asked not in PUBLISHED:
        PUBLISHED[asked] = anew(facts, breaks, out)
    return PUBLISHED[asked]


def anew(
    facts: Sequence[dict[str, Any]], breaks: Sequence[dict[str, Any]], out: datetime.date | None
) -> PublishedFigures:
    """The same for one test alone, which may change it."""
    recorded, shares, of_survey = list[dict[str, Any]](), list[dict[str, Any]](), list[dict[str, Any]]()
    kinds = {"offences": recorded, "change": shares}
    for given in facts:
        topic = {"topic": SERIES[given["series"]][0]} if given["series"] in SERIES else {}
        kinds.get(given["series"].split(".")[0], of_survey).append(given | topic)
    tables = {
        "survey.estimate": frame("survey.estimate", of_survey, **COMMON),
        "recorded.offence_count": frame("recorded.offence_count", recorded, scope="ons_prc", **COMMON),
        "recorded.share": frame("recorded.share", shares, scope="ons_prc", **COMMON),
    }
    releases = [
        {"source": "synthetic", "release": name, "vintage_order": year, "period_end": datetime.date(year, 3, 31)}
        for name, year in (("first", 2024), ("second", 2025))
    ]
    series, areas, relations = _beside(repr(SERIES))
    return PublishedFigures(
        tables,
        series,
        areas,
        frame("meta.release", releases, title="Crime tables: year ending June 2025", publisher="P", released=out),
        frame("reference.comparability_break", breaks),
        frame("reference.canonical_table", []),
        reference_table("figure_word"),
        relations,
        reference_table("spelling"),
    )


def scanned(text: str | Text, *facts: dict[str, Any], beside: PublishedFigures | None = None) -> Scan:
    """What is seen in a text, which is looked up among these facts, or in what stands beside it."""
    whole = Text("synthetic", tuple(text.split("\n"))) if isinstance(text, str) else text
    return scan(whole, None, NEAR, beside or published(*facts))


def looked_up(
    text: str | Text, *facts: dict[str, Any], beside: PublishedFigures | None = None
) -> list[tuple[str, Fact]]:
    """Each number or change of a text that is looked up, as printed, and what it is by these facts."""
    seen = scanned(text, *facts, beside=beside)
    places = ((mention.text, (mention.block, mention.start)) for mention in seen.mentions)
    return [(printed, seen.held[place]) for printed, place in places if place in seen.held]


def verdicts_of(text: str | Text, *facts: dict[str, Any], beside: PublishedFigures | None = None) -> dict[str, str]:
    """Number as printed -> its verdict by these facts."""
    return {each.mention.text: each.verdict for each in verdicts(scanned(text, *facts, beside=beside))}


def published_of(tables: Tables) -> PublishedFigures:
    """What is looked up in over the tables of a build; made once, since it is only read."""
    asked = f"the tables {id(tables)}"
    if asked not in PUBLISHED:
        facts = {key: tables[key] for key in TABLES.values() if key != "reference.area"}
        PUBLISHED[asked] = PublishedFigures(facts, *(tables[key] for key in BESIDE))
    return PUBLISHED[asked]
