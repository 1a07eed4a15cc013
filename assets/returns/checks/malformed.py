"""What of a file is no row: lines that DuckDB sets aside, and what nobody read. Every line of a file is accounted for."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import duckdb

from assets.returns.file.csv_file import FileScan, Headings, csv_source, lines_of, with_one_end
from assets.returns.file.lines import a_line_each, keep_records, line_malformed, records_of, spilled
from assets.returns.personal.personal import PSEUDONYM, all_known, looks_personal, two_unknown
from assets.returns.personal.pseudonyms import drawn_lengths
from assets.returns.rules.rules import Rules
from schemas.derive import quoted

# A quote that is never closed takes every line after it: so many rows are lost with the one that begins it.
UNCLOSED = "UNQUOTED VALUE"
# So many bytes of a line that is set aside DuckDB keeps, less one letter; so many lines are looked at together.
KEPT, AT_ONCE = 10_000 - 4, 10_000
# DuckDB keeps what is wrong of a malformed line in memory, a thousand bytes for each column: of so many it is asked for none.
MANY = 10_000
# The words of an error of DuckDB may hold a cell: they are never passed on.
UNREADABLE = "the file is no CSV that can be read to its end"
CUT_OFF = (
    "the file ends within its last line, as one that was cut off does, and nobody knows how many rows are missing: export it"
    " again whole; where that line is a note, take it out"
)


@contextmanager
def read_from(connection: duckdb.DuckDBPyConnection, file: Path, scanned: FileScan) -> Iterator[Path]:
    """The file as DuckDB can read it: a copy where lines end in several ways or are hollow, or a title stands above."""
    if not (scanned.mixed or scanned.above or scanned.hollow):
        yield file
        return
    with spilled(connection) as folder:
        yield with_one_end(file, Path(folder) / "return.csv", scanned.above)


def hardly_rows(connection: duckdb.DuckDBPyConnection, file: Path, scanned: FileScan, header: Headings) -> str:
    """What is wrong with a file of which so many lines are no rows that they are not set aside; empty for any other."""
    if scanned.otherwise(len(header.names)) <= MANY:
        return ""
    filled = records_of(file, quoted=False).whole - 1
    rows = f"SELECT count(*) FROM {csv_source(file, header.names, False, passed_over=True)}"
    try:
        [(read,)] = connection.execute(rows).fetchall()
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        return UNREADABLE
    if filled - read <= MANY:
        return ""
    return f"{filled - read:,} of {filled:,} lines below the header do not have its columns, or are not well-formed"


def set_aside(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    scanned: FileScan,
    rows: int,
    header: Headings,
    rules: Rules | None,
    start: datetime.date = datetime.date.max,
) -> str:
    """Make the table `malformed`; gives what went wrong where rows and malformed lines are not all that the file holds.

    rules: what personal data are told by, in a quarter that begins with `start`; None where nobody asks
    """
    [(rejected,)] = connection.execute("SELECT count(*) FROM reject").fetchall()
    if not (rejected or scanned.above) and rows + 1 == scanned.lines:
        a_line_each(connection)
        return ""
    personal = _of_a_person(connection, rules, file, header, start) if rules and rejected else "false"
    crime = header.names.index("crime_ref") + 1 if "crime_ref" in header.names else 0
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE aside AS
        SELECT line AS record, min(error_type) AS odd,
          bool_or(error_type = '{UNCLOSED}') AS unclosed, coalesce(bool_or({personal}), false) AS personal,
          [trim(string_split(of_it, ',')[{crime}], ' "' || chr(13)) FOR of_it IN
            string_split(trim(any_value(csv_line), chr(10) || chr(13)), chr(10))] AS crimes
        FROM (SELECT *, unnest(string_split(trim(csv_line, chr(10) || chr(13)), ',')) AS cell FROM reject)
        GROUP BY line""")
    [(malformed,)] = connection.execute("SELECT count(*) FROM aside").fetchall()
    records = None
    if rows + malformed + 1 != scanned.lines:
        records = records_of(file, quoted='"' in scanned.signs)
        if rows + malformed + 1 != records.whole:
            return UNREADABLE
    keep_records(connection, records, scanned.above)
    line_malformed(connection)
    if rules and rejected:
        _look_beyond(connection, file, scanned.above, personal)
    return "" if scanned.ended else _cut_off(connection, file, scanned)


def _cut_off(connection: duckdb.DuckDBPyConnection, file: Path, scanned: FileScan) -> str:
    """Is the last line, which nothing ends, the beginning of a row; of a note below the rows it may be."""
    [(last,)] = connection.execute(
        "SELECT count(*) FROM malformed WHERE line = ? AND lost = 1 AND (unclosed OR odd = 'MISSING COLUMNS')",
        [scanned.above + scanned.lines],
    ).fetchall()
    return CUT_OFF if last and any("," in line for line in lines_of(file, scanned.lines, 1)) else ""


def _of_a_person(
    connection: duckdb.DuckDBPyConnection, rules: Rules, file: Path, header: Headings, start: datetime.date
) -> str:
    """Condition on a cell of a line that is set aside. References that are drawn by a key look like anything by chance."""
    lengths = {size for sizes in drawn_lengths(connection, file, header).values() for size in sizes} or {0}
    drawn = f"strlen(cell) IN ({', '.join(map(str, sorted(lengths)))}) AND regexp_full_match(cell, {quoted(PSEUDONYM)})"
    text = f"contains(cell, ' ') AND {looks_personal('cell', rules, among=['odd'])}"
    formed = f"{looks_personal('cell', rules)} OR {two_unknown(rules)} OR {text}"
    return f"({formed}) AND NOT ({drawn}) AND NOT ({all_known(rules, start)})"


def personal_among(
    connection: duckdb.DuckDBPyConnection, file: Path, header: Headings, rules: Rules, start: datetime.date
) -> int:
    """Of the first lines of a file that hardly has rows those that may hold personal data."""
    return sum(_personal(connection, lines_of(file, 2, MANY), _of_a_person(connection, rules, file, header, start)))


def _look_beyond(connection: duckdb.DuckDBPyConnection, file: Path, above: int, personal: str) -> None:
    """Look for personal data in what DuckDB has not kept of long lines, as in all that follows a quote that is never closed."""
    cut = connection.execute(
        "SELECT DISTINCT malformed.line, lost FROM malformed JOIN reject ON reject.line = record "
        f"WHERE NOT personal AND strlen(csv_line) >= {KEPT}"
    ).fetchall()
    for line, lost in cut:
        if any(_personal(connection, lines_of(file, line - above, lost), personal)):
            connection.execute("UPDATE malformed SET personal = true WHERE line = ?", [line])


def _personal(connection: duckdb.DuckDBPyConnection, lines: Iterator[str], personal: str) -> Iterator[int]:
    """How many of some lines at a time have a cell of which a condition says that it may be personal."""
    lines_in = "SELECT unnest(range(len(given))) AS line, unnest(given) AS cells FROM (SELECT ?::VARCHAR[][] AS given)"
    asked = f"SELECT count(DISTINCT line) FROM (SELECT line, unnest(cells) AS cell FROM ({lines_in})) WHERE {personal}"
    filled = filter(None, lines)
    while some := list(islice(filled, AT_ONCE)):
        [(told,)] = connection.execute(asked, [[line.split(",") for line in some]]).fetchall()
        yield int(told)


def lost_rows(connection: duckdb.DuckDBPyConnection) -> int:
    """The rows that malformed lines stand for."""
    [(lost,)] = connection.execute("SELECT coalesce(sum(lost), 0)::BIGINT FROM malformed").fetchall()
    return int(lost)
