"""Protected counts beside a plain number that says something of them: the values of a flag, and what rules found in a return."""

import datetime
import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assets.collection.told.attackers_system import AttackersSystem, Moved
from assets.collection.told.control import NORMAL, WITHHELD, Control
from assets.collection.told.vintages import narrowed_beside
from assets.returns.rules.rules import OF_THE_WHOLE
from assets.tables.records import grouped
from schemas.codes import ENGLAND_AND_WALES as NATION
from schemas.rows import AnyRow

FLAGS, RULES = "collection.flag", "collection.rule_result"
RETURNS, OFFENCES = "collection.return", "collection.offence_count"
ERRORS, WARNINGS = "quarantine", "warn"
# The plain number of a tally, where it is kept as a row among its counts.
WHOLE = "all"
BETWEEN = " / "
# What is kept of each number that was printed.
NOTED = ("offences", "lower", "upper", "cell_status", "rounded_to", "suppliers_counted", "suppliers_expected")
Period = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class Tally:
    """Counts of one kind, and a plain number that is as large as each of them or larger.

    Of a flag they are its values: all offences of those who send records have one. Of a return they are the rows by error, of
    which every row that is set aside has one or more, or by warning, of which a row may have none.

    table, area: where they are printed; kind: the flag or the severity; counts: value or rule -> offences (or rows), cell_status
    and rounded_to; nought is not listed; whole: the plain number, infinite where it is not published
    """

    table: str
    period: Period
    area: str
    kind: str
    counts: Mapping[str, AnyRow]
    whole: float

    @property
    def held(self) -> bool:
        """Is it printed again as it was, and not counted anew?"""
        return any(row.get("held_from") for row in self.counts.values())

    def key(self, name: str) -> Hashable:
        """One of the counts."""
        return self.table, self.area, self.kind, name

    def programme(self, rules: Control) -> AttackersSystem:
        """What a reader knows of the counts."""
        system = AttackersSystem(rules)
        for name, row in self.counts.items():
            system.cell(key := self.key(name), row)
            least, most = system.known[key]
            system.known[key] = (max(least, min(most, 1)), min(most, self.whole))
        if self._one_each and len(self.counts) == 1:  # it is the plain number
            system.protected.clear()
        if self._whole_of_it and math.isfinite(self.whole):
            system.total(system.known.copy(), self.whole, self.whole if self._one_each else math.inf)
        return system

    def moved(self, before: "Tally") -> list[Moved]:
        """By how much the counts moved at most since an earlier publication: by no more than the plain number.

        Where nothing is printed something was left out, but that of warnings it is taken that there were none before.
        """
        left_out = not self.counts or (not before.counts and before.whole and before._whole_of_it)
        if left_out or math.inf in (self.whole, before.whole):
            return []
        most, keys = abs(self.whole - before.whole), [self.key(name) for name in sorted({*self.counts, *before.counts})]
        return [Moved(self.kind, keys, most)] if self._one_each else [Moved(key, [key], most) for key in keys]

    def safe(self, before: Sequence["Tally"], rules: Control) -> "Tally":
        """It without what its plain number, or what was printed before, tells: the largest first, then more, else all.

        Of a flag Y comes last: a threat that rests on the flag alone prints the same number beside it.
        """
        made = dict(self.counts)
        largest = sorted(made, key=lambda name: (name == "Y", -(made[name]["offences"] or 0)))
        for name in [None, *largest]:
            if name is not None:
                made[name] = {**made[name], "offences": None, "cell_status": WITHHELD}
            if not narrowed_beside(shown := replace(self, counts=made), before, rules):
                return shown
        return replace(self, counts={})

    def kept(self) -> list[AnyRow]:
        """Its rows as they are kept of an earlier publication, the plain number among them."""
        whole = int(self.whole) if math.isfinite(self.whole) else None
        every: Mapping[str, AnyRow] = {
            **self.counts,
            WHOLE: {"offences": whole, "cell_status": NORMAL, "rounded_to": 1},
        }
        start, end = self.period
        at = {"table_name": self.table, "area_code": self.area, "period_start": start, "period_end": end}
        return [
            at | {"figure": f"{self.kind}{BETWEEN}{name}"} | {column: row.get(column) for column in NOTED}
            for name, row in every.items()
        ]

    @property
    def _one_each(self) -> bool:
        """Does whatever is counted stand in one of the counts only?"""
        return self.table == FLAGS

    @property
    def _whole_of_it(self) -> bool:
        """Does all that the plain number counts stand in one of the counts at least?"""
        return self.kind != WARNINGS


def kind_of(row: AnyRow) -> str:
    """The kind of the tally that a kept row is of."""
    return str(row["figure"]).split(BETWEEN)[0]


def tally_of(rows: Sequence[AnyRow]) -> Tally:
    """A tally from its kept rows."""
    counts = {str(row["figure"]).split(BETWEEN)[1]: row for row in rows}
    first, whole = rows[0], counts.pop(WHOLE)
    period = (first["period_start"], first["period_end"])
    return Tally(first["table_name"], period, first["area_code"], kind_of(first), counts, number(whole["offences"]))


def number(printed: int | None) -> float:
    """A plain number as it is published."""
    return math.inf if printed is None else printed


def about_a_whole_return(rule: str, severity: str) -> bool:
    """Does a rule speak of a return? Its number says nothing of rows; those about rows may name ages and relationships."""
    return severity == "refuse" or rule in OF_THE_WHOLE


def tallies(tables: Mapping[str, Sequence[AnyRow]], areas: Mapping[str, str]) -> Iterator[Tally]:
    """Those of published tables, by their names; areas: supplier -> area."""
    returns = grouped(tables[RETURNS], lambda row: (row["period_start"], row["period_end"]))
    flags = grouped(tables[FLAGS], lambda row: (row["period_start"], row["flag"]))
    results = grouped(tables[RULES], lambda row: (row["period_start"], row["supplier"], row["severity"]))
    offences = grouped(tables[OFFENCES], lambda row: row["period_start"])
    for period, sent in returns.items():
        start, newest = period[0], {row["supplier"]: row for row in sorted(sent, key=lambda row: row["version"])}
        records = {row["supplier"] for row in sent if row["counts"] and row["profile"] == "record"}
        whole = sum(row["offences"] for row in offences[start] if row["supplier"] in records)
        for flag in sorted({flag for at, flag in flags if at == start}):
            yield Tally(FLAGS, period, NATION, flag, {row["value"]: row for row in flags[start, flag]}, whole)
        for supplier, row in newest.items():
            for kind, whole in ((ERRORS, row["quarantined"]), (WARNINGS, row["rows"])):
                tallies = {
                    result["rule"]: {**result, "offences": result["rows"]}
                    for result in results[start, supplier, kind]
                    if not about_a_whole_return(result["rule"], kind)
                }
                yield Tally(RULES, period, areas[supplier], kind, tallies, number(whole))
