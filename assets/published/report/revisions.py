"""What was revised: figures that changed between two releases of one publication."""

from dataclasses import dataclass

from assets.published.report.content import ShownRow, ShownTable, table
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
COLUMNS = ("Figure", "Period", "#First", "In release", "#Latest", "In release", "#Change", "#Change (%)")


@dataclass(frozen=True)
class Revised:
    """The largest revisions of what the threats rest on, and how many there are."""

    said: str
    largest: ShownTable


def revised(asked: Asked) -> Revised | None:
    """What was revised; None without any."""
    rows = asked.rows(LARGEST, ENGLAND_AND_WALES)
    if not rows:
        return None
    sentence = (
        f"{rows[0]['together']:,} figures that the threats rest on differ between two releases of one publication."
    )
    return Revised(sentence, table("The largest revisions, England and Wales.", COLUMNS, [
        ShownRow((
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
