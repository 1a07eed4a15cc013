"""One titled table as it stands in a file, and the periods that its title names."""

import datetime
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from assets.archive.reading.ages import age_in, sex_in, without_ages, without_sexes
from assets.archive.reading.grid import Cell, Grid
from assets.archive.reading.headers import Header
from assets.archive.reading.layout_form import TableLayout
from assets.archive.reading.periods import Period, month_end, months, named, period, without_periods, year_ending
from assets.archive.reading.tables import Title, TitledRegion
from assets.archive.reading.text import Label, fold, label, single_spaced
from assets.archive.reading.windows import SINCE, since_in, without_windows
from assets.archive.reading.words import COUNTED, PADDING, likeness, words

CONTINUED = re.compile(r"\bcont(?:inued|d|\.)?\b|\bparts? \d+(?: of \d+)?\b")
WORD = re.compile(r"[A-Za-z]{3}")
LENGTHS = {"month": 1, "quarter": 3, "year": 12}
BARE_YEAR = re.compile(r"(?:19|20)\d\d")
AGE = "{age}"  # of the template of a series
AGES = re.compile(r"(?<=\.)\d+(?:\+|-\d+)(?=\.|$)")
# A group of a pattern in which no other stands: what kind it is, and its first wording.
GROUP = re.compile(r"\((?:\?([:=!]))?([^()|]*)[^()]*\)")
NEAR = 0.6  # so many words of a title are those of another
# Words of a title that make its figures others; a change in percent stands in tables of all kinds.
KINDS = {
    "rate": re.compile(r"\brates?\b|\bper [\d,]+\b"),
    "share": re.compile(r"\bproportions?\b|\bpercentages?\b(?! changes?)"),
    "count": re.compile(r"\bnumbers?\b"),
}


@dataclass
class Located:
    """A table in a file.

    label_column: column of the row labels; code_column: column of the codes, where the table has one
    sheet_notes:  numbers of the notes printed with the sheet's title, where the table has a title of its own
    reworded:     its title is not one that the layout knows; it was known by its id and its contents
    periods:      column -> period in its header, of the columns that were read
    """

    layout: TableLayout
    grid: Grid
    region: TitledRegion
    header: Header
    superscripts: bool
    label_column: int
    code_column: int | None = None
    sheet_notes: tuple[int | str, ...] = ()
    reworded: bool = False
    periods: dict[int, Period] = field(default_factory=dict)

    @property
    def title(self) -> Title:
        """The table's title."""
        return self.region.title

    @property
    def untitled(self) -> bool:
        """Is all that says which table it is the name of its sheet?"""
        return self.title.label.printed == self.grid.name

    @property
    def place(self) -> str:
        """`file, sheet 'name', Table B9a`."""
        return f"{self.grid.file}, sheet {self.grid.name!r}, Table {self.title.table}"

    @property
    def whole(self) -> tuple[str, tuple[str, ...]]:
        """What the parts of a table that stands on several sheets have in common: its layout and its title."""
        return self.layout.table, words(CONTINUED.sub(" ", self.title.label.folded))

    @property
    def rows(self) -> Iterator[int]:
        """The rows below the header, but for the header again, as on each page of a long table."""
        return (row for row in range(self.header.row + 1, self.region.last_row + 1) if not self._is_header(row))

    def _is_header(self, row: int) -> bool:
        labels = self.header.labels

        def same(column: int) -> bool:
            text = self.grid.text(row, column)
            return bool(text) and label(text, self.superscripts).folded == labels[column].folded

        # Few rows have so much: in the others no more cells are looked at.
        if self.label_column not in labels or not same(self.label_column):
            return False
        texts = [column for column in labels if self.grid.text(row, column)]
        return 2 * sum(map(same, texts)) > len(texts)

    def row_label(self, row: int) -> Cell:
        """The label of a row; where labels stand on over columns without a header of their own, the last of its texts."""
        cell, own = self.grid.cell(row, self.label_column), self.header.labels.get(self.label_column)
        for column in range(self.label_column + 1, self.region.last_column + 1):
            if self.header.labels.get(column) not in (None, own):
                break
            beside = self.grid.cell(row, column)
            if isinstance(beside, str) and WORD.search(label(beside).text):
                cell = beside
        return cell

    @property
    def sex(self) -> str | None:
        """The sex that the title names, where its series may be of either, as they may be of several ages."""
        return sex_in(self.title.label.folded) if AGE in self.layout.series else None

    @property
    def own_ages(self) -> set[str] | None:
        """The ages that its series are of, none where they are of any; None where its title may say which."""
        return None if AGE in self.layout.series else {*AGES.findall(self.layout.series)}

    def says_more(self, usual: re.Pattern[str], header: str | None = None) -> str | None:
        """The words of the title for which neither its layout, nor the header of its rows, nor what is usual account.

        header: the words of this header of a column instead, for which the title as printed accounts too
        """
        text = without_periods(self.title.label.text if header is None else header)
        text = without_ages(text) if self.own_ages is None or age_in(text) in self.own_ages else text
        text = without_windows(text) if SINCE in self.layout.series else text
        text = usual.sub(" ", fold(without_sexes(text) if AGE in self.layout.series else text))
        own = self.header.labels.get(self.label_column)
        accounted = {*self.layout.title_words, *(words(own.text) if own else ()), *PADDING}
        accounted |= {*words(self.title.label.text), *COUNTED} if header is not None else set()
        return " ".join(word for word in words(text) if word not in accounted) or None

    def series(self, name: str) -> str:
        """The series of a name: that of the layout's template, with the ages and the time asked about that the title names."""
        age, since = age_in(self.title.label.text), since_in(self.title.label.text)
        template = self.layout.series.replace("{name}", name).replace(AGE, age or "?")
        return template.replace(SINCE, "?" if since is None else since)

    @property
    def subtitle(self) -> str:
        """The lines between the title and the header, on one line."""
        return " ".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """The lines between the title and the header."""
        first = self.region.first_column
        return [
            single_spaced(cell)
            for row in range(self.title.row + 1, self.header.row)
            for cell in self.grid.rows[row][first : first + 1]
            if isinstance(cell, str) and cell.strip()
        ]


def title_periods(located: Located) -> list[Period]:
    """Periods named in the table's title, else in the lines between the sheet's first cell and the header."""
    periods = named(located.title.label.printed, located.superscripts)
    if periods:
        return periods
    first = located.region.first_column
    for row in range(located.header.row):
        cells = located.grid.rows[row]
        for cell in (located.grid.cell(row, first), next((cell for cell in cells if cell != ""), "")):
            if isinstance(cell, str) and (periods := named(cell, located.superscripts)):
                return periods
    return []


def header_period(located: Located, text: Label) -> Period | None:
    """The period that a header is: its own, or of "2024" and "Mar 2024" the year that ends so, where the title says of which
    years ending: the first and the last of the headers are its own.

    A financial year that is called after its first year, or a table of other years, does not fit both ends.
    """
    own = _own_period(text, located.superscripts)
    if located.layout.columns != "year" or (own is not None and own.period_type != "month"):
        return own
    ends = sorted(span.end for span in title_periods(located) if span.period_type == "year")
    days = [_last_day(other, ends, located.superscripts) for other in (text, *located.header.labels.values())]
    last, ordered = days[0], sorted(day for day in days if day)
    if last is None or not ends or {day.month for day in ordered} - {end.month for end in ends}:
        return own
    fits = ordered[-1] == ends[-1] and ends[0] in (ends[-1], ordered[0])
    return year_ending(last.year, last.month) if fits else own


def _own_period(text: Label, superscripts: bool) -> Period | None:
    """The period that a header prints; a spreadsheet's date stands in its ISO form, and its first or last day for the month."""
    span = period(text.printed, superscripts)
    with suppress(ValueError):
        day = datetime.date.fromisoformat(text.text[:10]) if span is None else None
        return months(day.year, day.month, 1) if day and day.day in (1, month_end(day.year, day.month).day) else span
    return span


def _last_day(text: Label, ends: Sequence[datetime.date], superscripts: bool) -> datetime.date | None:
    """The day on which a header's month or year ends, a bare year in the month in which all years of the title do."""
    if BARE_YEAR.fullmatch(text.text):
        return month_end(int(text.text), ends[0].month) if len({end.month for end in ends}) == 1 else None
    own = _own_period(text, superscripts)
    return own.end if own and own.period_type in ("month", "year") else None


def title_in_words(pattern: str) -> str:
    """One of the titles that a pattern means, as a person reads it: what may stand between is left out, and said as "..."."""
    inner = ""
    while inner != pattern:
        inner, pattern = pattern, GROUP.sub(_one_wording, pattern)
    return " ".join(re.sub(r"(?:\.\*)+", " ... ", pattern.replace(r"\b", "").replace("?", "")).split())


def _one_wording(group: re.Match[str]) -> str:
    return "" if group[1] == "!" else group[2] + ".*" * (group[1] == "=")


def base_id(table: str) -> str:
    """The id of a table without the letter of its part: B9 of B9a."""
    return table.rstrip("abcdefghijklmnopqrstuvwxyz")


def may_be(table: TableLayout, title: Title) -> bool:
    """May a title be that of a table in other words? One of rates is never one of counts, whatever its id."""
    kinds = kinds_of(title.label.folded)
    if kinds and not kinds & (kinds_of(table.title.pattern) or {"count"}):
        return False
    return bool({title.table, base_id(title.table)} & set(table.usual)) or title_likeness(table, title) >= NEAR


def kinds_of(title: str) -> set[str]:
    """Of which kinds of numbers a title, or its pattern, says that it is: counts, rates, shares."""
    return {name for name, pattern in KINDS.items() if pattern.search(title)}


def title_likeness(table: TableLayout, title: Title) -> float:
    """How many of its words a title shares with that of a table: 0 to 1."""
    ours, theirs = set(table.title_words), set(words(title.label.text))
    same = len(ours & theirs) / len(ours) if ours else 0.0
    return max(same, likeness(tuple(sorted(ours)), tuple(sorted(theirs))))
