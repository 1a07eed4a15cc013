"""What the breakdown says of each threat, for the Dagster UI: the newest total of every scope, each by itself."""

from collections.abc import Sequence

import pandas as pd

from assets.charts import panels
from assets.charts.marks import Point
from assets.charts.picture import Part, picture
from assets.reconciled.change.revision import used_releases
from assets.tables.records import Frames, records
from assets.words import wording
from assets.words.markdown import markdown_table
from schemas.codes import ENGLAND_AND_WALES, THREAT_OR_ALL
from schemas.row_types import ThreatBreakdownRow

DRAWN = ("policing_vawg", "ons_prc")
# Threats of which a source prints no total, but a group that stands for it.
GROUP = "ons_c5"
SAYS = "Recorded offences of each threat in the newest year of each scope; scopes are never added"
REMARKS = (
    "Scopes are never added, and threats overlap. Recorded counts are full counts: they have no sampling interval, and they"
    " miss what was never recorded.",
)
HEADINGS = ("Threat", "Scope", "Year ending", "Offences", "Arithmetic change (%)", "May it be read as a change")


def words(breakdown: pd.DataFrame, frames: Frames) -> dict[str, str]:
    """The newest total of every threat and scope, and the releases they come from."""
    rows = newest_totals(breakdown)
    return {
        "the threats in words": markdown_table(HEADINGS, [_line(row) for row in rows]),
        "where it comes from": used_releases([row["release"] for row in rows], frames["releases"]),
    }


def drawing(breakdown: pd.DataFrame, frames: Frames) -> tuple[str, str]:
    """A picture (SVG) of the totals, a panel per scope, and what it says."""
    rows = newest_totals(breakdown)

    def draw() -> list[Part]:
        of_scope = [(scope, [row for row in rows if row["scope"] == scope]) for scope in DRAWN]
        return [(wording.SCOPES[scope], panels.bar_panel(_points(those))) for scope, those in of_scope if those]

    return picture(draw, REMARKS), SAYS


def newest_totals(breakdown: pd.DataFrame) -> Sequence[ThreatBreakdownRow]:
    """Per threat and scope the total of its newest year, else the group that ONS prints; the largest first."""
    newest: dict[tuple[str, str], ThreatBreakdownRow] = {}
    here = (breakdown["area_code"] == ENGLAND_AND_WALES) & (breakdown["period_type"] == "year")
    total = (breakdown["dimension"] == "total") | (breakdown["dimension_value"] == GROUP)
    for row in records(breakdown[here & total & breakdown["offences"].notna()]):
        place = (row["threat"], row["scope"])
        if place not in newest or _rank(row) > _rank(newest[place]):
            newest[place] = row
    return sorted(newest.values(), key=lambda row: (row["scope"], -row["offences"], row["threat"]))


def _rank(row: ThreatBreakdownRow) -> tuple[object, bool]:
    return row["period_end"], row["dimension"] == "total"


def _points(rows: Sequence[ThreatBreakdownRow]) -> list[Point]:
    return [
        {
            "label": f"{THREAT_OR_ALL[row['threat']]}: {wording.month(row['period_end'])}",
            "value": row["offences"],
            "text": wording.number(row["offences"]),
        }
        for row in rows
    ]


def _line(row: ThreatBreakdownRow) -> tuple[object, ...]:
    changed = row["change_percent"] is not None
    standing = "no: a break lies inside" if row["obs_status"] == "series_broken" else "no known break"
    return (
        wording.capital(THREAT_OR_ALL[row["threat"]]),
        wording.SCOPES[row["scope"]],
        wording.month(row["period_end"]),
        wording.number(row["offences"]),
        wording.change_on(row) if changed else "not given",
        standing if changed else "",
    )
