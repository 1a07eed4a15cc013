"""What records say of the rows beside them: columns that a spreadsheet has filled down, references apart from their rows."""

import math
from collections.abc import Iterator, Mapping, Sequence

import duckdb
import numpy as np

from assets.returns.rules.rules import Rules, one_in
from schemas.returns import RECORD

# SQL of a value as a number by the kind of its column; of a code of an area its digits.
AS_NUMBER = {
    "date": "({} - DATE '1900-01-01')", "whole": "{}", "code": "enum_code({})", "offence": "enum_code({})",
    "area": "TRY_CAST(right({}, 8) AS BIGINT)",
}  # fmt: skip
COUNTED_UP = ("date", "whole", "area")
# Less than any value, and more than there are of them from it on.
EMPTY, NUMBERS = -(1 << 40), 1 << 42
NEARLY_NONE = 0.1
# How references are written: small letters, capitals, which signs, and how long they are where a key draws them (numbers that
# count up grow). Rows, those of which the victim's is written as most are with crimes like theirs, and those as most of all are.
KINDS = """
WITH
  kinds AS (
    SELECT place, "column", concat_ws(' ', cell <> upper(cell), cell <> lower(cell),
      regexp_replace(cell, '[0-9A-Za-z]+', '', 'g'), CASE WHEN drawn THEN strlen(cell) END) AS kind
    FROM given WHERE place % {every} = 0),
  pairs AS (
    SELECT crimes.kind AS of_crime, victims.kind AS of_victim, count(*) AS n
    FROM kinds AS crimes JOIN kinds AS victims USING (place)
    WHERE crimes."column" = {crime} AND victims."column" = {victim} GROUP BY ALL)
SELECT (SELECT sum(n) FROM pairs), (SELECT sum(most) FROM (SELECT max(n) AS most FROM pairs GROUP BY of_crime)),
  (SELECT max(n) FROM (SELECT sum(n) AS n FROM pairs GROUP BY of_victim))"""


def of_neighbours(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Warnings about rows of records beside each other (W26 to W28): rule, column and what was found."""
    [(rows,)] = connection.execute("SELECT count(*) FROM parsed").fetchall()
    yield from _filled_down(connection, rules, rows)
    yield from _apart(connection, rules, rows)
    yield from _of_two_systems(connection, rules)


def _filled_down(connection: duckdb.DuckDBPyConnection, rules: Rules, rows: int) -> Iterator[tuple[str, str, str]]:
    """Columns that count up from row to row, by the last rows; those with one value to the end, by rows of the whole file."""
    named = str(rules.rules["W26"]["columns"]).split(";")
    kinds = {column.name: column.kind for column in RECORD if column.kind in AS_NUMBER}
    many = int(rules.limits["sampled_rows"])
    every = one_in(rows, many)
    count_up = {name: kind for name, kind in kinds.items() if kind in COUNTED_UP and name in named}
    last = _numbers(connection, count_up, f"rowid >= {rows - many}")
    some = _numbers(connection, kinds, f"rowid % {every} = {(rows - 1) % every}")
    for name, values in last.items():
        filled = (values[1:] != EMPTY) & (values[:-1] != EMPTY)
        up, pairs = int(np.count_nonzero(np.diff(values)[filled] == 1)), int(np.count_nonzero(filled))
        if pairs >= rules.limits["flag_rows"] and up > rules.limits["counted_up_share"] * pairs:
            yield "W26", name, f"one more than in the row before in {up:,} of {pairs:,} rows"
    coded = {name: some[name] for name, kind in kinds.items() if kind != "date"}
    keys, groups = _sorted_by(coded, rules)
    for name in named:
        others = [values for other, values in coded.items() if other != name]
        if name not in keys and (run := _same_to_the_end(some[name], others, groups, rules)):
            yield "W26", name, f"the same in the last {run * every:,} of {rows:,} rows, and mixed before"


def _numbers(connection: duckdb.DuckDBPyConnection, kinds: Mapping[str, str], which: str) -> dict[str, np.ndarray]:
    """The values of some columns as numbers, in the order of the file."""
    numbers = ", ".join(
        f"coalesce({AS_NUMBER[kind].format(name)}, {EMPTY})::BIGINT AS {name}" for name, kind in kinds.items()
    )
    told = connection.execute(f"SELECT {numbers} FROM parsed WHERE {which} ORDER BY rowid").fetchnumpy()
    return {name: np.asarray(values) for name, values in told.items()}


def _sorted_by(columns: Mapping[str, np.ndarray], rules: Rules) -> tuple[set[str], np.ndarray]:
    """The columns by which rows are sorted, or sorted within those of others, and a number for each group that they make."""
    keys, groups = set[str](), np.zeros(len(next(iter(columns.values()))), np.int64)
    stray, most = (rules.limits[limit] * len(groups) for limit in ("stray_share", "group_share"))
    while True:
        for name, values in columns.items():
            pairs = groups * NUMBERS + values
            blocks = 1 + np.count_nonzero(np.diff(pairs))
            if blocks >= most + stray:  # of most columns this is all that there is to know, and to sort them takes long
                continue
            made = np.unique(pairs, return_inverse=True)[1]
            many = int(np.max(made)) + 1
            if np.max(groups) + 1 < many < most and blocks <= many + stray:
                keys, groups = keys | {name}, made
                break
        else:
            return keys, groups


def _same_to_the_end(values: np.ndarray, others: Sequence[np.ndarray], groups: np.ndarray, rules: Rules) -> int:
    """How many values at the end are the same, which by the mixed ones before would not happen by chance; else 0.

    others: the columns beside it, which are there as before; where they are not, rows may be sorted by what they do not hold
    groups: of each row, where they are sorted. Of a group one value is common, but no spreadsheet begins to fill down where a
    group does: those rows are looked at that are in one group with the first of the end.
    """
    changes = np.flatnonzero(np.diff(values))
    if len(changes) < 2 or values[-1] == EMPTY:
        return 0
    first = int(changes[-1]) + 1
    near = groups == groups[first]
    before, run = values[:first][near[:first]], np.count_nonzero(near[first:])
    alike = len(values) - first
    if min(alike, first) < rules.limits["flag_rows"] or len(before) < rules.limits["mixed_rows"]:
        return 0
    share = (np.count_nonzero(before == values[-1]) + 1) / (len(before) + 1)
    if run * math.log(share) >= math.log(rules.limits["filled_down_chance"]) or not _mixed(before, rules):
        return 0
    changed = any(_other_parts(column[:first][near[:first]], column[first:][near[first:]], rules) for column in others)
    return 0 if changed else alike


def _other_parts(before: np.ndarray, after: np.ndarray, rules: Rules) -> bool:
    """Have values other parts in two runs of rows than chance gives? Pearson's chi-squared test of homogeneity."""
    from scipy.special import chdtrc  # hardly a return comes here

    counted = np.unique(np.concatenate([before, after]), return_inverse=True)[1]
    many = int(np.max(counted)) + 1
    table = np.stack([np.bincount(some, minlength=many) for some in np.split(counted, [len(before)])])
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return bool(chdtrc(many - 1, np.sum((table - expected) ** 2 / expected)) < rules.limits["beside_chance"])


def _mixed(values: np.ndarray, rules: Rules) -> bool:
    """Are neighbours unlike as often as in random order, or nearly, and not as of rows that are sorted?"""
    unlike = 1 - float(np.sum((np.unique(values, return_counts=True)[1] / len(values)) ** 2))
    return unlike > 0 and bool(np.count_nonzero(np.diff(values)) >= rules.limits["mixed_share"] * len(values) * unlike)


def _apart(connection: duckdb.DuckDBPyConnection, rules: Rules, rows: int) -> Iterator[tuple[str, str, str]]:
    """Crimes and victims of several rows that contradict each other: the references may stand in other rows than their own."""
    limits, place = rules.limits, {column.name: at for at, column in enumerate(RECORD, 1)}
    every = one_in(rows, limits["sampled_rows"])
    crimes = f"""
        SELECT count(*) AS n, min(recorded_date) <> max(recorded_date) AS differ FROM parsed
        WHERE errors = 0 AND hash(crime_ref) % {every} = 0 GROUP BY crime_ref"""
    sex, age = f"nullif(raw[{place['victim_sex']}], 'U')", f"TRY_CAST(raw[{place['victim_age']}] AS INTEGER)"
    victims = f"""
        SELECT count(*) AS n, coalesce(min({sex}) <> max({sex}), false) OR coalesce(max({age}) - min({age}) > 1, false) AS differ
        FROM sampled GROUP BY raw[{place["victim_ref"]}]"""
    said = {"crime_ref": (crimes, "days of recording"), "victim_ref": (victims, "ages or sexes")}
    for name, (asked, what) in said.items():
        [(several, differ)] = connection.execute(
            f"SELECT count(*), count(*) FILTER (differ) FROM ({asked}) WHERE n > 1"
        ).fetchall()
        if several >= limits["apart_references"] and differ > limits["apart_share"] * several:
            yield "W27", name, f"{differ:,} of {several:,} that stand in several rows have several {what}"


def _of_two_systems(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Rows of which both references are written otherwise than those of the others: of another system, supplier or time."""
    place = {column.name: at for at, column in enumerate(RECORD, 1)}
    [(looked_at,)] = connection.execute("SELECT count(DISTINCT place) FROM given").fetchall()
    asked = KINDS.format(
        crime=place["crime_ref"], victim=place["victim_ref"], every=one_in(looked_at, rules.limits["sampled_rows"])
    )
    [(rows, guessed, most)] = connection.execute(asked).fetchall()
    others = (rows or 0) - (most or 0)
    if (
        others >= max(rules.limits["flag_rows"], rules.limits["systems_share"] * (rows or 0))
        and rows - guessed <= NEARLY_NONE * others
    ):
        yield "W28", "crime_ref, victim_ref", f"in {others:,} of {rows:,} rows both are written otherwise than in most"
