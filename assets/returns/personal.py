"""What may be personal data in a return (R08): forms of text that name or find a person, and where they are looked for."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from assets.returns.csv_file import NOT_ASCII, SIGNS, Header, csv_source, plainly
from assets.returns.rules import Rules
from schemas.derive import quoted
from schemas.returns import ReturnColumn

SHORTER_THAN_A_UUID = 25
OF_REFERENCES = ("any", "cell", "reference")
# A word alone is a name unless pseudonyms as long as it are written in such letters too: then chance leaves out digits.
ALONE = """
WITH
  lettered AS (
    SELECT *, strlen(cell) AS size, regexp_matches(cell, '[a-z]') AS small, regexp_matches(cell, '[A-Z]') AS large FROM given),
  pseudonyms AS (
    SELECT "column", size, bool_or(small) AS small, bool_or(large) AS large
    FROM lettered WHERE regexp_matches(cell, '[0-9]') GROUP BY ALL)
SELECT place FROM lettered LEFT JOIN pseudonyms USING ("column", size)
WHERE {a_word} AND (lettered.small AND NOT coalesce(pseudonyms.small, false)
  OR lettered.large AND NOT coalesce(pseudonyms.large, false))"""

# Eight digits that are a day may be one of birth; of numbers that count up, a few are days by chance.
DAYS = """
SELECT place FROM given WHERE strlen(cell) = 8 AND regexp_matches(cell, '^[0-9]+$')
QUALIFY {a_day} AND 2 * count(*) FILTER ({a_day}) OVER (PARTITION BY "column") > count(*) OVER (PARTITION BY "column")"""


def looks_closely(value: str, signs: str) -> str:
    """Condition: a pseudonym might be something else: it has a sign or a hyphen, few characters, or begins as a number does."""
    tests = [
        f"strlen({value}) <> length({value})" if sign == NOT_ASCII else f"contains({value}, {quoted(sign)})"
        for sign in signs
    ]
    # A hyphen stands in every date of a file: it is looked for cell by cell, but not in what is as long as a UUID.
    tests.append(f"(strlen({value}) < {SHORTER_THAN_A_UUID} AND contains({value}, '-'))")
    return " OR ".join([*tests, f"strlen({value}) <= 9", f"({value} >= '+' AND {value} < ':')"])


def looks_personal(value: str, rules: Rules, *, among: Sequence[str] = ("any", "cell")) -> str:
    """Condition: a text has one of the forms that name or find a person (R08), of those searched in some places."""
    forms = [f"(?:{expression})" for expression, searched in rules.patterns.values() if searched in among]
    return f"regexp_matches({value}, {quoted('|'.join(forms))})"


def cells_of(cells: Mapping[str, ReturnColumn | None], called: Collection[str] = ()) -> str:
    """The filled cells of a row one by one (`given`), each with the words of its own column's codes.

    cells: SQL of a cell -> its column, None where it is no column of the template; called: those under such a heading
    """

    def words(one: ReturnColumn | None) -> str:
        texts = (*one.codes, *one.codes.values()) if one else ()
        own = {word for text in texts for word in re.findall("[a-z]+", text.lower())}
        return f"[{', '.join(map(quoted, ['', *sorted(own)]))}]"

    each = [f"{{'cell': {cell}, 'own': {words(one)}, 'called': {cell in called}}}" for cell, one in cells.items()]
    return f"unnest(list_filter([{', '.join(each)}], lambda one: one.cell IS NOT NULL)) AS given"


def given_looks_personal(rules: Rules) -> str:
    """Condition on a cell of `cells_of`: words of its own column's list, however written, are no name.

    The forms stand in it once, and not for each column: to compile them takes longer than to read a small return.
    """
    words = "list_has_all(given.own, regexp_split_to_array(lower(given.cell), '[^a-z]+'))"
    listed = f"regexp_full_match(given.cell, '[A-Za-z ,()-]+') AND {words}"
    return f"given.called OR {looks_personal('given.cell', rules)} AND NOT ({listed})"


def looked_at(columns: Sequence[ReturnColumn], signs: str = SIGNS) -> str:
    """Condition: a pseudonym of the row might be something else. In most files none might."""
    tests = any_of(looks_closely(f'"raw_{one.name}"', signs) for one in columns if one.kind == "reference")
    return f"coalesce({tests or 'false'}, false)"


def personal_references(connection: duckdb.DuckDBPyConnection, rules: Rules, columns: Sequence[ReturnColumn]) -> None:
    """Mark the rows of `parsed` of which a pseudonym is something else; cells of other columns are asked where they are in error.

    To compile the forms takes longer than to read a small return: they are asked only where any pseudonym is to be looked at.
    """
    [(rows,)] = connection.execute("SELECT count(*) FROM parsed WHERE looked").fetchall()
    if rows:
        cells = ", ".join(
            f"{{'column': {place}, 'cell': raw[{place}]}}"
            for place, one in enumerate(columns, 1)
            if one.kind == "reference"
        )
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE given AS SELECT place, unnest(cells, recursive := true) "
            f"FROM (SELECT rowid AS place, unnest([{cells}]) AS cells FROM parsed WHERE looked)"
        )
        somewhere = f"({looks_closely('cell', SIGNS)}) AND {looks_personal('cell', rules, among=OF_REFERENCES)}"
        alone = ALONE.format(a_word=looks_personal("cell", rules, among=["alone"]))
        days = DAYS.format(a_day=looks_personal("cell", rules, among=["digits"]))
        connection.execute(
            "UPDATE parsed SET personal = true WHERE rowid IN "
            f"(SELECT place FROM given WHERE {somewhere} UNION ALL FROM ({alone}) UNION ALL FROM ({days}))"
        )


def personal_titles(connection: duckdb.DuckDBPyConnection, titles: Sequence[str], rules: Rules) -> int:
    """Lines above the header that may hold personal data. The name of a force or of a return is none."""
    if not titles:
        return 0
    asked = f"SELECT count(*) FROM (SELECT unnest(?::VARCHAR[]) AS title) WHERE {looks_personal('title', rules, among=['any'])}"
    [(found,)] = connection.execute(asked, [list(titles)]).fetchall()
    return int(found)


def personal_lines(
    connection: duckdb.DuckDBPyConnection, file: Path, header: Header, columns: Sequence[ReturnColumn], rules: Rules
) -> int:
    """Lines that may hold personal data, of a file with other columns than the template's: a column more is where they stand."""
    known = {one.name: one for one in columns}
    names = {f"c{place}": heading for place, heading in enumerate(header.names)}
    forms = [expression for expression, searched in rules.patterns.values() if searched == "heading"]
    called = [name for name, heading in names.items() if any(re.search(form, heading) for form in forms)]
    rows = csv_source(file, list(names), separator=header.separator)
    # Without one heading of the template the first line is a row too.
    first = [] if {*map(plainly, header.names)} & known.keys() else header.names
    if first:
        rows = f"(FROM {rows} UNION ALL VALUES ({', '.join('?' * len(first))}))"
    cells = cells_of({name: known.get(heading) for name, heading in names.items()}, called)
    asked = (
        f"SELECT count(DISTINCT line) FROM (SELECT line, {cells} FROM (SELECT *, row_number() OVER () AS line FROM {rows})) "
        f"WHERE {given_looks_personal(rules)}"
    )
    try:
        [(found,)] = connection.execute(asked, first).fetchall()
    except duckdb.Error:  # its words may hold a cell
        return 0
    return int(found)


def any_of(tests: Iterable[str]) -> str:
    """One condition of several; empty where there is none."""
    return " OR ".join(f"({test})" for test in tests if test)
