"""Where the claims language gets its figures: the document's own claims and the tables of the pipeline."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from assets.methods.interval import Interval
from assets.methods.rounding import printed_interval
from assets.reconciled.ground.vintage import COPIES
from assets.statement.claims.document import Document
from assets.statement.claims.expressions import ExpressionError
from assets.statement.claims.value import Leaf, Value, Window
from assets.statement.claims.words import interval, number
from assets.tables.records import BySeries, Frames, Record, records
from schemas.codes import ENGLAND_AND_WALES
from schemas.rows import AnyRow

SCOPE_OF = {"survey.estimate": "csew", "population.estimate": "population"}
SHOWN = 6  # candidates named for a series that is not held
FILTERS = ("sex", "age", "area", "characteristic", "period_start", "release")
# A population is counted on one day, so its window is never set against another.
MOMENTS = ("population.estimate",)


class Facts:
    """Published figures of the fact tables by series and period, the newest release of each first."""

    def __init__(self, tables: Frames, releases: pd.DataFrame) -> None:
        self._rank = ranking(releases)
        self._titles = {(row["source"], row["release"]): _title(row) for row in records(releases)}
        self._tables = dict(tables)
        self._facts = {
            table: BySeries(frame) for table, frame in tables.items() if {"series", "value"} <= set(frame.columns)
        }

    def find(self, table: str, series: str, period_end: str, filters: Mapping[str, str]) -> Record:
        """The one figure that fits, of the newest release that has a sound one; ExpressionError says what there is instead.

        A landed release that lost it, or has it wrong, changes no verdict.
        """
        self._known(table, series, filters)
        rows = self._facts[table][series]
        of_period = [row for row in rows if row["period_end"].isoformat() == period_end]
        if not of_period:
            ends = sorted({row["period_end"].isoformat() for row in rows})
            raise ExpressionError(f"{series} for the period ending {period_end}", f"one of {', '.join(ends)}")
        fitting = [row for row in of_period if _fits(row, filters)]
        figures = {(row["sex"], row["age"], row["period_start"]) for row in fitting}
        if len(figures) != 1:
            there = sorted({_described(row) for row in of_period})
            raise ExpressionError(
                f"{len(figures)} figures of {series} ending {period_end} with {dict(filters) or 'no further fields'}",
                f"fields that leave one of: {'; '.join(there)}",
            )
        row = max(fitting, key=lambda row: (row["value"] is not None, row["doubt"] is None, *self._rank(row)))
        if row["value"] is None:
            raise ExpressionError(f"{series} ending {period_end} is {row['obs_status']}", "a published value")
        return row

    def value(self, row: Record, table: str) -> Value:
        """A fact as a value: the rounding interval of its print, and how to name it."""
        window = None if table in MOMENTS else Window(row["period_start"], row["period_end"])
        title = self._titles.get((row["source"], row["release"]), f"{row['source']} {row['release']}")
        leaf = Leaf(row["row_id"], scope_of(row, table), window, True, row.get("threat"))
        return Value(rounding(row), f"{value_in_words(row)} ({title})", row["unit"], (leaf,))

    def count(self, table: str, filters: Mapping[str, str]) -> int:
        """How many rows of a table have the wanted values."""
        if table not in self._tables:
            raise ExpressionError(f"the table {table}", f"one of {', '.join(sorted(self._tables))}")
        frame = self._tables[table]
        unknown = [name for name in filters if name not in frame.columns]
        if unknown:
            raise ExpressionError(f"the column {unknown[0]}", f"one of {', '.join(map(str, frame.columns))}")
        if not filters:
            return len(frame)
        rows: Sequence[AnyRow] = records(frame[list(filters)])
        return sum(all(str(row[name]) == wanted for name, wanted in filters.items()) for row in rows)

    def _known(self, table: str, series: str, filters: Mapping[str, str]) -> None:
        if table not in self._facts:
            raise ExpressionError(f"the table {table}", f"one of {', '.join(sorted(self._facts))}")
        if series not in self._facts[table].series:
            near = difflib.get_close_matches(series, sorted(self._facts[table].series), n=SHOWN, cutoff=0)
            raise ExpressionError(
                f"the series {series}", f"a series of {table}, such as {', '.join(near) or 'those held'}"
            )
        unknown = [name for name in filters if name not in FILTERS]
        if unknown:
            raise ExpressionError(f"the field {unknown[0]}", f"one of {', '.join(FILTERS)}")


class Lookup:
    """The sources of one document's expressions."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self._document, self._facts = document, facts

    def claim(self, key: str) -> Value:
        """The figure of a claim of the document."""
        claim = self._document.by_key.get(key)
        if claim is None:
            raise ExpressionError(f"the claim {key}", "a claim of this file")
        if claim.interval is None:
            raise ExpressionError(f"the claim {key}, which has no figure", "a claim with a figure")
        leaf = Leaf(self._document.row_id(key), claim.scope, claim.window, False, claim.threat)
        return Value(claim.interval, claim.figure or interval(claim.interval), claim.unit, (leaf,))

    def fact(self, table: str, series: str, period_end: str, filters: Mapping[str, str]) -> Value:
        """A published figure."""
        return self._facts.value(self._facts.find(table, series, period_end, filters), table)

    def rows(self, table: str, filters: Mapping[str, str]) -> Value:
        """How many rows of a table fit."""
        count = self._facts.count(table, filters)
        return Value(Interval.point(count), f"{count} in {table}")


def ranking(releases: pd.DataFrame) -> Callable[[Record], tuple[bool, int]]:
    """By what a fact is newer than another of its quantity: no copy comes before what it was copied from; `meta.release`."""
    order = {(row["source"], row["release"]): row["vintage_order"] for row in records(releases)}
    return lambda row: (row["designation"] not in COPIES, order.get((row["source"], row["release"]), 0))


def scope_of(row: Record, table: str) -> str:
    """The system that counted a fact."""
    return str(row.get("scope") or SCOPE_OF.get(table, "other"))


def value_in_words(row: Record) -> str:
    """The value of a fact in words."""
    return f"{number(row['value'])}%" if row["unit"] == "percent" else number(row["value"])


def _title(release: Record) -> str:
    """A release as publisher and title, the publisher once."""
    publisher, title = release["publisher"], release["title"]
    return (
        title
        if title.startswith((publisher, "ONS "))
        else f"{publisher.replace('Office for National Statistics', 'ONS')}, {title}"
    )


def _fits(row: Record, filters: Mapping[str, str]) -> bool:
    wanted: dict[str, Any] = {"sex": "all", "area": ENGLAND_AND_WALES} | dict(filters)
    release = wanted.pop("release", None)
    if release is not None and f"{row['source']}@{row['release']}" != release:
        return False
    characteristic = wanted.pop("characteristic", None)
    if row.get("characteristic_value") != characteristic:
        return False
    figures = {
        "sex": row["sex"],
        "age": row["age"],
        "area": row["area_code"],
        "period_start": row["period_start"].isoformat(),
    }
    return all(figures[name] == value for name, value in wanted.items())


def _described(row: Record) -> str:
    value = row.get("characteristic_value")
    more = f', characteristic="{value}"' if value else ""
    return f'sex="{row["sex"]}", age="{row["age"]}"{more}, release="{row["source"]}@{row["release"]}"'


def rounding(row: Record) -> Interval:
    """What a fact's print stands for, in the unit of its value."""
    value = float(row["value"])
    for factor in (1, 1000):
        try:
            unit = row["unit"] if factor == 1 else f"thousand_{row['unit']}"
            return printed_interval(row["printed"], value / factor, unit) * factor
        except ValueError:
            continue
    return Interval.point(value)


def series_like(tables: Frames, wanted: Sequence[str]) -> tuple[list[str], int]:
    """`series: definition; table, periods` for every series whose key or definition has the most of the words, however written,
    and how many words that is; a year may also be that in which one of its periods ends.
    """
    about = {row["series"]: str(row["definition"]) for row in records(tables["reference.series"])}
    by_likeness: dict[int, set[str]] = {}
    for table, frame in tables.items():
        if (
            table in ("reference.series", "meta.release")
            or "series" not in frame.columns
            or "period_end" not in frame.columns
        ):
            continue
        ends = frame.groupby("series")["period_end"].agg(["min", "max"])
        for key, first, last in ends.itertuples():
            text = f"{key} {about.get(key, '')}".lower().replace("_", " ")
            text += " ".join(map(str, range(first.year, last.year + 1)))
            definition = about.get(key, "no definition held").rstrip(".")
            have = sum(word.lower().replace("_", " ") in text for word in wanted)
            by_likeness.setdefault(have, set()).add(
                f'fact("{table}", "{key}", ...)  periods ending {first} to {last}: {definition}'
            )
    most = max(by_likeness, default=0)
    return (sorted(by_likeness[most]) if most else []), most
