"""Printed counts as numbers: never a marker as 0, never a number guessed."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from assets.archive.open_data.layouts import pairs
from assets.archive.open_data.resolved import first_row
from assets.problems import BadInput, Problem

PLAIN = r"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$"
THOUSANDS = r"^-?\d{1,3}(,\d{3})+(\.\d+)?$"


def markers(data: Path) -> dict[str, str]:
    """Text that may stand in a column of numbers -> status of the figure."""
    return {printed.casefold(): status for printed, status in pairs(data, "markers", "printed", "obs_status").items()}


def numbers(
    printed: pa.Array, rows: pa.Array, place: str, column: str, known: Mapping[str, str]
) -> tuple[pa.Array, pa.Array]:
    """Values (null where none is printed) and statuses of a column of printed numbers.

    BadInput names every text that is neither a number nor a known marker.
    """
    text = pc.utf8_trim_whitespace(printed)
    grouped = pc.match_substring_regex(text, THOUSANDS)
    if pc.any(grouped).as_py():
        text = pc.if_else(grouped, pc.replace_substring(text, ",", ""), text)
    is_number = pc.match_substring_regex(text, PLAIN)
    values = pc.cast(pc.if_else(is_number, text, pa.scalar(None, pa.string())), pa.float64())
    # "-00" is how an accounting format prints a nought: it parses to -0.0, and is the number 0.
    values = pc.if_else(pc.equal(values, 0.0), pa.scalar(0.0), values)
    if pc.all(is_number).as_py():
        return values, pa.array(["normal"]).take(pa.array([0] * len(text), pa.int8()))
    encoded = pc.dictionary_encode(pc.if_else(is_number, pa.scalar("0"), pc.utf8_lower(text)))
    kinds = encoded.dictionary.to_pylist()
    status = ["normal" if kind == "0" else known.get(kind) for kind in kinds]
    problems = [
        Problem(f"{place}, row {first_row(encoded, at, rows)}", column, repr(kind), "a number or a known marker",
                "A new marker is added to data/layouts/markers.csv, with its source.")
        for at, kind in enumerate(kinds) if status[at] is None
    ]  # fmt: skip
    if problems:
        raise BadInput(f"{place} holds text where numbers should stand", problems)
    return values, pa.array(status, pa.string()).take(encoded.indices)
