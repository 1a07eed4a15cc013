"""The table `problem`: every line and column to mend, with the value where it may be shown."""

import itertools

import duckdb

from assets.returns.checks.checked import Checked
from assets.returns.checks.meant import OF_WRITTEN_OTHERWISE, WRITTEN_OTHERWISE, say_what_is_meant
from assets.returns.checks.predicates import PSEUDONYM, ill_formed, not_listed, wrong_type
from assets.returns.file.lines import lined
from assets.returns.file.manifest import Manifest, may_stand_in
from assets.returns.personal.personal import UNSEEN, people, shown, with_unseen
from assets.returns.rules.rules import Rules, membership_bit
from schemas.derive import any_of, quoted
from schemas.returns import MEMBERSHIP, TEMPLATES, ReturnColumn

# So many lines of one warning are listed; all are counted. Errors are listed in full up to the limit below.
WARNINGS_LISTED, ERRORS_LISTED = 1_000, 10_000
MASKED = "(not shown)"
# Of so many rows one at least has a code of another list; an officer stands in fewer.
FEW_OF = 100
# What is wrong of a line that is no row, by what DuckDB says of it; nothing of the line.
MALFORMED = """CASE WHEN unclosed
  THEN concat('a quote begins here and nothing closes it, so that ', lost, ' lines from here on are not read')
  ELSE CASE odd WHEN 'MISSING COLUMNS' THEN 'fewer values than the header has columns'
    WHEN 'TOO MANY COLUMNS' THEN 'more values than the header has columns: a comma may stand in one that is not quoted'
    WHEN 'INVALID ENCODING' THEN 'a letter that is not written in UTF-8' END END"""


def list_problems(connection: duckdb.DuckDBPyConnection, manifest: Manifest, rules: Rules, checked: Checked) -> None:
    """Make the table `problem`: one row per line and column to mend. Where one cell may be personal no value of any is in it."""
    show = not checked.personal
    no_rows(connection)
    columns = TEMPLATES[manifest.profile]
    # Where one cell of a return may be personal, none of it is repeated, not even what stands for a crime.
    # Nor is one that is not written as a reference, or not as others are.
    alike = f"warnings & {rules.bits['W29']} = 0 AND regexp_full_match(crime_ref, {quoted(PSEUDONYM)})"
    written = f"CASE WHEN {alike} THEN crime_ref END"
    reference = written if show and manifest.profile == "record" else "NULL::VARCHAR"
    rows = (
        f"SELECT rowid AS place, {reference} AS reference, * FROM parsed WHERE errors <> 0 OR warnings <> 0 OR personal"
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE flawed AS {lined(connection, rows)}")
    selects = [
        f"SELECT line, NULL AS reference, 'E01' AS rule, NULL AS \"column\", {MALFORMED} AS value FROM malformed",
        *_by_column(connection, columns, manifest, rules, checked),
        *(
            _by_rule(code, rules, columns, show)
            for code in rules.bits
            if rules.rules[code]["columns"] and code in checked.counts and code not in ("E06", "W29", "W31")
        ),
        *([_twins(connection, columns, show)] if "E06" in checked.counts else []),
    ]
    rule, cells = ("W29", "unlike") if show else ("R08", "personal_cell")
    if rule in checked.counts:
        name = f'{[column.name for column in columns]}[{cells}."column"]'
        selects.append(
            f"SELECT DISTINCT line, reference, '{rule}', {name}, NULL FROM flawed JOIN {cells} USING (place)"
        )
    if not show:
        selects.append("SELECT line, NULL, 'R08', NULL, NULL FROM malformed WHERE personal")
    for rule, column, said in checked.whole:
        connection.execute("INSERT INTO problem VALUES (NULL, NULL, ?, ?, ?)", [rule, column, said if show else MASKED])
    for select in selects:
        connection.execute(f"INSERT INTO problem {select}")
    if show and checked.counts.keys() & WRITTEN_OTHERWISE:
        asked = f"{OF_WRITTEN_OTHERWISE} AND regexp_matches(value, {quoted(UNSEEN)})"
        connection.execute(f"UPDATE problem SET value = {with_unseen('value')} WHERE {asked}")
        say_what_is_meant(connection, manifest, rules)


def no_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `problem` and `flawed` (the rows with something to mend, as they were sent) without a row."""
    connection.execute(
        'CREATE OR REPLACE TEMP TABLE problem(line BIGINT, crime_ref VARCHAR, rule VARCHAR, "column" VARCHAR, value VARCHAR)'
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE flawed(line BIGINT, reference VARCHAR, errors INTEGER, raw VARCHAR[])"
    )


def _by_column(
    connection: duckdb.DuckDBPyConnection, columns: tuple[ReturnColumn, ...], manifest: Manifest, rules: Rules, checked: Checked
) -> list[str]:  # fmt: skip
    """E02 and E07 say which column: every column is asked again, of the rows in error only."""
    tests: list[tuple[str, int, str]] = []
    action = next((place for place, template_column in enumerate(columns, 1) if template_column.name == "action"), 0)
    for place, column in enumerate(columns, 1):
        form = ill_formed(column) if column.kind == "reference" else ""
        for rule, test in (
            ("E02", any_of([wrong_type(column), form])),
            ("E07", not_listed(column, *may_stand_in(manifest, rules))),
        ):
            if test and rule in checked.counts:
                asked = test.replace(f'"raw_{column.name}"', f"raw[{place}]").replace("raw_action", f"raw[{action}]")
                for name, day in zip(("quarter_start", "quarter_end"), manifest.days, strict=True):
                    asked = asked.replace(name, f"DATE '{day}'")
                tests.append((rule, place, f"errors & {rules.bits[rule]} <> 0 AND ({asked})"))
    if not tests:
        return []
    failing = ", ".join(f"coalesce(bool_or({test}), false)" for *_, test in tests)
    [fails] = connection.execute(f"SELECT {failing} FROM flawed WHERE errors <> 0").fetchall()
    selects = []
    for rule, place, test in itertools.compress(tests, fails):
        column = columns[place - 1]
        value = quoted(MASKED) if checked.personal else shown(f"raw[{place}]", column, rules, _alike(columns))
        selects.append(
            f"SELECT line, reference, '{rule}', '{column.name}', {value} FROM flawed WHERE {test} LIMIT {ERRORS_LISTED}"
        )
    return selects


def _alike(columns: tuple[ReturnColumn, ...]) -> str:
    """How many rows with the value {0} are of different people, where it is in so many of a return as a code of another list is:
    a name stands in those of one victim, of one suspect, or of few crimes.
    """
    counted = [f"count(DISTINCT {person})" for person in people(columns)]
    of_different = ", ".join(f"{count} OVER (PARTITION BY {{0}})" for count in (*counted, "count(*)"))
    return (
        f"CASE WHEN {FEW_OF} * count(*) OVER (PARTITION BY {{0}}) >= (SELECT count(*) FROM parsed) "
        f"THEN least({of_different}) ELSE 0 END"
    )


def _by_rule(code: str, rules: Rules, columns: tuple[ReturnColumn, ...], show: bool) -> str:
    """One line per row that breaks a rule, with the values of the columns it looks at."""
    places = {column.name: place for place, column in enumerate(columns, 1)}
    named = [name for name in str(rules.rules[code]["columns"]).split(";") if name in places]
    mask = rules.mask(code)
    most = ERRORS_LISTED if mask == "errors" else WARNINGS_LISTED
    values = ", ', ', ".join(
        f"'{name} ', coalesce({_kept(column)}, {shown(f'raw[{places[name]}]', column, rules)}, {_empty(column)})"
        for name in named
        if (column := columns[places[name] - 1])
    )
    value = f"concat({values})" if show and named else quoted(MASKED)
    return (
        f"SELECT line, reference, '{code}', {quoted(', '.join(named))}, {value} FROM flawed "
        f"WHERE {mask} & {rules.bits[code]} <> 0 ORDER BY line LIMIT {most}"
    )


def _empty(column: ReturnColumn) -> str:
    """What is said where nothing is told of a cell: of a number that is not kept as a text something stands there."""
    return f"if(\"{column.name}\" IS NULL, 'empty', {quoted(MASKED)})" if column.kind == "whole" else "'empty'"


def _kept(column: ReturnColumn) -> str:
    """What is kept of a cell of every row, as text; of references but that of a crime nothing is."""
    if column.kind == "membership":
        letters = ", ".join(
            f"CASE WHEN membership_bits & {membership_bit(threat)} <> 0 THEN '{letter}' ELSE '' END"
            for threat, letter in MEMBERSHIP.items()
        )
        return f"CASE WHEN membership_known THEN coalesce(nullif(concat({letters}), ''), '-') END"
    if column.kind == "whole":  # six digits may be of a person here too
        return f'CASE WHEN abs("{column.name}") < 100000 THEN "{column.name}"::VARCHAR END'
    if column.name == "crime_ref":
        return f"CASE WHEN crime_ref IS NOT NULL THEN coalesce(reference, {quoted(MASKED)}) END"
    return "NULL" if column.kind == "reference" else f'"{column.name}"::VARCHAR'


def _twins(connection: duckdb.DuckDBPyConnection, columns: tuple[ReturnColumn, ...], show: bool) -> str:
    """One line per row whose key stands before (E06), with what is kept of the key, and the line of the first row with it."""
    key = [column for column in columns if column.in_key and column.kind != "supplier" and _kept(column) != "NULL"]
    values = ", ', ', ".join(f"'{column.name} ', coalesce({_kept(column)}, 'empty')" for column in key)
    value = f"concat({values}, '; first in line ', first_line)" if show else quoted(MASKED)
    firsts = lined(connection, "SELECT first AS place, place AS again FROM twin")
    return (
        f"SELECT flawed.line, reference, 'E06', {quoted(', '.join(column.name for column in key))}, {value} FROM flawed "
        f"JOIN (SELECT again, line AS first_line FROM ({firsts})) ON again = place ORDER BY flawed.line LIMIT {ERRORS_LISTED}"
    )
