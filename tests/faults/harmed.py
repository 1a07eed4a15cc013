"""A data root of its own with a published file, and what is true of it whatever is done to it."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

LONGEST = 20.0  # seconds; what takes longer where nothing is computed hangs
QUESTION = "SELECT count(*) FROM gap WHERE recorded_per_100 IS NOT NULL"
BUILDS = "SELECT count(*) FROM meta.build"


@dataclass
class Tally:
    """What came of one kind of fault: how often, and what should never be."""

    what: str
    times: int = 0
    torn: int = 0
    lost: int = 0
    tracebacks: int = 0
    hangs: int = 0
    wrong: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def good(self) -> bool:
        """Nothing that should never be."""
        return not (self.torn or self.lost or self.tracebacks or self.hangs or self.wrong)


@dataclass
class World:
    """A refreshed data root."""

    root: Path
    answer: int = 0

    @property
    def output(self) -> Path:
        """Where it publishes."""
        return self.root / "output"

    @property
    def file(self) -> Path:
        """The published file."""
        return self.output / "darkfigure.duckdb"

    def look(self, tally: Tally) -> None:
        """The published file is there, whole, and says what it said."""
        if not self.file.exists():
            tally.lost += 1
            return
        try:
            with duckdb.connect(self.file, read_only=True) as connection:
                said = [connection.execute(query).fetchall()[0][0] for query in (BUILDS, QUESTION)]
            if said != [1, self.answer]:
                tally.torn += 1
        except duckdb.Error:
            tally.torn += 1


def environment(**more: str) -> dict[str, str]:
    """Without what leads to the developer's own folders."""
    own = ("DAGSTER_HOME", "DARKFIGURE_DATA", "DARKFIGURE_TOKEN")
    return {name: value for name, value in os.environ.items() if name not in own} | {"PYTHONPATH": str(ROOT)} | more


def darkfigure(*arguments: object) -> list[str]:
    """The command line of this checkout."""
    return [sys.executable, "-m", "pipelines.cli", *map(str, arguments)]


def refreshing(world: World, *more: object) -> list[str]:
    """A refresh of everything in the world, as quick as it may be."""
    return darkfigure("refresh", "--data", world.root, "--all", "--no-report", "--quiet", *more)


def start(arguments: list[str], **variables: str) -> "subprocess.Popen[str]":
    """A process of its own group."""
    return subprocess.Popen(
        arguments, cwd=ROOT, env=environment(**variables), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def kill(process: "subprocess.Popen[str]", *, group: bool = True) -> bool:
    """kill -9, of the group or of the one process; False where it had ended by itself."""
    alive = process.poll() is None
    if alive:
        os.killpg(process.pid, signal.SIGKILL) if group else process.kill()
    process.communicate()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return alive


def judged(
    process: "subprocess.Popen[str]", tally: Tally, codes: tuple[int, ...], words: str = "", patience: float = 300
) -> str:
    """Wait for a process and count what should never be; gives what it said."""
    try:
        said = "".join(process.communicate(timeout=patience))
    except subprocess.TimeoutExpired:
        kill(process)
        tally.hangs += 1
        return ""
    tally.times += 1
    tally.tracebacks += "Traceback (most recent" in said
    one_line = " ".join(said.split())
    if process.returncode not in codes or (words and process.returncode and not re.search(words, one_line)):
        tally.wrong.append(f"exit {process.returncode}: {one_line[:300]}")
    return said


@contextlib.contextmanager
def world(history: bool = True) -> Iterator[World]:
    """A copy of the tracked input after one refresh."""
    with tempfile.TemporaryDirectory(prefix="darkfigure-faults-") as folder:
        made = World(Path(folder) / "data")
        left_out = ("landing", "interim", "output")
        shutil.copytree(ROOT / "data", made.root, ignore=lambda at, _: left_out if at == f"{ROOT}/data" else ())
        subprocess.run(
            refreshing(made, *([] if history else ["--no-history"])), cwd=ROOT, env=environment(), check=True
        )
        with duckdb.connect(made.file, read_only=True) as connection:
            made.answer = int(connection.execute(QUESTION).fetchall()[0][0])
        yield made


READER = """
import sys, time, duckdb
file, answer, stop = sys.argv[1], int(sys.argv[2]), sys.argv[3]
from pathlib import Path
reads = torn = 0
while not Path(stop).exists():
    try:
        with duckdb.connect(file, read_only=True) as c:
            good = c.execute("%s").fetchall() == [(answer,)] and c.execute("%s").fetchall() == [(1,)]
        torn += not good
    except Exception as error:
        torn += 1
        print(error, file=sys.stderr)
    reads += 1
    time.sleep(0.1)
print(reads, torn)
""" % (QUESTION, BUILDS)  # noqa: UP031


@contextlib.contextmanager
def read_all_the_time(of: World, tally: Tally) -> Iterator[None]:
    """Somebody reads the published file again and again for the time of the block."""
    stop = of.root / "stop"
    reader = start([sys.executable, "-c", READER, str(of.file), str(of.answer), str(stop)])
    try:
        yield
    finally:
        stop.touch()
        said, wrong = reader.communicate(timeout=60)
        stop.unlink()
        reads, torn = map(int, said.split())
        tally.torn += torn
        tally.note += f"{reads:,} reads meanwhile"
        if torn:
            tally.wrong.append(wrong[:300])


def within(minutes: float) -> Callable[[], bool]:
    """Is there still time of so many minutes? On a busy machine a part ends with fewer rounds, and the table says how many."""
    until = time.monotonic() + minutes * 60
    return lambda: time.monotonic() < until


def seconds(since: float) -> float:
    """How long ago."""
    return time.monotonic() - since
