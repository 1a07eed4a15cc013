"""What the widths of the ratios come from, for the Dagster UI: the tornado, and the figures that would help most."""

import pandas as pd

from assets.charts.panels import bar_panel
from assets.charts.picture import Part, picture
from assets.reconciled.gap.sensitivity import PARTS
from assets.tables.records import Frames, grouped, records
from assets.words.markdown import bullets
from schemas.codes import ENGLAND_AND_WALES

SAYS = "What makes the ranges of the ratios wide, as a share of the width, on average over the comparisons"
REMARKS = (
    "Each bar: how much narrower the range would be if this one thing were known at its central value, as a share of"
    " its width, on average over the comparisons that it bears on. Causes overlap, so bars do not sum to one hundred.",
)


def by_part(sensitivity: pd.DataFrame) -> list[tuple[str, float, int, str]]:
    """Each part with its mean share of the width (percent), the number of ratios it bears on, and what would replace it."""
    parts = grouped(
        (row for row in records(sensitivity) if row["area_code"] == ENGLAND_AND_WALES),
        lambda row: row["part"].split(".")[0],
    )
    means = [
        (part, sum(row["share_of_width"] for row in rows) / len(rows), len(rows), rows[0]["would_help"])
        for part, rows in parts.items()
    ]
    return sorted(means, key=lambda mean: -mean[1])


def words(sensitivity: pd.DataFrame, frames: Frames) -> dict[str, str]:
    """Which figure would narrow the ratios most, in sentences."""
    sentence = (
        f"{PARTS[part][0]}: {share:.0f}% of the width on average, in {ratios} ratios. It would be replaced by {would_help}."
        for part, share, ratios, would_help in by_part(sensitivity)
    )
    return {"what would help most": bullets(sentence)}


def drawing(sensitivity: pd.DataFrame, frames: Frames) -> tuple[str, str]:
    """A picture (SVG) of the tornado, and what it says."""

    def draw() -> list[Part]:
        points = [
            {"label": PARTS[part][0], "value": max(share, 0.0), "text": f"{share:.0f}%"}
            for part, share, _, _ in by_part(sensitivity)
        ]
        return [("Share of the width of the range", bar_panel(points))] if points else []

    return picture(draw, REMARKS, abreast=1), SAYS
