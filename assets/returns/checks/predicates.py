"""The checks of a return in SQL, made from the template and the rules.

One pass over the CSV gives every row its typed values, the mask of the rules it breaks, the mask of those it should be
looked at for, its threats and its bands. Nothing of a cell is ever put into a statement.
"""

from collections.abc import Sequence

from assets.returns.file.csv_file import CONTROL, SIGNS, without_ends
from assets.returns.personal.personal import looked_at, looks_closely
from assets.returns.personal.pseudonyms import ANY_LENGTH, NO_REFERENCE, Usual
from assets.returns.rules.rules import Rules, membership_bit
from schemas.derive import any_of, quoted
from schemas.returns import (
    AGE_BANDS,
    FLAGS,
    LARGEST_NUMBER,
    LONGEST_REFERENCE,
    MEMBERSHIP,
    PARTNERSHIP,
    TEMPLATES,
    ReturnColumn,
)
from schemas.rows import Record

NOT_KNOWN, OLDEST = "not_known", 999
# The flags that stand in a row of counts.
SEEN_FLAGS = tuple(column.name for column in TEMPLATES["aggregate"] if column.name in FLAGS)
SQL_TYPES = {"date": "DATE", "whole": "INTEGER"}
LETTERS = "".join(MEMBERSHIP.values())
# In base 64 a pseudonym begins and ends with any of its signs.
PSEUDONYM = "[0-9A-Za-z._:/+-]*[0-9A-Za-z][0-9A-Za-z._:/=+-]*"
BAND, FEW_CODES = "code_of_victim_age_band", 6
# Signs of csv_file.SIGNS of which a cell may begin or end with a space, or an end of a line.
SPACES = ' \t"' + CONTROL


def rows_of(
    source: str, profile: str, rules: Rules, start: str, end: str, extracted: str, *suppliers: str, signs: str = SIGNS,
    usual: Usual = ANY_LENGTH, every: int = 0,
) -> str:  # fmt: skip
    """A SELECT over the text columns of `source`: typed columns, `errors`, `warnings`, `looked`, and what is counted.

    start, end, extracted: first and last day of the quarter and the day of the extract, as yyyy-mm-dd; suppliers: who may stand
    in a row; signs: those of csv_file.SIGNS that stand in the file; usual: how long its references are; every: one row of so many
    is looked at whatever stands in it. Needs the types of `types_of`.
    """
    columns = TEMPLATES[profile]
    typed = ", ".join(f'{_typed(column, signs)} AS "{column.name}"' for column in columns)
    # White space about a value is taken away here, before any rule; W31 says that it was there.
    names = [f'"{column.name}"' for column in columns]
    spaced = without_ends(names[0], signs) != names[0]
    sent = ", ".join(f'{without_ends(name, signs)} AS "raw_{name[1:]}' for name in names)
    other = any_of(f'"raw_{name[1:]} IS DISTINCT FROM {name}' for name in names)
    # Of how a reference is written nothing is asked but in rows that are looked at.
    written = any_of(ill_formed(column, signs) for column in columns if column.kind == "reference")
    tests = {
        "E02": any_of([*map(wrong_type, columns), f"CASE WHEN looked THEN {written} END" if written else ""]),
        "E07": any_of(
            f'"raw_{column.name}" IS NOT NULL AND "{column.name}" IS NULL'
            if column.codes
            else not_listed(column, *suppliers)
            for column in columns
        ),
    } | rules.about_rows("quarantine", profile)
    looked_for = rules.about_rows("warn", profile)
    if profile == "aggregate":
        looked_for["W18"] = "raw_membership IS NOT NULL AND NOT membership_known"
    looked_for |= {"W31": "spaced"} if spaced else {}
    as_record = "" if profile == "record" else _as_of_a_record()
    known = (
        "true" if profile == "record" else f"raw_membership IS NOT NULL AND NOT coalesce({_contradicted(rules)}, false)"
    )
    counted = _counted_of_a_record(rules) if profile == "record" else _counted_of_an_aggregate(rules)
    reference = "crime_ref, " if profile == "record" else ""  # for the report
    sampled = f" OR row_key % {every} = 0" if every else ""
    raws = ", ".join(f'"raw_{column.name}"' for column in columns)
    return f"""
WITH
  written AS (SELECT {raws}{f", coalesce({other}, false) AS spaced" if spaced else ""} FROM (SELECT *, {sent} FROM {source})),
  typed AS (SELECT *, {typed} FROM written),
  coded AS (
    SELECT *, {_looked_up(rules)}, DATE '{start}' AS quarter_start, DATE '{end}' AS quarter_end,
      DATE '{extracted}' AS extract_day, {looked_at(columns, signs, usual)} AS looked,
      {known} AS membership_known
    FROM (SELECT *{as_record}, enum_code(offence_code) + 1 AS code_place FROM typed)),
  judged AS (
    SELECT *, {_mask(tests, rules)} AS errors, {_mask(looked_for, rules)} AS warnings, {counted}, {row_key(profile)} AS row_key
    FROM coded)
SELECT {reference}{", ".join(stored(profile))}, errors, warnings, false AS personal,
  CASE WHEN errors <> 0 OR looked{sampled} THEN [{raws}] END AS raw
FROM judged"""


def row_key(profile: str) -> str:
    """SQL of the key of a row; without the supplier, so that keys of two of them can be compared."""
    cells = (
        f"coalesce(\"raw_{column.name}\", '')"
        for column in TEMPLATES[profile]
        if column.in_key and column.kind != "supplier"
    )
    return f"hash({', '.join(cells)})"


def stored(profile: str) -> list[str]:
    """The columns of a row that are kept where it counts: what only tells rows apart is not, the key says it."""
    sent = [column.name for column in TEMPLATES[profile] if column.kind not in ("supplier", "reference", "membership")]
    return [
        *dict.fromkeys(
            [*sent, "offence_class", "in_scope", "membership_bits", "membership_known", "offences", "row_key"]
        )
    ]


def counted_by(profile: str, top: int) -> str:
    """Further columns of a stored row by which it is counted: month, bands of ages, and ages up to the highest that is told."""
    if profile != "record":
        return "NULL::INTEGER AS victim_age_counted, NULL::INTEGER AS suspect_age_counted"
    ages = (  # by a comparison: `least` passes over what is empty, so that no age would be the highest
        f"{age_band(age, BAND)} AS {age}_band, if({age} > {top}, {top}, {age}) AS {age}_counted"
        for age in ("victim_age", "suspect_age")
    )
    return f"date_trunc('month', recorded_date)::DATE AS month, {', '.join(ages)}"


def types_of(rules: Rules) -> str:
    """The statements that make the types of code lists which `rows_of` casts to: one byte a cell, in memory and when stored.

    Offence codes are looked up by theirs and not joined: after a join the rows of a large file do not stand in its order, and
    their lines would be wrong.
    """
    lists = {
        _type_of(column): list(column.codes) for columns in TEMPLATES.values() for column in columns if column.codes
    }
    lists["code_of_offence"] = list(rules.offences)
    return "; ".join(
        f"CREATE OR REPLACE TEMP TYPE {name} AS ENUM ({', '.join(map(quoted, codes))})" for name, codes in lists.items()
    )


def _type_of(column: ReturnColumn) -> str:
    """The type of a column's codes; columns with the same codes share it."""
    return "code_of_" + next(
        other.name for columns in TEMPLATES.values() for other in columns if other.codes == column.codes
    )


def _looked_up(rules: Rules) -> str:
    """What is known of the code at `code_place` among the accepted ones: its class, the sex it names, its first and last day.

    Each is a list in one text, which takes a fifth of the time to read of so many texts.
    """
    columns = zip(*rules.offences.values(), strict=True)
    lists = zip(
        ("offence_class", "code_sex", "code_from", "code_to"),
        columns,
        ("code_of_offence", "code_of_victim_sex", "DATE", "DATE"),
        strict=True,
    )
    return ", ".join(
        f"TRY_CAST(string_split({quoted(','.join(value or '' for value in values))}, ',') AS {kind}[])[code_place] AS {name}"
        for name, values, kind in lists
    )


def wrong_type(column: ReturnColumn) -> str:
    """Condition on `raw_...` and the typed column: a value is missing or not of its type (E02), but for `ill_formed`."""
    raw, tests = f'"raw_{column.name}"', []
    if column.required:
        tests.append(f"{raw} IS NULL")
    if column.kind in SQL_TYPES:
        tests.append(f'({raw} IS NOT NULL AND "{column.name}" IS NULL)')
    if column.kind == "whole":
        tests.append(_otherwise_written(column.name))
        tests.append(f'"{column.name}" NOT BETWEEN -{LARGEST_NUMBER} AND {LARGEST_NUMBER}')
    if column.lowest is not None:
        tests.append(f'"{column.name}" < {column.lowest}')
    if column.kind == "reference":
        tests.append(f"strlen({raw}) > {LONGEST_REFERENCE}")
    if column.name == "crime_count":
        tests.append("crime_count = 0 OR (crime_count < 0 AND raw_action <> 'D')")
    if column.name == "month":
        tests.append('"month" <> date_trunc(\'month\', "month") OR "month" NOT BETWEEN quarter_start AND quarter_end')
    return " OR ".join(tests)


def ill_formed(column: ReturnColumn, signs: str = SIGNS) -> str:
    """Condition on `raw_...`, a reference: it is not written as one (E02)."""
    raw = f'"raw_{column.name}"'
    fits = f"regexp_full_match({raw}, {quoted(PSEUDONYM)}) AND NOT regexp_full_match({raw}, {quoted(NO_REFERENCE)})"
    return f"CASE WHEN {looks_closely(raw, signs)} THEN NOT ({fits}) END"


def age_band(age: str, kind: str = "VARCHAR") -> str:
    """The band of an age in years, as the template names them, as text or as a type of `types_of`."""
    limits = list(tops_of_bands().items())
    whens = " ".join(f"WHEN {age} <= {top} THEN {quoted(band)}::{kind}" for band, top in limits[:-1])
    last, none = (f"{quoted(band)}::{kind}" for band in (limits[-1][0], NOT_KNOWN))
    return f"CASE {whens} WHEN {age} IS NOT NULL THEN {last} ELSE {none} END"


def _typed(column: ReturnColumn, signs: str) -> str:
    raw = f'"raw_{column.name}"'
    if column.kind == "date":
        # Exactly yyyy-mm-dd: what else is read as a day is shorter, or has a space at an end, if the file has any.
        # The day is asked for first: DuckDB works out once what stands there twice, if it is asked of every row.
        bare = f" AND regexp_full_match({raw}, '[0-9-]*')" if {*signs} & {*SPACES} else ""
        day = f"try_strptime({raw}, '%Y-%m-%d')::DATE"
        return f"CASE WHEN {day} >= DATE '0001-01-01' AND strlen({raw}) = 10{bare} THEN {day} END"
    if column.kind == "whole":
        return f"TRY_CAST({raw} AS INTEGER)"
    if column.kind == "offence":
        return f"TRY_CAST({raw} AS code_of_offence)"
    if 0 < len(column.codes) <= FEW_CODES:  # comparing with each is quicker than a lookup
        whens = " ".join(f"WHEN {quoted(code)} THEN {quoted(code)}::{_type_of(column)}" for code in column.codes)
        return f"CASE {raw} {whens} END"
    return f"TRY_CAST({raw} AS {_type_of(column)})" if column.codes else raw


def _otherwise_written(name: str) -> str:
    """Condition: a number is not written in plain digits. A cast takes 1.5 for 2, 1e1 for 10 and 007 for 7; comparing with the
    number written out is exact, and of one or two signs the number says as much."""
    raw = f'"raw_{name}"'
    return (
        f'CASE strlen({raw}) WHEN 1 THEN false WHEN 2 THEN "{name}" BETWEEN 0 AND 9 ELSE "{name}"::VARCHAR <> {raw} END'
    )


def not_listed(column: ReturnColumn, *suppliers: str) -> str:
    """Condition on `raw_...`: a value is not on the list of its column (E07); empty for a column without one."""
    raw = f'"raw_{column.name}"'
    if column.kind == "supplier":
        return f"{raw} NOT IN ({', '.join(map(quoted, suppliers))})"
    if column.kind == "area":
        return f"NOT regexp_full_match({raw}, {quoted(PARTNERSHIP)})"
    if column.kind == "membership":
        return f"{raw} <> '-' AND NOT regexp_full_match({raw}, {quoted(''.join(f'{letter}?' for letter in LETTERS))})"
    if column.codes:
        return f"{raw} NOT IN ({', '.join(map(quoted, column.codes))})"
    return ""


def _mask(tests: dict[str, str], rules: Rules) -> str:
    parts = [f"CASE WHEN {test} THEN {rules.bits[code]} ELSE 0 END" for code, test in sorted(tests.items()) if test]
    return f"({' + '.join(parts) or '0'})::INTEGER"


def _as_of_a_record() -> str:
    """What the rules about a record ask of a row of counts: nothing is said of an age unless it holds for the whole band."""
    tops = " ".join(f"WHEN {quoted(band)} THEN {top}" for band, top in tops_of_bands().items())
    return f""", "month" AS recorded_date, 'person' AS victim_type, CASE victim_age_band {tops} END AS victim_age"""


def tops_of_bands() -> dict[str, int]:
    """Band of ages -> its highest age; of the open band its lowest."""
    return {band: int(band.split("-")[-1].rstrip("+")) for band in AGE_BANDS if band != NOT_KNOWN}


def _counted_of_a_record(rules: Rules) -> str:
    """What of a record is counted: whether it is in scope, its threats, and the offences that it stands for."""
    person = "record_status = 'recorded' AND victim_type = 'person'"
    return f"""coalesce({person} AND {_scope(rules)}, false) AS in_scope, {_membership(rules)} AS membership_bits,
      crime_count AS offences"""


def _counted_of_an_aggregate(rules: Rules) -> str:
    """The same of a row of counts: threats as sent, else, or where these contradict it, those of its code, flags and ages."""
    sent = " + ".join(
        f"CASE WHEN contains(raw_membership, '{letter}') THEN {membership_bit(threat)} ELSE 0 END"
        for threat, letter in MEMBERSHIP.items()
    )
    return f"""coalesce({_scope(rules)}, false) AS in_scope,
      CASE WHEN membership_known THEN ({sent})::SMALLINT ELSE {_membership(rules, banded=True)} END AS membership_bits"""


def _scope(rules: Rules) -> str:
    return any_of(_condition([row], banded=True) for row in rules.definitions if row["by"] == "scope")


def _membership(rules: Rules, banded: bool = False) -> str:
    """The threats of a row as bits; where only bands are known a limit of age holds for whole bands."""
    parts = []
    for threat in MEMBERSHIP:
        rows = [record for record in rules.definitions if record["threat"] == threat]
        if banded:
            rows = [record for record in rows if record["flag"] in (None, *SEEN_FLAGS)]
        groups: dict[tuple[object, ...], list[Record]] = {}
        for row in rows:
            group = (row["by"], row["flag"], row["victim_sex"], row["victim_age_from"], row["victim_age_to"])
            groups.setdefault(group, []).append(row)
        test = any_of(_condition(group, banded) for group in groups.values())
        parts += [f"CASE WHEN {test} THEN {membership_bit(threat)} ELSE 0 END"] if test else []
    return f"({' + '.join(parts)})::SMALLINT"


def _contradicted(rules: Rules) -> str:
    """Condition on a row of counts: its threats, as sent, are not those that its code, flags, sex and ages say.

    A threat that its row has must be sent. One that is sent must be possible: of what is not recorded nothing is said.
    """
    tests = []
    for threat, letter in MEMBERSHIP.items():
        rows = [row for row in rules.definitions if row["threat"] == threat]
        seen = [row for row in rows if row["flag"] in (None, *SEEN_FLAGS)]
        sent = f"contains(raw_membership, '{letter}')"
        if seen:
            tests.append(f"NOT {sent} AND ({any_of(_condition([row], banded=True) for row in seen)})")
        if rows:
            tests.append(f"{sent} AND NOT ({any_of(_condition([row], banded=True, possible=True) for row in rows)})")
    return any_of(tests)


def _condition(rows: Sequence[Record], banded: bool, possible: bool = False) -> str:
    """The condition of some rows of the definition that differ in their offence code only.

    possible: it also holds where what it asks for is not recorded, and of a band that is partly within its ages
    """
    first, unknown = rows[0], " OR victim_sex = 'U'" if possible else ""
    tests = [f"(victim_sex = {quoted(str(first['victim_sex']))}{unknown})"]
    if first["by"] == "offence":
        tests.append(f"offence_class IN ({', '.join(quoted(str(row['offence_code'])) for row in rows)})")
    if first["flag"]:
        assert first["flag"] in FLAGS
        if not possible:
            tests.append(f"{first['flag']} = 'Y'")
        elif first["flag"] in SEEN_FLAGS:
            tests.append(f"coalesce({first['flag']} = 'Y', true)")
    lowest, highest = first["victim_age_from"], first["victim_age_to"]
    if lowest is not None or highest is not None:
        bounds = (0 if lowest is None else int(str(lowest)), OLDEST if highest is None else int(str(highest)))
        bands = bands_within(*bounds, partly=possible)
        tests.append(
            (f"(victim_age_band = '{NOT_KNOWN}' OR {bands})" if possible else bands)
            if banded
            else f"victim_age BETWEEN {bounds[0]} AND {bounds[1]}"
        )
    return " AND ".join(tests)


def bands_within(lowest: int, highest: int, column: str = "victim_age_band", partly: bool = False) -> str:
    """Condition: a band of ages is within two ages, or partly."""
    inside = []
    for band in AGE_BANDS:
        if band != NOT_KNOWN:
            ends = band.rstrip("+").split("-")
            first, last = int(ends[0]), int(ends[1]) if len(ends) > 1 else OLDEST
            if (first <= highest and lowest <= last) if partly else (lowest <= first and last <= highest):
                inside.append(quoted(band))
    return f"{column} IN ({', '.join(inside) or 'NULL'})"
