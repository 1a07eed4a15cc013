"""Printed counts as numbers: never a marker as 0, never a number guessed."""

import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.marks import Marks
from assets.archive.open_data.resolved import first_row
from assets.archive.sheets.values import text_value
from assets.words.problems import BadInput, Problem

PLAIN = r"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$"
THOUSANDS = r"^-?\d{1,3}(,\d{3})+(\.\d+)?$"


def numbers(printed: pa.Array, rows: pa.Array, place: str, column: str, known: Marks) -> tuple[pa.Array, pa.Array]:
    """Values (null where none is printed) and statuses of a column of printed numbers.

    BadInput names every text that is neither a number nor a known marker.
    """
    text = pc.utf8_trim_whitespace(printed)
    grouped = pc.match_substring_regex(text, THOUSANDS)
    if pc.any(grouped).as_py():
        text = pc.if_else(grouped, pc.replace_substring(text, ",", ""), text)
    is_number = pc.match_substring_regex(text, PLAIN)
    values = pc.cast(pc.if_else(is_number, text, pa.scalar(None, pa.string())), pa.float64())
    if pc.all(is_number).as_py():
        return _without_sign_of_nought(values), pa.array(["normal"]).take(pa.array([0] * len(text), pa.int8()))
    encoded = pc.dictionary_encode(pc.if_else(is_number, pa.scalar("0"), text))
    kinds = encoded.dictionary.to_pylist()
    found = [text_value(kind, known) for kind in kinds]
    problems = [
        Problem(f"{place}, row {first_row(encoded, at, rows)}", column, repr(kind), "a number or a known marker",
                "A new marker is added to data/layouts/markers.csv, with its source.")
        for at, kind in enumerate(kinds) if found[at] is None
    ]  # fmt: skip
    if problems:
        raise BadInput(f"{place} holds text where numbers should stand", problems)
    odd = pa.array([one.number if one else None for one in found], pa.float64()).take(encoded.indices)
    status = pa.array([one.status if one else None for one in found], pa.string()).take(encoded.indices)
    return _without_sign_of_nought(pc.if_else(is_number, values, odd)), status


def _without_sign_of_nought(values: pa.Array) -> pa.Array:
    """The form "-00" is how an accounting format prints a nought: it parses to -0.0, and is the number 0."""
    return pc.if_else(pc.equal(values, 0.0), pa.scalar(0.0), values)
