"""`make faults`: harm is done to a running world, with a seed, and a table says what came of it.

    python tests/faults/faults.py [--short] [--seed N] [--only WORD]

Ends with 1 where something was torn or lost, a traceback was shown, something hung or ended otherwise than it should.
"""

import argparse
import datetime
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import folders
import hostile_files
import killing
import returning
import service
from harmed import ROOT, Tally, seconds, world

PARTS: dict[str, Callable[..., list[Tally]]] = {
    "hostile files": hostile_files.through_the_gate,
    "folders": folders.full_and_read_only,
    "history": folders.history,
    "at once": killing.together,
    "clock": killing.clock,
    "service": service.killed_with_all,
    "returns at once": returning.together,
    "returns killed": returning.killed,
    "refresh killed": killing.refreshes,
    "publishing killed": killing.publishing,
}


def main() -> int:
    """Do it all, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a tenth of everything, as in the tests")
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--only", default="", help="parts whose name holds this")
    chosen = parser.parse_args()
    begun, chance = time.monotonic(), random.Random(chosen.seed)
    tallies: list[Tally] = []
    with world() as one:
        for name, part in PARTS.items():
            if chosen.only in name:
                since = time.monotonic()
                tallies += part(one, chance, chosen.short)
                print(f"{name}: {seconds(since):.0f} s", file=sys.stderr, flush=True)
                print(table(tallies, chosen.seed, seconds(begun)), file=sys.stderr, flush=True)
    print(table(tallies, chosen.seed, seconds(begun)))
    for tally in tallies:
        for wrong in tally.wrong:
            print(f"{tally.what}: {wrong}", file=sys.stderr)
    return int(not all(tally.good for tally in tallies))


def table(tallies: list[Tally], seed: int, took: float) -> str:
    """The table in Markdown, with date and commit."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)) // 1024
    lines = ["| what was done | times | torn | lost | tracebacks | hangs | otherwise wrong | |", "| --- " * 8 + "|"]
    lines += [
        f"| {t.what} | {t.times:,} | {t.torn} | {t.lost} | {t.tracebacks} | {t.hangs} | {len(t.wrong)} | {t.note} |"
        for t in tallies
    ]
    day = datetime.date.today()
    lines += ["", f"{day}, commit {commit.stdout.strip()}, seed {seed}, {took / 60:.0f} minutes on {os.cpu_count()} cores;"
              f" the largest process took {peak:,} MB."]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
