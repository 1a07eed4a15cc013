"""Columns beside the row labels, and headings above them, that say of which sex, ages, area or period a row is."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assets.archive.reading.ages import SEXES, age_in, sex_in, without_ages
from assets.archive.reading.grid import Cell, printed
from assets.archive.reading.known import Known
from assets.archive.reading.layout import Layout
from assets.archive.reading.periods import Period
from assets.archive.reading.text import Label, label
from assets.archive.reading.windows import since_in, without_windows
from assets.archive.reading.words import Ambiguous, words
from assets.archive.titled.located import Located, header_period
from schemas.codes import ENGLAND_AND_WALES

ALL_AGES = ("all ages", "all")
PEOPLE = frozenset((*SEXES, "age", "aged", "victim", "person", "adult"))


@dataclass(frozen=True)
class SaidBeside:
    """What stands beside a row's label; empty or None where no column says it."""

    sex: str = ""
    age: str = ""
    area: str = ""
    period: Period | None = None
    since: str | None = None


NOTHING = SaidBeside()


def said_by_heading(text: Label, known: Known) -> SaidBeside | None:
    """What a row without figures says of those below it, as "Women", "Wales" or "Since age 16": nothing: "All adults"."""
    area, since = known.area(text.text, region=True) or known.area(text.text), since_in(text.text)
    if since is not None and {*words(without_windows(text.text))} <= PEOPLE:
        return SaidBeside(since=since)
    if area or {*words(without_ages(text.text))} <= PEOPLE:
        sex = sex_in(text.text)
        area = "" if area in (None, ENGLAND_AND_WALES) else area
        return SaidBeside("" if sex in (None, "all") else sex, age_in(text.text) or "", area)
    return None


@dataclass(frozen=True)
class BesideColumns:
    """The columns of a table that name a dimension of its rows: sex, age, area or period -> column."""

    located: Located
    known: Known
    columns: Mapping[str, int]
    latest: datetime.date

    def said(self, row: int, may_be_blank: bool) -> SaidBeside:
        """What a row says; ValueError, in words, where a column of it says nothing that is known.

        may_be_blank: a base of all that stands above it need not say of whom it is
        """
        values: dict[str, Any] = {}
        for name, column in self.columns.items():
            cell = self.located.grid.spread(row, column)
            text = label(cell if isinstance(cell, str) else printed(cell), self.located.superscripts)
            if may_be_blank and (not text.text or column == self.located.label_column):
                continue
            if (value := self._value(name, text)) is None:
                raise ValueError(f"{text.printed.strip() or 'nothing'!r} is no {name}")
            values[name] = value
        return SaidBeside(**values)

    def label(self, row: int, before: Cell) -> Cell:
        """The label of a row; where none is printed, and what it is of is, that of the row above."""
        cell = self.located.grid.spread(row, self.located.label_column)
        filled = any(self.located.grid.cell(row, column) != "" for column in self.columns.values())
        return before if cell == "" and filled else cell

    def _value(self, name: str, text: Label) -> Any:
        if name == "sex":
            return sex_in(text.text)
        if name == "age":
            return "" if text.folded in ALL_AGES else age_in(text.text)
        if name == "area":  # West Midlands is a region and a force; tables of forces have rows that are areas
            return self.known.area(text.text, region=True) or self.known.area(text.text)
        period = header_period(self.located, text)
        return period if period and period.end <= self.latest else None


def columns_beside(located: Located, layout: Layout, known: Known, latest: datetime.date) -> BesideColumns:
    """The columns of a table that the layout says stand beside the labels of its rows. latest: no period ends after it.

    That of the labels is one of them where rows need no other name.
    """
    names, at = layout.named(located.layout.beside, "columns"), dict[str, int]()
    named_by_label = layout.named(located.layout.rows).of_any is None
    for column, text in located.header.labels.items():
        try:
            name = None if named_by_label and column == located.label_column else names.find(text.text)
        except Ambiguous:
            continue
        if name is not None:
            at.setdefault(name.name, column)
    return BesideColumns(located, known, at, latest)
