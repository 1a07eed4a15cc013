"""Changes between two years with their tests, or the breaks that forbid one; and the national target."""

from assets.published.report.content import ShownRow, ShownTable, table
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from assets.words.wording import between, month, number, signed
from schemas.codes import ENGLAND_AND_WALES
from schemas.rows import Record

# The newest change on the year before and the longest one, per series: what a reader asks first.
CHANGES = """
WITH series_of AS (
    SELECT DISTINCT breakdown.threat, origin.what AS series
    FROM threat_breakdown AS breakdown
    JOIN meta.lineage AS lineage ON lineage.row_id = breakdown.row_id
    JOIN meta.origin AS origin ON origin.row_id = lineage.input_row_id
    WHERE breakdown.dimension IN ('total', 'subgroup') AND breakdown.area_code = $1 AND origin.table_name LIKE 'recorded.%'
    UNION
    SELECT DISTINCT gap.threat, origin.what
    FROM gap JOIN meta.lineage AS lineage ON lineage.row_id = gap.row_id
    JOIN meta.origin AS origin ON origin.row_id = lineage.input_row_id
    WHERE origin.table_name = 'survey.estimate' AND origin.what NOT LIKE 'csew.sample%' AND gap.area_code = $1
)
SELECT trend.*, series_of.threat, series.definition
FROM reconciled.trend AS trend JOIN series_of USING (series) JOIN reference.series AS series USING (series)
WHERE trend.area_code = $1 AND NOT (trend.family = 'survey' AND trend.unit NOT LIKE 'percent%')
QUALIFY trend.to_end = max(trend.to_end) OVER (PARTITION BY series_of.threat, trend.series, trend.sex, trend.age)
    AND (trend.from_end = min(trend.from_end) OVER (PARTITION BY series_of.threat, trend.series, trend.sex, trend.age)
      OR trend.from_end = max(trend.from_end) OVER (PARTITION BY series_of.threat, trend.series, trend.sex, trend.age))
ORDER BY trend.family DESC, trend.series, trend.sex, trend.from_end DESC
"""
TARGET = """
SELECT * FROM reconciled.target WHERE observed IS NOT NULL AND period_end > baseline_end ORDER BY sex, baseline_end, period_end
"""
COLUMNS = ("Series", "From and to, years ending", "#Before and after", "#Change", "#Interval of the change", "#p, adjusted",
           "May it be read as a change")  # fmt: skip
TARGET_COLUMNS = ("Whom", "Baseline, year ending", "Year ending", "#Baseline (%)", "#Path asks for (%)", "#Observed (%)",
                  "#Interval (%)", "#Smallest change that the survey finds (points)", "What may be said")  # fmt: skip


def changes(asked: Asked) -> dict[str, ShownTable]:
    """Tested and blocked changes by threat; nothing where none is held."""
    by_threat = grouped(asked.rows(CHANGES, ENGLAND_AND_WALES), lambda row: row["threat"])
    caption = (
        "The newest change on the year before, and the longest one held. A change of recorded offences is one of recording as"
        " much as of crime. p values are adjusted for all tests of their family (Benjamini-Hochberg)."
    )
    return {threat: table(caption, COLUMNS, [_row(row) for row in rows]) for threat, rows in by_threat.items()}


def target(asked: Asked) -> ShownTable | None:
    """The national target by its own measure, observed years only; None where it is not held."""
    rows = asked.rows(TARGET)
    if not rows:
        return None
    return table("Half of the combined measure in ten years: required path and what was observed.", TARGET_COLUMNS, [
        ShownRow((
            wording.WHOM[row["sex"]], month(row["baseline_end"]), month(row["period_end"]), number(row["baseline"], 1),
            number(row["required"], 1), number(row["observed"], 1), between(row["observed_lower"], row["observed_upper"], 1),
            between(row["detectable_least"], row["detectable_most"], 1), row["reason"],
        ), row["row_id"])
        for row in rows
    ])  # fmt: skip


def _row(row: Record) -> ShownRow:
    points = row["change_points"] is not None
    digits = 1 if points else 0
    whom = "" if row["sex"] == "all" else f", {row['sex']}"
    change = f"{signed(row['change_points'])} points" if points else f"{signed(row['change_percent'])}%"
    interval = wording.NOTHING
    if row["points_lower"] is not None:
        interval = f"{signed(row['points_lower'])} to {signed(row['points_upper'])} points"
    elif row["fold_lower"] is not None:
        upper = None if row["fold_upper"] is None else f"{signed(100 * (row['fold_upper'] - 1))}%"
        interval = f"{signed(100 * (row['fold_lower'] - 1))}%" + (f" to {upper}" if upper else " or more")
    cells = (
        f"{wording.sentence(row['definition']).rstrip('.')}{whom}",
        f"{month(row['from_end'])} to {month(row['to_end'])}",
        f"{number(row['before'], digits)} to {number(row['after'], digits)}{'%' if points else ''}",
        change,
        "[z]" if row["verdict"] == "block" else interval,
        "[z]" if row["p_adjusted"] is None else f"{row['p_adjusted']:.3f}",
        f"{wording.VERDICTS[row['verdict']]}. {row['reason']}",
    )
    return ShownRow(cells, row["row_id"])
