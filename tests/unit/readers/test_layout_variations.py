"""Variations of a release's layout, made at random and SYNTHETIC: what only looks otherwise reads as the same figures."""

import random
import re

import pytest
from small_releases import Sheets, appendix, as_released, read

from assets.archive.titled.read import TitledReading
from assets.tables.records import records

pytestmark = pytest.mark.slow

AROUND = re.compile(r"cover|note", re.IGNORECASE)
TITLE = re.compile(r"(?:Table|Worksheet) \w+:")
SAME = ("series", "period_start", "period_end", "characteristic_value", "value", "obs_status", "base")
# At least so many of a hundred variations must be read as they are meant.
AIM = 98


def figures(reading: TitledReading) -> list[str]:
    return sorted(str([row[name] for name in SAME]) for row in records(reading.frame))


def blank_rows(rows: list[list[object]], chance: random.Random) -> list[list[object]]:
    """Empty rows put in anywhere."""
    made: list[list[object]] = []
    for row in rows:
        made += [[]] * (chance.random() < 0.15)
        made.append(row)
    return made


def respelt(rows: list[list[object]], chance: random.Random) -> list[list[object]]:
    """Row labels with what decides nothing: notes, case, spaces, ampersands, a unit, "offences", a full stop."""

    def one(text: str) -> str:
        kind = chance.randrange(7)
        if kind == 0:
            return f"{text} [note 1]"
        if kind == 1:
            return text.upper()
        if kind == 2:
            return f"  {text.replace(' ', '  ')} "
        if kind == 3:
            return text.replace(" and ", " & ")
        if kind == 4:
            return f"{text} (%)"
        if kind == 5:
            return f"{text}."
        return text

    return [[one(cell) if _is_label(cell, row) else cell for cell in row] for row in rows]


def _is_label(cell: object, row: list[object]) -> bool:
    numbers = any(isinstance(other, (int, float)) for other in row)
    return isinstance(cell, str) and numbers and len(cell) > 6 and not re.match(r"\d|\[|Unweighted", cell.strip())


def to_the_right(rows: list[list[object]], chance: random.Random) -> list[list[object]]:
    """Empty columns on the left."""
    return [[None] * 2 + row for row in rows]


def labels_over_two_columns(rows: list[list[object]], chance: random.Random) -> list[list[object]]:
    """Labels in small letters stand a column further, under no header of their own; the one above is repeated or not."""
    made, before = list[list[object]](), object()
    for row in (row or [None] for row in rows):
        is_label = isinstance(row[0], str) and _is_label(row[0], row) and row[0].upper() != row[0]
        made.append([before if chance.random() < 0.5 else None, *row] if is_label else [row[0], None, *row[1:]])
        before = before if is_label else row[0]
    return made


def more_rows(rows: list[list[object]], chance: random.Random) -> list[list[object]]:
    """A row that nobody knows below the last one of the sheet."""
    return [*rows, ["", "An entirely new kind of row", 5, 6, 7]] if chance.random() < 0.5 else rows


CHANGES = (blank_rows, respelt, to_the_right, more_rows, labels_over_two_columns)


def variation(chance: random.Random) -> Sheets:
    """Sheets renamed and in another order, their tables changed in one to three ways."""
    sheets = appendix()
    tables = {name: rows for name, rows in sheets.items() if not AROUND.search(name)}
    some = sorted(chance.sample(CHANGES, chance.randint(1, 3)), key=lambda change: change is not more_rows)
    for name, rows in tables.items():
        for change in some:
            rows = change(rows, chance)
        tables[name] = rows
    names = list(tables)
    chance.shuffle(names)
    renamed = {f"{chance.choice(('Sheet', 'Data', 'Tab'))} {at}": tables[name] for at, name in enumerate(names)}
    return {name: rows for name, rows in sheets.items() if AROUND.search(name)} | renamed


@pytest.mark.long
@pytest.mark.parametrize("seed", [20261125])
def test_layouts_that_only_look_otherwise_are_read(seed: int) -> None:
    chance = random.Random(seed)
    wanted = figures(as_released())
    alike = sum(figures(read(variation(chance), "synthetic.xlsx")) == wanted for _ in range(100))
    assert alike >= AIM, f"{alike} of 100"
