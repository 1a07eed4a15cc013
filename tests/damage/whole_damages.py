"""Ways in which a sheet or a whole workbook may say something else alike: columns, titles and names."""

import random
from collections import Counter
from typing import Any

from damages import Cells, Copy, Damage, Maker, Place, as_printed, changed_column, number


def repeated_column(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
    """The column before once more in the place of one, under its header."""
    sheet, _, column = chance.choice(places)
    rows, changed = book.rows(sheet), set[Place]()
    for p in cells.of_sheet[sheet]:
        before = rows[p[1]][column - 1] if (sheet, p[1], column - 1) in cells.figures else None
        if p[2] == column and number(before) is not None and rows[p[1]][column] != before:
            rows[p[1]][column] = before
            changed.add(p)
    return Damage("repeated column", f"{sheet}!{column}", frozenset(changed)) if changed else None


def _in_hundreds(cell: Any) -> Any:
    value = number(cell)
    return None if value is None or value % 100 == 0 else as_printed(100.0 * round(value / 100), cell)


rounded_column = changed_column("rounded column", _in_hundreds)


def exchanged_titles(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
    """Two sheets under each other's title."""
    if len(cells.of_sheet) < 2:
        return None
    one, two = chance.sample(sorted(cells.of_sheet), 2)
    book.rows(one)[0], book.rows(two)[0] = book.rows(two)[0], book.rows(one)[0]
    return Damage("exchanged titles", f"{one} and {two}", frozenset(cells.of_sheet[one] + cells.of_sheet[two]))


def exchanged_names(book: Copy, cells: Cells, chance: random.Random, places: list[Place]) -> Damage | None:
    """What names one row of a sheet alone, and what names another, exchanged in the whole book: two areas, or two offences."""
    sheet, row, _ = chance.choice(places)
    first, (_, other, _) = min(p[2] for p in cells.of_sheet[sheet]), chance.choice(cells.of_sheet[sheet])
    of_sheet = book.grid(sheet).rows
    stands = Counter(cell for line in of_sheet for cell in {str(cell) for cell in line[:first]})
    labels = [[cell for cell in of_sheet[at][:first] if isinstance(cell, str)] for at in (row, other)]
    pairs = [pair for pair in zip(*labels, strict=False) if all(one.strip() and stands[one] == 1 for one in pair)]
    new = {pair: two for pair, two in pairs if pair != two}
    new |= {two: one for one, two in new.items()}
    touched = set[Place]()
    for name, of_name in cells.of_sheet.items():
        rows = book.rows(name)
        changed = {at for at, line in enumerate(rows) if not new.keys().isdisjoint(map(str, line))}
        for at in changed:
            rows[at][:] = [new.get(cell, cell) if isinstance(cell, str) else cell for cell in rows[at]]
        touched |= {p for p in of_name if p[1] in changed}
    return Damage("exchanged names", f"{sheet} {row + 1} and {other + 1}", frozenset(touched)) if new else None


WHOLE: tuple[Maker, ...] = (repeated_column, rounded_column, exchanged_titles, exchanged_names)
