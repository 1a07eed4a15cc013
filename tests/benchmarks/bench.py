"""How fast, as ratios against a plain alternative of the same run: `python tests/benchmarks/bench.py [RUNS]`.

1. A whole refresh as a process, against a process that only imports the libraries; and its peak memory.
2. Opening the file and fetching the gap, against opening an empty DuckDB file and selecting 1.

Medians of several runs, taken in turns so that a busy moment of the machine meets all of them. Aims are ratios, since
machines differ; they are printed, not enforced.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IMPORTS = "import dagster, pandas, duckdb, pandera"
MADE = ("interim", "output", "landing")
RUNS, READS = 5, 50
AIM_PLAIN, AIM_RECORDED, AIM_MEMORY, AIM_READ = 2.5, 5.0, 500.0, 2.0
OWN = ("DAGSTER_HOME", "DARKFIGURE_DATA")


def process(arguments: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak memory in MB of one process that must succeed."""
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    if not hasattr(os, "wait4"):
        code, peak = child.wait(), float("nan")
    else:
        _, status, usage = os.wait4(child.pid, 0)
        code = child.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    if code:
        sys.exit(f"{' '.join(arguments)} ended with {code}")
    return time.perf_counter() - start, peak


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def said(what: str, value: float, aim: float, unit: str = "times") -> None:
    """Print one result against its aim."""
    print(f"  {what:<58} {value:8.2f} {unit:<6} aim: at most {aim:g} {'ok' if value <= aim else 'MISSED'}")


def refreshing(root: Path, runs: int) -> None:
    """Whole refreshes against the bare imports."""
    refresh = ["-m", "pipelines.cli", "refresh", "--no-report", "--data", str(root)]
    kinds = {"imports": ["-c", IMPORTS], "plain": [*refresh, "--no-history"], "recorded": refresh}
    for arguments in kinds.values():
        process(arguments)  # warms the disk cache and the byte code; not counted
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in kinds}
    for _ in range(runs):
        for name, arguments in kinds.items():
            found[name].append(process(arguments))
    seconds = {name: statistics.median(second for second, _ in each) for name, each in found.items()}
    memory = max(peak for name in ("plain", "recorded") for _, peak in found[name])
    print(f"Refresh, medians of {runs}: imports {seconds['imports']:.2f} s, without history {seconds['plain']:.2f} s, "
          f"recorded {seconds['recorded']:.2f} s")  # fmt: skip
    said("refresh --no-history against the imports", seconds["plain"] / seconds["imports"], AIM_PLAIN)
    said("refresh, recorded, against the imports", seconds["recorded"] / seconds["imports"], AIM_RECORDED)
    said("peak memory of a refresh", memory, AIM_MEMORY, "MB")


def reading(file: Path, empty: Path) -> None:
    """Opening the file, fetching the gap and closing, against an empty file and `select 1`."""
    import duckdb

    duckdb.connect(empty).close()

    def gap() -> None:
        with duckdb.connect(file, read_only=True) as connection:
            connection.execute("SELECT * FROM gap").fetchall()

    def nothing() -> None:
        with duckdb.connect(empty, read_only=True) as connection:
            connection.execute("SELECT 1").fetchall()

    for _ in range(3):
        gap()
        nothing()
    pairs = [(timed(gap), timed(nothing)) for _ in range(READS)]
    ours, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"Reading, medians of {READS}: the gap {1000 * ours:.1f} ms, an empty file {1000 * bare:.1f} ms")
    said("open, fetch all rows of gap, close", ours / bare, AIM_READ)


def main() -> int:
    """Run both benchmarks on a data root of their own."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "data"
        shutil.copytree(ROOT / "data", root, ignore=lambda path, _: MADE if Path(path) == ROOT / "data" else ())
        refreshing(root, runs)
        reading(root / "output" / "darkfigure.duckdb", Path(folder) / "empty.duckdb")
    return 0


if __name__ == "__main__":
    sys.exit(main())
