"""What a check says: pure, so that an asset check and the publishing audit speak with one voice."""

import functools
import inspect
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from assets.tables.records import records
from schemas.rows import AnyRow


@dataclass(frozen=True)
class CheckOutcome:
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
        first = "; ".join(_in_words(case).removesuffix(".") for case in self.cases.head(3).to_dict("records"))
        return f"Not true of {self.failed:,} of {self.checked:,}: {self.found}. First: {first}."


def _in_words(case: dict[Hashable, object]) -> str:
    """A failing case as `name value, name value`, numbers with separators."""
    return ", ".join(
        f"{name} {value:,.10g}" if isinstance(value, float) else f"{name} {value}" for name, value in case.items()
    )


def outcome(
    name: str, tables: Sequence[str], checked: int, cases: list[dict[str, object]], found: str, *, warning: bool = False
) -> CheckOutcome:
    """An outcome from a list of failing cases."""
    return CheckOutcome(name, tuple(tables), checked, pd.DataFrame(cases), found, warning)


@dataclass(frozen=True)
class Check:
    """A check as it is declared, once: Dagster shows it under its asset, and the audit asks it before publishing.

    look:   pure function; gets one frame per entry of `inputs`; its docstring says what is true where it passes
    about:  table key that the check is shown under; a failure stops everything downstream of it, but for a warning
    inputs: parameter name -> table key
    warns:  a failure is a warning: worth telling, and what is downstream is made all the same
    of_now: true only of all that is known now, so not asked of a day of the past
    """

    look: Callable[..., CheckOutcome]
    about: str
    inputs: Mapping[str, str]
    of_now: bool = False
    warns: bool = False

    def __call__(self, *frames: pd.DataFrame, **named: pd.DataFrame) -> CheckOutcome:
        """What the check says of some tables."""
        return self.look(*frames, **named)

    @property
    def name(self) -> str:
        """The name of the function."""
        return self.look.__name__

    @property
    def description(self) -> str:
        """What is true where it passes."""
        return inspect.getdoc(self.look) or ""


# What a check finds: how many things it looked at, those that are wrong, and what to say of them.
Found = tuple[int, list[dict[str, object]], str]


def check(
    about: str, inputs: Mapping[str, str], *, looks_at: Sequence[str] = (), of_now: bool = False,
    warns: bool = False,
) -> Callable[[Callable[..., Found]], Check]:  # fmt: skip
    """A check of a function that finds what is wrong in tables; its docstring says what is true where nothing is.

    inputs: parameter name -> table key
    looks_at: the tables that it is told to look at, where they are more than the one it is about
    """

    def declared(find: Callable[..., Found]) -> Check:
        @functools.wraps(find)
        def look(*frames: pd.DataFrame, **named: pd.DataFrame) -> CheckOutcome:
            return outcome(find.__name__, looks_at or [about], *find(*frames, **named), warning=warns)

        return Check(look, about, inputs, of_now, warns)

    return declared


def each_row(
    table: str, found: str, *, columns: Sequence[str] = (), look_at: str | None = None, warns: bool = False
) -> Callable[[Callable[[AnyRow], Iterator[str]]], Check]:
    """A check of a table row by row, of a function that yields what is wrong with one; its docstring says what is true.

    found: what to say where nothing is wrong; columns: those looked at, with `row_id`, all where none are named
    look_at: a column without which a row is not looked at
    """

    def declared(faults: Callable[[AnyRow], Iterator[str]]) -> Check:
        @functools.wraps(faults)
        def find(rows: pd.DataFrame) -> Found:
            looked_at = rows if look_at is None else rows[rows[look_at].notna()]
            every = records(looked_at[["row_id", *columns]] if columns else looked_at)
            cases: list[dict[str, object]] = [
                {"row_id": row["row_id"], "found": wrong} for row in every if (wrong := "; ".join(faults(row)))
            ]
            return len(every), cases, found

        return check(table, {"rows": table}, warns=warns)(find)

    return declared
