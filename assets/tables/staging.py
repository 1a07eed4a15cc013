"""The staging area: one Parquet file per table, with a fingerprint of its content and of what it was made from.

The fingerprints let publishing refuse a set of tables that was not made together.
"""

import contextlib
import gc
import hashlib
import io
import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from assets.tables.origins import NO_ORIGINS, Origins
from assets.words.problems import BadInput, Problem, cannot
from schemas.derive import arrow_schema
from schemas.table import Contract

CONTENT = b"darkfigure:content"
INPUTS = b"darkfigure:inputs"
ORIGINS = b"darkfigure:origins"
MADE_OF = b"darkfigure:made_of"
# Tables are hashed in parts of this size, so that a large one is not copied whole.
ROWS_AT_ONCE = 65_536
# A temporary file this old belongs to a run that was killed.
LEFTOVER_SECONDS = 600
MANY, MUCH = 10_000, 64 * 1024 * 1024
UNREADABLE = (OSError, pa.ArrowInvalid, KeyError, ValueError, duckdb.IOException, duckdb.InvalidInputException)


@dataclass(frozen=True)
class Staged:
    """A staged table: where it lies, how many rows, the hash of its content, and the hashes of the tables it was made from.

    Its rows are read when they are asked for; a large table is in memory only while someone holds it.

    origins: the releases and files that the rows come from
    made_of: hash of all that it was made of; empty where that is not known
    """

    contract: Contract
    path: Path
    rows: int
    content_hash: str
    inputs: dict[str, str]
    origins: Origins = field(default_factory=dict)
    made_of: str = ""

    @property
    def table(self) -> pa.Table:
        """All columns, read anew."""
        return self.columns(*arrow_schema(self.contract.model).names)

    @property
    def frame(self) -> pd.DataFrame:
        """The table as pandas, every column of its Arrow type, read anew."""
        return to_frame(self.table)

    def first(self, rows: int) -> pd.DataFrame:
        """Its first rows, as pandas."""
        with self.readable(), pq.ParquetFile(self.path) as file:
            batches = list(islice(file.iter_batches(batch_size=rows), 1))
            return to_frame(pa.Table.from_batches(batches, file.schema_arrow))

    def columns(self, *names: str) -> pa.Table:
        """Some columns, read anew; BadInput where the file cannot be read any more."""
        declared = arrow_schema(self.contract.model)
        wanted = pa.schema([declared.field(name) for name in names])
        # Not read_table: it loads the machinery for folders of many files, which takes longer than reading these, as threads do.
        with self.readable(), pq.ParquetFile(self.path) as file:
            table = file.read(columns=wanted.names, use_threads=False).select(wanted.names)
        # Parquet calls the parts of a list by another name: the cast gives them the declared one back.
        return table.replace_schema_metadata(None).cast(wanted)

    def readable(self) -> contextlib.AbstractContextManager[None]:
        """Around a reading of the file: what cannot be read is BadInput that names the table."""
        return _readable(self.contract)


def staged_path(folder: Path, contract: Contract) -> Path:
    """Where a table is staged: `folder/schema/table.parquet`."""
    return folder / contract.schema / f"{contract.name}.parquet"


def as_arrow(contract: Contract, frame: pd.DataFrame) -> pa.Table:
    """A conformed frame as the table that is staged; BadInput where a column is of another type than declared."""
    schema = arrow_schema(contract.model)
    return pa.table([_exact(frame[field.name], field, contract) for field in schema], schema=schema)


def stage(
    folder: Path,
    contract: Contract,
    frame: pd.DataFrame,
    inputs: Mapping[str, str],
    origins: Origins = NO_ORIGINS,
    made_of: str = "",
) -> Staged:
    """Stage a conformed frame by temporary file and rename; BadInput where a column is of another type than declared.

    inputs, origins, made_of: as `Staged` has them
    """
    table = as_arrow(contract, frame)
    content, rows = content_hash(table), len(frame)
    metadata = {CONTENT: content.encode()} | {
        key: json.dumps(noted, sort_keys=True).encode()
        for key, noted in ((INPUTS, dict(inputs)), (ORIGINS, dict(origins)), (MADE_OF, made_of))
    }
    path = staged_path(folder, contract)
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        pq.write_table(table.replace_schema_metadata(metadata), temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    del table, frame
    give_back(rows)
    return Staged(contract, path, rows, content, dict(inputs), origins, made_of)


def read_staged(folder: Path, contract: Contract) -> Staged:
    """A staged table; BadInput where it is missing, unreadable or of another form, there or when its rows are read."""
    path, declared = staged_path(folder, contract), arrow_schema(contract.model)
    with _readable(contract), pq.ParquetFile(path) as file:
        schema, rows = file.schema_arrow, file.metadata.num_rows
        metadata = schema.metadata or {}
        content, inputs = metadata[CONTENT].decode(), json.loads(metadata[INPUTS])
        origins = {release: tuple(files) for release, files in json.loads(metadata.get(ORIGINS, b"{}")).items()}
        recipe = json.loads(metadata.get(MADE_OF, b'""'))
    if not schema.equals(declared):
        raise _not_staged(contract, "other columns or types, staged by another version")
    return Staged(contract, path, rows, content, inputs, origins, recipe)


@contextlib.contextmanager
def _readable(contract: Contract) -> Iterator[None]:
    try:
        yield
    except UNREADABLE as error:
        what = "no staged table" if isinstance(error, FileNotFoundError) else f"unreadable: {error}"
        raise _not_staged(contract, what) from None


def to_frame(table: pa.Table) -> pd.DataFrame:
    """A staged table as pandas, every column of its Arrow type."""
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def content_hash(table: pa.Table) -> str:
    """sha256 over schema and rows, independent of how the rows lie in memory."""
    digest = _Digest()
    bare = table.replace_schema_metadata(None)
    with pa.ipc.new_stream(pa.PythonFile(digest, mode="w"), bare.schema) as writer:
        for start in range(0, max(table.num_rows, 1), ROWS_AT_ONCE):
            part = bare.slice(start, ROWS_AT_ONCE).combine_chunks()
            # Taking every row copies it, with zeros under the nulls: what lies there is no content.
            writer.write_table(part.take(pa.array(np.arange(part.num_rows))))
    return digest.sha256.hexdigest()


class _Digest(io.RawIOBase):
    """A file that keeps nothing but the hash of what is written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.sha256 = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.sha256.update(content)
        return len(content)


def give_back(rows: int) -> None:
    """Give the free memory back to the system after a table of so many rows, where they were many.

    What comes next should not come on top of what was needed before.
    """
    if rows < MANY:
        return
    # Dagster lets go of a step's inputs in a cycle: large ones would add up until Python looks by itself.
    if pa.total_allocated_bytes() > MUCH:
        gc.collect()
    pa.default_memory_pool().release_unused()


def _not_staged(contract: Contract, found: str) -> BadInput:
    remedy = f"Rematerialise {contract.key}."
    return cannot(f"{contract.key} is not staged", contract.key, found, "a table made by a run", remedy)


def _sweep(folder: Path) -> None:
    """Remove the temporary files of killed runs, never those of a run that is writing now."""
    for leftover in folder.glob(".*.parquet.*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - leftover.stat().st_mtime > LEFTOVER_SECONDS:
                leftover.unlink()


def _exact(values: pd.Series, field: pa.Field, contract: Contract) -> pa.Array:
    """The column as it is; a column of another type is refused, never converted."""
    if not isinstance(values.dtype, pd.ArrowDtype) or values.dtype.pyarrow_dtype != field.type:
        remedy = "Conform the frame before staging it."
        problem = Problem(contract.key, field.name, str(values.dtype), str(field.type), remedy)
        raise BadInput(f"{contract.key} cannot be staged", [problem])
    return pa.array(values, type=field.type)
