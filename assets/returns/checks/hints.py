"""What many errors of a return have in common: from which line on they stand, and whether month and day have changed places."""

import datetime
import re
from collections.abc import Mapping, Sequence
from itertools import combinations

import duckdb

from assets.returns.checks.meant import WRITTEN_OTHERWISE
from assets.returns.checks.predicates import stored
from assets.returns.file.lines import lined
from assets.returns.file.manifest import Manifest
from assets.returns.rules.rules import Rules
from schemas.derive import any_of
from schemas.returns import RECORD, TEMPLATES

DAYS_OF_A_ROW = ("E03", "E04", "E11")
# So large a share of the rows below the first one in error, and of those with impossible days.
NEARLY_ALL, MOST, HALF = 0.95, 0.75, 0.5
# Fewer rows at the end may be anything.
FEWEST = 10
DAYS = tuple(column.name for column in RECORD if column.kind == "date")


def hints(
    connection: duckdb.DuckDBPyConnection, rules: Rules, manifest: Manifest, commonest: str, personal: int
) -> str:
    """What a force should look for first, in words that begin with `;`, where it can be told; empty else.

    commonest: the rule that most rows in error break; personal: rows of which nothing is shown
    """
    clues = [_in_a_column(connection, commonest, manifest)]
    clues += [_written(connection, commonest)] if commonest in WRITTEN_OTHERWISE and not personal else []
    clues += [_from_a_line_on(connection)]
    clues += [_unclosed(connection)] if commonest == "E01" else []
    clues += [_days_outside(connection, rules)] if commonest == "E03" else []
    clues += [_unlike_the_first(connection, rules, manifest)] if commonest == "E06" else []
    if manifest.profile == "record":
        clues.append(_exchanged(connection, rules, (*manifest.days, manifest.extract_date)))
    return "".join(f"; {clue}" for clue in clues if clue)


def _in_a_column(connection: duckdb.DuckDBPyConnection, rule: str, manifest: Manifest) -> str:
    """Of a rule about any column the one in which nearly all lines break it, what is asked for there, and others of most."""
    told = connection.execute(
        "WITH lines AS (FROM problem WHERE rule = ? AND line IS NOT NULL), "
        "several AS (SELECT count(DISTINCT line) AS n FROM lines) "
        'SELECT "column", count(DISTINCT line) / any_value(n) AS share FROM lines, several GROUP BY ALL ORDER BY share DESC, 1',
        [rule],
    ).fetchall()
    [name, share] = told[0] if told else (None, 0)
    columns = {column.name: column for column in TEMPLATES[manifest.profile]}
    if rule not in ("E02", "E07") or name not in columns or share < NEARLY_ALL:
        return ""
    others = ", ".join(other for other, of_lines in told[1:] if of_lines >= HALF)
    days = "from {} to {}".format(*manifest.days)
    said = f"nearly all in {name}, where it is {columns[name].written(manifest.supplier, days)}"
    return f"{said}; most of them in {others}, too" if others else said


def _written(connection: duckdb.DuckDBPyConnection, rule: str) -> str:
    """How most of what breaks a rule is written, where it can be told what is meant."""
    told = connection.execute(
        "WITH lines AS (FROM problem WHERE rule = ? AND line IS NOT NULL) "
        'SELECT way FROM lines JOIN meant USING ("column", value) GROUP BY ALL '
        "HAVING count(DISTINCT line) >= ? * (SELECT count(DISTINCT line) FROM lines) ORDER BY count(DISTINCT line) DESC, 1",
        [rule, HALF],
    ).fetchall()
    return f"in most there are {' and '.join(way for (way,) in told)}" if told else ""


def _from_a_line_on(connection: duckdb.DuckDBPyConnection) -> str:
    [(first, wrong, rows)] = connection.execute(
        "SELECT min(rowid) FILTER (errors <> 0), count_if(errors <> 0), count(*) FROM parsed"
    ).fetchall()
    if not first or wrong < max(FEWEST, NEARLY_ALL * (rows - first)):
        return ""
    [(line,)] = connection.execute(
        f"SELECT line FROM ({lined(connection, f'SELECT {first}::BIGINT AS place')})"
    ).fetchall()
    return f"nearly every row from line {line:,} on is in error, and none before: look what is different there"


def _unclosed(connection: duckdb.DuckDBPyConnection) -> str:
    """The line from which on a quote that nothing closes takes most of what is lost."""
    told = connection.execute(
        "SELECT line, lost FROM malformed WHERE unclosed AND 2 * lost > (SELECT sum(lost) FROM malformed)"
    ).fetchall()
    return "".join(
        f"a quote begins in line {line:,} and nothing closes it: {lost:,} lines are lost in it" for line, lost in told
    )


def _days_outside(connection: duckdb.DuckDBPyConnection, rules: Rules) -> str:
    """In which months the rows outside the quarter were recorded, but for a few at both ends; no day, which is of a cell."""
    [(first, last)] = connection.execute(
        f"SELECT quantile_disc(recorded_date, {1 - NEARLY_ALL}), quantile_disc(recorded_date, {NEARLY_ALL}) FROM parsed "
        f"WHERE errors & {rules.bits['E03']} <> 0"
    ).fetchall()
    first, last = f"{first:%Y-%m}", f"{last:%Y-%m}"
    return f"nearly all of their days are of {first if first == last else f'the months from {first} to {last}'}"


def _unlike_the_first(connection: duckdb.DuckDBPyConnection, rules: Rules, manifest: Manifest) -> str:
    """In which columns rows whose key stands twice are unlike the first with it: a row for each suspect, or all sent twice."""
    asked_for = {column.name for column in TEMPLATES[manifest.profile]}
    columns = [name for name in stored(manifest.profile) if name in asked_for]
    differ = ", ".join(f"coalesce(count_if(again.{name} IS DISTINCT FROM once.{name}), 0)" for name in columns)
    [(rows, *told)] = connection.execute(
        f"SELECT count(*), {differ} FROM parsed AS again JOIN parsed AS once USING (row_key) "
        f"WHERE once.errors = 0 AND again.errors & {rules.bits['E06']} <> 0"
    ).fetchall()
    most = [name for name, unlike in zip(columns, told, strict=True) if unlike > MOST * rows]
    some = [name for name, unlike in zip(columns, told, strict=True) if unlike]
    if most:
        return f"most of them are unlike the first with their key in {', '.join(most)}"
    return "" if some else "each is like the first with its key: rows may have been sent twice"


def _exchanged(connection: duckdb.DuckDBPyConnection, rules: Rules, days: Sequence[datetime.date]) -> str:
    """Of rows of which the days cannot be: how many could be with month and day exchanged, in all their days or in some, or with
    two columns of days exchanged."""
    test = any_of(str(rules.rules[rule]["predicate"]) for rule in DAYS_OF_A_ROW)
    for name, day in zip(("quarter_start", "quarter_end", "extract_day"), days, strict=True):
        test = re.sub(rf"\b{name}\b", f"DATE '{day}'", test)

    def fits(days: Mapping[str, str]) -> str:
        """Condition: nothing is wrong with days that stand in place of those of some columns."""
        return f"NOT coalesce({re.sub('|'.join(days), lambda name: days[name[0]], test)}, false)"

    some = (DAYS, *((day_column,) for day_column in DAYS), ("offence_start", "offence_end"))
    mended = {"month and day": any_of(fits({name: _turned(name) for name in names}) for names in some)}
    for first, other in combinations(DAYS, 2):
        mended[f"{first} and {other}"] = f"{first} <> {other} AND {fits({first: other, other: first})}"
    mask = sum(rules.bits[rule] for rule in DAYS_OF_A_ROW)
    counted = ", ".join(f"count_if(coalesce({test}, false))" for test in mended.values())
    [(wrong, *could)] = connection.execute(
        f"SELECT count(*), {counted} FROM parsed WHERE errors & {mask} <> 0"
    ).fetchall()
    told = ((rows, what) for rows, what in zip(could, mended, strict=True) if wrong and rows >= MOST * wrong)
    rows, what = max(told, key=lambda of: of[0], default=(0, ""))
    return f"in {rows:,} of {wrong:,} rows the days fit once {what} are exchanged" if what else ""


def _turned(day: str) -> str:
    return f"CASE WHEN day({day}) <= 12 THEN make_date(year({day}), day({day}), month({day})) ELSE {day} END"
