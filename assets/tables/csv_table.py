"""Read a tracked CSV file into typed columns, with the file and line of everything that does not fit."""

import csv
import datetime
import io
import math
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from assets.words.problems import Problem, refuse_if_any
from assets.words.wording import number_of
from schemas.derive import arrow_type, columns
from schemas.table import Table

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
WHOLE = re.compile(r"-?[0-9]+")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LARGEST_WHOLE, DIGITS = 2**63, 20
MARKER = re.compile(r"\[[a-z0-9]+\]|[:.*+-]{1,2}|n/?a|\*", re.IGNORECASE)


def read_csv(
    path: Path, model: type[Table], name: str, derived: Collection[str] = ("row_id",), *, may_be_empty: bool = False
) -> tuple[pd.DataFrame, list[int]]:
    """The rows of one file, typed as the model declares, and the line each stands on.

    `name` is how messages call the file; `derived` are columns of the model that no file holds. Empty cells become
    None. Raises BadInput with every problem found; a header alone is one, unless the file may be empty.
    """
    wanted = {column: arrow_type(spec) for column, spec in columns(model).items() if column not in derived}
    optional = {column for column, spec in columns(model).items() if spec.nullable}
    records, problems = csv_records(path, name, list(wanted), may_be_empty=may_be_empty)
    parsed: dict[str, list[Any]] = {column: [] for column in wanted}
    for line, record in records:
        for column, declared in wanted.items():
            text = record[column]
            value, expected = (None, None) if text == "" else PARSERS[declared](text)
            if text == "" and column not in optional:
                expected = "a value"
            if expected:
                problems.append(Problem(f"{name}, line {line}", column, repr(text), expected, _remedy(text, column)))
            parsed[column].append(value)
    refuse_if_any(f"{name} cannot be read", problems)
    frame = pd.DataFrame(
        {column: pd.Series(pa.array(parsed[column], type=declared), dtype=pd.ArrowDtype(declared))
         for column, declared in wanted.items()}
    )  # fmt: skip
    return frame, [line for line, _ in records]


def csv_records(
    path: Path, name: str, wanted: list[str] | None = None, *, may_be_empty: bool = False
) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    """The rows of a file as text, each with its line, and those that cannot be read.

    wanted: the columns that its header must have, in any order, and no others; not looked at where None
    Raises BadInput where the file or its header cannot be read.
    """
    content = _content(path, name)
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    try:
        header = next(reader)
    except csv.Error as error:
        raise_one(f"{name}, line 1", str(error), "a well-formed header", "Close every quote that is opened.")
    _check_header(header, header if wanted is None else wanted, name)
    records, problems = [], []
    start = reader.line_num + 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if len(cells) != len(header):
                found, expected = number_of(len(cells), "cell"), f"{len(header)} as in the header"
                remedy = "Quote text that holds a comma, and complete a line that was cut off."
                problems.append(Problem(f"{name}, line {line}", "", found, expected, remedy))
                continue
            records.append((line, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    except csv.Error as error:
        place, remedy = f"{name}, line {reader.line_num}", "Close every quote that is opened."
        problems.append(Problem(place, "", str(error), "well-formed CSV", remedy))
    if not records and not problems and not may_be_empty:
        problems.append(Problem(name, "", "a header without rows", "at least one row", "Restore the file."))
    return records, problems


def _content(path: Path, name: str) -> str:
    if not path.is_file():
        raise_one(name, "no such file", "a CSV file", "Restore it from the repository.")
    raw = path.read_bytes()
    if not raw.strip():
        raise_one(name, "an empty file", "a header and rows", "Restore it from the repository.")
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise_one(f"{name}, line {line}", f"byte {raw[error.start]:#04x}", "UTF-8 text", "Save the file as UTF-8 CSV.")
    if not content.endswith("\n"):
        last = content.count("\n") + 1
        raise_one(
            f"{name}, line {last}",
            "no line end after the last row",
            "a complete last line",
            "The file looks cut off: restore it, or add the line end if the row is complete.",
        )
    return content


def raise_one(place: str, value: str, expected: str, remedy: str) -> None:
    """Refuse a whole file for one reason."""
    refuse_if_any(f"{place} cannot be read", [Problem(place, "", value, expected, remedy)])


def _check_header(header: list[str], wanted: list[str], name: str) -> None:
    missing = [column for column in wanted if column not in header]
    extra = [column for column in header if column not in wanted]
    problems = [
        Problem(f"{name}, line 1", column, "no such column", "a column of this name",
                f"The header has {', '.join(header)}.")
        for column in missing
    ]  # fmt: skip
    problems += [
        Problem(f"{name}, line 1", column, "an unknown column", f"only {', '.join(wanted)}", "Remove or rename it.")
        for column in extra
    ]
    if len(set(header)) != len(header):
        problems.append(Problem(f"{name}, line 1", "", "a column twice", "every column once", "Remove one of them."))
    refuse_if_any(f"{name} does not have the documented header", problems)


def _remedy(text: str, column: str) -> str:
    if MARKER.fullmatch(text):
        return f"A marker is not a value: leave {column} empty and say it in obs_status."
    if text == "":
        return "Fill it in from the source, with its citation."
    return "Correct it from the source."


def _number(text: str) -> tuple[Any, str | None]:
    fits = NUMBER.fullmatch(text) and math.isfinite(float(text))
    return (float(text), None) if fits else (None, "a number without separators")


def _whole(text: str) -> tuple[Any, str | None]:
    fits = WHOLE.fullmatch(text) and len(text) <= DIGITS and -LARGEST_WHOLE <= int(text) < LARGEST_WHOLE
    return (int(text), None) if fits else (None, "a whole number")


def _date(text: str) -> tuple[Any, str | None]:
    try:
        day = datetime.date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    return day, None if day else "a date as yyyy-mm-dd"


def _flag(text: str) -> tuple[Any, str | None]:
    return (text == "true", None) if text in ("true", "false") else (None, "true or false")


PARSERS: dict[pa.DataType, Callable[[str], tuple[Any, str | None]]] = {
    pa.string(): lambda text: (text, None),
    pa.float64(): _number,
    pa.int64(): _whole,
    pa.date32(): _date,
    pa.bool_(): _flag,
}
