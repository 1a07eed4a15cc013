"""What was revised: figures that changed between two releases of one publication."""

from dataclasses import dataclass

from assets.published.report.content import Row, Table, table
from assets.tables.asking import Asked
from assets.words import wording
from assets.words.wording import number, signed
from schemas.codes import ENGLAND_AND_WALES

# The releases hold every kind of crime: what people come for are the series that a threat's figures rest on.
OF_THREATS = """series IN (SELECT origin.what FROM meta.origin AS origin
    JOIN meta.lineage AS lineage ON lineage.input_row_id = origin.row_id
    WHERE regexp_matches(lineage.row_id, '^(gap|breakdown|linked):') AND origin.table_name <> 'population.estimate')"""
LARGEST = f"""
SELECT revision.*, series.definition, count(*) OVER () AS together
FROM reconciled.revision AS revision JOIN reference.series AS series USING (series)
WHERE revision.revised AND revision.area_code = ? AND {OF_THREATS}
ORDER BY abs(revision.change) DESC NULLS LAST, revision.series, revision.period_end LIMIT 25
"""
VINTAGES = """
WITH vintage AS (
    SELECT series, sex, age, area_code, period_start, period_end, period_type, source, release, value, unit, row_id
    FROM recorded.flagged_count
    UNION ALL
    SELECT series, sex, age, area_code, period_start, period_end, period_type, source, release, value, unit, row_id
    FROM recorded.offence_count
), ordered AS (
    SELECT vintage.*, release.vintage_order, release.title
    FROM vintage JOIN meta.release AS release USING (source, release) WHERE value IS NOT NULL AND area_code = ?
)
SELECT ordered.series, period_start, period_end, period_type, any_value(series.definition) AS definition, ordered.source,
       first(value ORDER BY vintage_order) AS first, first(release ORDER BY vintage_order) AS first_release,
       last(value ORDER BY vintage_order) AS latest, last(release ORDER BY vintage_order) AS latest_release,
       last(ordered.row_id ORDER BY vintage_order) AS row_id
FROM ordered JOIN reference.series AS series USING (series)
GROUP BY ordered.series, sex, age, area_code, period_start, period_end, period_type, ordered.source
HAVING count(*) > 1 AND first <> latest
ORDER BY abs(latest - first) DESC LIMIT 25
"""
COLUMNS = ("Figure", "Period", "#First", "In release", "#Latest", "In release", "#Change", "#Change (%)")


@dataclass(frozen=True)
class Revised:
    """The largest revisions of what the threats rest on, and how many there are."""

    said: str
    largest: Table


def revised(asked: Asked) -> Revised | None:
    """The revisions table where it is held, else the vintages of recorded counts themselves; None without any."""
    if asked.holds("reconciled.revision"):
        rows = asked.rows(LARGEST, ENGLAND_AND_WALES)
        together = rows[0]["together"] if rows else 0
        said = f"{together:,} figures that the threats rest on differ between two releases of one publication."
    else:
        said = "Recorded counts that differ between the first and the latest release of one publication."
        rows = asked.rows(VINTAGES, ENGLAND_AND_WALES)
    if not rows:
        return None
    return Revised(said, table("The largest revisions, England and Wales.", COLUMNS, [
        Row((
            wording.sentence(row["definition"].split(". ")[0]), wording.period(row), number(row["first"]), row["first_release"],
            number(row["latest"]), row["latest_release"], _difference(row["first"], row["latest"]),
            _percent(row["first"], row["latest"]),
        ), row["row_id"])
        for row in rows
    ]))  # fmt: skip


def _difference(first: float | None, latest: float | None) -> str:
    return wording.NOTHING if first is None or latest is None else signed(latest - first, 0)


def _percent(first: float | None, latest: float | None) -> str:
    return wording.NOTHING if not first or latest is None else signed(100 * (latest / first - 1))
