"""Printed counts as numbers: never a marker as 0, never a number guessed."""

import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.reading.marks import Marks
from assets.archive.reading.result import Finding, each_marker_once, few, unreadable_cell, what_to_do
from assets.archive.reading.values import LARGEST, WHOLE, impossible, text_value
from assets.words.problems import BadInput, Problem

FROM_SOURCE = "Look at the source; take the file as published."
PLAIN = r"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$"


def numbers(
    printed: pa.Array, rows: pa.Array, place: str, column: str, known: Marks, unit: str, findings: list[Finding]
) -> tuple[pa.Array, pa.Array]:
    """Values (null where none is printed) and statuses of a column of printed numbers.

    A cell that is neither a number nor a known marker, or a number that its unit cannot have, has no status: it is named in
    `findings`, and its row is to be left out. BadInput names them all where they are more than a few.
    """
    text = pc.utf8_trim_whitespace(printed)
    is_number = pc.match_substring_regex(text, PLAIN)
    values = pc.cast(pc.if_else(is_number, text, pa.scalar(None, pa.string())), pa.float64())
    status = pc.if_else(is_number, pa.scalar("normal"), pa.scalar(None, pa.string()))
    if not pc.all(is_number).as_py():
        encoded = pc.dictionary_encode(pc.if_else(is_number, pa.scalar("0"), text))
        read_values = [text_value(kind, known) for kind in encoded.dictionary.to_pylist()]
        odd = pa.array([value.number if value else None for value in read_values], pa.float64()).take(encoded.indices)
        kinds = pa.array([value.status if value else None for value in read_values], pa.string()).take(encoded.indices)
        values, status = pc.if_else(is_number, values, odd), pc.if_else(is_number, status, kinds)
    wrong = pc.or_(pc.is_null(status), _suspect(values, text, unit))
    if not pc.any(wrong).as_py():
        return _without_sign_of_nought(values), status
    problems, left = _problems(values, text, pc.indices_nonzero(wrong).to_pylist(), rows, place, column, unit)
    unknown = each_marker_once(problems)
    if not few(problems, len(text)):
        raise BadInput(f"{place} holds what is no number where numbers should stand", unknown)
    findings += map(unreadable_cell, unknown)
    mask = pa.array([at in left for at in range(len(text))], pa.bool_())
    return _without_sign_of_nought(values), pc.if_else(mask, pa.scalar(None, pa.string()), status)


def _suspect(values: pa.Array, text: pa.Array, unit: str) -> pa.Array:
    """Values that `impossible` may have something against; nulls are markers."""
    far = pc.or_(pc.invert(pc.is_finite(values)), pc.greater(pc.abs(values), LARGEST))
    part = pc.match_substring(text, ".") if unit in WHOLE else pa.scalar(False)
    return pc.fill_null(pc.or_(pc.or_(far, part), pc.match_substring_regex(text, "[%E]")), False)


def _problems(
    values: pa.Array, text: pa.Array, suspects: list[int], rows: pa.Array, place: str, column: str, unit: str
) -> tuple[list[Problem], set[int]]:
    problems: dict[int, Problem] = {}
    for at in suspects:
        number, printed = values[at].as_py(), text[at].as_py()
        expected = "a number or a known marker" if number is None else impossible(number, unit, printed)
        if expected is not None:
            remedy = what_to_do(printed) if number is None else FROM_SOURCE
            problems[at] = Problem(
                f"{place}, row {rows[at].as_py()}, column {column}", "", repr(printed), expected, remedy
            )
    return list(problems.values()), set(problems)


def _without_sign_of_nought(values: pa.Array) -> pa.Array:
    """The form "-00" is how an accounting format prints a nought: it parses to -0.0, and is the number 0."""
    return pc.if_else(pc.equal(values, 0.0), pa.scalar(0.0), values)
