"""Disclosure control: small counts as a marker, others rounded, the same cell always the same way.

Rounding is to the nearest base, without chance, so that the same count is the same in every table and vintage. Numbers of the
rules: `reference.collection_limit`; which table is treated how: `reference.disclosure_rule`.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.tables.records import grouped
from schemas.rows import AnyRow

Row = dict[str, Any]
NORMAL, SUPPRESSED, WITHHELD = "normal", "suppressed", "withheld"
# A force too small for anything but plain counts: what is crossed with a threat is left out (rule d).
COUNTRY_ONLY = ("city_of_london",)


@dataclass(frozen=True)
class Control:
    """The numbers of the rules.

    smallest: protected counts below it, but nought, are suppressed
    base:     others are rounded to it
    alike:    in a smaller group no row may hold all of it
    mean:     a mean is shown from so many offences on
    narrowest: fewest whole numbers that a protected count may be narrowed to
    held:     where fewer offences have moved, what was printed last is printed again
    """

    smallest: int
    base: int
    alike: int
    mean: int
    narrowest: int
    held: int

    def treated(self, count: int) -> tuple[int | None, str, int]:
        """A protected count as it is published: number, status, base."""
        if 0 < count < self.smallest:
            return None, SUPPRESSED, self.base
        return (count + self.base // 2) // self.base * self.base, NORMAL, self.base

    def rounded(self, row: Row) -> Row:
        """A row of which `offences` is protected."""
        number, status, base = self.treated(row["offences"])
        return row | {"offences": number, "cell_status": status, "rounded_to": base}

    def possible(self, number: int | None, status: str, rounded_to: int) -> tuple[float, float]:
        """What a reader knows of a published count from its own cell: least and largest whole number."""
        if status == SUPPRESSED:
            return 1, self.smallest - 1
        if number is None:
            return 0, float("inf")
        if rounded_to == 1 or number == 0:
            return number, number
        half = self.base // 2
        return max(number - half, self.smallest), number + half


def control(limits: Mapping[str, float]) -> Control:
    """The numbers of the rules, from the rows of reference.collection_limit."""
    names = "smallest_shown", "rounding_base", "smallest_group_all_alike", "smallest_base_of_mean"
    return Control(*(int(limits[name]) for name in (*names, "narrowest_interval", "held_below")))


def protect(rows: Iterable[Row], group: Callable[[Row], Hashable], rules: Control) -> list[Row]:
    """Rows with counts as they are published; a small group in which one row holds all is withheld whole."""
    made = []
    for members in grouped(rows, group).values():
        total = sum(row["offences"] for row in members)
        alike = 0 < total < rules.alike and any(row["offences"] == total for row in members)
        made += [row | _withheld(rules) if alike else rules.rounded(row) for row in members]
    return made


def _withheld(rules: Control) -> Row:
    return {"offences": None, "cell_status": WITHHELD, "rounded_to": rules.base}


def as_is(row: Row) -> Row:
    """A row whose count is published as counted."""
    return row | {"cell_status": NORMAL, "rounded_to": 1}


def withhold(rows: Sequence[AnyRow], chosen: Callable[[AnyRow], bool], rules: Control) -> list[Row]:
    """The rows, with those chosen withheld."""
    hidden = dict.fromkeys(("offences", "share", "share_of_vawg", "per_day", "rate", "held_from")) | _withheld(rules)
    return [{k: hidden.get(k, v) for k, v in row.items()} if chosen(row) else {**row} for row in rows]
