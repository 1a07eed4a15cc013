"""A frame becomes exactly what its contract declares, or is refused: nothing is converted on the way."""

import datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import why_refused

from assets.tables.conform import conform, validate
from assets.tables.records import records
from assets.words.plain import plain
from assets.words.problems import BadInput
from schemas.derive import arrow_schema
from schemas.fields import column
from schemas.table import Contract, Keyed
from schemas.types import Date, Flag, Integer, Moment, Number, RuleResults, Text, TextList


class Every(Keyed):
    """One row of every type of the house."""

    name: Text = column("Name")
    number: Number = column("Number", "offences", nullable=True, ge=0)
    whole: Integer = column("Whole", "persons", nullable=True)
    flag: Flag = column("Flag", nullable=True)
    day: Date = column("Day", nullable=True)
    moment: Moment = column("Moment", nullable=True)
    texts: TextList = column("Texts", nullable=True)
    rules: RuleResults = column("Rules", nullable=True)


EVERY = Contract("test.every", Every, ("name",), "every")
RULE = {"rule": "UNIT", "result": "pass", "reason": "Why."}
GOOD: dict[str, Any] = {
    "name": "a", "number": 1.5, "whole": 2, "flag": True, "day": datetime.date(2023, 3, 31),
    "moment": datetime.datetime(2023, 3, 31, 12), "texts": ["x"], "rules": [RULE],
}  # fmt: skip


def made(**changed: Any) -> pd.DataFrame:
    return conform(
        pd.DataFrame({name: pd.Series([value], dtype="object") for name, value in (GOOD | changed).items()}), EVERY
    )


def refused(**changed: Any) -> BadInput:
    return why_refused(lambda: made(**changed))


def test_a_good_frame_keeps_every_value_and_gets_its_types_and_ids() -> None:
    frame = made()
    schema = arrow_schema(Every)
    assert [dtype.pyarrow_dtype for dtype in frame.dtypes] == schema.types and list(frame.columns) == schema.names
    assert records(frame) == [{"row_id": "every:a", **GOOD}]
    validate(frame, EVERY)


def test_columns_come_into_the_declared_order() -> None:
    plain = pd.DataFrame([GOOD])[list(reversed(GOOD))]
    assert list(conform(plain, EVERY).columns) == ["row_id", *GOOD]


@pytest.mark.parametrize("empty", [None, float("nan"), pd.NA, pd.NaT])
def test_every_kind_of_nothing_is_null(empty: Any) -> None:
    assert records(made(number=empty, day=empty, texts=empty))[0]["number"] is None


def test_empty_lists_stay_empty_lists() -> None:
    row = records(made(texts=[], rules=[]))[0]
    assert row["texts"] == [] and row["rules"] == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("number", "1.5"),
        ("number", True),
        ("number", datetime.date(2023, 1, 1)),
        ("whole", 2.0),
        ("whole", "2"),
        ("whole", False),
        ("flag", 1),
        ("flag", "true"),
        ("day", "2023-03-31"),
        ("day", datetime.datetime(2023, 3, 31)),
        ("day", pd.Timestamp("2023-03-31")),
        ("moment", datetime.date(2023, 3, 31)),
        ("name", 19),
        ("name", b"a"),
        ("texts", "x"),
        ("texts", [1]),
        ("texts", {"x"}),
        ("rules", [{"rule": "UNIT", "result": "pass", "reson": "Why."}]),
        ("rules", [{"rule": "UNIT", "result": "pass"}]),
        ("rules", [RULE | {"more": "x"}]),
        ("rules", [RULE | {"reason": 1}]),
        ("rules", RULE),
    ],
)
def test_a_value_of_another_type_is_refused_and_shown(column: str, value: Any) -> None:
    problem = refused(**{column: value}).problems[0]
    assert problem.column == column and problem.value == repr(value)
    assert problem.place == "test.every, row 0" and problem.expected


def test_a_typed_column_of_another_type_is_refused() -> None:
    """Arrow would turn timestamps into dates, floats into integers and text into numbers."""
    frame = pd.DataFrame([GOOD, GOOD | {"name": "b"}])
    for name, values in (
        ("day", pd.Series(pd.to_datetime(["2023-03-31"] * 2))),
        ("whole", pd.Series([1.0, np.nan])),
        ("number", pd.Series(["1", "2"], dtype=pd.ArrowDtype(pa.string()))),
        ("name", pd.Series([1, 2], dtype=pd.ArrowDtype(pa.int64()))),
        ("day", pd.Series([datetime.datetime(2023, 1, 1)] * 2, dtype=pd.ArrowDtype(pa.timestamp("us")))),
    ):
        with pytest.raises(BadInput):
            conform(frame.assign(**{name: values}), EVERY)


def test_a_missing_key_column_is_named_too() -> None:
    caught = why_refused(lambda: conform(pd.DataFrame([GOOD]).drop(columns=["name"]), EVERY))
    assert [(problem.column, problem.value) for problem in caught.problems] == [("name", "no such column")]


def test_ids_are_made_anew_whatever_stood_in_their_column() -> None:
    assert conform(made().assign(row_id="mine"), EVERY)["row_id"].tolist() == ["every:a"]


def test_a_missing_and_an_extra_column_are_named() -> None:
    frame = pd.DataFrame([GOOD]).drop(columns=["whole"]).assign(year=2023)
    caught = why_refused(lambda: conform(frame, EVERY))
    assert {problem.column: problem.value for problem in caught.problems} == {
        "whole": "no such column",
        "year": "an undeclared column",
    }


# Text that would steer a terminal is shown as signs (words/plain.py): another test holds that.
TEXT = st.text(st.characters(codec="utf-8"), max_size=6).filter(lambda text: plain(text) == text)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "number": st.floats(allow_nan=False) | st.integers(-(2**53), 2**53),
    "whole": st.integers(-(2**63), 2**63 - 1),
    "flag": st.booleans(),
    "day": st.dates(),
    "moment": st.datetimes(),
    "name": TEXT,
    "texts": st.lists(TEXT, max_size=3),
    "rules": st.lists(st.fixed_dictionaries({"rule": TEXT, "result": TEXT, "reason": TEXT}), max_size=2),
}


@pytest.mark.slow
@given(st.fixed_dictionaries(VALUES))
def test_a_value_of_its_own_type_passes_unchanged(row: dict[str, Any]) -> None:
    got = records(made(**row))[0]
    assert {name: got[name] for name in row} == row


@pytest.mark.slow
@pytest.mark.parametrize("column", [name for name in VALUES if name not in ("moment",)])
@given(data=st.data())
def test_a_value_of_any_other_type_is_refused(column: str, data: st.DataObject) -> None:
    """Whatever is not of the declared type is refused, never converted (but for whole numbers as numbers)."""
    fitting = {
        "number": (int, float),
        "whole": int,
        "flag": bool,
        "day": datetime.date,
        "name": str,
        "texts": list,
        "rules": list,
    }
    others = [strategy for name, strategy in VALUES.items() if name != column]
    value = data.draw(st.one_of(others))
    same_kind = isinstance(value, fitting[column]) and (column == "flag" or not isinstance(value, bool))
    if same_kind and not isinstance(value, datetime.datetime):
        return  # whole numbers as numbers, lists of another type that happen to be empty
    with pytest.raises(BadInput):
        made(**{column: value})


def test_validate_names_the_row_the_column_and_the_value() -> None:
    frame = made(number=-1)
    problem = why_refused(lambda: validate(frame, EVERY)).problems[0]
    assert (problem.place, problem.column, problem.value) == ("every:a", "number", "-1.0")


def test_validate_refuses_empty_values_and_keys_that_stand_twice() -> None:
    rows = pd.DataFrame([GOOD, GOOD])
    caught = why_refused(lambda: validate(conform(rows, EVERY), EVERY))
    assert {problem.column for problem in caught.problems} == {"row_id"}
    with pytest.raises(BadInput):
        validate(conform(pd.DataFrame([GOOD | {"name": None}]), EVERY), EVERY)
