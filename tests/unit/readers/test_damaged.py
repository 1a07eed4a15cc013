"""Releases damaged at random: whatever happens to a file, it is read or refused in words. SYNTHETIC."""

import random
from typing import Any

import pytest
from kit import notice
from small_releases import Sheets, appendix, forces_2019, read

from assets.words.problems import BadInput

pytestmark = [pytest.mark.slow, pytest.mark.one_in(2)]

JUNK: tuple[Any, ...] = (
    "", " ", "[x]", "x", "31 September 2026", "[note", "Table", "Table B2:", "Apr 2025 to Mar 2020", -1.0, 1e300, 0.5, 43500.0,
    "é\u200b", "#REF!", "1.2.3", "Q5 2025/26", "2025/26", "TRUE", "\n", "[r]", "n/a", "9" * 400,
)  # fmt: skip


def damaged(sheets: Sheets, chance: random.Random) -> Sheets:
    """Cells replaced, rows and columns taken out, put in or repeated, sheets cut off or gone."""
    made = {name: [list(row) for row in rows] for name, rows in sheets.items()}
    for _ in range(chance.randint(1, 6)):
        name = chance.choice(list(made))
        rows = made[name]
        if not rows:
            continue
        at, kind = chance.randrange(len(rows)), chance.random()
        if kind < 0.55 and rows[at]:
            rows[at][chance.randrange(len(rows[at]))] = chance.choice(JUNK)
        elif kind < 0.65:
            del rows[at]
        elif kind < 0.75:
            rows.insert(at, [chance.choice(JUNK) for _ in range(chance.randint(0, 6))])
        elif kind < 0.85:
            column = chance.randrange(4)
            made[name] = [row[:column] + row[column + 1 :] for row in rows]
        elif kind < 0.9 and len(made) > 1:
            del made[name]
        elif kind < 0.95:
            made[name] = rows[:at]
        else:
            rows[at] = list(rows[chance.randrange(len(rows))])
    return made


@pytest.mark.long
@pytest.mark.parametrize("release", ["appendix", "forces"])
def test_a_damaged_release_is_read_or_refused_in_words(release: str) -> None:
    sheets, merged = (appendix(), None) if release == "appendix" else forces_2019()
    chance = random.Random(20261124)
    ends = {"read": 0, "not all of it": 0}
    for _ in range(150):
        variant = damaged(sheets, chance)
        try:
            reading = read(variant, "synthetic.xlsx", merged)
            notice([reading])
            ends["not all of it" if reading.set_aside else "read"] += 1
            said = " ".join(problem.sentence() for refused in reading.set_aside for problem in refused.problems)
            assert "synthetic.xlsx" in said or not reading.set_aside
        except BadInput as error:
            assert "synthetic.xlsx" in error.paragraph() and "Traceback" not in error.paragraph()
            ends["not all of it"] += 1
    assert min(ends.values()) > 10, ends
