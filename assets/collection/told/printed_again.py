"""What is printed again as it was, since so little has moved that counting anew would tell whose offence it was.

What decides is printed, too: which returns count, plain offence counts, and that no cell would have changed by as much. So that
a number is held, or is not, says nothing of anybody, and what is held says no more than it did.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from assets.collection.told.control import Control
from assets.collection.told.earlier import TOLD_APART, Kept, PrintedBefore, Unit, all_kept, looks, protected_of, unit_of
from assets.collection.told.tallies import BETWEEN, OFFENCES, RETURNS, WHOLE, Period
from assets.tables.records import grouped
from schemas.codes import ENGLAND_AND_WALES as NATION
from schemas.rows import AnyRow

HELD_FROM = "held_from"
NOUGHT: Mapping[str, int] = {"offences": 0}


class Last:
    """The publication before this one, of one scope: what of it is printed again."""

    def __init__(self, printed: PrintedBefore, scope: str, areas: Mapping[str, str], rules: Control) -> None:
        """areas: supplier -> area."""
        builds = ([row for row in rows if row["scope"] == scope] for rows in printed.builds.values())
        self._tables = {table: [row for row in rows if row["scope"] == scope] for table, rows in printed.tables.items()}
        self._build, self._rules = printed.build, rules
        self._every = [grouped(rows, unit_of) for rows in builds]
        self._last = grouped(all_kept(self._tables, areas, printed_again=True), unit_of) if self._tables else {}
        self._counted = grouped(all_kept(self._tables, areas), unit_of) if self._tables else {}
        self._areas = areas

    def again(self, now: Kept, area: str, returns: Sequence[AnyRow]) -> bool:
        """Is what would be printed of an area, in a unit, printed as it was?

        returns: rows of `collection.return` as they would be printed
        """
        unit = unit_of(now[0]) if now else ()
        shown = protected_of(self._last.get(unit, ()), area)
        if not shown:
            return False
        counted = [
            kept[unit] for kept in self._every if unit in kept and looks(protected_of(kept[unit], area)) == looks(shown)
        ]
        revised = self._returns(returns, unit, area) != self._returns(self._tables[RETURNS], unit, area)
        again = not protected_of(self._counted.get(unit, ()), area)
        return bool(counted) and (revised or again) and _little_moved(now, counted[-1], area, self._rules)

    def rows(self, table: str, period: Period, **named: object) -> list[dict[str, Any]]:
        """The protected rows of a table and period as they were printed, with the build that counted them."""
        return [
            {**row, HELD_FROM: row.get(HELD_FROM) or self._build}
            for row in self._tables.get(table, ())
            if (row["period_start"], row["period_end"]) == period and row["rounded_to"] > 1
            and all(row[name] == value for name, value in named.items())
        ]  # fmt: skip

    def _returns(self, rows: Sequence[AnyRow], unit: Unit, area: str) -> set[tuple[str, bool]]:
        start, end = unit[:2]
        return {
            (row["return_id"], row["counts"])
            for row in rows
            if start <= row["period_start"]
            and row["period_end"] <= end
            and area in (NATION, self._areas[row["supplier"]])
        }


def _little_moved(now: Kept, then: Kept, area: str, rules: Control) -> bool:
    """Have fewer offences of an area moved than the rule says, by the plain numbers, and no protected one by as much?"""
    first, second = (
        {
            tuple(row[name] for name in TOLD_APART): row
            for row in rows
            if row["area_code"] == area or (area == NATION and _is_plain(row))
        }
        for rows in (now, then)
    )
    plain = {key for rows in (first, second) for key, row in rows.items() if _is_plain(row)}
    pairs = [(first.get(key, NOUGHT)["offences"], second.get(key, NOUGHT)["offences"]) for key in plain]
    if any(None in pair for pair in pairs) or sum(abs(mine - other) for mine, other in pairs) >= rules.held:
        return False
    return not any(
        second[key]["rounded_to"] != row["rounded_to"] or _apart(row, second[key], rules) >= rules.held
        for key, row in first.items()
        if key in second and key not in plain
    )


def _is_plain(row: AnyRow) -> bool:
    return row["table_name"] == OFFENCES or str(row["figure"]).endswith(f"{BETWEEN}{WHOLE}")


def _apart(now: AnyRow, then: AnyRow, rules: Control) -> float:
    """By how much a count has changed at least, as both are printed."""
    (least, most), (lower, upper) = (
        rules.possible(row["offences"], row["cell_status"], row["rounded_to"]) for row in (now, then)
    )
    return max(least - upper, lower - most)
