"""What all tests share: a data root of their own, one refresh of it, and the tables that it made."""

import dataclasses
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from kit import ROOT, Ran, darkfigure

from assets import staging
from assets.records import Record, records
from schemas.registry import contract

MADE = ("landing", "interim", "output")


def copy_of_data(target: Path) -> Path:
    """The tracked input of the checkout, without anything that a run makes."""
    return Path(shutil.copytree(ROOT / "data", target, ignore=lambda folder, names: MADE if folder == f"{ROOT}/data" else ()))


@dataclasses.dataclass(frozen=True)
class Built:
    """One refresh with history: what it read, what it made, what it said."""

    root: Path
    ran: Ran

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def file(self) -> Path:
        return self.output / "darkfigure.duckdb"

    @property
    def staging(self) -> Path:
        return self.root / "interim" / "staging"

    @property
    def home(self) -> Path:
        return self.root / "interim" / "dagster"


class Tables(Mapping[str, pd.DataFrame]):
    """The staged tables of a refresh by key, as frames of their declared types; `rows` gives plain records."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._frames, self._rows = folder, dict[str, pd.DataFrame](), dict[str, list[Record]]()

    def __getitem__(self, key: str) -> pd.DataFrame:
        if key not in self._frames:
            self._frames[key] = staging.to_frame(staging.read(self._folder, contract(key)).table)
        return self._frames[key].copy()

    def __iter__(self) -> Iterator[str]:
        return (f"{path.parent.name}.{path.stem}" for path in self._folder.glob("*/*.parquet"))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def rows(self, key: str, **wanted: Any) -> list[Record]:
        """The records of a table whose columns have the wanted values."""
        if key not in self._rows:
            self._rows[key] = records(self[key])
        return [row for row in self._rows[key] if all(row[name] == value for name, value in wanted.items())]

    def row(self, key: str, **wanted: Any) -> Record:
        """The one record with the wanted values."""
        found = self.rows(key, **wanted)
        assert len(found) == 1, f"{len(found)} rows of {key} with {wanted}"
        return found[0]


@pytest.fixture(scope="session")
def data_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked input; to be read only, or refreshed into other folders."""
    return copy_of_data(tmp_path_factory.mktemp("read_only") / "data")


@pytest.fixture
def own_root(tmp_path: Path) -> Path:
    """A copy of the tracked input that a test may change."""
    return copy_of_data(tmp_path / "data")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One refresh by the command line, recorded in a history below its data root; to be read only."""
    root = copy_of_data(tmp_path_factory.mktemp("built") / "data")
    ran = darkfigure("refresh", "--data", root)
    assert ran.code == 0, ran.error
    return Built(root, ran)


@pytest.fixture(scope="session")
def tables(built: Built) -> Tables:
    """The tables of the session's refresh."""
    return Tables(built.staging)


@pytest.fixture
def file(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file, open for reading."""
    with duckdb.connect(built.file, read_only=True) as connection:
        yield connection


@pytest.fixture
def built_copy(built: Built, tmp_path: Path) -> Built:
    """A copy of the session's data root after its refresh, for tests that change it."""
    return Built(Path(shutil.copytree(built.root, tmp_path / "data", symlinks=True)), built.ran)


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replace one text of a file, which must stand there."""

    def replace(path: Path, old: str, new: str) -> None:
        content = path.read_text(encoding="utf-8")
        assert old in content, f"{old!r} does not stand in {path}"
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return replace
