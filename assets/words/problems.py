"""Errors for people: what is wrong, where, what was expected, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from assets.words.plain import plain

SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One thing found wrong in an input.

    place:    file and line, or table and row id
    column:   column the trouble is in, or empty for the whole row or file
    value:    what stands there
    expected: what should stand there
    remedy:   what the reader can do
    """

    place: str
    column: str
    value: str
    expected: str
    remedy: str

    def sentence(self) -> str:
        """The problem as one line."""
        where = f"{self.place}, column {self.column}" if self.column else self.place
        return " ".join(plain(f"{where}: found {self.value}; expected {self.expected}. {self.remedy}").split("\n"))


class Busy(Exception):
    """Another refresh or publishing holds the lock."""


class BadInput(Exception):
    """An input that cannot be used; carries every problem found, not only the first."""

    def __init__(self, what: str, problems: Iterable[Problem]) -> None:
        self.what = what
        self.problems = list(problems)
        super().__init__(self.paragraph())

    def paragraph(self) -> str:
        """All of it in readable lines, the first twenty in full."""
        lines = [problem.sentence() for problem in self.problems[:SHOWN]]
        more = len(self.problems) - SHOWN
        if more > 0:
            lines.append(f"... and {more} more of the kind.")
        return "\n".join([f"{plain(self.what)}:", *lines])


def cannot(what: str, place: str, found: str, expected: str, remedy: str) -> BadInput:
    """The error of one thing that is wrong."""
    return BadInput(what, [Problem(place, "", found, expected, remedy)])


def refuse_if_any(what: str, problems: Iterable[Problem]) -> None:
    """Raise BadInput where there is a problem."""
    listed = list(problems)
    if listed:
        raise BadInput(what, listed)
