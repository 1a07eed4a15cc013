"""Where it all comes from and how it was checked: releases with licence, rules, assumptions, the audit."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.published.report.content import ShownRow, ShownTable, table
from assets.tables.asking import Asked
from assets.words import wording
from assets.words.wording import number, signed
from schemas.codes import ENGLAND_AND_WALES
from schemas.rows import Record

RELEASES = """
SELECT release.* REPLACE (CASE WHEN starts_with(release.url, 'https://') THEN release.url ELSE '' END AS url),
    replace(concat('release-', release.source, '-', release.release), ' ', '-') AS anchor, count(figure.row_id) AS figures
FROM meta.release AS release LEFT JOIN archive.figure AS figure USING (source, release)
GROUP BY ALL ORDER BY release.publisher, release.vintage_order DESC, release.title
"""
RULES = "SELECT * FROM reference.rule"
ASSUMPTIONS = "SELECT * FROM reference.assumption ORDER BY assumption"
CHECKS = "SELECT * FROM meta.check_result ORDER BY check_name"
ASIDE = """
SELECT place, evidence, handling FROM meta.finding WHERE kind LIKE '%\\_set\\_aside' ESCAPE '\\' ORDER BY kind, place
"""
BUILD = "SELECT * FROM meta.build"


@dataclass(frozen=True)
class Method:
    """The method in short: the rules, the assumptions, and what the audit found."""

    rules: ShownTable
    assumptions: ShownTable
    checks: ShownTable
    set_aside: Sequence[str]
    build: Record


def sources(asked: Asked) -> list[Record]:
    """Every release that figures come from, with its place on the page."""
    return asked.rows(RELEASES)


def method(asked: Asked) -> Method:
    """Rules, assumptions, checks and the build."""
    return Method(
        table("The rules that decide whether two figures may be compared.", ("Rule", "What it says", "Where it is written"), [
            ShownRow((row["rule"], row["says"], row["citation"]), row["row_id"]) for row in asked.rows(RULES)
        ]),
        table("Assumptions, listed: ranges of what is not published.",
              ("Assumption", "#From", "#To", "Unit", "Why", "Where it is written"), [
            ShownRow((row["assumption"], _plain(row["lower"]), _plain(row["upper"]), row["unit"], row["reason"], row["citation"]),
                     row["row_id"])
            for row in asked.rows(ASSUMPTIONS)
        ]),
        table("The audit that every build passes before it is published.", ("Check", "Passed", "#Looked at", "What it found"), [
            ShownRow(
                     (row["check_name"].replace("_", " "), "yes" if row["passed"] else "no", number(row["checked"]), row["found"])
            )
            for row in asked.rows(CHECKS)
        ]),
        [f"{row['place']}: {row['evidence']} {row['handling']}" for row in asked.rows(ASIDE)],
        asked.rows(BUILD)[0],
    )  # fmt: skip


def _plain(value: float) -> str:
    return f"{value:,.6g}"


# What was revised: figures that changed between two releases of one publication.

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
