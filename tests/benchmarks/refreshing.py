"""A whole refresh as a process against a process that only imports the libraries, and opening the file it makes."""

import statistics
from pathlib import Path

from measuring import process, said, timed

IMPORTS = "import dagster, pandas, duckdb, pandera"
READS = 50
AIM_PLAIN, AIM_RECORDED, AIM_MEMORY, AIM_READ = 2.5, 5.0, 500.0, 2.0


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
