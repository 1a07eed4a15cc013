"""What records say of the rows beside them: columns that a spreadsheet has filled down, references apart from their rows."""

import math
from collections.abc import Iterator, Mapping

import duckdb
import numpy as np

from assets.returns.rules import Rules
from schemas.returns import RECORD

# SQL of a value as a number by the kind of its column; of a code of an area its digits.
AS_NUMBER = {
    "date": "({} - DATE '1900-01-01')", "whole": "{}", "code": "enum_code({})", "offence": "enum_code({})",
    "area": "TRY_CAST(right({}, 8) AS BIGINT)",
}  # fmt: skip
COUNTED_UP = ("date", "whole", "area")
EMPTY = -(1 << 40)


def of_neighbours(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Warnings about the order of rows of records (W26, W27): rule, column and what was found."""
    yield from _filled_down(connection, rules)
    yield from _apart(connection, rules)


def _filled_down(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Columns that count up from row to row, by the last rows; those with one value to the end, by rows of the whole file."""
    named = str(rules.rules["W26"]["columns"]).split(";")
    kinds = {column.name: column.kind for column in RECORD if column.name in named}
    [(rows,)] = connection.execute("SELECT count(*) FROM parsed").fetchall()
    many = int(rules.limits["sampled_rows"])
    every = math.ceil(rows / many)
    count_up = {name: kind for name, kind in kinds.items() if kind in COUNTED_UP}
    last = _numbers(connection, count_up, f"rowid >= {rows - many}")
    some = _numbers(connection, kinds, f"rowid % {every} = {(rows - 1) % every}")
    for name, values in last.items():
        filled = (values[1:] != EMPTY) & (values[:-1] != EMPTY)
        up, pairs = int(np.count_nonzero(np.diff(values)[filled] == 1)), int(np.count_nonzero(filled))
        if pairs >= rules.limits["flag_rows"] and up > rules.limits["counted_up_share"] * pairs:
            yield "W26", name, f"one more than in the row before in {up:,} of {pairs:,} rows"
    # Of rows that are sorted by one column others have one value for long too.
    grouped = {name for name, kind in kinds.items() if kind != "date" and _grouped(some[name], rules)}
    for name, values in some.items():
        if grouped <= {name} and (run := _same_to_the_end(values, rules)):
            yield "W26", name, f"the same in the last {run * every:,} of {rows:,} rows, and mixed before"


def _numbers(connection: duckdb.DuckDBPyConnection, kinds: Mapping[str, str], which: str) -> dict[str, np.ndarray]:
    """The values of some columns as numbers, in the order of the file."""
    numbers = ", ".join(
        f"coalesce({AS_NUMBER[kind].format(name)}, {EMPTY})::BIGINT AS {name}" for name, kind in kinds.items()
    )
    told = connection.sql(f"SELECT {numbers} FROM parsed WHERE {which} ORDER BY rowid").to_arrow_table()
    return {name: told[name].to_numpy() for name in kinds}


def _grouped(values: np.ndarray, rules: Rules) -> bool:
    """Are neighbours alike more often than in random order, as of rows that are sorted?"""
    mixed = 1 - float(np.sum((np.unique(values, return_counts=True)[1] / len(values)) ** 2))
    return int(np.count_nonzero(np.diff(values))) < rules.limits["mixed_share"] * len(values) * mixed


def _same_to_the_end(values: np.ndarray, rules: Rules) -> int:
    """How many values at the end are the same, which by the mixed ones before would not happen by chance; else 0."""
    changes = np.flatnonzero(np.diff(values))
    if len(changes) < 2 or values[-1] == EMPTY:
        return 0
    before = values[: int(changes[-1]) + 1]
    run, others = len(values) - len(before), len(before)
    if min(run, others) < rules.limits["flag_rows"] or _grouped(before, rules):
        return 0
    share = (np.count_nonzero(before == values[-1]) + 1) / (others + 1)
    return run if run * math.log(share) < math.log(rules.limits["filled_down_chance"]) else 0


def _apart(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Crimes and victims of several rows that contradict each other: the references may stand in other rows than their own."""
    limits, place = rules.limits, {column.name: at for at, column in enumerate(RECORD, 1)}
    [(every,)] = connection.execute(
        f"SELECT greatest(ceil(count(*) / {limits['sampled_rows']}), 1)::BIGINT FROM parsed"
    ).fetchall()
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
