"""The staging area: what is written is read back, exactly in its declared types, with fingerprints that follow the content."""

import os
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import A_THREAT, Tables, frame, why_refused

from assets.tables import staging
from assets.words.problems import BadInput
from schemas.derive import arrow_schema
from schemas.registry import CONTRACTS, contract

THREAT = contract("reference.threat")


def threats(*names: str, **changed: Any) -> pd.DataFrame:
    return frame("reference.threat", [A_THREAT | {"threat": name} | changed for name in names or ("rasso",)])


def test_what_is_staged_is_read_back_with_its_fingerprints(tmp_path: Path) -> None:
    given = staging.stage(tmp_path, THREAT, threats("rasso", "online"), {"reference.series": "abc"})
    staged = staging.read_staged(tmp_path, THREAT)
    assert staged.table.schema.equals(arrow_schema(THREAT.model)) and staged.table["threat"].to_pylist() == [
        "rasso",
        "online",
    ]
    assert (staged.content_hash, staged.inputs) == (given.content_hash, {"reference.series": "abc"})
    pd.testing.assert_frame_equal(staged.frame, threats("rasso", "online"))
    assert [path.name for path in (tmp_path / "reference").iterdir()] == ["threat.parquet"], "no temporary file is left"


@pytest.mark.parametrize("key", CONTRACTS)
def test_every_table_of_the_house_survives_staging(tables: Tables, tmp_path: Path, key: str) -> None:
    before = tables[key]
    given = staging.stage(tmp_path, contract(key), before, {})
    after = staging.read_staged(tmp_path, contract(key)).frame
    pd.testing.assert_frame_equal(after, before)
    assert staging.stage(tmp_path, contract(key), after, {}) == given == staging.read_staged(tmp_path, contract(key))


def test_empty_lists_and_nulls_stay_what_they_are(tmp_path: Path) -> None:
    finding = {"kind": "k", "severity": "info", "place": "p", "evidence": "e", "handling": "h", "inputs": []}
    made = frame("meta.finding", [finding, finding | {"place": "q", "inputs": ["a"]}])
    staging.stage(tmp_path, contract("meta.finding"), made, {})
    assert staging.read_staged(tmp_path, contract("meta.finding")).table["inputs"].to_pylist() == [[], ["a"]]


@pytest.mark.parametrize(
    "wrong",
    [
        pd.Series(["true"], dtype=pd.ArrowDtype(pa.string())),
        pd.Series([True]),
        pd.Series([True], dtype="object"),
        pd.Series([True], dtype="boolean"),
        pd.Series([1], dtype=pd.ArrowDtype(pa.int64())),
    ],
)
def test_a_column_of_another_type_is_refused_and_nothing_is_written(tmp_path: Path, wrong: pd.Series) -> None:
    staging.stage(tmp_path, THREAT, threats("online"), {})
    caught = why_refused(lambda: staging.stage(tmp_path, THREAT, threats().assign(priority=wrong), {}))
    assert caught.problems[0].column == "priority" and caught.problems[0].expected == "bool"
    assert staging.read_staged(tmp_path, THREAT).table["threat"].to_pylist() == ["online"], "the last good table stays"


def test_a_table_that_is_not_there_or_is_cut_off_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no staged table"):
        staging.read_staged(tmp_path, THREAT)
    staging.stage(tmp_path, THREAT, threats(), {})
    path = staging.staged_path(tmp_path, THREAT)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(BadInput, match=r"Rematerialise reference.threat"):
        staging.read_staged(tmp_path, THREAT)


def test_a_table_without_fingerprints_or_of_another_contract_is_refused(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    path = staging.staged_path(tmp_path, THREAT)
    path.parent.mkdir(parents=True)
    pq.write_table(pa.table({"threat": ["rasso"]}), path)
    with pytest.raises(BadInput):
        staging.read_staged(tmp_path, THREAT)
    named = {staging.CONTENT: b"abc", staging.INPUTS: b"{}"}
    pq.write_table(pa.table({"threat": ["rasso"], "old": [1]}).replace_schema_metadata(named), path)
    with pytest.raises(BadInput, match=r"Rematerialise reference.threat"):
        staging.read_staged(tmp_path, THREAT)


def test_the_fingerprint_follows_content_names_and_types() -> None:
    base = pa.table({"a": pa.array([1, None], pa.int64())})
    other = [
        pa.table({"a": pa.array([1, 2], pa.int64())}),
        pa.table({"b": pa.array([1, None], pa.int64())}),
        pa.table({"a": pa.array([1.0, None], pa.float64())}),
        pa.table({"a": pa.array([None, 1], pa.int64())}),
        base.slice(0, 1),
    ]
    hashes = [staging.content_hash(table) for table in (base, *other)]
    assert len(set(hashes)) == len(hashes)
    assert staging.content_hash(base.replace_schema_metadata({b"k": b"v"})) == hashes[0]


def test_what_lies_under_a_null_is_no_content() -> None:
    one, other = (
        pa.Array.from_buffers(pa.date32(), 2, [pa.py_buffer(b"\x02"), pa.py_buffer(under + b"\x01\0\0\0")])
        for under in (b"\0\0\0\0", b"\x07\0\0\0")
    )
    assert one.equals(other) and one.null_count == 1
    assert staging.content_hash(pa.table({"day": one})) == staging.content_hash(pa.table({"day": other}))


ROWS = st.lists(
    st.tuples(st.none() | st.text(max_size=3), st.none() | st.floats(allow_nan=False)), min_size=1, max_size=12
)


@given(ROWS, st.data())
def test_the_fingerprint_does_not_depend_on_how_rows_lie_in_memory(
    rows: list[tuple[Any, Any]], data: st.DataObject
) -> None:
    whole = pa.table(
        {"t": pa.array([row[0] for row in rows], pa.string()), "n": pa.array([row[1] for row in rows], pa.float64())}
    )
    cut = data.draw(st.integers(0, len(rows)))
    pieces = pa.concat_tables([whole.slice(0, cut), whole.slice(cut)])
    sliced = pa.concat_tables([whole, whole]).combine_chunks().slice(len(rows))
    assert staging.content_hash(pieces) == staging.content_hash(sliced) == staging.content_hash(whole)


def test_leftovers_of_killed_writers_are_swept_but_not_those_of_living_ones(tmp_path: Path) -> None:
    staging.stage(tmp_path, THREAT, threats(), {})
    old, new = (tmp_path / "reference" / name for name in (".threat.parquet.99999", ".series.parquet.99998"))
    for path in (old, new):
        path.write_bytes(b"half a table")
    hour_ago = time.time() - 3600
    os.utime(old, (hour_ago, hour_ago))
    staging.stage(tmp_path, THREAT, threats(), {})
    assert not old.exists() and new.exists()
