"""The counts of every return that counts, in one DuckDB: what the national tables are made from. Nothing of it is published."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from assets.returns.intake import CUBE, FLAGS_FILE
from assets.returns.quarters import quarter_days, quarters_between
from assets.returns.rules import Rules, read_rules
from assets.returns.store import Judged, Store, current
from assets.tables.records import grouped
from assets.words.problems import BadInput, Problem

MEMORY = "256MB"
Row = dict[str, Any]


@dataclass(frozen=True)
class Collected:
    """The returns of the collection, those that count, and a DuckDB with their counts in the tables `cube` and `flags`.

    held:     every return, oldest first within its supplier and quarter
    counting: the return that counts, by supplier and quarter
    """

    connection: duckdb.DuckDBPyConnection
    store: Store
    rules: Rules
    scope: str
    held: Sequence[Judged]
    counting: dict[tuple[str, str], Judged]

    @property
    def quarters(self) -> list[str]:
        """The quarters for which anything has come, oldest first."""
        return sorted({one.quarter for one in self.held})

    def suppliers(self, quarter: str) -> list[str]:
        """Who sends for a quarter."""
        return self.rules.sending(quarter)

    def reporting(self, quarters: Sequence[str], threat: str | None = None) -> list[str]:
        """The suppliers that are in every one of some quarters and, where a threat is named, can tell of it in each."""
        return [
            supplier
            for supplier in self.suppliers(quarters[-1])
            if all(
                (one := self.counting.get((supplier, quarter))) and (threat is None or threat in one.told)
                for quarter in quarters
            )
        ]

    def query(self, sql: str, *parameters: object) -> list[Row]:
        """The rows of a query as records."""
        found = self.connection.execute(sql, list(parameters))
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@contextmanager
def collected(store: Store, data: Path, as_of: datetime.date | None = None) -> Iterator[Collected | None]:
    """The collection of a store; None where no return is held. Of a day of the past only extracts up to that day."""
    held = [one for one in store.everything() if as_of is None or one.extract_date <= str(as_of)]
    if not held:
        yield None
        return
    if len({one.synthetic for one in held if one.accepted}) > 1:
        problem = Problem(
            str(store.root),
            "synthetic",
            "synthetic and real returns",
            "one kind",
            "Keep them in data roots of their own.",
        )
        raise BadInput("The collection is not published: synthetic returns never meet real ones", [problem])
    partitions = grouped(held, lambda one: (one.supplier, one.quarter))
    counting = {key: newest for key, judged in partitions.items() if (newest := current(judged))}
    synthetic = any(one.synthetic for one in held)
    with duckdb.connect(config={"memory_limit": MEMORY, "threads": 2}) as connection:
        _read(connection, store, counting)
        scope = "synthetic_collection" if synthetic else "collection"
        yield Collected(connection, store, read_rules(data), scope, held, counting)


def _read(connection: duckdb.DuckDBPyConnection, store: Store, counting: dict[tuple[str, str], Judged]) -> None:
    connection.execute(
        "CREATE TABLE cube(supplier VARCHAR, quarter VARCHAR, month DATE, offence_class VARCHAR, membership SMALLINT, "
        "membership_known BOOLEAN, victim_age_band VARCHAR, suspect_age_band VARCHAR, relationship VARCHAR, offences BIGINT, "
        "victim_age_sum BIGINT, victim_age_known BIGINT, suspect_age_sum BIGINT, suspect_age_known BIGINT)"
    )
    connection.execute(
        "CREATE TABLE flags(supplier VARCHAR, quarter VARCHAR, month DATE, flag VARCHAR, value VARCHAR, offences BIGINT)"
    )
    for (supplier, quarter), one in sorted(counting.items()):
        folder = store.folder(one)
        for table, name in (("cube", CUBE), ("flags", FLAGS_FILE)):
            if (folder / name).is_file():
                rows = "read_parquet(?, hive_partitioning = false)"
                connection.execute(
                    f"INSERT INTO {table} BY NAME SELECT ? AS supplier, ? AS quarter, * FROM {rows}",
                    [supplier, quarter, str(folder / name)],
                )


def financial_years(quarters: Sequence[str]) -> list[tuple[datetime.date, datetime.date]]:
    """The years from April to March of which all four quarters have come from somebody."""
    found = []
    for quarter in quarters:
        if quarter.endswith("-04"):
            start = quarter_days(quarter)[0]
            end = datetime.date(start.year + 1, 3, 31)
            if set(quarters_between(start, end)) <= set(quarters):
                found.append((start, end))
    return found


def period_columns(quarter: str) -> Row:
    """First and last day of a quarter, as columns of a table."""
    start, end = quarter_days(quarter)
    return {"period_start": start, "period_end": end}


def year_before(start: datetime.date, end: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The same months a year earlier."""
    last = end.replace(year=end.year - 1, day=28) if end.month == 2 else end.replace(year=end.year - 1)
    return start.replace(year=start.year - 1), last
