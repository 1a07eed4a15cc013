"""`make damage`: damage real releases in thousands of ways, in memory, and print what became of each class of damage.

    python tests/damage/run.py [--small 3000] [--large 180] [--seed 20261125] [--only "shifted block" "swapped rows"]

Needs the released files (../shared/published, or DARKFIGURE_PUBLISHED). "Refused" and "doubted" are right ends for a damage;
"published wrong" is what the relations cannot see beyond rounding and the usual revision; the first of each class are named.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[2])]
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from judging import Tally, damage_and_judge, layout_variations, load  # noqa: E402
from kit import PUBLISHED  # noqa: E402

GROUPS = (
    (("ons_appendix/appendix-tables-ye-june-2025.xlsx", "ons_appendix/appendix-tables-ye-september-2025.xlsx"), 1, 0.6),
    (("ons_pfa/policeforceareatablesyedecember2024.xlsx",), 0, 0.2),
    (
        ("ons_pfa/policeforceareadatatablesyearendingjune2018corrected.xlsx",
         "ons_pfa/policeforceareatablesyearendingjune2019.xlsx"), 1, 0.2,
    ),
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=3000, help="damages of single cells, some of them done at once")
    parser.add_argument(
        "--large", type=int, default=180, help="damages of rows, columns, headers and titles, each alone"
    )
    parser.add_argument("--at-once", type=int, default=25, help="single cells damaged in one copy, far apart")
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--only", nargs="*", help="damages of these classes alone; they are those of the whole run")
    parser.add_argument(
        "--to", type=Path, help="a CSV file for every damage, what became of it and what went out wrong"
    )
    chosen = parser.parse_args()
    damaged, layouts = Tally(), Tally()
    chance = random.Random(chosen.seed)
    for names, at, share in GROUPS:
        paths = [PUBLISHED / name for name in names]
        missing = [path for path in paths if not path.is_file()]
        if missing:
            print(f"left out, since it is not here: {missing[0]}")
            continue
        release = load(paths, at)
        print(f"{names[at]}: {len(release.figures):,} figures, {release.in_relation:,} in relations", flush=True)
        damage_and_judge(
            release,
            chance,
            round(chosen.small * share),
            round(chosen.large * share),
            chosen.at_once,
            damaged,
            chosen.only,
        )
        layout_variations(release, chance, layouts)
        if chosen.to:
            _write(chosen.to, damaged, layouts)
    print(f"\nDamages (seed {chosen.seed})\n{damaged}\n\nLayouts that must be read\n{layouts}")
    return 0


def _write(path: Path, *tallies: Tally) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("damage", "where", "outcome", "silent"), *(row for one in tallies for row in one.rows)]
        )


if __name__ == "__main__":
    sys.exit(main())
