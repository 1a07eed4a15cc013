"""The counts of every return that counts, in one DuckDB: what the national tables are made from. Nothing of it is published."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from assets.returns.checks.predicates import SEEN_FLAGS, types_of
from assets.returns.intake.counted import CUBE, FLAGS_FILE, counted, keeps_rows_alike, layout
from assets.returns.intake.records import rows_of
from assets.returns.intake.store import Judged, Store, current
from assets.returns.rules.quarters import before, quarter_days, quarters_between
from assets.returns.rules.rules import Rules, membership_bit, read_rules
from assets.tables.records import grouped
from assets.words.problems import BadInput, Problem
from schemas.codes import ALL_VAWG, SYNTHETIC
from schemas.derive import quoted
from schemas.returns import FLAGS

MEMORY = "256MB"
# Condition: a row of the cube is of one of the suppliers given.
OF_SUPPLIERS = "supplier IN (SELECT unnest(?::VARCHAR[]))"
Row = dict[str, Any]


@dataclass(frozen=True)
class Collected:
    """The returns of the collection, those that count, and a DuckDB with their counts in the tables `cube` and `flags`.

    held:     every return, oldest first within its supplier and quarter
    counting: the return that counts, by supplier and quarter
    withheld: rules that compare for which a return counts nowhere, or a threat of it, by supplier and quarter
    """

    connection: duckdb.DuckDBPyConnection
    store: Store
    rules: Rules
    scope: str
    held: Sequence[Judged]
    counting: dict[tuple[str, str], Judged]
    withheld: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def withhold(self, supplier: str, quarter: str, rule: str, threat: str = ALL_VAWG) -> None:
        """Take a supplier's quarter out of what counts, as if it had not come; or one threat, as if it could not tell of it."""
        place = supplier, quarter
        self.withheld.setdefault(place, set()).add(rule)
        if threat != ALL_VAWG and place in self.counting:
            judged = self.counting[place]
            self.counting[place] = replace(judged, told=[of for of in judged.told if of != threat])
        elif self.counting.pop(place, None):
            for table in ("cube", "flags"):
                self.connection.execute(f"DELETE FROM {table} WHERE supplier = ? AND quarter = ?", place)

    @property
    def quarters(self) -> list[str]:
        """The quarters for which anything has come, oldest first."""
        return sorted({judged.quarter for judged in self.held})

    def suppliers(self, *quarters: str) -> list[str]:
        """Who sends for any of some quarters."""
        sending = {supplier for quarter in quarters for supplier in self.rules.sending(quarter)}
        return [supplier for supplier in self.rules.suppliers if supplier in sending]

    def throughout(self, quarters: Sequence[str]) -> set[str]:
        """Who sends for every one of some quarters: not a force that became part of another between them."""
        return set.intersection(*({*self.rules.sending(quarter)} for quarter in quarters))

    def within(self, start: datetime.date, end: datetime.date) -> list[str]:
        """The quarters of a period for which anything has come."""
        return [quarter for quarter in self.quarters if start <= quarter_days(quarter)[0] <= end]

    def reporting(self, quarters: Sequence[str], threat: str = ALL_VAWG) -> list[str]:
        """The suppliers that are in every one of some quarters for which they send, and can tell of a threat in each."""
        missing = {
            supplier
            for quarter in quarters
            for supplier in self.suppliers(quarter)
            if not (judged := self.counting.get((supplier, quarter))) or threat not in (ALL_VAWG, *judged.told)
        }
        return [supplier for supplier in self.suppliers(*quarters) if supplier not in missing]

    def sums(self, by: str, start: datetime.date, end: datetime.date, where: str = "true", *given: object) -> list[Row]:
        """The offences of a period by columns of the cube, of the rows that a condition with what it is given chooses."""
        return self.query(
            f"SELECT {by}, sum(offences)::BIGINT AS offences FROM cube WHERE month BETWEEN ? AND ? AND {where} "
            "GROUP BY ALL ORDER BY ALL",
            start, end, *given,
        )  # fmt: skip

    def by_supplier(
        self, start: datetime.date, end: datetime.date, threats: Sequence[str] = (ALL_VAWG,)
    ) -> dict[str, int]:
        """Supplier -> its offences of a period that are of any of some threats."""
        return {row["supplier"]: row["offences"] for row in self.sums("supplier", start, end, of_any(threats))}

    def query(self, sql: str, *parameters: object, **named: object) -> list[Row]:
        """The rows of a query as records; it has parameters in their order, or by name."""
        connection = self.connection.execute(sql, named or list(parameters))
        names = [column[0] for column in connection.description]
        return [dict(zip(names, row, strict=True)) for row in connection.fetchall()]


def of_any(threats: Sequence[str]) -> str:
    """Condition: a row of the cube is of any of some threats."""
    return "true" if ALL_VAWG in threats else f"membership & {sum(map(membership_bit, threats))} <> 0"


@contextmanager
def collected(store: Store, data: Path, as_of: datetime.date | None = None) -> Iterator[Collected | None]:
    """The collection of a store; None where no return is held. Of a day of the past only extracts up to that day."""
    of_day = [judged for judged in store.everything() if as_of is None or judged.extract_date <= str(as_of)]
    if not of_day:
        yield None
        return
    if len({judged.synthetic for judged in of_day if judged.accepted}) > 1:
        remedy, found = "Keep them in data roots of their own.", "synthetic and real returns"
        problem = Problem(str(store.root), "synthetic", found, "one kind", remedy)
        raise BadInput("The collection is not published: synthetic returns never meet real ones", [problem])
    partitions = grouped(of_day, lambda judged: (judged.supplier, judged.quarter))
    counting = {key: newest for key, judged in partitions.items() if (newest := current(judged))}
    synthetic = any(judged.synthetic for judged in of_day)
    with duckdb.connect(config={"memory_limit": MEMORY, "threads": 2}) as connection:
        rules, scope = read_rules(data), SYNTHETIC if synthetic else "collection"
        _read(connection, store, counting, rules)
        for place, silent in _recorded_nowhere(connection, store, counting):
            unknown = {threat for threat, flags in rules.flags_of_threats().items() if silent in flags}
            judged = counting[place]
            counting[place] = replace(judged, told=[threat for threat in judged.told if threat not in unknown])
        yield Collected(connection, store, rules, scope, of_day, counting)


def _read(
    connection: duckdb.DuckDBPyConnection, store: Store, counting: dict[tuple[str, str], Judged], rules: Rules
) -> None:
    connection.execute(
        "CREATE TABLE cube(supplier VARCHAR, quarter VARCHAR, month DATE, offence_class VARCHAR, membership SMALLINT, "
        "membership_known BOOLEAN, victim_age_band VARCHAR, suspect_age_band VARCHAR, relationship VARCHAR, offences BIGINT, "
        "victim_age_sum BIGINT, victim_age_known BIGINT, suspect_age_sum BIGINT, suspect_age_known BIGINT)"
    )
    connection.execute(
        "CREATE TABLE flags(supplier VARCHAR, quarter VARCHAR, month DATE, flag VARCHAR, value VARCHAR, offences BIGINT)"
    )
    connection.execute(types_of(rules))
    for (supplier, quarter), judged in sorted(counting.items()):
        kept = [(CUBE, "cube"), (FLAGS_FILE, "flags")][: 2 if judged.profile == "record" else 1]
        made = _counted_anew(connection, store, judged, rules) if judged.layout != layout() else {}
        for name, table in kept:
            file = store.folder(judged) / name
            try:
                connection.execute(
                    f"INSERT INTO {table} BY NAME SELECT ? AS supplier, ? AS quarter, * FROM {made.get(name, _kept_in(file))}",
                    [supplier, quarter],
                )
            except duckdb.OutOfMemoryException:
                raise
            except duckdb.Error:
                problem = Problem(
                    str(file), "", "no file, or one of another version", "the counts of the return that counts",
                    "`darkfigure returns land` takes it in anew, where it lies in the inbox; else send it again.",
                )  # fmt: skip
                raise BadInput("A return that counts cannot be read", [problem]) from None


def _recorded_nowhere(
    connection: duckdb.DuckDBPyConnection, store: Store, counting: Mapping[tuple[str, str], Judged]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Supplier and quarter, and a flag that is recorded in none of its rows, whatever its manifest says: unknown, not nought."""
    records = "SELECT supplier, quarter, flag FROM flags GROUP BY ALL HAVING count_if(value <> 'not_recorded') = 0"
    for supplier, quarter, flag in connection.execute(records).fetchall():
        yield (supplier, quarter), flag
    for place, judged in counting.items():
        if judged.profile == "aggregate" and keeps_rows_alike(judged):
            # A flag that counts have no column for is recorded in no row of them.
            asked = ", ".join(f"count({flag})" if flag in SEEN_FLAGS else "0" for flag in FLAGS)
            with rows_of(store, judged) as file:
                # What is sent as combinations tells of every threat.
                of_rows = f"SELECT count(*), {asked} FROM {_kept_in(file)} WHERE in_scope AND NOT membership_known"
                [(rows, *recorded)] = connection.execute(of_rows).fetchall()
            yield from ((place, flag) for flag, count in zip(FLAGS, recorded, strict=True) if rows and not count)


def _counted_anew(connection: duckdb.DuckDBPyConnection, store: Store, judged: Judged, rules: Rules) -> dict[str, str]:
    """File of counts -> table of the counts as they are made now, of a return that another version counted.

    Until it is judged again its rows are what is right; none where that version kept too little of them.
    """
    made = dict[str, str]()
    with rows_of(store, judged) as file:
        for name, counting in counted(_kept_in(file), judged.profile, rules.limits["top_age"]).items():
            table = f"anew_{name.removesuffix('.parquet')}"
            try:
                connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {counting}")
            except (duckdb.BinderException, duckdb.IOException):
                return {}
            made[name] = table
    return made


def _kept_in(file: Path) -> str:
    return f"read_parquet({quoted(str(file))}, hive_partitioning = false)"


def financial_years(quarters: Sequence[str]) -> list[tuple[datetime.date, datetime.date]]:
    """The years from April to March of which all four quarters have come from somebody."""
    years = [
        (quarter_days(quarter)[0], quarter_days(before(quarter, -9))[1])
        for quarter in quarters
        if quarter.endswith("-04")
    ]
    return [year for year in years if set(quarters_between(*year)) <= set(quarters)]


def period_columns(quarter: str) -> Row:
    """First and last day of a quarter, as columns of a table."""
    start, end = quarter_days(quarter)
    return {"period_start": start, "period_end": end}
