"""Totals among the rows of a return of counts, as a pivot table writes them: what they add up would be counted twice.

Those that are exactly as many as their parts are set aside (E15); where most are about as many, that is warned of (W23). A count
unlike those of the other months (W32) is a number that nothing beside it bears out, too.

A total leaves columns empty, or says of them what stands for nothing that is known, and holds as many as the rows of which more
is known: in its own month, code and sex, or, since something has to stand there, in all of them. A few rows of which nothing
more is known are among the totals, and in them.
"""

import itertools
from collections.abc import Collection, Iterator, Sequence

import duckdb

from assets.returns.rules.rules import Rules
from schemas.returns import AGGREGATE

# Columns that a total leaves out, and what stands in them then; those in which something has to stand.
LEFT_OUT = {
    "membership_bits": "NOT membership_known", "flag_da": "flag_da IS NULL", "flag_online": "flag_online IS NULL",
    "victim_sex": "victim_sex = 'U'", "victim_age_band": "victim_age_band = 'not_known'",
    "suspect_age_band": "suspect_age_band = 'not_known'", "relationship": "relationship = 'unknown'",
}  # fmt: skip
# What of a month a number counts.
KIND = ", ".join((*LEFT_OUT, "membership_known", "offence_code"))
FILLED = ("month", "offence_code", "victim_sex")
NAMED = {"membership_bits": "membership"}
# A total has no less than its parts have, but where it was itself set aside since its key stands twice.
MOST, HALF, MONTHS = 0.75, 0.5, 3
# As exact as this no counts are by chance.
NEARLY_ALL = 0.95
ALIKE = """
SELECT count(*), count(*) FILTER (total >= parts), count(*) FILTER (total BETWEEN parts AND {most} * parts),
  coalesce(sum(total) FILTER (total BETWEEN parts AND {most} * parts), 0),
  count(*) FILTER (total = parts), coalesce(sum(total) FILTER (total = parts), 0)"""
EXACTLY = "SELECT place{joined} WHERE total = parts"
JOINED = """
FROM (SELECT place, {keys}, offences AS total FROM counted WHERE pattern = {pattern})
JOIN (
  SELECT {keys}, sum(offences) AS parts FROM counted
  WHERE pattern <> {pattern} AND pattern & ~{pattern} = 0 AND pattern NOT IN ({besides})
  GROUP BY ALL HAVING {parts}) USING ({keys})"""


def totals(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[tuple[str, str | None, str]]:
    """Rows that are as many as those of which more is known (W23)."""
    for columns, told, _ in _totals(connection, rules):
        yield "W23", columns, told


def exact_totals(connection: duckdb.DuckDBPyConnection, rules: Rules) -> str:
    """A SELECT of the places of rows that are exactly as many as their parts, in nearly every group of several (E15)."""
    return " UNION ALL ".join(exact for *_, exact in _totals(connection, rules) if exact) or "SELECT 0 WHERE false"


def _totals(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """The columns that totals leave out, what is said of them, and a SELECT of the places of those that are exactly as many as
    their parts, empty where too few are; needs `parsed` of counts."""
    found = list[int]()
    [known] = connection.execute(
        f"SELECT {', '.join(f'bool_or(NOT ({test}))' for test in LEFT_OUT.values())} FROM parsed WHERE errors = 0"
    ).fetchall()
    columns = list(itertools.compress(LEFT_OUT, known))
    bits = " + ".join(f"CASE WHEN {LEFT_OUT[name]} THEN {1 << place} ELSE 0 END" for place, name in enumerate(columns))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE counted AS SELECT rowid AS place, *, {bits or '0'} AS pattern FROM parsed WHERE errors = 0"
    )
    offences = dict(connection.execute("SELECT pattern, sum(offences)::BIGINT FROM counted GROUP BY ALL").fetchall())
    for pattern in sorted(offences, key=lambda bits: (bits.bit_count(), bits)):
        finer = [other for other in offences if other != pattern and not other & ~pattern and other not in found]
        parts = sum(offences[other] for other in finer)
        if not parts or offences[pattern] < HALF * parts:
            continue
        left = [name for place, name in enumerate(columns) if pattern >> place & 1]
        told, exact = _told(
            connection, rules, pattern, left, [name for name in columns if name not in left], found, offences
        )
        if told:
            found.append(pattern)
            yield ", ".join(NAMED.get(name, name) for name in left), told, exact


def one_row_of_all(rules: Rules) -> str:
    """A SELECT of the places of rows of counts with as many offences as all others together, or as the whole country has in a
    month (E15): a total, or another number."""
    limits = rules.limits
    return f"""
SELECT place FROM (
  SELECT rowid AS place, offences, sum(offences) OVER () AS total, count(*) OVER () AS n FROM parsed WHERE errors = 0)
WHERE n >= {limits["flag_rows"]} AND offences >= {limits["one_row_share"]} * total
  OR {MONTHS} * offences > {limits["offences_of_the_country"]}"""


def unlike_other_months(rules: Rules) -> str:
    """A SELECT of the places of rows of counts that are far more, or less, than the same count of the other months (W32).

    What is counted of it falls on months as all else does, of which there is as much; Chernoff's bound of its chance.
    """
    limits = rules.limits
    expected, others = "part * of_it", "(of_it - offences)"
    return f"""
SELECT place FROM (
  SELECT *, (of_month - offences) / nullif(of_all - of_it, 0) AS part FROM (
    SELECT rowid AS place, offences, sum(offences) OVER (PARTITION BY {KIND}) AS of_it,
      sum(offences) OVER (PARTITION BY month) AS of_month, sum(offences) OVER () AS of_all
    FROM parsed WHERE errors = 0))
WHERE 2 * of_it <= of_all AND part > 0 AND part < 1
  AND {limits["one_month_times"]} * least(offences * (1 - part), {others} * part)
    < greatest(offences * (1 - part), {others} * part)
  AND offences * ln(offences / ({expected}))
    + CASE WHEN {others} > 0 THEN {others} * ln({others} / (of_it - {expected})) ELSE 0 END > -ln({limits["one_month_chance"]})"""


def same_months(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[tuple[str, str | None, str]]:
    """Months of which nearly every number is that of another one (W33)."""
    of_a_month = (
        f"SELECT month, hash({KIND}) AS kind, sum(offences) AS counted FROM parsed WHERE errors = 0 GROUP BY ALL"
    )
    asked = f"""
        WITH cells AS ({of_a_month}), sized AS (SELECT month, count(*) AS cells FROM cells GROUP BY ALL)
        SELECT later.month, earlier.month, greatest(later.cells, earlier.cells) AS most, (
          SELECT count(*) FROM cells AS mine JOIN cells AS other USING (kind, counted)
          WHERE mine.month = later.month AND other.month = earlier.month) AS alike
        FROM sized AS later JOIN sized AS earlier ON earlier.month < later.month
        WHERE most >= ? AND alike >= ? * most ORDER BY ALL"""
    limits = rules.limits
    for month, other, most, alike in connection.execute(
        asked, [limits["flag_rows"], limits["same_cells_share"]]
    ).fetchall():
        yield "W33", "month", f"{month:%Y-%m} has the numbers of {other:%Y-%m} in {alike:,} of {most:,} rows"


def in_unread_numbers(connection: duckdb.DuckDBPyConnection) -> float:
    """The share of the offences of which the number cannot be read, by its digits: 1,234 is of a row that is larger than most."""
    place = [column.name for column in AGGREGATE].index("offences") + 1
    digits = f"TRY_CAST(regexp_replace(raw[{place}], '[^0-9]+', '', 'g') AS BIGINT)"
    [(unread, read)] = connection.execute(
        f"SELECT coalesce(sum({digits}) FILTER (offences IS NULL), 0), coalesce(sum(offences), 0) FROM parsed"
    ).fetchall()
    return float(unread / (unread + read)) if unread else 0.0


def _told(
    connection: duckdb.DuckDBPyConnection, rules: Rules, pattern: int, left: Collection[str], has: Sequence[str],
    found: Sequence[int], offences: dict[int, int],
) -> tuple[str, str]:  # fmt: skip
    """What is said of the rows that leave out some columns and `has` others, where they are totals, and a SELECT of the places of
    those that exactly are; empty where they are not."""
    limits = rules.limits
    filled = [name for name in FILLED if name not in left]
    for over in itertools.chain.from_iterable(itertools.combinations(filled, size) for size in range(len(filled) + 1)):
        keys = [name for name in dict.fromkeys((*FILLED, *has)) if name not in (*over, *left)]
        several = "".join(f" AND count(DISTINCT {name}) > 1" for name in over)
        joined = JOINED.format(
            keys=", ".join(keys) or "1 AS all_of_it", pattern=pattern, besides=", ".join(map(str, found)) or "-1",
            parts="{parts}",
        ).replace("USING (1 AS all_of_it)", "ON true")  # fmt: skip
        parts = f"count(*) > 1 AND sum(offences) >= {limits['few' if over else 'smallest_shown']}{several}"
        asked = ALIKE.format(most=1 + limits["missing_share"]) + joined.format(parts=parts)
        [(groups, as_many, alike, of_totals, exactly, of_exact)] = connection.execute(asked).fetchall()
        if over:
            told = of_totals >= HALF * offences[pattern]
        else:
            told = alike >= limits["groups_of_totals"] and alike > HALF * groups and as_many >= MOST * groups
        if told:
            of_all = f" of every {', '.join(over)}" if over else ""
            said = f"as many as in all rows of which more is known{of_all}, in {alike:,} of {groups:,} groups of rows"
            enough = exactly >= limits["groups_of_totals"] and exactly >= NEARLY_ALL * groups
            enough = of_exact >= NEARLY_ALL * offences[pattern] if over else enough
            return said, EXACTLY.format(joined=joined.format(parts="true")) if enough else ""
    return "", ""
