"""What a check says: pure, so that an asset check and the publishing audit speak with one voice."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Outcome:
    """The result of one check.

    name:    name of the check
    tables:  table keys it looked at
    checked: how many things were looked at
    cases:   the things found wrong, one row each, readable as they stand
    found:   what was found, in words
    warning: a failure is worth telling but stops nothing
    """

    name: str
    tables: tuple[str, ...]
    checked: int
    cases: pd.DataFrame = field(default_factory=pd.DataFrame)
    found: str = ""
    warning: bool = False

    @property
    def failed(self) -> int:
        """How many things were found wrong."""
        return len(self.cases)

    @property
    def passed(self) -> bool:
        """Was nothing wrong found?"""
        return self.failed == 0

    def sentence(self) -> str:
        """What was found, with the first cases where it failed."""
        if self.passed:
            return f"{self.found or 'Nothing wrong'} ({self.checked:,} looked at)."
        first = "; ".join(" ".join(map(str, row)) for row in self.cases.head(3).itertuples(index=False))
        return f"{self.failed:,} of {self.checked:,} fail: {self.found}. First: {first}."


def outcome(
    name: str, tables: Sequence[str], checked: int, cases: list[dict[str, object]], found: str, *, warning: bool = False
) -> Outcome:
    """An outcome from a list of failing cases."""
    return Outcome(name, tuple(tables), checked, pd.DataFrame(cases), found, warning)
