"""Hold one return against the rules: what is refused, set aside, warned of, and every line to mend.

The rows live in a temporary DuckDB table of the connection that is handed in, never in Python.
"""

from collections import Counter
from pathlib import Path

import duckdb

from assets.returns.checks.checked import Checked
from assets.returns.checks.hints import hints
from assets.returns.checks.listed import list_problems, no_rows
from assets.returns.checks.malformed import UNREADABLE, hardly_rows, lost_rows, personal_among, read_from, set_aside
from assets.returns.checks.predicates import rows_of, types_of
from assets.returns.checks.totals import exact_totals, in_unread_numbers, one_row_of_all, unlike_other_months
from assets.returns.checks.whole import alike, of_the_whole
from assets.returns.file.beside import filled_in
from assets.returns.file.csv_file import NOT_ASCII, FileScan, csv_source, first_lines, odd_columns, opened
from assets.returns.file.manifest import Manifest, may_stand_in, named_in
from assets.returns.file.names import shown_name
from assets.returns.personal.locked import NO_CELLS, personal_rows, persons_among_others, where_personal
from assets.returns.personal.personal import (
    personal_references,
    personal_titles,
)
from assets.returns.personal.pseudonyms import Usual, usual_lengths
from assets.returns.rules.rules import Rules, one_in
from assets.words.problems import BadInput, Problem
from assets.words.wording import number_of
from schemas.derive import quoted
from schemas.returns import LARGEST_NUMBER, TEMPLATES

# 2% of 150 is a little over or under 3 as the machine multiplies.
SMALLER_THAN_A_ROW = 1e-6
TWO_WAYS = (
    "; references are written in two ways (W28), and in those of fewer rows letters that a key draws look like words by chance:"
    " draw all of a return by one key, in one form"
)
# The places of rows whose key stands on a good row before (E06), with the first such row.
TWINS = """
CREATE OR REPLACE TEMP TABLE twin AS
WITH twice AS (SELECT row_key FROM parsed WHERE errors = 0 GROUP BY row_key HAVING count(*) > 1)
FROM (
  SELECT rowid AS place, min(rowid) OVER (PARTITION BY row_key) AS first
  FROM parsed WHERE errors = 0 AND row_key IN (FROM twice))
WHERE place > first"""
ANOTHER_FILE = "the sha256 of the file is another than the manifest says"


def check(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    manifest: Manifest,
    rules: Rules,
    replaced: Path | None = None,
    *,
    alone: bool = False,
) -> Checked:
    """Check a return's file; leaves the tables `parsed`, `malformed`, `twin` and `problem` in the connection.

    replaced: the accepted rows of the return that this one changes; where they are not at hand changes are taken as they are
    alone:    no other return is at hand
    """
    checked = Checked()
    columns = TEMPLATES[manifest.profile]
    scanned, header = opened(file, columns)
    if scanned.sha256 != manifest.sha256:
        checked.refuse("R02", ANOTHER_FILE)
    if manifest.definition_version not in rules.versions():
        checked.refuse("R01", f"definition_version is none of {', '.join(sorted(rules.versions()))}")
    trouble = scanned.trouble
    named = list(named_in(manifest, rules))
    rules = rules if NOT_ASCII in scanned.signs else rules.of_ascii
    titles = personal_titles(connection, first_lines(file, header.above) if header.above else [], rules)
    above, start = len(titles), manifest.days[0]
    if not trouble:
        with read_from(connection, file, scanned) as text:
            if trouble := odd_columns(header, columns):
                above += persons_among_others(connection, text, header, columns, rules, start)
            elif trouble := hardly_rows(connection, text, scanned, header):
                above += personal_among(connection, text, header, rules, start)
            else:
                usual = usual_lengths(text, header.names, columns)
                trouble = _parse(connection, text, header.names, manifest, rules, scanned, usual) or set_aside(
                    connection, text, scanned, rows_in(connection), header, rules, start
                )
    if trouble:
        _lock_away(checked, above, named)
        checked.refuse("R03", trouble)
        no_rows(connection)
        return checked
    connection.execute(NO_CELLS)
    if personal_references(connection, rules, columns, usual, start):
        _mark(connection, rules, "W29", "SELECT place FROM unlike")
    if manifest.profile == "record":
        _mark(connection, rules, "W13", alike(rules))
    _lock_away(checked, above + personal_rows(connection, rules, columns, start), named)
    _mark_beside_others(connection, manifest, rules, replaced)
    _count(connection, checked, manifest, rules)
    _without_rows(checked, file, manifest, rules)
    checked.whole = list(of_the_whole(connection, manifest, rules, alone=alone))
    checked.counts |= Counter(rule for rule, *_ in checked.whole)
    list_problems(connection, manifest, rules, checked)
    if "R08" in checked.refused:
        two_ways = TWO_WAYS if "W28" in checked.counts else ""
        checked.refused["R08"] += where_personal(connection, columns, titles) + two_ways
    _refuse_many(connection, checked, manifest, rules)
    return checked


def _mark_beside_others(
    connection: duckdb.DuckDBPyConnection, manifest: Manifest, rules: Rules, replaced: Path | None
) -> None:
    """Mark rows that are wrong beside the other rows, or those that they change."""
    connection.execute(TWINS)
    _mark(connection, rules, "E06", "SELECT place FROM twin")
    if manifest.profile == "aggregate":
        _mark(connection, rules, "E15", one_row_of_all(rules))
        if rows_in(connection) >= rules.limits["flag_rows"]:
            _mark(connection, rules, "E15", exact_totals(connection, rules))
        _mark(connection, rules, "W32", unlike_other_months(rules))
    elif manifest.content == "whole" or replaced:
        _mark_changes(connection, rules, replaced)


def rows_in(connection: duckdb.DuckDBPyConnection) -> int:
    """The rows that were read."""
    [(rows,)] = connection.execute("SELECT count(*) FROM parsed").fetchall()
    return int(rows)


def _parse(
    connection: duckdb.DuckDBPyConnection, file: Path, header: list[str], manifest: Manifest, rules: Rules, scanned: FileScan,
    usual: Usual,
) -> str:  # fmt: skip
    """Read and judge every row; gives what went wrong where the file cannot be read, without anything of a cell."""
    start, end = map(str, manifest.days)
    connection.execute(types_of(rules))
    connection.execute("DROP TABLE IF EXISTS reject; DROP TABLE IF EXISTS reject_scan")
    extracted, suppliers = str(manifest.extract_date), may_stand_in(manifest, rules)
    every = one_in(scanned.lines, rules.limits["sampled_rows"])
    rows = rows_of(
        csv_source(file, header), manifest.profile, rules, start, end, extracted, *suppliers, signs=scanned.signs, usual=usual,
        every=every,
    )  # fmt: skip
    try:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE parsed AS {rows}")
    except duckdb.OutOfMemoryException:
        raise
    except (duckdb.BinderException, duckdb.ParserException) as error:  # rules are data, and a data root has its own
        [said, *_] = str(error).splitlines()
        problem = Problem(
            "data/reference/return_rule.csv", "predicate", said, "a condition on columns of the template", "Mend it."
        )
        raise BadInput("A rule that a return is held against cannot be asked", [problem]) from None
    except (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException):
        return UNREADABLE
    return ""


def _lock_away(checked: Checked, lines: int, named: list[str]) -> None:
    """Refuse a return of which so many lines, or what is `named` beside them, may hold personal data."""
    checked.personal = lines + len(named)
    if checked.personal:
        checked.refuse(
            "R08", "; ".join([*named, *([f"what may be personal data in {number_of(lines, 'line')}"] if lines else [])])
        )
        checked.counts["R08"] = checked.personal


def _mark(connection: duckdb.DuckDBPyConnection, rules: Rules, rule: str, places: str) -> None:
    """Mark the rows of `parsed` that a SELECT of their places gives by a rule."""
    mask = rules.mask(rule)
    connection.execute(f"UPDATE parsed SET {mask} = {mask} + {rules.bits[rule]} WHERE rowid IN ({places})")


def _mark_changes(connection: duckdb.DuckDBPyConnection, rules: Rules, replaced: Path | None) -> None:
    """The rows that change or delete what is not there (E12), and those that are said to be new and are there (W09)."""
    good = "SELECT rowid FROM parsed WHERE errors = 0 AND action"
    if not replaced:
        _mark(connection, rules, "E12", f"{good} <> 'I'")
        return
    keys = f"(SELECT row_key FROM read_parquet({quoted(str(replaced))}, hive_partitioning = false))"
    _mark(connection, rules, "E12", f"{good} <> 'I' AND row_key NOT IN {keys}")
    _mark(connection, rules, "W09", f"{good} = 'I' AND row_key IN {keys}")


def _count(connection: duckdb.DuckDBPyConnection, checked: Checked, manifest: Manifest, rules: Rules) -> None:
    """Rows by rule, and R02."""
    of_masks = connection.execute(
        "SELECT errors, warnings, count(*), coalesce(sum(offences), 0), count(*) - count(offences) FROM parsed GROUP BY ALL"
    ).fetchall()
    malformed, by_rule, good, in_error, amounts, unread = lost_rows(connection), Counter[str](), 0, 0, 0, 0
    for errors, warnings, rows, amount_of, without in of_masks:
        good, amounts, unread = good + rows, amounts + int(amount_of), unread + without
        in_error += rows if errors else 0
        for code, bit in rules.bits.items():
            by_rule[code] += rows if bit & {"errors": errors, "warnings": warnings}[rules.mask(code)] else 0
    checked.rows, checked.quarantined = good + malformed, in_error + malformed
    checked.counts |= +by_rule
    if malformed:
        checked.counts["E01"] = malformed
    # Of a line or number that cannot be read nobody knows what it adds.
    if checked.rows != manifest.rows or (amounts != manifest.crime_count_sum and not unread + malformed):
        said = f"{manifest.crime_count_sum:,}" if abs(manifest.crime_count_sum) <= LARGEST_NUMBER else "a longer number"
        checked.refuse(
            "R02", f"{number_of(checked.rows, 'row')} and a sum of {amounts:,}; the manifest says {manifest.rows:,} and {said}",
        )  # fmt: skip


def _without_rows(checked: Checked, file: Path, manifest: Manifest, rules: Rules) -> None:
    """R05."""
    if manifest.zero_return != (checked.rows == 0):
        said = "says that it is a zero return" if manifest.zero_return else "does not say that it is a zero return"
        checked.refuse("R05", f"the return has {number_of(checked.rows, 'row')} and {said}")
    if not checked.rows and (beside := filled_in(file, lambda path: shown_name(path, rules))):
        checked.refuse("R05", f"the return has no rows, and {beside}")


def _refuse_many(connection: duckdb.DuckDBPyConnection, checked: Checked, manifest: Manifest, rules: Rules) -> None:
    """R06, with what the errors have in common."""
    share, most = rules.limits["error_share"], rules.limits["error_rows"]
    if manifest.profile == "aggregate":
        unread = in_unread_numbers(connection)
        if unread > share:
            said = f"numbers that cannot be read seem to stand for {unread:.0%} of the offences, more than {share:.0%}"
            checked.refuse("R06", f"{said}: write them without separators or signs")
    if checked.quarantined <= most and checked.quarantined <= share * checked.rows + SMALLER_THAN_A_ROW:
        return
    errors = rules.among(checked.counts, "quarantine")
    commonest = max(errors, key=lambda code: errors[code])
    checked.refuse(
        "R06",
        f"{checked.quarantined:,} of {checked.rows:,} rows are in error, more than {share:.0%} of them or {most:,.0f}; "
        f"{errors[commonest]:,} by {commonest}: {rules.rules[commonest]['says']}"
        + hints(connection, rules, manifest, commonest, checked.personal),
    )
