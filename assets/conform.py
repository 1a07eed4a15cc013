"""Bring a frame into exactly the form its contract declares, or refuse it.

Arrow converts more than it should ("1" to 1, a timestamp to a date, a misspelt struct key to null), so names and value
types are looked at before Arrow sees them.
"""

import datetime
from typing import Any

import pandas as pd
import pyarrow as pa
from pandera.errors import SchemaErrors

from assets.problems import BadInput, Problem, refuse_if_any
from schemas.derive import arrow_schema
from schemas.row_id import row_ids
from schemas.table import Contract

REMEDY = "This is a fault of the code that made the table, not of the data: please report it."


def conform(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The frame with the contract's columns in order, its Arrow types and its row ids; BadInput where it does not fit."""
    schema = arrow_schema(contract.model)
    if contract.prefix:
        frame = frame.assign(row_id=row_ids(contract, frame))
    problems = [
        Problem(contract.key, name, "no such column", "a column of this name", REMEDY)
        for name in schema.names
        if name not in frame.columns
    ]
    problems += [
        Problem(contract.key, str(name), "an undeclared column", f"only {', '.join(schema.names)}", REMEDY)
        for name in frame.columns
        if name not in schema.names
    ]
    refuse_if_any(f"{contract.key} does not have its declared columns", problems)
    arrays = [_array(frame[field.name], field, contract.key) for field in schema]
    conformed: pd.DataFrame = pa.table(arrays, schema=schema).to_pandas(types_mapper=pd.ArrowDtype)
    return conformed


def validate(frame: pd.DataFrame, contract: Contract) -> None:
    """Check a conformed frame against its model; BadInput with every failing value."""
    try:
        contract.model.validate(frame, lazy=True)
    except SchemaErrors as error:
        raise BadInput(f"{contract.key} breaks its contract", _problems(error, frame, contract)) from None


def _problems(error: SchemaErrors, frame: pd.DataFrame, contract: Contract) -> list[Problem]:
    found = []
    for case in error.failure_cases.to_dict("records"):
        index = case["index"]
        place = contract.key
        if "row_id" in frame.columns and index in frame.index:
            place = str(frame.at[index, "row_id"])
        found.append(Problem(place, str(case["column"]), repr(case["failure_case"]), str(case["check"]), REMEDY))
    return found


def _array(values: pd.Series, field: pa.Field, table: str) -> pa.Array:
    if isinstance(values.dtype, pd.ArrowDtype) and values.dtype.pyarrow_dtype == field.type:
        return pa.array(values, type=field.type)
    plain = [None if _empty(value) else value for value in values.astype("object")]
    wrong = next(((index, value) for index, value in enumerate(plain) if not _fits(value, field.type)), None)
    if wrong is not None:
        place = f"{table}, row {wrong[0]}"
        raise BadInput(
            f"{table} holds a value of another type",
            [Problem(place, field.name, repr(wrong[1]), str(field.type), REMEDY)],
        )
    return pa.array(plain, type=field.type)


def _empty(value: Any) -> bool:
    if isinstance(value, (list, tuple, dict)):
        return False
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _fits(value: Any, declared: pa.DataType) -> bool:
    """Is a Python value of the declared type, without any conversion but int to float?"""
    if value is None:
        return True
    if pa.types.is_list(declared):
        return isinstance(value, (list, tuple)) and all(_fits(part, declared.value_type) for part in value)
    if pa.types.is_struct(declared):
        names = {part.name for part in declared}
        return isinstance(value, dict) and set(value) == names and all(_fits(value[p.name], p.type) for p in declared)
    if pa.types.is_date32(declared):
        return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    if pa.types.is_timestamp(declared):
        return isinstance(value, datetime.datetime)
    if pa.types.is_boolean(declared):
        return isinstance(value, bool)
    if pa.types.is_string(declared):
        return isinstance(value, str)
    if pa.types.is_floating(declared):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, int) and not isinstance(value, bool)
