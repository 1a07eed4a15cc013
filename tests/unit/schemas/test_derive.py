"""What follows from a contract: Parquet schema, DDL, comments and data dictionary, all from one declaration."""

import duckdb
import pyarrow as pa
import pytest

from schemas.derive import (
    arrow_schema,
    arrow_type,
    columns,
    comment_of,
    create_table,
    dictionary,
    duckdb_type,
    quoted,
    unit_of,
)
from schemas.registry import CONTRACTS, PUBLISHED, contract

EVERY = {**CONTRACTS, **PUBLISHED}


def test_the_arrow_schema_has_names_types_and_nullability_in_order() -> None:
    schema = arrow_schema(contract("reconciled.gap").model)
    assert schema.names[:3] == ["row_id", "pairing", "threat"] and schema.names[-1] == "inputs"
    assert schema.field("estimate") == pa.field("estimate", pa.float64(), nullable=True)
    assert schema.field("period_end") == pa.field("period_end", pa.date32(), nullable=False)
    assert schema.field("inputs").type == pa.list_(pa.string())
    assert [part.name for part in schema.field("rules").type.value_type] == ["rule", "result", "reason"]


def test_facts_have_their_own_columns_after_the_series_and_the_shared_ones_after_them() -> None:
    names = list(columns(contract("recorded.offence_count").model))
    assert names[:7] == ["row_id", "series", "scope", "offence_code", "offence", "level", "subgroup"]
    assert names[-5:] == ["source", "release", "sheet", "cell", "url"]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (pa.string(), "VARCHAR"),
        (pa.float64(), "DOUBLE"),
        (pa.int64(), "BIGINT"),
        (pa.bool_(), "BOOLEAN"),
        (pa.date32(), "DATE"),
        (pa.timestamp("us"), "TIMESTAMP"),
        (pa.list_(pa.string()), "VARCHAR[]"),
        (pa.list_(pa.struct([("a", pa.string()), ("b", pa.date32())])), 'STRUCT("a" VARCHAR, "b" DATE)[]'),
    ],
)
def test_every_arrow_type_of_the_house_has_a_duckdb_type(declared: pa.DataType, expected: str) -> None:
    assert duckdb_type(declared) == expected


def test_a_type_that_the_house_does_not_use_is_refused() -> None:
    with pytest.raises(KeyError):
        duckdb_type(pa.float32())


def test_quotes_in_text_stay_text() -> None:
    text = "it's; DROP TABLE gap --"
    assert duckdb.sql(f"SELECT {quoted(text)}").fetchall() == [(text,)]


def test_a_comment_says_meaning_and_unit() -> None:
    gap = columns(contract("reconciled.gap").model)
    assert comment_of(gap["recorded_per_100"]).endswith("[recorded offences per 100 estimated victims]")
    assert "Not a reporting rate" in comment_of(gap["recorded_per_100"])
    assert unit_of(gap["pairing"]) is None and "[" not in comment_of(gap["pairing"])


@pytest.mark.slow
def test_duckdb_makes_the_tables_that_the_contracts_declare() -> None:
    connection = duckdb.connect()
    for table in EVERY.values():
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {table.schema}")
        for statement in create_table(table, table.meaning):
            connection.execute(statement)
        here = [table.schema, table.name]
        made = connection.execute(
            "SELECT column_name, replace(data_type, chr(34), ''), is_nullable, comment FROM duckdb_columns()"
            " WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
            here,
        ).fetchall()
        assert made == [
            (name, duckdb_type(arrow_type(column)).replace('"', ""), column.nullable, comment_of(column))
            for name, column in columns(table.model).items()
        ], table.key
        said = connection.execute(
            "SELECT comment FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?", here
        ).fetchall()
        assert said == [(table.meaning,)], table.key
        assert not table.prefix or ("row_id", False) in {(name, nullable) for name, _, nullable, _ in made}, table.key


def test_the_dictionary_has_one_row_per_column_and_may_speak_of_a_view() -> None:
    rows = dictionary(contract("reconciled.gap"), "main.gap")
    assert {row["table_name"] for row in rows} == {"main.gap"}
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    per_100 = next(row for row in rows if row["column_name"] == "recorded_per_100")
    assert per_100["unit"] == "recorded offences per 100 estimated victims" and per_100["nullable"] is True
    assert dictionary(contract("reconciled.gap"))[0]["table_name"] == "reconciled.gap"
