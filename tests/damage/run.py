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
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[2])]
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from judging import Tally, damage_and_judge, layout_variations, load  # noqa: E402
from kit import PUBLISHED  # noqa: E402
from long_releases import load_found, load_long  # noqa: E402
from tracked_release import load_tracked  # noqa: E402

GROUPS = (
    (("ons_appendix/appendix-tables-ye-june-2025.xlsx", "ons_appendix/appendix-tables-ye-september-2025.xlsx"), 1, 0.6),
    (("ons_pfa/policeforceareatablesyedecember2024.xlsx",), 0, 0.2),
    (("ons_pfa/policeforceareatablesyejune25final.csv",), 0, 0.05),
    (
        ("ons_pfa/policeforceareadatatablesyearendingjune2018corrected.xlsx",
         "ons_pfa/policeforceareatablesyearendingjune2019.xlsx"), 1, 0.2,
    ),
)  # fmt: skip

FORMATS = (".xlsx", ".xls", ".ods", ".csv", ".gz")

# CSV files that land together, beside what is tracked.
LONG_GROUPS = (
    (
        ("csew/indicator_5-2-1.csv", "csew/indicator_5-2-2.csv", "csew/indicator_11-7-2.csv", "csew/indicator_16-1-3.csv",
         "csew/indicator_16-3-1.csv", "csew/indicator_16-2-3.csv"), 0, 0.1,
    ),
    (("csew/csew-open-data-personal-crime-prevalence-2018q4.csv.gz",), 0, 0.05),
    (("home_office/rec-crime-pfa.csv", "home_office/prc-pfa-mar2013-onwards-tables201718.csv"), 0, 0.07),
    (("home_office/outcomes-open-data-2018-19.csv.gz",), 0, 0.03),
    (("population/ew_population_single_year_mid2025.csv", "population/regionalpopulation.csv"), 0, 0.03),
)  # fmt: skip


# All that is tracked, as one book; it needs no released file.
TRACKED = "data/figures"


def in_no_group(within: str) -> Iterator[tuple[tuple[str], int, float]]:
    """Every other released file, each alone."""
    grouped = {name for names, *_ in (*GROUPS, *LONG_GROUPS) for name in names}
    for path in sorted(PUBLISHED.glob("*/*")):
        name = path.relative_to(PUBLISHED).as_posix()
        if path.suffix in FORMATS and name not in grouped and within in name:
            yield (name,), 0, 0.02


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=3000, help="damages of single cells, some of them done at once")
    parser.add_argument(
        "--large", type=int, default=180, help="damages of rows, columns, headers and titles, each alone"
    )
    parser.add_argument("--at-once", type=int, default=25, help="single cells damaged in one copy, far apart")
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--only", nargs="*", help="damages of these classes alone; they are those of the whole run")
    parser.add_argument("--in", dest="within", default="", help="only files whose names hold this")
    parser.add_argument("--files", nargs="+", help="these workbooks, held together, instead of those of the whole run")
    parser.add_argument("--damaged", type=int, help="which of the workbooks that are held together, from 0")
    parser.add_argument(
        "--to", type=Path, help="a CSV file for every damage, what became of it and what went out wrong"
    )
    chosen = parser.parse_args()
    kinds = {
        "Workbooks": (GROUPS, load),
        "CSV files": (LONG_GROUPS, lambda paths, _: load_long(paths)),
        "Tracked figures": ((((TRACKED,), 0, 0.2),), lambda *_: load_tracked()),
        "Files in no group": (tuple(in_no_group(chosen.within)), lambda paths, _: load_found(paths[0])),
    }
    if chosen.files:
        kinds = {"Workbooks": (((tuple(chosen.files), chosen.damaged or 0, 1.0),), load)}
    tallies = {f"{what} {kind}": Tally() for kind in kinds for what in ("Damages of", "Layouts that must be read, of")}
    for kind, (groups, loaded) in kinds.items():
        chance = random.Random(chosen.seed)
        damaged, layouts = (tallies[f"{what} {kind}"] for what in ("Damages of", "Layouts that must be read, of"))
        for names, at, share in groups:
            if not any(chosen.within in name for name in names):
                continue
            paths = [PUBLISHED / name for name in names]
            missing = [path for path in paths if TRACKED not in names and not path.is_file()]
            if missing:
                print(f"left out, since it is not here: {missing[0]}")
                continue
            release = loaded(paths, at)
            if release is None:
                print(f"left out, since it is of no publication: {names[at]}")
                continue
            print(f"{names[at]}: {len(release.figures):,} figures, {release.in_relation:,} in relations", flush=True)
            small, large = round(chosen.small * share), round(chosen.large * share)
            damage_and_judge(release, chance, small, large, chosen.at_once, damaged, chosen.only)
            if TRACKED not in names:  # which has one layout
                layout_variations(release, chance, layouts)
            if chosen.to:
                _write(chosen.to, *tallies.values())
    print(f"\nSeed {chosen.seed}", *(f"\n{name}\n{tally}" for name, tally in tallies.items() if tally.total), sep="\n")
    return 0


def _write(path: Path, *tallies: Tally) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("damage", "where", "outcome", "silent"), *(row for tally in tallies for row in tally.rows)]
        )


if __name__ == "__main__":
    sys.exit(main())
