"""Read the reference tables of data/reference/."""

from pathlib import Path

import pandas as pd

from assets.reference.ties import reference_file, unknown_problems
from assets.reference.validity import overlap_problems, reversed_problems
from assets.tables.conform import conform
from assets.tables.csv_table import read_csv
from assets.tables.failures import refuse_failures
from schemas.registry import contract

VALIDITY = {
    "reference.availability": (("availability",), "first_day", "last_day"),
    "reference.comparability_break": (("break_id",), "date", "last_day"),
    "reference.offence_threat": (("offence_code", "threat", "grouping"), "valid_from", "valid_to"),
    "reference.fieldwork": (("topic_pattern",), "period_start", "period_end"),
}


def read_reference(data: Path, key: str) -> pd.DataFrame:
    """One reference table, validated; BadInput with file and line of everything wrong in it."""
    table = contract(key)
    name = f"data/{reference_file(key)}"
    rows, lines = read_csv(data / reference_file(key), table.model, name, may_be_empty=table.may_be_empty)
    frame = conform(rows, table)
    places = [f"{name}, line {line}" for line in lines]
    problems = [*overlap_problems(frame, places, *VALIDITY[key])] if key in VALIDITY else []
    if {"lower", "upper"} <= set(frame.columns):
        problems += reversed_problems(frame, places)
    problems += unknown_problems(data, frame, table, places)
    refuse_failures(frame, table, places, problems, name)
    return frame
