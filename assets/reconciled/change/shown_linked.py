"""Estimates on one basis over time, as the UI and the pages draw them: an interval for every linked year, a point for none."""

from collections import defaultdict
from collections.abc import Sequence

import pandas as pd

from assets.charts.lines import intervals_over_time
from assets.charts.marks import Point
from assets.charts.picture import Part, picture
from assets.tables.records import Frames, records
from assets.words import wording
from assets.words.markdown import bullets
from schemas.row_types import LinkedSeriesRow

FEWEST = 3
SAYS = "Survey prevalences brought onto the newest questions and ages of their topic: intervals only for linked years"
WHAT = "An interval without a point is linked: no figure of that year was published on these questions and ages."
LIMITS = "Thin lines are outer limits over the assumptions, thick ones are likely."
HELD = "A link found in its own years is taken to hold in others, so nothing is tested along the line."


def one_basis(rows: Sequence[LinkedSeriesRow]) -> dict[tuple[str, str], list[LinkedSeriesRow]]:
    """(topic, sex) -> a row per year, oldest first, where something is linked; of several of a year that of fewest links."""
    by_key: dict[tuple[str, str], dict[object, LinkedSeriesRow]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: (row["linked"], len(row["links"]), row["age"])):
        by_key[row["topic"], row["sex"]].setdefault(row["period_end"], row)
    return {
        key: sorted(years.values(), key=lambda row: row["period_end"])
        for key, years in sorted(by_key.items())
        if len(years) >= FEWEST and any(row["linked"] for row in years.values())
    }


def drawn_name(row: LinkedSeriesRow) -> str:
    """What is drawn: topic, people, and the basis that the intervals are on."""
    asked = wording.questions(row["basis_instrument"])
    basis = f"ages {row['basis_age']}" + (f", {asked}" if asked else "")
    return (
        f"{wording.capital(wording.coded(row['topic']))}, {wording.WHOM[row['sex']]}, all years on one basis ({basis})"
    )


def year_in_words(row: LinkedSeriesRow) -> str:
    """A year in words."""
    likely = f"likely {wording.between(row['likely_lower'], row['likely_upper'], 1)}%"
    if row["linked"]:
        return f"{wording.between(row['lower'], row['upper'], 1)}%, {likely}, linked"
    return f"{wording.number(row['published'], 1)}% published, {likely}"


def points(rows: Sequence[LinkedSeriesRow]) -> list[Point]:
    """The years as they are drawn."""
    return [
        {"end": row["period_end"], "value": None if row["linked"] else row["published"],
         "lower": row["lower"], "upper": row["upper"], "likely_lower": row["likely_lower"], "likely_upper": row["likely_upper"],
         "tip": f"{wording.capital(wording.year_to(row['period_end']))}: {year_in_words(row)}"}
        for row in rows
    ]  # fmt: skip


def words(linked: pd.DataFrame, frames: Frames) -> dict[str, str]:
    """The first and the last year of each series on one basis."""
    lines = (
        f"{drawn_name(rows[-1])}: "
        + "; ".join(f"{wording.month(row['period_end'])} {year_in_words(row)}" for row in (rows[0], rows[-1]))
        for rows in one_basis(records(linked)).values()
    )
    return {"on one basis": bullets(lines)}


def drawing(linked: pd.DataFrame, frames: Frames) -> tuple[str, str]:
    """A picture (SVG) of every series on one basis, and what it shows."""

    def draw() -> list[Part]:
        return [
            (f"{drawn_name(rows[-1])}, percent", intervals_over_time(points(rows)))
            for rows in one_basis(records(linked)).values()
        ]

    return picture(draw, (WHAT, LIMITS, HELD)), SAYS
