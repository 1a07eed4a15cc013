"""What form the references of one file have, and what among them has another: a word, a name, a day, one value for nothing.

A keyed pseudonym says nothing: references of a file are about as long, begin alike, and no letter of them depends on the one
before. Of a large file those are looked at that are unlike the others, and a sample of all.
"""

import csv
import itertools
import math
import re
import string
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import duckdb
import pyarrow as pa

from assets.returns.file.csv_file import ENDS, Headings, first_lines
from assets.returns.rules.rules import Rules
from schemas.derive import quoted
from schemas.returns import NOTHING, TEMPLATES, ReturnColumn

Usual = Mapping[str, tuple[int, ...]]
ANY_LENGTH: Usual = MappingProxyType({})
# Lengths that so many references of a file have are usual, if together they are nearly all.
SOME, NEARLY_ALL = 0.02, 0.9
# So many lengths below the shortest usual one are usual too, where it is so many times less usual than the next.
BELOW, FEWER = 2, 5
# What stands for each sign of a reference: those of one system are written alike, digits and letters in the same places.
SHAPE = bytes.maketrans(
    (string.digits + string.ascii_letters).encode(), b"0" * len(string.digits) + b"a" * len(string.ascii_letters)
)
# So many lines of a file tell how long its references are.
FIRST = 300
SHORTEST_WORD = 4
# Vowels and other letters take turns in words; in a pseudonym they follow each other by chance.
TURNS = """
SELECT "column", sum(strlen(run) - 1), sum(len(regexp_extract_all(run, '[aeiou]+|[^aeiou]+')) - 1),
  sum(strlen(regexp_replace(run, '[^aeiou]', '', 'g'))), sum(strlen(run))
FROM (SELECT DISTINCT "column", run FROM run) GROUP BY ALL"""

# References of one length that are written in many ways, most of them in letters and digits, are drawn by a key.
DRAWN = """
SELECT "column", strlen(shape) AS size, sum(alike) AS cells, 2 * max(alike) <= sum(alike)
  AND 2 * sum(CASE WHEN contains(shape, '0') AND contains(shape, 'a') THEN alike ELSE 0 END) >= sum(alike) AS drawn
FROM (SELECT "column", shape, count(*) AS alike FROM shaped GROUP BY ALL) GROUP BY ALL"""
# In what few references of a column are written like, where nearly all are written like many, something else may stand. Of those
# that are drawn each form is among them by chance.
# What is drawn may be told by its signs; those of base 64 are drawn, too.
SIGN = "[^a0+/=_-]"
SHAPED = f"""
WITH
  counted AS (
    SELECT "column", shape, strlen(shape) AS size, count(*) AS alike,
      CASE WHEN regexp_matches(shape, '{SIGN}')
        THEN list_sort(list_distinct(regexp_extract_all(shape, '{SIGN}'))) ELSE [] END AS signs
    FROM shaped GROUP BY ALL),
  summed AS (
    SELECT *, sum(alike) OVER (PARTITION BY "column") AS cells,
      sum(alike) OVER (PARTITION BY "column", signs) <= greatest(1, {SOME} * cells) AS few_signed,
      alike <= greatest(1, {SOME} * cells) AS few_shaped
    FROM counted),
  known AS (
    SELECT *, greatest(least({NEARLY_ALL} * cells, cells - 1), 1) AS most,
      coalesce(sum(alike) FILTER (NOT few_shaped) OVER (PARTITION BY "column"), 0) AS usual_shaped,
      coalesce(sum(alike) FILTER (NOT few_signed) OVER (PARTITION BY "column"), 0) AS usual_signed
    FROM summed)
SELECT place, stands, "column", cell, known.cells, drawn,
  few_shaped AND usual_shaped >= most OR few_signed AND usual_signed >= most AS rare
FROM shaped JOIN known USING ("column", shape) JOIN ({DRAWN}) USING ("column", size)"""
# Initials and a year in which somebody was born, where most of the odd references with such letters and four digits have one.
BORN = """
SELECT place, "column" FROM (
  SELECT *, regexp_full_match(cell, '.*(?:19[2-9][0-9]|20[01][0-9])') AS born FROM given
  WHERE odd AND regexp_full_match(cell, '[A-Za-z]{2,3}[ ._/-]?[0-9]{4}'))
QUALIFY born AND 2 * count(*) FILTER (born) OVER (PARTITION BY "column") > count(*) OVER (PARTITION BY "column")"""
# In a column of fewer references half may be so by chance. In a token that is drawn letters and digits take turns,
# at one of so many signs; those of base 64 are large and small, too.
FEW_CELLS, SHORTEST_KEY, TURNS_OF_KEY, TURNS_OF_CASE = 10, 12, 5, 3
# How a reference is written, but for digits more or less.
KIND = "regexp_replace(regexp_replace(cell, '[A-Za-z]', 'a', 'g'), '[0-9]+', '0', 'g')"
# A word of a system and a number behind it.
NUMBERED = "[A-Za-z]+[/_-]?[0-9]{5,}"


# The tenth digit of an NHS number follows from the others, and none begins with another digit than these. It is written in
# these parts: of other references of ten digits one in eleven has such a tenth digit.
OF_HEALTH_SERVICE = "[4679][0-9]{9}"
PARTS_OF_HEALTH_SERVICE = "[0-9]{3}[^0-9A-Za-z]+[0-9]{3}[^0-9A-Za-z]+[0-9]{4}"


def joined(value: str) -> str:
    """A text without what separates its letters and digits: "07700/900 123" is a telephone number as 07700900123 is."""
    return f"regexp_replace({value}, '[^0-9A-Za-z]+', '', 'g')"


def of_health_service(value: str) -> str:
    """Does a text hold an NHS number, as its tenth digit says?"""
    return f"""
CASE WHEN regexp_matches({value}, '{OF_HEALTH_SERVICE}') THEN
list_sum(list_transform(string_split(regexp_extract({value}, '(?:^|[^0-9])({OF_HEALTH_SERVICE})(?:[^0-9]|$)', 1), ''),
  lambda digit, place: (11 - place) * TRY_CAST(digit AS INTEGER))) % 11 = 0 END"""


def no_names() -> list[str]:
    """What stands for nothing, and what headings are made of."""
    headings = {
        word for profile in TEMPLATES.values() for column in profile for word in (column.name, *column.name.split("_"))
    }
    return [*NOTHING, *sorted(headings)]


# A spreadsheet makes 4.6E+11 of a long number: what it stood for is lost.
ROUNDED_NUMBER = "[0-9](\\.[0-9]+)?[Ee][+]?[0-9]{2}"
# What a spreadsheet rounded, what says that there is nothing or heads a column, and noughts alone stand for nobody.
NO_REFERENCE = f"{ROUNDED_NUMBER}|(?i:{'|'.join(map(re.escape, no_names()))}|0+)"


def can_be_said(run: str) -> str:
    """Condition: small letters have a vowel, no five others in a row, and are no number in base 16, a letter before it or not."""
    return (
        f"strlen({run}) >= {SHORTEST_WORD} AND regexp_matches({run}, '[aeiouy]') AND NOT regexp_matches({run}, '[^aeiouy]{{5}}') "
        f"AND NOT regexp_full_match({run}, '[a-z]?[a-f]+')"
    )


def of_a_key(text: str, shortest: int = SHORTEST_KEY) -> str:
    """Condition: a text alone is what a key draws in base 16, 32 or 64, by its length and how letters and digits take turns.

    Of words, days, numbers and postcodes that are joined there are fewer turns.
    """
    bare = f"regexp_replace({text}, '[^0-9A-Za-z]', '', 'g')"
    turns, of_case = (
        f"len(regexp_extract_all({bare}, '{form}')) - 1" for form in ("[0-9]+|[A-Za-z]+", "[0-9]+|[A-Z]+|[a-z]+")
    )
    return (
        f"(strlen({bare}) >= {shortest} AND {turns} > 1 AND ({TURNS_OF_KEY} * ({turns}) >= strlen({bare}) "
        f"OR {TURNS_OF_CASE} * ({of_case}) >= strlen({bare})))"
    )


def in_parts(form: str, drawn: str, many: int) -> str:
    """A SELECT of the places of references that have a form without what stands between their digits, or are an NHS number: of
    those that are odd, or drawn by no key among drawn ones. So many and more that are written alike are of a system.
    """
    return f"""
SELECT place, "column" FROM (SELECT *, {KIND} AS kind FROM given)
WHERE (odd OR lone OR drawn AND NOT regexp_full_match(cell, '{drawn}')) AND regexp_matches(cell, '[0-9][^0-9A-Za-z]+[0-9]')
  AND ({form} OR regexp_matches(cell, '{PARTS_OF_HEALTH_SERVICE}') AND {of_health_service(joined("cell"))})
QUALIFY count(*) OVER (PARTITION BY "column", kind) < {many}"""


def unlike(many: int) -> str:
    """A SELECT of the places of odd references that no key has drawn and fewer than so many are written like, but for digits more
    or less. They may find a person in a form that no rule knows, or be cut off.
    """
    return f"""
SELECT place, "column" FROM (SELECT *, {KIND} AS kind FROM given) ANTI JOIN personal_cell USING (place)
WHERE NOT regexp_full_match(cell, {quoted(NO_REFERENCE)})
QUALIFY odd AND NOT {of_a_key("cell", 1)} AND sum(stands) OVER (PARTITION BY "column", kind) < least({many}, cells / 2)"""


def usual_lengths(text: Path, header: Sequence[str], columns: Sequence[ReturnColumn]) -> Usual:
    """Column of references -> how long nearly all of them are, by the first lines of a file; not there where that varies."""
    lines = first_lines(text, FIRST)[1:]
    rows = [row for row in csv.reader(lines) if len(row) == len(header)]
    shaped = {}
    for column in columns:
        if column.kind == "reference":
            place = header.index(column.name)
            lengths = Counter(map(len, {row[place].strip(ENDS) for row in rows} - {""}))
            total = lengths.total()
            usual = tuple(sorted(size for size, count in lengths.items() if count > max(1, SOME * total)))
            if usual and sum(lengths[size] for size in usual) >= min(NEARLY_ALL * total, total - 1):
                # Numbers in base 16 without noughts in front: of each length a few, and shorter ones are fewer still.
                few = len(usual) > 1 and lengths[usual[0]] < lengths[usual[1]] / FEWER and usual[0] + 1 == usual[1]
                shaped[column.name] = (*range(usual[0] - BELOW * few, usual[0]), *usual)
    return shaped


def drawn_lengths(connection: duckdb.DuckDBPyConnection, file: Path, header: Headings) -> dict[int, list[int]]:
    """Place of a column -> how long its references usually are, where they are drawn by a key; by the first lines of any file."""
    rows = csv.reader(first_lines(file, FIRST)[header.above + 1 :], delimiter=header.separator)
    cells = [
        (place, cell.strip(ENDS))
        for row in rows
        if len(row) == len(header.names)
        for place, cell in enumerate(row)
        if cell
    ]
    columns = {"column": [place for place, _ in cells], "cell": [cell for _, cell in cells]}
    types = pa.schema({"column": pa.int32(), "cell": pa.string()})
    connection.register("shaped", shaped(pa.table(columns, types)))
    told = connection.execute(
        f'SELECT "column", list(size) FROM (FROM ({DRAWN}) QUALIFY cells > {SOME} * sum(cells) OVER (PARTITION BY "column")) '
        "WHERE drawn GROUP BY ALL"
    ).fetchall()
    connection.unregister("shaped")
    return dict(told)


def keep_runs(
    connection: duckdb.DuckDBPyConnection, references: str, usual: Usual, columns: Sequence[ReturnColumn]
) -> None:
    """Make of a SELECT of references (place, stands, column, cell) the table `given`, and `run`: the runs of letters of each,
    without what all begin with. Each reference of a column is there once, with the first of its places and in how many it stands.

    Both have: odd, is the reference as long or written as few others are; lone, is it one of few, no other of
    the file is as long, and nothing in it tells that a key drew it; cells, how many references its column has. `given` has drawn,
    too: are those as long drawn by a key
    """
    connection.register("shaped", shaped(connection.sql(references).to_arrow_table()))
    asked = 'SELECT "column", count(*), quantile_disc(cell, 0.05), quantile_disc(cell, 0.95) FROM shaped GROUP BY ALL'
    ends = connection.execute(asked).fetchall()
    places = {column.name: place for place, column in enumerate(columns, 1)}
    odd = " OR ".join(
        f'"column" = {places[name]} AND strlen(cell) NOT IN ({", ".join(map(str, sizes))})'
        for name, sizes in usual.items()
    )
    heads = {"column": [end for end, *_ in ends], "head": [_begins(first, last) for *_, first, last in ends]}
    types = pa.schema({"column": pa.int32(), "head": pa.string()})
    connection.register("given_heads", pa.table(heads, types))
    lone = "false"
    if any(cells < FEW_CELLS for _, cells, *_ in ends):  # to plan it takes longer than to ask it
        # Not AND: of a column that is made all of its parts are worked out for each row.
        lone = f"CASE WHEN cells < {FEW_CELLS} AND strlen(cell) IN (FROM unlike) THEN NOT {of_a_key('cell')} ELSE false END"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE given AS WITH unlike AS ("
        "SELECT strlen(cell) AS size FROM shaped GROUP BY ALL HAVING count(DISTINCT cell) = 1) SELECT * EXCLUDE (rare), "
        "CASE WHEN starts_with(cell, head) AND cell <> head THEN substr(cell, length(head) + 1) ELSE cell END AS rest, "
        f"{odd or 'false'} OR rare AS odd, {lone} AS lone "
        f'FROM ({SHAPED}) LEFT JOIN given_heads USING ("column")'
    )
    connection.unregister("given_heads")
    connection.unregister("shaped")
    connection.execute(
        'CREATE OR REPLACE TEMP TABLE run AS SELECT place, "column", odd, cells, '
        f"lone AND NOT regexp_full_match(cell, '{NUMBERED}') AS lone, "
        "lower(unnest(regexp_extract_all(rest, '[A-Za-z]{3,}'))) AS run FROM given"
    )


def shaped(references: pa.Table) -> pa.Table:
    """References with their `shape`: one letter for every letter, one digit for every digit."""
    cells = references["cell"].combine_chunks().cast(pa.string())
    _, offsets, letters = cells.buffers()
    shapes = pa.py_buffer((letters.to_pybytes() if letters else b"").translate(SHAPE))
    return references.append_column(
        "shape", pa.StringArray.from_buffers(len(cells), offsets, shapes, offset=cells.offset)
    )


def _begins(first: str, last: str) -> str:
    """What two texts, and so all that are sorted between them, begin with."""
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(letter for letter, _ in same)


def of_words(connection: duckdb.DuckDBPyConnection, rules: Rules) -> list[int]:
    """The columns of which the letters take turns as those of words do, further from chance than the limit `word_spreads`."""
    lengths = []
    for column, pairs, turns, vowels, letters in connection.execute(TURNS).fetchall():
        share = vowels / letters
        chance = 2 * share * (1 - share)
        if chance and turns / pairs - chance > rules.limits["word_spreads"] * math.sqrt(chance * (1 - chance) / pairs):
            lengths.append(int(column))
    return lengths


def words(rules: Rules, columns: Collection[int]) -> str:
    """A SELECT of the places of references with a word in them, which is none of the template and not what many begin with.

    columns: those whose references read as words; elsewhere a word tells of a reference that is odd, or one of few
    """
    named = " ".join([*no_names(), *rules.suppliers])
    own = ", ".join(map(quoted, sorted({*re.split("[^a-z]+", named)})))
    limits = rules.limits
    return f"""
SELECT place, "column" FROM (
  SELECT *, count(DISTINCT place) OVER (PARTITION BY "column", run) AS alike,
    count(DISTINCT place) OVER (PARTITION BY "column") AS worded
  FROM run WHERE {can_be_said("run")} AND run NOT IN ({own}))
WHERE NOT (alike >= {limits["shared_beginning_rows"]:.0f} AND alike >= {limits["shared_beginning"]} * worded)
  AND ("column" IN ({", ".join(map(str, columns)) or "-1"}) OR odd OR lone OR worded <= {limits["rare_words"]} * cells)"""
