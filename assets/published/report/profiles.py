"""What is published of a threat beside counts: ages, relationships, shares; rows are not comparable unless they say so."""

from assets.published.report.content import ShownRow, ShownTable, table
from assets.tables.asking import Asked
from assets.tables.records import grouped
from assets.words import wording
from schemas.rows import Record

PROFILE = "SELECT * FROM reconciled.threat_profile ORDER BY threat, statistic, of, period_end DESC NULLS LAST, scope"
COLUMNS = (
    "Statistic",
    "Of whom or what",
    "Population",
    "#As printed",
    "Year ending",
    "Standing",
    "May be set beside",
    "Source",
)
CAPTION = (
    "Ages, relationships and shares, one statistic a row. Rows of different scopes and populations are not comparable."
)


def profiles(asked: Asked) -> dict[str, ShownTable]:
    """The profile of each threat; nothing where none is held."""
    by_threat = grouped(asked.rows(PROFILE), lambda row: row["threat"])
    return {threat: table(CAPTION, COLUMNS, [_row(row) for row in rows]) for threat, rows in by_threat.items()}


def _row(row: Record) -> ShownRow:
    whom = f"{row['of']}, {row['sex']}" if row["sex"] not in (None, "all") else row["of"]
    cells = (
        wording.capital(row["statistic"]),
        whom,
        row["population"],
        f"{row['printed']} ({row['unit']})",
        wording.month(row["period_end"]) if row["period_end"] else "not printed",
        wording.designation(row["designation"]),
        row["comparable"],
        row["origin"],
    )
    return ShownRow(cells, row["row_id"])
