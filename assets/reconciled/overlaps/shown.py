"""What the bounds say, for the Dagster UI: how many are at least one of several threats, as far as figures allow."""

import pandas as pd

from assets.charts.panels import bound_panel
from assets.charts.picture import Part, picture
from assets.tables.records import Frames, Record, grouped, records
from assets.words import wording
from assets.words.markdown import bullets, plain_markdown
from assets.words.wording import union_words

PRINTED, AS_STATED = "as_printed", "as_stated"
MOST = 6
SAYS = "Bounds on unions of threats: the smallest and the largest number that the published figures allow"
REMARKS = (
    "Threats overlap and are never added. A bound is no interval of an estimate: nothing is known of where between its ends"
    " the number lies. A triangle: nothing limits the upper end.",
)


def words(bounds: pd.DataFrame, frames: Frames) -> dict[str, str]:
    """The bounds of the newest period of each system, and the figures that cannot all hold, in sentences."""
    conflicts = {row["sentence"] for row in records(bounds) if row["status"] == "conflict"}
    shown = [row for rows in newest_bounds(bounds).values() for row in rows]
    return {
        "the bounds in words": bullets(plain_markdown(row["sentence"]) for row in shown),
        "figures that cannot all hold": bullets(map(plain_markdown, sorted(conflicts))),
    }


def drawing(bounds: pd.DataFrame, frames: Frames) -> tuple[str, str]:
    """A picture (SVG) of those bounds, a panel per system and unit, and what it says."""
    systems = newest_bounds(bounds)

    def draw() -> list[Part]:
        return [
            (
                f"{wording.SCOPES[rows[0]['scope']]}, {wording.month(rows[0]['period_end'])}: {rows[0]['unit']}",
                bound_panel([
                    {"label": union_words(row), "value": None, "lower": row["lower"], "upper": row["upper"]} for row in rows
                ]),
            )
            for rows in systems.values()
        ]  # fmt: skip

    return picture(draw, REMARKS, abreast=3), SAYS


def newest_bounds(bounds: pd.DataFrame) -> dict[str, list[Record]]:
    """By system its newest bounds as printed and as stated, the widest unions first; systems without such are left out."""
    printed = (bounds["precision"] == PRINTED) & (bounds["reading"] == AS_STATED) & bounds["lower"].notna()
    newest = {}
    for system, rows in sorted(grouped(records(bounds[printed]), lambda row: row["system"]).items()):
        last = max(row["period_end"] for row in rows)
        kept = sorted(
            (row for row in rows if row["period_end"] == last), key=lambda row: (-row["set_count"], row["sets"])
        )
        newest[system] = kept[:MOST]
    return newest
