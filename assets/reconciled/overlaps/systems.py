"""Systems of overlapping sets: which sets, in which scope and unit, and which unions and pairs are asked for."""

from dataclasses import dataclass

import pandas as pd

from assets.tables.records import records
from schemas.codes import THREAT

AS_STATED = "as_stated"
Sets = tuple[str, ...]


@dataclass(frozen=True)
class SetSystem:
    """One system of sets of one population in one unit."""

    key: str
    scope: str
    unit: str
    sex: str
    period_type: str
    unions: tuple[Sets, ...]
    pairs: tuple[Sets, ...]


def systems_asked(rows: pd.DataFrame) -> dict[str, SetSystem]:
    """The rows of `reference.set_system` by key."""
    return {
        row["set_system"]: SetSystem(
            row["set_system"], row["scope"], row["unit"], row["sex"], row["period_type"],
            _sets(row["unions"]), _sets(row["pairs"]),
        )
        for row in records(rows)
    }  # fmt: skip


def _sets(text: str | None) -> tuple[Sets, ...]:
    return tuple(tuple(sets.split("|")) for sets in text.split(";")) if text else ()


def set_in_words(name: str) -> str:
    """A set as text: the threat's name, else its key with spaces."""
    return THREAT.get(name, name.replace("_", " ").replace("non da", "non-DA"))
