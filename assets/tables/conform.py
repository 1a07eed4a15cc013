"""Bring a frame into exactly the form its contract declares, or refuse it.

Arrow converts more than it should ("1" to 1, a timestamp to a date, a misspelt struct key to null), so names and value
types are looked at before Arrow sees them.
"""

import datetime
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandera.errors import SchemaErrors

from assets.words.plain import NOT_PLAIN
from assets.words.plain import plain as plain_text
from assets.words.problems import BadInput, Problem, refuse_if_any
from schemas.derive import arrow_schema
from schemas.registry import contract
from schemas.row_id import row_ids
from schemas.rows import AnyRow
from schemas.table import Contract

EMPTIES = frozenset({type(None), type(pd.NA)})
# What a column may hold before Arrow sees it; a bool is no int, a datetime no date, a float no int.
PLAIN_TYPES: dict[pa.DataType, frozenset[type]] = {
    pa.string(): EMPTIES | {str},
    pa.float64(): EMPTIES | {float, int},
    pa.int64(): EMPTIES | {int},
    pa.bool_(): EMPTIES | {bool},
    pa.date32(): EMPTIES | {datetime.date},
    pa.timestamp("us"): EMPTIES | {datetime.datetime, pd.Timestamp},
}
LISTS = {list, tuple}
ROW_ID = "row_id"
REMEDY = "This is a fault of the code that made the table, not of the data: please report it."


def given_names(contract: Contract) -> list[str]:
    """The columns that whoever makes a table gives: all but a row id that follows from them."""
    return [name for name in arrow_schema(contract.model).names if not (name == ROW_ID and contract.prefix)]


def conform(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """The frame with the contract's columns in order, its Arrow types and its row ids; BadInput where it does not fit."""
    schema = arrow_schema(contract.model)
    given = given_names(contract)
    problems = [
        Problem(contract.key, name, "no such column", "a column of this name", REMEDY)
        for name in given
        if name not in frame.columns
    ]
    problems += [
        Problem(contract.key, str(name), "an undeclared column", f"only {', '.join(schema.names)}", REMEDY)
        for name in frame.columns
        if name not in schema.names
    ]
    refuse_if_any(f"{contract.key} does not have its declared columns", problems)
    arrays = {name: _plain_text(_array(frame[name], schema.field(name), contract.key)) for name in given}
    if contract.prefix:
        keys = pa.table({name: arrays[name] for name in contract.row_key}).to_pandas(types_mapper=pd.ArrowDtype)
        arrays[ROW_ID] = pa.array(row_ids(contract, keys), pa.string())
    ordered = [arrays[name] for name in schema.names]
    conformed: pd.DataFrame = pa.table(ordered, schema=schema).to_pandas(types_mapper=pd.ArrowDtype)
    return conformed


def validate(frame: pd.DataFrame, contract: Contract) -> None:
    """Check a conformed frame against its model; BadInput with every failing value."""
    try:
        contract.model.validate(frame, lazy=True)
    except SchemaErrors as error:
        raise BadInput(f"{contract.key} breaks its contract", _problems(error, frame, contract)) from None


def _problems(error: SchemaErrors, frame: pd.DataFrame, contract: Contract) -> list[Problem]:
    problems = []
    for case in error.failure_cases.to_dict("records"):
        index = case["index"]
        place = contract.key
        if "row_id" in frame.columns and index in frame.index:
            place = str(frame.at[index, "row_id"])
        problems.append(Problem(place, str(case["column"]), repr(case["failure_case"]), str(case["check"]), REMEDY))
    return problems


def _array(values: pd.Series, field: pa.Field, table: str) -> pa.Array:
    if isinstance(values.dtype, pd.ArrowDtype) and values.dtype.pyarrow_dtype == field.type:
        return pa.array(values, type=field.type)
    plain = [value.item() if isinstance(value, np.generic) else value for value in values.tolist()]
    if not _fit(plain, field.type):
        _refuse_strangers(plain, field, table)
    try:
        return pa.array(plain, type=field.type, from_pandas=True)
    except UnicodeEncodeError:  # the name of a file may be no text at all
        return pa.array(
            [plain_text(value) if isinstance(value, str) else value for value in plain], field.type, from_pandas=True
        )


def _plain_text(values: pa.Array) -> pa.Array:
    """Text from outside without what would steer a terminal: here it enters every table, and so all that is made of them."""
    if values.type != pa.string() or not pc.any(pc.match_substring_regex(values.unique(), NOT_PLAIN)).as_py():
        return values
    return pa.array([None if value is None else plain_text(value) for value in values.to_pylist()], pa.string())


def _refuse_strangers(plain: list[Any], field: pa.Field, table: str) -> None:
    """Look at every value of a column that holds more than its plain type and the usual empties."""
    for index, value in enumerate(plain):
        if not _empty(value) and not _fit([value], field.type):
            problem = Problem(f"{table}, row {index}", field.name, repr(value), str(field.type), REMEDY)
            raise BadInput(f"{table} holds a value of another type", [problem])


def _empty(value: Any) -> bool:
    if isinstance(value, (list, tuple, dict)):
        return False
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _fit(values: Sequence[Any], declared: pa.DataType) -> bool:
    """Are all values of the declared type or empty, without any conversion but int to float?"""
    if pa.types.is_list(declared):
        lists = [value for value in values if value is not None]
        return set(map(type, lists)) <= LISTS and _fit([*chain.from_iterable(lists)], declared.value_type)
    if pa.types.is_struct(declared):
        names = {part.name for part in declared}
        structs = [value for value in values if value is not None]
        return all(isinstance(struct, dict) and struct.keys() == names for struct in structs) and all(
            _fit([struct[part.name] for struct in structs], part.type) for part in declared
        )
    return set(map(type, values)) <= PLAIN_TYPES[declared]


# Rows as the frame of their table.


def given_columns(key: str) -> list[str]:
    """The columns of a table that whoever makes it gives."""
    return given_names(contract(key))


def framed(rows: Iterable[AnyRow], key: str) -> pd.DataFrame:
    """Rows with the columns that their table declares, also where there are none; as objects, so that whole numbers beside
    empty cells stay whole."""
    return pd.DataFrame(list(rows), columns=given_columns(key), dtype="object")
