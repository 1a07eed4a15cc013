"""Every error of a truth file is found, on its line and by its rule, and no clean row is set aside: whole synthetic collections.

    python tests/validation/test_planted_errors.py ROWS [SEED]

prints the same for any number of rows. In the tests some thousand rows; with DARKFIGURE_VALIDATE=1 a million
with each of three seeds, and ten million.
"""

import csv
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assets.returns.intake.intake import Source, engine, examine
from assets.returns.intake.landed import landed
from assets.returns.intake.store import Store
from assets.returns.rules.rules import read_rules
from assets.returns.synthetic.make import Plan, make
from assets.returns.synthetic.plant import MUTATIONS, plant

ROOT = Path(__file__).resolve().parents[2]
VALIDATE = bool(os.environ.get("DARKFIGURE_VALIDATE"))
FEW = ("kent", "surrey", "dyfed_powys")
SIZES = [*((1_000_000, seed) for seed in (1, 2, 3)), (10_000_000, 4)] if VALIDATE else [(9_000, 1)]
PER_RETURN = 300


@dataclass
class Judged:
    """What came of a collection: rows, planted errors by rule, and what went wrong."""

    rows: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, int, str]] = field(default_factory=list)
    clean_set_aside: list[tuple[str, int]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def judged(folder: Path, rows: int, seed: int, suppliers: tuple[str, ...]) -> Judged:
    """Make a quarter of so many rows with errors planted in every return, and hold what is found against the truth."""
    rules, inbox, truth = read_rules(ROOT / "data"), folder / "inbox", folder / "truth.csv"
    made = make(inbox, Plan(suppliers, ("2022-04",), rows=4 * rows, seed=seed))
    plant(made, PER_RETURN, seed, truth, rules)
    with truth.open(encoding="utf-8") as source:
        planted = {(row["supplier"], int(row["line"])): row["rule"] for row in csv.DictReader(source)}
    judged = Judged(planted=Counter(planted.values()))
    source_of = Source(inbox, Store(folder / "store"), rules)
    for one in landed(inbox, rules):
        with engine(source_of.store) as connection:
            checked = examine(connection, one, rules, synthetic=True)
            lines = connection.execute("SELECT line, rule FROM problem WHERE rule[1] = 'E'").fetchall()
        judged.rows += checked.rows
        judged.refused += [f"{one.sender}: {checked.refused}"] if checked.refused else []
        by_line: dict[int, set[str]] = {}
        for line, rule in lines:
            by_line.setdefault(line, set()).add(rule)
        mine = {line: rule for (sender, line), rule in planted.items() if sender == one.sender}
        judged.missed += [(one.sender, line, rule) for line, rule in mine.items() if rule not in by_line.get(line, ())]
        judged.clean_set_aside += [(one.sender, line) for line in by_line if line not in mine]
        if checked.quarantined != len(mine):
            judged.clean_set_aside.append((one.sender, checked.quarantined - len(mine)))
    return judged


@pytest.mark.parametrize(("rows", "seed"), SIZES)
def test_every_planted_error_is_found_and_no_clean_row_is_set_aside(rows: int, seed: int, tmp_path: Path) -> None:
    suppliers = tuple(read_rules(ROOT / "data").suppliers) if VALIDATE else FEW
    judgement = judged(tmp_path, rows, seed, suppliers)
    assert not judgement.refused and not judgement.missed and not judgement.clean_set_aside
    assert set(judgement.planted) == set(MUTATIONS)
    assert abs(judgement.rows - rows) < 0.02 * rows + PER_RETURN * len(suppliers)


def main() -> int:
    """Print what came of so many rows."""
    rows, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        judgement = judged(Path(folder), rows, seed, tuple(read_rules(ROOT / "data").suppliers))
    print(
        f"seed {seed}: {judgement.rows:,} rows, {sum(judgement.planted.values()):,} errors planted:"
        f" {dict(sorted(judgement.planted.items()))}"
    )
    print(
        f"missed {len(judgement.missed)}, clean rows set aside {len(judgement.clean_set_aside)}, refused {len(judgement.refused)}"
    )
    return int(bool(judgement.missed or judgement.clean_set_aside or judgement.refused))


if __name__ == "__main__":
    sys.exit(main())
