"""What all tests share: a data root of their own, one refresh of it, and the tables that it made."""

import dataclasses
import json
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

# What hands tests to the workers reads this file too, and waits for nothing that only they need.
if TYPE_CHECKING:
    import dagster as dg
    import duckdb
    from kit import Built, Run, Tables
    from playwright.sync_api import Browser
    from publisher import Publisher

settings.register_profile("quick", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
VALIDATE = bool(os.environ.get("DARKFIGURE_VALIDATE"))
settings.load_profile("thorough" if VALIDATE else "quick")

MEMORY, WANTED = Path("/dev/shm"), 8 << 30


def _in_memory() -> bool:
    """Is there room in memory for what a whole run writes, and may it be executed there, as some tests do?"""
    if not MEMORY.is_dir():
        return False
    room = os.statvfs(MEMORY)
    return room.f_bavail * room.f_frsize > WANTED and not room.f_flag & (os.ST_NOEXEC | os.ST_RDONLY)


if _in_memory():  # a disk takes longer to delete what tests made than they took to make it
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_configure() -> None:
    """In the background of a shell interrupts are ignored; after a run of its own Dagster would ignore the end of a process so
    too, and who waits for a pool of processes to end would wait for ever."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _is_built(item: pytest.Item) -> bool:
    """Does a test wait for the session's refresh?"""
    return "built" in getattr(item, "fixturenames", ())


def pytest_itemcollected(item: pytest.Item) -> None:
    """What is long or waits for a whole refresh is slow too: `make quick` leaves it to `make test` and `make test-long`."""
    if _is_built(item) or item.get_closest_marker("long"):
        item.add_marker("slow")


@pytest.hookimpl(trylast=True)  # once -m and -k have chosen
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The first file that needs the session's refresh goes first and makes it: others would wait. Of tests marked `one_in` only
    some of their cases are tried, unless one is asked for by its name."""
    first = next((item.path for item in items if _is_built(item)), None)
    items.sort(key=lambda item: item.path != first)
    if VALIDATE or any("::" in argument for argument in config.args):
        return
    seen = Counter[str]()
    chosen, left_out = list[pytest.Item](), list[pytest.Item]()
    for item in items:
        name = item.nodeid.split("[")[0]
        marker = item.get_closest_marker("one_in")
        (left_out if marker and seen[name] % marker.args[0] else chosen).append(item)
        seen[name] += 1
    config.hook.pytest_deselected(items=left_out)
    items[:] = chosen


@pytest.fixture(autouse=True)
def _history_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that is run inside a test names its history in the environment: the next test must not find it there."""
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.delenv("DAGSTER_HOME")


@pytest.fixture(scope="session")
def data_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked input; to be read only, or refreshed into other folders."""
    from kit import copy_of_data

    return copy_of_data(tmp_path_factory.mktemp("read_only") / "data")


@pytest.fixture
def own_root(tmp_path: Path) -> Path:
    """A copy of the tracked input that a test may change."""
    from kit import copy_of_data

    return copy_of_data(tmp_path / "data")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> "Built":
    """One refresh by the command line, recorded in a history below its data root; to be read only.

    Workers of pytest-xdist share it: the first makes it, the others wait.
    """
    from filelock import FileLock
    from kit import Built, Ran, copy_of_data, darkfigure

    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "built"
    with FileLock(f"{shared}.lock"):
        root, kept = shared / "data", shared / "ran.json"
        if not kept.exists():
            ran = darkfigure("refresh", "--data", copy_of_data(root))
            kept.write_text(json.dumps(dataclasses.asdict(ran)), encoding="utf-8")
        ran = Ran(**json.loads(kept.read_text(encoding="utf-8")))
    assert ran.code == 0, ran.error
    return Built(root, ran)


@pytest.fixture(scope="session")
def tables(built: "Built") -> "Tables":
    """The tables of the session's refresh."""
    from kit import Tables

    return Tables(built.staging)


@pytest.fixture
def file(built: "Built") -> "Iterator[duckdb.DuckDBPyConnection]":
    """The published file, open for reading."""
    import duckdb

    with duckdb.connect(built.file, read_only=True) as connection:
        yield connection


@pytest.fixture
def built_copy(built: "Built", tmp_path: Path) -> "Built":
    """A copy of the session's data root after its refresh, for tests that change it."""
    return type(built)(Path(shutil.copytree(built.root, tmp_path / "data", symlinks=True)), built.ran)


@pytest.fixture
def history(built_copy: "Built") -> "Iterator[dg.DagsterInstance]":
    """The history of that copy, written as a refresh writes it: otherwise each event opens the file anew."""
    import dagster as dg

    from pipelines.history import written_quickly

    with written_quickly(), dg.DagsterInstance.from_config(str(built_copy.home)) as dagster_instance:
        yield dagster_instance


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replace one text of a file, which must stand there."""

    def replace(path: Path, old: str, new: str) -> None:
        content = path.read_text(encoding="utf-8")
        assert old in content, f"{old!r} does not stand in {path}"
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> "Run":
    """Run a command in this process; used for what ends quickly."""
    from kit import Ran

    from pipelines.cli import main

    for name in ("DAGSTER_HOME", "DARKFIGURE_DATA"):
        monkeypatch.delenv(name, raising=False)

    def running(*arguments: object) -> Ran:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Ran(code, said.out, said.err, 0)

    return running


@pytest.fixture
def server() -> "Iterator[Publisher]":
    """The publishers on a local server, for the tests of integration."""
    from publishers import publishers

    with publishers() as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from browsing import chromium

    with chromium() as opened:
        yield opened
