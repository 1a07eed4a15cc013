"""Macros with plain names for the common questions; they are stored in the file, and older clients read them.

After `ATTACH ... AS name`, `USE name` before calling them: a macro finds its tables by their schema names.
"""

from collections.abc import Collection

from assets.answers.macros import MACROS as ANSWERS
from assets.answers.macros import Macro
from assets.reconciled.ground.vintage import newest_sql
from schemas.derive import quoted
from schemas.registry import contract

GAP_FOR = Macro(
    "gap_for(threat_key, year_ending)",
    """
    SELECT gap.* FROM reconciled.gap AS gap
    WHERE gap.threat = threat_named(threat_key) AND gap.period_end = CAST(year_ending AS DATE)
    ORDER BY gap.verdict <> 'block' DESC, gap.pairing, gap.instrument, gap.age, gap.period_match
    """,
    "The gap of a threat in a year: select * from gap_for('domestic_abuse', '2023-03-31')",
    ("reconciled.gap", "meta.name"),
)
BREAKDOWN_FOR = Macro(
    "breakdown_for(threat_key, year_ending)",
    """
    SELECT breakdown.* FROM reconciled.threat_breakdown AS breakdown
    WHERE breakdown.threat = threat_named(threat_key) AND breakdown.period_end = CAST(year_ending AS DATE)
    ORDER BY breakdown.area_code <> 'K04000001', breakdown.area_code, breakdown.scope, breakdown.dimension,
             breakdown.dimension_value
    """,
    "The breakdown of a threat in a year: select * from breakdown_for('rasso', '2023-03-31')",
    ("reconciled.threat_breakdown", "meta.name"),
)
TREND_FOR = Macro(
    "trend_for(series_key)",
    """
    SELECT trend.* FROM reconciled.trend AS trend
    WHERE trend.series = series_key
    ORDER BY trend.from_end, trend.to_end
    """,
    "Every change of a series with its test and the breaks inside: select * from trend_for('vawg.total')",
    ("reconciled.trend",),
)
EXPLAIN = Macro(
    "explain(id)",
    """
    WITH RECURSIVE steps(depth, path, row_id) AS (
        SELECT 0, [id], id
        UNION ALL
        SELECT depth + 1, list_append(path, lineage.input_row_id), lineage.input_row_id
        FROM steps JOIN meta.lineage AS lineage ON lineage.row_id = steps.row_id
        WHERE depth < 12
    )
    SELECT steps.depth, origin.*
    FROM steps JOIN meta.origin AS origin ON origin.row_id = steps.row_id
    ORDER BY steps.path
    """,
    "The tree from a result down to its published figures: select * from explain('gap:...')",
    (),
)
FIGURES_AS_OF = Macro(
    "figures_as_of(day)",
    newest_sql(
        "archive.figure",
        "meta.release",
        contract("archive.figure").row_key,
        trusted="(fact.row_id NOT IN (SELECT doubt.figure FROM archive.doubt))",
        known="release.vintage_order <= CAST(strftime(CAST(day AS DATE), '%Y%m%d') AS BIGINT)",
    ),
    "The newest vintage of every figure released by a day, the publisher's own before copies of it:"
    " select * from figures_as_of('2024-01-01')",
    ("archive.figure", "archive.doubt", "meta.release"),
)
MACROS = (*ANSWERS, GAP_FOR, BREAKDOWN_FOR, TREND_FOR, EXPLAIN, FIGURES_AS_OF)


def create_macros(tables: Collection[str]) -> list[str]:
    """The statements that create every macro whose tables are in the file, with their comments."""
    statements = []
    for macro in MACROS:
        if set(macro.needs) <= set(tables):
            table = "" if macro.scalar else "TABLE "
            statements.append(f"CREATE OR REPLACE MACRO {macro.call} AS {table}{macro.query}")
            statements.append(f"COMMENT ON MACRO {table}{macro.name} IS {quoted(macro.meaning)}")
    return statements
