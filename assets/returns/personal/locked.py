"""What locks a return away (R08), in words: how many lines, which columns, and what is no row. Nothing of a cell is said."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

import duckdb

from assets.returns.file.csv_file import Headings, as_in_template, csv_source, without_ends
from assets.returns.file.lines import unquoted
from assets.returns.personal.personal import mark_personal, of_persons, people, personal_titles
from assets.returns.personal.pseudonyms import drawn_lengths
from assets.returns.rules.rules import Rules
from schemas.returns import ReturnColumn

# A note that a spreadsheet has saved is a row with hardly a cell. So many columns are named.
CELLS_OF_A_NOTE, COLUMNS_NAMED = 2, 3
# Of a file with more columns than this, which takes minutes to look at, only the headings are.
MOST_COLUMNS = 1_000
NO_CELLS = 'CREATE OR REPLACE TEMP TABLE personal_cell(place BIGINT, "column" INTEGER)'
LIKE_A_TELEPHONE = "[0-9]{9,16}"
NUMBERS = "; references of nine to sixteen digits look like numbers of telephones: begin them with a letter"


def persons_among_others(
    connection: duckdb.DuckDBPyConnection, file: Path, header: Headings, columns: Sequence[ReturnColumn], rules: Rules,
    start: datetime.date,
) -> int:  # fmt: skip
    """Lines that may hold personal data, of a file with other columns than the template's, its lines in quotes or not."""
    with unquoted(connection, file, header, columns) as (lines, headings):
        return _personal_lines(connection, lines, headings, columns, rules, start)


def _personal_lines(
    connection: duckdb.DuckDBPyConnection, file: Path, header: Headings, columns: Sequence[ReturnColumn], rules: Rules,
    start: datetime.date,
) -> int:  # fmt: skip
    """Lines that may hold personal data, of a file with other columns than the template's: a column more is where they stand."""
    known = {column.name: column for column in columns}
    names = {f"c{place}": heading for place, heading in enumerate(header.names)}
    forms = [expression for expression, searched in rules.patterns.values() if searched == "heading"]
    # Without one heading of the template the first line is a row too, and heads nothing.
    spellings = {heading: as_in_template(heading, known) for heading in header.names}
    # One that says more than its heading, as in a second language, is none of a row.
    headed = sum(any(f"_{name}_" in f"_{spelling}_" for name in known) for spelling in spellings.values())
    first = [] if headed > 1 or known.keys() & {*spellings.values()} else header.names
    called = [] if first else [name for name, of in names.items() if any(re.search(form, of) for form in forms)]
    others = [] if first else [heading for heading in header.names if spellings[heading] not in known]
    named = bool(personal_titles(connection, others, rules))
    if len(names) > MOST_COLUMNS:
        return bool(called) or named
    bare = ", ".join(f"{without_ends(name)} AS {name}" for name in names)
    rows = f"(SELECT {bare} FROM {csv_source(file, list(names), False, header.separator, passed_over=True)})"
    if first:
        rows = f"(FROM {rows} UNION ALL VALUES ({', '.join('?' * len(first))}))"
    of = {name: known.get(spellings[heading]) for name, heading in names.items()}
    if first and len(names) == len(columns):  # the header alone is missing: the columns stand as in the template
        of = dict(zip(names, columns, strict=True))
    drawn = {f"c{place}": lengths for place, lengths in drawn_lengths(connection, file, header).items()}
    references = {
        name: drawn[name]
        for name, column in of.items()
        if name in drawn and (column is None or column.kind == "reference")
    }
    numbered = f"SELECT *, row_number() OVER () AS place FROM {rows}"
    asked = (
        f"SELECT count(DISTINCT place) FROM ({of_persons(numbered, of, rules, start, called=called, drawn=references)})"
    )
    try:
        [(told,)] = connection.execute(asked, first).fetchall()
    except duckdb.Error:  # its words may hold a cell
        told = 0
    return int(told) + named


def personal_rows(
    connection: duckdb.DuckDBPyConnection, rules: Rules, columns: Sequence[ReturnColumn], start: datetime.date
) -> int:
    """Lines with what may be personal data. Of a row in error all cells are looked at: a code that is none may be a name."""
    [(rows,)] = connection.execute("SELECT count(*) FROM parsed WHERE errors <> 0 AND NOT personal").fetchall()
    if rows:
        cells = {f"raw[{place}]": column for place, column in enumerate(columns, 1) if column.kind != "reference"}
        wrong = "SELECT rowid AS place, raw FROM parsed WHERE errors <> 0 AND NOT personal"
        told = of_persons(wrong, cells, rules, start, about=people(columns))
        mark_personal(connection, f"SELECT place, regexp_extract(source, '[0-9]+')::INTEGER FROM ({told})")
    asked = "SELECT count(*) FROM (SELECT personal FROM parsed UNION ALL SELECT personal FROM malformed) WHERE personal"
    [(lines,)] = connection.execute(asked).fetchall()
    return int(lines)


def where_personal(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[ReturnColumn], titles: Sequence[int]
) -> str:
    """Where it stands: the first line, the columns, and how many of the lines are titles (their lines are given) and notes."""
    noted = (
        "SELECT line FROM malformed WHERE personal UNION ALL "
        f"SELECT line FROM flawed WHERE personal AND list_count(raw) <= {CELLS_OF_A_NOTE}"
    )
    notes = sorted([*titles, *(line for (line,) in connection.execute(noted).fetchall())])
    [(first,)] = connection.execute("SELECT min(line) FROM flawed WHERE personal").fetchall()
    cells = connection.execute(
        'SELECT "column", count(DISTINCT place) FROM personal_cell GROUP BY ALL ORDER BY 2 DESC, 1'
    ).fetchall()
    named = ", ".join(f"{columns[place - 1].name} {count:,}" for place, count in cells[:COLUMNS_NAMED])
    lines = [line for line in (first, *notes[:1]) if line is not None]
    told = f", the first in line {min(lines):,}" if lines else ""
    told += f" ({named}{', ...' if len(cells) > COLUMNS_NAMED else ''})" if named else ""
    told += (
        NUMBERS if any(columns[place - 1].kind == "reference" for place, _ in cells) and _numbers(connection) else ""
    )
    return told + (f"; {len(notes):,} of them no row of the table: take titles and notes out" if notes else "")


def _numbers(connection: duckdb.DuckDBPyConnection) -> bool:
    """Are most of the references that may be something else numbers of so many digits?"""
    asked = (
        f"SELECT count_if(regexp_full_match(cell, '{LIKE_A_TELEPHONE}')), count(*) FROM given "
        'SEMI JOIN personal_cell USING (place, "column")'
    )
    [(numbers, cells)] = connection.execute(asked).fetchall()
    return bool(cells and 2 * numbers > cells)
