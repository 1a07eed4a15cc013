"""The staging area: one Parquet file per table, with a fingerprint of its content and of what it was made from.

The fingerprints let publishing refuse a set of tables that was not made together.
"""

import contextlib
import hashlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from assets.problems import BadInput, Problem
from schemas.derive import arrow_schema
from schemas.table import Contract

CONTENT = b"darkfigure:content"
INPUTS = b"darkfigure:inputs"
# A temporary file this old belongs to a run that was killed.
LEFTOVER_SECONDS = 600


@dataclass(frozen=True)
class Staged:
    """A staged table: its rows, the hash of its content, and the hashes of the tables it was made from."""

    table: pa.Table
    content_hash: str
    inputs: dict[str, str]


def staged_path(folder: Path, contract: Contract) -> Path:
    """Where a table is staged: `folder/schema/table.parquet`."""
    return folder / contract.schema / f"{contract.name}.parquet"


def write(folder: Path, contract: Contract, frame: pd.DataFrame, inputs: dict[str, str]) -> str:
    """Stage a conformed frame by temporary file and rename; gives the content hash back."""
    schema = arrow_schema(contract.model)
    table = pa.table([_exact(frame[field.name], field, contract) for field in schema], schema=schema)
    content = content_hash(table)
    metadata = {CONTENT: content.encode(), INPUTS: json.dumps(inputs, sort_keys=True).encode()}
    path = staged_path(folder, contract)
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        pq.write_table(table.replace_schema_metadata(metadata), temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return content


def read(folder: Path, contract: Contract) -> Staged:
    """A staged table; BadInput where it is missing or unreadable."""
    path = staged_path(folder, contract)
    try:
        table = pq.read_table(path)
        metadata = table.schema.metadata or {}
        content, inputs = metadata[CONTENT].decode(), json.loads(metadata[INPUTS])
    except (OSError, pa.ArrowInvalid, KeyError, ValueError) as error:
        what = "no staged table" if isinstance(error, FileNotFoundError) else f"unreadable: {error}"
        raise _not_staged(contract, what) from None
    declared = arrow_schema(contract.model)
    if not table.schema.equals(declared):
        raise _not_staged(contract, "other columns or types, staged by another version")
    # Parquet calls the parts of a list by another name: the cast gives them the declared one back.
    return Staged(table.replace_schema_metadata(None).cast(declared), content, inputs)


def to_frame(table: pa.Table) -> pd.DataFrame:
    """A staged table as pandas, every column of its Arrow type."""
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def content_hash(table: pa.Table) -> str:
    """sha256 over schema and rows, independent of how the rows lie in memory."""
    sink = pa.BufferOutputStream()
    # Taking every row copies it, with zeros under the nulls: what lies there is no content.
    flat = table.replace_schema_metadata(None).combine_chunks().take(pa.array(range(table.num_rows), pa.int64()))
    with pa.ipc.new_stream(sink, flat.schema) as writer:
        writer.write_table(flat)
    return hashlib.sha256(sink.getvalue()).hexdigest()


def _not_staged(contract: Contract, found: str) -> BadInput:
    remedy = f"Rematerialise {contract.key}."
    return BadInput(
        f"{contract.key} is not staged", [Problem(contract.key, "", found, "a table made by a run", remedy)]
    )


def _sweep(folder: Path) -> None:
    """Remove the temporary files of killed runs, never those of a run that is writing now."""
    for leftover in folder.glob(".*.parquet.*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - leftover.stat().st_mtime > LEFTOVER_SECONDS:
                leftover.unlink()


def _exact(values: pd.Series, field: pa.Field, contract: Contract) -> pa.Array:
    """The column as it is; a column of another type is refused, never converted."""
    if not isinstance(values.dtype, pd.ArrowDtype) or values.dtype.pyarrow_dtype != field.type:
        raise BadInput(
            f"{contract.key} cannot be staged",
            [
                Problem(
                    contract.key, field.name, str(values.dtype), str(field.type), "Conform the frame before staging it."
                )
            ],
        )
    return pa.array(values, type=field.type)
