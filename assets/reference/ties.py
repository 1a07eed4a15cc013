"""Codes that lead from one reference table to another: known there, or refused with their line before anything is made."""

import csv
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from assets.words.problems import Problem
from schemas.registry import contract
from schemas.table import OR, Contract

REMEDY = "Correct it, or add what is new there first."
NO_FILE = "reference.publication"  # made of sources.yaml


def reference_file(key: str) -> str:
    """Path below the data folder of the file of one reference table."""
    return f"reference/{contract(key).name}.csv"


def tied_files(key: str) -> list[str]:
    """The file of a reference table, and those that its codes lead to."""
    others = {other for ends in contract(key).ties.values() for other, _ in ends} - {NO_FILE}
    return [reference_file(reference) for reference in dict.fromkeys((key, *sorted(others)))]


def unknown_problems(data: Path, frame: pd.DataFrame, table: Contract, places: Sequence[str]) -> Iterator[Problem]:
    """Codes that stand in none of the files that they lead to; what leads elsewhere the audit before publishing looks at."""
    for column, ends in table.ties.items():
        files = [(data / reference_file(key), name) for key, name in ends]
        values = [_values(file, name, file.stat().st_mtime_ns) if file.is_file() else None for file, name in files]
        if None in values:
            continue
        known = frozenset[str]().union(*filter(None, values))
        expected = OR.join(f"a value of {name} in data/reference/{file.name}" for file, name in files)
        for place, value in zip(places, frame[column], strict=True):
            codes = [] if pd.isna(value) else value.split(table.lists[column]) if column in table.lists else [value]
            yield from (Problem(place, column, repr(code), expected, REMEDY) for code in codes if code not in known)


@lru_cache(maxsize=64)
def _values(file: Path, column: str, _: int) -> frozenset[str] | None:
    """What stands in a column of a file as it is now; None where it has no such column, which its own reading refuses."""
    with file.open(encoding="utf-8", errors="replace", newline="") as text:
        rows = csv.DictReader(text)
        return frozenset(row[column] or "" for row in rows) if column in (rows.fieldnames or ()) else None
