"""Processes and pieces of work measured: seconds, peak memory, medians taken in turns, and a result against its aim."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = Path(os.environ.get("DARKFIGURE_PUBLISHED") or ROOT.parent / "shared" / "published")
OWN = ("DAGSTER_HOME", "DARKFIGURE_DATA")


# A process of its own starts the measured one: on Linux a peak is inherited from whoever starts it, and this one is small.
STARTER = """
import os, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(os.waitstatus_to_exitcode(status), time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


class Measured(NamedTuple):
    """What one process took: seconds, peak memory in MB, seconds of CPU; the last two are not known everywhere (nan)."""

    seconds: float
    peak: float
    cpu: float


def process(arguments: Sequence[str], good: tuple[int, ...] = (0,)) -> Measured:
    """One Python process that must end with one of the `good` codes."""
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    command = [sys.executable, *arguments]
    start = time.perf_counter()
    if not hasattr(os, "wait4"):
        code = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False).returncode
        found = Measured(time.perf_counter() - start, float("nan"), float("nan"))
    else:
        starter = [sys.executable, "-S", "-c", STARTER, *command]
        done = subprocess.run(starter, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        sys.stderr.write(done.stderr)
        said_code, seconds, cpu, peak = map(float, done.stdout.split())
        code = int(said_code)
        found = Measured(seconds, peak / (1024 * 1024 if sys.platform == "darwin" else 1024), cpu)
    if code not in good:
        sys.exit(f"{' '.join(arguments)} ended with {code}")
    return found


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(*works: Callable[[], object], runs: int) -> list[float]:
    """The median seconds of some pieces of work, taken in turns so that a busy moment meets all of them."""
    for work in works:
        work()  # warms caches; not counted
    rounds = [[timed(work) for work in works] for _ in range(runs)]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def said(what: str, value: float, aim: float, unit: str = "times", least: bool = False) -> None:
    """Print one result against its aim: at most, or at least."""
    good = value >= aim if least else value <= aim
    bound = "least" if least else "most"
    print(f"  {what:<58} {value:8.2f} {unit:<6} aim: at {bound} {aim:g} {'ok' if good else 'MISSED'}")


def published(*names: str) -> list[Path] | None:
    """Released files, or None and a line that says which is not here."""
    paths = [PUBLISHED / name for name in names]
    absent = [path.name for path in paths if not path.is_file()]
    if absent:
        print(f"  skipped: {', '.join(absent)} not in {PUBLISHED}")
        return None
    return paths
