"""What the trend table says, for the Dagster UI: the newest change on the year before, with its test or the break inside."""

from collections.abc import Mapping, Sequence

import pandas as pd

from assets.charts.marks import Point
from assets.charts.panels import change_panel
from assets.charts.picture import Part, picture
from assets.tables.records import Frames, Record, records
from assets.words import wording
from assets.words.markdown import markdown_table
from schemas.codes import ENGLAND_AND_WALES

# The series shown, in words; all others stand in the table.
RECORDED = {
    "prc.b9.all_offences": "flagged as domestic abuse-related",
    "prc.a5a.rape": "rape",
    "prc.a5a.other_sexual_offences": "other sexual offences",
    "prc.a5a.8Q": "stalking (8Q)",
    "prc.a5a.stalking_and_harassment": "stalking and harassment",
    "vawg.total": "policing VAWG collection",
}
SURVEY = {
    "csew.domestic_abuse_sexual_assault_stalking.combined.16+.prevalence": "any of the three",
    "csew.domestic_abuse.new.16+.prevalence": "domestic abuse, new questions",
    "csew.domestic_abuse.old.16+.prevalence": "domestic abuse, old questions",
    "csew.sexual_assault.old.16+.prevalence": "sexual assault",
    "csew.stalking.old.16+.prevalence": "stalking",
    "csew.harassment.harassment_module.16+.prevalence": "harassment",
}
SAYS = "The newest change of each series with its interval; a change with a break inside is not tested"
REMARKS = (
    "Lines are the intervals of the changes; one that crosses nought may be no change at all.",
    "A change of recorded offences is one of recording as much as of crime.",
)
HEADINGS = ("Series", "Years ending", "Before and after", "Change", "May it be read as a change")


def words(trend: pd.DataFrame, frames: Frames) -> dict[str, str]:
    """The newest change of the main series, as a Markdown table."""
    rows = [*newest_changes(trend, RECORDED), *newest_changes(trend, SURVEY)]
    return {"the changes in words": markdown_table(HEADINGS, [_line(row) for row in rows])}


def drawing(trend: pd.DataFrame, frames: Frames) -> tuple[str, str]:
    """A picture (SVG) of the newest changes, counts and prevalences in panels of their own, and what it says."""
    recorded, survey = newest_changes(trend, RECORDED), newest_changes(trend, SURVEY)

    def draw() -> list[Part]:
        parts = (
            ("Recorded offences: change (%)", [_count(row) for row in recorded]),
            ("Survey prevalence: change (percentage points)", [_prevalence(row) for row in survey]),
        )
        return [(title, change_panel(points)) for title, points in parts if points]

    return picture(draw, REMARKS), SAYS


def newest_changes(trend: pd.DataFrame, names: Mapping[str, str]) -> list[Record]:
    """Per series and sex the change up to the newest year, on the last one before it; in the order of the names."""
    rows: dict[tuple[str, str], Record] = {}
    here = trend["series"].isin(list(names)) & (trend["area_code"] == ENGLAND_AND_WALES)
    for row in records(trend[here]):
        place = (row["series"], row["sex"])
        if place not in rows or _when(row) > _when(rows[place]):
            rows[place] = row | {"name": names[row["series"]]}
    order = list(names)
    return sorted(rows.values(), key=lambda row: (order.index(row["series"]), row["sex"]))


def _when(row: Record) -> tuple[object, object]:
    return row["to_end"], row["from_end"]


def _label(row: Record) -> str:
    whom = f", {wording.WHOM[row['sex']]}" if row["family"] == "survey" else ""
    return f"{row['name']}{whom}: {_years(row)}"


def _years(row: Record) -> str:
    return f"{wording.month(row['from_end'])} to {wording.month(row['to_end'])}"


def _count(row: Record) -> Point:
    limits = [None if row[name] is None else 100 * (row[name] - 1) for name in ("fold_lower", "fold_upper")]
    return _point(row, row["change_percent"], limits)


def _prevalence(row: Record) -> Point:
    return _point(row, row["change_points"], [row["points_lower"], row["points_upper"]])


def _point(row: Record, value: float | None, limits: Sequence[float | None]) -> Point:
    blocked = row["verdict"] == "block"
    lower, upper = (None, None) if blocked else limits
    return {
        "label": _label(row),
        "value": None if blocked else value,
        "lower": lower,
        "upper": upper,
        "blocked": blocked,
    }


def _line(row: Record) -> tuple[object, ...]:
    percent = row["family"] == "survey"
    digits, mark = (1, "%") if percent else (0, "")
    point = _prevalence(row) if percent else _count(row)
    unit = " points" if percent else "%"
    change = f"{wording.signed(point['value'])}{unit}" if point["value"] is not None else "not given"
    if point["lower"] is not None:
        change += f" ({wording.signed(point['lower'])} to {wording.signed(point['upper'])})"
    return (
        wording.capital(_label(row).rsplit(": ", 1)[0]),
        _years(row),
        f"{wording.number(row['before'], digits)}{mark} to {wording.number(row['after'], digits)}{mark}",
        change,
        f"{wording.VERDICTS[row['verdict']]}. {row['reason']}",
    )
