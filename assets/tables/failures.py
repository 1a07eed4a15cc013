"""Validate rows that were read from a file, and say of every failure where in the file it stands."""

from collections.abc import Iterable, Sequence

import pandas as pd
from pandera.errors import SchemaErrors

from assets.words.problems import Problem, refuse_if_any
from schemas.table import Contract

EXPECTED = {
    "not_nullable": ("a value", "Fill it in from the source, with its citation."),
    "field_uniqueness": (
        "every key once",
        "The key columns of this row stand on another line too: remove one of them.",
    ),
}


def refuse_failures(
    frame: pd.DataFrame, contract: Contract, places: Sequence[str], further: Iterable[Problem], name: str
) -> None:
    """BadInput with every failure of the contract, and the further problems, or nothing."""
    refuse_if_any(f"{name} does not hold what it should", [*failures(frame, contract, places), *further])


def failures(frame: pd.DataFrame, contract: Contract, places: Sequence[str]) -> list[Problem]:
    """Every value that breaks the contract, with its place."""
    try:
        contract.model.validate(frame, lazy=True)
    except SchemaErrors as error:
        return [_problem(case, contract, places) for case in error.failure_cases.to_dict("records")]
    return []


def _problem(case: dict[str, object], contract: Contract, places: Sequence[str]) -> Problem:
    index, check, column = case["index"], str(case["check"]), str(case["column"])
    place = places[int(str(index))] if str(index).isdigit() else contract.key
    expected, remedy = EXPECTED.get(check, (_in_words(check), "Correct it from the source."))
    return Problem(place, column, repr(case["failure_case"]), expected, remedy)


def _in_words(check: str) -> str:
    """A pandera check as a person would say it: `isin(['a', 'b'])` becomes `one of 'a', 'b'`."""
    for name, words in (
        ("isin", "one of"),
        ("greater_than_or_equal_to", "at least"),
        ("less_than_or_equal_to", "at most"),
    ):
        if check.startswith(f"{name}("):
            return f"{words} {check[len(name) + 1 : -1].strip('[]')}"
    return check
