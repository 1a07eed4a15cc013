"""A fault of this program in one file stops that file alone: everything else is read, and the fault is told with its place."""

import contextlib
import traceback
from collections.abc import Iterator
from pathlib import Path

import duckdb

from assets.archive.gate.refusal import LONGEST, not_read
from assets.words.problems import BadInput

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
