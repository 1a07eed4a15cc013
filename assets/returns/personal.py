"""What may be personal data in a return (R08): forms of text that name or find a person, and where they are looked for."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from assets.returns.csv_file import NOT_ASCII, SIGNS, Header, csv_source, plainly
from assets.returns.rules import Rules
from schemas.derive import quoted
from schemas.returns import ReturnColumn

OF_REFERENCES = ("any", "cell", "reference")
# A word alone is a name unless pseudonyms as long as it are written in such letters too: then chance leaves out digits.
ALONE = """
WITH
  cells AS (
    SELECT place, given.column, given.cell, strlen(given.cell) AS size, regexp_matches(given.cell, '[a-z]') AS small,
      regexp_matches(given.cell, '[A-Z]') AS large
    FROM (SELECT rowid AS place, unnest([{cells}]) AS given FROM parsed WHERE looked)),
  pseudonyms AS (
    SELECT "column", size, bool_or(small) AS small, bool_or(large) AS large
    FROM cells WHERE regexp_matches(cell, '[0-9]') GROUP BY ALL)
SELECT DISTINCT place FROM cells LEFT JOIN pseudonyms USING ("column", size)
WHERE regexp_full_match(cell, {form})
  AND (cells.small AND NOT coalesce(pseudonyms.small, false) OR cells.large AND NOT coalesce(pseudonyms.large, false))"""


def looks_closely(value: str, signs: str) -> str:
    """Condition: a pseudonym might be something else: it has one of some signs, few characters, or begins as a number does."""
    tests = [
        f"strlen({value}) <> length({value})" if sign == NOT_ASCII else f"contains({value}, {quoted(sign)})"
        for sign in signs
    ]
    return " OR ".join([*tests, f"strlen({value}) <= 9", f"({value} >= '+' AND {value} < ':')"])


def looks_personal(value: str, rules: Rules, *, among: Sequence[str] = ("any", "cell")) -> str:
    """Condition: a text has one of the forms that name or find a person (R08), of those searched in some places."""
    forms = [f"(?:{expression})" for expression, searched in rules.patterns.values() if searched in among]
    return f"regexp_matches({value}, {quoted('|'.join(forms))})"


def looks_personal_in(value: str, one: ReturnColumn, rules: Rules) -> str:
    """The same of a cell of a column with codes: words of its own list, however written, are no name."""
    own = sorted({word for text in (*one.codes, *one.codes.values()) for word in re.findall("[a-z]+", text.lower())})
    if not own:
        return looks_personal(value, rules)
    listed = ", ".join(map(quoted, ["", *own]))
    words = f"list_has_all([{listed}], regexp_split_to_array(lower({value}), '[^a-z]+'))"
    return f"({looks_personal(value, rules)}) AND NOT (regexp_full_match({value}, '[A-Za-z ,()-]+') AND {words})"


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
        places = [place for place, one in enumerate(columns, 1) if one.kind == "reference"]
        cells = ", ".join(f"raw[{place}]" for place in places)
        named = ", ".join(f"{{'column': {place}, 'cell': raw[{place}]}}" for place in places)
        form, _ = rules.patterns["name_alone"]
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE personal AS SELECT DISTINCT place FROM "
            f"(SELECT rowid AS place, unnest([{cells}]) AS cell FROM parsed WHERE looked) "
            f"WHERE ({looks_closely('cell', SIGNS)}) AND {looks_personal('cell', rules, among=OF_REFERENCES)}"
        )
        connection.execute(f"INSERT INTO personal {ALONE.format(cells=named, form=quoted(form))}")
        connection.execute("UPDATE parsed SET personal = true WHERE rowid IN (SELECT place FROM personal)")


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
    names = [f"c{place}" for place in range(len(header.names))]
    tests = []
    for name, heading in zip(names, header.names, strict=True):
        if any(
            re.search(expression, heading) for expression, searched in rules.patterns.values() if searched == "heading"
        ):
            tests.append(f"{name} IS NOT NULL")
        elif heading in known:
            tests.append(looks_personal_in(name, known[heading], rules))
        else:
            tests.append(looks_personal(name, rules))
    rows = f"SELECT {any_of(tests)} AS personal FROM {csv_source(file, names, separator=header.separator)}"
    given = [] if {*map(plainly, header.names)} & known.keys() else [header.names]
    if given:  # without one heading of the template the first line is a row too
        rows += f" UNION ALL SELECT bool_or({looks_personal('cell', rules)}) FROM (SELECT unnest(?::VARCHAR[]) AS cell)"
    try:
        [(found,)] = connection.execute(f"SELECT count(*) FILTER (personal) FROM ({rows})", given).fetchall()
    except duckdb.Error:  # its words may hold a cell
        return 0
    return int(found)


def any_of(tests: Iterable[str]) -> str:
    """One condition of several; empty where there is none."""
    return " OR ".join(f"({test})" for test in tests if test)
