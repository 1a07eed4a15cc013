"""A whole refresh as a process against a process that only imports the libraries, and opening the file it makes."""

import statistics
from pathlib import Path

from measuring import Measured, process, said, timed

IMPORTS = "import dagster, pandas, duckdb, pandera"
READS = 50
AIM_UNCHANGED, AIM_PLAIN, AIM_WHOLE, AIM_MEMORY, AIM_HISTORY, AIM_READ = 0.5, 5.0, 9.0, 600.0, 1.0, 2.0
HISTORY = Path("interim", "dagster")


def refreshing(root: Path, runs: int) -> None:
    """Seconds of CPU of whole refreshes against those of the bare imports."""
    refresh = ["-m", "pipelines.cli", "refresh", "--data", str(root)]
    kinds = {
        "imports": ["-c", IMPORTS],
        "plain": [*refresh, "--all", "--no-report", "--no-history"],
        "whole": [*refresh, "--all"],
        "unchanged": refresh,
    }
    for arguments in kinds.values():
        process(arguments)  # warms the disk cache and the byte code; not counted
    found: dict[str, list[Measured]] = {name: [] for name in kinds}
    grown = []
    for _ in range(runs):
        for name, arguments in kinds.items():
            before = _size(root / HISTORY)
            found[name].append(process(arguments))
            grown += [_size(root / HISTORY) - before] if name == "whole" else []
    cpu = {name: statistics.median(one.cpu for one in each) for name, each in found.items()}
    print(f"Refresh, medians of {runs} in seconds of CPU: imports {cpu['imports']:.2f}, everything made anew without history and"
          f" report {cpu['plain']:.2f}, with both {cpu['whole']:.2f}, nothing changed {cpu['unchanged']:.2f}")  # fmt: skip
    said("nothing changed, against the imports", cpu["unchanged"] / cpu["imports"], AIM_UNCHANGED)
    said("anew, without history and report, against the imports", cpu["plain"] / cpu["imports"], AIM_PLAIN)
    said("anew, with history, report, tables and site", cpu["whole"] / cpu["imports"], AIM_WHOLE)
    said("peak memory of a refresh", max(one.peak for each in found.values() for one in each), AIM_MEMORY, "MB")
    said("history that one of them records", statistics.median(grown), AIM_HISTORY, "MB")


def _size(folder: Path) -> float:
    """MB of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


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
