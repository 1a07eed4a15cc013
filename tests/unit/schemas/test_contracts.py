"""Every table says what it is: one docstring, one meaning per column, codes from closed lists, ties that lead somewhere."""

import pyarrow as pa
import pytest

from schemas import codes
from schemas.derive import arrow_type, columns
from schemas.fields import MEANINGS, shared
from schemas.registry import CONTRACTS, PUBLISHED, contract
from schemas.table import Table
from schemas.views import VIEWS

EVERY = {**CONTRACTS, **PUBLISHED}


def test_a_contract_says_what_a_row_is() -> None:
    for table in EVERY.values():
        assert table.model.__doc__ != Table.__doc__, table.key
        assert table.meaning.startswith(("One ", "The ")) and "." in table.meaning, f"{table.key}: {table.meaning}"


def test_every_column_has_a_meaning_and_every_number_its_unit() -> None:
    for table in EVERY.values():
        for name, column in columns(table.model).items():
            assert column.description and column.description != name, f"{table.key}.{name}"
            unit = (column.metadata or {}).get("unit")
            assert unit != "", f"{table.key}.{name} has an empty unit"
            numeric = pa.types.is_floating(arrow_type(column)) or pa.types.is_integer(arrow_type(column))
            if numeric and name not in ("position", "line"):
                assert unit, f"{table.key}.{name} is a number without a unit"


def test_no_bare_year_and_no_ambiguous_count() -> None:
    """A year is a period with a start, an end and a kind; victims, incidents and offences never share a name."""
    for table in EVERY.values():
        names = set(columns(table.model))
        assert not names & {"year", "years", "date_year", "count", "total", "number"}, table.key
        assert "period_start" not in names or "period_end" in names, table.key


def test_key_columns_stand_in_the_table() -> None:
    for table in EVERY.values():
        names = set(columns(table.model))
        assert set(table.row_key) <= names, table.key
        assert len(set(table.row_key)) == len(table.row_key), table.key
        of_other_tables = table.key == "meta.lineage" or table.schema == "main"
        assert ("row_id" in names) is bool(table.prefix) or of_other_tables, table.key


def test_a_model_is_strict_and_coerces_nothing() -> None:
    for table in EVERY.values():
        schema = table.model.to_schema()
        assert schema.strict is True and schema.ordered is True and schema.coerce is False, table.key
        assert not any(column.coerce for column in schema.columns.values()), table.key


def test_ties_lead_to_a_column_of_keys_or_of_what_a_series_is() -> None:
    for table in EVERY.values():
        for column, ends in table.ties.items():
            assert column in columns(table.model), f"{table.key}.{column}"
            for of, key in ends:
                assert key in columns(contract(of).model), f"{of}.{key}"
                assert contract(of).row_key == (key,) or of == "reference.series", f"{of}.{key} is no key of its table"
        assert table.lists.keys() <= set(columns(table.model)), table.key


def test_keys_are_schema_dot_table_and_prefixes_are_each_their_own() -> None:
    assert all(key == f"{table.schema}.{table.name}" == table.key for key, table in EVERY.items())
    prefixes = [table.prefix for table in CONTRACTS.values()]
    assert all(prefixes) and len(set(prefixes)) == len(prefixes)
    assert not any(":" in prefix or " " in prefix for prefix in prefixes)
    assert not set(CONTRACTS) & set(PUBLISHED)
    assert {view.of for view in VIEWS} <= set(CONTRACTS)


def test_an_unknown_table_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match=r"reconciled.gap"):
        contract("reconciled.gab")


def test_one_name_one_meaning() -> None:
    """A column of the field dictionary keeps its type and unit wherever it stands."""
    seen: dict[str, pa.DataType] = {}
    for table in EVERY.values():
        for name, column in columns(table.model).items():
            if name in MEANINGS:
                declared = seen.setdefault(name, arrow_type(column))
                assert declared == arrow_type(column), f"{table.key}.{name} is of another type than elsewhere"
                assert (column.metadata or {}).get("unit") == MEANINGS[name][1], f"{table.key}.{name}"


def test_a_shared_column_may_be_narrowed_but_not_invented() -> None:
    assert shared("sex", meaning="Sex of the victims").properties["description"] == "Sex of the victims"
    with pytest.raises(KeyError):
        shared("year")


def test_code_lists_explain_every_code() -> None:
    lists = {name: value for name, value in vars(codes).items() if name.isupper() and isinstance(value, dict)}
    assert len(lists) >= 10
    for name, values in lists.items():
        for code, meaning in values.items():
            assert code == code.strip() and meaning.strip(), f"{name}: {code!r}"
    assert len(codes.THREAT) == 9 and len(codes.PRIORITY_THREATS) == 5
    assert set(codes.PRIORITY_THREATS) <= set(codes.THREAT)
    assert set(codes.RESULT_STATUS) - set(codes.FACT_STATUS) == {"series_broken", "doubted"}
