"""`make mutants`: change the code on purpose, one expression at a time, and print per module how many changes the tests see.

What is changed, and which tests are asked, stands in pyproject.toml (`tool.mutmut`): the methods, the rules, the ratio, the
cover of relations, the readers' numbers and periods, and what a total leaves out. Ends with 1 where less than 90% of the
changes that a test reaches are seen.
"""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

AIM, ROOT = 90.0, Path(__file__).resolve().parents[2]
LINE = re.compile(r"^\s*(?P<name>\S+)\.x\S*__mutmut_\d+: (?P<status>.+)$", re.MULTILINE)
SEEN, UNSEEN = ("killed", "timeout", "segfault", "suspicious"), ("survived",)


def main() -> int:
    """Run, then print the table."""
    program = Path(sys.executable).with_name("mutmut")
    subprocess.run([program, "run"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    results = subprocess.run([program, "results", "--all", "true"], cwd=ROOT, check=True, capture_output=True, text=True)
    counted = scores(results.stdout)
    print(table(counted))
    total = sum(counted.values(), Counter[str]())
    return int(percent(total) < AIM)


def scores(results: str) -> dict[str, Counter[str]]:
    """Module -> how many changes were seen, not seen, or are reached by none of the tests asked."""
    found: dict[str, Counter[str]] = {}
    for line in LINE.finditer(results):
        status = line["status"].strip()
        kind = "seen" if status in SEEN else "not seen" if status in UNSEEN else "not reached"
        found.setdefault(line["name"].removeprefix("assets."), Counter())[kind] += 1
    return found


def percent(of: Counter[str]) -> float:
    """Changes seen of those that a test reaches."""
    reached = of["seen"] + of["not seen"]
    return 100 * of["seen"] / reached if reached else 100.0


def table(counted: dict[str, Counter[str]]) -> str:
    """One line per module, and the sum."""
    total = sum(counted.values(), Counter[str]())
    rows = [*sorted(counted.items()), ("all", total)]
    return "\n".join(
        ["| module | changes | seen | not seen | score | no test asked |", "| --- | --: | --: | --: | --: | --: |"]
        + [
            f"| {name} | {sum(of.values()):,} | {of['seen']:,} | {of['not seen']:,} | {percent(of):.0f}% | {of['not reached']:,} |"
            for name, of in rows
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
