"""Everyday faults in words: a full disk, a folder that may not be written, a damaged history, a file that is open elsewhere.

An error comes as itself, or as what Dagster has kept of it: class and message of it and of what caused it. Both are looked
through for the words of the system, of SQLite, DuckDB and Arrow. Each answer says what happened, what is safe, what to do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SAFE = "The last published file stays as it was."
FULL = re.compile(
    r"no space left|disk is full|disk quota exceeded|file too large|errno 28\b|errno 122\b|errno 27\b", re.IGNORECASE
)
LOCKED = re.compile(r"used by another process|winerror 32|could not set lock|conflicting lock", re.IGNORECASE)
CLOSED = re.compile(
    r"permission denied|read-only file system|readonly database|access is denied|operation not permitted|errno 13\b|errno 30\b",
    re.IGNORECASE,
)
DAMAGED = re.compile(
    r"not a database|malformed|database corruption|unable to open database file|disk i/o error", re.IGNORECASE
)
NOT_THERE = re.compile(
    r"no such file or directory|not a directory|too many levels of symbolic links|file name too long|winerror [23]\b",
    re.IGNORECASE,
)
GONE = re.compile(r"stale file handle|input/output error|transport endpoint|errno 5\b", re.IGNORECASE)
SILENT = re.compile(r"too many retries for db connection", re.IGNORECASE)
NAMED = re.compile(r"""['"]((?:[A-Za-z]:)?[/\\][^'"\n]{1,4096})['"]""")


@dataclass(frozen=True)
class Fault:
    """A kind of fault: how it is recognised, what is said of it, what to do."""

    words: re.Pattern[str]
    says: str
    remedy: str


FAULTS = (
    Fault(FULL, "The disk is full{place}.", "Make room: `darkfigure doctor` shows what takes it, `darkfigure tidy` clears what is"
          " old. Then run it again."),
    Fault(LOCKED, "A file is open in another program{place}.", "Close it there, and run it again."),
    Fault(DAMAGED, "Dagster's history is damaged{place}.", "Restore its folder (`darkfigure home`) from a backup, or move it"
          " away: the next run begins a new one."),
    Fault(CLOSED, "A folder may not be written{place}.", "Change who may write there, or name another: --output, --data,"
          " DARKFIGURE_DATA, DAGSTER_HOME."),
    Fault(NOT_THERE, "A folder or file is not there and cannot be made{place}.", "Check that its path is right and its disk is"
          " there, or name another: --output, --landing, --data, DARKFIGURE_DATA, DAGSTER_HOME."),
    Fault(SILENT, "The database of the history does not answer.", "See whether it runs and lets this user in"
          " (DARKFIGURE_POSTGRES), and run it again."),
    Fault(GONE, "The disk does not answer{place}.", "Check the disk or the network drive, and run it again."),
)  # fmt: skip


def fault_in_words(error: Any) -> str | None:
    """An everyday fault as a paragraph; None for what is no everyday fault.

    error: an exception, or Dagster's SerializableErrorInfo
    """
    texts = list(_chain(error, set()))
    for text in reversed(texts):  # the deepest cause knows the place
        for fault in FAULTS:
            if fault.words.search(text):
                place = next((match[1] for line in [text, *texts] if (match := NAMED.search(line))), "")
                return f"{fault.says.format(place=f': {place}' if place else '')} {SAFE} {fault.remedy}"
    return None


def _chain(error: Any, seen: set[int]) -> Iterator[str]:
    """The messages of an error and of what caused it, the first one first; no traceback, whose code could hold any words."""
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, BaseException):
            yield str(error)
            error = error.__cause__ or error.__context__
        else:
            yield error.message
            error = error.cause or error.context
