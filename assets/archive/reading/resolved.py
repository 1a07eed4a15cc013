"""Whole columns of printed names and periods resolved at once, with the true row of what does not resolve."""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.reading.names import Names
from assets.archive.reading.periods import Period
from assets.words.problems import BadInput, Problem

TEXT, DATE = pa.string(), pa.date32()


def resolved(names: Names, printed: pa.Array, rows: pa.Array, place: str, column: str) -> pa.Array:
    """The keys of printed names; BadInput with every unknown one, the row it first stands on and the nearest names."""
    encoded = pc.dictionary_encode(printed)
    values = encoded.dictionary.to_pylist()
    keys = [names.key(value) for value in values]
    problems = [
        names.problem(f"{place}, row {first_row(encoded, at, rows)}", column, value)
        for at, (value, key) in enumerate(zip(values, keys, strict=True))
        if key is None
    ]
    if problems:
        raise BadInput(f"{place} names a {names.what} that is not known", problems)
    return pa.array(keys, TEXT).take(encoded.indices)


def taken_periods(
    printed: pa.Array, dates: Callable[[str], Period | None], rows: pa.Array, place: str, expected: str
) -> tuple[pa.Array, pa.Array]:
    """First and last days of printed periods; BadInput with every one that cannot be read."""
    encoded = pc.dictionary_encode(printed)
    values = encoded.dictionary.to_pylist()
    periods = [dates(value) for value in values]
    problems = [
        Problem(f"{place}, row {first_row(encoded, at, rows)}", "", repr(values[at].replace("\t", ", quarter ")), expected,
                "If the source has mis-keyed it, say so in the corrections of its layout, with the reason.")
        for at, period in enumerate(periods) if period is None
    ]  # fmt: skip
    if problems:
        raise BadInput(f"{place} has a period that cannot be read", problems)
    starts, ends = [period.start for period in periods if period], [period.end for period in periods if period]
    return pa.array(starts, DATE).take(encoded.indices), pa.array(ends, DATE).take(encoded.indices)


def first_row(encoded: pa.DictionaryArray, at: int, rows: pa.Array) -> int:
    """The row on which the value `at` of an encoded column first stands."""
    index: int = pc.index(encoded.indices, pa.scalar(at, encoded.indices.type)).as_py()
    row: int = rows[index].as_py()
    return row
