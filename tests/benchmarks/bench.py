"""How fast, as ratios against a plain alternative of the same run: `python tests/benchmarks/bench.py [RUNS] [PART ...]`.

refresh   a whole refresh as a process against a process that only imports the libraries, its peak memory, and opening the file
readers   the readers against bare calamine and against pandas with openpyxl, over the same sheets, and their peak memory
landing   a whole refresh with half and with all of the released files landed: seconds, peak memory, growth
returns   force returns against DuckDB's own scan of the same files (10 million rows; `returns-large`: 100 million)

Medians of several runs, taken in turns so that a busy moment of the machine meets all of them. Aims are ratios, since
machines differ; they are printed, not enforced. Without the released files their parts say so and are skipped.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from landing import landing
from measuring import ROOT
from readers import readers
from refreshing import reading, refreshing
from returns import MANY_ROWS, returns

MADE = ("interim", "output", "landing", "returns")
RUNS = 5
PARTS = ("refresh", "readers", "landing", "returns")
LARGE = "returns-large"


def main() -> int:
    """Run the parts that are named, or all, on a data root of their own."""
    chosen = [part for part in sys.argv[1:] if part in (*PARTS, LARGE)] or PARTS
    runs = next((int(part) for part in sys.argv[1:] if part.isdigit()), RUNS)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "data"
        shutil.copytree(ROOT / "data", root, ignore=lambda path, _: MADE if Path(path) == ROOT / "data" else ())
        if "refresh" in chosen:
            refreshing(root, runs)
            reading(root / "output" / "darkfigure.duckdb", Path(folder) / "empty.duckdb")
        if "readers" in chosen:
            readers()
        if "landing" in chosen:
            landing(root)
    if "returns" in chosen:
        returns()
    if LARGE in sys.argv[1:]:
        returns(MANY_ROWS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
