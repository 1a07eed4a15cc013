"""What may be personal data in a return (R08): forms of text that name or find a person, and where they are looked for."""

import calendar
import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

import duckdb

from assets.returns.file.as_days import days_of
from assets.returns.file.csv_file import CONTROL, NOT_ASCII, SIGNS
from assets.returns.file.names import may_be_named
from assets.returns.personal.pseudonyms import (
    ANY_LENGTH,
    BORN,
    FEW_CELLS,
    NO_REFERENCE,
    OF_HEALTH_SERVICE,
    Usual,
    can_be_said,
    in_parts,
    joined,
    keep_runs,
    no_names,
    of_a_key,
    of_health_service,
    of_words,
    unlike,
    words,
)
from assets.returns.rules.rules import ANY_LETTER, Rules
from schemas.derive import any_of, quoted
from schemas.returns import ReturnColumn

SHORTER_THAN_A_UUID, SHORT, SHORTEST_LEFT = 25, 9, 6
# What is said in place of a word that may be a name; so many rows with the same one are a code of another list.
A_WORD, MANY = "(a word or number that is not of the template; not shown)", 5
# What codes are called elsewhere, and what a spreadsheet says of a formula that fails.
OTHER_CODES = ("female", "male", "yes", "no", "value", "ref", "div", "num", "error")
# What it makes of the codes 8/67 and 10-15.
A_MONTH = "(?:{0})-[0-9]{{2}}|[0-9]{{1,2}}-(?:{0})".format("|".join(calendar.month_abbr[1:]))
IN_CELLS, IN_TITLES, OF_REFERENCES = ("any", "cell", "text"), ("any", "odd", "text"), ("any", "cell", "reference")
# As statistics hide what is small.
HIDES = r"[<≤] ?[0-9]+|\[[a-z]{1,3}\]|[*~]+|\.\."
# Signs of control, and what else takes no room or looks like a space: of a report nobody sees them.
NO_ROOM = r"\x{00}-\x{1F}\x{7F}-\x{A0}\x{AD}\x{2000}-\x{200F}\x{2028}-\x{202F}\x{205F}-\x{206F}\x{3000}\x{FEFF}"
UNSEEN = f"[{NO_ROOM}]"
# Letters, digits and signs of twice the width, and lines of other lengths, with those of ASCII that they are read as.
WIDE, NARROW = (
    "".join(map(chr, [*range(0xFF01, 0xFF5F), *range(0x2010, 0x2016), 0x2212])),
    bytes(range(0x21, 0x7F)).decode() + "-" * 7,
)
# The code of an area, of whatever country, also one that has lost digits or has a letter too many.
LIKE_AN_AREA = "[EJKLMNSWejklmnsw][0-9]{2,8}[A-Za-z]?"
# Columns of which no value is a long number or a date.
CODED = ("code", "offence", "whole", "membership", "supplier", "area")
# A word alone is a name unless pseudonyms as long as it are written in such letters too: then chance leaves out digits. Nor where
# most of its column are such words and do not read as words.
ALONE = """
WITH
  lettered AS (
    SELECT *, strlen(cell) AS size, regexp_matches(cell, '[a-z]') AS small, regexp_matches(cell, '[A-Z]') AS large FROM given),
  pseudonyms AS (
    SELECT "column", size, bool_or(small) AS small, bool_or(large) AS large
    FROM lettered WHERE regexp_matches(cell, '[0-9]') GROUP BY ALL),
  drawn AS (
    SELECT "column" FROM given WHERE "column" NOT IN ({reading}) GROUP BY ALL
    HAVING 2 * count(DISTINCT cell) FILTER ({a_word}) > count(*))
SELECT place, "column" FROM lettered LEFT JOIN pseudonyms USING ("column", size)
WHERE {a_word} AND "column" NOT IN (FROM drawn) AND (size <= {short} OR {said})
  AND (lettered.small AND NOT coalesce(pseudonyms.small, false) OR lettered.large AND NOT coalesce(pseudonyms.large, false))
  AND (size > 2 OR stands < {many})"""
# What is not materialized here a filter would work out once more.
# Digits that are a day may be those of birth, but for days about the quarter; of numbers that count up, a few are days by chance.
# But several days that lie further from the numbers that are none than those from each other are none of the count; a year and
# what is counted in it lie nearer.
# Six digits are a day more often: then days of all months begin or end them where they are many (100101 to 100999 are all days),
# or initials stand beside them in an odd reference.
DAYS = """
WITH
  numbers AS MATERIALIZED (
    SELECT *, CASE WHEN strlen(cell) IN (6, 8) AND regexp_full_match(cell, '[0-9]+') THEN cell  -- half the time of a search
      ELSE regexp_extract(cell, '(?:^|[^0-9])([0-9]{{8}}|[0-9]{{6}})(?:[^0-9]|$)', 1) END AS digits FROM given),
  days AS MATERIALIZED (
    SELECT *, strlen(digits) AS size, digits = cell AS whole, ({a_day}) AND (digits = cell OR NOT ({recent})) AS a_day
    FROM numbers WHERE digits <> ''),
  most AS (
    SELECT "column", size, whole, whole AND size = 8 AND NOT bool_or(drawn) OR count(*) FILTER (a_day) >= {few} AS many,
      size = 8 OR count(DISTINCT left(digits, 2)) >= {few} AND count(DISTINCT right(digits, 2)) >= {few} AS spread,
      count(*) < {few} * {few} AS a_few
    FROM days GROUP BY "column", size, whole HAVING 2 * count(*) FILTER (a_day) > count(*)),
  eight AS (SELECT *, digits::INTEGER AS number FROM days WHERE size = 8 AND whole AND NOT drawn),
  counted AS (SELECT "column", min(number) AS least, max(number) AS largest FROM eight WHERE NOT a_day GROUP BY "column")
SELECT place, "column" FROM eight JOIN counted USING ("column")
WHERE a_day AND greatest(least - number, number - largest) > greatest(largest - least, {in_a_year})
QUALIFY count(*) OVER (PARTITION BY "column") >= {several_days}
UNION ALL
SELECT place, "column" FROM days LEFT JOIN most USING ("column", size, whole)
WHERE a_day AND (many AND spread OR (odd OR lone) AND size = 8 AND NOT whole OR odd AND NOT drawn AND whole AND (spread OR a_few))
UNION ALL
SELECT place, "column" FROM days WHERE (odd OR lone) AND size = 6 AND regexp_full_match(cell, '{initialled}')
WINDOW of_length AS (PARTITION BY "column", strlen(cell))
QUALIFY a_day AND 2 * count(*) FILTER (a_day) OVER of_length > count(*) OVER of_length"""
IN_A_YEAR, SEVERAL_DAYS = 10_000, 3
INITIALLED = "[A-Za-z]{2,3}[ ._/-]?(?:0[1-9]|[1-9])[0-9]+|(?:0[1-9]|[1-9])[0-9]+[ ._/-]?[A-Za-z]{2,3}"
# A form that few of the references of a column have is there by chance, where they are drawn by a key.
PSEUDONYM = "[0-9]+|[0-9+/=_-]*[A-Za-z][0-9A-Za-z+/=_-]*"
FORMS = """
SELECT place, "column" FROM given
WHERE ({close} OR odd) AND ({a_form}) AND trim(cell, '0') <> ''
QUALIFY odd OR NOT drawn OR NOT regexp_full_match(cell, '{drawn}')
  OR count(*) OVER (PARTITION BY "column") >= greatest({few}, {by_chance} * cells)"""
# A form that any number has by chance counts in an odd reference, and where most of its column have it; others in odd ones alone.
# Of a few references most may have it, and then what is left without it tells of a key.
GLUED = """
WITH
  formed AS MATERIALIZED (SELECT *, ({a_form}) OR ({health_service}) AS formed FROM given),
  told AS (SELECT * REPLACE (CASE WHEN formed AND cells < {few_cells} THEN NOT {by_key} ELSE formed END AS formed) FROM formed)
SELECT place, "column" FROM told
WHERE formed OR (odd OR lone) AND ({odd_form})
QUALIFY odd OR lone OR 2 * count(*) FILTER (formed) OVER (PARTITION BY "column") > cells"""


def looks_closely(value: str, signs: str, usual: Sequence[int] = ()) -> str:
    """Condition: a pseudonym might be something else: it has a sign or a hyphen, few characters, or begins as a number does.

    usual: how long nearly all are, where that is known; another is looked at too
    """
    looked = {NOT_ASCII: f"strlen({value}) <> length({value})", CONTROL: f"regexp_matches({value}, '[[:cntrl:]]')"}
    tests = [looked.get(sign, f"contains({value}, {quoted(sign)})") for sign in signs]
    # A hyphen stands in every date of a file: it is looked for cell by cell, but not in what is as long as a UUID.
    tests.append(f"(strlen({value}) < {SHORTER_THAN_A_UUID} AND contains({value}, '-'))")
    short = f"strlen({value}) <= {SHORT}"
    if usual:
        odd = f"strlen({value}) NOT IN ({', '.join(map(str, usual))})"
        short = odd if min(usual) > SHORT else f"{short} OR {odd}"
    return " OR ".join([*tests, short, f"({value} >= '+' AND {value} < ':')"])


def looks_personal(value: str, rules: Rules, *, among: Sequence[str] = IN_CELLS) -> str:
    """Condition: a text has one of the forms that name or find a person (R08), of those searched in some places."""
    forms = [f"(?:{expression})" for expression, searched in rules.patterns.values() if searched in among]
    return f"regexp_matches({_as_read(value, rules)}, {quoted('|'.join(forms))})"


def _as_read(value: str, rules: Rules) -> str:
    """A text as people read it: one space for several or what looks like one, ASCII for signs that look like it."""
    return f"regexp_replace({_narrow(value, rules)}, '[ {NO_ROOM}]+', ' ', 'g')"


def _narrow(value: str, rules: Rules) -> str:
    """To translate takes 3,000 ns, whatever stands there."""
    narrow = f"translate({value}, {quoted(WIDE)}, {quoted(NARROW)})"
    return (
        f"CASE WHEN strlen({value}) = length({value}) THEN {value} ELSE {narrow} END"
        if rules.letter == ANY_LETTER
        else value
    )


def people(columns: Sequence[ReturnColumn]) -> list[str]:
    """Whom a row is about, by SQL over its cells (`raw`): its victim and its suspect, and else its crime; nobody, of counts."""
    places = {column.name: place for place, column in enumerate(columns, 1)}
    named = [f"raw[{places[name]}]" for name in ("victim_ref", "suspect_ref") if name in places]
    return [f"coalesce({person}, raw[{places['crime_ref']}])" for person in named]


def of_persons(
    rows: str, cells: Mapping[str, ReturnColumn | None], rules: Rules, start: datetime.date, *,
    called: Collection[str] = (), drawn: Mapping[str, list[int]] | None = None, about: Sequence[str] = (),
) -> str:  # fmt: skip
    """A SELECT of the places of rows and the cells of them that look like personal data. Each text of a column is looked at once.

    rows: a SELECT with `place` and the cells; cells: SQL of a cell -> its column, None where it is no column of the template;
    called: those under such a heading; drawn: how long they are, of those whose column has references that are drawn by a key;
    about: SQL of whom a row is about, as `people` gives it: a name stands in many rows of one person, and in few of others
    """
    drawn, each = drawn or {}, ", ".join(f"{{'source': {quoted(cell)}, 'cell': {cell}}}" for cell in cells)
    columns = ", ".join(
        f"({quoted(cell)}, {_own_words(column, rules)}, {cell in called}, {drawn.get(cell, [])}::INTEGER[], "
        f"{column is None or column.kind in CODED})"
        for cell, column in cells.items()
    )
    who = [f"person_{number}" for number in range(len(about))]
    persons = "".join(f", {person} AS {name}" for person, name in zip(about, who, strict=True))
    alike = ", ".join(["count(*)", *(f"count(DISTINCT {name})" for name in who)])
    return f"""
WITH
  cells AS NOT MATERIALIZED (SELECT place{persons}, unnest([{each}], recursive := true) FROM ({rows})),
  columns(source, own, called, drawn, coded) AS (VALUES {columns}),
  texts AS (SELECT source, cell, least({alike}) AS alike FROM cells WHERE cell IS NOT NULL GROUP BY ALL),
  given AS (SELECT source, cell FROM texts JOIN columns USING (source) WHERE {_looks_personal(rules, start)})
SELECT place, source FROM cells SEMI JOIN given USING (source, cell)"""


def _own_words(column: ReturnColumn | None, rules: Rules) -> str:
    """The words of a column's list, in SQL; of a supplier those that forces are called by."""
    if column and column.kind == "supplier":
        return _words_of(tuple(rules.words_of_codes))
    if column and column.kind == "offence":
        return _words_of((*rules.names, *days_of(rules.offences)))
    if column and column.kind == "date":  # April 2022, and June alone
        return _words_of((*calendar.month_name[1:], *calendar.month_abbr[1:]))
    return _words_of((*column.codes, *column.codes.values(), *days_of(column.codes)) if column else ())


@cache
def _words_of(texts: tuple[str, ...]) -> str:
    """The words of some texts, and those that are no names, as a list in SQL."""
    own = {word for text in (*texts, *no_names(), *OTHER_CODES) for word in re.findall("[a-z]+", text.lower())}
    return f"string_split({quoted('|'.join(['', *sorted(own.union(map(str.lower, texts)))]))}, '|')"


def shown(value: str, column: ReturnColumn, rules: Rules, alike: str = "0") -> str:
    """A cell in error as a report may show it: a word that is not of the template may be a name, unless it stands in many rows.

    alike: SQL of how many cells of the column are {}
    """
    if column.kind == "reference":  # ill-formed it may be anything: what stands for nothing, or was rounded, is nobody
        nobody = f"regexp_full_match({value}, {quoted(NO_REFERENCE)})"
        return f"CASE WHEN {value} IS NULL OR {nobody} THEN {value} ELSE {quoted(A_WORD)} END"
    # Two letters may be initials; codes of other lists have as many, and days and numbers a T, Z or E behind a digit.
    text, least = (
        f"regexp_replace(lower({value}), '([0-9])[tze]', '\\1 ', 'g')",
        1 if column.kind in ("date", "whole") else 3,
    )
    words = f"list_filter(regexp_split_to_array({text}, '[^{rules.letter}]+'), lambda word: strlen(word) >= {least})"
    digits = 9 if column.kind == "date" else 4 if column.codes else 6  # among codes four may be of a collar
    number = f"regexp_matches({value}, '[0-9]{{{digits}}}')"
    if column.kind == "area":  # what is not written as the code of an area is: 120387 may be a day of birth, 14B a door
        number = f"NOT regexp_full_match({value}, {quoted(LIKE_AN_AREA)})"
    own = _own_words(column, rules)
    told = f"list_has_all({own}, {words}) AND NOT {number} OR {alike.format(value)} >= {MANY}"
    if column.kind == "offence" or any("-" in code for code in column.codes):
        told += f" OR regexp_full_match({value}, '{A_MONTH}')"
    if column.kind == "whole":
        told += f" OR regexp_full_match({value}, '{HIDES}')"
    return f"CASE WHEN {value} IS NULL OR {told} THEN {value} ELSE {quoted(A_WORD)} END"


def with_unseen(value: str) -> str:
    """A value and, behind it, the numbers of the signs in it that are not seen: a no-break space looks like none."""
    unseen = f"regexp_extract_all({value}, {quoted(UNSEEN)})"
    named = f"list_transform(list_sort(list_distinct({unseen})), lambda sign: printf('U+%04X', unicode(sign)))"
    return f"concat({value}, ' (with signs that are not seen: ', array_to_string({named}, ', '), ')')"


def _looks_personal(rules: Rules, start: datetime.date) -> str:
    """Condition on a text of `of_persons`: words of its own column's list, however written, are no name.

    Two words are one where neither is known, unless they stand in rows of many people, as a code of another list does. A date
    stands in columns of its own: elsewhere it is one of birth, unless it is of the years of the quarter. The forms stand in it
    once, and not for each column: to compile them takes longer than to read a small return.
    """
    dated = " OR ".join(f"contains(cell, '{year}')" for year in (start.year, start.year - 1))
    digits = "regexp_extract(cell, '(?:^|[^0-9])([0-9]{8})(?:[^0-9]|$)', 1)"
    born = looks_personal(digits, rules, among=["digits"])
    odd = f"{looks_personal('cell', rules, among=['odd'])} OR {of_health_service('cell')}"
    listed = "list_contains(own, lower(trim(cell)))"  # also as a spreadsheet makes a day of a code
    form = f"{looks_personal('cell', rules, among=[*IN_CELLS, 'glued'])} OR alike < {MANY} AND {two_unknown(rules)}"
    formed = f"({form}) AND NOT ({_made_of('own', rules, start)})"
    pseudonym = f"list_contains(drawn, strlen(cell)) AND regexp_full_match(cell, '{PSEUDONYM}')"
    return f"called OR NOT ({pseudonym} OR {listed}) AND ({formed} OR coded AND ({odd} OR {born} AND NOT ({dated})))"


def two_unknown(rules: Rules) -> str:
    """Condition on a cell of another column than one of references: two words or more of which none is known may be a name."""
    words, three = _words_in(rules), f"regexp_matches(cell, '[{rules.letter}]{{3}}')"
    alone = f"regexp_full_match(cell, '[{rules.letter} :,.''’_-]+') AND {three}"
    return f"{alone} AND len({words}) > 1 AND NOT list_has_any({_no_names(rules)}, {words})"


def all_known(rules: Rules, start: datetime.date) -> str:
    """Condition on a cell: it is made of known words, as notes below a table are."""
    return _made_of(_no_names(rules), rules, start)


def _made_of(words: str, rules: Rules, start: datetime.date) -> str:
    """Condition on a cell: it is made of words of a list, days about the quarter and times. Other digits are of an address."""
    years = "|".join(str(start.year + by)[2:] for by in (-1, 0, 1))
    months = "|".join([*calendar.month_name[1:], *calendar.month_abbr[1:]])
    day = rf"[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?:20)?(?:{years})|20(?:{years})(?:-[0-9]{{2}}-[0-9]{{2}})?"
    recent = rf"(?i)\b(?:{day}|[0-9]{{1,2}}(?:st|nd|rd|th)? (?:{months}) 20(?:{years})|[0-9]{{1,2}}(?::[0-9]{{2}})+)\b"
    rest = f"regexp_replace(cell, {quoted(recent)}, ' ', 'g')"
    form = f"[{rules.letter} :;,.''’\"_*()/&#-]+"
    return f"regexp_full_match({rest}, '{form}') AND list_has_all({words}, {_words_in(rules, rest)})"


def _words_in(rules: Rules, text: str = "cell") -> str:
    return f"list_filter(regexp_split_to_array(lower({text}), '[^{rules.letter}]+'), lambda word: word <> '')"


def _no_names(rules: Rules) -> str:
    return f"string_split({quoted(' '.join(sorted(rules.words_of_codes)))}, ' ')"


def looked_at(columns: Sequence[ReturnColumn], signs: str = SIGNS, usual: Usual = ANY_LENGTH) -> str:
    """Condition: a pseudonym of the row might be something else. In most files none might."""
    tests = any_of(
        looks_closely(f'"raw_{column.name}"', signs, usual.get(column.name, ()))
        for column in columns
        if column.kind == "reference"
    )
    return f"coalesce({tests or 'false'}, false)"


def personal_references(
    connection: duckdb.DuckDBPyConnection, rules: Rules, columns: Sequence[ReturnColumn], usual: Usual, start: datetime.date
) -> bool:  # fmt: skip
    """Mark the rows of `parsed` of which a pseudonym is something else; cells of other columns are asked where they are in error.

    Gives whether any is `unlike` all others. usual: how long the references are; start: first day of the quarter
    """
    references = [place for place, column in enumerate(columns, 1) if column.kind == "reference"]
    if not references:
        return False
    cells = ", ".join(f"{{'column': {place}, 'cell': {_narrow(f'raw[{place}]', rules)}}}" for place in references)
    # A line of headings may stand among the rows, and the columns begin alike: crime_ref is no word.
    no_name = ", ".join(map(quoted, no_names()))
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW referred AS SELECT place, unnest(cells, recursive := true) FROM (SELECT rowid AS place, "
        f"unnest([{cells}]) AS cells FROM parsed WHERE raw IS NOT NULL)"
    )
    # One person may stand in many rows: what most references are is asked of references, each of them once.
    given = (
        'SELECT min(place) AS place, count(*) AS stands, "column", cell FROM referred '
        f"WHERE cell IS NOT NULL AND lower(cell) NOT IN ({no_name}) GROUP BY ALL"
    )
    keep_runs(connection, given, usual, columns)
    reading = of_words(connection, rules)
    recent = " OR ".join(
        f"starts_with(digits, '{year}') OR ends_with(digits, '{year}')" if size == 8
        else f"size = 6 AND (starts_with(digits, '{year[2:]}') OR ends_with(digits, '{year[2:]}'))"
        for size in (8, 6) for year in (str(start.year), str(start.year - 1))
    )  # fmt: skip
    glued = "|".join(f"(?:{form})" for form, searched in rules.patterns.values() if searched == "glued")
    without_form = f"regexp_replace(regexp_replace(cell, {quoted(glued)}, ''), '{OF_HEALTH_SERVICE}', '')"
    limits, close = rules.limits, looks_closely("cell", SIGNS)
    # To compile the forms takes longer than to read a small return.
    [(near, odd, letters, few_cells)] = connection.execute(
        f"SELECT count(*) FILTER ({close} OR odd), count(*) FILTER (odd OR lone), "
        f"count(*) FILTER (NOT regexp_matches(cell, '[0-9]')), count(*) FILTER (cells < {FEW_CELLS}) FROM given"
    ).fetchall()
    asked = [
        words(rules, reading),
        DAYS.format(
            a_day=looks_personal("digits", rules, among=["digits"]), recent=recent, few=limits["shared_beginning_rows"],
            initialled=INITIALLED, in_a_year=IN_A_YEAR, several_days=SEVERAL_DAYS,
        ),
        GLUED.format(
            a_form=looks_personal("cell", rules, among=["glued"]), health_service=of_health_service("cell"),
            odd_form=looks_personal("cell", rules, among=["odd"]) if odd else "false",
            few_cells=FEW_CELLS, by_key=of_a_key(without_form, SHORTEST_LEFT) if few_cells else "false",
        ),
    ]  # fmt: skip
    if near:
        form, few = looks_personal("cell", rules, among=OF_REFERENCES), limits["shared_beginning_rows"]
        asked.append(
            FORMS.format(drawn=PSEUDONYM, close=close, a_form=form, few=few, by_chance=limits["form_by_chance"])
        )
        asked.append(in_parts(looks_personal(joined("cell"), rules, among=["odd"]), PSEUDONYM, MANY))
    if odd:
        asked.append(BORN)
    if letters:
        asked.append(ALONE.format(
            a_word=looks_personal("cell", rules, among=["alone"]), reading=", ".join(map(str, reading)) or "-1",
            short=SHORT, said=can_be_said("lower(cell)"), many=MANY,
        ))  # fmt: skip
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE told AS {' UNION ALL '.join(f'FROM ({places})' for places in asked)}"
    )
    if connection.execute("FROM told LIMIT 1").fetchall():
        mark_personal(connection, _everywhere("FROM told"))
    if odd:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE unlike AS {_everywhere(unlike(MANY))}")
    return bool(odd)


def _everywhere(first: str) -> str:
    """A SELECT of all places of those references of which `first` gives the place that stands in `given`."""
    told = f'FROM given SEMI JOIN ({first}) USING (place, "column")'
    return f'SELECT place, "column" FROM referred SEMI JOIN ({told}) USING ("column", cell)'


def mark_personal(connection: duckdb.DuckDBPyConnection, places: str) -> None:
    """Mark the rows of `parsed` of which a SELECT gives places and columns, and keep these in `personal_cell`."""
    connection.execute(f"INSERT INTO personal_cell {places}")
    connection.execute("UPDATE parsed SET personal = true WHERE rowid IN (SELECT place FROM personal_cell)")


def personal_titles(connection: duckdb.DuckDBPyConnection, titles: Sequence[str], rules: Rules) -> list[int]:
    """The lines above the header that may hold personal data. The name of a force or of a return is none."""
    if not titles:
        return []
    asked = f"SELECT {looks_personal('title', rules, among=IN_TITLES)} FROM (SELECT unnest(?::VARCHAR[]) AS title)"
    formed = connection.execute(asked, [list(titles)]).fetchall()
    told = zip(titles, formed, strict=True)
    return [line for line, (title, (form,)) in enumerate(told, 1) if form or may_be_named(title, rules)]
