"""Facts and reference rows in the forms that reconciling needs: periods, pairings, assumptions."""

from dataclasses import fields
from difflib import get_close_matches
from fnmatch import fnmatch
from typing import Any

import pandas as pd

from assets.methods.interval import Interval
from assets.reconciled.ground.assumed import Assumed
from assets.reconciled.ground.comparison import ComparedPeriod, Pairing
from assets.tables.records import Record, records
from assets.words.problems import BadInput, Problem
from schemas.registry import contract
from schemas.row_types import FactRow


def period_of(row: FactRow) -> ComparedPeriod:
    """The period of a fact."""
    return ComparedPeriod(row["period_start"], row["period_end"], row["period_type"])


def release_of(row: FactRow) -> str:
    """`source@release` of a fact."""
    return f"{row['source']}@{row['release']}"


# Fields of a pairing that are called otherwise than their column.
CALLED = {"key": "pairing", **{name: f"estimate_{name}" for name in ("topic", "measures", "source", "unit")}}
PARTED = contract("reference.pairing").lists


def pairings(frame: pd.DataFrame) -> list[Pairing]:
    """The rows of reference.pairing."""

    def field(row: Record, name: str) -> Any:
        column = CALLED.get(name, name)
        value = row[column]  # type: ignore[literal-required]
        return _split(value, PARTED[column]) if column in PARTED else value

    return [
        Pairing(**{described.name: field(row, described.name) for described in fields(Pairing)})
        for row in records(frame)
    ]


ASSUMPTION_FILE = "data/reference/assumption.csv"


class Assumptions:
    """The tracked assumptions by key, as intervals with their row ids."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._rows = {row["assumption"]: row for row in records(frame)}

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def interval(self, key: str) -> Interval:
        """The interval of an assumption; BadInput where it is not tracked."""
        row = self._row(key)
        return Interval.closed(row["lower"], row["upper"])

    def central(self, key: str) -> float:
        """The value that a likely interval takes: the tracked one, else the middle of the interval."""
        central = self._row(key)["central"]
        return float(self.interval(key).midpoint) if central is None else float(central)

    def assumed(self, key: str, scale: float = 1.0) -> Assumed:
        """An assumption with its interval and its central value, both times a factor (0.01 for a percentage)."""
        return Assumed(key, self.interval(key) * scale, self.central(key) * scale, self.row_id(key))

    def row_id(self, key: str) -> str:
        """The row id of an assumption."""
        return str(self._row(key)["row_id"])

    def closest(self, stem: str, series: tuple[str, ...]) -> str:
        """The most specific assumption of a stem that applies to all of some series: `stem` or `stem.part`."""
        fitting = [
            key
            for key, row in self._rows.items()
            if (key == stem or key.startswith(f"{stem}."))
            and all(any(fnmatch(applying, p.strip()) for p in row["applies_to"].split(";")) for applying in series)
        ]
        return max(fitting, key=len, default=stem)

    def _row(self, key: str) -> Record:
        if key not in self._rows:
            near = get_close_matches(key, self._rows, n=3, cutoff=0.4)
            expected = f"a row of this key; the nearest are {', '.join(near)}" if near else "a row of this key"
            problem = Problem(
                ASSUMPTION_FILE, "assumption", f"no {key!r}", expected, "Restore the row from the repository."
            )
            raise BadInput("An assumption that a method needs is not tracked", [problem])
        return self._rows[key]


def _split(text: str | None, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark)) if text else ()
