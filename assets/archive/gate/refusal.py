"""Why a file is not read: what was found in it, what was expected, what to do."""

import contextlib
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import duckdb

from assets.words.problems import BadInput, cannot

FETCH_AGAIN = "Fetch the file again."
WHERE_FROM = "Check where the file comes from."
LONGEST = 200
TABLES = "a workbook (xlsx, xls, ods) or a CSV file"


class Refusal(Exception):
    """A file that is not read."""

    def __init__(self, found: str, expected: str, remedy: str) -> None:
        # A name or a message of a damaged file may be any bytes, and as long as it likes.
        found = found if len(found) <= LONGEST else f"{found[:LONGEST]} ..."
        self.found, self.expected, self.remedy = found, expected, remedy
        super().__init__(found)


def refuse(found: str, expected: str = TABLES, remedy: str = FETCH_AGAIN) -> NoReturn:
    """End the look at a file."""
    raise Refusal(found, expected, remedy)


def not_read(name: str, found: str, expected: str, remedy: str) -> BadInput:
    """The refusal of a file, by what messages call it."""
    return cannot(f"{name} is not read", name, found, expected, remedy)


# A fault of this program in one file stops that file alone: everything else is read, and the fault is told with its place.
ASSETS = Path(__file__).resolve().parents[2]
# Of the machine and not of the file: a full disk, no memory.
OF_THE_MACHINE = (OSError, MemoryError, duckdb.IOException, duckdb.OutOfMemoryException)


@contextlib.contextmanager
def set_aside_at_a_fault(called: str) -> Iterator[None]:
    """Raise BadInput, that says where, for what nobody has foreseen in the reading of a file. called: how messages call it"""
    try:
        yield
    except (BadInput, *OF_THE_MACHINE):
        raise
    except Exception as error:
        steps = traceback.extract_tb(error.__traceback__)
        [*_, last] = [step for step in steps if Path(step.filename).is_relative_to(ASSETS)] or steps
        where = f"{Path(last.filename).name}, line {last.lineno}"
        said = f"{type(error).__name__}: {error}".rstrip(": ")[:LONGEST]
        raise not_read(
            called, f"a fault of Darkfigure ({where}: {said})", "a file that it can read",
            "The fault is not in the file: please report it, with the file.",
        ) from error  # fmt: skip
